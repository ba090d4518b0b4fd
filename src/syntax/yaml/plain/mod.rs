//! A short way for plain front matter: block mappings and lists of unquoted, quoted and block
//! scalars, comments, lists and mappings in brackets on one line.
//!
//! One pass over the bytes, straight into the arena. Owns nothing of its own: whatever it reads,
//! it reads as the full parser does, node for node and span for span, and whatever it does not
//! know, or the full parser would have something to say about, it leaves to it. Must not make
//! diagnostics.

mod block;
mod flow;
mod keys;
mod line;
mod mapping;
mod marks;
mod memory;
mod quoted;

use std::borrow::Cow;

use self::keys::Keys;
use self::marks::Marks;
use self::memory::Memory;
use super::super::{Block, Document, Member, NodeId, Scalar};
use crate::dialect::{Dialect, Style, Value};
use crate::text::{SourceId, Span};

/// Longer front matter is left to the full parser.
const LONGEST: u32 = 1 << 20;

/// How deeply lists and mappings may nest here; below the limit of the full parser.
const MAX_DEPTH: usize = 32;

/// A longer key is left to the full parser, which takes 1024 characters at most.
const LONGEST_KEY: usize = 1000;

/// Reads front matter, or leaves it to the full parser: `None` says nothing about whether it is
/// right.
pub(super) fn read<'s>(
    text: &'s str,
    block: &Block,
    dialect: Dialect,
    source: SourceId,
) -> Option<Document<'s>> {
    let content = block.content.slice(text).as_bytes();
    if content.is_empty() {
        return Some(Document::empty(*block, source));
    }
    if content.last() != Some(&b'\n') || block.content.len() > LONGEST {
        return None;
    }
    let bytes = text.as_bytes().get(..block.content.range().end)?;
    let memory = Memory::take();
    let marks = Marks::of(bytes, block.content.range().start, memory.marks)?;
    let entries = content.len() / 32 + 4;
    let mut reader = Reader {
        text,
        bytes,
        marks,
        dialect,
        source,
        document: Document::with_capacity(*block, source, entries, entries / 2, entries),
        at: 0,
        indent: None,
        depth: 0,
        items: memory.items,
        members: memory.members,
        folded: memory.folded,
        keys: memory.keys,
        key: 0,
    };
    reader.keys.begin(dialect);
    reader.go_to_line(block.content.start as usize);
    if reader.indent? != 0 {
        return None;
    }
    let root = reader.inner_mapping(0, Place::Free)?;
    if reader.indent.is_some() {
        return None;
    }
    reader.document.set_root(root.node);
    Memory {
        marks: reader.marks.into_memory(),
        items: reader.items,
        members: reader.members,
        folded: reader.folded,
        keys: reader.keys,
    }
    .keep();
    Some(reader.document)
}

struct Reader<'s> {
    text: &'s str,
    /// The file up to the end of the front matter, whose last byte is a line feed.
    bytes: &'s [u8],
    marks: Marks,
    dialect: Dialect,
    source: SourceId,
    document: Document<'s>,
    /// The first byte of the line's content, once the line before is read.
    at: usize,
    /// The column of `at`; `None` at the end.
    indent: Option<usize>,
    depth: usize,
    /// The items and the members of collections that are still open. The value of a member whose key
    /// alone is read is set later.
    items: Vec<NodeId>,
    members: Vec<Member<'s>>,
    /// Where texts of several lines and texts with escapes are put together.
    folded: String,
    keys: Keys,
    /// The place of the last key among those; 0 where it has none.
    key: usize,
}

/// A node and where it ends.
#[derive(Clone, Copy)]
struct Read {
    node: NodeId,
    end: u32,
}

/// What may stand where a node begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On a line of its own, or after a `-`.
    Free,
    /// After the colon of a key, on its line.
    AfterKey,
}

impl<'s> Reader<'s> {
    /// A list whose first dash is at hand. It may stand at the column of the key it belongs to.
    fn sequence(&mut self, column: usize) -> Option<Read> {
        self.deeper()?;
        let start = self.at;
        let first = self.items.len();
        let end = loop {
            let item = self.item(column)?;
            self.items.push(item.node);
            match self.indent {
                Some(indent) if indent > column => return None,
                Some(indent) if indent == column && self.at_dash() => {}
                _ => break item.end,
            }
        };
        self.depth -= 1;
        Some(self.close_sequence(first, start, end as usize))
    }

    fn close_sequence(&mut self, first: usize, start: usize, end: usize) -> Read {
        let items = self.items.get(first..).unwrap_or_default();
        let span = Span::from_usize(start, end);
        let node = self.document.push_sequence(items, span, self.source);
        self.items.truncate(first);
        Read {
            node,
            end: span.end,
        }
    }

    fn item(&mut self, column: usize) -> Option<Read> {
        let dash = self.at;
        let next = self.skip_spaces(dash + 1);
        if !matches!(self.byte(next), b'\n' | b'\r' | b'#') {
            self.at = next;
            return self.node(column, column + (next - dash), Place::Free);
        }
        self.end_line(dash + 1)?;
        match self.indent {
            Some(indent) if indent > column => self.node(column, indent, Place::Free),
            _ => Some(self.absent(dash + 1)),
        }
    }

    /// What follows the colon of a key at `column`.
    fn value(&mut self, colon: usize, column: usize) -> Option<Read> {
        let next = self.skip_spaces(colon + 1);
        if !matches!(self.byte(next), b'\n' | b'\r' | b'#') {
            self.at = next;
            return self.node(column, 0, Place::AfterKey);
        }
        self.end_line(colon + 1)?;
        match self.indent {
            Some(indent) if indent > column => self.node(column, indent, Place::Free),
            Some(indent) if indent == column && self.at_dash() => self.sequence(column),
            _ => Some(self.absent(colon + 1)),
        }
    }

    fn absent(&mut self, at: usize) -> Read {
        self.scalar(Cow::Borrowed(""), Style::Plain, Value::Null, at, at)
    }

    /// A node that begins at hand, at `column`, below a collection at the column `parent`.
    fn node(&mut self, parent: usize, column: usize, place: Place) -> Option<Read> {
        let start = self.at;
        match self.byte(start) {
            b'-' if self.at_dash() => (place == Place::Free)
                .then(|| self.sequence(column))
                .flatten(),
            b'[' | b'{' => {
                let read = self.flow(start)?;
                self.end_line(read.end as usize)?;
                Some(read)
            }
            b'|' => self.block_scalar(parent, Style::Literal),
            b'>' => self.block_scalar(parent, Style::Folded),
            quote @ (b'"' | b'\'') => {
                let quoted = self.quoted(start, quote)?;
                if self.byte(self.skip_spaces(quoted.end)) == b':' {
                    return self.inner_mapping(column, place);
                }
                self.end_line(quoted.end)?;
                Some(self.scalar(quoted.text, quoted.style, Value::String, start, quoted.end))
            }
            first if line::begins_plain(first, self.byte(start + 1)) => {
                if place == Place::Free && self.keys.expected(self.bytes.get(start..)?).is_some() {
                    return self.inner_mapping(column, place);
                }
                let line = self.plain_line(start);
                if line.stop == b':' {
                    return self.inner_mapping(column, place);
                }
                self.plain(parent, line)
            }
            _ => None,
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: Style,
        value: Value,
        start: usize,
        end: usize,
    ) -> Read {
        let scalar = Scalar { text, style, value };
        let span = Span::from_usize(start, end);
        let node = self.document.push_scalar(scalar, span, self.source);
        Read {
            node,
            end: span.end,
        }
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }
}
