//! The schema as a graph of subschemas: which keys each lists, and which subschemas apply to the same
//! value. Built once for a schema, to find where a violated keyword is and which keys are near a
//! misspelt one. It decides nothing about validity.

mod build;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::patterns::Pattern;
use super::resources::{Location, Resources};

/// One subschema of a [`Subschemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SubschemaId(usize);

/// One subschema.
#[derive(Debug, Default)]
struct Subschema {
    at: Option<Location>,
    /// Subschemas of the same value: `allOf`, `$ref`, `then` and their like.
    same: Vec<SubschemaId>,
    properties: HashMap<String, SubschemaId>,
    patterns: Vec<(Pattern, SubschemaId)>,
    additional: Vec<SubschemaId>,
    required: Vec<String>,
    prefix: Vec<SubschemaId>,
    rest: Vec<SubschemaId>,
    closure: OnceLock<Vec<SubschemaId>>,
}

/// Every subschema that validation can reach.
#[derive(Debug, Default)]
pub(super) struct Subschemas {
    subschemas: Vec<Subschema>,
    ids: HashMap<Location, SubschemaId>,
    has_severities: bool,
}

/// A search for the subschemas of one value, from the root, breadth first.
#[derive(Debug)]
pub(super) struct Search {
    /// In the order of the search.
    visited: Vec<Visit>,
    known: HashSet<(usize, SubschemaId)>,
    /// The place in `visited` of the first one whose subschemas were not visited.
    next: usize,
    /// Those of the value itself, with their places in `visited`.
    reached: HashMap<SubschemaId, usize>,
}

/// A subschema that a search has come to.
#[derive(Clone, Copy, Debug)]
struct Visit {
    /// How far below the root the value is to which it applies.
    depth: usize,
    id: SubschemaId,
    /// The place of the visit that led here.
    from: Option<usize>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            visited: vec![Visit {
                depth: 0,
                id: SubschemaId(0),
                from: None,
            }],
            known: HashSet::new(),
            next: 0,
            reached: HashMap::new(),
        }
    }
}

impl Search {
    /// How many pairs of a subschema and a value were visited.
    pub(super) fn len(&self) -> usize {
        self.visited.len()
    }
}

/// Where more subschemas than this apply to one value, none of them counts: each page would go through
/// all of them for each of its keys.
const MOST_OF_ONE_VALUE: usize = 4_000;
/// Pairs of a subschema and a value above the wanted one that are looked at to find the way to it.
const MOST_MET: usize = 20_000;

impl Subschemas {
    /// Walks a schema from its root.
    pub(super) fn new(resources: &Resources) -> Self {
        build::build(resources)
    }

    /// The subschemas of the same value just below the one at a place: what it refers to first.
    pub(super) fn below(&self, location: &Location) -> &[SubschemaId] {
        let subschema = self.ids.get(location).and_then(|&id| self.get(id));
        subschema.map_or(&[], |subschema| &subschema.same)
    }

    /// The root, with all that applies to the same value.
    pub(super) fn root(&self) -> Vec<SubschemaId> {
        if self.subschemas.is_empty() {
            return Vec::new();
        }
        self.closure(SubschemaId(0)).to_vec()
    }

    /// Subschemas with all that applies to the same value.
    pub(super) fn with_closures(&self, ids: &[SubschemaId]) -> Vec<SubschemaId> {
        self.closed(ids.to_vec())
    }

    /// Where a subschema is in the schema.
    pub(super) fn location(&self, id: SubschemaId) -> Option<&Location> {
        self.get(id)?.at.as_ref()
    }

    /// What applies to a member, given what applies to its mapping. Empty if nothing lists the key.
    pub(super) fn member(&self, mapping: &[SubschemaId], key: &str) -> Vec<SubschemaId> {
        let mut found = Vec::new();
        for subschema in mapping.iter().filter_map(|&id| self.get(id)) {
            let before = found.len();
            found.extend(subschema.properties.get(key));
            found.extend(subschema.matching(key));
            if found.len() == before {
                found.extend(&subschema.additional);
            }
        }
        self.closed(found)
    }

    /// Whether a key is listed in a mapping, or matched by one of its patterns.
    pub(super) fn knows(&self, mapping: &[SubschemaId], key: &str) -> bool {
        mapping
            .iter()
            .filter_map(|&id| self.get(id))
            .any(|subschema| {
                subschema.properties.contains_key(key) || subschema.matching(key).next().is_some()
            })
    }

    /// The keys a mapping lists by name.
    pub(super) fn keys<'a>(&'a self, mapping: &'a [SubschemaId]) -> impl Iterator<Item = &'a str> {
        let subschemas = mapping.iter().filter_map(|&id| self.get(id));
        subschemas.flat_map(|subschema| subschema.properties.keys().map(String::as_str))
    }

    /// The keys that a mapping requires by name, on a condition or without one.
    pub(super) fn required<'a>(
        &'a self,
        mapping: &'a [SubschemaId],
    ) -> impl Iterator<Item = &'a str> {
        let subschemas = mapping.iter().filter_map(|&id| self.get(id));
        subschemas.flat_map(|subschema| subschema.required.iter().map(String::as_str))
    }

    /// What applies to an item, given what applies to its list.
    pub(super) fn item(&self, list: &[SubschemaId], index: usize) -> Vec<SubschemaId> {
        let mut found = Vec::new();
        for subschema in list.iter().filter_map(|&id| self.get(id)) {
            match subschema.prefix.get(index) {
                Some(&item) => found.push(item),
                None => found.extend(&subschema.rest),
            }
        }
        self.closed(found)
    }

    /// The index from which on no item has a subschema of its own.
    pub(super) fn items_alike_from(&self, list: &[SubschemaId]) -> usize {
        let prefixes = list.iter().filter_map(|&id| self.get(id));
        prefixes
            .map(|subschema| subschema.prefix.len())
            .max()
            .unwrap_or(0)
    }

    /// The subschemas from the first that applies to the value at `tokens` to the one at
    /// `owner`, each within the one before; empty if there is no way. The search goes on where an
    /// earlier one for the same value stopped.
    pub(super) fn chain(
        &self,
        search: &mut Search,
        tokens: &[String],
        owner: &Location,
    ) -> Vec<SubschemaId> {
        let Some(wanted) = self.ids.get(owner) else {
            return Vec::new();
        };
        loop {
            if let Some(&end) = search.reached.get(wanted) {
                return way_within(&search.visited, end);
            }
            if !self.advance(search, tokens) {
                return Vec::new();
            }
        }
    }

    /// Looks at one more subschema; `false` where none is left, or enough were looked at.
    fn advance(&self, search: &mut Search, tokens: &[String]) -> bool {
        if search.visited.len() > MOST_MET {
            return false;
        }
        let Some(&Visit { depth, id, .. }) = search.visited.get(search.next) else {
            return false;
        };
        let Some(subschema) = self.get(id) else {
            return false;
        };
        if depth == tokens.len() {
            search.reached.entry(id).or_insert(search.next);
        }
        let same = subschema.same.iter().map(|&id| (depth, id));
        let below = tokens.get(depth).into_iter();
        let below = below.flat_map(|token| subschema.children(token));
        for (depth, id) in same.chain(below.map(|id| (depth + 1, id))) {
            if search.known.insert((depth, id)) {
                let from = Some(search.next);
                search.visited.push(Visit { depth, id, from });
            }
        }
        search.next += 1;
        true
    }

    /// Whether a subschema has `x-severity`.
    pub(super) fn has_severities(&self) -> bool {
        self.has_severities
    }

    fn get(&self, id: SubschemaId) -> Option<&Subschema> {
        self.subschemas.get(id.0)
    }

    fn closed(&self, ids: Vec<SubschemaId>) -> Vec<SubschemaId> {
        let mut all: Vec<SubschemaId> = Vec::new();
        for id in ids {
            all.extend(self.closure(id));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn closure(&self, id: SubschemaId) -> &[SubschemaId] {
        let Some(subschema) = self.get(id) else {
            return &[];
        };
        subschema.closure.get_or_init(|| {
            let mut all = vec![id];
            let mut known = HashSet::from([id]);
            let mut next = 0;
            while let Some(&current) = all.get(next) {
                next += 1;
                let same = self
                    .get(current)
                    .map_or(&[][..], |subschema| &subschema.same);
                all.extend(same.iter().filter(|&&same| known.insert(same)));
                if all.len() > MOST_OF_ONE_VALUE {
                    return Vec::new();
                }
            }
            all
        })
    }
}

/// The subschemas that led to one, as far as they apply to the same value; itself last.
fn way_within(visited: &[Visit], end: usize) -> Vec<SubschemaId> {
    let Some(last) = visited.get(end) else {
        return Vec::new();
    };
    let before = |visit: &&Visit| visited.get(visit.from?);
    let mut way: Vec<_> = std::iter::successors(Some(last), before)
        .take_while(|visit| visit.depth == last.depth)
        .map(|visit| visit.id)
        .collect();
    way.reverse();
    way
}

impl Subschema {
    fn matching(&self, key: &str) -> impl Iterator<Item = SubschemaId> {
        self.patterns
            .iter()
            .filter(move |(pattern, _)| pattern.matches(key).unwrap_or(false))
            .map(|&(_, id)| id)
    }

    fn children(&self, token: &str) -> impl Iterator<Item = SubschemaId> {
        let patterns = self.patterns.iter().map(|&(_, id)| id);
        let index: Option<usize> = token.parse().ok();
        let items = index.map_or(&[][..], |index| match self.prefix.get(index) {
            Some(item) => std::slice::from_ref(item),
            None => &self.rest,
        });
        let named = self.properties.get(token).copied();
        named
            .into_iter()
            .chain(patterns)
            .chain(self.additional.iter().copied())
            .chain(items.iter().copied())
    }
}
