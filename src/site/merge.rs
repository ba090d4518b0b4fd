//! Defaults laid under a page: which values of the configuration the page's own leave standing.
//!
//! The merged defaults are a plan over the configuration's nodes, made once for all pages that
//! the same defaults reach; only what a page takes of it is imported.

use std::sync::OnceLock;

use foldhash::HashMap;

use crate::dialect::Value;
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
    /// A bit for each length that a key has; the last for longer ones, too.
    lengths: u64,
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
            let known = self.position(&member.key.text);
            let Some(old) = known.and_then(|at| self.members.get_mut(at)) else {
                self.lengths |= length_bit(&member.key.text);
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
        self.members.get(self.position(key)?)
    }

    fn position(&self, key: &str) -> Option<usize> {
        // Of most keys of a page the length is enough to tell that no default has them.
        let may_have = self.lengths & length_bit(key) != 0;
        may_have.then(|| self.index.get(key).copied())?
    }
}

fn length_bit(key: &str) -> u64 {
    1 << key.len().min(63)
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

    /// Whether anything of a default gets into the value that a page gives its key.
    fn has_part_in(&self, page: &Document<'_>, value: NodeId, config: &Document<'_>) -> bool {
        match &page.node(value).kind {
            Kind::Scalar(scalar) => scalar.value == Value::Null,
            Kind::Sequence(_) => false,
            Kind::Mapping(_) => {
                let below = self.as_mapping(config);
                below.is_some_and(|below| !gives_all(page, value, below))
            }
        }
    }

    fn key<'s>(&self, config: &'s Document<'s>) -> Option<&'s Key<'s>> {
        let (mapping, at) = self.key;
        config.members(mapping).get(at).map(|member| &member.key)
    }

    fn import<'s>(&self, page: &mut Document<'s>, config: &'s Document<'s>) -> Option<Member<'s>> {
        Some(Member {
            key: self.key(config)?.borrowed(),
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
    if matches!(page.node(root).kind, Kind::Mapping(_))
        && !lay_in_place(page, config, defaults, &mut effects)
    {
        let at = &mut String::new();
        let root = lay(page, root, config, defaults, at, &mut effects);
        page.set_root(root);
    }
    effects
}

/// Lays them in the root as it is, where nothing in the page stands behind its members; in most
/// pages nothing does. Says whether it did.
fn lay_in_place<'s>(
    page: &mut Document<'s>,
    config: &'s Document<'s>,
    defaults: &Merged,
    effects: &mut Effects,
) -> bool {
    if defaults.members.len() > 64 {
        return false;
    }
    let root = page.root();
    let mut given = 0_u64;
    // Those of the page's own values that a default has a part in.
    let mut shared = Vec::new();
    for (index, member) in page.members(root).iter().enumerate() {
        let Some(at) = defaults.position(&member.key.text) else {
            continue;
        };
        given |= 1 << at;
        let planned = defaults.members.get(at);
        if planned.is_some_and(|planned| planned.has_part_in(page, member.value, config)) {
            shared.push((index, at));
        }
    }
    let missing = || {
        let all = defaults.members.iter().enumerate();
        all.filter(|(at, _)| given & (1 << at) == 0)
            .map(|(_, planned)| planned)
    };
    let mut first = None;
    for planned in missing() {
        let key = planned.key(config);
        let place = key.and_then(|key| page.append_member(root, key.borrowed()));
        let Some(place) = place else {
            return false;
        };
        first.get_or_insert(place);
    }
    // What is below the members comes behind all of them.
    for (planned, place) in missing().zip(first.unwrap_or_default()..) {
        let value = planned.value.import(page, config);
        page.set_member(place, value);
    }
    for (index, at) in shared {
        if let Some(member) = page.members(root).get(index).cloned() {
            let planned = defaults.members.get(at);
            let member = laid(page, member, config, planned, &mut String::new(), effects);
            page.replace_member(root, index, member);
        }
    }
    true
}

/// A member of the page over what a default has under its key.
fn laid<'s>(
    page: &mut Document<'s>,
    member: Member<'s>,
    config: &'s Document<'s>,
    planned: Option<&Planned>,
    at: &mut String,
    effects: &mut Effects,
) -> Member<'s> {
    let Some(planned) = planned.filter(|it| it.has_part_in(page, member.value, config)) else {
        return member;
    };
    if page.is_null(member.value) {
        let is_null = config.is_null(planned.value.node());
        let filled = (!is_null).then(|| planned.import(page, config));
        return filled.flatten().unwrap_or(member);
    }
    let Some(below) = planned.as_mapping(config) else {
        return member;
    };
    let length = at.len();
    pointer::push(at, &member.key.text);
    let value = lay(page, member.value, config, below, at, effects);
    at.truncate(length);
    Member { value, ..member }
}

/// Whether a mapping of the page surely leaves nothing to the defaults, at any depth.
fn gives_all(page: &Document<'_>, mapping: NodeId, defaults: &Merged) -> bool {
    let given = page.members(mapping).iter().filter(|member| {
        let is_whole = match &page.node(member.value).kind {
            Kind::Scalar(scalar) => scalar.value != Value::Null,
            Kind::Sequence(_) => true,
            Kind::Mapping(_) => false,
        };
        is_whole && defaults.position(&member.key.text).is_some()
    });
    given.count() == defaults.members.len()
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
        let known = defaults.position(&member.key.text);
        if let Some(flag) = known.and_then(|at| given.get_mut(at)) {
            *flag = true;
        }
        let planned = known.and_then(|at| defaults.members.get(at));
        let value = member.value;
        let is_null = page.is_null(value);
        if nested && !is_blank(page, value) {
            has.push(MixedKey::new(&member.key));
        }
        let member = laid(page, member, config, planned, at, effects);
        if let Some(planned) = planned.filter(|_| is_null && member.value != value) {
            note(&mut filled, planned, &member.key);
        }
        members.push(member);
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

#[cfg(test)]
mod tests;
