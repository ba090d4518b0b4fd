//! What a run says about itself, on standard error.

use super::terminal;
use crate::check::{Note, Outcome};
use crate::discover::Found;
use crate::report::visible;
use crate::report::{Style, Summary, summary_text};

/// Writes remarks, errors and the closing summary.
pub(super) struct Notes {
    /// How standard error is written to.
    pub(super) style: Style,
    /// Whether remarks and the summary are left out; errors never are.
    pub(super) quiet: bool,
}

impl Notes {
    /// Something that frontlint could not do, and what to do about it.
    pub(super) fn error(&self, message: &str, help: Option<&str>) {
        let (bold, plain) = if self.style.color {
            ("\u{1b}[1;31m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        let message = visible::line(message, self.style.unicode);
        self.write(&format!("{bold}error{plain}: {message}\n"));
        if let Some(help) = help {
            // An empty line at its end sets it off from what follows.
            let end = if help.ends_with('\n') { "\n" } else { "" };
            let help = visible::paragraph(help, self.style.unicode);
            self.write(&format!("  help: {help}{end}\n"));
        }
    }

    /// A remark about the run.
    pub(super) fn note(&self, message: &str) {
        if !self.quiet {
            let message = visible::line(message, self.style.unicode);
            self.write(&format!("note: {message}\n"));
        }
    }

    /// A remark about the run, and what to do about it.
    pub(super) fn note_with_help(&self, note: &Note) {
        self.note(&note.message);
        if !self.quiet {
            let (first, others) = note.help.split_once('\n').unwrap_or((&note.help, ""));
            terminal::note(&format!("  help: {first}\n"));
            for line in others.lines() {
                terminal::note(&format!("{line}\n"));
            }
        }
    }

    /// The closing summary.
    pub(super) fn summary(&self, summary: &Summary) {
        if !self.quiet {
            self.write(&format!("{}\n", summary_text(summary, self.style)));
        }
    }

    fn write(&self, text: &str) {
        terminal::note_styled(text, self.style.color);
    }

    /// The arguments that name nothing and the folders that cannot be read; whether there were any.
    pub(super) fn not_found(&self, found: &Found, outcome: &Outcome) -> bool {
        let mut any = false;
        for failure in found.failures.iter().chain(&outcome.walk.failures) {
            self.error(&failure.message, failure.help.as_deref());
            any = true;
        }
        any
    }

    /// Whatever kept frontlint from doing its job; whether there was anything.
    pub(super) fn failures(&self, outcome: &Outcome) -> bool {
        for failure in &outcome.failures {
            self.error(&failure.message, failure.help.as_deref());
        }
        !outcome.failures.is_empty()
    }
}
