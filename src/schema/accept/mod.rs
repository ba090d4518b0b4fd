//! A short way to say whether a document satisfies its schema. Most pages do, and the validator
//! takes long to find it out.
//!
//! Knows the common keywords only; what has no subschema below it and is rare is left to the
//! validator's own keywords. Never says yes where the validator says no. Where it says no, or
//! nothing, the validator is asked, and [`super::explain`] finds the words.
//!
//! A schema is compiled in two steps: [`compile`] reads what it asks, and puts together what is said
//! of one value as far as possible; [`finish`] makes of it what is checked, so that most values are
//! looked at once.

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
use crate::syntax::{self, Document, Kind, Member, NodeId};
use asked::Branch;
use check::{ArrayCheck, Check, Further, ObjectCheck, TextCheck};
use memchr::memchr3;
use pattern::Pattern;
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

    /// Whether the document satisfies the schema; `None` where that is not certain.
    pub(super) fn judge(&self, page: &Page<'_>) -> Option<bool> {
        let walk = Walk {
            page,
            document: page.document,
            is_unsure: Cell::new(false),
            steps: Cell::new(1_000 + 50 * page.document.len()),
        };
        let holds = walk.holds(&self.root, page.document.root());
        (!walk.is_unsure.get()).then_some(holds)
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

    #[inline]
    fn node_holds(&self, check: &Check, id: NodeId, node: &syntax::Node<'_>, of: Type) -> bool {
        check.free.has(of)
            || check.types.has(of)
                && match of {
                    Type::Object => self.mapping_holds(check, id),
                    Type::Array => self.list_holds(check, id),
                    Type::String => self.text_holds(check, id, node),
                    _ => self.further_holds(check, id),
                }
    }

    #[inline(never)]
    fn text_holds(&self, check: &Check, id: NodeId, node: &syntax::Node<'_>) -> bool {
        let Kind::Scalar(scalar) = &node.kind else {
            return false;
        };
        let text = &*scalar.text;
        let holds = |asked: &TextCheck| match asked {
            TextCheck::Like(pattern) => self.sure(pattern.matches(text, &self.page.budget, id)),
            TextCheck::Unlike(patterns, suspects) => {
                let lacks = |[a, b, c]: [u8; 3]| memchr3(a, b, c, text.as_bytes()).is_none();
                let differs = |pattern: &Arc<Pattern>| {
                    let matches = pattern.matches(text, &self.page.budget, id);
                    self.sure(matches.map(|matches| !matches))
                };
                suspects.is_some_and(lacks) || patterns.iter().all(differs)
            }
            // To ask no further is left to the validator, since what is missing is counted.
            TextCheck::Path => self.sure(self.page.paths.is_surely_there(text).then_some(true)),
            TextCheck::Format(format) => format_keyword::accepts(*format, scalar, self.page.paths),
        };
        check.text.iter().all(holds) && self.further_holds(check, id)
    }

    #[inline(never)]
    fn mapping_holds(&self, check: &Check, id: NodeId) -> bool {
        let object = check.object.as_ref();
        object.is_none_or(|object| self.members_hold(object, id)) && self.further_holds(check, id)
    }

    fn members_hold(&self, check: &ObjectCheck, id: NodeId) -> bool {
        let hides = check.names_schema_key && id == self.document.root();
        let mut facts = check.at_first;
        for member in self.document.members(id) {
            let name = &*member.key.text;
            if hides && is_schema_key(name) {
                continue;
            }
            let node = self.document.node(member.value);
            let of = Type::of(node);
            let key = check.keys.find(name);
            if let Some(watch) = key.and_then(|key| key.watch.as_ref()) {
                facts = watch.updated(facts, of);
            }
            let holds = match key.and_then(|key| key.check.as_ref()) {
                Some(asked) => {
                    self.node_holds(asked, member.value, node, of)
                        && (check.patterns.is_empty() || self.patterns_hold(check, member, true))
                }
                None => self.unlisted_holds(check, member, id),
            };
            if !holds {
                return false;
            }
        }
        facts & check.all == check.all && check.any.iter().all(|any| facts & any != 0)
    }

    /// What is asked of a member of a mapping that is not listed by name.
    #[inline(never)]
    fn unlisted_holds(&self, check: &ObjectCheck, member: &Member<'_>, mapping: NodeId) -> bool {
        let is_root = mapping == self.document.root();
        is_root && is_schema_key(&member.key.text) || self.patterns_hold(check, member, false)
    }

    /// What is asked of a member beside what is asked of its key by name.
    #[inline(never)]
    fn patterns_hold(&self, check: &ObjectCheck, member: &Member<'_>, is_listed: bool) -> bool {
        let mut is_known = is_listed;
        for (pattern, asked) in &check.patterns {
            let matches = pattern.matches(&member.key.text, &self.page.budget, member.value);
            if self.sure(matches) {
                is_known = true;
                if !self.holds(asked, member.value) {
                    return false;
                }
            }
        }
        let additional = check.additional.as_ref().filter(|_| !is_known);
        additional.is_none_or(|asked| self.holds(asked, member.value))
    }

    #[inline(never)]
    fn list_holds(&self, check: &Check, id: NodeId) -> bool {
        let array = check.array.as_ref();
        array.is_none_or(|array| self.items_hold(array, self.document.items(id)))
            && self.further_holds(check, id)
    }

    fn items_hold(&self, check: &ArrayCheck, items: &[NodeId]) -> bool {
        let holds = |asked: &Check, item: NodeId| {
            let node = self.document.node(item);
            self.node_holds(asked, item, node, Type::of(node))
        };
        let rest = check.rest.as_ref();
        (check.least..=check.most).contains(&items.len())
            && match check.prefix.len() {
                0 => rest.is_none_or(|asked| items.iter().all(|&item| holds(asked, item))),
                _ => self.prefixed_hold(check, items),
            }
    }

    #[inline(never)]
    fn prefixed_hold(&self, check: &ArrayCheck, items: &[NodeId]) -> bool {
        items.iter().enumerate().all(|(index, &item)| {
            let asked = check.prefix.get(index).or(check.rest.as_ref());
            asked.is_none_or(|asked| self.holds(asked, item))
        })
    }

    #[inline]
    fn further_holds(&self, check: &Check, id: NodeId) -> bool {
        let further = check.further.as_ref();
        further.is_none_or(|further| self.looks_again(further, id))
    }

    #[inline(never)]
    fn looks_again(&self, further: &Further, id: NodeId) -> bool {
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

/// Hardly ever asked, and out of the way of what is asked of every member.
#[cold]
fn is_schema_key(name: &str) -> bool {
    name == SCHEMA_KEY
}
