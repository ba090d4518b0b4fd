//! `checkstyle`: the XML of the Java tool of that name, which many code review tools read.

use std::io::{self, Write};

use super::{Reporter, Style, Summary, place, visible, words, xml};
use crate::diagnostic::Diagnostic;
use crate::text::{ColumnUnit, Sources};

/// A `file` element for each file with findings.
pub(super) struct Checkstyle {
    unit: ColumnUnit,
    begun: bool,
}

impl Checkstyle {
    pub(super) fn new(style: Style) -> Self {
        Self {
            unit: style.unit,
            begun: false,
        }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
            writeln!(out, r#"<checkstyle version="4.3">"#)?;
        }
        Ok(())
    }

    fn error(
        &self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostic: &Diagnostic,
    ) -> io::Result<()> {
        let file = place::file_of(sources, diagnostic);
        write!(out, "    <error")?;
        if let Some(label) = &diagnostic.primary {
            let at = file.position(label.span.start, self.unit);
            write!(out, r#" line="{}" column="{}""#, at.line, at.column)?;
        } else {
            // Readers of the format expect a line; the first stands for the whole file.
            write!(out, r#" line="1""#)?;
        }
        writeln!(
            out,
            r#" severity="{}" message="{}" source="frontlint.{}"/>"#,
            diagnostic.severity.as_str(),
            xml::attribute(&words::sentence(diagnostic)),
            diagnostic.rule,
        )
    }
}

impl Reporter for Checkstyle {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        self.begin(out)?;
        let path = |diagnostic: &Diagnostic| {
            let file = place::file_of(sources, diagnostic);
            visible::line(&place::path_text(file.path()), true)
        };
        for of_one_file in diagnostics.chunk_by(|one, next| path(one) == path(next)) {
            let name = of_one_file.first().map(&path).unwrap_or_default();
            writeln!(out, r#"  <file name="{}">"#, xml::attribute(&name))?;
            for diagnostic in of_one_file {
                self.error(out, sources, diagnostic)?;
            }
            writeln!(out, "  </file>")?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        self.begin(out)?;
        writeln!(out, "</checkstyle>")
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, render};
    use super::super::{Format, Style};

    #[test]
    fn one_element_a_finding() {
        insta::assert_snapshot!(render(Format::Checkstyle, Style::default(), &all_cases()));
    }

    #[test]
    fn an_empty_run_is_an_empty_document() {
        insta::assert_snapshot!(render(Format::Checkstyle, Style::default(), &[]), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <checkstyle version="4.3">
        </checkstyle>
        "#);
    }
}
