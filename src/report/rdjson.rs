//! `rdjson`: the Reviewdog Diagnostic Format, for reviewdog and what reads its format.
//!
//! The format counts columns in bytes, so the unit that users choose has no effect.

use std::io::{self, Write};

use serde::Serialize;

use super::{Located, LocatedLabel, Reporter, Style, Summary, harmless, located, words};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::rules;
use crate::text::{ColumnUnit, Position, SourceFile, SourceId, Span};

/// One object with an array of findings, each on its line.
pub(super) struct Rdjson {
    has_findings: bool,
}

impl Rdjson {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            has_findings: false,
        }
    }
}

impl Reporter for Rdjson {
    fn column_unit(&self, _wanted: ColumnUnit) -> ColumnUnit {
        ColumnUnit::Byte
    }

    fn begin(&mut self, out: &mut dyn Write, _unit: ColumnUnit) -> io::Result<()> {
        out.write_all(b"{\"source\":{\"name\":\"frontlint\"},\"diagnostics\":[\n")
    }

    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        if self.has_findings {
            out.write_all(b",\n")?;
        }
        self.has_findings = true;
        harmless::write(out, &Finding::new(located))
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(b"\n]}\n")
    }
}

#[derive(Serialize)]
struct Finding {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

impl Finding {
    fn new(located: &Located<'_>) -> Self {
        let finding = located.finding;
        let rule = rules::find(finding.rule);
        let fix = finding.fix.as_ref();
        let suggestion = fix.and_then(|fix| suggestion(&located.file, fix, located.source()));
        Self {
            message: words::paragraphs(finding),
            location: Location {
                path: located.path.clone(),
                range: located.range.map(|place| range(&located.file, place)),
            },
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
            },
            code: Code {
                value: finding.rule.as_str(),
                url: finding.url.clone().or_else(|| rule?.url()),
            },
            suggestions: suggestion.into_iter().collect(),
            related_locations: located.related.iter().map(Related::new).collect(),
        }
    }
}

impl Related {
    fn new(related: &LocatedLabel<'_>) -> Self {
        Self {
            message: related.label.message.clone(),
            location: Location {
                path: related.path.clone(),
                range: Some(range(&related.file, related.range)),
            },
        }
    }
}

/// A fix as one replacement: each suggestion is applied on its own, so that several edits would
/// be offered as if any one of them were enough. `None` where one cannot stand for the fix: it
/// reaches into another file, or has a part for the author to fill in.
fn suggestion(file: &SourceFile, fix: &Fix, own: SourceId) -> Option<Suggestion> {
    let is_in_other_file = |edit: &Edit| edit.source != own;
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    if fix.applicability == Applicability::DisplayOnly || fix.edits.iter().any(is_in_other_file) {
        return None;
    }
    let mut text = String::new();
    let mut at = first.span.start;
    for edit in &fix.edits {
        let kept = at as usize..edit.span.start as usize;
        text.push_str(file.text().get(kept)?);
        text.push_str(&edit.content);
        at = edit.span.end;
    }
    let whole = Span::new(first.span.start, last.span.end);
    let whole = located::Range::new(file, whole, ColumnUnit::Byte);
    Some(Suggestion {
        range: range(file, whole),
        text,
    })
}

/// Readers of the format count the bytes of a line, those of a byte order mark among them.
fn range(file: &SourceFile, place: located::Range) -> Range {
    let with_bom = |mut position: Position, offset: u32| {
        let bom = '\u{feff}';
        let is_behind_bom = position.line == 1 && offset as usize >= bom.len_utf8();
        if is_behind_bom && file.text().starts_with(bom) {
            position.column += 3;
        }
        position
    };
    Range {
        start: with_bom(place.start, place.span.start),
        end: with_bom(place.end, place.span.end),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, render};
    use super::super::{Format, Style};
    use super::*;

    #[test]
    fn several_edits_are_one_suggestion() {
        let text = "---\ntitle: é: b\n---\n";
        let file = SourceFile::new("a.md", text);
        let edit = |start: usize, end: usize, content: &str| Edit {
            source: SourceId::PAGE,
            span: Span::from_usize(start, end),
            content: content.to_owned(),
        };
        let value = text.find('é').unwrap();
        let mut fix = Fix {
            title: "Quote the value".to_owned(),
            edits: vec![edit(value, value, "\""), edit(value + 5, value + 5, "\"")],
            applicability: Applicability::Safe,
        };
        let made = suggestion(&file, &fix, SourceId::PAGE).unwrap();
        assert_eq!(made.text, "\"é: b\"");
        let range = made.range;
        assert_eq!((range.start.line, range.start.column), (2, 8));
        assert_eq!((range.end.line, range.end.column), (2, 13));
        fix.applicability = Applicability::DisplayOnly;
        assert!(suggestion(&file, &fix, SourceId::PAGE).is_none());
        fix.applicability = Applicability::Unsafe;
        fix.edits.push(edit(900, 901, ""));
        assert!(suggestion(&file, &fix, SourceId::PAGE).is_none());
    }

    #[test]
    fn a_byte_order_mark_counts() {
        let text = render(Format::Rdjson, Style::default(), &[case("bom")]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let start = &value["diagnostics"][0]["location"]["range"]["start"];
        assert_eq!(*start, serde_json::json!({"line": 1, "column": 4}));
    }
}
