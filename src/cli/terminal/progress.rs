//! How far a long run has come.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::{StreamWriter, Terminal};
use crate::threads::Lock;

/// A line on standard error that says how far a long run has come. Shown only on a terminal, and
/// only once the run has lasted a second.
pub(in crate::cli) struct Progress<'t> {
    terminal: &'t Terminal,
    done: AtomicUsize,
    begun: Instant,
    /// `None` where it is not wanted or would not be seen.
    line: Option<Lock<Line>>,
}

#[derive(Debug)]
struct Line {
    width: usize,
    drawn: Instant,
}

impl<'t> Progress<'t> {
    const DELAY: Duration = Duration::from_secs(1);
    const PAUSE: Duration = Duration::from_millis(100);

    pub(in crate::cli) fn new(terminal: &'t Terminal, is_wanted: bool) -> Self {
        let begun = Instant::now();
        let line = Lock::new(Line {
            width: 0,
            drawn: begun,
        });
        Self {
            terminal,
            done: AtomicUsize::new(0),
            begun,
            line: (is_wanted && terminal.stderr.is_terminal).then_some(line),
        }
    }

    /// Another file is done. Called from any thread.
    pub(in crate::cli) fn advance(&self) {
        let Some(line) = &self.line else { return };
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.begun.elapsed() < Self::DELAY {
            return;
        }
        let Some(mut line) = line.try_write() else {
            return;
        };
        if line.width == 0 || line.drawn.elapsed() >= Self::PAUSE {
            let text = format!("checked {done} files");
            self.overwrite(&format!("\r{text:<width$}", width = line.width));
            line.width = text.len();
            line.drawn = Instant::now();
        }
    }

    /// Takes the line away, so that findings can be written; the next [`Self::advance`] brings it
    /// back.
    fn clear(&self) {
        let Some(line) = &self.line else { return };
        let mut line = line.write();
        if line.width > 0 {
            self.overwrite(&format!("\r{:width$}\r", "", width = line.width));
            line.width = 0;
        }
    }

    /// Writes over the current line of a terminal: only numbers and words of frontlint, which need
    /// no sanitizer.
    fn overwrite(&self, text: &str) {
        let mut stderr = StreamWriter(&self.terminal.stderr);
        let _ = stderr.write_all(text.as_bytes());
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}
