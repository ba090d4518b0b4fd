//! Standard output and standard error: the only place that writes to them and knows what is at
//! their other end.
//!
//! Everything goes through a [`Sanitizer`], except the two texts that are data: a fixed page and,
//! less strictly, a patch.

#![expect(
    clippy::disallowed_methods,
    reason = "the one writer to standard output and standard error"
)]

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ColorChoice;

use super::Environment;
use crate::report::visible::Notation;
use crate::report::{Sanitizer, Style};
use crate::threads::Lock;

mod output_file;
mod preferences;
mod print;
mod progress;

pub(super) use output_file::OutputFile;
pub use print::report_panics;
pub(super) use progress::Progress;

use preferences::Preferences;

/// The width of lines where no terminal says otherwise: in a log, in a pipe.
const DEFAULT_WIDTH: usize = 100;

/// The two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output: findings, and text that a subcommand prints.
    Stdout,
    /// Standard error: everything about the run itself.
    Stderr,
}

/// Where one stream goes.
pub struct Output {
    writer: Lock<Box<dyn Write + Send + Sync>>,
    is_terminal: bool,
    width: usize,
    /// The stream of the process that it is, if it is one.
    stream: Option<Stream>,
}

impl Output {
    /// Any writer; it is no terminal.
    #[must_use]
    pub fn new(writer: impl Write + Send + Sync + 'static) -> Self {
        Self {
            writer: Lock::new(Box::new(writer)),
            is_terminal: false,
            width: DEFAULT_WIDTH,
            stream: None,
        }
    }

    /// A stream of the process.
    #[must_use]
    pub fn of_process(stream: Stream) -> Self {
        let (writer, is_terminal, size): (Box<dyn Write + Send + Sync>, _, _) = match stream {
            Stream::Stdout => {
                let stdout = io::stdout();
                let size = terminal_size::terminal_size_of(&stdout);
                let is_terminal = stdout.is_terminal();
                (Box::new(stdout), is_terminal, size)
            }
            Stream::Stderr => {
                let stderr = io::stderr();
                let size = terminal_size::terminal_size_of(&stderr);
                let is_terminal = stderr.is_terminal();
                (Box::new(stderr), is_terminal, size)
            }
        };
        Self {
            writer: Lock::new(writer),
            is_terminal,
            width: size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
            stream: Some(stream),
        }
    }
}

/// Both streams, and how the environment wants them to be written.
pub struct Terminal {
    stdout: Output,
    stderr: Output,
    preferences: Preferences,
    /// Whether the streams end up in a log that obeys commands.
    is_log: bool,
}

impl Terminal {
    pub(super) fn new(stdout: Output, stderr: Output, environment: Environment<'_>) -> Self {
        Self {
            stdout,
            stderr,
            preferences: Preferences::read(environment),
            is_log: super::actions::is_log(environment),
        }
    }

    fn output(&self, stream: Stream) -> &Output {
        match stream {
            Stream::Stdout => &self.stdout,
            Stream::Stderr => &self.stderr,
        }
    }

    /// How to write to a stream.
    pub(super) fn style(&self, stream: Stream, color: ColorChoice) -> Style {
        let output = self.output(stream);
        Style {
            color: self.preferences.wants_color(color, output.is_terminal),
            width: output.width,
            unicode: self.preferences.has_unicode(output.is_terminal),
        }
    }

    /// A stream for text of one kind, buffered. Flush it before the program ends. In a log, lines
    /// that begin with one of `own` are commands that are meant.
    pub(super) fn writer(
        &self,
        stream: Stream,
        notation: Notation,
        own: Vec<String>,
    ) -> Sanitizer<StreamWriter<'_>> {
        let sanitizer = Sanitizer::new(StreamWriter(self.output(stream)), notation);
        if self.is_log {
            sanitizer.into_log(own)
        } else {
            sanitizer
        }
    }

    /// The stream that a path leads to, as `/dev/stdout` does; `None` where it leads to neither.
    pub(super) fn stream_at(&self, path: &Path) -> Option<Stream> {
        let of_process = [&self.stdout, &self.stderr].into_iter();
        let mut streams = of_process.filter_map(|output| output.stream);
        streams.find(|stream| leads_to(path, *stream))
    }
}

/// Writes to a stream, of which several writers may take turns.
pub(super) struct StreamWriter<'t>(&'t Output);

impl StreamWriter<'_> {
    fn with<T>(&self, write: impl FnOnce(&mut dyn Write) -> T) -> T {
        write(self.0.writer.write().as_mut())
    }
}

impl Write for StreamWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(|writer| writer.flush())
    }
}

/// How to write to a file: never in colour.
pub(super) const FILE_STYLE: Style = Style {
    color: false,
    width: DEFAULT_WIDTH,
    unicode: true,
};

/// Whether a path leads to the same file as a stream of the process.
#[cfg(unix)]
fn leads_to(path: &Path, stream: Stream) -> bool {
    use std::fs::{File, Metadata};
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;

    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let fd = match stream {
        Stream::Stdout => io::stdout().as_fd().try_clone_to_owned(),
        Stream::Stderr => io::stderr().as_fd().try_clone_to_owned(),
    };
    let of_stream = fd.and_then(|fd| File::from(fd).metadata()).map(identity);
    let of_path = path.metadata().map(identity);
    matches!((of_path, of_stream), (Ok(path), Ok(stream)) if path == stream)
}

/// Other systems have no such paths.
#[cfg(not(unix))]
fn leads_to(_: &Path, _: Stream) -> bool {
    false
}
