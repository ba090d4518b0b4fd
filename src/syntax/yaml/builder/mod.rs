//! Parser events into the arena.

mod aliases;
mod checks;
mod collections;
mod scalars;

use std::borrow::Cow;

use granit_parser::{Event, ScanError};

use super::super::{Block, Document, Key, Member, NodeId};
use super::errors::{self, ErrorContext};
use super::tabs::Tabs;
use super::{MAX_DEPTH, MAX_EXPANDED};
use crate::diagnostic::{Diagnostic, LeftOut};
use crate::dialect::{Dialect, Style, Value};
use crate::text::{SourceId, Span};

/// So many findings of one kind are reported for a document; the rest are counted.
const MAX_FINDINGS: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// One document whose keys are scalars.
    FrontMatter,
    /// Whatever YAML allows.
    Any,
}

pub(super) struct Built<'s> {
    pub documents: Vec<Document<'s>>,
    pub diagnostics: Vec<Diagnostic>,
    pub broken: bool,
    /// The tab in brackets that stopped the scanner, which most parsers pass over.
    pub flow_tab: Option<usize>,
}

/// A list or mapping that is still open.
struct Frame<'s> {
    mapping: bool,
    flow: bool,
    /// Whole-file offset of the first byte.
    start: usize,
    /// End of the last child.
    end: usize,
    /// Where its children begin among the pending ones.
    first: usize,
    first_merge: usize,
    anchor: usize,
    /// Whether it is in the place of a key.
    is_key: bool,
    /// Whether it is `{{ … }}`.
    liquid: bool,
    /// The tag of a list whose items the parser checks.
    tag: Option<Box<str>>,
    key: Option<Key<'s>>,
    key_merges: bool,
    /// The nodes counted before it.
    nodes_before: u64,
    /// Levels below it.
    height: usize,
}

#[derive(Clone, Copy)]
enum Anchor {
    Open,
    Closed {
        node: NodeId,
        nodes: u64,
        height: usize,
    },
}

pub(super) struct Builder<'s> {
    text: &'s str,
    block: Block,
    base: usize,
    dialect: Dialect,
    source: SourceId,
    mode: Mode,
    document: Document<'s>,
    documents: Vec<Document<'s>>,
    diagnostics: Vec<Diagnostic>,
    broken: bool,
    frames: Vec<Frame<'s>>,
    items: Vec<NodeId>,
    members: Vec<Member<'s>>,
    /// Merges of open mappings: how many members came before, and what is merged.
    merges: Vec<(usize, NodeId)>,
    anchors: Vec<Option<Anchor>>,
    /// Where the last node, or the opening of a collection, ended.
    last_end: usize,
    /// Nodes so far, with those that aliases stand for.
    nodes: u64,
    /// How many of these only aliases stand for.
    expanded: u64,
    duplicates: usize,
    syntax_errors: usize,
    left_out: LeftOut,
    tabs: Tabs,
    /// The tab in brackets that stopped the scanner, which most parsers pass over.
    flow_tab: Option<usize>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(
        text: &'s str,
        block: Block,
        dialect: Dialect,
        source: SourceId,
        mode: Mode,
    ) -> Self {
        let base = block.content.start as usize;
        Self {
            text,
            block,
            base,
            dialect,
            source,
            mode,
            document: Document::empty(block, source),
            documents: Vec::new(),
            diagnostics: Vec::new(),
            broken: false,
            frames: Vec::new(),
            items: Vec::new(),
            members: Vec::new(),
            merges: Vec::new(),
            anchors: Vec::new(),
            last_end: base,
            nodes: 0,
            expanded: 0,
            duplicates: 0,
            syntax_errors: 0,
            left_out: LeftOut::default(),
            tabs: Tabs::new(block.content.slice(text)),
            flow_tab: None,
        }
    }

    pub(super) fn text(&self) -> &'s str {
        self.text
    }

    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(super) fn finish(mut self) -> Built<'s> {
        if self.mode == Mode::FrontMatter && self.documents.is_empty() {
            self.documents.push(self.document);
        }
        let left_out = self.left_out.into_diagnostics();
        self.diagnostics.extend(left_out);
        Built {
            documents: self.documents,
            diagnostics: self.diagnostics,
            broken: self.broken,
            flow_tab: self.flow_tab,
        }
    }

    /// Handles one event; `false` ends the parse.
    pub(super) fn event(&mut self, event: Event<'s>, span: &granit_parser::Span) -> bool {
        let range = span.byte_range().unwrap_or(0..0);
        let (start, end) = (self.base + range.start, self.base + range.end);
        match event {
            Event::DocumentStart(explicit, _) => {
                return self.begin_document(explicit, start, end);
            }
            Event::DocumentEnd => self.end_document(end),
            Event::Comment(..) => self.document.comments.push(Span::from_usize(start, end)),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), start..end);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), false, start..end);
                let opened = self.open(false, style, anchor, start..end);
                self.keep_tag(tag.as_deref().filter(|_| opened));
                return opened;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), true, start..end);
                let opened = self.open(true, style, anchor, start..end);
                self.keep_tag(tag.as_deref().filter(|_| opened));
                return opened;
            }
            Event::Anchor(_, name) => self.check_anchor(&name, start..end),
            Event::SequenceEnd | Event::MappingEnd => self.close(start..end),
            Event::Alias(id) => return self.alias(id, Span::from_usize(start, end)),
            Event::UnresolvedAlias(_) => {
                let diagnostic = errors::unknown_alias(&self.context(start), start..end);
                self.fail_unless(self.dialect == Dialect::Jekyll, diagnostic);
                let value = Value::Null;
                self.place_scalar(
                    Cow::Borrowed(""),
                    Style::Plain,
                    value,
                    0,
                    Span::from_usize(start, end),
                    false,
                );
            }
            _ => {}
        }
        true
    }

    pub(super) fn scan_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0) + self.base;
        // The caller finds out whether it was a tab that stopped the scanner.
        if self.frames.iter().any(|frame| frame.flow) {
            self.flow_tab = Some(at);
        }
        let diagnostic = errors::explain(&self.context(at), error.kind());
        // An alias, an anchor or Liquid that was reported may be what stopped the parser, too.
        let last = self
            .diagnostics
            .last()
            .and_then(|last| last.primary.as_ref());
        let is_known = last.is_some_and(|last| {
            let start = last.span.range().start;
            let place = diagnostic.primary.as_ref().map(|label| label.span);
            place.is_some_and(|place| place.range().start == start)
                || (start <= at
                    && !self
                        .text
                        .get(start..at)
                        .is_some_and(|text| text.contains('\n')))
        });
        if !is_known {
            self.fail(diagnostic);
        }
        self.broken = true;
    }

    /// A character that no YAML may hold, at an offset in the content.
    pub(super) fn unprintable(&mut self, at: usize, character: char) {
        let diagnostic = errors::unprintable_character(&self.context(self.base + at), character);
        self.fail(diagnostic);
    }

    fn context(&self, at: usize) -> ErrorContext<'s> {
        let flow = self.frames.iter().find(|frame| frame.flow);
        ErrorContext::new(self.text, self.block, self.source, self.dialect, at)
            .after(self.last_end, flow.map(|frame| frame.start))
    }

    fn fail(&mut self, diagnostic: Diagnostic) {
        self.fail_unless(false, diagnostic);
    }

    /// Reports what the parser of the dialect stops at, unless it goes on all the same.
    fn fail_unless(&mut self, goes_on: bool, diagnostic: Diagnostic) {
        self.broken |= !goes_on;
        if self.syntax_errors < MAX_FINDINGS {
            self.diagnostics.push(diagnostic);
        } else {
            let place = diagnostic
                .primary
                .map_or(Span::default(), |label| label.span);
            let (rule, severity) = (diagnostic.rule, diagnostic.severity);
            self.left_out.add(rule, severity, self.source, place);
        }
        self.syntax_errors += 1;
    }

    fn begin_document(&mut self, explicit: bool, start: usize, end: usize) -> bool {
        if explicit {
            self.last_end = end;
        }
        if self.mode == Mode::FrontMatter && !self.documents.is_empty() {
            let diagnostic = errors::second_document(&self.context(start), start..end);
            // yaml.v2 reads the first document.
            self.fail_unless(self.dialect == Dialect::HugoYamlV2, diagnostic);
            return false;
        }
        true
    }

    fn end_document(&mut self, end: usize) {
        self.check_tabs();
        self.last_end = end;
        let next = Document::empty(self.block, self.source);
        self.documents
            .push(std::mem::replace(&mut self.document, next));
        self.anchors.clear();
        self.nodes = 0;
    }

    fn at_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.mapping && frame.key.is_none())
    }
}
