//! Lists and mappings from their opening to their close.

use std::ops::Range;

use granit_parser::StructureStyle;

use super::super::super::{Key, Kind, Member, NodeId, Scalar};
use super::super::{duplicates, errors, spans};
use super::{Anchor, Builder, Cow, Frame, MAX_DEPTH, MAX_FINDINGS, Mode};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::{Dialect, Style, Value};
use crate::text::Span;

impl<'s> Builder<'s> {
    pub(super) fn open(
        &mut self,
        mapping: bool,
        style: StructureStyle,
        anchor: usize,
        Range { start, end }: Range<usize>,
    ) -> bool {
        if self.frames.len() >= MAX_DEPTH {
            let diagnostic = errors::too_deep(&self.context(start));
            self.fail(diagnostic);
            return false;
        }
        // The parser says of a list that is not indented that it begins after its first dash.
        let is_value = self
            .frames
            .last()
            .is_some_and(|parent| parent.key.is_some());
        let (start, end) = if is_value && !mapping && style == StructureStyle::Block {
            let dash = spans::first_dash(self.text, self.last_end, end + 1).unwrap_or(start);
            (dash, dash)
        } else {
            (start, end)
        };
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
            tag: None,
            key: None,
            key_merges: false,
            nodes_before: self.nodes,
            height: 0,
        });
        self.nodes += 1;
        true
    }

    pub(super) fn close(&mut self, Range { start, end }: Range<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.check_items(&frame);
        let end = if frame.flow && end > start {
            end
        } else {
            frame.end
        };
        let span = Span::from_usize(frame.start, end);
        self.last_end = end;
        if frame.flow {
            self.tabs.flow(span.range());
        }
        let node = if frame.liquid {
            self.members.truncate(frame.first);
            self.merges.truncate(frame.first_merge);
            let diagnostic = errors::liquid(&self.context(frame.start), frame.start);
            self.diagnostics.push(diagnostic);
            let scalar = Scalar {
                text: Cow::Borrowed(span.slice(self.text)),
                style: Style::Plain,
                value: Value::String,
            };
            self.document.push_scalar(scalar, span, self.source)
        } else if frame.mapping {
            let members = self.close_members(&frame);
            self.push_mapping(members, &frame, span)
        } else if let Some(members) = self.ordered_members(&frame) {
            self.items.truncate(frame.first);
            self.document.push_mapping(members, span, self.source)
        } else {
            let items = self.items.drain(frame.first..);
            self.document
                .push_sequence(items.as_slice(), span, self.source)
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
            let diagnostic = errors::complex_key(&self.context(frame.start), span, frame.mapping);
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
    pub(super) fn close_members(&mut self, frame: &Frame<'s>) -> Vec<Member<'s>> {
        let mut members: Vec<_> = self.members.drain(frame.first..).collect();
        let merges: Vec<_> = self.merges.drain(frame.first_merge..).collect();
        let groups = duplicates::duplicates(&members);
        if !groups.is_empty() {
            for group in &groups {
                if self.duplicates < MAX_FINDINGS {
                    let spans: Vec<_> =
                        group.iter().map(|&index| members[index].key.span).collect();
                    let diagnostic = errors::duplicate_key(
                        &self.context(frame.start),
                        &members[group[0]].key.text,
                        &spans,
                    );
                    self.diagnostics.push(diagnostic);
                } else {
                    let again = group
                        .get(1)
                        .map_or(Span::default(), |&index| members[index].key.span);
                    let (rule, severity) = (RuleId::DuplicateKey, Severity::Error);
                    self.left_out.add(rule, severity, self.source, again);
                }
                self.duplicates += 1;
            }
            if merges.is_empty() {
                members = duplicates::keep_last(members, &groups);
            }
        }
        if merges.is_empty() {
            return members;
        }
        let merges: Vec<_> = merges
            .into_iter()
            .map(|(before, node)| {
                let merged = self.merged(node);
                self.check_merged_keys(node, &merged);
                (before, merged)
            })
            .collect();
        duplicates::merge(members, merges, self.dialect)
    }

    /// A mapping, or what Psych makes of one that is called a text: its entry `str`, or null.
    fn push_mapping(&mut self, members: Vec<Member<'s>>, frame: &Frame<'s>, span: Span) -> NodeId {
        let is_text = frame.tag.as_deref() == Some("tag:yaml.org,2002:str");
        if self.dialect == Dialect::Psych && is_text {
            let text = members.iter().find(|member| member.key.text == "str");
            let scalar = match text {
                Some(text) => self.document.scalar(text.value).cloned(),
                None if members.is_empty() => Some(Scalar {
                    text: Cow::Borrowed(""),
                    style: Style::Plain,
                    value: Value::Null,
                }),
                None => {
                    let reader = self.dialect.reader();
                    let message = format!("{reader} cannot read a mapping as `!!str`");
                    let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, message);
                    self.fail(diagnostic.at_source(self.source, span, ""));
                    None
                }
            };
            if let Some(scalar) = scalar {
                return self.document.push_scalar(scalar, span, self.source);
            }
        }
        self.document.push_mapping(members, span, self.source)
    }

    /// Reports items that the parser refuses in a list with a tag.
    fn check_items(&mut self, frame: &Frame<'s>) {
        let Some(tag) = frame.tag.as_deref().filter(|_| !frame.mapping) else {
            return;
        };
        let entries = |&item: &NodeId| match self.document.node(item).kind {
            Kind::Mapping(_) => Some(self.document.members(item).len()),
            _ => None,
        };
        let items: Vec<_> = self.items[frame.first..].iter().map(entries).collect();
        if let Some(reason) = self.dialect.refuse_items(tag, &items) {
            let span = Span::from_usize(frame.start, frame.end.max(frame.start));
            let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, reason);
            self.fail(diagnostic.at_source(self.source, span, ""));
        }
    }

    /// The members of an ordered mapping that closes, `!!omap`. What is no mapping is a key without
    /// a value. Of duplicates the last stays, as in the parsers, which have no word for it.
    fn ordered_members(&mut self, frame: &Frame<'s>) -> Option<Vec<Member<'s>>> {
        let tag = frame.tag.as_deref()?;
        if !self.dialect.is_ordered_mapping(tag) {
            return None;
        }
        let items = self.items[frame.first..].to_vec();
        let members: Vec<_> = items
            .into_iter()
            .filter_map(|item| self.ordered_member(item))
            .collect();
        let groups = duplicates::duplicates(&members);
        Some(duplicates::keep_last(members, &groups))
    }

    fn ordered_member(&mut self, item: NodeId) -> Option<Member<'s>> {
        if let Some(first) = self.document.members(item).first() {
            return Some(first.clone());
        }
        let (span, source) = (self.document.node(item).span, self.source);
        let scalar = self.document.scalar(item)?.clone();
        let key = Key {
            text: scalar.text,
            span,
            source,
            value: scalar.value,
        };
        let absent = Scalar {
            text: Cow::Borrowed(""),
            style: Style::Plain,
            value: Value::Null,
        };
        let at = Span::empty(span.end);
        let value = self.document.push_scalar(absent, at, source);
        Some(Member { key, value })
    }

    pub(super) fn attach(&mut self, node: NodeId, span: Span, height: usize) {
        let merges = self.frames.last().is_some_and(|frame| frame.key_merges);
        let mergeable = merges && self.is_mergeable(node);
        if merges && self.dialect == Dialect::Jekyll {
            self.check_first_merge(node, span);
        } else if merges && !mergeable && self.dialect.refuses_bad_merges() {
            self.bad_merge(span);
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
                self.check_second_merge(key.span);
            } else {
                self.members.push(Member { key, value: node });
            }
        }
    }
}
