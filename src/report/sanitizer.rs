//! The one way out: a writer that makes hidden characters visible and keeps a log from running text
//! as a command.
//!
//! GitHub Actions obeys each line of a step's output that begins with `::`, white space aside, and
//! `##[` anywhere in a line. Where the output is such a log, the second colon and the bracket are
//! written as their [`Notation`] has it, but for the commands that a report itself consists of.
//!
//! Reporters that lay out text make it visible before; this writer keeps one that forgets it
//! harmless. Colours pass only where they are wanted, and only those that frontlint uses.

use std::io::{self, Write};

use super::visible::{self, Notation};

/// How much is held back, so that a line is mostly seen as a whole.
const CAPACITY: usize = 64 << 10;

/// The colours and weights of reports and help; none of them hides text.
const STYLES: [&str; 25] = [
    "", "0", "1", "2", "3", "4", "22", "23", "24", "31", "32", "33", "34", "35", "36", "37", "39",
    "90", "91", "92", "93", "94", "95", "96", "97",
];

/// A writer for text of which parts come from strangers. Flush it at the end.
#[derive(Debug)]
pub struct Sanitizer<W: Write> {
    inner: W,
    notation: Notation,
    color: bool,
    /// Whether only control characters are replaced.
    controls_only: bool,
    /// In a log that obeys commands: the beginnings of those that are meant.
    log: Option<Vec<String>>,
    held: Vec<u8>,
    out: String,
    line: Line,
    hashes: usize,
}

/// How far the current line has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Nothing but white space so far.
    Start,
    /// One colon after that.
    Colon,
    /// No command can begin any more.
    Inside,
}

impl<W: Write> Sanitizer<W> {
    /// A writer into `inner` for text of this kind, without colours and not into a log.
    pub fn new(inner: W, notation: Notation) -> Self {
        Self {
            inner,
            notation,
            color: false,
            controls_only: false,
            log: None,
            held: Vec::new(),
            out: String::new(),
            line: Line::Start,
            hashes: 0,
        }
    }

    /// Lets colours through.
    #[must_use]
    pub fn with_color(mut self, color: bool) -> Self {
        self.color = color;
        self
    }

    /// Leaves invisible characters that are no control characters as they are.
    #[must_use]
    pub fn with_controls_only(mut self, controls_only: bool) -> Self {
        self.controls_only = controls_only;
        self
    }

    /// For a log that obeys commands; lines that begin with one of `own` are meant as such.
    #[must_use]
    pub fn into_log(mut self, own: Vec<String>) -> Self {
        self.log = Some(own);
        self
    }

    /// Hands on what is held: up to the last line break, or all of it.
    fn pass(&mut self, all: bool) -> io::Result<()> {
        let end = match memchr::memrchr(b'\n', &self.held) {
            _ if all => self.held.len(),
            Some(at) => at + 1,
            // A line that is longer than what is held is cut between two characters.
            None => self.held.len() - unfinished(&self.held),
        };
        let held = std::mem::take(&mut self.held);
        self.sanitize(&held[..end]);
        let written = self.inner.write_all(self.out.as_bytes());
        self.out.clear();
        self.held = held;
        self.held.drain(..end);
        written
    }

    fn sanitize(&mut self, bytes: &[u8]) {
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            self.sanitize_text(text);
            return;
        }
        for chunk in bytes.utf8_chunks() {
            self.sanitize_text(chunk.valid());
            for &byte in chunk.invalid() {
                self.notation.push_byte(&mut self.out, byte);
                self.line = Line::Inside;
            }
        }
    }

    fn sanitize_text(&mut self, text: &str) {
        for part in text.split_inclusive('\n') {
            let is_own = self.line == Line::Start
                && self.log.iter().flatten().any(|own| part.starts_with(own));
            if is_own {
                self.line = Line::Inside;
            }
            if self.is_harmless(part) {
                self.out.push_str(part);
                self.follow(part);
            } else {
                self.replace(part);
            }
        }
    }

    /// Whether a line, or a part of one, can be written as it is. May say no where it could.
    fn is_harmless(&self, part: &str) -> bool {
        let line = part.strip_suffix('\n').unwrap_or(part);
        let is_plain = line
            .bytes()
            .fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
        if !is_plain && visible::find(line, 0).is_some() {
            return false;
        }
        if self.log.is_none() {
            return true;
        }
        let begins_none = match self.line {
            Line::Start => !line.trim_start().starts_with(':'),
            Line::Colon => false,
            Line::Inside => true,
        };
        let bytes = line.as_bytes();
        let has_old =
            || memchr::memchr_iter(b'#', bytes).any(|at| bytes[at + 1..].starts_with(b"#["));
        begins_none && self.hashes == 0 && !has_old()
    }

    /// Keeps up with a part that is written as it is.
    fn follow(&mut self, part: &str) {
        if part.ends_with('\n') {
            self.line = Line::Start;
            self.hashes = 0;
            return;
        }
        if !part.trim_start().is_empty() {
            self.line = Line::Inside;
        }
        self.hashes = part
            .bytes()
            .rev()
            .take(2)
            .take_while(|&byte| byte == b'#')
            .count();
    }

    fn replace(&mut self, part: &str) {
        let mut rest = 0;
        for (at, c) in part.char_indices() {
            if at < rest {
                continue;
            }
            let after = &part[at + c.len_utf8()..];
            if c == '\n' {
                self.out.push(c);
                self.line = Line::Start;
                self.hashes = 0;
                continue;
            }
            if let Some(length) = self.style(&part[at..]) {
                self.out.push_str(&part[at..at + length]);
                rest = at + length;
                continue;
            }
            let is_command = self.log.is_some()
                && match c {
                    ':' => self.line == Line::Colon,
                    '[' => self.hashes == 2,
                    _ => false,
                };
            let is_break = c == '\r' && after.starts_with('\n');
            let is_replaced = is_command || (!is_break && self.is_hidden(part, at, c));
            if is_replaced {
                self.notation.push(&mut self.out, c);
            } else {
                self.out.push(c);
            }
            self.line = match (self.line, c) {
                (Line::Start, ':') => Line::Colon,
                (Line::Start, _) if c.is_whitespace() && !is_replaced => Line::Start,
                _ => Line::Inside,
            };
            self.hashes = if c == '#' {
                (self.hashes + 1).min(2)
            } else {
                0
            };
        }
    }

    fn is_hidden(&self, part: &str, at: usize, c: char) -> bool {
        c != '\t' && visible::is_hidden(part, at, c) && (c.is_control() || !self.controls_only)
    }

    /// The length of the code for a colour at the beginning of a text.
    fn style(&self, text: &str) -> Option<usize> {
        if !self.color {
            return None;
        }
        let (codes, _) = text.strip_prefix("\u{1b}[")?.split_once('m')?;
        let is_own = codes.split(';').all(|code| STYLES.contains(&code));
        is_own.then_some(codes.len() + 3)
    }
}

impl<W: Write> Write for Sanitizer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CAPACITY {
            self.pass(false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(true)?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Sanitizer<W> {
    fn drop(&mut self) {
        if !self.held.is_empty() {
            // As with the standard library's buffers, only a flush returns errors.
            let _ = self.pass(true);
        }
    }
}

/// Whether a log that obeys commands would find one in a text.
#[must_use]
pub fn has_command(text: &[u8]) -> bool {
    let is_command = |line: &[u8]| {
        let line = String::from_utf8_lossy(line);
        line.trim_start().starts_with("::") || line.contains("##[")
    };
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .any(is_command)
}

/// How many bytes at the end belong to what comes next: a character that is cut, or a carriage
/// return that a line break may follow.
fn unfinished(bytes: &[u8]) -> usize {
    let tail = bytes
        .iter()
        .rev()
        .take(4)
        .position(|&byte| byte & 0xc0 != 0x80);
    let Some(back) = tail else { return 0 };
    let first = bytes[bytes.len() - 1 - back];
    let length = match first {
        b'\r' => 2,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => 1,
    };
    if back + 1 < length { back + 1 } else { 0 }
}

#[cfg(test)]
mod tests;
