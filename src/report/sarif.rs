//! `sarif`: SARIF 2.1.0, for code scanning and every viewer that reads the OASIS standard.
//!
//! Details of version control are no part of it: the program that uploads the file knows them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{Located, LocatedLabel, Range, Reporter, Style, Summary, harmless, words};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::rules::{RULES, Rule};
use crate::text::{ColumnUnit, SourceId};

mod uri;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of this kind of fingerprint; it changes when the parts that are hashed do.
const FINGERPRINT: &str = "frontlint/v1";

/// One run. Results are in the middle of the document and are written as they come.
pub(super) struct Sarif {
    unit: ColumnUnit,
    fingerprints: Fingerprints,
    has_results: bool,
}

impl Sarif {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            unit: ColumnUnit::Scalar,
            fingerprints: Fingerprints::default(),
            has_results: false,
        }
    }

    /// What is before the results and what is after them.
    fn frame(&self) -> io::Result<(String, String)> {
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": driver()},
                "columnKind": match self.unit {
                    ColumnUnit::Utf16 => "utf16CodeUnits",
                    ColumnUnit::Scalar | ColumnUnit::Byte => "unicodeCodePoints",
                },
                "originalUriBaseIds": {
                    uri::BASE: {"description": {"text": "The folder in which frontlint was started"}},
                },
                "results": [],
            }],
        });
        let mut text = Vec::new();
        harmless::write(&mut text, &log)?;
        let text = String::from_utf8(text).map_err(io::Error::other)?;
        // No text in it looks like this: there the quotes are escaped.
        let (before, after) = text
            .split_once(r#""results":[]"#)
            .ok_or_else(|| io::Error::other("a SARIF log without results"))?;
        Ok((format!(r#"{before}"results":["#), format!("]{after}\n")))
    }
}

impl Reporter for Sarif {
    /// SARIF knows code points and UTF-16 code units; where bytes are asked for, code points are
    /// counted, and the offsets are in bytes anyway.
    fn column_unit(&self, wanted: ColumnUnit) -> ColumnUnit {
        match wanted {
            ColumnUnit::Utf16 => ColumnUnit::Utf16,
            ColumnUnit::Scalar | ColumnUnit::Byte => ColumnUnit::Scalar,
        }
    }

    fn begin(&mut self, out: &mut dyn Write, unit: ColumnUnit) -> io::Result<()> {
        self.unit = unit;
        out.write_all(self.frame()?.0.as_bytes())
    }

    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        if self.has_results {
            out.write_all(b",")?;
        }
        self.has_results = true;
        let fingerprint = self.fingerprints.next(located);
        harmless::write(out, &result(located, &fingerprint))
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(self.frame()?.1.as_bytes())
    }
}

fn driver() -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let mut driver = json!({
        "name": "frontlint",
        "version": version,
        "semanticVersion": version,
        "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
    });
    let home = env!("CARGO_PKG_HOMEPAGE");
    if !home.is_empty() {
        driver["informationUri"] = json!(home);
    }
    driver
}

fn rule(rule: &Rule) -> Value {
    let about = rule.about();
    let docs = rule.docs();
    let severity = rule.id.default_severity();
    // The standard wants an address; `.invalid` is reserved and never leads anywhere.
    let url = rule
        .url()
        .unwrap_or_else(|| format!("https://frontlint.invalid/rules/{}", rule.id));
    json!({
        "id": rule.id.as_str(),
        "name": format!("{:?}", rule.id),
        "shortDescription": {"text": about},
        "fullDescription": {"text": about},
        "help": {"text": docs, "markdown": docs},
        "helpUri": url,
        "defaultConfiguration": {
            "enabled": severity.is_some(),
            "level": severity.map_or("warning", Severity::as_str),
        },
    })
}

fn result(located: &Located<'_>, fingerprint: &str) -> Value {
    let finding = located.finding;
    let region = match located.range {
        Some(range) => region(range),
        // GitHub takes no result without a line; the first stands for the whole file.
        None => json!({"startLine": 1}),
    };
    let place = json!({
        "artifactLocation": uri::location(located.file.path()),
        "region": region,
    });
    let mut result = json!({
        "ruleId": finding.rule.as_str(),
        "level": finding.severity.as_str(),
        "message": {"text": without_links(&words::paragraphs(finding))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    });
    if let Some(index) = RULES.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(pointer) = &finding.pointer {
        result["properties"] = json!({"pointer": pointer});
    }
    if !located.related.is_empty() {
        let related = located.related.iter().enumerate();
        result["relatedLocations"] = related
            .map(|(id, label)| related_location(id, label))
            .collect();
    }
    if let Some(fix) = finding.fix.as_ref().and_then(|fix| fix_value(located, fix)) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// `[text](target)` is a link within a SARIF message, and the text of a page must not make one.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

fn related_location(id: usize, related: &LocatedLabel<'_>) -> Value {
    let mut location = json!({
        "id": id,
        "physicalLocation": {
            "artifactLocation": uri::location(related.file.path()),
            "region": region(related.range),
        },
    });
    let message = &related.label.message;
    if !message.is_empty() {
        location["message"] = json!({"text": without_links(message)});
    }
    location
}

/// `None` for a fix with a part for the author to fill in: it is not to be applied as it is.
fn fix_value(located: &Located<'_>, fix: &Fix) -> Option<Value> {
    if fix.applicability == Applicability::DisplayOnly || fix.edits.is_empty() {
        return None;
    }
    let mut sources: Vec<SourceId> = Vec::new();
    for edit in &fix.edits {
        if !sources.contains(&edit.source) {
            sources.push(edit.source);
        }
    }
    let changes = sources.into_iter().map(|source| {
        let file = located.file_of(source);
        let edits = fix.edits.iter().filter(|edit| edit.source == source);
        let replacements = edits.map(|edit| {
            json!({
                "deletedRegion": region(Range::new(&file, edit.span, located.unit)),
                "insertedContent": {"text": edit.content},
            })
        });
        json!({
            "artifactLocation": uri::location(file.path()),
            "replacements": replacements.collect::<Vec<_>>(),
        })
    });
    Some(json!({
        "description": {"text": without_links(&fix.title)},
        "artifactChanges": changes.collect::<Vec<_>>(),
        "properties": {"applicability": fix.applicability.as_str()},
    }))
}

fn region(range: Range) -> Value {
    json!({
        "startLine": range.start.line,
        "startColumn": range.start.column,
        "endLine": range.end.line,
        "endColumn": range.end.column,
        "byteOffset": range.span.start,
        "byteLength": range.span.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, all_cases, case, render_with};
    use super::*;

    fn log(cases: &[Case], unit: ColumnUnit) -> Value {
        let sarif = Box::new(Sarif::new(Style::default()));
        let text = render_with(sarif, unit, cases, Summary::default());
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn results_have_regions_relations_fixes_and_fingerprints() {
        let log = log(
            &[case("missing-file"), case("other-files"), case("placeless")],
            ColumnUnit::Scalar,
        );
        let results = serde_json::to_string_pretty(&log["runs"][0]["results"]).unwrap();
        insta::assert_snapshot!(results);
    }

    #[test]
    fn every_rule_is_described() {
        let log = log(&[], ColumnUnit::Scalar);
        let rules = log["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .unwrap();
        assert_eq!(rules.len(), RULES.len());
        for rule in rules {
            for text in [
                &rule["help"]["text"],
                &rule["helpUri"],
                &rule["shortDescription"]["text"],
            ] {
                assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{rule}");
            }
        }
        assert_eq!(log["runs"][0]["results"], json!([]));
    }

    #[test]
    fn rules_are_found_by_their_index() {
        let log = log(&all_cases(), ColumnUnit::Scalar);
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
    }

    #[test]
    fn columns_are_in_the_declared_unit() {
        for (unit, kind, column) in [
            (ColumnUnit::Scalar, "unicodeCodePoints", 13),
            (ColumnUnit::Byte, "unicodeCodePoints", 13),
            (ColumnUnit::Utf16, "utf16CodeUnits", 14),
        ] {
            let log = log(&[case("emoji")], unit);
            let run = &log["runs"][0];
            let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
            assert_eq!(run["columnKind"], kind);
            assert_eq!(region["startColumn"], column);
            assert_eq!(region["byteOffset"], 23);
        }
    }

    #[test]
    fn pages_make_no_links() {
        assert_eq!(without_links("`[a](b)`"), "`[a] (b)`");
    }
}
