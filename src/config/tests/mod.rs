//! Tests of reading a config.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

mod finding;
mod mistakes;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::diagnostic::Severity;
use crate::site::generator_names;

struct Site {
    folder: tempfile::TempDir,
    sources: Arc<SourceMap>,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self {
            folder,
            sources: Arc::default(),
        }
    }

    fn finder(&self, arguments: &[&str], isolated: bool) -> Result<Finder, Vec<Diagnostic>> {
        let arguments: Vec<_> = arguments.iter().map(|&text| text.to_owned()).collect();
        let cwd = self.folder.path().to_owned();
        Finder::new(
            cwd,
            generator_names(),
            &arguments,
            isolated,
            Arc::clone(&self.sources),
        )
    }
}

/// Loads a config text; mistakes are shown as `line:column 'bytes' message (help)`.
fn load_text(text: &str) -> Result<Config, Vec<String>> {
    let site = Site::new(&[("frontlint.toml", text)]);
    let path = Path::new("frontlint.toml");
    let cwd = site.folder.path();
    let loaded = load::file(
        path,
        cwd,
        generator_names(),
        &site.sources,
        Boundary::none(),
    );
    loaded.map_err(|mistakes| {
        mistakes
            .iter()
            .map(|each| show(each, &site.sources))
            .collect()
    })
}

fn show(mistake: &Diagnostic, sources: &SourceMap) -> String {
    let label = mistake.primary.as_ref().unwrap();
    let source = sources.get(label.source).unwrap();
    let position = source.position(label.span.start, crate::text::ColumnUnit::Scalar);
    let bytes = label.span.slice(source.text());
    let help = mistake.help.as_deref().unwrap_or("-");
    assert!(mistake.rule.is_failure());
    assert!(!mistake.message.ends_with('.') && !help.ends_with('.'));
    format!(
        "{}:{} '{bytes}' {} ({help})",
        position.line, position.column, mistake.message
    )
}

fn mistakes(text: &str) -> Vec<String> {
    load_text(text).unwrap_err()
}

const FULL: &str = r#"
generator = "jekyll"
dialect = "psych"
exclude = ["drafts/**"]
extend-exclude = ["*.tmp.md"]
max-front-matter = 65_536

[uploads]
"/media" = "static/media/"

[[collections]]
name = "communiques"
files = ["_communiques/**/*.{md,markdown}"]
schema = "bundled:press-release"
front-matter = "required"
rules = { unknown-key = "error" }

[[collections]]
name = "pages"
files = ["**/*.md"]

[rules]
missing-file = "warning"
unknown-key = { severity = "off" }

[[ignore]]
path = "_communiques/2018-*.markdown"
rule = "missing-file"
pointer = "/files/0/file"
reason = "kept on the old server"
"#;

#[test]
fn every_key_is_read() {
    let config = load_text(FULL).unwrap();
    assert_eq!(config.file.as_deref(), Some(Path::new("frontlint.toml")));
    assert_eq!(config.generator.as_ref().unwrap().value, "jekyll");
    assert_eq!(config.dialect, Some(Dialect::Psych));
    assert_eq!(config.max_front_matter, 65_536);
    let uploads = config.uploads.iter().map(|(url, it)| (&**url, &*it.value));
    let media = ("/media/", Path::new("static/media/"));
    assert_eq!(uploads.collect::<Vec<_>>(), [media]);
    assert!(config.is_excluded(Path::new("drafts/a.md")));
    assert!(config.is_excluded(Path::new("x/a.tmp.md")));
    assert!(!config.is_excluded(Path::new("x/a.md")));
    assert!(config.is_folder_excluded(Path::new("drafts")));

    let page = Path::new("_communiques/a.markdown");
    let collection = config.collection_of(page).unwrap();
    assert_eq!(&*collection.name, "communiques");
    let schema = collection.schema.as_ref().unwrap();
    assert_eq!(schema.value, "bundled:press-release");
    assert_eq!(schema.span.slice(FULL), r#""bundled:press-release""#);
    assert!(collection.front_matter_required);
    let pages = config.collection_of(Path::new("./index.md")).unwrap();
    assert_eq!(&*pages.name, "pages");
    assert!(!pages.front_matter_required);
    assert!(config.collection_of(Path::new("../x.md")).is_none());

    let setting = |rule, collection| config.severity(rule, collection);
    assert_eq!(
        setting(RuleId::MissingFile, Some(collection)),
        Setting::Warning
    );
    assert_eq!(
        setting(RuleId::UnknownKey, Some(collection)),
        Setting::Error
    );
    assert_eq!(setting(RuleId::UnknownKey, Some(pages)), Setting::Off);
    assert_eq!(setting(RuleId::WrongType, Some(pages)), Setting::Unset);
    assert_eq!(
        Setting::Unset.apply(Severity::Warning),
        Some(Severity::Warning)
    );
    assert_eq!(Setting::Off.apply(Severity::Error), None);
}

#[test]
fn ignore_entries_know_whether_they_were_used() {
    let config = load_text(FULL).unwrap();
    let path = Path::new("_communiques/2018-x.markdown");
    let ignored = |rule, pointer| config.is_ignored(path, rule, pointer);
    assert_eq!(config.unused_ignores(true).count(), 1);
    assert_eq!(config.unused_ignores(false).count(), 0);
    config.mark_checked(path);
    assert_eq!(config.unused_ignores(false).count(), 1);
    assert!(!ignored(RuleId::MissingFile, Some("/files/1/file")));
    assert!(!ignored(RuleId::MissingKey, Some("/files/0/file")));
    assert_eq!(config.unused_ignores(true).count(), 1);
    assert!(ignored(RuleId::MissingFile, Some("/files/0/file")));
    assert_eq!(config.unused_ignores(true).count(), 0);
}

#[test]
fn every_dialect_can_be_configured() {
    let names: Vec<_> = Dialect::ALL.iter().map(|it| it.as_str()).collect();
    let mut known = keys::DIALECTS.to_vec();
    known.sort_unstable_by_key(|name| names.iter().position(|it| it == name));
    assert_eq!(known, names);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let config = load_text("\u{feff}generator = \"jekyll\"\n").unwrap();
    assert_eq!(config.generator.unwrap().span, Span::new(15, 23));
}

#[test]
fn the_schema_of_the_config_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/frontlint.schema.json");
    let mut text = serde_json::to_string_pretty(&json_schema(generator_names())).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "run scripts/update to write {}",
        path.display()
    );
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = jsonschema::validator_for(&json_schema(generator_names())).unwrap();
    let agree = |text: &str, right: bool| {
        let value: serde_json::Value = toml::from_str(text).unwrap();
        assert_eq!(schema.is_valid(&value), right, "schema: {text}");
        assert_eq!(load_text(text).is_ok(), right, "reader: {text}");
    };
    agree(FULL, true);
    agree("", true);
    agree("baseline = 'x'", true);
    agree("rules.invalid-config = 'error'", true);
    for wrong in [
        "baseline = 1",
        "generator = 'jekyl'",
        "dialect = 1",
        "exclude = 'a'",
        "exclude = ['']",
        "max-front-matter = 0",
        "max-front-matter = 1.5",
        "uploads.media = 'a'",
        "uploads.'/media' = ''",
        "collections = {}",
        "collections = [{ name = 'a' }]",
        "collections = [{ name = 'a', files = ['a'], front-matter = true }]",
        "rules.invalid-config = 'off'",
        "rules.unknown-key = 'fatal'",
        "rules.unknown-key = { severity = 'error', more = 1 }",
        "rules.unknown-key = {}",
        "rules.unknown-ky = 'off'",
        "ignore = [{ path = 'a' }]",
        "ignore = [{ path = 'a', rule = 'unreadable-file' }]",
        "ignore = [{ path = 'a', rule = 'missing-key', pointer = 'a' }]",
    ] {
        agree(wrong, false);
    }
}

#[test]
fn of_many_ignore_entries_those_about_the_file_count() {
    let entry = |index: usize| {
        format!(
            "[[ignore]]\npath = 'p{index}/**'\nrule = 'missing-key'\n[[ignore]]\npath = 'all'\nrule = 'missing-file'\n"
        )
    };
    let config = load_text(&(0..600).map(entry).collect::<String>()).unwrap();
    let is_ignored = |path: &str, rule| config.is_ignored(Path::new(path), rule, None);
    assert!(is_ignored("p599/a.md", RuleId::MissingKey));
    assert!(!is_ignored("p600/a.md", RuleId::MissingKey));
    assert!(!is_ignored("p599/a.md", RuleId::MissingFile));
    assert_eq!(config.unused_ignores(true).count(), 1199);
    assert!(is_ignored("all/a.md", RuleId::MissingFile));
    assert_eq!(config.unused_ignores(true).count(), 599);
}
