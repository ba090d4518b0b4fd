//! The fast path for common front matter: block mappings and lists of unquoted, quoted and block
//! scalars, comments, and collections in brackets on one line.
//!
//! One pass over the bytes, straight into the document. It returns exactly the document that the
//! full parser would, or `None` for anything that it does not know or that deserves a finding.
//! Reports nothing itself; `tests/fast_yaml.rs` compares both paths.

mod block_mappings;
mod block_scalars;
mod delimiters;
mod flow_collections;
mod lines;
mod quoted_scalars;

use std::borrow::Cow;

use self::delimiters::DelimiterBits;
use super::super::{Block, Document, Member, NodeId, Scalar};
use crate::dialect::{Dialect, Style, Value};
use crate::text::{SourceId, Span};

/// Longer front matter is left to the full parser.
const LONGEST: u32 = 1 << 20;

/// How deeply lists and mappings may nest here; below the limit of the full parser.
const MAX_DEPTH: usize = 32;

/// A longer key is left to the full parser, which takes 1024 characters at most.
const LONGEST_KEY: usize = 1000;

/// Parses front matter. `None` leaves it to the full parser, whether it is valid or not.
pub(super) fn parse<'s>(
    text: &'s str,
    block: &Block,
    dialect: Dialect,
    source: SourceId,
) -> Option<Document<'s>> {
    let content = block.content.slice(text).as_bytes();
    if content.is_empty() {
        return Some(Document::empty(*block, source));
    }
    // Parsers differ about a last line without a line break.
    if content.last() != Some(&b'\n') || block.content.len() > LONGEST {
        return None;
    }
    let bytes = text.as_bytes().get(..block.content.range().end)?;
    let delimiters = DelimiterBits::scan(bytes, block.content.range().start)?;
    let mut parser = FastParser {
        text,
        bytes,
        delimiters,
        dialect,
        source,
        // Lists that grow from nothing are moved five times a page.
        document: Document::with_room_for_a_page(*block, source),
        at: 0,
        indent: None,
        depth: 0,
        items: Vec::with_capacity(16),
        members: Vec::with_capacity(14),
        folded: String::new(),
    };
    parser.go_to_line(block.content.start as usize);
    // Only comments and empty lines, or keys that are indented: both are valid, but rare.
    if parser.indent? != 0 {
        return None;
    }
    let root = parser.inner_mapping(0, Place::Free)?;
    if parser.indent.is_some() {
        return None;
    }
    parser.document.set_root(root.node);
    Some(parser.document)
}

struct FastParser<'s> {
    text: &'s str,
    /// The file up to the end of the front matter, whose last byte is a line feed.
    bytes: &'s [u8],
    delimiters: DelimiterBits,
    dialect: Dialect,
    source: SourceId,
    document: Document<'s>,
    /// The first byte of the line's content, once the line before is read.
    at: usize,
    /// The column of `at`; `None` at the end.
    indent: Option<usize>,
    depth: usize,
    /// The items and the members of collections that are still open. A member has the root as its
    /// value until its own is read.
    items: Vec<NodeId>,
    members: Vec<Member<'s>>,
    /// Where scalars of several lines and scalars with escapes are put together.
    folded: String,
}

/// A node and where it ends.
#[derive(Clone, Copy)]
struct FastNode {
    node: NodeId,
    end: u32,
}

/// Which nodes may begin at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On a line of its own, or after a `-`.
    Free,
    /// After the colon of a key, on its line.
    AfterKey,
}

impl<'s> FastParser<'s> {
    /// Reads a list whose first dash is at `self.at`, possibly in the column of its key.
    fn sequence(&mut self, column: usize) -> Option<FastNode> {
        self.deeper()?;
        let start = self.at;
        let first = self.items.len();
        let end = loop {
            let item = self.item(column)?;
            self.items.push(item.node);
            match self.indent {
                // A deeper line belongs to no item.
                Some(indent) if indent > column => return None,
                Some(indent) if indent == column && self.at_dash() => {}
                _ => break item.end,
            }
        };
        self.depth -= 1;
        Some(self.close_sequence(first, start, end as usize))
    }

    fn close_sequence(&mut self, first: usize, start: usize, end: usize) -> FastNode {
        let items = self.items.get(first..).unwrap_or_default();
        let span = Span::from_usize(start, end);
        let node = self.document.push_sequence(items, span, self.source);
        self.items.truncate(first);
        FastNode {
            node,
            end: span.end,
        }
    }

    fn item(&mut self, column: usize) -> Option<FastNode> {
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

    /// Reads what follows the colon of a key in `column`.
    fn value(&mut self, colon: usize, column: usize) -> Option<FastNode> {
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

    fn absent(&mut self, at: usize) -> FastNode {
        self.scalar(Cow::Borrowed(""), Style::Plain, Value::Null, at, at)
    }

    /// Reads the node at `self.at`, in `column`, below a collection in the column `parent`.
    fn node(&mut self, parent: usize, column: usize, place: Place) -> Option<FastNode> {
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
            first if lines::begins_plain(first, self.byte(start + 1)) => {
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
    ) -> FastNode {
        let scalar = Scalar { text, style, value };
        let span = Span::from_usize(start, end);
        let node = self.document.push_scalar(scalar, span, self.source);
        FastNode {
            node,
            end: span.end,
        }
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }
}
