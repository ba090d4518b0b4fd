//! Texts that are written whole: what subcommands print, and notes on standard error.

use std::io::{self, Write};

use clap::ColorChoice;

use super::{Output, Stream, StreamWriter, Terminal};
use crate::cli::{FAILURE, SUCCESS};
use crate::report::visible::Notation;
use crate::report::{Sanitizer, has_command};

impl Terminal {
    /// Prints text for people; returns the exit status.
    pub(in crate::cli) fn print(&self, text: &str) -> u8 {
        self.print_as(text, Notation::Text)
    }

    /// Prints text of one kind; returns the exit status.
    pub(in crate::cli) fn print_as(&self, text: &str, notation: Notation) -> u8 {
        self.write_all(
            self.writer(Stream::Stdout, notation, Vec::new()),
            text.as_bytes(),
        )
    }

    /// Prints a patch. A program that reads it gets what it needs to apply it: invisible characters
    /// are replaced only for people, on a terminal or in a log; control characters always.
    pub(in crate::cli) fn print_patch(&self, text: &[u8]) -> u8 {
        let is_for_people = self.stdout.is_terminal || self.is_log;
        let out = self.writer(Stream::Stdout, Notation::Text, Vec::new());
        self.write_all(out.with_controls_only(!is_for_people), text)
    }

    /// Prints a page, byte by byte, since a program reads it; on a terminal as other text. A page
    /// that would give the log of GitHub Actions a command is refused: to change it would be to
    /// lose text.
    pub(in crate::cli) fn print_page(&self, text: &[u8]) -> u8 {
        if self.stdout.is_terminal {
            return self.write_all(
                self.writer(Stream::Stdout, Notation::Text, Vec::new()),
                text,
            );
        }
        if self.is_log && has_command(text) {
            self.note(
                "error: the page has a line that GitHub Actions takes for a command, so it is not \
                 written to the log\n  help: name the file, so that it is fixed in place\n",
            );
            return FAILURE;
        }
        self.write_all(StreamWriter(&self.stdout), text)
    }

    /// A reader that went away (`| head`) has seen enough, which is no failure.
    fn write_all(&self, mut out: impl Write, text: &[u8]) -> u8 {
        match out.write_all(text).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.note(&format!(
                    "frontlint: cannot write to standard output: {error}\n"
                ));
                FAILURE
            }
            _ => SUCCESS,
        }
    }

    /// Writes a finished report to a stream. In a log, lines that begin with one of `own` are
    /// commands that are meant.
    ///
    /// # Errors
    /// Those of the stream.
    pub(in crate::cli) fn print_report(
        &self,
        text: &[u8],
        stream: Stream,
        notation: Notation,
        own: Vec<String>,
    ) -> io::Result<()> {
        let mut out = self.writer(stream, notation, own);
        out.write_all(text).and_then(|()| out.flush())
    }

    /// Writes to standard error, without colours. If that fails, there is nowhere to report it.
    pub(in crate::cli) fn note(&self, text: &str) {
        self.note_styled(text, false);
    }

    /// As [`Self::note`], with the colours of frontlint where they are wanted.
    pub(in crate::cli) fn note_styled(&self, text: &str, color: bool) {
        let mut out = self
            .writer(Stream::Stderr, Notation::Text, Vec::new())
            .with_color(color);
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Prints help, or what is wrong with the arguments, as the parser of the arguments words it.
    pub(in crate::cli) fn print_usage(&self, error: &clap::Error) -> u8 {
        let stream = if error.use_stderr() {
            Stream::Stderr
        } else {
            Stream::Stdout
        };
        let style = self.style(stream, ColorChoice::Auto);
        let rendered = error.render();
        let text = if style.color {
            rendered.ansi().to_string()
        } else {
            rendered.to_string()
        };
        match stream {
            Stream::Stdout => {
                let out = self.writer(stream, Notation::Text, Vec::new());
                self.write_all(out.with_color(style.color), text.as_bytes())
            }
            Stream::Stderr => {
                self.note_styled(&text, style.color);
                FAILURE
            }
        }
    }
}

/// Has panics reported on standard error in a harmless form, as every other text.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("<unnamed>");
        let backtrace = std::backtrace::Backtrace::capture();
        let trace = match backtrace.status() {
            std::backtrace::BacktraceStatus::Captured => format!("{backtrace}"),
            _ => String::new(),
        };
        let text = format!("\nthread '{name}' {panic}\n{trace}");
        let stderr = Output::of_process(Stream::Stderr);
        let mut out = Sanitizer::new(StreamWriter(&stderr), Notation::Text);
        if crate::cli::actions::is_log(&|name| std::env::var_os(name)) {
            out = out.into_log(Vec::new());
        }
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }));
}
