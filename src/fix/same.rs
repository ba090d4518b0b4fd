//! Whether an edit changed what it names and nothing else: the tree before against the tree after.

use std::collections::BTreeSet;

use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId, Scalar};
use crate::text::Span;

use super::edits::{Edits, Places};

/// One front matter and its text.
pub(super) struct Tree<'a> {
    pub(super) document: Document<'a>,
    pub(super) text: &'a str,
}

/// What edits changed beside what they name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Others {
    /// Nothing: every other value, key and comment is the same in both.
    Same,
    /// These values or keys are named, but are read in other places as well. An edit of one of them
    /// does so in any company.
    Shared(Vec<Span>),
    /// Something.
    Changed,
}

/// Compares every value, key and comment that the edits do not name.
pub(super) fn compare_others(before: &Tree<'_>, after: &Tree<'_>, edits: &Edits<'_>) -> Others {
    let mut comparison = Comparison {
        before: &before.document,
        after: &after.document,
        text: before.text,
        replaced: edits.before(),
        put: edits.after(),
        changed: BTreeSet::new(),
        shared: Vec::new(),
        aliases: BTreeSet::new(),
    };
    let same = comparison.comments(before.text, after.text)
        && comparison.nodes(before.document.root(), after.document.root())
        && comparison.find_anchors();
    match (same, comparison.shared) {
        (false, _) => Others::Changed,
        (true, shared) if shared.is_empty() => Others::Same,
        (true, shared) => Others::Shared(shared),
    }
}

struct Comparison<'a, 'd> {
    before: &'a Document<'d>,
    after: &'a Document<'d>,
    /// The text of `before`.
    text: &'a str,
    replaced: Places,
    put: Places,
    /// The values that were changed.
    changed: BTreeSet<Span>,
    /// Those of them that were met again: they are read through an alias or a merge, and so change
    /// what no edit names.
    shared: Vec<Span>,
    /// The names of the aliases whose values changed.
    aliases: BTreeSet<&'a str>,
}

impl<'a> Comparison<'a, '_> {
    fn comments(&self, before: &str, after: &str) -> bool {
        let left = self.before.comments.iter();
        let left = left.filter(|span| !self.replaced.hold(**span));
        let right = self.after.comments.iter();
        let right = right.filter(|span| !self.put.hold(**span));
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
                    .filter(|&id| !self.replaced.hold(self.before.node(id).span))
                    .collect();
                let new = self.after.items(other).iter().copied();
                let new: Vec<_> = new
                    .filter(|&id| !self.put.hold(self.after.node(id).span))
                    .collect();
                old.len() == new.len() && old.into_iter().zip(new).all(|(a, b)| self.nodes(a, b))
            }
            (Kind::Scalar(_), _) => self.change(span, Places::touch),
            _ => self.change(span, Places::hold),
        }
    }

    fn change(&mut self, span: Span, is_named: fn(&Places, Span) -> bool) -> bool {
        if !self.changed.insert(span) {
            self.shared.push(span);
        }
        if is_named(&self.replaced, span) {
            return true;
        }
        let alias = span.slice(self.text).strip_prefix('*');
        self.aliases.extend(alias);
        alias.is_some()
    }

    /// Adds the values that the changed aliases stand for to the shared ones; whether each has one.
    fn find_anchors(&mut self) -> bool {
        if self.aliases.is_empty() {
            return true;
        }
        let mut missing = self.aliases.clone();
        for &span in &self.changed {
            if let Some(name) = anchor(self.text, span)
                && self.aliases.contains(name)
            {
                self.shared.push(span);
                missing.remove(name);
            }
        }
        missing.is_empty()
    }

    fn members(&mut self, one: NodeId, other: NodeId) -> bool {
        fn entry(document: &Document<'_>, member: &Member<'_>) -> Span {
            member.key.span.cover(document.node(member.value).span)
        }
        let (before, after) = (self.before, self.after);
        let old = before.members(one).iter();
        let old: Vec<_> = old
            .filter(|member| !self.replaced.hold(entry(before, member)))
            .collect();
        let new = after.members(other).iter();
        let new: Vec<_> = new
            .filter(|member| !self.put.hold(entry(after, member)))
            .collect();
        old.len() == new.len()
            && old.into_iter().zip(new).all(|(old, new)| {
                let same_key = old.key.text == new.key.text && old.key.value == new.key.value;
                (same_key || self.change(old.key.span, Places::touch))
                    && self.nodes(old.value, new.value)
            })
    }
}

/// The name of the anchor before a value, where there may be a tag in between.
fn anchor(text: &str, value: Span) -> Option<&str> {
    let before = text.get(..value.range().start)?;
    let line = before.rsplit('\n').next()?;
    let mut words = line.split_whitespace().rev();
    words.find(|word| !word.starts_with('!'))?.strip_prefix('&')
}

fn same(old: &Scalar<'_>, new: &Scalar<'_>) -> bool {
    let not_a_number = |value: &Value| matches!(value, Value::Float(number) if number.is_nan());
    old.text == new.text
        && (old.value == new.value || (not_a_number(&old.value) && not_a_number(&new.value)))
}
