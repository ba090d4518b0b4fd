//! Anchors, aliases and merges: what stands for a node elsewhere.

use super::super::super::{Kind, Member, NodeId};
use super::super::errors;
use super::{Anchor, Builder, Cow, MAX_DEPTH, MAX_EXPANDED, Mode};
use crate::dialect::Value;
use crate::text::Span;

impl<'s> Builder<'s> {
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

    pub(super) fn alias(&mut self, id: usize, span: Span) -> bool {
        let at = span.start as usize;
        let (node, nodes, height) = match self.anchors.get(id).copied().flatten() {
            Some(Anchor::Closed {
                node,
                nodes,
                height,
            }) => (node, nodes, height),
            Some(Anchor::Open) => {
                let diagnostic = errors::alias_of_itself(&self.context(at), span);
                self.fail(diagnostic);
                return false;
            }
            None => {
                let diagnostic = errors::unknown_alias(&self.context(at), span.range());
                self.fail(diagnostic);
                return false;
            }
        };
        self.nodes += nodes;
        self.expanded += nodes;
        if self.expanded > MAX_EXPANDED {
            let diagnostic = errors::alias_too_large(&self.context(at), span);
            self.fail(diagnostic);
            return false;
        }
        if self.frames.len() + height >= MAX_DEPTH {
            let diagnostic = errors::too_deep(&self.context(at));
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
            let diagnostic = errors::complex_key(&self.context(span.start as usize), span, mapping);
            self.fail(diagnostic);
        }
        self.set_key(text, span, value, false);
        true
    }
}
