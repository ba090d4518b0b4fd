//! Whole sites against a record of the real Jekyll: what it reads, as which kind of page, and with
//! which effective front matter, and where it publishes the page.
//!
//! `scripts/record-jekyll-site` records anew; `FRONTLINT_JEKYLL_RECORD` and
//! `FRONTLINT_JEKYLL_URLS_RECORD` name other records to compare with.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use frontlint::testing::dialect::{Dialect, Value};
use frontlint::testing::site::{PageKind, PagePlace, Site, SiteOptions};
use frontlint::testing::syntax::{Block, Document, Kind, NodeId, Syntax, parse};
use frontlint::testing::text::{SourceId, SourceMap, Span};
use serde_json::{Value as Json, json};

/// What Jekyll puts into a document's data by itself.
const ADDED: &[&str] = &[
    "categories",
    "date",
    "draft",
    "ext",
    "slug",
    "tags",
    "title",
];

#[test]
fn effective_front_matter_is_that_of_the_real_jekyll() {
    let record: Json = serde_json::from_str(&fs::read_to_string(record_path()).unwrap()).unwrap();
    let sites = record["sites"].as_object().unwrap();
    assert_eq!(sites.len(), 2);
    for (name, pages) in sites {
        compare_site(name, pages.as_array().unwrap());
    }
}

fn compare_site(name: &str, recorded: &[Json]) {
    let root = repository().join("fixtures/sites").join(name);
    let sources = SourceMap::default();
    let (site, diagnostics) = Site::open(
        SiteOptions {
            root: &root,
            display_root: Path::new(""),
            generator: None,
            dialect: Some(Dialect::Psych),
            uploads: &[],
            boundary: frontlint::testing::files::Boundary::none(),
            working_directory: repository(),
        },
        &sources,
    );
    assert_eq!(site.generator().unwrap().name(), "jekyll");
    for diagnostic in &diagnostics {
        assert!(
            diagnostic.message.contains("Jekyll ignores"),
            "{diagnostic:?}"
        );
    }
    let source = if name.ends_with("collections-dir") {
        root.join("src")
    } else {
        root.clone()
    };
    let mut seen = 0;
    for file in markdown_files(&root) {
        let place = site.place(&file);
        let path = file.strip_prefix(&source).ok();
        let path = path.map(|path| json!(path.to_str().unwrap()));
        let entry = recorded
            .iter()
            .find(|entry| Some(&entry["path"]) == path.as_ref());
        let Some(entry) = entry else {
            assert_eq!(
                place.kind,
                PageKind::Unrendered,
                "{file:?} is not in the record"
            );
            continue;
        };
        seen += 1;
        assert_eq!(kind(&place), entry["kind"], "{file:?}");
        compare_page(&site, &file, &place, entry);
    }
    assert_eq!(seen, recorded.len(), "{name}: pages of the record");
}

fn compare_page(site: &Site, file: &Path, place: &PagePlace<'_>, entry: &Json) {
    let recorded = entry["data"].as_object().unwrap();
    let text = fs::read_to_string(file).unwrap();
    let block = block(&text);
    let parsed = parse(&text, &block, site.dialect(), SourceId::PAGE);
    let mut page = parsed.document.unwrap();
    let _ = site.with_defaults(&mut page, place, None);
    compare_address(site, &page, place, entry);
    let Json::Object(ours) = typed(&page, page.root()) else {
        panic!("{file:?} is no mapping")
    };
    let document = place.kind != PageKind::Page;
    for (key, value) in &ours {
        let theirs = recorded.get(key);
        match key.as_str() {
            // Jekyll joins a document's categories with the defaults' and the path's.
            "categories" if document => {}
            "date" if document => assert_eq!(instant(value), theirs.and_then(instant), "{file:?}"),
            _ => assert_eq!(Some(value), theirs, "{file:?}: {key}"),
        }
    }
    for key in recorded.keys() {
        assert!(
            ours.contains_key(key) || (document && ADDED.contains(&key.as_str())),
            "{file:?}: Jekyll has {key} too"
        );
    }
}

/// Where a page is published: nowhere, where its collection writes no files.
fn compare_address(site: &Site, page: &Document<'_>, place: &PagePlace<'_>, entry: &Json) {
    match site.addresses(page, place).own {
        Some(own) => {
            assert_eq!(json!(own.url), entry["url"], "{}", place.path);
            assert_eq!(json!(own.file), entry["file"], "{}", place.path);
        }
        None => {
            // Collections that are listed by name alone are not written either.
            let listed = site.root().ends_with("jekyll-oracle-collections-dir");
            let unwritten = place.collection() == Some("hidden") || listed;
            assert!(unwritten, "{}: {}", place.path, entry["url"]);
        }
    }
}

#[test]
fn addresses_are_those_of_the_real_jekyll() {
    let record = std::env::var_os("FRONTLINT_JEKYLL_URLS_RECORD").map_or_else(
        || repository().join("fixtures/oracles/jekyll-urls.json"),
        PathBuf::from,
    );
    let record: Json = serde_json::from_str(&fs::read_to_string(record).unwrap()).unwrap();
    let styles = record["styles"].as_object().unwrap();
    assert_eq!(styles.len(), 7);
    let fixture = repository().join("fixtures/sites/jekyll-oracle-urls");
    let config = fs::read_to_string(fixture.join("_config.yml")).unwrap();
    for (style, pages) in styles {
        // The pages are read where they are; the configuration has a line more.
        let folder = tempfile::tempdir().unwrap();
        let config = format!("{config}permalink: \"{style}\"\n");
        fs::write(folder.path().join("_config.yml"), config).unwrap();
        let sources = SourceMap::default();
        let options = SiteOptions {
            root: folder.path(),
            display_root: Path::new(""),
            generator: None,
            dialect: Some(Dialect::Psych),
            uploads: &[],
            boundary: frontlint::testing::files::Boundary::none(),
            working_directory: folder.path(),
        };
        let (site, diagnostics) = Site::open(options, &sources);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        for (path, entry) in pages.as_object().unwrap() {
            let text = fs::read_to_string(fixture.join(path)).unwrap();
            let parsed = parse(&text, &block(&text), site.dialect(), SourceId::PAGE);
            let Some(mut page) = parsed.document else {
                panic!("{path}: {:?}", parsed.diagnostics)
            };
            let place = site.place(&folder.path().join(path)).into_owned();
            let _ = site.with_defaults(&mut page, &place, None);
            compare_address(&site, &page, &place, entry);
        }
    }
}

fn typed(document: &Document<'_>, id: NodeId) -> Json {
    match &document.node(id).kind {
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            items.map(|&item| typed(document, item)).collect()
        }
        Kind::Mapping(_) => {
            let members = document.members(id).iter();
            let typed = members.map(|m| (m.key.text.to_string(), typed(document, m.value)));
            Json::Object(typed.collect())
        }
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => Json::Null,
            Value::Bool(value) => json!(value),
            Value::Integer(value) => json!(value),
            Value::BigInteger(digits) => serde_json::from_str(digits).unwrap(),
            Value::Float(value) => json!({ "!float": format!("{value:?}") }),
            Value::String => json!(scalar.text),
            Value::Timestamp(stamp) if stamp.nanosecond_of_day.is_none() => json!({
                "!date": format!("{:04}-{:02}-{:02}", stamp.year, stamp.month, stamp.day)
            }),
            Value::Timestamp(stamp) => json!({ "!time": stamp.instant() }),
            Value::Binary(bytes) => json!({ "!binary": bytes }),
            Value::Error(why) => panic!("{why}"),
        },
    }
}

fn instant(value: &Json) -> Option<i64> {
    value["!time"].as_i64()
}

fn kind<'p>(place: &'p PagePlace<'_>) -> &'p str {
    match &place.kind {
        PageKind::Page => "page",
        PageKind::Post => "posts",
        PageKind::Draft => "draft",
        PageKind::Collection(label) => label,
        PageKind::Unrendered | PageKind::Outside => "none",
    }
}

/// The front matter of a fixture, whose fences are plain.
fn block(text: &str) -> Block {
    let end = text[4..].find("---\n").unwrap() + 4;
    Block {
        syntax: Syntax::Yaml,
        open: Span::from_usize(0, 3),
        content: Span::from_usize(4, end),
        close: Span::from_usize(end, end + 3),
    }
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(markdown_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files
}

fn record_path() -> PathBuf {
    std::env::var_os("FRONTLINT_JEKYLL_RECORD").map_or_else(
        || repository().join("fixtures/oracles/jekyll-site.json"),
        PathBuf::from,
    )
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
