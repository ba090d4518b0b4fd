//! Block mappings and their keys.

use std::borrow::Cow;

use super::super::super::{Key, Member};
use super::super::duplicates::any_twice;
use super::{FastNode, FastParser, LONGEST_KEY, Place, lines};
use crate::dialect::{Style, Value};
use crate::text::Span;

impl<'s> FastParser<'s> {
    /// Reads a mapping that begins at `start`. Its first key is read already: it is the last open
    /// member, and `colon` is where its colon is.
    fn mapping(&mut self, start: usize, colon: usize, column: usize) -> Option<FastNode> {
        self.deeper()?;
        let first = self.members.len() - 1;
        let mut colon = colon;
        let end = loop {
            let place = self.members.len() - 1;
            let value = self.value(colon, column)?;
            self.members.get_mut(place)?.value = value.node;
            match self.indent {
                // A deeper line belongs to no member.
                Some(indent) if indent > column => return None,
                Some(indent) if indent == column => colon = self.key()?,
                _ => break value.end,
            }
        };
        self.depth -= 1;
        if any_twice(self.members.get(first..)?) {
            return None;
        }
        Some(self.close_mapping(first, start, end as usize))
    }

    /// A mapping whose first key begins at `self.at`.
    pub(super) fn inner_mapping(&mut self, column: usize, place: Place) -> Option<FastNode> {
        // `a: b: c` is an error.
        if place == Place::AfterKey {
            return None;
        }
        let start = self.at;
        let colon = self.key()?;
        self.mapping(start, colon, column)
    }

    pub(super) fn close_mapping(&mut self, first: usize, start: usize, end: usize) -> FastNode {
        let span = Span::from_usize(start, end);
        let members = self.members.drain(first..);
        let node = self.document.push_mapping(members, span, self.source);
        FastNode {
            node,
            end: span.end,
        }
    }

    /// Reads the key at `self.at` and opens its member. Returns the offset of the colon.
    fn key(&mut self) -> Option<usize> {
        let start = self.at;
        let quote = self.byte(start);
        if matches!(quote, b'"' | b'\'') {
            let quoted = self.quoted(start, quote).filter(|quoted| !quoted.folded)?;
            let colon = self.colon(start, self.skip_spaces(quoted.end))?;
            self.quoted_key(start, quoted.end, quoted.text, quoted.style)?;
            return Some(colon);
        }
        if !lines::begins_plain(quote, self.byte(start + 1)) {
            return None;
        }
        let line = self.plain_line(start);
        if line.stop != b':' || line.at - start > LONGEST_KEY {
            return None;
        }
        self.plain_key(start, line.end)?;
        Some(line.at)
    }

    /// Whether a colon at `at` ends the key that began at `start`.
    fn colon(&self, start: usize, at: usize) -> Option<usize> {
        let is_colon = self.byte(at) == b':' && matches!(self.byte(at + 1), b' ' | b'\n' | b'\r');
        (is_colon && at - start <= LONGEST_KEY).then_some(at)
    }

    pub(super) fn plain_key(&mut self, start: usize, end: usize) -> Option<()> {
        let text = self.text.get(start..end)?;
        match text.as_bytes() {
            // A merge, or what may be a document marker.
            [b'<', b'<'] | [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..] => return None,
            _ => {}
        }
        let value = if self.dialect.surely_text(text) {
            Value::String
        } else {
            self.dialect.resolve_key(text, Style::Plain, None)
        };
        self.open_member(Cow::Borrowed(text), value, start, end)
    }

    pub(super) fn quoted_key(
        &mut self,
        start: usize,
        end: usize,
        text: Cow<'s, str>,
        style: Style,
    ) -> Option<()> {
        if text == "<<" {
            return None;
        }
        let value = self.dialect.resolve_key(&text, style, None);
        self.open_member(text, value, start, end)
    }

    fn open_member(
        &mut self,
        text: Cow<'s, str>,
        value: Value,
        start: usize,
        end: usize,
    ) -> Option<()> {
        if matches!(value, Value::Error(_)) {
            return None;
        }
        let key = Key {
            text,
            span: Span::from_usize(start, end),
            source: self.source,
            value,
        };
        // The value is set once it is read; until then any node will do.
        let value = self.document.root();
        self.members.push(Member { key, value });
        Some(())
    }
}
