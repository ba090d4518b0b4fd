//! Tags, anchors, keys, merges and tabs that the syntax allows and a parser refuses.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::Tag;

use super::super::super::{Kind, Member, NodeId};
use super::super::errors;
use super::{Builder, Mode};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style};
use crate::text::Span;

impl<'s> Builder<'s> {
    pub(super) fn check_collection_tag(
        &mut self,
        tag: Option<&Tag>,
        mapping: bool,
        Range { start, end }: Range<usize>,
    ) {
        let is_root = self.frames.is_empty() && self.mode == Mode::FrontMatter;
        let reason = tag.and_then(|tag| match self.dialect {
            Dialect::HugoGoccy if is_root => {
                let reader = self.dialect.reader();
                Some(format!("{reader} takes no tag before the first key").into())
            }
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

    /// Reports what a parser refuses about a scalar key, apart from its value. `is_plain` says that it
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
            let reader = self.dialect.reader();
            let message = format!("{reader} takes no tab between a quoted key and its colon");
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
        let found = std::mem::take(&mut self.tabs).refused(
            self.text,
            content,
            comments,
            self.dialect,
            self.source,
        );
        if let Some(diagnostic) = found {
            self.fail(diagnostic);
        }
    }

    /// Anchors are only announced where the parser of the dialect asks more of their names than
    /// the specification does.
    pub(super) fn check_anchor(&mut self, name: &str, Range { start, end }: Range<usize>) {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !name.bytes().all(is_word) {
            let diagnostic = errors::anchor(&self.context(start), name, start..end);
            self.fail(diagnostic);
        }
    }

    /// SafeYAML merges a value as it begins: an alias of a mapping is whole then, anything else
    /// is no mapping, or one that is still empty.
    pub(super) fn check_first_merge(&mut self, node: NodeId, span: Span) {
        let is_mapping = matches!(self.document.node(node).kind, Kind::Mapping(_));
        if is_mapping && span.slice(self.text).starts_with('*') {
            return;
        }
        let reader = self.dialect.reader();
        let message = format!("{reader} merges with `<<` only the alias of a mapping");
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
            let reader = self.dialect.reader();
            let message = format!("{reader} takes `<<` only once in a mapping");
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
            let reader = self.dialect.reader();
            let message =
                format!("{reader} refuses to merge two mappings that have the same key, `{twice}`");
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
}

/// A tag in its long form. What a lone `!` says is up to the dialect, and to goccy a tag that is
/// written in full is another than its short form.
pub(super) fn long_tag(tag: &Tag, dialect: Dialect) -> Cow<'_, str> {
    match tag.parts() {
        (handle, "") => Cow::Borrowed(handle),
        ("", suffix) if dialect == Dialect::HugoGoccy && suffix != "!" => {
            Cow::Owned(format!("!<{suffix}>"))
        }
        ("", suffix) => Cow::Borrowed(suffix),
        (handle, suffix) => Cow::Owned(format!("{handle}{suffix}")),
    }
}
