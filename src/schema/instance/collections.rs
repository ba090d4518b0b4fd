//! Mappings and lists as the validator walks them.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use jsonschema::json;

use super::compare::Hashed;
use super::{Name, Node, Page, SCHEMA_KEY, Tree};
use crate::syntax::{Member, NodeId};

/// A mapping of this many members or more is compared through an index.
const LARGE: usize = 32;

/// Keys compared that count as one step of the budget.
const KEYS_A_STEP: usize = 8;

/// A mapping; at the root, without `$schema`.
#[derive(Clone, Copy)]
pub(in crate::schema) struct Mapping<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) id: NodeId,
    pub(super) members: &'a [Member<'a>],
    /// Whether `$schema` is to be left out.
    pub(super) hides: bool,
}

impl<'a> Mapping<'a> {
    fn child(&self, member: &Member<'_>) -> Node<'a> {
        Node::Value {
            page: self.page,
            id: member.value,
        }
    }

    /// The members, uncounted.
    pub(super) fn visible(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let members = self.members.iter();
        let visible = members.filter(|member| !self.is_hidden(&member.key.text));
        visible.map(|member| (&*member.key.text, self.child(member)))
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hides && name == SCHEMA_KEY
    }

    /// A lookup by key that stays quick when it is asked for every key of a large mapping.
    pub(super) fn lookup(self) -> impl Fn(&str) -> Option<Node<'a>> {
        let index: Option<HashMap<&str, &Member<'_>>> = (self.members.len() >= LARGE).then(|| {
            let entry = |member: &'a Member<'a>| (member.key.text.as_ref(), member);
            self.members.iter().map(entry).collect()
        });
        move |name| {
            let member = match &index {
                Some(index) => index.get(name).copied(),
                None => self.members.iter().find(|member| member.key.text == name),
            };
            member
                .filter(|_| !self.is_hidden(name))
                .map(|member| self.child(member))
        }
    }
}

impl<'a> json::Object<'a, Tree> for Mapping<'a> {
    type Node = Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.members.len() - usize::from(self.hides)
    }

    fn get(&self, key: &Box<str>) -> Option<Node<'a>> {
        if self.is_hidden(key) {
            return None;
        }
        self.page
            .budget
            .spend(self.id, self.members.len() / KEYS_A_STEP);
        self.members
            .iter()
            .find(|member| *member.key.text == **key)
            .map(|member| self.child(member))
    }

    fn members(&self) -> Members<'a> {
        Members {
            mapping: *self,
            next: 0,
        }
    }

    fn try_for_each_name_node<B>(
        &self,
        (): &mut (),
        mut f: impl FnMut(Node<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.members().try_for_each(|(text, _)| {
            f(Node::Name(&Name {
                text,
                mapping: Some((self.page, self.id)),
            }))
        })
    }
}

/// The members of a [`Mapping`].
pub(in crate::schema) struct Members<'a> {
    mapping: Mapping<'a>,
    next: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let member = self.mapping.members.get(self.next)?;
            self.mapping.page.budget.member(self.mapping.id);
            self.next += 1;
            let name = member.key.text.as_ref();
            if !self.mapping.is_hidden(name) {
                return Some((name, self.mapping.child(member)));
            }
        }
    }
}

/// A list.
#[derive(Clone, Copy)]
pub(in crate::schema) struct Sequence<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) id: NodeId,
    pub(super) items: &'a [NodeId],
}

impl<'a> Sequence<'a> {
    fn child(&self, id: NodeId) -> Node<'a> {
        Node::Value {
            page: self.page,
            id,
        }
    }

    /// The items, uncounted.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'a>> {
        self.items.iter().map(|&id| self.child(id))
    }

    /// The first item that equals an earlier one, and that earlier one, by index.
    pub(in crate::schema) fn duplicate(&self) -> Option<(usize, usize)> {
        #[expect(
            clippy::mutable_key_type,
            reason = "hashed by the document, which stays as it is"
        )]
        let mut seen = HashMap::new();
        self.items.iter().enumerate().find_map(|(index, &id)| {
            let first = *seen.entry(Hashed(self.child(id))).or_insert(index);
            (first != index).then_some((first, index))
        })
    }
}

impl<'a> json::Array<'a, Tree> for Sequence<'a> {
    type Node = Node<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> Elements<'a> {
        Elements {
            sequence: *self,
            next: 0,
        }
    }

    fn is_unique(&self) -> bool {
        #[expect(
            clippy::mutable_key_type,
            reason = "hashed by the document, which stays as it is"
        )]
        let mut seen = HashSet::new();
        self.items.len() < 2 || self.elements().all(|item| seen.insert(Hashed(item)))
    }
}

/// The items of a [`Sequence`].
pub(in crate::schema) struct Elements<'a> {
    sequence: Sequence<'a>,
    next: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let id = *self.sequence.items.get(self.next)?;
        self.sequence.page.budget.step(self.sequence.id);
        self.next += 1;
        Some(self.sequence.child(id))
    }
}
