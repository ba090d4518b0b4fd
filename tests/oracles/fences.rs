//! Fences against records of what the real generators take for front matter.

use frontlint::testing::diagnostic::{Diagnostic, RuleId, Severity};
use frontlint::testing::dialect::Dialect;
use frontlint::testing::site::generator_named;
use frontlint::testing::syntax::{
    Block, CloseRule, Extraction, FenceRules, Kind, Syntax, extract, parse,
};
use frontlint::testing::text::SourceId;
use serde_json::Value as Json;

use super::exceptions::is_fence_exception;
use super::records::Record;
use super::{report, tell};

/// What frontlint makes of a page, in the words of the records.
enum Found {
    /// Front matter, with the value of `k` and the text after it.
    Read(Option<String>, String),
    /// None that the generator would read; with a finding where something looks like it.
    Text,
    /// The build stops, or the metadata are lost, and a finding says so.
    Reported,
}

fn found(text: &str, rules: &FenceRules, dialect: Dialect) -> Found {
    match extract(text.as_bytes(), true, rules) {
        Extraction::Found(block) => read(text, &block, dialect),
        // A warning is about what follows the closing fence, which the generator takes, as some
        // take a page without one.
        Extraction::Broken(diagnostic, Some(block))
            if diagnostic.severity == Severity::Warning
                || (diagnostic.rule == RuleId::UnclosedFrontMatter
                    && rules.closes(CloseRule::AtEndOfFile)) =>
        {
            read(text, &block, dialect)
        }
        Extraction::Broken(..) => Found::Reported,
        Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => Found::Text,
    }
}

fn read(text: &str, block: &Block, dialect: Dialect) -> Found {
    let parsed = parse(text, block, dialect, SourceId::PAGE);
    let Some(document) = parsed.document.as_ref().filter(|_| {
        let counts = |it: &Diagnostic| match it.rule {
            // Of keys that differ only in case one counts.
            RuleId::DuplicateKey if it.message.contains("are the same key to Hugo") => false,
            RuleId::DuplicateKey => match block.syntax {
                Syntax::Yaml => dialect.refuses_duplicate_keys(),
                Syntax::Toml => true,
                Syntax::Json => false,
            },
            // yaml.v2 reads the first document of several.
            _ => dialect != Dialect::HugoYamlV2,
        };
        !parsed.diagnostics.iter().any(counts)
    }) else {
        return Found::Reported;
    };
    let root = document.root();
    if !matches!(document.node(root).kind, Kind::Mapping(_)) {
        return Found::Reported;
    }
    let is_key = |key: &str| dialect.folded(key) == "k";
    let mut members = document.members(root).iter();
    let value = members
        .find(|it| is_key(&it.key.text))
        .and_then(|it| document.string(it.value));
    let body = &text[block.close.end as usize..];
    Found::Read(value.map(str::to_owned), body.to_owned())
}

/// What is wrong with `found` by the record, if anything.
fn disagreement(found: &Found, row: &Json) -> Option<String> {
    let is_empty = row["data"]
        .as_object()
        .is_some_and(serde_json::Map::is_empty);
    let outcome = match row["outcome"].as_str().unwrap() {
        // Hugo hands on the page as it is, which is to say that it reads nothing.
        "read" if is_empty && row["body"] == row["text"] => "text",
        outcome => outcome,
    };
    let agrees = match (found, outcome) {
        // Metadata that are no mapping, or that are taken for the name of a language, are lost.
        (Found::Reported, "read") => {
            !row["data"].is_object() || (is_empty && row["language"].is_string())
        }
        (Found::Read(value, body), "read") => {
            let same_value = row["data"]["k"].as_str() == value.as_deref();
            // Hugo before 0.152 hands on the whole page where nothing follows its front matter.
            let same_body = body.trim() == row["body"].as_str().unwrap().trim()
                || (body.trim().is_empty() && row["body"] == row["text"]);
            same_value && same_body
        }
        (Found::Read(None, body), "text") => body.trim().is_empty(),
        (Found::Text | Found::Reported, "text") | (Found::Reported, "error") => true,
        _ => false,
    };
    let shown = match found {
        Found::Read(value, body) => format!("read, k: {value:?}, body: {body:?}"),
        Found::Text => "text".to_owned(),
        Found::Reported => "reported".to_owned(),
    };
    (!agrees).then(|| format!("{row}: got {shown}"))
}

fn check(generator: &str, dialect: Dialect, name: &'static str, expected: usize) {
    let record = Record::read(name);
    let rules = generator_named(generator).unwrap().fence_rules();
    let mut failures = Vec::new();
    let mut exceptions = 0;
    let rows = record.rows("fences");
    for row in rows {
        let text = row["text"].as_str().unwrap();
        match disagreement(&found(text, rules, dialect), row) {
            Some(_) if is_fence_exception(text, generator) => exceptions += 1,
            other => failures.extend(other),
        }
    }
    tell(name, "fences", rows.len(), failures.len(), exceptions);
    report(name, rows.len(), &failures);
    assert_eq!(exceptions, expected, "{name}: exceptions among the fences");
}

#[test]
fn hugo_fences() {
    check("hugo", Dialect::HugoYamlV2, "hugo-0.111", 8);
    check("hugo", Dialect::HugoYamlV2, "hugo-0.151", 5);
    check("hugo", Dialect::HugoGoccy, "hugo-0.155", 5);
    check("hugo", Dialect::HugoGoccy, "hugo-0.168", 5);
}

#[test]
fn gray_matter_fences() {
    check("vitepress", Dialect::JsYaml3, "gray-matter", 5);
    check("eleventy", Dialect::JsYaml4, "gray-matter-11ty", 5);
    check("docusaurus", Dialect::JsYaml4, "gray-matter-11ty", 5);
}

#[test]
fn mkdocs_fences() {
    check("mkdocs", Dialect::PyYaml, "mkdocs", 16);
}
