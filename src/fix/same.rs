//! Whether an edit changed what it names and nothing else: the tree before against the tree after.

use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId, Scalar};
use crate::text::Span;

use super::edits::Edits;

/// One front matter and its text.
pub(super) struct Tree<'a> {
    pub(super) document: Document<'a>,
    pub(super) text: &'a str,
}

/// Whether every value, key and comment that the edits do not name is the same in both.
pub(super) fn others_are_the_same(before: &Tree<'_>, after: &Tree<'_>, edits: &Edits<'_>) -> bool {
    let mut comparison = Comparison {
        before: &before.document,
        after: &after.document,
        replaced: edits.before(),
        put: edits.after(),
        changed: Vec::new(),
    };
    comparison.comments(before.text, after.text)
        && comparison.nodes(before.document.root(), after.document.root())
}

struct Comparison<'a, 'd> {
    before: &'a Document<'d>,
    after: &'a Document<'d>,
    replaced: Vec<Span>,
    put: Vec<Span>,
    /// The values that were changed. One that is met again is read through an alias or a merge,
    /// and so changes what no edit names.
    changed: Vec<Span>,
}

impl Comparison<'_, '_> {
    fn comments(&self, before: &str, after: &str) -> bool {
        let left = self.before.comments.iter();
        let left = left.filter(|span| !holds(&self.replaced, **span));
        let right = self.after.comments.iter();
        let right = right.filter(|span| !holds(&self.put, **span));
        left.map(|span| span.slice(before))
            .eq(right.map(|span| span.slice(after)))
    }

    fn nodes(&mut self, one: NodeId, other: NodeId) -> bool {
        let (old, new) = (self.before.node(one), self.after.node(other));
        let span = old.span;
        match (&old.kind, &new.kind) {
            (Kind::Scalar(old), Kind::Scalar(new)) if same(old, new) => true,
            (Kind::Mapping(_), Kind::Mapping(_)) => self.members(one, other),
            (Kind::Sequence(_), Kind::Sequence(_)) => {
                let old = self.before.items(one).iter().copied();
                let old: Vec<_> = old
                    .filter(|&id| !holds(&self.replaced, self.before.node(id).span))
                    .collect();
                let new = self.after.items(other).iter().copied();
                let new: Vec<_> = new
                    .filter(|&id| !holds(&self.put, self.after.node(id).span))
                    .collect();
                old.len() == new.len() && old.into_iter().zip(new).all(|(a, b)| self.nodes(a, b))
            }
            (Kind::Scalar(_), _) => self.change(span, touches),
            _ => self.change(span, holds),
        }
    }

    fn change(&mut self, span: Span, named: fn(&[Span], Span) -> bool) -> bool {
        let first = !self.changed.contains(&span);
        self.changed.push(span);
        first && named(&self.replaced, span)
    }

    fn members(&mut self, one: NodeId, other: NodeId) -> bool {
        fn entry(document: &Document<'_>, member: &Member<'_>) -> Span {
            member.key.span.cover(document.node(member.value).span)
        }
        let (before, after) = (self.before, self.after);
        let old = before.members(one).iter();
        let old: Vec<_> = old
            .filter(|member| !holds(&self.replaced, entry(before, member)))
            .collect();
        let new = after.members(other).iter();
        let new: Vec<_> = new
            .filter(|member| !holds(&self.put, entry(after, member)))
            .collect();
        old.len() == new.len()
            && old.into_iter().zip(new).all(|(old, new)| {
                let same_key = old.key.text == new.key.text && old.key.value == new.key.value;
                (same_key || self.change(old.key.span, touches)) && self.nodes(old.value, new.value)
            })
    }
}

fn same(old: &Scalar<'_>, new: &Scalar<'_>) -> bool {
    let not_a_number = |value: &Value| matches!(value, Value::Float(number) if number.is_nan());
    old.text == new.text
        && (old.value == new.value || (not_a_number(&old.value) && not_a_number(&new.value)))
}

/// Whether one of the edits replaces all of a span.
fn holds(edits: &[Span], span: Span) -> bool {
    edits
        .iter()
        .any(|edit| !edit.is_empty() && edit.contains(span))
}

/// Whether one of the edits reaches into a span, or stands at its very end.
fn touches(edits: &[Span], span: Span) -> bool {
    edits
        .iter()
        .any(|edit| edit.start <= span.end && span.start <= edit.end)
}
