//! The surroundings of an error: its lines, its member, the brackets and quotes around it.
//!
//! Reads the source again from the last node that parsed, since what the author must change is
//! often before the place where the parser gave up.

use std::ops::Range;

use super::super::super::Block;
use crate::dialect::Dialect;
use crate::text::{SourceId, Span};

/// What is white space to YAML; a no-break space is text.
pub(super) const WHITESPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// Where the parser gave up, in whole-file offsets.
pub(in super::super) struct ErrorContext<'a> {
    /// The file up to the end of the block's content.
    pub text: &'a str,
    /// The first byte of the content.
    pub start: usize,
    /// Where the parser gave up.
    pub at: usize,
    /// Where the last node before it ended.
    pub from: usize,
    /// The outermost bracket that is open there, as far as the parser has said.
    pub flow: Option<usize>,
    pub source: SourceId,
    pub dialect: Dialect,
}

/// One line without its break.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub start: usize,
    pub text: &'a str,
}

/// `key: value` on one line, after any `- `.
pub(super) struct Entry {
    /// Without quotes.
    pub key: Range<usize>,
    /// The colon; `None` for a bare list item.
    pub colon: Option<usize>,
    /// Trimmed, without a comment; empty where nothing is written.
    pub value: Range<usize>,
}

impl<'a> ErrorContext<'a> {
    pub(in super::super) fn new(
        text: &'a str,
        block: Block,
        source: SourceId,
        dialect: Dialect,
        at: usize,
    ) -> Self {
        let end = (block.content.end as usize).min(text.len());
        let text = text.get(..end).unwrap_or(text);
        let at = boundary(text, at);
        Self {
            text,
            start: (block.content.start as usize).min(text.len()),
            at,
            from: at,
            flow: None,
            source,
            dialect,
        }
    }

    /// Adds what the parser had read when it gave up.
    pub(in super::super) fn after(mut self, from: usize, flow: Option<usize>) -> Self {
        self.from = boundary(self.text, from).min(self.at);
        self.flow = flow;
        self
    }

    /// The text in a range, cut to the text and to whole characters.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        let start = boundary(self.text, range.start);
        self.text
            .get(start..boundary(self.text, range.end))
            .unwrap_or("")
    }

    /// A span of whole characters within the text.
    pub(super) fn span(&self, span: Span) -> Span {
        let range = span.range();
        let end = boundary(self.text, range.end);
        Span::from_usize(boundary(self.text, range.start), end)
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The line that holds an offset.
    pub(super) fn line(&self, at: usize) -> Line<'a> {
        let at = at.min(self.text.len());
        let start = self.bytes()[self.start.min(at)..at]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(self.start.min(at), |found| self.start.min(at) + found + 1);
        let end = memchr::memchr(b'\n', &self.bytes()[at..]).map_or(self.text.len(), |n| at + n);
        let text = self.slice(start..end.max(start));
        Line {
            start,
            text: text.strip_suffix('\r').unwrap_or(text),
        }
    }

    /// The line before one, without empty lines and comments.
    pub(super) fn previous(&self, line: Line<'_>) -> Option<Line<'a>> {
        let mut start = line.start;
        while start > self.start {
            let before = self.line(start - 1);
            if !before.is_empty() {
                return Some(before);
            }
            start = before.start;
        }
        None
    }

    /// The next line.
    pub(super) fn next(&self, line: Line<'_>) -> Option<Line<'a>> {
        let after = self.bytes().get(line.end()..)?;
        let start = line.end() + memchr::memchr(b'\n', after)? + 1;
        (start < self.text.len()).then(|| self.line(start))
    }

    /// The 1-based number of the line that holds an offset, in the whole file.
    pub(super) fn number(&self, at: usize) -> usize {
        memchr::memchr_iter(b'\n', &self.bytes()[..at.min(self.text.len())]).count() + 1
    }

    /// The character at an offset.
    pub(super) fn character(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The span of the character at an offset.
    pub(super) fn character_span(&self, at: usize) -> Span {
        let len = self.character(at).filter(|c| !matches!(c, '\n' | '\r'));
        Span::from_usize(at, at + len.map_or(0, char::len_utf8))
    }

    pub(super) fn entry(&self, line: Line<'_>) -> Entry {
        let mut at = line.start + line.indent();
        let end = line.end();
        while matches!(self.text.get(at..end), Some(rest) if rest.starts_with("- ")) {
            at += 2;
            at += self.bytes()[at..end]
                .iter()
                .take_while(|&&byte| byte == b' ')
                .count();
        }
        let (key, colon) = match self.bytes().get(at) {
            Some(&quote @ (b'"' | b'\'')) if at < end => {
                let close = closing_quote(self.slice(0..end), at, quote).unwrap_or(end);
                let is_key = close + 1 < end && self.bytes().get(close + 1) == Some(&b':');
                match is_key {
                    true => (at + 1..close.max(at + 1), Some(close + 1)),
                    false => (at..at, None),
                }
            }
            _ => {
                let colon = colon(self.slice(0..end), at);
                (at..colon.unwrap_or(at), colon)
            }
        };
        let from = colon.map_or(at, |colon| colon + 1);
        Entry {
            key,
            colon,
            value: self.trimmed(from..end),
        }
    }

    /// A range without white space at its ends, and without a comment after an unquoted value.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(range.clone());
        let start = boundary(self.text, range.start);
        let start = start + (text.len() - text.trim_start_matches(WHITESPACE).len());
        let text = text.trim_start_matches(WHITESPACE);
        let quoted = text.starts_with(['"', '\'']);
        let end = if text.starts_with('#') {
            0
        } else if quoted {
            text.len()
        } else {
            text.find(" #").unwrap_or(text.len())
        };
        start..start + text[..end].trim_end_matches(WHITESPACE).len()
    }

    /// Where the item begins, of the list or mapping in brackets that opens at `open`, in which an
    /// offset on the same line is. Of a mapping it is the value.
    pub(super) fn flow_item_start(
        &self,
        open: usize,
        at: usize,
        of_mapping: bool,
    ) -> Option<usize> {
        let before = self.text.get(open + 1..at)?;
        if before.contains(['\n', '"', '\'']) {
            return None;
        }
        let mut depth = 0_usize;
        let mut start = open + 1;
        let mut has_key = false;
        for (found, byte) in (open + 1..).zip(before.bytes()) {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b',' if depth == 0 => {
                    start = found + 1;
                    has_key = false;
                }
                b':' if depth == 0 && of_mapping && !has_key => {
                    start = found + 1;
                    has_key = true;
                }
                _ => {}
            }
        }
        let spaces = self.text.get(start..at)?;
        let start = start + (spaces.len() - spaces.trim_start_matches(WHITESPACE).len());
        (start < at && (has_key || !of_mapping)).then_some(start)
    }

    /// Where the item in brackets ends that goes on at an offset: before the next comma or the
    /// bracket that closes it, without white space.
    pub(super) fn flow_item_end(&self, from: usize) -> usize {
        let line = self.line(from);
        let mut depth = 0_usize;
        let mut end = line.end().max(from);
        for (at, byte) in self.slice(from..line.end()).bytes().enumerate() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth > 0 => depth -= 1,
                b',' | b']' | b'}' if depth == 0 => {
                    end = from + at;
                    break;
                }
                _ => {}
            }
        }
        from + self.slice(from..end).trim_end_matches(WHITESPACE).len()
    }

    /// The opening and the closing quote of the quoted string that ends just before `at`.
    pub(super) fn quoted_before(&self, at: usize) -> Option<(usize, usize)> {
        let mut here = self.from;
        while let Some(open) = self.next_quote(here, at) {
            let close = closing_quote(self.text, open, self.bytes()[open])?;
            let between = self.text.get(close + 1..at)?;
            if between.trim_matches(WHITESPACE).is_empty() {
                return Some((open, close));
            }
            here = close + 1;
        }
        None
    }

    /// The first quote in a range that can open a string.
    fn next_quote(&self, from: usize, to: usize) -> Option<usize> {
        let bytes = self.bytes();
        let mut at = from;
        while at < to {
            let begins = at == self.start
                || at == from
                || matches!(
                    bytes[at - 1],
                    b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':'
                );
            match bytes[at] {
                b'"' | b'\'' if begins => return Some(at),
                // A comment may hold quotes.
                b'#' if begins => {
                    at += memchr::memchr(b'\n', &bytes[at..to]).unwrap_or(to - at);
                }
                _ => at += 1,
            }
        }
        None
    }

    /// The innermost `[` or `{` that is open at an offset. The parser holds back a bracket that may
    /// yet begin a key, so the line is read anew where it knows of none.
    pub(super) fn open_bracket(&self, to: usize) -> Option<usize> {
        let from = self.flow.unwrap_or_else(|| self.line(self.from).start);
        self.open_bracket_from(from, to)
    }

    fn open_bracket_from(&self, from: usize, to: usize) -> Option<usize> {
        let bytes = self.bytes();
        let mut open = Vec::new();
        let mut at = from;
        while at < to.min(bytes.len()) {
            let begins = at == from
                || matches!(
                    bytes[at - 1],
                    b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':' | b'-'
                );
            match bytes[at] {
                quote @ (b'"' | b'\'') if begins => {
                    at = closing_quote(self.text, at, quote).unwrap_or(to);
                }
                b'#' if begins => {
                    at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(to);
                }
                b'[' | b'{' if begins || !open.is_empty() => open.push(at),
                b']' | b'}' => {
                    open.pop();
                }
                _ => {}
            }
            at += 1;
        }
        open.pop()
    }

    /// A text cut to a length that fits a sentence, on one line.
    pub(super) fn excerpt(&self, range: Range<usize>) -> String {
        excerpt(self.text.get(range).unwrap_or(""))
    }
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// How many spaces and tabs it begins with.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '\t']).len()
    }

    /// Whether it has only white space or a comment.
    pub(super) fn is_empty(&self) -> bool {
        let text = self.text.trim_start_matches(WHITESPACE);
        text.is_empty() || text.starts_with('#')
    }

    /// Whether it is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        let text = self.text.trim_start_matches(WHITESPACE);
        text == "-" || text.starts_with("- ")
    }
}

/// The character boundary at or before an offset.
fn boundary(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A text cut to a length that fits a sentence, on one line.
pub(super) fn excerpt(text: &str) -> String {
    const MAX: usize = 60;
    let line = text.lines().next().unwrap_or("");
    let cut = line.char_indices().nth(MAX).map(|(at, _)| at);
    match cut {
        Some(at) => format!("{}…", line[..at].trim_end_matches(WHITESPACE)),
        None if line.len() < text.trim_end_matches(WHITESPACE).len() => {
            format!("{}…", line.trim_end_matches(WHITESPACE))
        }
        None => line.to_owned(),
    }
}

/// The first colon that ends a key, from `at` to the end of `text`.
fn colon(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes.get(at..)?)
        .map(|found| at + found)
        .find(|&colon| matches!(bytes.get(colon + 1), None | Some(b' ' | b'\t')))
}

/// The quote that closes the one at `open`.
pub(super) fn closing_quote(text: &str, open: usize, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => {
                if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                    at += 2;
                } else {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
    None
}
