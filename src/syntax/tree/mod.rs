//! The span arena: one document's front matter as nodes that know their place.
//!
//! Building it is for the parsers; laying a generator's defaults under a page is for `site`,
//! through [`Document::import`] and [`Document::push_mapping`].

mod build;

use std::borrow::Cow;

use super::{Block, pointer};
use crate::dialect::{Style, Value};
use crate::text::{SourceId, Span};

/// A node of one [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The place in the arena, for identity only.
    #[must_use]
    pub fn index(self) -> u32 {
        self.0
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'s> {
    /// What it is.
    pub kind: Kind<'s>,
    /// Its bytes: quotes included, a block scalar from its indicator, a collection to the end of
    /// its last child, an absent value empty just after its colon, an alias the `*name`.
    pub span: Span,
    /// The file `span` counts in: the page's own, or the configuration a default comes from.
    pub source: SourceId,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'s> {
    /// A scalar.
    Scalar(Scalar<'s>),
    /// A list of values, read with [`Document::items`].
    Sequence(Children),
    /// Keys and values, read with [`Document::members`].
    Mapping(Children),
}

/// A scalar with its text and the type the dialect gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar<'s> {
    /// The text after unquoting and folding, borrowed where no escape stands in the way.
    pub text: Cow<'s, str>,
    /// How it was written.
    pub style: Style,
    /// What the generator's parser makes of it.
    pub value: Value,
}

/// A run of items or members in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Children {
    start: u32,
    len: u32,
}

impl Children {
    /// How many children there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<'s> {
    /// The text after unquoting; a key that is no string keeps its source text.
    pub text: Cow<'s, str>,
    /// Its bytes, quotes included.
    pub span: Span,
    /// The file `span` counts in.
    pub source: SourceId,
    /// What the generator's parser makes of the key (`on` is `true` to some).
    pub value: Value,
}

impl Key<'_> {
    /// The same key, its text borrowed from this one.
    #[must_use]
    pub fn borrowed(&self) -> Key<'_> {
        Key {
            text: Cow::Borrowed(self.text.as_ref()),
            span: self.span,
            source: self.source,
            value: self.value.clone(),
        }
    }
}

/// A key and its value. Within one mapping keys are unique: of duplicates the last stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'s> {
    /// The key.
    pub key: Key<'s>,
    /// The value.
    pub value: NodeId,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file both spans count in.
    pub source: SourceId,
    /// The key; `None` for the root and for list items.
    pub key: Option<Span>,
    /// The value.
    pub value: Span,
}

impl Place {
    /// Key and value together.
    #[must_use]
    pub fn entry(self) -> Span {
        self.key.map_or(self.value, |key| key.cover(self.value))
    }
}

/// One file's front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'s> {
    nodes: Vec<Node<'s>>,
    items: Vec<NodeId>,
    members: Vec<Member<'s>>,
    root: NodeId,
    /// Where the front matter stands in its file.
    pub block: Block,
    /// The comments in the block, from `#` to before the line break, in order.
    pub comments: Vec<Span>,
}

impl<'s> Document<'s> {
    /// A document whose root is an empty mapping, to be filled by a parser.
    #[must_use]
    pub fn empty(block: Block, source: SourceId) -> Self {
        let root = Node {
            kind: Kind::Mapping(Children { start: 0, len: 0 }),
            span: Span::empty(block.content.start),
            source,
        };
        Self {
            nodes: vec![root],
            items: Vec::new(),
            members: Vec::new(),
            root: NodeId(0),
            block,
            comments: Vec::new(),
        }
    }

    /// The root value; a mapping in all but broken documents.
    #[must_use]
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Makes another node the root.
    pub fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }

    /// A node of this document.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node<'s> {
        &self.nodes[id.0 as usize]
    }

    /// All nodes, as they were made: those of defaults too, and some that nothing leads to any more.
    #[must_use]
    pub fn nodes(&self) -> &[Node<'s>] {
        &self.nodes
    }

    /// The members of all mappings, as [`Self::nodes`] has the nodes.
    #[must_use]
    pub fn all_members(&self) -> &[Member<'s>] {
        &self.members
    }

    /// How many nodes there are, defaults included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Always `false`: there is a root.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The items of a sequence; empty for anything else.
    #[must_use]
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.node(id).kind {
            Kind::Sequence(children) => &self.items[children.range()],
            _ => &[],
        }
    }

    /// The members of a mapping; empty for anything else.
    #[must_use]
    pub fn members(&self, id: NodeId) -> &[Member<'s>] {
        match self.node(id).kind {
            Kind::Mapping(children) => &self.members[children.range()],
            _ => &[],
        }
    }

    /// The member of a mapping with this key.
    #[must_use]
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<&Member<'s>> {
        self.members(mapping)
            .iter()
            .find(|member| member.key.text == key)
    }

    /// The scalar at a node.
    #[must_use]
    pub fn scalar(&self, id: NodeId) -> Option<&Scalar<'s>> {
        match &self.node(id).kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text at a node that is a string to the generator.
    #[must_use]
    pub fn string(&self, id: NodeId) -> Option<&str> {
        self.scalar(id)
            .filter(|scalar| scalar.value == Value::String)
            .map(|scalar| scalar.text.as_ref())
    }

    /// Whether a node is null to the generator.
    #[must_use]
    pub fn is_null(&self, id: NodeId) -> bool {
        self.scalar(id)
            .is_some_and(|scalar| scalar.value == Value::Null)
    }

    /// The node an RFC 6901 pointer names.
    #[must_use]
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        pointer::tokens(pointer).try_fold(self.root, |id, token| self.step(id, &token).map(|s| s.1))
    }

    /// The place an RFC 6901 pointer names.
    #[must_use]
    pub fn locate(&self, pointer: &str) -> Option<Place> {
        let mut key = None;
        let mut id = self.root;
        for token in pointer::tokens(pointer) {
            (key, id) = self.step(id, &token)?;
        }
        let node = self.node(id);
        Some(Place {
            source: node.source,
            // An alias's or a default's value may stand in another file than its key.
            key: key
                .filter(|key: &&Key<'_>| key.source == node.source)
                .map(|key| key.span),
            value: node.span,
        })
    }

    /// The member or item that one reference token of a pointer names.
    #[must_use]
    pub fn child(&self, id: NodeId, token: &str) -> Option<NodeId> {
        self.step(id, token).map(|step| step.1)
    }

    fn step(&self, id: NodeId, token: &str) -> Option<(Option<&Key<'s>>, NodeId)> {
        if matches!(self.node(id).kind, Kind::Mapping(_)) {
            let member = self.get(id, token)?;
            Some((Some(&member.key), member.value))
        } else {
            let index: usize = token.parse().ok()?;
            Some((None, *self.items(id).get(index)?))
        }
    }
}
