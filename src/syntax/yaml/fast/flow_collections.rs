//! Lists and mappings in brackets, on one line.

use std::borrow::Cow;

use super::super::duplicates::any_twice;
use super::{FastNode, FastParser, LONGEST_KEY, lines};
use crate::dialect::{Style, Value};

fn is_indicator(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

impl FastParser<'_> {
    /// Reads the list or mapping whose bracket is at `start`.
    pub(super) fn flow(&mut self, start: usize) -> Option<FastNode> {
        self.deeper()?;
        let read = if self.byte(start) == b'[' {
            self.flow_sequence(start)
        } else {
            self.flow_mapping(start)
        };
        self.depth -= 1;
        read
    }

    fn flow_sequence(&mut self, start: usize) -> Option<FastNode> {
        let first = self.items.len();
        let mut at = self.skip_spaces(start + 1);
        while self.byte(at) != b']' {
            let item = self.flow_node(at)?;
            self.items.push(item.node);
            at = self.after_entry(item.end as usize, b']')?;
        }
        Some(self.close_sequence(first, start, at + 1))
    }

    fn flow_mapping(&mut self, start: usize) -> Option<FastNode> {
        let first = self.members.len();
        let mut at = self.skip_spaces(start + 1);
        while self.byte(at) != b'}' {
            let place = self.members.len();
            let colon = self.flow_key(at)?;
            let value = self.flow_node(self.skip_spaces(colon + 1))?;
            self.members.get_mut(place)?.value = value.node;
            at = self.after_entry(value.end as usize, b'}')?;
        }
        if any_twice(self.members.get(first..)?) {
            return None;
        }
        Some(self.close_mapping(first, start, at + 1))
    }

    /// The next entry, or the bracket that closes the collection.
    fn after_entry(&self, end: usize, close: u8) -> Option<usize> {
        let at = self.skip_spaces(end);
        match self.byte(at) {
            b',' => Some(self.skip_spaces(at + 1)),
            byte if byte == close => Some(at),
            _ => None,
        }
    }

    /// Reads the key at `start` and opens its member. Returns the offset of the colon.
    fn flow_key(&mut self, start: usize) -> Option<usize> {
        let quote = self.byte(start);
        let end = if matches!(quote, b'"' | b'\'') {
            let quoted = self.quoted(start, quote).filter(|quoted| !quoted.folded)?;
            self.quoted_key(start, quoted.end, quoted.text, quoted.style)?;
            quoted.end
        } else {
            let end = self.flow_plain(start)?;
            self.plain_key(start, end)?;
            end
        };
        let colon = self.skip_spaces(end);
        let is_colon = self.byte(colon) == b':' && self.byte(colon + 1) == b' ';
        (is_colon && colon - start <= LONGEST_KEY).then_some(colon)
    }

    fn flow_node(&mut self, start: usize) -> Option<FastNode> {
        match self.byte(start) {
            b'[' | b'{' => self.flow(start),
            quote @ (b'"' | b'\'') => {
                let quoted = self.quoted(start, quote).filter(|quoted| !quoted.folded)?;
                Some(self.scalar(quoted.text, quoted.style, Value::String, start, quoted.end))
            }
            _ => {
                let end = self.flow_plain(start)?;
                let text = self.text.get(start..end)?;
                let value = self.resolve(text)?;
                Some(self.scalar(Cow::Borrowed(text), Style::Plain, value, start, end))
            }
        }
    }

    /// The end of an unquoted scalar in brackets.
    fn flow_plain(&self, start: usize) -> Option<usize> {
        let next = self.byte(start + 1);
        if !lines::begins_plain(self.byte(start), next)
            || (self.byte(start) == b'-' && is_indicator(next))
        {
            return None;
        }
        let mut at = start + 1;
        let mut end = at;
        loop {
            match self.byte(at) {
                b',' | b'[' | b']' | b'{' | b'}' => return Some(end),
                b':' if is_indicator(self.byte(at + 1)) || self.byte(at + 1) == b' ' => {
                    return Some(end);
                }
                // Collections over several lines are left to the full parser.
                b'\n' | b'\r' => return None,
                b'#' if end < at => return None,
                b' ' => at += 1,
                _ => {
                    at += 1;
                    end = at;
                }
            }
        }
    }
}
