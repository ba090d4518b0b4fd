//! Standard output and standard error: the only place that touches them, and that knows what is
//! at their other end. Everything goes through a [`Sanitizer`], but for the two texts that are
//! data: a fixed page and, less strictly, a patch.

#![expect(
    clippy::disallowed_methods,
    reason = "the one writer to standard output and standard error"
)]

use std::env;
use std::ffi::OsString;
#[cfg(unix)]
use std::fs::{self, File, Metadata};
use std::io::{self, IsTerminal, StderrLock, StdoutLock, Write};
#[cfg(unix)]
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::ExitCode;

use clap::ColorChoice;

use super::actions;
use crate::report::visible::Notation;
use crate::report::{Sanitizer, Style, has_command};
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

/// The stream that a path leads to, as `/dev/stdout` does; `None` where it leads to neither.
#[cfg(unix)]
#[must_use]
pub fn stream_at(path: &Path) -> Option<Stream> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let identity = |found: Metadata| (found.dev(), found.ino());
    let of = |stream: io::Result<OwnedFd>| {
        let found = File::from(stream.ok()?).metadata().ok()?;
        Some(identity(found))
    };
    let there = Some(identity(fs::metadata(path).ok()?));
    if there == of(io::stdout().as_fd().try_clone_to_owned()) {
        return Some(Stream::Stdout);
    }
    (there == of(io::stderr().as_fd().try_clone_to_owned())).then_some(Stream::Stderr)
}

/// The stream that a path leads to; other systems have no such paths.
#[cfg(not(unix))]
#[must_use]
pub fn stream_at(_: &Path) -> Option<Stream> {
    None
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

/// Standard output for text of one kind, buffered. Flush it before the program ends.
#[must_use]
pub fn stdout(notation: Notation) -> Sanitizer<StdoutLock<'static>> {
    with_log(Sanitizer::new(io::stdout().lock(), notation))
}

/// Standard error for text of one kind, buffered. Flush it before the program ends.
#[must_use]
pub fn stderr(notation: Notation) -> Sanitizer<StderrLock<'static>> {
    with_log(Sanitizer::new(io::stderr().lock(), notation))
}

fn with_log<W: Write>(sanitizer: Sanitizer<W>) -> Sanitizer<W> {
    if actions::is_log() {
        sanitizer.into_log(Vec::new())
    } else {
        sanitizer
    }
}

/// Writes a finished text to a stream, where it would have gone without the one writer. In a log,
/// lines that begin with one of `own` are commands that are meant.
///
/// # Errors
/// Where the stream takes no more.
pub fn pass_on(
    text: &[u8],
    stream: Stream,
    notation: Notation,
    own: Vec<String>,
) -> io::Result<()> {
    let write = |out: &mut dyn Write| out.write_all(text).and_then(|()| out.flush());
    match (stream, actions::is_log()) {
        (Stream::Stdout, false) => write(&mut stdout(notation)),
        (Stream::Stdout, true) => write(&mut stdout(notation).into_log(own)),
        (Stream::Stderr, false) => write(&mut stderr(notation)),
        (Stream::Stderr, true) => write(&mut stderr(notation).into_log(own)),
    }
}

/// Prints text for people that a subcommand was asked for.
#[must_use]
pub fn print(text: &str) -> ExitCode {
    print_as(text, Notation::Text)
}

/// Prints what a subcommand was asked for.
#[must_use]
pub fn print_as(text: &str, notation: Notation) -> ExitCode {
    write_all(stdout(notation), text.as_bytes())
}

/// Prints a patch. A program that reads it gets what it needs to apply it: invisible characters are
/// replaced only for people, on a terminal or in a log; control characters always.
#[must_use]
pub fn print_patch(text: &[u8]) -> ExitCode {
    let is_for_people = io::stdout().is_terminal() || actions::is_log();
    let out = stdout(Notation::Text).with_controls_only(!is_for_people);
    write_all(out, text)
}

/// Prints a page, byte by byte, since a program reads it; on a terminal as other text. A page that
/// would give the log of GitHub Actions a command is refused: to change it would be to lose text.
#[must_use]
pub fn print_page(text: &[u8]) -> ExitCode {
    if io::stdout().is_terminal() {
        return write_all(stdout(Notation::Text), text);
    }
    if actions::is_log() && has_command(text) {
        note(
            "error: the page has a line that GitHub Actions takes for a command, so it is not \
             written to the log\n  help: name the file, so that it is fixed in place\n",
        );
        return ExitCode::from(super::FAILURE);
    }
    write_all(io::stdout().lock(), text)
}

/// A reader that went away (`| head`) has seen enough.
fn write_all(mut out: impl Write, text: &[u8]) -> ExitCode {
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

/// Writes to standard error, without colours. Where that fails nobody would read of it.
pub fn note(text: &str) {
    note_styled(text, false);
}

/// As [`note`], with the colours of frontlint where they are wanted.
pub fn note_styled(text: &str, color: bool) {
    let mut out = stderr(Notation::Text).with_color(color);
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints what the command line's parser has to say: its help, or what is wrong with the arguments.
#[must_use]
pub fn print_usage(error: &clap::Error) -> ExitCode {
    let stream = if error.use_stderr() {
        Stream::Stderr
    } else {
        Stream::Stdout
    };
    let color = style(stream, ColorChoice::Auto, ColumnUnit::Scalar).color;
    let rendered = error.render();
    let text = if color {
        rendered.ansi().to_string()
    } else {
        rendered.to_string()
    };
    match stream {
        Stream::Stdout => write_all(stdout(Notation::Text).with_color(color), text.as_bytes()),
        Stream::Stderr => {
            note_styled(&text, color);
            ExitCode::from(super::FAILURE)
        }
    }
}

/// Has a panic reported through the one writer, too.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("<unnamed>");
        let backtrace = std::backtrace::Backtrace::capture();
        let trace = match backtrace.status() {
            std::backtrace::BacktraceStatus::Captured => format!("{backtrace}"),
            _ => String::new(),
        };
        note(&format!("\nthread '{name}' {panic}\n{trace}"));
    }));
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
