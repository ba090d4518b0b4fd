//! A short way to say that a document satisfies its schema. Most pages do, and the validator takes
//! long to find it out.
//!
//! Knows the common keywords only; what has no subschema below it and is rare is left to the
//! validator's own keywords. Says yes or nothing: where it does not say yes, the validator decides
//! and [`super::explain`] finds the words. Never says yes where the validator says no.
//!
//! A schema is compiled in two steps: [`compile`] reads what it asks, where all that is said of one
//! value is put together as far as possible; [`finish`] makes of it what is checked, so that most
//! values are looked at once.

mod asked;
mod check;
mod compile;
mod finish;
mod keys;
mod pattern;
mod references;
mod simple;
#[cfg(test)]
mod tests;
mod types;

use std::cell::Cell;
use std::sync::Arc;

use super::format_keyword;
use super::instance::{Node, Page, SCHEMA_KEY};
use super::resources::Resources;
use crate::syntax::{self, Document, Kind, NodeId, Scalar};
use asked::{Branch, Format};
use check::{ArrayCheck, Check, Further, ObjectCheck, TextCheck};
use memchr::memchr3;
use types::Type;

/// What a document is held against first.
pub(super) struct Acceptor {
    root: Arc<Check>,
}

impl Acceptor {
    /// Compiles a schema that is known to be valid; `None` for one that is not made of the common
    /// keywords alone.
    pub(super) fn new(resources: &Resources, assert_formats: bool) -> Option<Self> {
        let root = compile::root(resources, assert_formats)?;
        Some(Self { root })
    }

    /// Whether the document surely satisfies the schema. `false` says nothing.
    pub(super) fn accepts(&self, page: &Page<'_>) -> bool {
        let walk = Walk {
            page,
            document: page.document,
            is_unsure: Cell::new(false),
            steps: Cell::new(1_000 + 50 * page.document.len()),
        };
        walk.holds(&self.root, page.document.root()) && !walk.is_unsure.get()
    }
}

/// One document on its way through the checks.
struct Walk<'a> {
    page: &'a Page<'a>,
    document: &'a Document<'a>,
    /// Whether an answer was a guess. A no may have been turned into a yes by `not` since.
    is_unsure: Cell<bool>,
    /// How many times more a value may be looked at again: subschemas that refer to each other may
    /// ask for more looks than anyone has time for.
    steps: Cell<usize>,
}

impl<'a> Walk<'a> {
    fn holds(&self, check: &Check, id: NodeId) -> bool {
        let node = self.document.node(id);
        self.node_holds(check, id, node, Type::of(node))
    }

    fn node_holds(&self, check: &Check, id: NodeId, node: &syntax::Node<'_>, of: Type) -> bool {
        check.free.has(of) || check.types.has(of) && self.look(check, id, node, of)
    }

    fn look(&self, check: &Check, id: NodeId, node: &syntax::Node<'_>, of: Type) -> bool {
        let holds = match &node.kind {
            Kind::Scalar(scalar) => match &check.text {
                Some(check) if of == Type::String => self.text_holds(check, scalar),
                _ => true,
            },
            Kind::Mapping(_) => match &check.object {
                Some(check) => self.members_hold(check, id),
                None => true,
            },
            Kind::Sequence(_) => match &check.array {
                Some(check) => self.items_hold(check, self.document.items(id)),
                None => true,
            },
        };
        let further = || check.further.as_ref();
        holds && further().is_none_or(|further| self.further_holds(further, id))
    }

    fn text_holds(&self, check: &TextCheck, scalar: &Scalar<'_>) -> bool {
        let text = &*scalar.text;
        let mut like = check.like.iter();
        let mut unlike = check.unlike.iter();
        let lacks = |[a, b, c]: [u8; 3]| memchr3(a, b, c, text.as_bytes()).is_none();
        like.all(|pattern| self.sure(pattern.matches(text)))
            && (check.suspects.is_some_and(lacks)
                || unlike.all(|pattern| self.sure(pattern.matches(text).map(|matches| !matches))))
            && check.formats.iter().all(|format| match format {
                // To ask no further is left to the validator, since what is missing is counted.
                Format::Path => self.sure(self.page.paths.is_surely_there(text).then_some(true)),
                Format::Text(format) => format_keyword::accepts(*format, scalar, self.page.paths),
            })
    }

    fn members_hold(&self, check: &ObjectCheck, id: NodeId) -> bool {
        let is_root = id == self.document.root();
        let mut facts = check.at_first;
        for member in self.document.members(id) {
            let name = &*member.key.text;
            if is_root && name.starts_with('$') && name == SCHEMA_KEY {
                continue;
            }
            let node = self.document.node(member.value);
            let of = Type::of(node);
            let holds = |check: &Check| self.node_holds(check, member.value, node, of);
            let mut is_known = false;
            if let Some(key) = check.keys.find(name) {
                if let Some(watch) = &key.watch {
                    facts = watch.updated(facts, of);
                }
                if let Some(check) = &key.check {
                    is_known = true;
                    if !holds(check) {
                        return false;
                    }
                }
            }
            for (pattern, check) in &check.patterns {
                if self.sure(pattern.matches(name)) {
                    is_known = true;
                    if !holds(check) {
                        return false;
                    }
                }
            }
            if let (false, Some(check)) = (is_known, &check.additional)
                && !holds(check)
            {
                return false;
            }
        }
        facts & check.all == check.all && check.any.iter().all(|any| facts & any != 0)
    }

    fn items_hold(&self, check: &ArrayCheck, items: &[NodeId]) -> bool {
        let fits = check.len.contains(&items.len());
        fits && items.iter().enumerate().all(|(index, &item)| {
            let check = check.prefix.get(index).or(check.rest.as_ref());
            check.is_none_or(|check| self.holds(check, item))
        })
    }

    fn further_holds(&self, further: &Further, id: NodeId) -> bool {
        let Some(steps) = self.steps.get().checked_sub(1) else {
            return self.sure(None);
        };
        self.steps.set(steps);
        let page = self.page;
        let mut rest = further.rest.iter();
        let mut parts = further.parts.iter();
        let mut branches = further.branches.iter();
        rest.all(|rest| self.sure(rest.judge(Node::Value { page, id })))
            && parts.all(|part| self.holds(part, id))
            && branches.all(|branch| self.branch_holds(branch, id))
    }

    fn branch_holds(&self, branch: &Branch<Arc<Check>>, id: NodeId) -> bool {
        match branch {
            Branch::Any(parts) => parts.iter().any(|part| self.holds(part, id)),
            Branch::One(parts) => {
                let mut fitting = parts.iter().filter(|part| self.holds(part, id));
                fitting.next().is_some() && fitting.next().is_none()
            }
            Branch::Not(part) => !self.holds(part, id),
            Branch::If {
                condition,
                then,
                otherwise,
            } => {
                let next = if self.holds(condition, id) {
                    then
                } else {
                    otherwise
                };
                next.as_ref().is_none_or(|next| self.holds(next, id))
            }
        }
    }

    /// An answer, or a guess.
    fn sure(&self, answer: Option<bool>) -> bool {
        answer.unwrap_or_else(|| {
            self.is_unsure.set(true);
            false
        })
    }
}
