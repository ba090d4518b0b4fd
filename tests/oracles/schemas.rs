//! Bundled schemas against records of the validators whose facts they state.
//!
//! A record has the verdicts on every value of `schema-texts.json` at every place of it, one character a
//! text: `1` for accepted, `0` for refused, `-` for what does not parse.

use std::path::Path;
use std::sync::Arc;

use frontlint::testing::diagnostic::{PathProblem, Severity};
use frontlint::testing::dialect::Dialect;
use frontlint::testing::schema::{Paths, Schema, SchemaRef, Store};
use frontlint::testing::text::SourceMap;
use serde_json::Value as Json;

use super::records::{Record, fixture};
use super::{Outcome, report, tell, with_document};

struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}

/// Whether a schema has no error for a front matter; `None` where that does not parse.
fn accepts(schema: &Schema, text: &str, dialect: Dialect) -> Option<bool> {
    with_document(text, true, dialect, |outcome| {
        let Outcome::Document(document) = outcome else {
            return None;
        };
        let findings = schema.validate(document, &NoPaths, "");
        let is_error = |severity| severity == Severity::Error;
        Some(!findings.iter().any(|finding| is_error(finding.severity)))
    })
}

/// Every text of a schema with its verdict.
fn rows(name: &str, record: &Record) -> Vec<(String, char)> {
    let table: Json =
        serde_json::from_slice(&std::fs::read(fixture("schema-texts.json")).unwrap()).unwrap();
    let values: Vec<&str> = strings(&table["values"]).collect();
    let mut rows = Vec::new();
    for row in record.rows("rows") {
        let Some(place) = row["place"].as_str() else {
            let texts = strings(&table["schemas"][name]["texts"]).map(str::to_owned);
            rows.extend(texts.zip(row["texts"].as_str().unwrap().chars()));
            continue;
        };
        let verdicts = row["verdicts"].as_str().unwrap();
        assert_eq!(values.len(), verdicts.len(), "{name}: record it anew");
        let texts = values.iter().map(|value| place.replace('@', value));
        rows.extend(texts.zip(verdicts.chars()));
    }
    rows
}

fn strings(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_str().unwrap())
}

fn check(name: &str, record: &'static str, dialect: Dialect, expected: usize) {
    let store = Store::new(Arc::new(SourceMap::default()));
    let reference = SchemaRef::parse(&format!("bundled:{name}"), Path::new(""));
    let schema = store.load(&reference).unwrap();
    let record = Record::read(record);
    let (mut failures, mut exceptions, mut count) = (Vec::new(), 0, 0);
    for (text, verdict) in rows(name, &record) {
        let Some(accepted) = accepts(&schema, &text, dialect) else {
            continue;
        };
        if verdict == '-' || is_date(&text) && accepted {
            continue;
        }
        count += 1;
        if accepted == (verdict == '1') {
            continue;
        }
        match is_exception(name, &text, accepted) {
            true => exceptions += 1,
            false => failures.push(format!("{text:?}: accepted here: {accepted}")),
        }
    }
    tell(name, "front matters", count, failures.len(), exceptions);
    report(name, count, &failures);
    assert_eq!(exceptions, expected, "{name}: exceptions");
}

/// The key of the last line and its value.
fn last(text: &str) -> (&str, &str) {
    let line = text.trim_end().lines().next_back().unwrap_or_default();
    let (key, value) = line.split_once([':', '-']).unwrap_or((line, ""));
    (key.trim(), value.trim())
}

/// Whether it is known that a schema and the validator differ here.
fn is_exception(name: &str, text: &str, accepted: bool) -> bool {
    let (key, value) = last(text);
    let is_day = match name.starts_with("docusaurus-") {
        true => text.contains("2026-03-12"),
        false => value.trim_start_matches('[').starts_with("2026-03-12"),
    };
    let is_mapping = ["sidebar_custom_props: ", "socials: "]
        .iter()
        .any(|key| text.contains(key));
    match (name, key) {
        // Joi takes a date without quotes for a mapping.
        _ if is_mapping => is_day && !accepted,
        // skills-ref reads every scalar as the text that is written: `True` has a capital letter, and
        // `null` is a name.
        ("agent-skill", _) => match accepted {
            true => ["name: True\n", "name: TRUE\n", "name: 0x1F\n"]
                .iter()
                .any(|line| text.starts_with(line)),
            false => text.starts_with("name: null\n") || matches!(value, "null" | "~"),
        },
        // A schema cannot say that a date without quotes is no text.
        _ => is_day && accepted,
    }
}

/// Whether the last value is a date, which the rule `impossible-date` decides about; it is compared
/// with the generators elsewhere.
fn is_date(text: &str) -> bool {
    matches!(last(text).0, "date" | "created" | "updated")
}

#[test]
fn schemas_of_docusaurus() {
    for (name, record, expected) in [
        ("docusaurus-docs", "schema-docusaurus-docs", 8),
        ("docusaurus-blog", "schema-docusaurus-blog", 16),
        ("docusaurus-pages", "schema-docusaurus-pages", 17),
    ] {
        check(name, record, Dialect::JsYaml4, expected);
    }
}

#[test]
fn schema_of_skills() {
    check("agent-skill", "schema-agent-skill", Dialect::Core, 6);
}

#[test]
fn schema_of_blog_posts_of_material() {
    let record = "schema-mkdocs-material-blog-post";
    check("mkdocs-material-blog-post", record, Dialect::PyYaml, 8);
}
