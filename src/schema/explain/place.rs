//! From pointers to nodes, keys and spans.

use std::collections::HashMap;

use crate::syntax::{Document, Key, NodeId, pointer};
use crate::text::{SourceId, Span};

/// A mapping of this many members or more is searched through an index.
const LARGE: usize = 64;

/// A node with the key it stands under.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// The node.
    pub(super) id: NodeId,
    /// Its key; `None` for the root and for list items.
    pub(super) key: Option<&'a Key<'a>>,
}

/// Finds nodes by pointer, quickly even where one mapping has very many findings.
pub(super) struct Finder<'a> {
    document: &'a Document<'a>,
    indexes: HashMap<NodeId, HashMap<&'a str, usize>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        Self {
            document,
            indexes: HashMap::new(),
        }
    }

    /// The node at a pointer.
    pub(super) fn find(&mut self, pointer: &str) -> Option<Found<'a>> {
        let root = Found {
            id: self.document.root(),
            key: None,
        };
        pointer::tokens(pointer).try_fold(root, |found, token| self.step(found.id, &token))
    }

    /// A member of a mapping or an item of a list.
    pub(super) fn step(&mut self, id: NodeId, token: &str) -> Option<Found<'a>> {
        let members = self.document.members(id);
        if members.is_empty() {
            let index: usize = token.parse().ok()?;
            let id = *self.document.items(id).get(index)?;
            return Some(Found { id, key: None });
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
        Some(Found {
            id: member.value,
            key: Some(&member.key),
        })
    }
}

/// A place to underline, with what is to be said there.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) source: SourceId,
    pub(super) span: Span,
    pub(super) label: &'static str,
}

/// Where a value is wrong. An absent one is an empty place just after its colon.
pub(super) fn of_value(document: &Document<'_>, found: Found<'_>) -> Spot {
    let node = document.node(found.id);
    match found.key {
        Some(_) if node.span.is_empty() => Spot {
            source: node.source,
            span: node.span,
            label: "no value stands here",
        },
        None if node.span.is_empty() && found.id == document.root() => opening(document),
        _ => Spot {
            source: node.source,
            span: node.span,
            label: "",
        },
    }
}

/// Where a key is wrong.
pub(super) fn of_key(key: &Key<'_>) -> Spot {
    Spot {
        source: key.source,
        span: key.span,
        label: "",
    }
}

/// Where a mapping lacks a key: at its own key, at the first key of a list item, at the opening
/// fence for the root.
pub(super) fn of_gap(document: &Document<'_>, mapping: Found<'_>) -> Spot {
    if mapping.id == document.root() {
        return opening(document);
    }
    if let Some(key) = mapping.key {
        return of_key(key);
    }
    match document.members(mapping.id).first() {
        Some(first) => of_key(&first.key),
        None => of_value(document, mapping),
    }
}

fn opening(document: &Document<'_>) -> Spot {
    Spot {
        source: document.node(document.root()).source,
        span: document.block.open,
        label: "",
    }
}
