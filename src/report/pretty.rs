//! `pretty`: for people at a terminal. Every finding with an excerpt of its file, the wrong bytes
//! underlined, and what to write instead; drawn by miette's graphical handler.
//!
//! miette is given excerpts rather than files, since it neither cuts long lines nor guards the
//! terminal against what is in them.

use std::fmt;
use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters};
use textwrap::{WordSeparator, WordSplitter};

use super::{Located, Reporter, Style, Summary, visible};
use crate::diagnostic::{Applicability, Diagnostic, Severity};

mod excerpt;
mod line;
mod underline;

use excerpt::Excerpts;

/// Below this nothing can be laid out; a narrower terminal breaks the lines itself.
const MIN_WIDTH: usize = 32;

/// Beyond this a line of text is hard to read.
const MAX_WIDTH: usize = 120;

pub(super) struct Pretty {
    style: Style,
}

impl Pretty {
    pub(super) fn new(style: Style) -> Self {
        let width = style.width.clamp(MIN_WIDTH, MAX_WIDTH);
        Self {
            style: Style { width, ..style },
        }
    }

    fn theme(&self, severity: Severity, excerpts: &Excerpts) -> GraphicalTheme {
        let mut styles = self.style.paint();
        let own = match severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
        };
        let (primary, other) = if self.style.color {
            (own.bold(), styles.advice)
        } else {
            (own, own)
        };
        let highlights = excerpts.labels().iter();
        styles.highlights = highlights
            .map(|label| if label.primary() { primary } else { other })
            .collect();
        let characters = if self.style.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        };
        GraphicalTheme { characters, styles }
    }

    fn render(&self, located: &Located<'_>) -> Result<String, fmt::Error> {
        let finding = located.finding;
        let excerpts = Excerpts::new(located, self.style);
        let theme = self.theme(finding.severity, &excerpts);
        let color = match finding.severity {
            Severity::Error => theme.styles.error,
            Severity::Warning => theme.styles.warning,
        };
        let fix = finding.fix.as_ref().map(|fix| fix.applicability);
        let mark = match fix {
            Some(Applicability::Safe) => " [*]",
            _ => "",
        };
        let head = format!("{}[{}]{mark}:", finding.severity.as_str(), finding.rule);
        let head = color.style(head);
        let message = visible::line(&finding.message, self.style.unicode);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(self.style.width)
            .with_word_separator(WordSeparator::AsciiSpace)
            .with_word_splitter(WordSplitter::NoHyphenation)
            // A terminal breaks a path that is too long in a way that it can still be copied.
            .with_break_words(false)
            .with_urls(false)
            .without_cause_chain()
            .without_syntax_highlighting();
        let handler = if finding.primary.is_some() {
            handler
        } else {
            handler.without_primary_span_start()
        };
        let finding = Finding {
            text: format!("{head} {message}"),
            severity: finding.severity,
            help: self.help(finding),
            excerpts,
        };
        let mut text = String::new();
        handler.render_report(&mut text, &finding)?;
        Ok(text)
    }

    fn help(&self, finding: &Diagnostic) -> Option<String> {
        let help = finding.help.iter().cloned();
        let url = finding.url.iter().map(|url| format!("see {url}"));
        let lines: Vec<_> = help
            .chain(url)
            .map(|text| visible::paragraph(&text, self.style.unicode))
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

impl Reporter for Pretty {
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        let text = self
            .render(located)
            .map_err(|_| io::Error::other("the report could not be laid out"))?;
        for line in text.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)
    }

    fn end(&mut self, _out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        Ok(())
    }
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Finding {
    text: String,
    severity: Severity,
    help: Option<String>,
    excerpts: Excerpts,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Finding {}

impl miette::Diagnostic for Finding {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels().iter().cloned()))
    }
}

#[cfg(test)]
mod tests;
