//! What a run says about itself, on standard error.

use super::Host;
use super::terminal::{Stream, Terminal};
use crate::check::{Note, Outcome};
use crate::diagnostic::{Applicability, Problem};
use crate::discover::Found;
use crate::report::visible;
use crate::report::{Style, Summary, summary_text};
use crate::text::path_line;

/// Prints notes, errors and the summary.
pub(super) struct Notes<'a> {
    terminal: &'a Terminal,
    style: Style,
    /// Whether notes and the summary are left out; errors never are.
    quiet: bool,
}

impl<'a> Notes<'a> {
    pub(super) fn new(host: &'a Host, quiet: bool) -> Self {
        Self {
            terminal: &host.terminal,
            style: host.terminal.style(Stream::Stderr, host.color),
            quiet,
        }
    }

    /// Prints what frontlint could not do.
    pub(super) fn print_error(&self, message: &str) {
        let (bold, plain) = if self.style.color {
            ("\u{1b}[1;31m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        let message = visible::line(message, self.style.unicode);
        self.write(&format!("{bold}error{plain}: {message}\n"));
    }

    /// Prints what frontlint could not do, and what to do about it.
    pub(super) fn print_problem(&self, problem: &Problem) {
        self.print_error(&problem.message);
        if let Some(help) = &problem.help {
            // An empty line at its end sets it off from what follows.
            let end = if help.ends_with('\n') { "\n" } else { "" };
            let help = visible::paragraph(help, self.style.unicode);
            self.write(&format!("  help: {help}{end}\n"));
        }
    }

    /// Prints a note about the run.
    pub(super) fn print(&self, message: &str) {
        if !self.quiet {
            let message = visible::line(message, self.style.unicode);
            self.write(&format!("note: {message}\n"));
        }
    }

    /// Prints a note about the run, and what to do about it.
    fn print_with_help(&self, note: &Note) {
        self.print(&note.message);
        if !self.quiet {
            let help = note.help.strip_suffix('\n').unwrap_or(&note.help);
            self.terminal.note(&format!("  help: {help}\n"));
        }
    }

    /// Prints the last line.
    pub(super) fn print_summary(&self, summary: &Summary) {
        if !self.quiet {
            self.write(&format!("{}\n", summary_text(summary, self.style)));
        }
    }

    fn write(&self, text: &str) {
        self.terminal.note_styled(text, self.style.color);
    }

    /// Prints the arguments that name nothing and the folders that cannot be read; returns whether
    /// there were any.
    pub(super) fn print_not_found(&self, found: &Found, outcome: &Outcome) -> bool {
        self.print_problems(&found.failures) | self.print_problems(&outcome.walk.failures)
    }

    /// Prints what kept frontlint from doing its job; returns whether there was anything.
    pub(super) fn print_failures(&self, outcome: &Outcome) -> bool {
        self.print_problems(&outcome.failures)
    }

    /// Prints once more the findings that kept frontlint from its job, which are among many others.
    pub(super) fn repeat_failures(&self, outcome: &Outcome) {
        const MAX: usize = 3;
        let all = outcome.reports.iter().flat_map(|report| {
            let findings = report.findings.iter().map(move |finding| (report, finding));
            findings.filter(|(_, finding)| finding.is_failure())
        });
        let failures: Vec<_> = all.collect();
        let findings = outcome.reports.iter().map(|report| report.findings.len());
        // Where there is nothing else, they are above the summary.
        if self.quiet || findings.sum::<usize>() == failures.len() {
            return;
        }
        for (report, finding) in failures.iter().take(MAX) {
            let path = path_line(report.source.path());
            self.print_error(&format!("{path}: {}", finding.message));
        }
        if failures.len() > MAX {
            self.print_error(&format!("and {} more of this kind", failures.len() - MAX));
        }
    }

    fn print_problems(&self, problems: &[Problem]) -> bool {
        for problem in problems {
            self.print_problem(problem);
        }
        !problems.is_empty()
    }

    /// Prints the notes that a run collected.
    pub(super) fn print_about_run(&self, found: &Found, outcome: &Outcome) {
        for note in &outcome.notes {
            self.print(note);
        }
        let about_schemas = [&outcome.without_schema, &outcome.without_front_matter];
        for note in about_schemas.into_iter().flatten() {
            self.print_with_help(note);
        }
        if let Some(dropped) = found.dropped_note() {
            self.print(&dropped);
        }
    }

    /// Prints how many findings only `--unsafe-fixes` would fix.
    pub(super) fn print_unsafe_fixes(&self, outcome: &Outcome) {
        let findings = outcome.reports.iter().flat_map(|report| &report.findings);
        let fixes = findings.filter_map(|finding| finding.fix.as_ref());
        let left = fixes.filter(|fix| fix.applicability == Applicability::Unsafe);
        let (left, have) = match left.count() {
            0 => return,
            1 => ("one more finding".to_owned(), "has"),
            left => (format!("{left} more findings"), "have"),
        };
        self.print(&format!(
            "{left} {have} a fix that may change what the page means; `--unsafe-fixes` applies it"
        ));
    }
}
