//! Hugo before 0.152: gopkg.in/yaml.v2 2.4. Words of YAML 1.1, numbers as Go writes them; dates
//! stay text, which Hugo reads later where it wants a date.

use super::{Style, Value, base64, go, number, ruby};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None if style == Style::Plain => go::unbroken(text).map_or_else(|error| error, plain),
        None => Value::String,
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("binary") if base64::is_strict(text) => Value::Binary(base64::decode(text)),
            Some("binary") => refused(text, "binary"),
            Some(wanted @ ("bool" | "int" | "float" | "null")) => tagged(text, wanted),
            Some("timestamp") if !is_timestamp(text) => refused(text, "timestamp"),
            _ => Value::String,
        },
    }
}

fn tagged(text: &str, wanted: &str) -> Value {
    match (wanted, plain(text)) {
        ("float", Value::Integer(integer)) => Value::Float(integer as f64),
        ("float", value @ Value::Float(_))
        | ("int", value @ (Value::Integer(_) | Value::BigInteger(_)))
        | ("bool", value @ Value::Bool(_))
        | ("null", value @ Value::Null) => value,
        _ => refused(text, wanted),
    }
}

fn refused(text: &str, wanted: &str) -> Value {
    let shown = ruby::shown(text);
    Value::Error(format!("Hugo cannot read `{shown}` as `!!{wanted}`").into())
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Value::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Value::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Value::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let found = match text.as_bytes().first() {
        Some(b'.') if separates_digits(text) => go::float(&text.replace('_', "")),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let digits = text.replace('_', "");
            integer(&digits).or_else(|| go::float(&digits))
        }
        _ => None,
    };
    found.unwrap_or(Value::String)
}

/// Whether every underscore stands between two digits.
fn separates_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr_iter(b'_', bytes).all(|at| at > 0 && is_digit(at - 1) && is_digit(at + 1))
}

/// An integer in Go's spelling: the base by its prefix, a leading zero for octal.
fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    let lower = unsigned.get(..2).map(str::to_ascii_lowercase);
    let (radix, digits) = match lower.as_deref() {
        Some("0x") => (16, &unsigned[2..]),
        Some("0o") => (8, &unsigned[2..]),
        Some("0b") => (2, &unsigned[2..]),
        Some(other) if other.starts_with('0') => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    let unsigned_only = !text.starts_with(['-', '+']);
    go::integer(negative, unsigned_only, digits, radix)
}

/// Whether `!!timestamp` takes the text: a date alone, with `T`, a time and an offset, or with
/// spaces and a time without.
fn is_timestamp(text: &str) -> bool {
    go::read_timestamp(text).is_some()
}
