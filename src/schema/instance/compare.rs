//! Equality of values as JSON Schema has it, in place.

use std::hash::{Hash, Hasher};

use jsonschema::JsonType;
use jsonschema::json::{self, Array, JsonNumber, Node as _, Object};
use serde_json::Value as JsonValue;

use super::{Node, Number};
use crate::dialect::Value;

impl Node<'_> {
    /// Whether it equals a value of the schema.
    pub(super) fn equals_json(&self, expected: &JsonValue) -> bool {
        if let Some((page, id)) = self.place() {
            page.budget.compare(id);
        }
        let value = || self.scalar().map(|scalar| &scalar.value);
        match expected {
            JsonValue::Null => value() == Some(&Value::Null),
            JsonValue::Bool(expected) => value() == Some(&Value::Bool(*expected)),
            JsonValue::String(expected) => self.text() == Some(expected),
            JsonValue::Number(_) => self.number().is_some_and(|number| {
                // A number without a JSON value equals nothing.
                number.as_f64().is_some() && {
                    let number = JsonValue::Number(number.to_number().into_owned());
                    json::cmp::equal(&number, expected)
                }
            }),
            JsonValue::Array(expected) => self.sequence().is_some_and(|items| {
                let mut pairs = items.nodes().zip(expected);
                items.len() == expected.len()
                    && pairs.all(|(item, expected)| item.equals_json(expected))
            }),
            JsonValue::Object(expected) => self.mapping().is_some_and(|mapping| {
                let equals = |(name, value): (&str, Node<'_>)| {
                    let expected = expected.get(name);
                    expected.is_some_and(|expected| value.equals_json(expected))
                };
                mapping.len() == expected.len() && mapping.visible().all(equals)
            }),
        }
    }

    fn hash_into(&self, state: &mut impl Hasher) {
        if let Some(items) = self.as_array() {
            3_u8.hash(state);
            for item in items.elements() {
                item.hash_into(state);
            }
        } else if let Some(mapping) = self.as_object() {
            let mut sum = 0_u64;
            for (name, value) in mapping.members() {
                let mut hasher = std::hash::DefaultHasher::new();
                name.hash(&mut hasher);
                value.hash_into(&mut hasher);
                sum ^= hasher.finish();
            }
            sum.hash(state);
        } else if let Some(text) = self.as_string() {
            text.hash(state);
        } else if let Some(number) = self.as_number() {
            let number = number.approximate();
            let bits = if number == 0.0 { 0 } else { number.to_bits() };
            bits.hash(state);
        } else {
            self.as_boolean().hash(state);
        }
    }

    /// Equality as JSON Schema has it: numbers by value, mappings in any order.
    pub(in crate::schema) fn equals(&self, other: &Self) -> bool {
        match (self.json_type(), other.json_type()) {
            (JsonType::Null, JsonType::Null) => true,
            (JsonType::Boolean, JsonType::Boolean) => self.as_boolean() == other.as_boolean(),
            (JsonType::String, JsonType::String) => self.as_string() == other.as_string(),
            (JsonType::Number, JsonType::Number) => match (self.as_number(), other.as_number()) {
                (Some(Number::Big(left)), Some(Number::Big(right))) => left == right,
                (Some(Number::Integer(left)), Some(Number::Integer(right))) => left == right,
                (Some(left), Some(right)) => left.approximate() == right.approximate(),
                _ => false,
            },
            (JsonType::Array, JsonType::Array) => match (self.as_array(), other.as_array()) {
                (Some(left), Some(right)) => {
                    left.len() == right.len()
                        && left
                            .elements()
                            .zip(right.elements())
                            .all(|(l, r)| l.equals(&r))
                }
                _ => false,
            },
            (JsonType::Object, JsonType::Object) => match (self.as_object(), other.as_object()) {
                (Some(left), Some(right)) => {
                    let right_values = right.lookup();
                    left.len() == right.len()
                        && left.members().all(|(name, value)| {
                            right_values(name).is_some_and(|r| value.equals(&r))
                        })
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// A node as a key of a set.
pub(super) struct Hashed<'a>(pub(super) Node<'a>);

impl PartialEq for Hashed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(&other.0)
    }
}

impl Eq for Hashed<'_> {}

impl Hash for Hashed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash_into(state);
    }
}
