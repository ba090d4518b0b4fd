//! Subschemas that no budget of steps can bound: between two looks at a value the validator may
//! follow a chain of references as long as the schema makes it, on the stack, or a web of them whose
//! ways multiply. A `$ref` to such a subschema is replaced by a keyword that says so about each value.
//! Patterns that are not linear are replaced by [`SlowPattern`]s.
//!
//! Works on the schema alone, in time proportional to it, and without recursion along references.

mod costs;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value};
use url::Url;

use super::budget::Excess;
use super::instance::{Node, Tree};
use super::patterns::{Effort, SlowPattern};
use super::resources::{DATA, Location, Resources, base_of, has_own_base};
use costs::{Cost, Costs, Subschema};

/// Takes the place of a `$ref` that is not followed. No keyword of a schema is called so.
pub(super) const REFUSED: &str = "\u{0}refused";
/// Takes the place of a `pattern` that is not linear.
pub(super) const SLOW_PATTERN: &str = "\u{0}pattern";

/// With fewer references than this no subschema is beyond any of the above.
const FEWEST_REFERENCES: usize = 30;

const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];
/// Keywords with subschemas of the same value.
const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const SINGLE: [&str; 4] = ["not", "if", "then", "else"];
const BY_KEY: [&str; 2] = ["dependentSchemas", "dependencies"];
/// Keywords that do not look at the value, beside those above.
const IDLE: [&str; 16] = [
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$recursiveAnchor",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "errorMessage",
    "examples",
    "id",
    "title",
    "x-severity",
];

/// A schema's files as they are given to the validator.
pub(super) struct Guarded {
    /// Those that differ from what was read, by their index.
    files: HashMap<usize, Arc<Value>>,
    /// The patterns of `patternProperties` that are not linear.
    pub(super) key_patterns: Vec<SlowPattern>,
}

impl Guarded {
    /// Looks for what has to be replaced.
    pub(super) fn new(resources: &Resources) -> Self {
        let mut graph = Graph::default();
        for (index, file) in resources.files().iter().enumerate() {
            graph.add(&file.value, &file.uri, index == 0);
        }
        let has_slow_patterns = graph.has_slow_patterns;
        let key_patterns = std::mem::take(&mut graph.key_patterns);
        let refused = if graph.references.len() < FEWEST_REFERENCES {
            HashSet::new()
        } else {
            graph.refused(resources)
        };
        let mut files = HashMap::new();
        for (index, file) in resources.files().iter().enumerate() {
            if !refused.is_empty() || has_slow_patterns {
                files.insert(index, Arc::new(replaced(&file.value, &refused)));
            }
        }
        Self {
            files,
            key_patterns: key_patterns
                .into_iter()
                .filter_map(SlowPattern::new)
                .collect(),
        }
    }

    /// What the validator is to read in the place of a file.
    pub(super) fn file(&self, index: usize) -> Option<&Arc<Value>> {
        self.files.get(&index)
    }
}

/// Where a keyword that took another's place stands in the schema as it is written.
pub(super) fn as_written(mut location: Location) -> Location {
    if let Some(owner) = location.pointer.strip_suffix(SLOW_PATTERN) {
        location.pointer = format!("{owner}pattern");
    }
    location
}

/// Refuses to look at a value any further.
pub(super) struct Refusal;

impl<'i> Keyword<'i, Tree> for Refusal {
    fn validate(&self, instance: Node<'i>) -> Result<(), ValidationError<'i>> {
        Keyword::<Tree>::is_valid(self, instance);
        Ok(())
    }

    fn is_valid(&self, instance: Node<'i>) -> bool {
        instance.omit(Excess::Subschema);
        true
    }
}

/// What takes the place of a `pattern`.
pub(super) fn slow_pattern(pattern: &Value) -> Option<Box<dyn for<'i> Keyword<'i, Tree>>> {
    let pattern = SlowPattern::new(pattern.as_str()?)?;
    Some(Box::new(pattern))
}

/// A subschema that refers to another.
struct Reference<'s> {
    from: usize,
    keyword: &'static str,
    text: &'s str,
    base: Url,
}

/// The subschemas of one value, in the same file or in others.
#[derive(Default)]
struct Graph<'s> {
    /// All objects and booleans.
    nodes: Vec<Subschema<'s>>,
    ids: HashMap<*const Value, usize>,
    references: Vec<Reference<'s>>,
    /// Subschemas with a `$dynamicAnchor` or `$recursiveAnchor`, by its name; `""` for the latter.
    anchors: HashMap<&'s str, Vec<usize>>,
    has_slow_patterns: bool,
    key_patterns: BTreeSet<&'s str>,
}

impl<'s> Graph<'s> {
    /// Adds a file, or what is below one of its values. Files are not nested deeply.
    fn add(&mut self, value: &'s Value, above: &Url, is_root: bool) {
        match value {
            Value::Object(keywords) => {
                let id = self.id(value);
                let own = has_own_base(keywords).then(|| base_of(value, above));
                let base = own.as_ref().unwrap_or(above);
                if is_root || keywords.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
                    self.anchors.entry("").or_default().push(id);
                }
                if let Some(name) = keywords.get("$dynamicAnchor").and_then(Value::as_str) {
                    self.anchors.entry(name).or_default().push(id);
                }
                for keyword in REFERENCES {
                    if let Some(text) = keywords.get(keyword).and_then(Value::as_str) {
                        self.references.push(Reference {
                            from: id,
                            keyword,
                            text,
                            base: base.clone(),
                        });
                    }
                }
                let pattern = keywords.get("pattern").and_then(Value::as_str);
                self.has_slow_patterns |= pattern.and_then(Effort::of).is_some();
                let by_key = keywords.get("patternProperties").and_then(Value::as_object);
                let slow = by_key.into_iter().flat_map(Map::keys).map(String::as_str);
                self.key_patterns
                    .extend(slow.filter(|pattern| Effort::of(pattern).is_some()));
                let below: Vec<_> = same_value(keywords).map(|value| self.id(value)).collect();
                if let Some(node) = self.nodes.get_mut(id) {
                    node.below = below;
                }
                for (keyword, value) in keywords {
                    if !DATA.contains(&keyword.as_str()) {
                        self.add(value, base, false);
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.add(item, above, false);
                }
            }
            _ => {}
        }
    }

    fn id(&mut self, value: &'s Value) -> usize {
        *self
            .ids
            .entry(std::ptr::from_ref(value))
            .or_insert_with(|| {
                let is_idle = match value {
                    Value::Object(keywords) => keywords.keys().all(|keyword| {
                        let keyword = keyword.as_str();
                        let is_of_value = LISTS.contains(&keyword) || SINGLE.contains(&keyword);
                        is_of_value || REFERENCES.contains(&keyword) || IDLE.contains(&keyword)
                    }),
                    _ => true,
                };
                self.nodes.push(Subschema {
                    value,
                    below: Vec::new(),
                    is_idle,
                });
                self.nodes.len() - 1
            })
    }

    /// The objects whose references are not to be followed.
    fn refused(mut self, resources: &'s Resources) -> HashSet<*const Value> {
        let references = std::mem::take(&mut self.references);
        let mut targets = Vec::with_capacity(references.len());
        for reference in &references {
            let found = resources.resolve(&reference.base, reference.text);
            let found = found.and_then(|(location, _)| resources.value(&location));
            let found = found.map(|value| self.id(value));
            let anchor = match reference.keyword {
                "$dynamicRef" => reference.text.rsplit('#').next(),
                "$recursiveRef" => Some(""),
                _ => None,
            };
            let anchored = anchor.and_then(|name| self.anchors.get(name));
            let all: Vec<_> = anchored
                .into_iter()
                .flatten()
                .copied()
                .chain(found)
                .collect();
            if let Some(node) = self.nodes.get_mut(reference.from) {
                node.below.extend(&all);
            }
            targets.push(all);
        }
        let costs = Costs::of(&self.nodes);
        let is_refused = |id: &usize| costs.get(*id).is_some_and(Cost::is_refused);
        let refused = references.iter().zip(&targets);
        refused
            .filter(|(_, targets)| targets.iter().any(is_refused))
            .filter_map(|(reference, _)| self.nodes.get(reference.from))
            .map(|node| std::ptr::from_ref(node.value))
            .collect()
    }
}

/// Subschemas of the same value, but for those that references lead to.
fn same_value(keywords: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let lists = LISTS
        .iter()
        .filter_map(|keyword| keywords.get(*keyword)?.as_array());
    let single = SINGLE.iter().filter_map(|keyword| keywords.get(*keyword));
    let by_key = BY_KEY
        .iter()
        .filter_map(|keyword| keywords.get(*keyword)?.as_object());
    lists
        .flatten()
        .chain(single)
        .chain(by_key.flat_map(|members| members.values()))
}

/// A copy of a file with its replacements.
fn replaced(value: &Value, refused: &HashSet<*const Value>) -> Value {
    match value {
        Value::Object(keywords) => {
            let is_refused = refused.contains(&std::ptr::from_ref(value));
            let mut members = Map::new();
            for (key, value) in keywords {
                let pattern = value.as_str().filter(|_| key == "pattern");
                if pattern.and_then(SlowPattern::new).is_some() {
                    members.insert(SLOW_PATTERN.to_owned(), value.clone());
                } else if is_refused && REFERENCES.contains(&key.as_str()) {
                    members.insert(REFUSED.to_owned(), Value::Bool(true));
                } else if DATA.contains(&key.as_str()) {
                    members.insert(key.clone(), value.clone());
                } else {
                    members.insert(key.clone(), replaced(value, refused));
                }
            }
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(|item| replaced(item, refused)).collect(),
        value => value.clone(),
    }
}
