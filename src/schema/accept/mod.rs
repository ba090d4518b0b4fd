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
mod simple;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::sync::Arc;

use jsonschema::JsonType;
use jsonschema::json::Node as _;

use super::format_keyword::Format;
use super::instance::{Mapping, Node, Page, Tree, type_of};
use super::resources::Resources;
use crate::syntax::{Kind, NodeId, Scalar};
use check::{ArrayCheck, Branch, Check, Further, ObjectCheck, TextCheck};
use pattern::Pattern;

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
        walk.holds(&self.root, page.document.root()) && !walk.is_unsure.get()
    }
}

/// One document on its way through the checks.
struct Walk<'a> {
    page: &'a Page<'a>,
    /// Whether an answer was a guess. A no may have been turned into a yes by `not` since.
    is_unsure: Cell<bool>,
}

impl<'a> Walk<'a> {
    fn holds(&self, check: &Check, id: NodeId) -> bool {
        let node = Node::Value {
            page: self.page,
            id,
        };
        let holds = match &self.page.document.node(id).kind {
            Kind::Scalar(scalar) => self.scalar_holds(check, scalar, node),
            Kind::Mapping(_) => {
                let mapping = || self.page.mapping(id);
                let asked = check.object.as_ref();
                check.types.contains(JsonType::Object)
                    && asked.is_none_or(|check| self.members_hold(check, mapping()))
            }
            Kind::Sequence(_) => {
                let items = self.page.document.items(id);
                let asked = check.array.as_ref();
                check.types.contains(JsonType::Array)
                    && asked.is_none_or(|check| self.items_hold(check, items))
            }
        };
        let further = || check.further.as_ref();
        holds && further().is_none_or(|further| self.further_holds(further, id, node))
    }

    fn further_holds(&self, further: &Further, id: NodeId, node: Node<'a>) -> bool {
        let other = further.other.as_ref();
        other.is_none_or(|other| self.sure(other.judge(node)))
            && further.all.iter().all(|part| self.holds(part, id))
            && further
                .branches
                .iter()
                .all(|branch| self.branch_holds(branch, id))
    }

    fn scalar_holds(&self, check: &Check, scalar: &Scalar<'_>, node: Node<'a>) -> bool {
        match type_of(&scalar.value) {
            JsonType::Number => check.types.contains_value_type::<Tree>(&node),
            JsonType::String => {
                let asked = check.text.as_ref();
                check.types.contains(JsonType::String)
                    && asked.is_none_or(|check| self.text_holds(check, node))
            }
            other => check.types.contains(other),
        }
    }

    fn text_holds(&self, check: &TextCheck, node: Node<'a>) -> bool {
        let matches = |pattern: &Pattern| self.sure(pattern.matches(node));
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
        let mut awaited = check.awaited;
        for (name, value) in mapping.ids() {
            if awaited == 0 {
                break;
            }
            let mut is_known = false;
            if let Some(key) = check.keys.find(name) {
                awaited -= 1;
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

    fn items_hold(&self, check: &ArrayCheck, items: &[NodeId]) -> bool {
        let fits = check.len.contains(&items.len());
        fits && items.iter().enumerate().all(|(index, &item)| {
            let check = check.prefix.get(index).or(check.items.as_ref());
            check.is_none_or(|check| self.holds(check, item))
        })
    }

    fn branch_holds(&self, branch: &Branch, id: NodeId) -> bool {
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
