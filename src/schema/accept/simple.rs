//! Keywords that are read without a look at others.

use jsonschema::{Draft, JsonType, JsonTypeSet};
use serde_json::Value;

/// Keywords that no validity depends on.
const ANNOTATIONS: [&str; 14] = [
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "errorMessage",
    "examples",
    "id",
    "readOnly",
    "title",
    "writeOnly",
];

/// A subschema that asks for types and keys only, and may be said in one with its neighbours.
pub(super) struct Simple<'s> {
    pub(super) types: JsonTypeSet,
    pub(super) required: Vec<&'s str>,
}

impl<'s> Simple<'s> {
    /// `None` for any other subschema.
    pub(super) fn of(schema: &'s Value, draft: Draft) -> Option<Self> {
        let mut simple = Self {
            types: JsonTypeSet::all(),
            required: Vec::new(),
        };
        for (keyword, value) in schema.as_object()? {
            match keyword.as_str() {
                "type" if draft > Draft::Draft4 => simple.types = types(value)?,
                "required" => simple.required = names(value)?,
                ignored if is_annotation(ignored) => {}
                _ => return None,
            }
        }
        // An integer is a number as well, which sets of types do not tell.
        let numbers = [JsonType::Integer, JsonType::Number];
        let has = numbers.map(|number| simple.types.contains(number));
        (has[0] == has[1]).then_some(simple)
    }
}

/// Whether no validity depends on a keyword.
pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// The texts of a list; `None` where there is anything else.
pub(super) fn names(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

/// What `type` names; `None` where that is no type.
pub(super) fn types(value: &Value) -> Option<JsonTypeSet> {
    let one = std::slice::from_ref(value);
    let names = value.as_array().map_or(one, Vec::as_slice);
    names.iter().try_fold(JsonTypeSet::empty(), |types, name| {
        Some(types.insert(name.as_str()?.parse().ok()?))
    })
}
