//! Mappings in lines, and their keys.

use std::borrow::Cow;

use super::super::super::{Key, Member};
use super::super::keys::any_twice;
use super::{LONGEST_KEY, Place, Read, Reader, line};
use crate::dialect::{Style, Value};
use crate::text::Span;

impl<'s> Reader<'s> {
    /// The members of a mapping that begins at `start`. The first key, whose colon is given, is the
    /// last of the open members.
    fn mapping(&mut self, start: usize, colon: usize, column: usize) -> Option<Read> {
        self.deeper()?;
        let first = self.members.len() - 1;
        let mut colon = colon;
        // Keys that are known have a bit each; where all have, they need not be compared.
        let mut seen = 1_u64;
        let mut may_be_twice = false;
        let end = loop {
            may_be_twice |= seen >> self.key & 1 == 1;
            seen |= 1 << self.key;
            let place = self.members.len() - 1;
            let value = self.value(colon, column)?;
            self.members.get_mut(place)?.value = value.node;
            match self.indent {
                Some(indent) if indent > column => return None,
                Some(indent) if indent == column => colon = self.key()?,
                _ => break value.end,
            }
        };
        self.depth -= 1;
        if may_be_twice && any_twice(self.members.get(first..)?) {
            return None;
        }
        Some(self.close_mapping(first, start, end as usize))
    }

    /// A mapping whose first key is at hand.
    pub(super) fn inner_mapping(&mut self, column: usize, place: Place) -> Option<Read> {
        if place == Place::AfterKey {
            return None;
        }
        let start = self.at;
        let colon = self.key()?;
        self.mapping(start, colon, column)
    }

    pub(super) fn close_mapping(&mut self, first: usize, start: usize, end: usize) -> Read {
        let span = Span::from_usize(start, end);
        let node = self
            .document
            .close_mapping(&mut self.members, first, span, self.source);
        Read {
            node,
            end: span.end,
        }
    }

    /// Opens a member with the key at hand; gives its colon.
    fn key(&mut self) -> Option<usize> {
        let start = self.at;
        if let Some((place, length)) = self.keys.expected(self.bytes.get(start..)?) {
            self.keys.go_on(place);
            self.key = place;
            let end = start + length;
            let text = Cow::Borrowed(self.text.get(start..end)?);
            self.open_member(text, Value::String, start, end)?;
            return Some(end);
        }
        self.key = 0;
        let quote = self.byte(start);
        if matches!(quote, b'"' | b'\'') {
            let quoted = self.quoted(start, quote).filter(|it| !it.folded)?;
            let colon = self.colon(start, self.skip_spaces(quoted.end))?;
            self.quoted_key(start, quoted.end, quoted.text, quoted.style)?;
            return Some(colon);
        }
        if !line::begins_plain(quote, self.byte(start + 1)) {
            return None;
        }
        let line = self.plain_line(start);
        if line.stop != b':' || line.at - start > LONGEST_KEY {
            return None;
        }
        self.plain_key(start, line.end)?;
        let key = &self.members.last()?.key;
        if key.value == Value::String {
            self.key = self.keys.learn(&key.text);
        }
        Some(line.at)
    }

    /// The colon of a key that begins at `start`, if a blank or a line break follows it.
    fn colon(&self, start: usize, at: usize) -> Option<usize> {
        let is_colon = self.byte(at) == b':' && matches!(self.byte(at + 1), b' ' | b'\n' | b'\r');
        (is_colon && at - start <= LONGEST_KEY).then_some(at)
    }

    #[inline(always)]
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

    #[inline(always)]
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
        let value = self.document.root();
        self.members.push(Member { key, value });
        Some(())
    }
}
