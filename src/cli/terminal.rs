//! Standard output and standard error: the only place that touches them, and that knows what is
//! at their other end.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, StderrLock, StdoutLock, Write};
use std::process::ExitCode;

use clap::ColorChoice;

use crate::report::Style;
use crate::text::ColumnUnit;

mod output_file;
mod progress;

pub use output_file::OutputFile;
pub use progress::Progress;

/// The width of lines where no terminal says otherwise: in a log, in a pipe.
const DEFAULT_WIDTH: usize = 100;

/// The two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output: findings, and what was asked to be printed.
    Stdout,
    /// Standard error: everything about the run itself.
    Stderr,
}

/// How to write to a stream.
#[must_use]
pub fn style(stream: Stream, color: ColorChoice, unit: ColumnUnit) -> Style {
    let (is_terminal, size) = match stream {
        Stream::Stdout => (
            io::stdout().is_terminal(),
            terminal_size::terminal_size_of(io::stdout()),
        ),
        Stream::Stderr => (
            io::stderr().is_terminal(),
            terminal_size::terminal_size_of(io::stderr()),
        ),
    };
    let environment = Environment::read();
    Style {
        color: environment.wants_color(color, is_terminal),
        width: size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
        unicode: environment.has_unicode(is_terminal),
        unit,
    }
}

/// How to write to a file: never in colour.
#[must_use]
pub fn file_style(unit: ColumnUnit) -> Style {
    Style {
        color: false,
        width: DEFAULT_WIDTH,
        unicode: true,
        unit,
    }
}

/// Standard output, buffered. Flush it before the program ends.
#[must_use]
pub fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Standard error, buffered. Flush it before the program ends.
#[must_use]
pub fn stderr() -> BufWriter<StderrLock<'static>> {
    BufWriter::new(io::stderr().lock())
}

/// Prints what a subcommand was asked for. A reader that went away (`| head`) has seen enough.
#[must_use]
pub fn print(text: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            note(&format!(
                "frontlint: cannot write to standard output: {error}\n"
            ));
            ExitCode::from(super::FAILURE)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Writes to standard error. Where that fails there is nobody left to tell.
pub fn note(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// What the environment says about the terminal.
#[derive(Debug, Default)]
struct Environment {
    no_color: Option<OsString>,
    force_color: Option<OsString>,
    term: Option<OsString>,
    locale: Option<OsString>,
    is_windows_terminal: bool,
}

impl Environment {
    fn read() -> Self {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        Self {
            no_color: set("NO_COLOR"),
            force_color: set("FORCE_COLOR"),
            term: set("TERM"),
            locale: set("LC_ALL")
                .or_else(|| set("LC_CTYPE"))
                .or_else(|| set("LANG")),
            is_windows_terminal: set("WT_SESSION").is_some(),
        }
    }

    fn wants_color(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color.is_some() => false,
            ColorChoice::Auto => match &self.force_color {
                Some(value) => value != "0" && value != "false",
                None => is_terminal && self.term.as_deref() != Some("dumb".as_ref()),
            },
        }
    }

    /// Lines are drawn in ASCII only where the terminal says that it knows no better: a container
    /// without a locale is usually seen through a terminal that reads UTF-8.
    fn has_unicode(&self, is_terminal: bool) -> bool {
        if !is_terminal {
            return true;
        }
        if cfg!(windows) {
            return self.is_windows_terminal || self.term.is_some();
        }
        if self.term.as_deref() == Some("linux".as_ref()) {
            return false;
        }
        self.locale.as_ref().is_none_or(|locale| {
            let locale = locale.to_string_lossy().to_ascii_lowercase();
            locale.ends_with("utf-8") || locale.ends_with("utf8")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<OsString> {
        Some(OsString::from(text))
    }

    #[test]
    fn colour_is_for_terminals_unless_told_otherwise() {
        let auto = |environment: &Environment, is_terminal| {
            environment.wants_color(ColorChoice::Auto, is_terminal)
        };
        let plain = Environment::default();
        assert!(auto(&plain, true));
        assert!(!auto(&plain, false));
        let no = Environment {
            no_color: value("1"),
            force_color: value("1"),
            ..Environment::default()
        };
        assert!(!auto(&no, true));
        assert!(no.wants_color(ColorChoice::Always, false));
        let force = Environment {
            force_color: value("1"),
            ..Environment::default()
        };
        assert!(auto(&force, false));
        assert!(!force.wants_color(ColorChoice::Never, true));
        let dumb = Environment {
            term: value("dumb"),
            ..Environment::default()
        };
        assert!(!auto(&dumb, true));
    }

    #[cfg(not(windows))]
    #[test]
    fn ascii_only_where_the_terminal_says_so() {
        let with = |locale: &str| Environment {
            locale: value(locale),
            ..Environment::default()
        };
        assert!(Environment::default().has_unicode(true));
        assert!(with("fr_FR.UTF-8").has_unicode(true));
        assert!(with("C.utf8").has_unicode(true));
        assert!(!with("C").has_unicode(true));
        assert!(!with("fr_FR.ISO-8859-15").has_unicode(true));
        assert!(with("C").has_unicode(false));
    }
}
