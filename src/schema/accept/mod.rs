//! A short way to say that a document satisfies its schema. Most pages do, and the validator takes
//! long to find it out.
//!
//! Knows the common keywords only; what has no subschema below it and is rare is left to the
//! validator's own keywords. Says yes or nothing: where it does not say yes, the validator decides
//! and [`super::explain`] finds the words. Never says yes where the validator says no.

mod check;
mod compile;
mod keys;
mod pattern;
mod references;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::sync::Arc;

use jsonschema::json::{Array as _, Node as _, Object as _};

use super::format_keyword::Format;
use super::instance::{Mapping, Node, Page, Sequence};
use super::resources::Resources;
use check::{ArrayCheck, Branch, Check, ObjectCheck};

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
            is_unsure: Cell::new(false),
        };
        walk.holds(&self.root, page.root()) && !walk.is_unsure.get()
    }
}

/// One document on its way through the checks.
struct Walk<'a> {
    page: &'a Page<'a>,
    /// Whether an answer was a guess. A no may have been turned into a yes by `not` since.
    is_unsure: Cell<bool>,
}

impl<'a> Walk<'a> {
    fn holds(&self, check: &Check, node: Node<'a>) -> bool {
        if !check
            .types
            .contains_value_type::<super::instance::Tree>(&node)
        {
            return false;
        }
        let holds = if let Some(mapping) = node.as_object() {
            check
                .object
                .as_ref()
                .is_none_or(|check| self.members_hold(check, mapping))
        } else if let Some(sequence) = node.as_array() {
            check
                .array
                .as_ref()
                .is_none_or(|check| self.items_hold(check, sequence))
        } else {
            self.text_holds(check, node)
        };
        holds
            && check
                .other
                .as_ref()
                .is_none_or(|other| self.sure(other.judge(node)))
            && check.all.iter().all(|part| self.holds(part, node))
            && check
                .branches
                .iter()
                .all(|branch| self.branch_holds(branch, node))
    }

    fn text_holds(&self, check: &Check, node: Node<'a>) -> bool {
        let matches = |pattern: &pattern::Pattern| self.sure(pattern.matches(node));
        check.pattern.as_ref().is_none_or(matches)
            && match check.format {
                None => true,
                Some(Format::Path) => self.sure(self.is_there(node)),
                Some(format) => format.check(&node).is_ok(),
            }
    }

    /// Whether a path leads to a file; to ask no further is left to the validator, since what is
    /// missing is counted.
    fn is_there(&self, node: Node<'a>) -> Option<bool> {
        let Some(path) = node.as_string() else {
            return Some(true);
        };
        self.page.paths.is_surely_there(&path).then_some(true)
    }

    fn members_hold(&self, check: &ObjectCheck, mapping: Mapping<'a>) -> bool {
        let mut missing = check.required;
        for (name, value) in mapping.members() {
            let key = check.keys.find(name);
            let mut is_known = false;
            if let Some(key) = key {
                missing &= !key.required;
                if let Some(check) = &key.check {
                    is_known = true;
                    if !self.holds(check, value) {
                        return false;
                    }
                }
            }
            for (pattern, check) in &check.patterns {
                if self.sure(pattern.matches(Node::Name(name))) {
                    is_known = true;
                    if !self.holds(check, value) {
                        return false;
                    }
                }
            }
            if let (false, Some(check)) = (is_known, &check.additional)
                && !self.holds(check, value)
            {
                return false;
            }
        }
        missing == 0
    }

    fn items_hold(&self, check: &ArrayCheck, sequence: Sequence<'a>) -> bool {
        let fits = check.len.contains(&sequence.len());
        fits && sequence.elements().enumerate().all(|(index, item)| {
            let check = check.prefix.get(index).or(check.items.as_ref());
            check.is_none_or(|check| self.holds(check, item))
        })
    }

    fn branch_holds(&self, branch: &Branch, node: Node<'a>) -> bool {
        match branch {
            Branch::Any(parts) => parts.iter().any(|part| self.holds(part, node)),
            Branch::One(parts) => {
                let mut fitting = parts.iter().filter(|part| self.holds(part, node));
                fitting.next().is_some() && fitting.next().is_none()
            }
            Branch::Not(part) => !self.holds(part, node),
            Branch::If {
                condition,
                then,
                otherwise,
            } => {
                let next = if self.holds(condition, node) {
                    then
                } else {
                    otherwise
                };
                next.as_ref().is_none_or(|next| self.holds(next, node))
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
