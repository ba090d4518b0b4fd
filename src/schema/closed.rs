//! Whether a schema lists every key that a valid document may have, so that nothing is left to be said
//! of a valid document's keys. Looks at the schema alone; may say no where the answer is yes.

use std::collections::HashMap;

use serde_json::{Map, Value};
use url::Url;

use super::resources::{Resources, base_of, has_own_base};

/// Whether the schema lists every key of a mapping, at every depth.
pub(super) fn lists_every_key(resources: &Resources) -> bool {
    let mut search = Search {
        resources,
        known: HashMap::new(),
        depth: 0,
    };
    let root = resources.files().first();
    root.is_some_and(|file| search.lists(&file.value, &file.uri, true))
}

struct Search<'a> {
    resources: &'a Resources,
    /// The answers so far; no for a schema that leads back to itself.
    known: HashMap<(*const Value, bool), bool>,
    depth: usize,
}

/// Subschemas within subschemas, references followed; of deeper ones the answer is no.
const DEEPEST: usize = 256;

impl<'a> Search<'a> {
    /// `is_mapping` where the schema speaks of a mapping, whether it says so or not. `above` is the
    /// base URI of what the schema stands in.
    fn lists(&mut self, schema: &'a Value, above: &Url, is_mapping: bool) -> bool {
        let question = (std::ptr::from_ref(schema), is_mapping);
        if let Some(&known) = self.known.get(&question) {
            return known;
        }
        self.known.insert(question, false);
        if self.depth == DEEPEST {
            return false;
        }
        self.depth += 1;
        let answer = match schema {
            Value::Bool(anything) => !anything,
            Value::Object(keywords) => {
                let own = has_own_base(keywords).then(|| base_of(schema, above));
                self.object_lists(keywords, own.as_ref().unwrap_or(above), is_mapping)
            }
            _ => false,
        };
        self.depth -= 1;
        self.known.insert(question, answer);
        answer
    }

    fn object_lists(
        &mut self,
        schema: &'a Map<String, Value>,
        base: &Url,
        is_mapping: bool,
    ) -> bool {
        // What is beside a reference counts for nothing in older drafts.
        if let Some(reference) = schema.get("$ref") {
            let resources = self.resources;
            let target = reference.as_str();
            let target = target.and_then(|target| resources.resolve(base, target));
            return target.is_some_and(|(location, base)| {
                let target = resources.value(&location);
                target.is_some_and(|target| self.lists(target, &base, is_mapping))
            });
        }
        let all = schema.get("allOf").and_then(Value::as_array);
        let mut parts = all.into_iter().flatten();
        self.lists_itself(schema, base, is_mapping)
            || parts.any(|part| self.lists(part, base, is_mapping))
    }

    fn lists_itself(
        &mut self,
        schema: &'a Map<String, Value>,
        base: &Url,
        is_mapping: bool,
    ) -> bool {
        let may_be = |name: &str| match schema.get("type") {
            _ if is_mapping => name == "object",
            Some(Value::String(only)) => only == name,
            Some(Value::Array(some)) => some.iter().any(|one| one == name),
            _ => true,
        };
        if may_be("object") {
            let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false))
                && !schema.contains_key("patternProperties");
            let properties = schema.get("properties").and_then(Value::as_object);
            let mut values = properties.into_iter().flat_map(Map::values);
            if !is_closed || !values.all(|value| self.lists(value, base, false)) {
                return false;
            }
        }
        if may_be("array") {
            let others = ["prefixItems", "additionalItems", "unevaluatedItems"];
            let is_uniform = others.iter().all(|key| !schema.contains_key(*key));
            let items = schema.get("items");
            if !is_uniform || !items.is_some_and(|items| self.lists(items, base, false)) {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tests::compile;
    use crate::schema::{SchemaRef, Store};
    use crate::text::SourceMap;
    use serde_json::json;
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn the_bundled_schema_does() {
        let store = Store::new(Arc::new(SourceMap::default()));
        let bundled = SchemaRef::parse("bundled:press-release", Path::new(""));
        assert!(store.load(&bundled).unwrap().lists_every_key);
    }

    #[test]
    fn schemas_that_list_every_key() {
        let text = json!({ "type": "string" });
        let closed = |key: &str, value: Value| {
            let mut schema = json!({ "type": "object", "additionalProperties": false });
            schema["properties"] = json!({ key: value });
            schema
        };
        for (schema, expected) in [
            (json!({}), false),
            (text.clone(), false),
            (closed("a", text.clone()), true),
            (closed("a", json!({})), false),
            (closed("a", closed("b", text.clone())), true),
            (
                closed("a", json!({ "type": ["array", "null"], "items": text })),
                true,
            ),
            (closed("a", json!({ "type": ["array", "null"] })), false),
            (
                closed(
                    "a",
                    json!({ "type": "array", "items": { "type": "object" } }),
                ),
                false,
            ),
            (
                json!({ "type": "object", "properties": { "a": text } }),
                false,
            ),
            (
                json!({ "allOf": [{ "required": ["a"] }, closed("a", text.clone())] }),
                true,
            ),
            (json!({ "anyOf": [closed("a", text.clone())] }), false),
            (
                json!({ "$ref": "#/$defs/a", "$defs": { "a": closed("a", text.clone()) } }),
                true,
            ),
            (closed("a", json!({ "$ref": "#" })), false),
        ] {
            let (compiled, _) = compile(&schema.to_string()).unwrap();
            assert_eq!(compiled.lists_every_key, expected, "{schema}");
        }
    }
}
