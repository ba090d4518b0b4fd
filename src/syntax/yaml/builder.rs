//! Parser events into the arena.

use std::borrow::Cow;

use granit_parser::{Event, ScalarStyle, ScanError, StructureStyle, Tag};

use super::super::{Block, Document, Key, Kind, Member, NodeId, Scalar};
use super::errors::{self, Scene};
use super::{MAX_DEPTH, MAX_EXPANDED, keys, spans};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};
use crate::text::{SourceId, Span};

/// So many findings of one kind are made of one document; the rest would say nothing new.
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
    /// Whether it stands where a key should.
    is_key: bool,
    /// Whether it is `{{ … }}`.
    liquid: bool,
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
    /// Of these, the ones that aliases stand for.
    expanded: u64,
    duplicates: usize,
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
        Built {
            documents: self.documents,
            diagnostics: self.diagnostics,
            broken: self.broken,
        }
    }

    /// Takes one event; `false` ends the parse.
    pub(super) fn event(&mut self, event: Event<'s>, span: &granit_parser::Span) -> bool {
        let range = span.byte_range().unwrap_or(0..0);
        let (start, end) = (self.base + range.start, self.base + range.end);
        match event {
            Event::DocumentStart(..) => return self.begin_document(start, end),
            Event::DocumentEnd => self.end_document(),
            Event::Comment(..) => self.document.comments.push(Span::from_usize(start, end)),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), (start, end));
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), false, (start, end));
                return self.open(false, style, anchor, (start, end));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref(), true, (start, end));
                return self.open(true, style, anchor, (start, end));
            }
            Event::Anchor(_, name) => self.check_anchor(&name, (start, end)),
            Event::SequenceEnd | Event::MappingEnd => self.close((start, end)),
            Event::Alias(id) => return self.alias(id, Span::from_usize(start, end)),
            Event::UnresolvedAlias(_) => {
                self.fail(errors::unknown_alias(&self.scene(start), start..end));
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
        let diagnostic = errors::explain(&self.scene(at), error.kind());
        // An alias or Liquid that was reported may be what stopped the parser, too.
        let place = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.span.start);
        let last = self.diagnostics.last();
        if last.is_none_or(|last| place(last) != place(&diagnostic)) {
            self.fail(diagnostic);
        }
        self.broken = true;
    }

    /// A character that no YAML may hold, at an offset in the content.
    pub(super) fn unprintable(&mut self, at: usize, character: char) {
        let diagnostic = errors::unprintable_character(&self.scene(self.base + at), character);
        self.fail(diagnostic);
    }

    fn scene(&self, at: usize) -> Scene<'s> {
        let flow = self.frames.iter().find(|frame| frame.flow);
        Scene::new(self.text, self.block, self.source, self.dialect, at)
            .after(self.last_end, flow.map(|frame| frame.start))
    }

    fn fail(&mut self, diagnostic: Diagnostic) {
        self.broken = true;
        if self.diagnostics.len() < MAX_FINDINGS {
            self.diagnostics.push(diagnostic);
        }
    }

    fn check_collection_tag(
        &mut self,
        tag: Option<&Tag>,
        mapping: bool,
        (start, end): (usize, usize),
    ) {
        let reason = tag.and_then(|tag| self.dialect.refuse_collection(&long_tag(tag), mapping));
        if let Some(reason) = reason {
            let span = Span::from_usize(start, end);
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, reason);
            self.fail(diagnostic.at_source(self.source, span, ""));
        }
    }

    /// Anchors are only announced where the parser of the dialect asks more of their names than
    /// the specification does.
    fn check_anchor(&mut self, name: &str, (start, end): (usize, usize)) {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !name.bytes().all(is_word) {
            let reader = self.dialect.reader();
            let message = format!("{reader} takes no `&{name}` for an anchor");
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message)
                .at_source(self.source, Span::from_usize(start, end), "")
                .help("quote a text that begins with `&`; name an anchor with letters from a to z, digits, `-` and `_`");
            self.fail(diagnostic);
        }
    }

    fn begin_document(&mut self, start: usize, end: usize) -> bool {
        self.last_end = end;
        if self.mode == Mode::FrontMatter && !self.documents.is_empty() {
            let diagnostic = errors::second_document(&self.scene(start), start..end);
            self.fail(diagnostic);
            return false;
        }
        true
    }

    fn end_document(&mut self) {
        let next = Document::empty(self.block, self.source);
        self.documents
            .push(std::mem::replace(&mut self.document, next));
        self.anchors.clear();
        self.nodes = 0;
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        (start, end): (usize, usize),
    ) {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let absent = style == Style::Plain && start == end;
        let is_key = self.at_key();
        let (text, (start, end)) = match style {
            Style::Plain if absent => {
                let at = if tag.is_some() || anchor != 0 {
                    start
                } else {
                    self.absent_place(start)
                };
                (Cow::Borrowed(""), (at, at))
            }
            Style::Literal | Style::Folded => {
                let span = spans::block_scalar(self.text, self.last_end, end, &text);
                (text, span)
            }
            _ => (text, (start, end)),
        };
        let tag = tag.map(long_tag);
        let value = if is_key {
            self.dialect.resolve_key(&text, style, tag.as_deref())
        } else {
            self.dialect.resolve(&text, style, tag.as_deref())
        };
        let span = Span::from_usize(start, end);
        if let Value::Error(reason) = &value {
            let diagnostic = errors::unreadable(&self.scene(start), span, reason);
            self.fail(diagnostic);
        }
        if is_key && absent && self.mode == Mode::FrontMatter {
            let diagnostic = errors::absent_key(&self.scene(start));
            self.fail(diagnostic);
        }
        let merges = is_key && text == "<<" && style == Style::Plain && tag.is_none();
        self.place_scalar(text, style, value, anchor, span, merges);
    }

    /// Where a value that is not written would be: just after its `:` or `-`.
    fn absent_place(&self, at: usize) -> usize {
        match self.frames.last() {
            Some(frame) if frame.mapping && frame.key.is_none() => at,
            Some(frame) => {
                let indicator = if frame.mapping { b':' } else { b'-' };
                spans::after_indicator(self.text, self.last_end, indicator).unwrap_or(self.last_end)
            }
            None => at,
        }
    }

    fn place_scalar(
        &mut self,
        text: Cow<'s, str>,
        style: Style,
        value: Value,
        anchor: usize,
        span: Span,
        merges: bool,
    ) {
        self.nodes += 1;
        self.last_end = span.end as usize;
        let closed = |node| Anchor::Closed {
            node,
            nodes: 1,
            height: 0,
        };
        if !self.at_key() {
            let scalar = Scalar { text, style, value };
            let node = self.document.push_scalar(scalar, span, self.source);
            self.define(anchor, closed(node));
            self.attach(node, span, 0);
            return;
        }
        if anchor != 0 {
            let scalar = Scalar {
                text: text.clone(),
                style,
                value: value.clone(),
            };
            let node = self.document.push_scalar(scalar, span, self.source);
            self.define(anchor, closed(node));
        }
        self.set_key(text, span, value, merges);
    }

    fn set_key(&mut self, text: Cow<'s, str>, span: Span, value: Value, merges: bool) {
        let source = self.source;
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some(Key {
                text,
                span,
                source,
                value,
            });
            frame.key_merges = merges;
            frame.end = span.end as usize;
            let first = self.text.as_bytes().get(frame.start);
            if self.members.len() == frame.first && matches!(first, Some(b'&' | b'!')) {
                frame.start = span.start as usize;
            }
        }
    }

    fn at_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.mapping && frame.key.is_none())
    }

    fn define(&mut self, id: usize, anchor: Anchor) {
        if id == 0 {
            return;
        }
        if self.anchors.len() <= id {
            self.anchors.resize(id + 1, None);
        }
        self.anchors[id] = Some(anchor);
    }

    fn open(
        &mut self,
        mapping: bool,
        style: StructureStyle,
        anchor: usize,
        (mut start, mut end): (usize, usize),
    ) -> bool {
        let below_key = self.frames.last().is_some_and(|frame| frame.mapping);
        if !mapping
            && style == StructureStyle::Block
            && below_key
            && let Some(dash) = spans::first_dash(self.text, self.last_end)
        {
            (start, end) = (dash, dash);
        }
        if self.frames.len() >= MAX_DEPTH {
            let diagnostic = errors::too_deep(&self.scene(start));
            self.fail(diagnostic);
            return false;
        }
        let is_key = self.at_key();
        let liquid = self.mode == Mode::FrontMatter
            && is_key
            && self.text[..end].ends_with("{{")
            && self
                .frames
                .last()
                .is_some_and(|frame| frame.start + 1 == start);
        if let Some(frame) = self.frames.last_mut().filter(|_| liquid) {
            frame.liquid = true;
        }
        self.define(anchor, Anchor::Open);
        self.last_end = end;
        self.frames.push(Frame {
            mapping,
            flow: style == StructureStyle::Flow,
            start,
            end,
            first: if mapping {
                self.members.len()
            } else {
                self.items.len()
            },
            first_merge: self.merges.len(),
            anchor,
            is_key,
            liquid: false,
            key: None,
            key_merges: false,
            nodes_before: self.nodes,
            height: 0,
        });
        self.nodes += 1;
        true
    }

    fn close(&mut self, (start, end): (usize, usize)) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let end = if frame.flow && end > start {
            end
        } else {
            frame.end
        };
        let span = Span::from_usize(frame.start, end);
        self.last_end = end;
        let node = if frame.liquid {
            self.members.truncate(frame.first);
            self.merges.truncate(frame.first_merge);
            let diagnostic = errors::liquid(&self.scene(frame.start), frame.start);
            self.diagnostics.push(diagnostic);
            let scalar = Scalar {
                text: Cow::Borrowed(span.slice(self.text)),
                style: Style::Plain,
                value: Value::String,
            };
            self.document.push_scalar(scalar, span, self.source)
        } else if frame.mapping {
            let members = self.close_members(&frame);
            self.document.push_mapping(members, span, self.source)
        } else {
            let items = self.items.drain(frame.first..);
            self.document.push_sequence(items, span, self.source)
        };
        let closed = Anchor::Closed {
            node,
            nodes: self.nodes - frame.nodes_before,
            height: frame.height,
        };
        self.define(frame.anchor, closed);
        if !frame.is_key {
            self.attach(node, span, frame.height);
            return;
        }
        let liquid_key = self.frames.last().is_some_and(|parent| parent.liquid);
        if self.mode == Mode::FrontMatter && !liquid_key {
            let diagnostic = errors::complex_key(&self.scene(frame.start), span, frame.mapping);
            self.fail(diagnostic);
        }
        self.set_key(
            Cow::Borrowed(span.slice(self.text)),
            span,
            Value::String,
            false,
        );
    }

    /// The members of a mapping that closes, without duplicates, merges applied.
    fn close_members(&mut self, frame: &Frame<'s>) -> Vec<Member<'s>> {
        let mut members: Vec<_> = self.members.drain(frame.first..).collect();
        let merges: Vec<_> = self.merges.drain(frame.first_merge..).collect();
        let groups = keys::duplicates(&members);
        if !groups.is_empty() {
            for group in &groups {
                if self.duplicates < MAX_FINDINGS {
                    let spans: Vec<_> =
                        group.iter().map(|&index| members[index].key.span).collect();
                    let diagnostic = errors::duplicate_key(
                        &self.scene(frame.start),
                        &members[group[0]].key.text,
                        &spans,
                    );
                    self.diagnostics.push(diagnostic);
                }
                self.duplicates += 1;
            }
            if merges.is_empty() {
                members = keys::keep_last(members, &groups);
            }
        }
        if merges.is_empty() {
            return members;
        }
        let merges = merges
            .into_iter()
            .map(|(before, node)| (before, self.merged(node)))
            .collect();
        keys::merge(members, merges, self.dialect)
    }

    /// The mappings that the value of a `<<` brings.
    fn merged(&self, node: NodeId) -> Vec<Vec<Member<'s>>> {
        match self.document.node(node).kind {
            Kind::Sequence(_) => {
                let items = self.document.items(node).iter();
                items
                    .map(|&item| self.document.members(item).to_vec())
                    .collect()
            }
            _ => vec![self.document.members(node).to_vec()],
        }
    }

    fn is_mergeable(&self, node: NodeId) -> bool {
        let is_mapping = |id: NodeId| matches!(self.document.node(id).kind, Kind::Mapping(_));
        match self.document.node(node).kind {
            Kind::Mapping(_) => true,
            Kind::Sequence(children) => {
                !children.is_empty()
                    && self
                        .document
                        .items(node)
                        .iter()
                        .all(|&item| is_mapping(item))
            }
            Kind::Scalar(_) => false,
        }
    }

    /// SafeYAML merges a value as it begins: an alias of a mapping is whole then, anything else
    /// is no mapping, or one that is still empty.
    fn check_jekyll_merge(&mut self, node: NodeId, span: Span) {
        let is_mapping = matches!(self.document.node(node).kind, Kind::Mapping(_));
        if is_mapping && span.slice(self.text).starts_with('*') {
            return;
        }
        let message = "Jekyll merges with `<<` only the alias of a mapping";
        let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message)
            .at_source(self.source, span, "")
            .help("write `<<: *name`, once for each mapping named with `&name`");
        self.fail(diagnostic);
    }

    fn attach(&mut self, node: NodeId, span: Span, height: usize) {
        let merges = self.frames.last().is_some_and(|frame| frame.key_merges);
        let mergeable = merges && self.is_mergeable(node);
        if merges && self.dialect == Dialect::Jekyll {
            self.check_jekyll_merge(node, span);
        }
        let Some(frame) = self.frames.last_mut() else {
            self.document.set_root(node);
            return;
        };
        frame.end = frame.end.max(span.end as usize);
        frame.height = frame.height.max(height + 1);
        if !frame.mapping {
            self.items.push(node);
        } else if let Some(key) = frame.key.take() {
            if mergeable {
                self.merges.push((self.members.len() - frame.first, node));
            } else {
                self.members.push(Member { key, value: node });
            }
        }
    }

    fn alias(&mut self, id: usize, span: Span) -> bool {
        let at = span.start as usize;
        let (node, nodes, height) = match self.anchors.get(id).copied().flatten() {
            Some(Anchor::Closed {
                node,
                nodes,
                height,
            }) => (node, nodes, height),
            Some(Anchor::Open) => {
                let diagnostic = errors::alias_of_itself(&self.scene(at), span);
                self.fail(diagnostic);
                return false;
            }
            None => {
                let diagnostic = errors::unknown_alias(&self.scene(at), span.range());
                self.fail(diagnostic);
                return false;
            }
        };
        self.nodes += nodes;
        self.expanded += nodes;
        if self.expanded > MAX_EXPANDED {
            let diagnostic = errors::alias_too_large(&self.scene(at), span);
            self.fail(diagnostic);
            return false;
        }
        if self.frames.len() + height >= MAX_DEPTH {
            let diagnostic = errors::too_deep(&self.scene(at));
            self.fail(diagnostic);
            return false;
        }
        self.last_end = span.end as usize;
        if self.at_key() {
            return self.alias_key(node, span);
        }
        let alias = self.document.push_alias(node, span, self.source);
        self.attach(alias, span, height);
        true
    }

    fn alias_key(&mut self, node: NodeId, span: Span) -> bool {
        let (text, value) = match self.document.scalar(node) {
            Some(scalar) => (scalar.text.clone(), scalar.value.clone()),
            None => (Cow::Borrowed(span.slice(self.text)), Value::String),
        };
        if self.document.scalar(node).is_none() && self.mode == Mode::FrontMatter {
            let mapping = matches!(self.document.node(node).kind, Kind::Mapping(_));
            let diagnostic = errors::complex_key(&self.scene(span.start as usize), span, mapping);
            self.fail(diagnostic);
        }
        self.set_key(text, span, value, false);
        true
    }
}

/// A tag in its long form. What a lone `!` says is up to the dialect.
fn long_tag(tag: &Tag) -> Cow<'_, str> {
    match tag.parts() {
        ("!", "") | ("", "!") => Cow::Borrowed("!"),
        ("", suffix) => Cow::Borrowed(suffix),
        (handle, suffix) => Cow::Owned(format!("{handle}{suffix}")),
    }
}
