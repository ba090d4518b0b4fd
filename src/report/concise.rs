//! `concise`: one line a finding, for editors, `grep` and people in a hurry.

use std::io::{self, Write};

use super::{Located, Reporter, Style, Summary, visible, words};
use crate::diagnostic::Severity;

/// Writes `path:line:column: severity[rule] message; help`; without line and column where a finding is
/// about a file as a whole.
pub(super) struct Concise {
    style: Style,
}

impl Concise {
    pub(super) fn new(style: Style) -> Self {
        Self { style }
    }
}

impl Reporter for Concise {
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        let paint = self.style.paint();
        let finding = located.finding;
        let color = match finding.severity {
            Severity::Error => paint.error,
            Severity::Warning => paint.warning,
        };
        let path = located.visible_path(self.style.unicode);
        let place = words::place(located);
        let head = format!("{}[{}]", finding.severity.as_str(), finding.rule);
        let message = visible::line(&finding.message, self.style.unicode);
        write!(out, "{path}:{place} {} {message}", color.style(head))?;
        if let Some(help) = words::help_line(finding, self.style.unicode) {
            write!(out, "; {help}")?;
        }
        writeln!(out)
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, render};
    use super::super::{Format, Style};

    #[test]
    fn the_help_follows_the_message_on_its_line() {
        let text = render(Format::Concise, Style::default(), &all_cases()[..1]);
        let line = text.lines().next().unwrap_or_default();
        assert!(line.contains("; `_uploads/"), "{text}");
    }

    #[test]
    fn colour_where_wanted() {
        let style = Style {
            color: true,
            ..Style::default()
        };
        let text = render(Format::Concise, style, &all_cases()[..1]);
        let colored = "\u{1b}[31merror[missing-file]\u{1b}[0m";
        assert!(text.contains(colored), "{text:?}");
    }
}
