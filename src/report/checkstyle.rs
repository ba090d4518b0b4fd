//! `checkstyle`: the XML of the Java tool of that name, which many code review tools read.

use std::io::{self, Write};

use super::{Located, Reporter, Style, Summary, words, xml};
use crate::text::ColumnUnit;

/// A `file` element for each file with findings.
pub(super) struct Checkstyle {
    /// The file whose element is open.
    open: Option<String>,
}

impl Checkstyle {
    pub(super) fn new(_style: Style) -> Self {
        Self { open: None }
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.open.take() {
            Some(_) => writeln!(out, "  </file>"),
            None => Ok(()),
        }
    }
}

impl Reporter for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write, _unit: ColumnUnit) -> io::Result<()> {
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<checkstyle version="4.3">"#)
    }

    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        let path = located.visible_path(true);
        if self.open.as_ref() != Some(&path) {
            self.close(out)?;
            writeln!(out, r#"  <file name="{}">"#, xml::attribute(&path))?;
            self.open = Some(path);
        }
        let place = match located.range.map(|range| range.start) {
            Some(start) => format!(r#"line="{}" column="{}""#, start.line, start.column),
            // Readers of the format expect a line; the first stands for the whole file.
            None => r#"line="1""#.to_owned(),
        };
        writeln!(
            out,
            r#"    <error {place} severity="{}" message="{}" source="frontlint.{}"/>"#,
            located.finding.severity.as_str(),
            xml::attribute(&words::sentence(located.finding)),
            located.finding.rule,
        )
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        self.close(out)?;
        writeln!(out, "</checkstyle>")
    }
}
