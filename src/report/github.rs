//! `github`: workflow commands, which GitHub Actions shows as annotations on the changed lines.
//!
//! Everything is written at the end, so that the commands are not between excerpts where
//! `pretty` writes to the same log.

use std::io::{self, Write};
use std::path::PathBuf;

use super::summary::count;
use super::{Located, Reporter, Style, Summary, shown_path, visible, words};
use crate::diagnostic::Severity;
use crate::text::ColumnUnit;

/// How many annotations of one level GitHub keeps of a step.
const LIMIT: usize = 10;

/// Commands up to the limit; the other findings as plain lines in a group of the log.
pub(super) struct Github {
    /// The working directory, from the root of the repository.
    folder: PathBuf,
    errors: Level,
    warnings: Level,
    /// Plain lines of what is beyond the limits.
    rest: Vec<String>,
}

/// The annotations of one level.
#[derive(Default)]
struct Level {
    commands: Vec<String>,
    beyond: usize,
}

impl Github {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            folder: PathBuf::new(),
            errors: Level::default(),
            warnings: Level::default(),
            rest: Vec::new(),
        }
    }
}

/// The reporter of `github` for a run in `folder`, a path relative to the root of the repository:
/// GitHub finds files from there only, wherever a step works.
#[must_use]
pub fn annotations(style: Style, folder: PathBuf) -> Box<dyn Reporter> {
    Box::new(Github {
        folder,
        ..Github::new(style)
    })
}

impl Reporter for Github {
    fn finding(&mut self, _out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        let level = match located.finding.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        if level.commands.len() < LIMIT {
            let path = shown_path(&self.folder.join(located.file.path()));
            level.commands.push(command(&path, located));
        } else {
            level.beyond += 1;
            self.rest.push(without_command(words::line(located)));
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        for command in self.errors.commands.iter().chain(&self.warnings.commands) {
            writeln!(out, "{command}")?;
        }
        if self.rest.is_empty() {
            return Ok(());
        }
        let counts = [
            (self.errors.beyond, "error"),
            (self.warnings.beyond, "warning"),
        ];
        let counts: Vec<_> = counts
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, noun)| count(n, &format!("more {noun}")))
            .collect();
        let counts = counts.join(" and ");
        writeln!(out, "::group::{counts}")?;
        for line in &self.rest {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "::endgroup::")?;
        writeln!(
            out,
            "::notice title=frontlint::{counts}, beyond the {LIMIT} of each kind that GitHub shows for a step: the log lists them"
        )
    }
}

/// How the lines of `github` begin that are meant as commands. Nothing of a page begins a line of it.
#[must_use]
pub fn own_commands() -> Vec<String> {
    [
        "::error file=",
        "::warning file=",
        "::notice title=frontlint::",
        "::group::",
        "::endgroup::",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Keeps a log from running what pages hold as commands, for as long as `inner` writes.
///
/// A page of a pull request may hold lines such as `::add-mask::x` or `##[add-matcher]x`. GitHub
/// obeys nothing until `token`, which must not be guessable, is said again.
#[must_use]
pub fn without_commands(inner: Box<dyn Reporter>, token: String) -> Box<dyn Reporter> {
    Box::new(WithoutCommands {
        inner,
        token,
        is_stopped: false,
    })
}

struct WithoutCommands {
    inner: Box<dyn Reporter>,
    token: String,
    is_stopped: bool,
}

impl Reporter for WithoutCommands {
    fn column_unit(&self, wanted: ColumnUnit) -> ColumnUnit {
        self.inner.column_unit(wanted)
    }

    fn begin(&mut self, out: &mut dyn Write, unit: ColumnUnit) -> io::Result<()> {
        self.inner.begin(out, unit)
    }

    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        if !self.is_stopped {
            writeln!(out, "::stop-commands::{}", self.token)?;
            self.is_stopped = true;
        }
        self.inner.finding(out, located)
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.inner.end(out, summary)?;
        if self.is_stopped {
            writeln!(out, "::{}::", self.token)?;
        }
        Ok(())
    }
}

fn command(path: &str, located: &Located<'_>) -> String {
    let path = property(path);
    let mut at = String::new();
    if let Some(range) = located.range {
        let (start, end) = (range.start, range.end);
        at.push_str(&format!(",line={}", start.line));
        // GitHub refuses columns of an annotation over several lines.
        if start.line == end.line {
            let (line, from, to) = (end.line, start.column, end.column);
            at.push_str(&format!(",col={from},endLine={line},endColumn={to}"));
        } else {
            at.push_str(&format!(",endLine={}", range.last_line()));
        }
    }
    let (level, title) = (located.finding.severity.as_str(), located.finding.rule);
    let message = data(&words::paragraphs(located.finding));
    format!("::{level} file={path}{at},title={title}::{message}")
}

/// Text after the `::` of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a command's property.
fn property(text: &str) -> String {
    data(&visible::line(text, true))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

/// A line of the log in which GitHub finds no command: neither `::` at its beginning nor `##[`
/// anywhere.
fn without_command(line: String) -> String {
    let line = line.replace("##[", "## [");
    if line.trim_start().starts_with("::") {
        format!("./{}", line.trim_start())
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{arbitrary, case, render, render_with};
    use super::super::{Format, Style};
    use super::*;

    fn render_one(name: &str) -> String {
        render(Format::Github, Style::default(), &[case(name)])
    }

    #[test]
    fn no_column_where_lines_are_spanned() {
        let text = render_one("several-lines");
        assert!(text.contains("line=2,endLine=5,title="), "{text}");
        let text = render_one("missing-file");
        assert!(
            text.contains("line=5,col=11,endLine=5,endColumn=40,"),
            "{text}"
        );
    }

    #[test]
    fn a_few_findings_need_no_notice() {
        assert!(!render_one("missing-file").contains("::notice"));
    }

    #[test]
    fn nothing_of_a_page_becomes_a_command() {
        let hostile = "x\n::add-mask::y\r\n##[add-matcher]z, 100%: é";
        let text = render(
            Format::Github,
            Style::default(),
            &[arbitrary(hostile, &[(0, 1, String::new())])],
        );
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("100%25"), "{text}");
        assert_eq!(property("a:b,c%d\ne"), "a%3Ab%2Cc%25d↵e");
        assert_eq!(property("\u{1b}\u{1c}\u{202e}"), r"␛␜\u{202e}");
        assert_eq!(
            without_command("::error::x ##[y]".to_owned()),
            "./::error::x ## [y]"
        );
    }

    #[test]
    fn commands_are_stopped_while_pages_are_shown() {
        let inner = super::super::reporter(Format::Concise, Style::default());
        let reporter = without_commands(inner, "secret".to_owned());
        let summary = Summary::default();
        let text = render_with(reporter, ColumnUnit::Scalar, &[case("bom")], summary);
        insta::assert_snapshot!(text, @r"
        ::stop-commands::secret
        _communiques/bom.md:1:1: error[missing-key] `date` is missing
        ::secret::
        ");
    }
}
