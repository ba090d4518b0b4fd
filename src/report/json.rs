//! `json` and `jsonl`: the same object for each finding, in one array or one a line.

use std::io::{self, Write};

use serde::Serialize;

use super::{Located, LocatedLabel, Range, Reporter, Style, Summary, harmless, shown_path};
use crate::diagnostic::{Edit, Fix};
use crate::text::{Position, Span};

/// One array. Findings are written as they come, one a line within the array.
pub(super) struct Json {
    has_findings: bool,
}

impl Json {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            has_findings: false,
        }
    }
}

impl Reporter for Json {
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        out.write_all(if self.has_findings { b",\n" } else { b"[\n" })?;
        self.has_findings = true;
        harmless::write(out, &Finding::new(located))
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(if self.has_findings { b"\n]\n" } else { b"[]\n" })
    }
}

/// One object a line.
pub(super) struct Jsonl;

impl Jsonl {
    pub(super) fn new(_style: Style) -> Self {
        Self
    }
}

impl Reporter for Jsonl {
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        harmless::write(out, &Finding::new(located))?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    path: &'a str,
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    pointer: Option<&'a str>,
    span: Option<Span>,
    start: Option<Position>,
    end: Option<Position>,
    related: Vec<Related<'a>>,
    fix: Option<Change<'a>>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    message: &'a str,
    #[serde(flatten)]
    range: Range,
}

/// A fix.
#[derive(Serialize)]
struct Change<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    start: u32,
    end: u32,
    content: &'a str,
}

impl<'a> Finding<'a> {
    fn new(located: &'a Located<'_>) -> Self {
        let finding = located.finding;
        let fix = finding.fix.as_ref();
        Self {
            path: &located.path,
            rule: finding.rule.as_str(),
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            pointer: finding.pointer.as_deref(),
            span: located.range.map(|range| range.span),
            start: located.range.map(|range| range.start),
            end: located.range.map(|range| range.end),
            related: located.related.iter().map(Related::new).collect(),
            fix: fix.map(|fix| Change::new(located, fix)),
            url: finding.url.as_deref(),
        }
    }
}

impl<'a> Related<'a> {
    fn new(related: &'a LocatedLabel<'_>) -> Self {
        Self {
            path: &related.path,
            message: &related.label.message,
            range: related.range,
        }
    }
}

impl<'a> Change<'a> {
    fn new(located: &Located<'_>, fix: &'a Fix) -> Self {
        let own = located.source();
        let replacement = |edit: &'a Edit| Replacement {
            path: (edit.source != own).then(|| shown_path(located.file_of(edit.source).path())),
            start: edit.span.start,
            end: edit.span.end,
            content: &edit.content,
        };
        Self {
            title: &fix.title,
            applicability: fix.applicability.as_str(),
            edits: fix.edits.iter().map(replacement).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, case, render, render_with};
    use super::super::{Format, Style, Summary, reporter};
    use crate::text::ColumnUnit;

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
    fn columns_follow_the_unit() {
        for (unit, column) in [
            (ColumnUnit::Scalar, 13),
            (ColumnUnit::Byte, 20),
            (ColumnUnit::Utf16, 14),
        ] {
            let line = render_with(
                reporter(Format::Jsonl, Style::default()),
                unit,
                &[case("emoji")],
                Summary::default(),
            );
            let value: serde_json::Value = serde_json::from_str(&line).unwrap();
            assert_eq!(value["start"]["column"], column, "{unit:?}");
        }
    }
}
