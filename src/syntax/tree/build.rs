//! Putting a [`Document`] together and changing it. Must not read what stands in it.

use std::borrow::Cow;

use super::{Block, Children, Document, Key, Kind, Member, Node, NodeId, Scalar};
use crate::dialect::Value;
use crate::text::{SourceId, Span};

impl<'s> Document<'s> {
    /// As [`Self::empty`], with room for as many nodes and members as most pages have.
    pub(in crate::syntax) fn with_room_for_a_page(block: Block, source: SourceId) -> Self {
        let empty = Self::empty(block, source);
        let mut nodes = Vec::with_capacity(48);
        nodes.extend(empty.nodes);
        Self {
            nodes,
            items: Vec::with_capacity(16),
            members: Vec::with_capacity(32),
            ..empty
        }
    }

    /// Adds a scalar.
    pub fn push_scalar(&mut self, scalar: Scalar<'s>, span: Span, source: SourceId) -> NodeId {
        self.push(Node {
            kind: Kind::Scalar(scalar),
            span,
            source,
        })
    }

    /// Adds a sequence of nodes that are in the arena already.
    pub fn push_sequence(&mut self, items: &[NodeId], span: Span, source: SourceId) -> NodeId {
        let start = self.items.len();
        self.items.extend_from_slice(items);
        let kind = Kind::Sequence(children(start, self.items.len()));
        self.push(Node { kind, span, source })
    }

    /// Adds a mapping of nodes that are in the arena already. Its keys must be unique.
    pub fn push_mapping(
        &mut self,
        members: impl IntoIterator<Item = Member<'s>>,
        span: Span,
        source: SourceId,
    ) -> NodeId {
        let start = self.members.len();
        self.members.extend(members);
        let kind = Kind::Mapping(children(start, self.members.len()));
        self.push(Node { kind, span, source })
    }

    /// Adds a second handle on a node's content at another place: an alias. Children are shared,
    /// not copied, so the cost is that of one node.
    pub fn push_alias(&mut self, target: NodeId, span: Span, source: SourceId) -> NodeId {
        let kind = self.node(target).kind.clone();
        self.push(Node { kind, span, source })
    }

    /// Leaves those members of a mapping that are wanted. Aliases of it keep theirs.
    pub(in crate::syntax) fn retain_members(
        &mut self,
        id: NodeId,
        wanted: impl FnMut(&Member<'s>) -> bool,
    ) {
        let mut members = self.members(id).to_vec();
        members.retain(wanted);
        let start = self.members.len();
        self.members.extend(members);
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.kind = Kind::Mapping(children(start, self.members.len()));
        }
    }

    /// Gives a key of a mapping another text; its place stays.
    pub fn rename_member(&mut self, mapping: NodeId, index: usize, text: String) {
        if let Kind::Mapping(children) = self.node(mapping).kind
            && let Some(member) = self.members[children.range()].get_mut(index)
        {
            member.key.text = Cow::Owned(text);
        }
    }

    /// Gives a scalar another type: some generators read a field in a way of their own. Anything
    /// but a scalar stays as it is.
    pub fn set_value(&mut self, id: NodeId, value: Value) {
        if let Some(Node {
            kind: Kind::Scalar(scalar),
            ..
        }) = self.nodes.get_mut(id.0 as usize)
        {
            scalar.value = value;
        }
    }

    /// Puts the content of another node in place of a node's own; its place stays.
    pub fn replace_content(&mut self, id: NodeId, with: NodeId) {
        let kind = self.node(with).kind.clone();
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.kind = kind;
        }
    }

    /// Copies a node of another document with all below it, sources kept; texts are borrowed from
    /// that document. The depth is bounded by the parsers.
    pub fn import(&mut self, other: &'s Document<'s>, id: NodeId) -> NodeId {
        let node = other.node(id);
        match &node.kind {
            Kind::Scalar(scalar) => {
                let scalar = Scalar {
                    text: Cow::Borrowed(scalar.text.as_ref()),
                    style: scalar.style,
                    value: scalar.value.clone(),
                };
                self.push_scalar(scalar, node.span, node.source)
            }
            // The places of all children are taken before those of what is below them.
            Kind::Sequence(_) => {
                let items = other.items(id);
                let start = self.items.len();
                self.items.extend_from_slice(items);
                for (place, &item) in (start..).zip(items) {
                    let item = self.import(other, item);
                    if let Some(place) = self.items.get_mut(place) {
                        *place = item;
                    }
                }
                let kind = Kind::Sequence(children(start, start + items.len()));
                self.push(Node { kind, ..*node })
            }
            Kind::Mapping(_) => {
                let members = other.members(id);
                let start = self.members.len();
                self.members.extend(members.iter().map(|member| Member {
                    key: member.key.borrowed(),
                    value: member.value,
                }));
                for (place, member) in (start..).zip(members) {
                    let value = self.import(other, member.value);
                    if let Some(member) = self.members.get_mut(place) {
                        member.value = value;
                    }
                }
                let kind = Kind::Mapping(children(start, start + members.len()));
                self.push(Node { kind, ..*node })
            }
        }
    }

    /// The same document with every text its own, so that it can outlive its source.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        let own = |text: Cow<'s, str>| Cow::Owned(text.into_owned());
        Document {
            nodes: self
                .nodes
                .into_iter()
                .map(|node| Node {
                    kind: match node.kind {
                        Kind::Scalar(scalar) => Kind::Scalar(Scalar {
                            text: own(scalar.text),
                            style: scalar.style,
                            value: scalar.value,
                        }),
                        Kind::Sequence(children) => Kind::Sequence(children),
                        Kind::Mapping(children) => Kind::Mapping(children),
                    },
                    span: node.span,
                    source: node.source,
                })
                .collect(),
            items: self.items,
            members: self
                .members
                .into_iter()
                .map(|member| Member {
                    key: Key {
                        text: own(member.key.text),
                        ..member.key
                    },
                    value: member.value,
                })
                .collect(),
            root: self.root,
            block: self.block,
            comments: self.comments,
        }
    }

    fn push(&mut self, node: Node<'s>) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }
}

fn children(start: usize, end: usize) -> Children {
    Children {
        start: u32::try_from(start).unwrap_or(u32::MAX),
        len: u32::try_from(end - start).unwrap_or(u32::MAX),
    }
}
