//! How far a long run has come.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::threads::Lock;

/// A line on standard error that says how far a long run has come. Shown only on a terminal, and
/// only once the run has lasted a second.
#[derive(Debug)]
pub struct Progress {
    done: AtomicUsize,
    begun: Instant,
    line: Option<Lock<Line>>,
}

#[derive(Debug)]
struct Line {
    width: usize,
    drawn: Instant,
}

impl Progress {
    const DELAY: Duration = Duration::from_secs(1);
    const PAUSE: Duration = Duration::from_millis(100);

    /// Silent where not wanted or where nobody would see it.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        let begun = Instant::now();
        let line = Lock::new(Line {
            width: 0,
            drawn: begun,
        });
        Self {
            done: AtomicUsize::new(0),
            begun,
            line: (wanted && io::stderr().is_terminal()).then_some(line),
        }
    }

    /// Another file is done. Called from any thread.
    pub fn advance(&self) {
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
            overwrite(&format!("\r{text:<width$}", width = line.width));
            line.width = text.len();
            line.drawn = Instant::now();
        }
    }

    /// Takes the line away, so that findings can be written; the next [`Self::advance`] brings it
    /// back.
    pub fn clear(&self) {
        let Some(line) = &self.line else { return };
        let mut line = line.write();
        if line.width > 0 {
            overwrite(&format!("\r{:width$}\r", "", width = line.width));
            line.width = 0;
        }
    }
}

/// Writes over the current line of a terminal: only numbers and words of frontlint.
fn overwrite(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_silent_where_nobody_sees_it() {
        let progress = Progress::new(false);
        progress.advance();
        progress.clear();
        assert!(progress.line.is_none());
    }
}
