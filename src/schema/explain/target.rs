//! From pointers to nodes, keys and spans.

use std::collections::HashMap;

use crate::syntax::{Document, Key, NodeId, pointer};
use crate::text::{SourceId, Span};

/// A mapping of this many members or more is searched through an index.
const LARGE: usize = 64;

/// A node and its key.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyedNode<'a> {
    pub(super) id: NodeId,
    /// Its key; `None` for the root and for list items.
    pub(super) key: Option<&'a Key<'a>>,
}

/// Finds nodes by pointer, quickly even where one mapping has very many findings.
pub(super) struct NodeFinder<'a> {
    document: &'a Document<'a>,
    indexes: HashMap<NodeId, HashMap<&'a str, usize>>,
}

impl<'a> NodeFinder<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        Self {
            document,
            indexes: HashMap::new(),
        }
    }

    /// The node at a pointer.
    pub(super) fn find(&mut self, pointer: &str) -> Option<KeyedNode<'a>> {
        let root = KeyedNode {
            id: self.document.root(),
            key: None,
        };
        pointer::tokens(pointer).try_fold(root, |found, token| self.step(found.id, &token))
    }

    /// A member of a mapping or an item of a list.
    pub(super) fn step(&mut self, id: NodeId, token: &str) -> Option<KeyedNode<'a>> {
        let members = self.document.members(id);
        if members.is_empty() {
            let index: usize = token.parse().ok()?;
            let id = *self.document.items(id).get(index)?;
            return Some(KeyedNode { id, key: None });
        }
        let position = if members.len() < LARGE {
            members.iter().position(|member| member.key.text == token)?
        } else {
            let index = self.indexes.entry(id).or_insert_with(|| {
                let names = members.iter().map(|member| member.key.text.as_ref());
                names.zip(0..).collect()
            });
            *index.get(token)?
        };
        let member = members.get(position)?;
        Some(KeyedNode {
            id: member.value,
            key: Some(&member.key),
        })
    }
}

/// The pointer to a member of what is at a pointer.
pub(super) fn child(pointer: &str, key: &str) -> String {
    let mut child = pointer.to_owned();
    pointer::push(&mut child, key);
    child
}

/// A place to underline, with a few words.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) source: SourceId,
    pub(super) span: Span,
    pub(super) label: &'static str,
}

/// The place of a wrong value. Where there is none it is the empty place after the colon.
pub(super) fn value_target(document: &Document<'_>, found: KeyedNode<'_>) -> Target {
    let node = document.node(found.id);
    match found.key {
        Some(_) if node.span.is_empty() => Target {
            source: node.source,
            span: node.span,
            label: "no value stands here",
        },
        None if node.span.is_empty() && found.id == document.root() => opening_fence(document),
        _ => Target {
            source: node.source,
            span: node.span,
            label: "",
        },
    }
}

/// The place of a wrong key.
pub(super) fn key_target(key: &Key<'_>) -> Target {
    Target {
        source: key.source,
        span: key.span,
        label: "",
    }
}

/// The place where a mapping lacks a key: its own key, the first key of a list item, the opening
/// fence for the root.
pub(super) fn gap_target(document: &Document<'_>, mapping: KeyedNode<'_>) -> Target {
    if mapping.id == document.root() {
        return opening_fence(document);
    }
    if let Some(key) = mapping.key {
        return key_target(key);
    }
    match document.members(mapping.id).first() {
        Some(first) => key_target(&first.key),
        None => value_target(document, mapping),
    }
}

fn opening_fence(document: &Document<'_>) -> Target {
    Target {
        source: document.node(document.root()).source,
        span: document.block.open,
        label: "",
    }
}
