//! `concise`: one line a finding, for editors, `grep` and people in a hurry.

use std::io::{self, Write};

use miette::ThemeStyles;

use super::{Reporter, Style, Summary, place, visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

/// Writes `path:line:column: severity[rule] message`; without line and column where a finding is
/// about a file as a whole.
pub(super) struct Concise {
    style: Style,
    paint: ThemeStyles,
}

impl Concise {
    pub(super) fn new(style: Style) -> Self {
        let paint = if style.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        };
        Self { style, paint }
    }
}

impl Reporter for Concise {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            let file = place::file_of(sources, diagnostic);
            let path = visible::line(&place::path_text(file.path()), self.style.unicode);
            write!(out, "{path}:")?;
            if let Some(label) = &diagnostic.primary {
                let at = file.position(label.span.start, self.style.unit);
                write!(out, "{}:{}:", at.line, at.column)?;
            }
            let color = match diagnostic.severity {
                Severity::Error => self.paint.error,
                Severity::Warning => self.paint.warning,
            };
            let head = format!("{}[{}]", diagnostic.severity.as_str(), diagnostic.rule);
            let message = visible::line(&diagnostic.message, self.style.unicode);
            writeln!(out, " {} {message}", color.style(head))?;
        }
        Ok(())
    }

    fn fork(&self) -> Option<Box<dyn Reporter + Send>> {
        Some(Box::new(Self::new(self.style)))
    }

    fn finish(&mut self, _out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, render};
    use super::super::{Format, Style};

    #[test]
    fn one_line_a_finding() {
        insta::assert_snapshot!(render(Format::Concise, Style::default(), &all_cases()));
    }

    #[test]
    fn colour_where_wanted() {
        let style = Style {
            color: true,
            ..Style::default()
        };
        let text = render(Format::Concise, style, &all_cases()[..1]);
        assert!(
            text.contains("\u{1b}[31merror[missing-file]\u{1b}[0m"),
            "{text:?}"
        );
    }
}
