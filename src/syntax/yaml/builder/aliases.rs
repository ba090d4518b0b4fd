//! Anchors, aliases, merges and tags: what stands for a node elsewhere, and what a parser refuses.

use granit_parser::Tag;

use super::super::super::{Kind, Member, NodeId};
use super::super::errors;
use super::{Anchor, Builder, Cow, MAX_DEPTH, MAX_EXPANDED, Mode, long_tag};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};
use crate::text::Span;

impl<'s> Builder<'s> {
    pub(super) fn check_collection_tag(
        &mut self,
        tag: Option<&Tag>,
        mapping: bool,
        (start, end): (usize, usize),
    ) {
        let is_root = self.frames.is_empty() && self.mode == Mode::FrontMatter;
        let reason = tag.and_then(|tag| match self.dialect {
            Dialect::HugoGoccy if is_root => Some("Hugo takes no tag before the first key".into()),
            dialect => dialect.refuse_collection(&long_tag(tag, dialect), mapping),
        });
        if let Some(reason) = reason {
            let span = Span::from_usize(start, end);
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, reason);
            self.fail(diagnostic.at_source(self.source, span, ""));
        }
    }

    /// Keeps the tag of the collection that was just opened for when it closes.
    pub(super) fn keep_tag(&mut self, tag: Option<&Tag>) {
        let tag = tag.map(|tag| long_tag(tag, self.dialect));
        if let (Some(tag), Some(frame)) = (tag, self.frames.last_mut()) {
            frame.tag = Some(tag.into());
        }
    }

    /// Whether a byte order mark at the beginning of the front matter is part of a key to the
    /// parser of the dialect.
    pub(super) fn is_marked_key(&self, style: Style, start: usize) -> bool {
        let before = self.text.get(self.base..start).unwrap_or_default();
        before == "\u{feff}"
            && style == Style::Plain
            && !self.block.open.is_empty()
            && self.dialect.keeps_byte_order_mark()
    }

    /// What a parser has against a key that is a scalar, beside its value. `is_plain` says that it
    /// has neither a tag nor an anchor.
    pub(super) fn check_key(&mut self, is_plain: bool, span: Span) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let is_first = self.members.len() == frame.first && self.merges.len() == frame.first_merge;
        let is_explicit = self.text.as_bytes().get(frame.start) == Some(&b'?');
        let stumbles = !is_plain && is_first && !frame.flow && !is_explicit;
        if stumbles && self.dialect.wants_plain_first_key() {
            let reader = self.dialect.reader();
            let message = format!("{reader} takes no tag and no anchor on the first key");
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message)
                .at_source(self.source, span, "")
                .help("write another key first, or this one without them");
            self.fail(diagnostic);
        }
        let after = self.text.get(span.end as usize..).unwrap_or_default();
        let is_quoted = matches!(
            self.text.as_bytes().get(span.start as usize),
            Some(b'"' | b'\'')
        );
        if self.dialect == Dialect::HugoGoccy && is_quoted && after.starts_with('\t') {
            let message = "Hugo takes no tab between a quoted key and its colon";
            let at = Span::from_usize(span.end as usize, span.end as usize + 1);
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message)
                .at_source(self.source, at, "")
                .help("write the colon directly after the key");
            self.fail(diagnostic);
        }
    }

    /// Keeps a scalar for the check of the tabs.
    pub(super) fn keep_for_tabs(&mut self, span: Span, style: Style) {
        let frame = self
            .frames
            .last()
            .filter(|frame| !frame.flow && !self.at_key());
        let column = frame.map(|frame| {
            let before = self.text.get(..frame.start).unwrap_or_default();
            frame.start - before.rfind('\n').map_or(0, |at| at + 1)
        });
        self.tabs.scalar(span, style, column);
    }

    /// Looks for a tab that the parser of the dialect stops at, where nothing else stops it.
    pub(super) fn check_tabs(&mut self) {
        if self.broken || self.mode != Mode::FrontMatter {
            return;
        }
        let (content, comments) = (self.block.content.range(), &self.document.comments);
        let found = self
            .tabs
            .refused(self.text, content, comments, self.dialect, self.source);
        if let Some(diagnostic) = found {
            self.fail(diagnostic);
        }
    }

    /// Anchors are only announced where the parser of the dialect asks more of their names than
    /// the specification does.
    pub(super) fn check_anchor(&mut self, name: &str, (start, end): (usize, usize)) {
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

    pub(super) fn define(&mut self, id: usize, anchor: Anchor) {
        if id == 0 {
            return;
        }
        if self.anchors.len() <= id {
            self.anchors.resize(id + 1, None);
        }
        self.anchors[id] = Some(anchor);
    }

    /// The mappings that the value of a `<<` brings.
    pub(super) fn merged(&self, node: NodeId) -> Vec<Vec<Member<'s>>> {
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

    pub(super) fn is_mergeable(&self, node: NodeId) -> bool {
        let is_mapping = |id: NodeId| matches!(self.document.node(id).kind, Kind::Mapping(_));
        match self.document.node(node).kind {
            Kind::Mapping(_) => true,
            Kind::Sequence(_) => self.document.items(node).iter().all(|&id| is_mapping(id)),
            Kind::Scalar(_) => false,
        }
    }

    /// SafeYAML merges a value as it begins: an alias of a mapping is whole then, anything else
    /// is no mapping, or one that is still empty.
    pub(super) fn check_jekyll_merge(&mut self, node: NodeId, span: Span) {
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

    /// goccy takes `<<` once in a mapping.
    pub(super) fn check_second_merge(&mut self, key: Span) {
        let frame = self.frames.last();
        let is_second = frame.is_some_and(|frame| self.merges.len() > frame.first_merge + 1);
        if is_second && self.dialect == Dialect::HugoGoccy {
            let message = "Hugo takes `<<` only once in a mapping";
            let diagnostic = Diagnostic::new(RuleId::DuplicateKey, message)
                .at_source(self.source, key, "written again here")
                .help("name them together: `<<: [*one, *two]`");
            self.fail(diagnostic);
        }
    }

    /// At the root goccy gives up where two of the mappings that are merged share a key.
    pub(super) fn check_merged_keys(&mut self, node: NodeId, merged: &[Vec<Member<'s>>]) {
        if self.dialect != Dialect::HugoGoccy || !self.frames.is_empty() {
            return;
        }
        let mut seen = std::collections::HashSet::new();
        let keys = merged.iter().flatten().map(|member| &*member.key.text);
        if let Some(twice) = keys.into_iter().find(|key| !seen.insert(*key)) {
            let message =
                format!("Hugo refuses to merge two mappings that have the same key, `{twice}`");
            let span = self.document.node(node).span;
            let diagnostic = Diagnostic::new(RuleId::DuplicateKey, message)
                .at_source(self.source, span, "")
                .help("name one of them, and write the keys of the other");
            self.fail(diagnostic);
        }
    }

    /// A merge of what is neither a mapping nor a list of mappings.
    pub(super) fn bad_merge(&mut self, span: Span) {
        let reader = self.dialect.reader();
        let message = format!("{reader} merges with `<<` nothing but mappings");
        let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message)
            .at_source(self.source, span, "")
            .help("write `<<: *name` for a mapping named with `&name`");
        self.fail(diagnostic);
    }

    pub(super) fn alias(&mut self, id: usize, span: Span) -> bool {
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

    pub(super) fn alias_key(&mut self, node: NodeId, span: Span) -> bool {
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
