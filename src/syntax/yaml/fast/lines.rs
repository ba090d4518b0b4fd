//! Lines, comments, and unquoted scalars of one or more lines.

use std::borrow::Cow;

use super::{FastNode, FastParser};
use crate::dialect::{Style, Value};
use crate::text::Span;

/// One line of an unquoted scalar.
#[derive(Clone, Copy)]
pub(super) struct PlainLine {
    pub start: usize,
    /// Without the spaces after it.
    pub end: usize,
    /// What ends it: `:` of a key, `#` of a comment, or the line feed.
    pub stop: u8,
    /// The offset of that.
    pub at: usize,
}

/// Whether an unquoted scalar may begin with these bytes. YAML allows some more, such as `?a`.
pub(super) fn begins_plain(first: u8, second: u8) -> bool {
    match first {
        b'-' => !matches!(second, b' ' | b'\n' | b'\r'),
        b'\n' | b'\r' | b' ' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' => false,
        b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => false,
        _ => true,
    }
}

impl<'s> FastParser<'s> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    pub(super) fn skip_spaces(&self, mut at: usize) -> usize {
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    /// The line feed that ends the line of `at`.
    pub(super) fn line_feed(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| at + found)
    }

    /// The end of a line before its line break, given its line feed.
    pub(super) fn before_break(&self, line_feed: usize) -> usize {
        if line_feed > 0 && self.byte(line_feed - 1) == b'\r' {
            line_feed - 1
        } else {
            line_feed
        }
    }

    /// Whether there is a line break at `at`.
    pub(super) fn at_break(&self, at: usize) -> bool {
        matches!(self.byte(at), b'\n' | b'\r')
    }

    /// The first byte of the line after the line break at `at`.
    pub(super) fn after_break(&self, at: usize) -> usize {
        at + 1 + usize::from(self.byte(at) == b'\r')
    }

    /// Whether the dash of an item is at `self.at`.
    pub(super) fn at_dash(&self) -> bool {
        self.byte(self.at) == b'-' && matches!(self.byte(self.at + 1), b' ' | b'\n' | b'\r')
    }

    /// Moves to the first line with content, from the line that begins at `start` on. Comments on
    /// the way go into the document.
    pub(super) fn go_to_line(&mut self, start: usize) {
        let mut start = start;
        while start < self.bytes.len() {
            let at = self.skip_spaces(start);
            match self.byte(at) {
                b'\n' | b'\r' => start = self.after_break(at),
                b'#' => start = self.comment(at),
                _ => {
                    self.at = at;
                    self.indent = Some(at - start);
                    return;
                }
            }
        }
        self.at = self.bytes.len();
        self.indent = None;
    }

    /// Reads the comment at `at`. Returns the beginning of the next line.
    pub(super) fn comment(&mut self, at: usize) -> usize {
        let line_feed = self.line_feed(at);
        let span = Span::from_usize(at, self.before_break(line_feed));
        self.document.comments.push(span);
        line_feed + 1
    }

    /// Ends the line after a token that ends at `end`: nothing but a comment may follow.
    pub(super) fn end_line(&mut self, end: usize) -> Option<()> {
        let at = self.skip_spaces(end);
        let next = match self.byte(at) {
            b'\n' | b'\r' => self.after_break(at),
            b'#' if at > end => self.comment(at),
            _ => return None,
        };
        self.go_to_line(next);
        Some(())
    }

    /// The line of an unquoted scalar, from `start` on.
    pub(super) fn plain_line(&self, start: usize) -> PlainLine {
        let mut from = start;
        let (at, stop) = loop {
            let at = self.delimiters.next(from);
            match self.byte(at) {
                b':' if !matches!(self.byte(at + 1), b' ' | b'\n' | b'\r') => {}
                b'#' if self.byte(at - 1) != b' ' => {}
                stop => break (at, stop),
            }
            from = at + 1;
        };
        let end = if stop == b'\n' {
            self.before_break(at)
        } else {
            at
        };
        PlainLine {
            start,
            end: self.trimmed(start, end),
            stop,
            at,
        }
    }

    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.byte(end - 1) == b' ' {
            end -= 1;
        }
        end
    }

    /// Reads an unquoted scalar whose first line is read already. It goes on in the lines that are
    /// indented deeper than the column `parent`.
    pub(super) fn plain(&mut self, parent: usize, first: PlainLine) -> Option<FastNode> {
        let mut line = first;
        let mut several = false;
        while line.stop == b'\n' {
            let mut start = line.at + 1;
            let mut at = self.skip_spaces(start);
            let mut breaks = 0;
            while start < self.bytes.len() && self.at_break(at) {
                breaks += 1;
                start = self.after_break(at);
                at = self.skip_spaces(start);
            }
            if start >= self.bytes.len() {
                self.at = self.bytes.len();
                self.indent = None;
                break;
            }
            // A comment ends the scalar; what follows is checked where it is read.
            if self.byte(at) == b'#' {
                self.go_to_line(start);
                break;
            }
            if at - start <= parent {
                self.at = at;
                self.indent = Some(at - start);
                break;
            }
            if !several {
                several = true;
                self.begin_folding();
                self.folded.push_str(self.text.get(line.start..line.end)?);
            }
            self.fold(breaks);
            line = self.plain_line(at);
            self.folded.push_str(self.text.get(line.start..line.end)?);
        }
        match line.stop {
            // A key within the scalar is an error.
            b':' => return None,
            b'#' => self.end_line(line.end)?,
            _ => {}
        }
        let text = if several {
            Cow::Owned(self.folded.as_str().to_owned())
        } else {
            Cow::Borrowed(self.text.get(first.start..first.end)?)
        };
        let value = self.resolve(&text)?;
        Some(self.scalar(text, Style::Plain, value, first.start, line.end))
    }

    /// The type of an unquoted scalar; `None` where the generator's parser fails.
    pub(super) fn resolve(&self, text: &str) -> Option<Value> {
        if self.dialect.surely_text(text) {
            return Some(Value::String);
        }
        let value = self.dialect.resolve(text, Style::Plain, None);
        (!matches!(value, Value::Error(_))).then_some(value)
    }

    pub(super) fn begin_folding(&mut self) {
        self.folded.clear();
        // Allocators keep blocks of up to 1 KiB at hand.
        self.folded.reserve(1000);
    }

    /// A line break and `breaks` empty lines after it.
    pub(super) fn fold(&mut self, breaks: usize) {
        if breaks == 0 {
            self.folded.push(' ');
        }
        self.breaks(breaks);
    }

    pub(super) fn breaks(&mut self, breaks: usize) {
        for _ in 0..breaks {
            self.folded.push('\n');
        }
    }
}
