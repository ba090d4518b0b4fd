//! `sarif`: SARIF 2.1.0, for code scanning and every viewer that reads the OASIS standard.
//!
//! Details of version control are no part of it: whoever uploads the file knows them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{Reporter, Style, Summary, harmless, place, words};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Label, Severity};
use crate::rules::{RULES, Rule};
use crate::text::{ColumnUnit, SourceFile, SourceId, Sources, Span};

mod uri;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of this kind of fingerprint; it changes when the parts that are hashed do.
const FINGERPRINT: &str = "frontlint/v1";

/// One run. Results are in the middle of the document and are written as they come.
pub(super) struct Sarif {
    /// SARIF knows code points and UTF-16 code units; where bytes are asked for, code points are
    /// counted, and the offsets are in bytes anyway.
    unit: ColumnUnit,
    fingerprints: Fingerprints,
    begun: bool,
}

impl Sarif {
    pub(super) fn new(style: Style) -> Self {
        let unit = match style.unit {
            ColumnUnit::Utf16 => ColumnUnit::Utf16,
            ColumnUnit::Scalar | ColumnUnit::Byte => ColumnUnit::Scalar,
        };
        Self {
            unit,
            fingerprints: Fingerprints::default(),
            begun: false,
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

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        out.write_all(self.frame()?.0.as_bytes())
    }
}

impl Reporter for Sarif {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            if self.begun {
                out.write_all(b",")?;
            }
            self.begin(out)?;
            let fingerprint = self.fingerprints.next(sources, diagnostic);
            let places = Places {
                sources,
                unit: self.unit,
            };
            harmless::write(out, &result(&places, diagnostic, &fingerprint))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        self.begin(out)?;
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
    // The standard wants an address; `.invalid` belongs to nobody and never will.
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

fn result(places: &Places<'_>, diagnostic: &Diagnostic, fingerprint: &str) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.as_str(),
        "level": diagnostic.severity.as_str(),
        "message": {"text": without_links(&words::paragraphs(diagnostic))},
        "locations": [{"physicalLocation": places.primary(diagnostic)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    });
    if let Some(index) = RULES.iter().position(|rule| rule.id == diagnostic.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(pointer) = &diagnostic.pointer {
        result["properties"] = json!({"pointer": pointer});
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate();
        result["relatedLocations"] = related
            .map(|(id, label)| places.related(id, label))
            .collect();
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|fix| places.fix(fix)) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// `[text](target)` is a link within a SARIF message, and the text of a page must not make one.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

/// Where things are, in the words of the standard.
struct Places<'a> {
    sources: &'a Sources<'a>,
    unit: ColumnUnit,
}

impl Places<'_> {
    fn primary(&self, diagnostic: &Diagnostic) -> Value {
        let file = place::file_of(self.sources, diagnostic);
        let region = match &diagnostic.primary {
            Some(label) => self.region(&file, label.span),
            // GitHub takes no result without a line; the first stands for the whole file.
            None => json!({"startLine": 1}),
        };
        json!({"artifactLocation": uri::location(file.path()), "region": region})
    }

    fn related(&self, id: usize, label: &Label) -> Value {
        let file = self.sources.get(label.source);
        let mut location = json!({
            "id": id,
            "physicalLocation": {
                "artifactLocation": uri::location(file.path()),
                "region": self.region(&file, label.span),
            },
        });
        if !label.message.is_empty() {
            location["message"] = json!({"text": without_links(&label.message)});
        }
        location
    }

    /// `None` for a fix with a part for the author to fill in: it is not to be applied as it is.
    fn fix(&self, fix: &Fix) -> Option<Value> {
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
            let file = self.sources.get(source);
            let edits = fix.edits.iter().filter(|edit| edit.source == source);
            let replacements = edits.map(|edit| {
                json!({
                    "deletedRegion": self.region(&file, edit.span),
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

    fn region(&self, file: &SourceFile, span: Span) -> Value {
        let (start, end) = place::range(file, span, self.unit);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "byteOffset": span.start,
            "byteLength": span.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, all_cases, case, render};
    use super::super::{Format, Style};
    use super::*;

    fn log(cases: &[Case], unit: ColumnUnit) -> Value {
        let style = Style {
            unit,
            ..Style::default()
        };
        serde_json::from_str(&render(Format::Sarif, style, cases)).unwrap()
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
        let column = |unit| {
            let log = log(&[case("emoji")], unit);
            let run = &log["runs"][0];
            let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
            (
                run["columnKind"].clone(),
                region["startColumn"].clone(),
                region["byteOffset"].clone(),
            )
        };
        assert_eq!(
            column(ColumnUnit::Scalar),
            (json!("unicodeCodePoints"), json!(13), json!(23))
        );
        assert_eq!(
            column(ColumnUnit::Byte),
            (json!("unicodeCodePoints"), json!(13), json!(23))
        );
        assert_eq!(
            column(ColumnUnit::Utf16),
            (json!("utf16CodeUnits"), json!(14), json!(23))
        );
    }

    #[test]
    fn pages_make_no_links() {
        assert_eq!(without_links("`[a](b)`"), "`[a] (b)`");
    }
}
