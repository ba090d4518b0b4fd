//! `json` and `jsonl`: the same object for each finding, in one array or one a line.

use std::io::{self, Write};

use serde::Serialize;

use super::{Reporter, Style, Summary, harmless, place};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::text::{ColumnUnit, Position, SourceFile, SourceId, Sources};

/// One array. Findings are written as they come, one a line within the array.
pub(super) struct Json {
    unit: ColumnUnit,
    begun: bool,
}

impl Json {
    pub(super) fn new(style: Style) -> Self {
        Self {
            unit: style.unit,
            begun: false,
        }
    }
}

impl Reporter for Json {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            harmless::write(out, &Finding::new(sources, diagnostic, self.unit))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}

/// One object a line.
pub(super) struct Jsonl {
    unit: ColumnUnit,
}

impl Jsonl {
    pub(super) fn new(style: Style) -> Self {
        Self { unit: style.unit }
    }
}

impl Reporter for Jsonl {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            harmless::write(out, &Finding::new(sources, diagnostic, self.unit))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self, _out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    path: String,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    pointer: Option<&'a str>,
    span: Option<Bytes>,
    start: Option<Point>,
    end: Option<Point>,
    related: Vec<Related<'a>>,
    fix: Option<Mend<'a>>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: String,
    message: &'a str,
    span: Bytes,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    start: u32,
    end: u32,
    content: &'a str,
}

/// Byte offsets in the whole file.
#[derive(Serialize)]
struct Bytes {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Self {
            line: position.line,
            column: position.column,
        }
    }
}

impl<'a> Finding<'a> {
    fn new(sources: &Sources<'_>, diagnostic: &'a Diagnostic, unit: ColumnUnit) -> Self {
        let file = place::file_of(sources, diagnostic);
        let own = diagnostic
            .primary
            .as_ref()
            .map_or(SourceId::PAGE, |label| label.source);
        let (span, start, end) = match &diagnostic.primary {
            Some(label) => {
                let (span, start, end) = points(&file, label, unit);
                (Some(span), Some(start), Some(end))
            }
            None => (None, None, None),
        };
        let related = diagnostic.related.iter();
        Self {
            path: place::path_text(file.path()),
            rule: diagnostic.rule.as_str(),
            severity: diagnostic.severity.as_str(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            pointer: diagnostic.pointer.as_deref(),
            span,
            start,
            end,
            related: related
                .map(|label| Related::new(sources, label, unit))
                .collect(),
            fix: diagnostic
                .fix
                .as_ref()
                .map(|fix| Mend::new(sources, fix, own)),
            url: diagnostic.url.as_deref(),
        }
    }
}

impl<'a> Related<'a> {
    fn new(sources: &Sources<'_>, label: &'a Label, unit: ColumnUnit) -> Self {
        let file = sources.get(label.source);
        let (span, start, end) = points(&file, label, unit);
        Self {
            path: place::path_text(file.path()),
            message: &label.message,
            span,
            start,
            end,
        }
    }
}

impl<'a> Mend<'a> {
    fn new(sources: &Sources<'_>, fix: &'a Fix, own: SourceId) -> Self {
        let change = |edit: &'a Edit| Change {
            path: (edit.source != own).then(|| place::path_text(sources.get(edit.source).path())),
            start: edit.span.start,
            end: edit.span.end,
            content: &edit.content,
        };
        Self {
            title: &fix.title,
            applicability: fix.applicability.as_str(),
            edits: fix.edits.iter().map(change).collect(),
        }
    }
}

fn points(file: &SourceFile, label: &Label, unit: ColumnUnit) -> (Bytes, Point, Point) {
    let (start, end) = place::range(file, label.span, unit);
    let bytes = Bytes {
        start: label.span.start,
        end: label.span.end,
    };
    (bytes, start.into(), end.into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, render};
    use super::super::{Format, Style};
    use crate::text::ColumnUnit;

    #[test]
    fn objects_have_every_key_in_the_order_of_the_documentation() {
        insta::assert_snapshot!(render(Format::Jsonl, Style::default(), &all_cases()));
    }

    #[test]
    fn the_array_holds_the_same_objects() {
        let array = render(Format::Json, Style::default(), &all_cases());
        let lines = render(Format::Jsonl, Style::default(), &all_cases());
        let array: Vec<serde_json::Value> = serde_json::from_str(&array).unwrap();
        let lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(array, lines);
    }

    #[test]
    fn an_empty_run_is_an_empty_array() {
        assert_eq!(render(Format::Json, Style::default(), &[]), "[]\n");
        assert_eq!(render(Format::Jsonl, Style::default(), &[]), "");
    }

    #[test]
    fn columns_follow_the_unit() {
        let column = |unit| {
            let style = Style {
                unit,
                ..Style::default()
            };
            let cases = all_cases();
            let emoji: Vec<_> = cases
                .into_iter()
                .filter(|case| case.name == "emoji")
                .collect();
            let line = render(Format::Jsonl, style, &emoji);
            let value: serde_json::Value = serde_json::from_str(&line).unwrap();
            value["start"]["column"].as_u64().unwrap()
        };
        assert_eq!(column(ColumnUnit::Scalar), 13);
        assert_eq!(column(ColumnUnit::Byte), 20);
        assert_eq!(column(ColumnUnit::Utf16), 14);
    }
}
