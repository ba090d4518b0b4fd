//! Defaults laid under a page: which values of the configuration the page's own do not replace.
//! Only what a page takes of them is imported.

mod effects;
mod plan;

pub use effects::{Effects, MixedKey, MixedMapping};
pub(in crate::site) use plan::Merged;

use crate::syntax::{Document, Kind, Member, NodeId, pointer};
use plan::Planned;

/// Lays `defaults` under the page's root mapping.
pub(in crate::site) fn lay_under<'s>(
    page: &mut Document<'s>,
    config: &'s Document<'s>,
    defaults: &Merged,
) -> Effects {
    let root = page.root();
    let mut effects = Effects::default();
    if matches!(page.node(root).kind, Kind::Mapping(_)) {
        let at = &mut String::new();
        let root = lay(page, root, config, defaults, at, &mut effects);
        page.set_root(root);
    }
    effects
}

/// A mapping of the page over that of the defaults. `at` is the pointer to it.
fn lay<'s>(
    page: &mut Document<'s>,
    id: NodeId,
    config: &'s Document<'s>,
    defaults: &Merged,
    at: &mut String,
    effects: &mut Effects,
) -> NodeId {
    let mut mixed = MixedMapping {
        pointer: at.clone(),
        own: Vec::new(),
        filled: Vec::new(),
    };
    // The root is no mapping that a page gives a part of.
    let is_nested = !at.is_empty();
    let fills = |planned: &Planned| is_nested && !is_empty(config, planned.value.node());
    let own = page.members(id).to_vec();
    let mut members = Vec::with_capacity(own.len() + defaults.members.len());
    let mut is_given = vec![false; defaults.members.len()];
    for member in own {
        let known = defaults.position(&member.key.text);
        if let Some(flag) = known.and_then(|known| is_given.get_mut(known)) {
            *flag = true;
        }
        if is_nested && !is_empty(page, member.value) {
            mixed.own.push(MixedKey::new(&member.key));
        }
        let planned = known.and_then(|known| defaults.members.get(known));
        let (was_null, before) = (page.is_null(member.value), member.value);
        let member = lay_member(page, member, config, planned, at, effects);
        let is_filled = was_null && member.value != before;
        if planned.is_some_and(|planned| is_filled && fills(planned)) {
            mixed.filled.push(MixedKey::new(&member.key));
        }
        members.push(member);
    }
    let planned = defaults.members.iter().zip(is_given);
    for (planned, _) in planned.filter(|(_, is_given)| !is_given) {
        if let Some(member) = planned.import(page, config) {
            if fills(planned) {
                mixed.filled.push(MixedKey::new(&member.key));
            }
            members.push(member);
        }
    }
    if !mixed.own.is_empty() && !mixed.filled.is_empty() {
        effects.mixed.push(mixed);
    }
    let (span, source) = (page.node(id).span, page.node(id).source);
    page.push_mapping(members, span, source)
}

/// A member of the page over what the defaults have under its key.
fn lay_member<'s>(
    page: &mut Document<'s>,
    member: Member<'s>,
    config: &'s Document<'s>,
    planned: Option<&Planned>,
    at: &mut String,
    effects: &mut Effects,
) -> Member<'s> {
    let Some(planned) = planned else {
        return member;
    };
    if page.is_null(member.value) {
        let is_null = config.is_null(planned.value.node());
        let filled = (!is_null).then(|| planned.import(page, config));
        return filled.flatten().unwrap_or(member);
    }
    let is_mapping = matches!(page.node(member.value).kind, Kind::Mapping(_));
    let Some(below) = planned.as_mapping(config).filter(|_| is_mapping) else {
        return member;
    };
    let length = at.len();
    pointer::push(at, &member.key.text);
    let value = lay(page, member.value, config, below, at, effects);
    at.truncate(length);
    Member { value, ..member }
}

/// Whether there is nothing but nulls in a value.
fn is_empty(document: &Document<'_>, id: NodeId) -> bool {
    match document.node(id).kind {
        Kind::Scalar(_) => document.is_null(id),
        Kind::Sequence(_) => document
            .items(id)
            .iter()
            .all(|&item| is_empty(document, item)),
        Kind::Mapping(_) => document
            .members(id)
            .iter()
            .all(|member| is_empty(document, member.value)),
    }
}
