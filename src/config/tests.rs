use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;
use crate::diagnostic::Severity;

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
        Finder::at(cwd, &arguments, isolated, Arc::clone(&self.sources))
    }
}

/// Loads a config text; mistakes are shown as `line:column 'bytes' message (help)`.
fn load_text(text: &str) -> Result<Config, Vec<String>> {
    let site = Site::new(&[("frontlint.toml", text)]);
    let path = Path::new("frontlint.toml");
    let loaded = load::file(path, site.folder.path(), &site.sources);
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
    let media = ("/media/".to_owned(), PathBuf::from("static/media/"));
    assert_eq!(config.uploads, [media]);
    assert!(config.is_excluded(Path::new("drafts/a.md")));
    assert!(config.is_excluded(Path::new("x/a.tmp.md")));
    assert!(!config.is_excluded(Path::new("x/a.md")));
    assert!(config.is_folder_excluded(Path::new("drafts")));

    let page = Path::new("_communiques/a.markdown");
    let collection = config.collection_of(page).unwrap();
    assert_eq!(collection.name, "communiques");
    let schema = collection.schema.as_ref().unwrap();
    assert_eq!(schema.value, "bundled:press-release");
    assert_eq!(schema.span.slice(FULL), r#""bundled:press-release""#);
    assert!(collection.front_matter_required);
    let pages = config.collection_of(Path::new("./index.md")).unwrap();
    assert_eq!(pages.name, "pages");
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
fn all_mistakes_are_told_at_once_and_in_order() {
    let text = r#"exlude = ["a"]
max-front-matter = 0
exclude = "drafts"

[rules]
mising-file = "error"
unknown-key = "fatal"
invalid-config = "off"
wrong-type = false

[[collections]]
name = "x"
files = ["a/[b", 3]
shema = "x.json"

[[ignore]]
rule = "missing-file"
pointer = "files.0.file"
"#;
    let found = mistakes(text);
    insta::assert_snapshot!(found.join("\n"), @r#"
    1:1 'exlude' unknown key `exlude` (did you mean `exclude`?)
    2:20 '0' `max-front-matter` is 0 (write a number of bytes from 1 to 1073741824)
    3:11 '"drafts"' `exclude` must be a list of patterns; this is a text (write `exclude = ["drafts"]`)
    6:1 'mising-file' unknown rule `mising-file` (did you mean `missing-file`?)
    7:15 '"fatal"' `unknown-key` cannot be `fatal` (write `error`, `warning` or `off`)
    8:1 'invalid-config' `invalid-config` is always an error (such a finding means that frontlint could not do what it was asked; remove this line)
    9:14 'false' `wrong-type` must be `error`, `warning` or `off`; this is a boolean (write `"off"`)
    13:10 '"a/[b"' the pattern `a/[b` has a `[` without its `]` (write `[[]` where the name itself has a `[`)
    13:18 '3' `files` must hold patterns in quotes; this is a whole number (-)
    14:1 'shema' unknown key `shema` in `[[collections]]` (did you mean `schema`?)
    16:1 '[[ignore]]' `[[ignore]]` has no `path` (add a line `path = …`)
    18:11 '"files.0.file"' the pointer `files.0.file` does not begin with `/` (write `/files/0/file`)
    "#);
}

#[test]
fn keys_in_the_wrong_place_and_unknown_ones() {
    let text = r#"
baseline = "x"
schema = "a.json"
[uploads]
exclude = ["a"]
media = "x"
"/abs" = "/srv/x"
"/ok/" = 1
[collection]
[ignore]
path = "a"
"#;
    insta::assert_snapshot!(mistakes(text).join("\n"), @r#"
    2:1 'baseline' unknown key `baseline` (the keys of the top level are `generator`, `dialect`, `exclude`, `extend-exclude`, `max-front-matter`, `uploads`, `collections`, `rules` and `ignore`)
    3:1 'schema' unknown key `schema` (`schema` belongs to `[[collections]]`)
    5:1 'exclude' `exclude` stands in `[uploads]`, where keys are URL prefixes (move the line above the first line in brackets)
    6:1 'media' the URL prefix `media` does not begin with `/` (write `"/media/" = …`)
    7:10 '"/srv/x"' the upload folder `/srv/x` is an absolute path (write it relative to the folder of the config file)
    8:10 '1' `"/ok/"` must be a text in quotes; this is a whole number (write `"/ok/" = "1"`)
    9:2 'collection' unknown key `collection` (did you mean `collections`?)
    10:1 '[ignore]' `ignore` must be a list of entries; this is a table (begin each entry with a line `[[ignore]]`)
    "#);
}

#[test]
fn wrong_values_of_every_kind() {
    let text = r#"
generator = "jekyl"
dialect = "ruby"
max-front-matter = "1 MiB"
exclude = ["!a", "b", 2020-01-01]
uploads = "x"
rules = ["a"]
collections = [3]
[[ignore]]
path = ["a.md"]
rule = "invalid-schema"
[[ignore]]
path = 3
rule = "nothing-at-all-like-it"
"#;
    insta::assert_snapshot!(mistakes(text).join("\n"), @r#"
    2:13 '"jekyl"' `generator` cannot be `jekyl` (did you mean `jekyll`?)
    3:11 '"ruby"' `dialect` cannot be `ruby` (write `jekyll`, `psych` or `core`)
    4:20 '"1 MiB"' `max-front-matter` must be a number of bytes; this is a text (write a number of bytes: `max-front-matter = 1048576`)
    5:12 '"!a"' the pattern `!a` begins with `!`, which has no meaning here (write a pattern that does not match `a` in the first place; `[!]…]` matches a name that begins with `!`)
    5:23 '2020-01-01' `exclude` must hold patterns in quotes; this is a date (-)
    6:11 '"x"' `uploads` must be a table; this is a text (write `[uploads]` on a line of its own and the settings below it)
    7:9 '["a"]' `rules` must be a table; this is a list (write `[rules]` on a line of its own and the settings below it)
    8:16 '3' `collections` must be a list of entries; this is a whole number (begin each entry with a line `[[collections]]`)
    10:8 '["a.md"]' `path` must be a text in quotes; this is a list (write `path = "a.md"`)
    11:8 '"invalid-schema"' `invalid-schema` cannot be ignored (such a finding means that frontlint could not do what it was asked)
    13:8 '3' `path` must be a text in quotes; this is a whole number (write `path = "3"`)
    14:8 '"nothing-at-all-like-it"' unknown rule `nothing-at-all-like-it` (the rules are `unclosed-front-matter`, `missing-front-matter`, `misplaced-front-matter`, `malformed-fence`, `invalid-syntax`, `duplicate-key`, `missing-key`, `unknown-key`, `wrong-type`, `invalid-format`, `invalid-value`, `schema-mismatch`, `missing-file`, `relative-upload`, `mixed-default`, `invalid-config`, `invalid-schema`, `unreadable-file` and `unused-suppression`)
    "#);
}

#[test]
fn names_of_collections_are_unique() {
    let text = "[[collections]]\nname = 'a'\nfiles = ['a']\n\
                [[collections]]\nname = 'a'\nfiles = []\n[[collections]]\nname = ' '\n";
    insta::assert_snapshot!(mistakes(text).join("\n"), @r#"
    5:8 ''a'' two collections are named `a` (-)
    6:9 '[]' `files` names no file (-)
    7:1 '[[collections]]' `[[collections]]` has no `files` (add a line `files = …`)
    8:8 '' '' `name` is empty (-)
    "#);
}

#[test]
fn broken_toml_is_one_mistake_in_our_words() {
    let all: Vec<_> = [
        "generator = jekyll",
        "generator: jekyll\nexclude: [a]\n",
        "exclude = [\"a\"\n",
        "exclude = []\nexclude = []\n",
        "[rules]\nunknown-key: off\n",
        "[rules\n",
        "[rules]\n[rules]\n",
    ]
    .into_iter()
    .flat_map(mistakes)
    .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    1:13 'jekyll' `jekyll` is a text without quotes (write `"jekyll"`)
    1:10 ':' `generator` is followed by `:`; TOML separates a key from its value by `=` (write `generator = "jekyll"`)
    1:15 '' this is not TOML: unclosed array, expected `]` (write `]` here)
    2:1 'exclude' `exclude` is set twice (keep one of them; TOML allows a key and a `[table]` only once)
    2:12 ':' `unknown-key` is followed by `:`; TOML separates a key from its value by `=` (write `unknown-key = "off"`)
    1:7 '' this is not TOML: unclosed table, expected `]` (write `]` here)
    2:2 'rules' `rules` is set twice (keep one of them; TOML allows a key and a `[table]` only once)
    "#);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let config = load_text("\u{feff}generator = \"jekyll\"\n").unwrap();
    assert_eq!(config.generator.unwrap().span, Span::new(15, 23));
}

#[test]
fn latin_1_is_told() {
    let site = Site::new(&[]);
    let path = site.folder.path().join("frontlint.toml");
    fs::write(&path, b"# caf\xe9\n").unwrap();
    let found = load::file(&path, site.folder.path(), &site.sources).unwrap_err();
    assert_eq!(
        show(&found[0], &site.sources),
        "1:6 '' the byte 0xE9 here is not UTF-8; save the file as UTF-8 (-)"
    );
}

#[test]
fn the_nearest_config_governs() {
    let site = Site::new(&[
        ("frontlint.toml", "exclude = ['top.md']"),
        (".frontlint.toml", "nonsense"),
        ("a/.frontlint.toml", "exclude = ['inner.md']"),
        ("a/b/c/x.md", ""),
        ("d/x.md", ""),
    ]);
    let finder = site.finder(&[], false).unwrap();
    let inner = finder.for_file(Path::new("a/b/c/x.md")).unwrap();
    assert_eq!(inner.file.as_deref(), Some(Path::new("a/.frontlint.toml")));
    assert!(inner.is_excluded(Path::new("a/inner.md")));
    assert!(!inner.is_excluded(Path::new("inner.md")));
    let top = finder.for_file(Path::new("d/x.md")).unwrap();
    assert_eq!(top.shadowed.as_deref(), Some(Path::new(".frontlint.toml")));
    assert!(top.is_excluded(&site.folder.path().join("top.md")));
    let again = finder.for_file(&site.folder.path().join("d/y.md")).unwrap();
    assert!(Arc::ptr_eq(&top, &again));
    assert_eq!(finder.configs().len(), 2);
    assert!(finder.problems().is_empty());
}

#[test]
fn a_broken_config_is_told_once() {
    let site = Site::new(&[("frontlint.toml", "exlude = 1"), ("a/b.md", "")]);
    let finder = site.finder(&[], false).unwrap();
    assert!(finder.for_file(Path::new("a/b.md")).is_err());
    assert!(finder.for_file(Path::new("b.md")).is_err());
    assert_eq!(finder.problems().len(), 1);
}

#[test]
fn the_command_line_lays_settings_over_the_file() {
    let site = Site::new(&[
        (
            "frontlint.toml",
            "exclude = ['a']\n[rules]\nmissing-file = 'off'",
        ),
        ("other/conf.toml", "exclude = ['c']"),
    ]);
    let arguments = ["extend-exclude = ['b']", "rules.missing-file = 'error'"];
    let finder = site.finder(&arguments, false).unwrap();
    let config = finder.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("a")) && config.is_excluded(Path::new("b")));
    assert_eq!(config.severity(RuleId::MissingFile, None), Setting::Error);

    let config = site.finder(&["exclude = ['b']"], false).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(!config.is_excluded(Path::new("a")) && config.is_excluded(Path::new("b")));

    let config = site.finder(&["other/conf.toml"], false).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("other/c")) && !config.is_excluded(Path::new("a")));

    let config = site.finder(&["exclude = ['b']"], true).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("b")) && config.file.is_none());
    assert_eq!(config.severity(RuleId::MissingFile, None), Setting::Unset);
}

#[test]
fn wrong_arguments_are_told() {
    let site = Site::new(&[("frontlint.toml", ""), ("b.toml", "")]);
    let told = |arguments: &[&str], isolated| {
        let found = site.finder(arguments, isolated).unwrap_err();
        found
            .iter()
            .map(|each| show(each, &site.sources))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let all = [
        told(&["exlude = 1"], false),
        told(&["frontlnt.toml"], false),
        told(&["exclude"], false),
        told(&["frontlint.toml", "b.toml"], false),
        told(&["frontlint.toml"], true),
        told(&["."], false),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    1:1 'exlude' unknown key `exlude` (did you mean `exclude`?)
    1:1 '' `frontlnt.toml` does not exist (did you mean `frontlint.toml`?)
    1:1 '' `exclude` does not exist (a single setting is written `--config 'key = value'`, a file is named by its path)
    1:1 'b.toml' `--config` names a second config file (name one file; settings of your own are added with `--config 'key = value'`)
    1:1 'frontlint.toml' `--isolated` reads no config file, but `--config` names one (leave out one of the two)
    1:1 '' `.` is a folder, not a config file (-)
    "#);
}

#[test]
fn the_schema_of_the_config_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/frontlint.schema.json");
    let mut text = serde_json::to_string_pretty(&json_schema()).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "run the test with UPDATE=1 to write {}",
        path.display()
    );
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = jsonschema::validator_for(&json_schema()).unwrap();
    let agree = |text: &str, right: bool| {
        let value: serde_json::Value = toml::from_str(text).unwrap();
        assert_eq!(schema.is_valid(&value), right, "schema: {text}");
        assert_eq!(load_text(text).is_ok(), right, "reader: {text}");
    };
    agree(FULL, true);
    agree("", true);
    agree("rules.invalid-config = 'error'", true);
    for wrong in [
        "baseline = 'x'",
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
