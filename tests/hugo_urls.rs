//! The addresses of a site against records of Hugo itself: what is said of a page is what every
//! version of Hugo writes, and of what nothing is said stands in a snapshot.
//!
//! `scripts/record-oracles` records anew; `FRONTLINT_ORACLES` names the folder of other records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use frontlint::testing::site::{Addresses, Site, SiteOptions};
use frontlint::testing::syntax::{Extraction, extract, parse};
use frontlint::testing::text::{SourceId, SourceMap};
use serde_json::Value as Json;

/// The sites, with their records.
const SITES: &[(&str, &[&str])] = &[
    ("hugo-oracle-urls", &["hugo-urls-0.111", "hugo-urls-0.168"]),
    // Before 0.156 or so an alias was not in the folder of its language.
    ("hugo-oracle-languages", &["hugo-urls-languages-0.168"]),
];

/// A file with its page, and whether it is the page itself or one of its aliases.
type Row = (String, String, String);

#[test]
fn addresses_are_those_of_hugo_itself() {
    let mut silent = String::new();
    for (site, records) in SITES {
        let fixture = repository().join("fixtures/sites").join(site);
        let said = compare(&fixture, records, &mut silent);
        println!(
            "{site}: {said} addresses agree with {} records",
            records.len()
        );
    }
    insta::assert_snapshot!(silent);
}

fn compare(fixture: &Path, names: &[&str], silent: &mut String) -> usize {
    let variants = fs::read_to_string(fixture.join("variants.json")).unwrap();
    let variants: BTreeMap<String, String> = serde_json::from_str(&variants).unwrap();
    let records: Vec<Json> = names.iter().map(|name| record(name)).collect();
    let mut said = 0;
    for (variant, lines) in &variants {
        let ours = ours(fixture, lines);
        let mut theirs = BTreeSet::new();
        for (name, record) in names.iter().zip(&records) {
            let rows: Vec<Row> = serde_json::from_value(record[variant].clone()).unwrap();
            assert!(rows.len() > 20, "{name}: {variant}");
            let rows: BTreeSet<Row> = rows.into_iter().collect();
            let wrong: Vec<&Row> = ours.difference(&rows).collect();
            assert!(wrong.is_empty(), "{name}, {variant}: {wrong:#?}");
            theirs.extend(rows);
        }
        said += ours.len();
        let unsaid: Vec<&Row> = theirs.difference(&ours).collect();
        *silent += &format!("{variant}: {} said, {} not\n", ours.len(), unsaid.len());
        for (file, page, kind) in unsaid.iter().filter(|_| variant == "plain") {
            *silent += &format!("  {kind} {page}: {file}\n");
        }
    }
    said
}

/// What the site says, with these lines more in its configuration.
fn ours(fixture: &Path, lines: &str) -> BTreeSet<Row> {
    let folder = tempfile::tempdir().unwrap();
    for file in files(fixture) {
        let copy = folder.path().join(file.strip_prefix(fixture).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(file, copy).unwrap();
    }
    let config = fs::read_to_string(fixture.join("hugo.toml")).unwrap();
    fs::write(folder.path().join("hugo.toml"), config + lines).unwrap();
    let options = SiteOptions {
        root: folder.path(),
        display_root: Path::new(""),
        generator: None,
        dialect: None,
        uploads: &[],
        boundary: frontlint::testing::files::Boundary::none(),
        working_directory: folder.path(),
    };
    let (site, diagnostics) = Site::open(options, &SourceMap::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(site.generator().unwrap().name(), "hugo");
    let mut said = BTreeSet::new();
    let pages = files(folder.path()).into_iter();
    for page in pages.filter(|page| site.place(page).is_rendered()) {
        let name = site.place(&page).path.into_owned();
        let addresses = addresses(&site, &page);
        let mut add = |file: &str, kind: &str| {
            let file = file.strip_prefix('/').unwrap().to_owned();
            said.insert((file, name.clone(), kind.to_owned()));
        };
        if let Some(own) = &addresses.own {
            add(&own.file, "page");
        }
        for (_, alias) in &addresses.redirects {
            add(&alias.file, "alias");
        }
    }
    said
}

fn addresses(site: &Site, path: &Path) -> Addresses {
    let text = fs::read_to_string(path).unwrap();
    let place = site.place(path);
    let rules = site.fence_rules_at(&place);
    let Extraction::Found(block) = extract(text.as_bytes(), true, rules) else {
        panic!("{path:?} has no front matter")
    };
    let parsed = parse(&text, &block, site.dialect(), SourceId::PAGE);
    let mut page = parsed.document.unwrap();
    let of_folder = site.folder_defaults(path.parent().unwrap(), &SourceMap::default());
    let _ = site.with_defaults(&mut page, &place, of_folder.as_deref());
    if site.has_certain_address(path, &place) {
        site.addresses(&page, &place)
    } else {
        Addresses::default()
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

pub fn record(name: &str) -> Json {
    let file = format!("{name}.json");
    let anew =
        std::env::var_os("FRONTLINT_ORACLES").map(|folder| PathBuf::from(folder).join(&file));
    let anew = anew.filter(|path| path.is_file());
    let path = anew.unwrap_or_else(|| repository().join("fixtures/oracles").join(&file));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
