//! How large a schema may be. What is compiled of a schema takes many times the memory of its text:
//! some five kB for each subschema, and for each pattern as much again, and more the longer it is
//! with its counted repetitions written out (`(a{100}){90}` has 9 000 characters).

use serde_json::{Map, Value};

use super::patterns::written_out;
use super::resources::{DATA, Location, Resources};

/// Mappings in all files together. Each subschema is one, and so is each `properties`.
const MOST_MAPPINGS: usize = 30_000;
/// Patterns of all files together.
const MOST_PATTERNS: usize = 10_000;
/// Characters of all patterns together, written out.
const MOST_CHARACTERS: usize = 1_000_000;

/// The limit that a schema exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Mappings,
    Patterns,
    Characters,
}

impl Limit {
    /// What exceeds it, after "this schema".
    pub(super) fn message(self) -> String {
        match self {
            Self::Mappings => format!(
                "this schema has more than {MOST_MAPPINGS} mappings, with those of the files that it refers to"
            ),
            Self::Patterns => format!(
                "this schema has more than {MOST_PATTERNS} patterns, with those of the files that it refers to"
            ),
            Self::Characters => format!(
                "the patterns of this schema come to more than {MOST_CHARACTERS} characters with their counted repetitions written out"
            ),
        }
    }

    /// What to do about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Mappings => "write what is alike once, under `$defs`, and name it with `$ref`",
            Self::Patterns => "write fewer patterns",
            Self::Characters => {
                "write fewer patterns, or smaller numbers in repetitions such as `{1,500}`"
            }
        }
    }
}

/// The first place beyond a limit, in the order of the files.
pub(super) fn first_beyond(resources: &Resources) -> Option<(Location, Limit)> {
    let mut left = Left {
        mappings: MOST_MAPPINGS,
        patterns: MOST_PATTERNS,
        characters: MOST_CHARACTERS,
    };
    let mut files = resources.files().iter().enumerate();
    files.find_map(|(file, read)| {
        let Beyond { mut path, limit } = left.count(&read.value)?;
        path.reverse();
        let tokens: Vec<_> = path.iter().map(String::as_str).collect();
        let pointer = String::new();
        Some((Location { file, pointer }.child(&tokens), limit))
    })
}

/// A place that is beyond a limit.
struct Beyond {
    /// The tokens of its pointer, innermost first.
    path: Vec<String>,
    limit: Limit,
}

impl Beyond {
    fn below(mut self, token: impl ToString) -> Self {
        self.path.push(token.to_string());
        self
    }
}

/// What the rest of a schema may still have.
struct Left {
    mappings: usize,
    patterns: usize,
    characters: usize,
}

impl Left {
    /// Counts what is in a value; files are not nested deeply.
    fn count(&mut self, value: &Value) -> Option<Beyond> {
        match value {
            Value::Object(members) => self.count_members(members),
            Value::Array(items) => {
                let mut items = items.iter().enumerate();
                items.find_map(|(index, item)| Some(self.count(item)?.below(index)))
            }
            _ => None,
        }
    }

    fn count_members(&mut self, members: &Map<String, Value>) -> Option<Beyond> {
        if !take(&mut self.mappings, 1) {
            let path = Vec::new();
            let limit = Limit::Mappings;
            return Some(Beyond { path, limit });
        }
        let pattern = members.get("pattern").and_then(Value::as_str);
        if let Some(beyond) = pattern.and_then(|pattern| self.count_pattern(pattern)) {
            return Some(beyond.below("pattern"));
        }
        let by_key = members.get("patternProperties").and_then(Value::as_object);
        let mut patterns = by_key.into_iter().flat_map(Map::keys);
        let beyond = patterns.find_map(|key| Some(self.count_pattern(key)?.below(key)));
        if let Some(beyond) = beyond {
            return Some(beyond.below("patternProperties"));
        }
        let mut schemas = members
            .iter()
            .filter(|(key, _)| !DATA.contains(&key.as_str()));
        schemas.find_map(|(key, value)| Some(self.count(value)?.below(key)))
    }

    fn count_pattern(&mut self, pattern: &str) -> Option<Beyond> {
        let limit = if !take(&mut self.patterns, 1) {
            Limit::Patterns
        } else if !take(&mut self.characters, written_out(pattern)) {
            Limit::Characters
        } else {
            return None;
        };
        let path = Vec::new();
        Some(Beyond { path, limit })
    }
}

/// Takes from what is left; `false` where that is not enough.
fn take(left: &mut usize, count: usize) -> bool {
    let rest = left.checked_sub(count);
    *left = rest.unwrap_or(*left);
    rest.is_some()
}
