//! Keys that no schema lists and that are slips of a key that one lists.

use std::collections::HashSet;
use std::sync::Arc;

use super::keyword_notes::KeywordNotes;
use super::target::{child, key_target};
use super::{Explainer, Explanation, KeyFault, NearKey, Rank, meant_names, words};
use crate::diagnostic::{RuleId, Severity};
use crate::schema::instance::SCHEMA_KEY;
use crate::schema::known_keys::KnownKeys;
use crate::schema::subschemas::SubschemaId;
use crate::syntax::{Key, Kind, NodeId, pointer};

/// A mapping with more unlisted keys than this holds data, not front matter.
const MOST_UNLISTED: usize = 100;

/// A key that no schema lists and the listed ones that may have been meant.
struct NearMiss {
    pointer: String,
    /// The pointer with `*` for the places in lists.
    pattern: String,
    mapping: NodeId,
    name: String,
    /// The likeliest first; none where the page has them too.
    meant: Vec<String>,
}

/// The keys and indices that lead to a value from the root.
enum ValuePath<'w> {
    Root,
    Member(&'w ValuePath<'w>, &'w str),
    Item(&'w ValuePath<'w>, usize),
}

impl ValuePath<'_> {
    fn pointer(&self) -> String {
        self.with_items(&|pointer, index| pointer::push_index(pointer, index))
    }

    /// The pointer with `*` for the places in lists.
    fn pattern(&self) -> String {
        self.with_items(&|pointer, _| pointer.push_str("/*"))
    }

    fn with_items(&self, push_item: &dyn Fn(&mut String, usize)) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(above, key) => {
                let mut pointer = above.with_items(push_item);
                pointer::push(&mut pointer, key);
                pointer
            }
            Self::Item(above, index) => {
                let mut pointer = above.with_items(push_item);
                push_item(&mut pointer, *index);
                pointer
            }
        }
    }
}

impl<'a> Explainer<'a> {
    /// Warns of keys that are probably misspelt, in mappings that allow any.
    pub(super) fn near_misses(&mut self) {
        let mut misses = Vec::new();
        let level = self.schema.known_keys.root(self.schema.subschemas());
        let root = self.document.root();
        self.walk(root, &level, &ValuePath::Root, &mut misses);
        for miss in misses {
            let pattern = miss.pattern.clone();
            let pointer = self.report_slip(miss);
            self.near_keys.push(NearKey { pattern, pointer });
        }
    }

    /// Warns of a key that is probably misspelt; returns its pointer. `None` where there is nothing to
    /// warn of: no other key was meant, or another finding is about it.
    fn report_slip(&mut self, miss: NearMiss) -> Option<String> {
        let NearMiss {
            pointer,
            mapping,
            name,
            meant,
            ..
        } = miss;
        let mut findings = self.findings.iter();
        if findings.any(|finding| finding.diagnostic.pointer.as_ref() == Some(&pointer)) {
            return None;
        }
        let key = self.finder.step(mapping, &name)?.key?;
        let owner = pointer::split_last(&pointer).map_or("", |(owner, _)| owner);
        let suggestion = self.suggest(mapping, key, owner, &meant)?;
        let message = format!(
            "unknown key {} in {}",
            words::code(&name),
            words::subject(self.document, owner)
        );
        let (rule, target) = (RuleId::UnknownKey, key_target(key));
        let mut explanation = Explanation::new(rule, Rank::Type, target, pointer.clone(), message);
        explanation.key_fault = KeyFault::Unknown;
        explanation.suggest(suggestion);
        self.report(&KeywordNotes::none(self.schema), explanation);
        if let Some(last) = self.findings.last_mut() {
            last.diagnostic.severity = Severity::Warning;
        }
        Some(pointer)
    }

    fn walk(
        &self,
        id: NodeId,
        level: &Arc<KnownKeys>,
        path: &ValuePath<'_>,
        misses: &mut Vec<NearMiss>,
    ) {
        if level.subschemas().is_empty() {
            return;
        }
        let (subschemas, cache) = (self.schema.subschemas(), &self.schema.known_keys);
        match self.document.node(id).kind {
            Kind::Scalar(_) => {}
            Kind::Sequence(_) => {
                let alike = subschemas.items_alike_from(level.subschemas());
                let mut last = Arc::clone(level);
                for (index, &item) in self.document.items(id).iter().enumerate() {
                    if index <= alike {
                        last = cache.item(subschemas, level, index);
                    }
                    if last.subschemas().is_empty() && index >= alike {
                        break;
                    }
                    if matches!(self.document.node(item).kind, Kind::Scalar(_)) {
                        continue;
                    }
                    self.walk(item, &last, &ValuePath::Item(path, index), misses);
                }
            }
            Kind::Mapping(_) => {
                let members = self.document.members(id);
                if !members
                    .iter()
                    .all(|member| level.knows(subschemas, &member.key.text))
                {
                    self.compare_keys(id, level.subschemas(), path, misses);
                }
                for member in members {
                    if self.is_flat(member.value) {
                        continue;
                    }
                    let name = &member.key.text;
                    let below = cache.member(subschemas, level, name);
                    self.walk(member.value, &below, &ValuePath::Member(path, name), misses);
                }
            }
        }
    }

    /// Whether a value is a scalar or a list of scalars, so that there is no key in it.
    fn is_flat(&self, id: NodeId) -> bool {
        let is_scalar = |id| matches!(self.document.node(id).kind, Kind::Scalar(_));
        match self.document.node(id).kind {
            Kind::Scalar(_) => true,
            Kind::Sequence(_) => self.document.items(id).iter().all(|&item| is_scalar(item)),
            Kind::Mapping(_) => false,
        }
    }

    /// Compares the keys of a mapping that no schema lists with those that one lists.
    fn compare_keys(
        &self,
        id: NodeId,
        subschemas: &[SubschemaId],
        path: &ValuePath<'_>,
        misses: &mut Vec<NearMiss>,
    ) {
        let members = self.document.members(id);
        let is_root = id == self.document.root();
        let unlisted_keys: Vec<&Key<'_>> = members
            .iter()
            .map(|member| &member.key)
            .filter(|key| !(is_root && key.text == SCHEMA_KEY))
            .filter(|key| !self.schema.subschemas().knows(subschemas, &key.text))
            .take(MOST_UNLISTED + 1)
            .collect();
        if unlisted_keys.is_empty() || unlisted_keys.len() > MOST_UNLISTED {
            return;
        }
        let known: Vec<&str> = self.schema.subschemas().keys(subschemas).collect();
        let keys = members.iter().map(|member| &member.key);
        let given: HashSet<_> = keys.map(|key| (&*key.text, key.source)).collect();
        for key in unlisted_keys {
            let name: &str = &key.text;
            let near = meant_names::slips_of(name, known.iter().copied());
            if near.is_empty() {
                continue;
            }
            // A key that only a default gives may well be the one that was meant here.
            let is_given = |known: &&str| given.contains(&(*known, key.source));
            let absent = near.into_iter().filter(|known| !is_given(known));
            let mut pattern = path.pattern();
            pointer::push(&mut pattern, name);
            misses.push(NearMiss {
                pointer: child(&path.pointer(), name),
                pattern,
                mapping: id,
                name: name.to_owned(),
                meant: absent.map(str::to_owned).collect(),
            });
        }
    }
}
