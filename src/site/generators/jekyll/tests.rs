//! Tests of Jekyll sites.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::Dialect;
use crate::site::{BundleAddress, Lookup, PageKind, Site, SiteOptions};
use crate::syntax::{Block, Document, OpenRule, Syntax, parse};
use crate::text::{SourceId, SourceMap};

fn open(config: &str) -> (TempDir, Site, Vec<Diagnostic>) {
    open_named("_config.yml", config.as_bytes())
}

fn open_named(name: &str, config: &[u8]) -> (TempDir, Site, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), config).unwrap();
    let options = SiteOptions {
        root: folder.path(),
        display_root: "site".as_ref(),
        generator: None,
        dialect: None,
        uploads: &[],
        boundary: crate::files::Boundary::none(),
        working_directory: folder.path(),
    };
    let (site, diagnostics) = Site::open(options, &SourceMap::default());
    assert_eq!(site.generator().unwrap().name(), "jekyll");
    (folder, site, diagnostics)
}

fn page(text: &str) -> Document<'_> {
    let block = Block::whole(Syntax::Yaml, text);
    let parsed = parse(text, &block, Dialect::Jekyll, SourceId::PAGE);
    parsed.document.unwrap()
}

const CONTACT: &str = "\
collections: {communiques: {output: true}}
defaults:
- scope: {path: '', type: communiques}
  values:
    contact-presse: {name: Dominique, email: d@example.org, tel: [], fax: }
    images: [{image: , legende: }]
";

#[test]
fn a_mapping_half_the_pages_is_reported_with_both_places() {
    let (folder, site, _) = open(CONTACT);
    let place = site
        .place(&folder.path().join("_communiques/a.md"))
        .into_owned();
    assert_eq!(place.collection(), Some("communiques"));
    let text = "contact-presse:\n  name: Camille\n  fax: ~\n  tel:\n";
    let mut document = page(text);
    let effects = site.with_defaults(&mut document, &place, None);
    assert_eq!(effects.mixed.len(), 1);
    let mixed = &effects.mixed[0];
    assert_eq!(mixed.pointer, "/contact-presse");
    assert_eq!(mixed.own.len(), 1);
    assert_eq!(mixed.own[0].span.slice(text), "name");
    assert_eq!(mixed.own[0].source, SourceId::PAGE);
    let filled: Vec<_> = mixed.filled.iter().map(|key| key.key.as_str()).collect();
    assert_eq!(filled, ["email"]);
    assert_ne!(mixed.filled[0].source, SourceId::PAGE);
    assert_eq!(mixed.filled[0].span.slice(CONTACT), "email");
    let place = document.locate("/contact-presse/email").unwrap();
    assert_eq!(place.value.slice(CONTACT), "d@example.org");

    // Nothing of a default is left where the page gives all, or nothing.
    for text in [
        "contact-presse: {name: A, email: b@c.d}\n",
        "contact-presse:\n",
        "title: x\n",
    ] {
        let mut document = page(text);
        let effects = site.with_defaults(
            &mut document,
            &site
                .place(&folder.path().join("_communiques/a.md"))
                .into_owned(),
            None,
        );
        assert!(effects.mixed.is_empty(), "{text}");
        assert!(document.find("/contact-presse/email").is_some());
        assert!(document.find("/images/0/legende").is_some());
    }
}

#[test]
fn a_broken_configuration_is_one_finding() {
    let cases: [(&[u8], Severity); 7] = [
        (b"defaults: [\n", Severity::Error),
        (b"- a\n- b\n", Severity::Error),
        (b"text\n", Severity::Error),
        (b"\xff\xfe", Severity::Error),
        (b"", Severity::Warning),
        (b"# nothing\n", Severity::Warning),
        (b"collections: none\n", Severity::Error),
    ];
    for (config, severity) in cases {
        let (folder, site, diagnostics) = open_named("_config.yml", config);
        let shown = String::from_utf8_lossy(config);
        assert_eq!(diagnostics.len(), 1, "{shown}: {diagnostics:#?}");
        assert_eq!(diagnostics[0].rule, RuleId::InvalidConfig, "{shown}");
        assert_eq!(diagnostics[0].severity, severity, "{shown}");
        assert!(
            !diagnostics[0].message.contains("front matter"),
            "{diagnostics:?}"
        );
        let label = diagnostics[0].primary.as_ref().unwrap();
        assert_ne!(label.source, SourceId::PAGE, "{shown}");
        let mut document = page("a: 1\n");
        let place = site.place(&folder.path().join("index.md")).into_owned();
        let _ = site.with_defaults(&mut document, &place, None);
        assert_eq!(document.members(document.root()).len(), 1);
    }
}

#[test]
fn wrong_defaults_are_pointed_at_and_the_others_used() {
    let (folder, site, diagnostics) = open(
        "defaults:\n- scope: {path: ''}\n- scope:\n  values: {a: 1}\n- scope: {type: 1}\n  values: {b: 1}\n- scope: {path: ''}\n  values: {c: 1}\n",
    );
    assert_eq!(diagnostics.len(), 3, "{diagnostics:#?}");
    let mut document = page("x: 1\n");
    let place = site.place(&folder.path().join("index.md")).into_owned();
    let _ = site.with_defaults(&mut document, &place, None);
    let keys: Vec<_> = document
        .members(document.root())
        .iter()
        .map(|m| m.key.text.as_ref())
        .collect();
    assert_eq!(keys, ["x", "c"]);
}

#[test]
fn ten_thousand_defaults_cost_a_page_nothing() {
    let mut config = String::from("defaults:\n");
    for index in 0..10_000 {
        config += &format!(
            "- scope: {{path: _posts/{index}/, type: posts}}\n  values: {{key: {index}}}\n"
        );
    }
    let (folder, site, diagnostics) = open(&config);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let path = folder.path().join("_posts/777/2020-01-01-a.md");
    let begin = Instant::now();
    for _ in 0..1000 {
        let mut document = page("title: x\n");
        let _ = site.with_defaults(&mut document, &site.place(&path), None);
        assert_eq!(
            document
                .find("/key")
                .and_then(|id| Some(document.scalar(id)?.text.clone()))
                .as_deref(),
            Some("777")
        );
    }
    assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
fn files_have_their_place() {
    let (folder, site, _) = open(
        "source: src\ncollections_dir: col\ncollections: [notes, uploads]\nexclude: [vendor]\ndestination: src/public\n",
    );
    for (path, kind, relative) in [
        ("src/index.md", PageKind::Page, "index.md"),
        (
            "src/col/_notes/a/b.md",
            PageKind::Collection("notes".into()),
            "_notes/a/b.md",
        ),
        (
            "src/col/_posts/2020-1-2-x.md",
            PageKind::Post,
            "_posts/2020-1-2-x.md",
        ),
        ("src/col/_posts/x.md", PageKind::Unrendered, "_posts/x.md"),
        ("src/col/_drafts/x.md", PageKind::Draft, "_drafts/x.md"),
        (
            "src/_posts/2020-01-02-x.md",
            PageKind::Unrendered,
            "_posts/2020-01-02-x.md",
        ),
        ("src/vendor/a.md", PageKind::Unrendered, "vendor/a.md"),
        ("src/_unknown/a.md", PageKind::Unrendered, "_unknown/a.md"),
        ("README.md", PageKind::Unrendered, "README.md"),
    ] {
        let place = site.place(&folder.path().join(path)).into_owned();
        assert_eq!((&place.kind, &*place.path), (&kind, relative), "{path}");
    }
    assert_eq!(
        site.place("/elsewhere/a.md".as_ref()).kind,
        PageKind::Outside
    );
    let post = folder.path().join("src/col/_posts/2020-1-2-x.md");
    let (post, index) = (site.place(&post), site.place("index.md".as_ref()));
    let post = site.fence_rules_at(&post);
    assert!(post.opens(OpenRule::AfterByteOrderMark));
    assert!(
        !site
            .fence_rules_at(&index)
            .opens(OpenRule::AfterByteOrderMark)
    );
}

#[test]
fn uploads_are_served_by_their_collections() {
    let (folder, site, _) = open(
        "baseurl: /presse\ncollections:\n  uploads: {output: true}\n  media: {output: true, permalink: /m/:path}\n  kept: {output: false}\nexclude: [private]\n",
    );
    for file in [
        "_uploads/a.pdf",
        "_media/b.png",
        "_kept/c.pdf",
        "private/d.pdf",
        "assets/e.svg",
        "about.md",
    ] {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let release = folder.path().join("_communiques/x.md");
    for path in [
        "/uploads/a.pdf",
        "/presse/uploads/a.pdf",
        "/m/b.png",
        "/assets/e.svg",
        "/about.html",
    ] {
        assert_eq!(
            site.look_up(&release, path, &|| BundleAddress::None),
            Lookup::Found,
            "{path}"
        );
    }
    for path in [
        "/kept/c.pdf",
        "/media/b.png",
        "/private/d.pdf",
        "/_uploads/a.pdf",
        "/_config.yml",
    ] {
        let lookup = site.look_up(&release, path, &|| BundleAddress::None);
        assert!(
            matches!(lookup, Lookup::Missing { .. }),
            "{path}: {lookup:?}"
        );
    }
    let found = site
        .look_up(&release, "/uploads/b.pdf", &|| BundleAddress::None)
        .problem("/uploads/b.pdf")
        .unwrap();
    assert_eq!(
        found.problem.help.as_deref(),
        Some("the nearest name is `site/_uploads/a.pdf`: write `/uploads/a.pdf` if it is meant")
    );
    let found = site
        .look_up(&release, "/private/d.pdf", &|| BundleAddress::None)
        .problem("/private/d.pdf")
        .unwrap();
    assert_eq!(
        found.problem.help.as_deref(),
        Some("the file `site/private/d.pdf` exists, but it is not published with the site")
    );
}

#[test]
fn drafts_are_what_is_not_published_yet() {
    let (folder, site, _) = open("defaults:\n- scope: {path: wip}\n  values: {published: false}\n");
    for (path, text, draft) in [
        ("_drafts/a.md", "title: x\n", true),
        ("a.md", "published: false\n", true),
        ("a.md", "published: 'false'\n", false),
        ("a.md", "draft: true\n", false),
        ("wip/a.md", "title: x\n", true),
        ("wip/a.md", "published: true\n", false),
    ] {
        let place = site.place(&folder.path().join(path)).into_owned();
        let mut document = page(text);
        let _ = site.with_defaults(&mut document, &place, None);
        assert_eq!(site.is_draft(&document, &place), draft, "{path} {text}");
    }
}

#[test]
fn a_configuration_in_toml() {
    let config = "[collections.notes]\noutput = true\n[[defaults]]\nscope = { path = '', type = 'notes' }\n[defaults.values]\nkey = 'value'\n";
    let (folder, site, diagnostics) = open_named("_config.toml", config.as_bytes());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut document = page("a: 1\n");
    let place = site.place(&folder.path().join("_notes/a.md")).into_owned();
    let _ = site.with_defaults(&mut document, &place, None);
    let place = document.locate("/key").unwrap();
    assert_eq!(place.value.slice(config), "'value'");

    let (_folder, _site, diagnostics) = open_named("_config.toml", b"a = yes\n");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].rule, RuleId::InvalidConfig);
}
