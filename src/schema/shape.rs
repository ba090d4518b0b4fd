//! The schema as a graph of subschemas: which keys each knows, and which subschemas speak of the
//! same value. Built once a schema; answers where a violated keyword stands and which keys are
//! near a misspelt one. It decides nothing about validity.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::OnceLock;

use serde_json::Value;
use url::Url;

use super::patterns::Pattern;
use super::resources::{Location, Resources, base_of};

/// One subschema of a [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ShapeId(usize);

/// One subschema.
#[derive(Debug, Default)]
struct Shape {
    at: Option<Location>,
    /// Subschemas of the same value: `allOf`, `$ref`, `then` and their like.
    same: Vec<ShapeId>,
    properties: HashMap<String, ShapeId>,
    patterns: Vec<(Pattern, ShapeId)>,
    additional: Vec<ShapeId>,
    prefix: Vec<ShapeId>,
    rest: Vec<ShapeId>,
    closure: OnceLock<Vec<ShapeId>>,
}

/// Every subschema that validation can reach.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    ids: HashMap<Location, ShapeId>,
    have_severities: bool,
}

/// A search for the subschemas of one value, from the root, breadth first.
#[derive(Debug)]
pub(super) struct Search {
    /// In the order they are met, each with the place here of the one that led to it.
    met: Vec<(usize, ShapeId, Option<usize>)>,
    known: HashSet<(usize, ShapeId)>,
    /// The place of the first one in `met` that was not looked at.
    next: usize,
    /// Those of the value itself, with their places in `met`.
    reached: HashMap<ShapeId, usize>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            met: vec![(0, ShapeId(0), None)],
            known: HashSet::new(),
            next: 0,
            reached: HashMap::new(),
        }
    }
}

impl Search {
    /// How many pairs of a subschema and a value were met.
    pub(super) fn len(&self) -> usize {
        self.met.len()
    }
}

/// Where more subschemas than this say something of one value, none of them is taken to: each page
/// would go through all of them for each of its keys.
const MOST_OF_ONE_VALUE: usize = 4_000;
/// Pairs of a subschema and a value above the wanted one that are looked at to find the way to it.
const MOST_MET: usize = 20_000;

const SAME: [&str; 6] = ["if", "then", "else", "allOf", "anyOf", "oneOf"];
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

impl Shapes {
    /// Walks a schema from its root.
    pub(super) fn new(resources: &Resources) -> Self {
        let mut builder = Builder {
            resources,
            shapes: Vec::new(),
            ids: HashMap::new(),
            queue: VecDeque::new(),
            have_severities: false,
        };
        if let Some((location, base)) = resources.root() {
            builder.shape(location, &base);
        }
        while let Some((id, location, base)) = builder.queue.pop_front() {
            builder.fill(id, &location, &base);
        }
        Self {
            shapes: builder.shapes,
            ids: builder.ids,
            have_severities: builder.have_severities,
        }
    }

    /// The subschemas of the same value just below the one at a place: what it refers to first.
    pub(super) fn below(&self, location: &Location) -> &[ShapeId] {
        let shape = self.ids.get(location).and_then(|&id| self.get(id));
        shape.map_or(&[], |shape| &shape.same)
    }

    /// The root, with all that speaks of the same value.
    pub(super) fn root(&self) -> Vec<ShapeId> {
        if self.shapes.is_empty() {
            return Vec::new();
        }
        self.closure(ShapeId(0)).to_vec()
    }

    /// Subschemas with all that speaks of the same value.
    pub(super) fn with_closures(&self, ids: &[ShapeId]) -> Vec<ShapeId> {
        self.closed(ids.to_vec())
    }

    /// Where a subschema stands.
    pub(super) fn location(&self, id: ShapeId) -> Option<&Location> {
        self.get(id)?.at.as_ref()
    }

    /// What speaks of a member, given what speaks of its mapping. Empty if nothing knows the key.
    pub(super) fn member(&self, mapping: &[ShapeId], key: &str) -> Vec<ShapeId> {
        let mut found = Vec::new();
        for shape in mapping.iter().filter_map(|&id| self.get(id)) {
            let before = found.len();
            found.extend(shape.properties.get(key));
            found.extend(shape.matching(key));
            if found.len() == before {
                found.extend(&shape.additional);
            }
        }
        self.closed(found)
    }

    /// Whether a key is listed in a mapping, or matched by one of its patterns.
    pub(super) fn knows(&self, mapping: &[ShapeId], key: &str) -> bool {
        mapping
            .iter()
            .filter_map(|&id| self.get(id))
            .any(|shape| shape.properties.contains_key(key) || shape.matching(key).next().is_some())
    }

    /// The keys a mapping lists by name.
    pub(super) fn keys<'a>(&'a self, mapping: &'a [ShapeId]) -> impl Iterator<Item = &'a str> {
        let shapes = mapping.iter().filter_map(|&id| self.get(id));
        shapes.flat_map(|shape| shape.properties.keys().map(String::as_str))
    }

    /// What speaks of an item, given what speaks of its list.
    pub(super) fn item(&self, list: &[ShapeId], index: usize) -> Vec<ShapeId> {
        let mut found = Vec::new();
        for shape in list.iter().filter_map(|&id| self.get(id)) {
            match shape.prefix.get(index) {
                Some(&item) => found.push(item),
                None => found.extend(&shape.rest),
            }
        }
        self.closed(found)
    }

    /// Whether an item at or after this index has no subschema of its own any more.
    pub(super) fn items_alike_from(&self, list: &[ShapeId]) -> usize {
        let prefixes = list.iter().filter_map(|&id| self.get(id));
        prefixes.map(|shape| shape.prefix.len()).max().unwrap_or(0)
    }

    /// The subschemas from the one that first speaks of the value at `tokens` to the one at
    /// `owner`, each within the one before; empty if there is no way. The search goes on where an
    /// earlier one for the same value stopped.
    pub(super) fn chain(
        &self,
        search: &mut Search,
        tokens: &[String],
        owner: &Location,
    ) -> Vec<ShapeId> {
        let Some(wanted) = self.ids.get(owner) else {
            return Vec::new();
        };
        loop {
            if let Some(&end) = search.reached.get(wanted) {
                return way_within(&search.met, end);
            }
            if !self.advance(search, tokens) {
                return Vec::new();
            }
        }
    }

    /// Looks at one more subschema; `false` where none is left, or enough were looked at.
    fn advance(&self, search: &mut Search, tokens: &[String]) -> bool {
        if search.met.len() > MOST_MET {
            return false;
        }
        let Some(&(depth, id, _)) = search.met.get(search.next) else {
            return false;
        };
        let Some(shape) = self.get(id) else {
            return false;
        };
        if depth == tokens.len() {
            search.reached.entry(id).or_insert(search.next);
        }
        let same = shape.same.iter().map(|&id| (depth, id));
        let below = tokens.get(depth).into_iter();
        let below = below.flat_map(|token| shape.children(token));
        for (depth, id) in same.chain(below.map(|id| (depth + 1, id))) {
            if search.known.insert((depth, id)) {
                search.met.push((depth, id, Some(search.next)));
            }
        }
        search.next += 1;
        true
    }

    /// Whether a subschema has `x-severity`.
    pub(super) fn have_severities(&self) -> bool {
        self.have_severities
    }

    fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(id.0)
    }

    fn closed(&self, ids: Vec<ShapeId>) -> Vec<ShapeId> {
        let mut all: Vec<ShapeId> = Vec::new();
        for id in ids {
            all.extend(self.closure(id));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    fn closure(&self, id: ShapeId) -> &[ShapeId] {
        let Some(shape) = self.get(id) else {
            return &[];
        };
        shape.closure.get_or_init(|| {
            let mut all = vec![id];
            let mut known = HashSet::from([id]);
            let mut next = 0;
            while let Some(&current) = all.get(next) {
                next += 1;
                let same = self.get(current).map_or(&[][..], |shape| &shape.same);
                all.extend(same.iter().filter(|&&same| known.insert(same)));
                if all.len() > MOST_OF_ONE_VALUE {
                    return Vec::new();
                }
            }
            all
        })
    }
}

/// The subschemas that led to one, as far as they speak of the same value; itself last.
fn way_within(met: &[(usize, ShapeId, Option<usize>)], end: usize) -> Vec<ShapeId> {
    let step = |at: &usize| met.get(*at);
    let before = |&(_, _, before): &(usize, ShapeId, Option<usize>)| before;
    let mut way: Vec<_> = std::iter::successors(Some(end), |at| step(at).and_then(before))
        .filter_map(|at| step(&at))
        .take_while(|(depth, ..)| step(&end).is_some_and(|(last, ..)| depth == last))
        .map(|&(_, id, _)| id)
        .collect();
    way.reverse();
    way
}

impl Shape {
    fn matching(&self, key: &str) -> impl Iterator<Item = ShapeId> {
        self.patterns
            .iter()
            .filter(move |(pattern, _)| pattern.matches(key).unwrap_or(false))
            .map(|&(_, id)| id)
    }

    fn children(&self, token: &str) -> impl Iterator<Item = ShapeId> {
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

struct Builder<'a> {
    resources: &'a Resources,
    shapes: Vec<Shape>,
    ids: HashMap<Location, ShapeId>,
    queue: VecDeque<(ShapeId, Location, Url)>,
    have_severities: bool,
}

impl Builder<'_> {
    fn shape(&mut self, location: Location, base: &Url) -> ShapeId {
        if let Some(&id) = self.ids.get(&location) {
            return id;
        }
        let id = ShapeId(self.shapes.len());
        self.shapes.push(Shape {
            at: Some(location.clone()),
            ..Shape::default()
        });
        self.ids.insert(location.clone(), id);
        self.queue.push_back((id, location, base.clone()));
        id
    }

    fn fill(&mut self, id: ShapeId, location: &Location, base: &Url) {
        let Some(value @ Value::Object(schema)) = self.resources.value(location) else {
            return;
        };
        let base = base_of(value, base);
        self.have_severities |= schema.contains_key("x-severity");
        let mut shape = Shape {
            at: Some(location.clone()),
            ..Shape::default()
        };
        for keyword in REFERENCES {
            let target = schema.get(keyword).and_then(Value::as_str);
            let target = target.and_then(|target| self.resources.resolve(&base, target));
            if let Some((location, base)) = target {
                shape.same.push(self.shape(location, &base));
            }
        }
        for keyword in SAME {
            match schema.get(keyword) {
                Some(Value::Array(branches)) => {
                    for index in 0..branches.len() {
                        let at = location.child(&[keyword, &index.to_string()]);
                        shape.same.push(self.shape(at, &base));
                    }
                }
                Some(_) => shape
                    .same
                    .push(self.shape(location.child(&[keyword]), &base)),
                None => {}
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (key, schema) in members(schema.get(keyword)) {
                if !schema.is_array() {
                    shape
                        .same
                        .push(self.shape(location.child(&[keyword, key]), &base));
                }
            }
        }
        for (key, _) in members(schema.get("properties")) {
            let at = location.child(&["properties", key]);
            shape.properties.insert(key.clone(), self.shape(at, &base));
        }
        for (pattern, _) in members(schema.get("patternProperties")) {
            let at = location.child(&["patternProperties", pattern]);
            shape
                .patterns
                .push((Pattern::new(pattern), self.shape(at, &base)));
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if schema.contains_key(keyword) {
                shape
                    .additional
                    .push(self.shape(location.child(&[keyword]), &base));
            }
        }
        self.fill_items(&mut shape, schema, location, &base);
        self.shapes[id.0] = shape;
    }

    fn fill_items(
        &mut self,
        shape: &mut Shape,
        schema: &serde_json::Map<String, Value>,
        location: &Location,
        base: &Url,
    ) {
        for keyword in ["prefixItems", "items"] {
            if let Some(Value::Array(items)) = schema.get(keyword) {
                for index in 0..items.len() {
                    let at = location.child(&[keyword, &index.to_string()]);
                    shape.prefix.push(self.shape(at, base));
                }
            }
        }
        for keyword in ["items", "additionalItems", "unevaluatedItems", "contains"] {
            if schema.get(keyword).is_some_and(|items| !items.is_array()) {
                shape
                    .rest
                    .push(self.shape(location.child(&[keyword]), base));
            }
        }
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
