//! Whole sites against records of Hugo itself: the effective front matter of each page, which Hugo
//! calls `.Params`, with all cascades and `params`.
//!
//! `scripts/record-oracles` records anew; `FRONTLINT_ORACLES` names the folder of other records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use frontlint::testing::dialect::Value;
use frontlint::testing::site::{Site, SiteOptions};
use frontlint::testing::syntax::{Document, Extraction, Kind, NodeId, extract, parse};
use frontlint::testing::text::{SourceId, SourceMap};
use serde_json::{Value as Json, json};

use crate::hugo_urls::{record, repository};

/// A page, its kind, and its front matter.
type Row = (String, String, serde_json::Map<String, Json>);

/// Whether a version differs in the key of a page.
type IsOther = fn(&str, &str) -> bool;

/// What Hugo puts into every page, and the cascade itself, which it folds.
const NOT_COMPARED: &[&str] = &[
    "cascade",
    "draft",
    "iscjklanguage",
    "aliases",
    "slug",
    "url",
];

/// The records, with the keys and pages in which a version of Hugo differs from the newest.
const RECORDS: &[(&str, IsOther)] = &[
    ("hugo-params-0.168", |_, _| false),
    ("hugo-params-0.155", |page, key| {
        // A page that is no section had nothing of its own cascade, and where a language had a
        // cascade that of the whole site did not count.
        page == "content/params/own.md" || (page.ends_with(".fr.md") && key == "everywhere")
    }),
    ("hugo-params-0.151", |page, key| {
        page.ends_with(".fr.md") && key == "everywhere"
    }),
    // It had neither `target` nor `params`, so that entries that are for some pages were for all.
    ("hugo-params-0.111", |page, key| {
        let unconditional = [
            "contact", "docs", "from", "langue", "late", "mixed", "nearest", "origin", "pair",
            "tagged", "tags", "title", "version",
        ];
        !unconditional.contains(&key)
            || page == "content/params/own.md"
            || (page == "content/docs/sub/_index.md" && key == "nearest")
    }),
];

#[test]
fn effective_front_matter_is_that_of_hugo_itself() {
    for (name, is_other) in RECORDS {
        let record = record(name);
        let (mut agree, mut differ) = (0, BTreeSet::new());
        for site in ["hugo-oracle-cascade", "hugo-oracle-languages"] {
            let ours = ours(site);
            let rows: Vec<Row> = serde_json::from_value(record[site].clone()).unwrap();
            let theirs: BTreeMap<_, _> = rows.into_iter().map(|row| (row.0, row.2)).collect();
            assert!(
                theirs.keys().eq(ours.keys()),
                "{name}, {site}: {:?}",
                ours.keys()
            );
            for (page, values) in &ours {
                let recorded = &theirs[page];
                let keys: BTreeSet<_> = values.keys().chain(recorded.keys()).collect();
                for key in keys {
                    if NOT_COMPARED.contains(&key.as_str()) {
                        continue;
                    }
                    let (own, real) = (values.get(key), recorded.get(key));
                    match own == real {
                        true => agree += 1,
                        false if is_other(page, key) => {
                            differ.insert(format!("{page} {key}"));
                        }
                        false => panic!("{name}, {site}, {page}: {key} is {own:?}, not {real:?}"),
                    }
                }
            }
        }
        println!("{name}: {agree} values agree, {} differ", differ.len());
        assert!(agree > 100, "{name}: {agree}");
    }
}

/// The effective front matter of each page of a fixture, by its path.
fn ours(name: &str) -> BTreeMap<String, serde_json::Map<String, Json>> {
    let root = repository().join("fixtures/sites").join(name);
    let sources = SourceMap::default();
    let options = SiteOptions {
        root: &root,
        display_root: Path::new(""),
        generator: None,
        dialect: None,
        uploads: &[],
        boundary: frontlint::testing::files::Boundary::none(),
        working_directory: &root,
    };
    let (site, diagnostics) = Site::open(options, &sources);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let files = pages(&root);
    let pages = files.iter().filter(|page| site.place(page).is_rendered());
    pages
        .map(|page| {
            let below = page.strip_prefix(&root).unwrap().to_str().unwrap();
            (below.replace('\\', "/"), effective(&site, page, &sources))
        })
        .collect()
}

fn effective(site: &Site, path: &Path, sources: &SourceMap) -> serde_json::Map<String, Json> {
    let text = fs::read_to_string(path).unwrap();
    let Extraction::Found(block) = extract(
        text.as_bytes(),
        true,
        site.fence_rules_at(&site.place(path)),
    ) else {
        panic!("{path:?} has no front matter")
    };
    let parsed = parse(&text, &block, site.dialect(), SourceId::PAGE);
    let folder = site.folder_defaults(path.parent().unwrap(), sources);
    let mut page = parsed.document.unwrap();
    let _ = site.with_defaults(&mut page, &site.place(path), folder.as_deref());
    match typed(&page, page.root()) {
        Json::Object(values) => values,
        other => panic!("{path:?}: {other:?}"),
    }
}

/// A value as Hugo writes it in JSON, its keys in small letters.
fn typed(document: &Document<'_>, id: NodeId) -> Json {
    match &document.node(id).kind {
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            items.map(|&item| typed(document, item)).collect()
        }
        Kind::Mapping(_) => {
            let members = document.members(id).iter();
            let typed = members.map(|m| (m.key.text.to_lowercase(), typed(document, m.value)));
            Json::Object(typed.collect())
        }
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => Json::Null,
            Value::Bool(value) => json!(value),
            Value::Integer(value) => json!(value),
            Value::Float(value) => json!(value),
            Value::String => json!(scalar.text),
            other => panic!("{other:?}"),
        },
    }
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let files = crate::hugo_urls::files(folder);
    let is_page = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
    files.into_iter().filter(is_page).collect()
}
