//! Defaults laid under a page: which values of the configuration the page's own leave standing.
//!
//! The merged defaults are a plan over the configuration's nodes, made once for all pages that
//! the same defaults reach; only what a page takes of it is imported.

use std::sync::OnceLock;

use foldhash::HashMap;

use crate::syntax::{Document, Key, Kind, Member, NodeId, pointer};
use crate::text::{SourceId, Span};

/// What laying the defaults under a page brought about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The mappings that are half the page's and half a default's.
    pub mixed: Vec<MixedMapping>,
}

/// A mapping to which both the page and a default give values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedMapping {
    /// RFC 6901 pointer to the mapping in the effective front matter.
    pub pointer: String,
    /// The keys with a value that the page gives.
    pub own: Vec<MixedKey>,
    /// The keys with a value that a default fills in.
    pub filled: Vec<MixedKey>,
}

/// One key of a [`MixedMapping`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedKey {
    /// The key's text.
    pub key: String,
    /// The key's bytes.
    pub span: Span,
    /// The file `span` counts in.
    pub source: SourceId,
}

impl MixedKey {
    fn new(key: &Key<'_>) -> Self {
        Self {
            key: key.text.clone().into_owned(),
            span: key.span,
            source: key.source,
        }
    }
}

/// A mapping merged of several in the configuration.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    members: Vec<Planned>,
    index: HashMap<Box<str>, usize>,
}

/// A member of a [`Merged`] mapping.
#[derive(Clone, Debug)]
struct Planned {
    /// The mapping of the configuration that gave the key, and the key's place in it.
    key: (NodeId, usize),
    value: Plan,
    /// The value as a mapping for a page's to be laid over it, where it stands in the
    /// configuration as it is.
    as_mapping: OnceLock<Box<Merged>>,
}

#[derive(Clone, Debug)]
enum Plan {
    /// A value as it stands in the configuration.
    Node(NodeId),
    /// Mappings merged; the node is the one that won.
    Mapping(NodeId, Box<Merged>),
}

impl Merged {
    /// Merges a mapping of the configuration into this one, over it where `wins`. A null never
    /// stands over a value.
    pub(super) fn add(&mut self, config: &Document<'_>, mapping: NodeId, wins: bool) {
        for (at, member) in config.members(mapping).iter().enumerate() {
            let fresh = Planned {
                key: (mapping, at),
                value: Plan::Node(member.value),
                as_mapping: OnceLock::new(),
            };
            let known = self.index.get(member.key.text.as_ref()).copied();
            let Some(old) = known.and_then(|at| self.members.get_mut(at)) else {
                self.index
                    .insert(member.key.text.as_ref().into(), self.members.len());
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
    pub(super) fn value(&self, key: &str) -> Option<NodeId> {
        Some(self.get(key)?.value.node())
    }

    fn get(&self, key: &str) -> Option<&Planned> {
        self.members.get(*self.index.get(key)?)
    }
}

impl Plan {
    fn node(&self) -> NodeId {
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
    fn as_mapping(&self, config: &Document<'_>) -> Option<&Merged> {
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

    fn key<'s>(&self, config: &'s Document<'s>) -> Option<Key<'s>> {
        let (mapping, at) = self.key;
        Some(config.members(mapping).get(at)?.key.borrowed())
    }

    fn import<'s>(&self, page: &mut Document<'s>, config: &'s Document<'s>) -> Option<Member<'s>> {
        Some(Member {
            key: self.key(config)?,
            value: self.value.import(page, config),
        })
    }
}

/// Lays `defaults` under the page's root mapping.
pub(super) fn lay_under<'s>(
    page: &mut Document<'s>,
    config: &'s Document<'s>,
    defaults: &Merged,
) -> Effects {
    let mut effects = Effects::default();
    let root = page.root();
    if matches!(page.node(root).kind, Kind::Mapping(_)) && !append(page, root, config, defaults) {
        let root = lay(
            page,
            root,
            config,
            defaults,
            &mut String::new(),
            &mut effects,
        );
        page.set_root(root);
    }
    effects
}

/// Puts the defaults behind the members of the root where the page's own values need none: no null,
/// and no mapping that a default has a part in. Most pages are such. Says whether it did.
fn append<'s>(
    page: &mut Document<'s>,
    root: NodeId,
    config: &'s Document<'s>,
    defaults: &Merged,
) -> bool {
    if defaults.members.len() > 64 {
        return false;
    }
    let mut given = 0_u64;
    for member in page.members(root) {
        let Some(&at) = defaults.index.get(member.key.text.as_ref()) else {
            continue;
        };
        let is_mapping = matches!(page.node(member.value).kind, Kind::Mapping(_));
        if is_mapping || page.is_null(member.value) {
            return false;
        }
        given |= 1 << at;
    }
    let missing = |at: &usize| given & (1 << at) == 0;
    let mut places = [None; 64];
    for at in (0..defaults.members.len()).filter(missing) {
        let planned = defaults.members.get(at);
        let Some(key) = planned.and_then(|planned| planned.key(config)) else {
            continue;
        };
        let place = page.append_member(root, key);
        if place.is_none() {
            return false;
        }
        places[at] = place;
    }
    // What is below the new members comes behind all of them.
    for (planned, place) in defaults.members.iter().zip(places) {
        if let Some(place) = place {
            let value = planned.value.import(page, config);
            page.set_member(place, value);
        }
    }
    true
}

fn lay<'s>(
    page: &mut Document<'s>,
    id: NodeId,
    config: &'s Document<'s>,
    defaults: &Merged,
    at: &mut String,
    effects: &mut Effects,
) -> NodeId {
    let own = page.members(id).len();
    let (mut has, mut filled) = (Vec::new(), Vec::new());
    let mut given = vec![false; defaults.members.len()];
    let mut members = Vec::with_capacity(own + defaults.members.len());
    // The root is no object that a page gives a part of.
    let nested = !at.is_empty();
    let note = |filled: &mut Vec<MixedKey>, planned: &Planned, key: &Key<'_>| {
        if nested && !is_blank(config, planned.value.node()) {
            filled.push(MixedKey::new(key));
        }
    };
    for at_member in 0..own {
        let Some(member) = page.members(id).get(at_member).cloned() else {
            break;
        };
        let known = defaults.index.get(member.key.text.as_ref()).copied();
        if let Some(flag) = known.and_then(|at| given.get_mut(at)) {
            *flag = true;
        }
        let planned = known.and_then(|at| defaults.members.get(at));
        if page.is_null(member.value) {
            let value = planned.filter(|planned| !config.is_null(planned.value.node()));
            match value.and_then(|planned| Some((planned, planned.import(page, config)?))) {
                Some((planned, member)) => {
                    note(&mut filled, planned, &member.key);
                    members.push(member);
                }
                None => members.push(member),
            }
            continue;
        }
        if nested && !is_blank(page, member.value) {
            has.push(MixedKey::new(&member.key));
        }
        let below = planned
            .filter(|_| matches!(page.node(member.value).kind, Kind::Mapping(_)))
            .and_then(|planned| planned.as_mapping(config));
        let value = match below {
            Some(below) => {
                let length = at.len();
                pointer::push(at, &member.key.text);
                let value = lay(page, member.value, config, below, at, effects);
                at.truncate(length);
                value
            }
            None => member.value,
        };
        members.push(Member { value, ..member });
    }
    for (planned, _) in defaults
        .members
        .iter()
        .zip(given)
        .filter(|(_, given)| !given)
    {
        if let Some(member) = planned.import(page, config) {
            note(&mut filled, planned, &member.key);
            members.push(member);
        }
    }
    if !has.is_empty() && !filled.is_empty() {
        effects.mixed.push(MixedMapping {
            pointer: at.clone(),
            own: has,
            filled,
        });
    }
    let (span, source) = (page.node(id).span, page.node(id).source);
    page.push_mapping(members, span, source)
}

/// Whether there is nothing but nulls in a value.
fn is_blank(document: &Document<'_>, id: NodeId) -> bool {
    match document.node(id).kind {
        Kind::Scalar(_) => document.is_null(id),
        Kind::Sequence(_) => document
            .items(id)
            .iter()
            .all(|&item| is_blank(document, item)),
        Kind::Mapping(_) => document
            .members(id)
            .iter()
            .all(|member| is_blank(document, member.value)),
    }
}
