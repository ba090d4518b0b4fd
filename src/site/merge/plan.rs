//! The merged defaults as a plan over the configuration's nodes, made once for all pages that the
//! same defaults reach.

use std::sync::OnceLock;

use foldhash::HashMap;

use crate::syntax::{Document, Key, Kind, Member, NodeId};

/// A mapping merged of several in the configuration.
#[derive(Clone, Debug, Default)]
pub(in crate::site) struct Merged {
    pub(super) members: Vec<Planned>,
    index: HashMap<Box<str>, usize>,
}

/// A member of a [`Merged`] mapping.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// The mapping of the configuration that gave the key, and the key's place in it.
    key: (NodeId, usize),
    pub(super) value: Plan,
    /// The value as a mapping for a page's to be laid over it, where it is a node of the
    /// configuration.
    as_mapping: OnceLock<Box<Merged>>,
}

#[derive(Clone, Debug)]
pub(super) enum Plan {
    /// A value as it is in the configuration.
    Node(NodeId),
    /// Mappings merged; the node is the one that won.
    Mapping(NodeId, Box<Merged>),
}

impl Merged {
    /// Merges a mapping of the configuration into this one, over it where `wins`. A null never
    /// replaces a value.
    pub(in crate::site) fn add(&mut self, config: &Document<'_>, mapping: NodeId, wins: bool) {
        for (at, member) in config.members(mapping).iter().enumerate() {
            let fresh = Planned {
                key: (mapping, at),
                value: Plan::Node(member.value),
                as_mapping: OnceLock::new(),
            };
            let known = self.position(&member.key.text);
            let Some(old) = known.and_then(|at| self.members.get_mut(at)) else {
                let key = member.key.text.as_ref();
                self.index.insert(key.into(), self.members.len());
                self.members.push(fresh);
                continue;
            };
            let is_mapping = |id| matches!(config.node(id).kind, Kind::Mapping(_));
            if is_mapping(old.value.node()) && is_mapping(member.value) {
                old.value.merge(config, member.value, wins);
                if wins {
                    old.key = fresh.key;
                }
            } else {
                let high = if wins { member.value } else { old.value.node() };
                let takes_fresh = wins != config.is_null(high);
                if takes_fresh {
                    *old = fresh;
                }
            }
        }
    }

    /// The node of the configuration that a key has.
    pub(in crate::site) fn value(&self, key: &str) -> Option<NodeId> {
        Some(self.get(key)?.value.node())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Planned> {
        self.members.get(self.position(key)?)
    }

    pub(super) fn position(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }
}

impl Plan {
    pub(super) fn node(&self) -> NodeId {
        match self {
            Self::Node(id) | Self::Mapping(id, _) => *id,
        }
    }

    fn merge(&mut self, config: &Document<'_>, mapping: NodeId, wins: bool) {
        if let Self::Node(id) = *self {
            let mut merged = Merged::default();
            merged.add(config, id, true);
            *self = Self::Mapping(id, Box::new(merged));
        }
        if let Self::Mapping(id, merged) = self {
            merged.add(config, mapping, wins);
            if wins {
                *id = mapping;
            }
        }
    }

    fn import<'s>(&self, page: &mut Document<'s>, config: &'s Document<'s>) -> NodeId {
        match self {
            Self::Node(id) => page.import(config, *id),
            Self::Mapping(id, merged) => {
                let members: Vec<_> = merged
                    .members
                    .iter()
                    .filter_map(|planned| planned.import(page, config))
                    .collect();
                let node = config.node(*id);
                page.push_mapping(members, node.span, node.source)
            }
        }
    }
}

impl Planned {
    /// The value as a merged mapping, for a page's mapping to be laid over it.
    pub(super) fn as_mapping(&self, config: &Document<'_>) -> Option<&Merged> {
        match &self.value {
            Plan::Mapping(_, merged) => Some(merged),
            Plan::Node(id) if matches!(config.node(*id).kind, Kind::Mapping(_)) => {
                let merged = self.as_mapping.get_or_init(|| {
                    let mut merged = Merged::default();
                    merged.add(config, *id, true);
                    Box::new(merged)
                });
                Some(merged)
            }
            Plan::Node(_) => None,
        }
    }

    fn key<'s>(&self, config: &'s Document<'s>) -> Option<&'s Key<'s>> {
        let (mapping, at) = self.key;
        config.members(mapping).get(at).map(|member| &member.key)
    }

    pub(super) fn import<'s>(
        &self,
        page: &mut Document<'s>,
        config: &'s Document<'s>,
    ) -> Option<Member<'s>> {
        Some(Member {
            key: self.key(config)?.borrowed(),
            value: self.value.import(page, config),
        })
    }
}
