//! The JSON Schema of frontlint.toml, made from the table of its keys.

use serde_json::{Map, Value, json};

use super::Setting;
use super::keys::{Key, MOST_BYTES, ROOT, RULE_OPTIONS, Shape};
use crate::diagnostic::RuleId;

/// The schema that editors check frontlint.toml against; `schemas/frontlint.schema.json` is this.
/// `generators` are the names that `generator` may have.
#[must_use]
pub fn json_schema(generators: &[&str]) -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "frontlint.toml",
        "description": "The configuration of frontlint, a linter for the front matter of content files.",
    });
    if let Value::Object(schema) = &mut schema {
        schema.extend(table(ROOT, generators));
    }
    schema
}

fn table(keys: &[Key], generators: &[&str]) -> Map<String, Value> {
    let properties: Map<_, _> = keys
        .iter()
        .map(|key| {
            let mut property = Map::new();
            property.insert("description".to_owned(), json!(key.about));
            property.extend(shape(key.shape, generators));
            (key.name.to_owned(), Value::Object(property))
        })
        .collect();
    let required: Vec<_> = keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), json!("object"));
    table.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        table.insert("required".to_owned(), json!(required));
    }
    table.insert("additionalProperties".to_owned(), json!(false));
    table
}

fn shape(shape: Shape, generators: &[&str]) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Generator => json!({"enum": generators}),
        Shape::Choice(names) => json!({"enum": names}),
        Shape::Patterns => json!({"type": "array", "items": {"type": "string", "minLength": 1}}),
        Shape::Bytes => json!({"type": "integer", "minimum": 1, "maximum": MOST_BYTES}),
        Shape::Uploads => json!({
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": {"type": "string", "minLength": 1},
        }),
        Shape::Rules => rules(),
        Shape::Rule => {
            let names: Vec<_> = RuleId::ALL
                .iter()
                .filter(|rule| !rule.is_failure())
                .map(|rule| rule.as_str())
                .collect();
            json!({"enum": names})
        }
        Shape::Pointer => json!({"type": "string", "pattern": "^(/|$)"}),
        Shape::Tables(keys) => json!({"type": "array", "items": table(keys, generators)}),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn rules() -> Value {
    let setting = |names: &[&str]| {
        let mut options = table(RULE_OPTIONS, &[]);
        options.insert(
            "properties".to_owned(),
            json!({"severity": {"enum": names}}),
        );
        json!({"anyOf": [{"enum": names}, options]})
    };
    let properties: Map<_, _> = RuleId::ALL
        .iter()
        .map(|rule| {
            let names = if rule.is_failure() {
                &["error"]
            } else {
                Setting::NAMES
            };
            (rule.as_str().to_owned(), setting(names))
        })
        .collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}
