//! Quoted scalars.

use std::borrow::Cow;

use super::FastParser;
use crate::dialect::Style;

pub(super) struct Quoted<'s> {
    pub text: Cow<'s, str>,
    pub style: Style,
    /// Just after the closing quote.
    pub end: usize,
    /// Whether it goes over several lines.
    pub folded: bool,
}

impl<'s> FastParser<'s> {
    /// Reads the quoted scalar whose opening quote is at `open`, and nothing after it.
    pub(super) fn quoted(&mut self, open: usize, quote: u8) -> Option<Quoted<'s>> {
        let style = if quote == b'"' {
            Style::DoubleQuoted
        } else {
            Style::SingleQuoted
        };
        let start = open + 1;
        let at = self.quote_stop(start, quote)?;
        if self.closes(at, quote) {
            return Some(Quoted {
                text: Cow::Borrowed(self.text.get(start..at)?),
                style,
                end: at + 1,
                folded: false,
            });
        }
        let (end, folded) = self.unquote(start, at, quote)?;
        Some(Quoted {
            text: Cow::Owned(self.folded.as_str().to_owned()),
            style,
            end,
            folded,
        })
    }

    /// The first quote, escape or line feed.
    fn quote_stop(&self, from: usize, quote: u8) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        let found = if quote == b'"' {
            memchr::memchr3(b'"', b'\\', b'\n', rest)
        } else {
            memchr::memchr2(b'\'', b'\n', rest)
        };
        found.map(|found| from + found)
    }

    fn closes(&self, at: usize, quote: u8) -> bool {
        let byte = self.byte(at);
        byte == quote && !(quote == b'\'' && self.byte(at + 1) == b'\'')
    }

    /// Unescapes and folds the text from `start` on, whose first stop is `at`, into `self.folded`.
    /// Returns the offset after the closing quote, and whether there was a line break.
    fn unquote(&mut self, start: usize, at: usize, quote: u8) -> Option<(usize, bool)> {
        self.begin_folding();
        let (mut start, mut at) = (start, at);
        let mut folded = false;
        // Folding trims the spaces before a line break, but not those that escapes wrote.
        let mut kept = 0;
        loop {
            if self.byte(at) == b'\n' {
                folded = true;
                let end = self.before_break(at);
                self.folded.push_str(self.text.get(start..end)?);
                let spaces = self.folded.len() - self.folded.trim_end_matches(' ').len();
                let len = self.folded.len();
                self.folded.truncate((len - spaces).max(kept));
                let (next, breaks) = self.next_text(at + 1)?;
                self.fold(breaks);
                start = next;
            } else {
                self.folded.push_str(self.text.get(start..at)?);
                if self.closes(at, quote) {
                    return Some((at + 1, folded));
                }
                if quote == b'\'' {
                    self.folded.push('\'');
                    start = at + 2;
                } else if self.at_break(at + 1) {
                    folded = true;
                    let (next, breaks) = self.next_text(self.after_break(at + 1))?;
                    self.breaks(breaks);
                    start = next;
                } else {
                    start = self.escape(at + 1)?;
                }
            }
            kept = self.folded.len();
            at = self.quote_stop(start, quote)?;
        }
    }

    /// The first text from the line that begins at `start` on, and how many empty lines come
    /// before it. `None` at the end and at a document marker.
    fn next_text(&self, start: usize) -> Option<(usize, usize)> {
        let mut start = start;
        let mut breaks = 0;
        loop {
            let at = self.skip_spaces(start);
            if start >= self.bytes.len() {
                return None;
            }
            if !self.at_break(at) {
                let marker = at == start
                    && matches!(self.bytes.get(at..at + 3), Some(b"---" | b"..."))
                    && matches!(self.byte(at + 3), b' ' | b'\n' | b'\r');
                return (!marker).then_some((at, breaks));
            }
            breaks += 1;
            start = self.after_break(at);
        }
    }

    /// Reads the escape after a backslash. Returns the offset after it.
    fn escape(&mut self, at: usize) -> Option<usize> {
        let digits = match self.byte(at) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let character = match self.byte(at) {
            b'0' => '\0',
            b'a' => '\x07',
            b'b' => '\x08',
            b't' => '\t',
            b'n' => '\n',
            b'v' => '\x0b',
            b'f' => '\x0c',
            b'r' => '\r',
            b'e' => '\x1b',
            b' ' => ' ',
            b'"' => '"',
            b'/' => '/',
            b'\\' => '\\',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' | b'u' | b'U' => {
                let digits = self.text.get(at + 1..at + 1 + digits)?;
                if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    return None;
                }
                // A surrogate is no character; the full parser joins pairs of them.
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            _ => return None,
        };
        self.folded.push(character);
        Some(at + 1 + digits)
    }
}
