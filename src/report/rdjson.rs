//! `rdjson`: the Reviewdog Diagnostic Format, for reviewdog and what reads its format.
//!
//! The format counts columns in bytes, so the column unit that was asked for plays no part.

use std::io::{self, Write};

use serde::Serialize;

use super::{Reporter, Style, Summary, harmless, place, words};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
use crate::rules;
use crate::text::{ColumnUnit, SourceFile, SourceId, Sources, Span};

/// One object with an array of findings, each on its line.
pub(super) struct Rdjson {
    begun: bool,
}

impl Rdjson {
    pub(super) fn new(_style: Style) -> Self {
        Self { begun: false }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return out.write_all(b",\n");
        }
        self.begun = true;
        out.write_all(b"{\"source\":{\"name\":\"frontlint\"},\"diagnostics\":[\n")
    }
}

impl Reporter for Rdjson {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            self.begin(out)?;
            harmless::write(out, &Finding::new(sources, diagnostic))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        if !self.begun {
            self.begin(out)?;
        }
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
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
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
    fn new(sources: &Sources<'_>, diagnostic: &Diagnostic) -> Self {
        let file = place::file_of(sources, diagnostic);
        let primary = diagnostic.primary.as_ref();
        let own = primary.map_or(SourceId::PAGE, |label| label.source);
        let rule = rules::find(diagnostic.rule);
        let suggestion = diagnostic
            .fix
            .as_ref()
            .and_then(|fix| suggestion(&file, fix, own));
        let related = diagnostic.related.iter();
        Self {
            message: words::paragraphs(diagnostic),
            location: Location {
                path: place::path_text(file.path()),
                range: primary.map(|label| range(&file, label.span)),
            },
            severity: match diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
            },
            code: Code {
                value: diagnostic.rule.as_str(),
                url: diagnostic.url.clone().or_else(|| rule?.url()),
            },
            suggestions: suggestion.into_iter().collect(),
            related_locations: related.map(|label| Related::new(sources, label)).collect(),
        }
    }
}

impl Related {
    fn new(sources: &Sources<'_>, label: &Label) -> Self {
        let file = sources.get(label.source);
        Self {
            message: label.message.clone(),
            location: Location {
                path: place::path_text(file.path()),
                range: Some(range(&file, label.span)),
            },
        }
    }
}

/// A fix as one replacement: each suggestion is applied on its own, so that several edits would
/// be offered as if any one of them were enough. `None` where one cannot stand for the fix: it
/// reaches into another file, or has a part for the author to fill in.
fn suggestion(file: &SourceFile, fix: &Fix, own: SourceId) -> Option<Suggestion> {
    if fix.applicability == Applicability::DisplayOnly {
        return None;
    }
    let elsewhere = |edit: &Edit| edit.source != own;
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    if fix.edits.iter().any(elsewhere) {
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
    Some(Suggestion {
        range: range(file, whole),
        text,
    })
}

fn range(file: &SourceFile, span: Span) -> Range {
    Range {
        start: point(file, span.start),
        end: point(file, span.end),
    }
}

/// Readers of the format count the bytes of a line, those of a byte order mark among them.
fn point(file: &SourceFile, offset: u32) -> Point {
    let at = file.position(offset, ColumnUnit::Byte);
    let mark = '\u{feff}'.len_utf8();
    let behind_mark =
        at.line == 1 && offset as usize >= mark && file.text().starts_with('\u{feff}');
    let mark = if behind_mark { 3 } else { 0 };
    Point {
        line: at.line,
        column: at.column + mark,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, case, render};
    use super::super::{Format, Style};
    use super::*;

    #[test]
    fn one_object_a_finding() {
        insta::assert_snapshot!(render(Format::Rdjson, Style::default(), &all_cases()));
    }

    #[test]
    fn an_empty_run_has_an_empty_array() {
        let text = render(Format::Rdjson, Style::default(), &[]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["diagnostics"], serde_json::json!([]));
    }

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
