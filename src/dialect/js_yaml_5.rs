//! js-yaml 5: YAML 1.2 with its core schema, without dates, and strict about tags.

use super::{Style, Value, core, javascript, number};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None => finite(text, core::resolve(text, style, None)),
        Some("!") => Value::String,
        Some(tag) => {
            let Some(name) = tag.strip_prefix("tag:yaml.org,2002:") else {
                return Value::Error(javascript::unknown_tag(tag));
            };
            if name == "int" {
                return integer(text).unwrap_or_else(|| javascript::refused(text, name));
            }
            let value = finite(text, core::resolve(text, Style::Plain, None));
            let found = match (name, value) {
                ("str", _) => Some(Value::String),
                ("null", value @ Value::Null) | ("bool", value @ Value::Bool(_)) => Some(value),
                ("float", value @ (Value::Integer(_) | Value::BigInteger(_) | Value::Float(_))) => {
                    (!is_of_another_base(text)).then_some(value)
                }
                ("null" | "bool" | "float", _) => None,
                _ => return Value::Error(javascript::unknown_tag(tag)),
            };
            found.unwrap_or_else(|| javascript::refused(text, name))
        }
    }
}

/// `!!int`, which knows bases and no exponents.
fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    let (digits, radix) = number::based(unsigned)?;
    let double = number::double(digits, radix)?;
    Some(javascript::from_double(number::signed(negative, double)))
}

fn is_of_another_base(text: &str) -> bool {
    matches!(number::sign(text).1.get(..2), Some("0b" | "0o" | "0x"))
}

/// js-yaml 5 knows no other tags of lists and mappings.
pub(super) fn refuse_collection(tag: &str, mapping: bool) -> Option<Box<str>> {
    let known = match tag {
        "!" => true,
        "tag:yaml.org,2002:map" => mapping,
        "tag:yaml.org,2002:seq" => !mapping,
        _ => false,
    };
    (!known).then(|| javascript::unknown_tag(tag))
}

/// A number beyond the doubles stays text, unlike an infinity that is written.
fn finite(text: &str, value: Value) -> Value {
    match value {
        Value::Float(double) if double.is_infinite() && javascript::special(text).is_none() => {
            Value::String
        }
        value => value,
    }
}
