//! Hugo since 0.152: goccy/go-yaml 1.19. Words of YAML 1.2, numbers as Go writes them, a leading
//! zero for octal, an exponent only after a point; dates stay text, which Hugo reads later.

use std::borrow::Cow;

use super::{Style, Value, Zone, base64, go, number, ruby, timestamp};
use crate::text::calendar::Day;

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None if style == Style::Plain => plain(text),
        None => Value::String,
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("null") => Value::Null,
            Some("bool") => boolean(text).map_or_else(|| refused(text, "bool"), Value::Bool),
            Some("int") => integer_or_zero(text, style),
            Some("float") => float_or_zero(text, style),
            Some("timestamp") => read_timestamp(text),
            Some("binary") if text.is_empty() && style == Style::Plain => refused(text, "binary"),
            Some("binary") => Value::Binary(base64::decode(&base64::strict_part(text))),
            Some("str") => Value::String,
            Some(wanted @ ("map" | "set" | "seq" | "omap" | "merge")) => refused(text, wanted),
            // Another tag with nothing behind it is null, whatever it asks for.
            _ if text.is_empty() && style == Style::Plain => Value::Null,
            _ => Value::String,
        },
    }
}

/// An unquoted text without its tabs, and what it makes of a value under `!!str`. A tag that is
/// written in full, `!<…>`, does nothing.
pub(super) fn text<'t>(text: Cow<'t, str>, tag: Option<&str>) -> Cow<'t, str> {
    let text = match text.contains('\t') {
        true => Cow::Owned(text.replace('\t', "")),
        false => text,
    };
    if tag != Some("tag:yaml.org,2002:str") {
        return text;
    }
    match plain(&text) {
        Value::Null => Cow::Borrowed(""),
        Value::Bool(bool) => Cow::Owned(bool.to_string()),
        Value::Integer(integer) => Cow::Owned(integer.to_string()),
        Value::BigInteger(digits) => Cow::Owned(digits.into_string()),
        Value::Float(float) => Cow::Owned(go::float_text(float)),
        _ => text,
    }
}

/// Why goccy gives up on a list or a mapping with this tag.
pub(super) fn refuse_collection(tag: &str, mapping: bool) -> Option<Box<str>> {
    let name = tag.strip_prefix("tag:yaml.org,2002:")?;
    let refused = match name {
        "map" | "set" => !mapping,
        "seq" | "omap" => mapping,
        "str" | "int" | "float" | "bool" | "null" | "timestamp" | "binary" | "merge" => true,
        _ => false,
    };
    let what = if mapping { "a mapping" } else { "a list" };
    refused.then(|| format!("Hugo cannot read {what} as `!!{name}`").into())
}

fn refused(text: &str, wanted: &str) -> Value {
    let shown = ruby::shown(text);
    Value::Error(format!("Hugo cannot read `{shown}` as `!!{wanted}`").into())
}

/// `!!bool`, which takes more words than stand for a boolean without it.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" => Some(true),
        "0" | "f" | "F" | "false" | "False" | "FALSE" | "no" | "No" | "NO" => Some(false),
        _ => None,
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".inf" | ".Inf" | ".INF" => Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Value::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Value::Float(f64::NAN),
        _ => number(text).unwrap_or(Value::String),
    }
}

fn number(text: &str) -> Option<Value> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let points = text.bytes().filter(|&byte| byte == b'.').count();
    let negative = text.starts_with('-');
    // A plus is taken off first, then a minus: `+-1` is 1.
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let unsigned = unsigned
        .strip_prefix('-')
        .unwrap_or(unsigned)
        .replace('_', "");
    let (digits, radix) = match unsigned.get(..2) {
        Some("0x") => (&unsigned[2..], 16),
        Some("0o") => (&unsigned[2..], 8),
        Some("0b") => (&unsigned[2..], 2),
        Some(start) if start.starts_with('0') && points == 0 => (&*unsigned, 8),
        _ if points == 1 => {
            let signed = unsigned.starts_with(['+', '-']);
            return match go::float(&unsigned).filter(|_| !signed) {
                Some(Value::Float(double)) if negative => Some(Value::Float(-double)),
                found => found,
            };
        }
        _ => (&*unsigned, 10),
    };
    go::integer(negative, !negative, digits, radix)
}

/// `!!int`, which takes what is no integer for zero, and what is beyond 64 bits for the last.
fn integer_or_zero(text: &str, style: Style) -> Value {
    let quoted = style != Style::Plain;
    let digits = match plain(text) {
        value @ Value::Integer(_) if !quoted => return value,
        Value::BigInteger(digits) if !quoted => digits.into_string(),
        Value::Float(double) if !quoted && double.abs() < 1e21 => double.to_string(),
        _ => text.to_owned(),
    };
    Value::Integer(
        digits
            .parse()
            .unwrap_or_else(|_| match digits.parse::<i128>() {
                Ok(beyond) if beyond < 0 => i64::MIN,
                Ok(_) => i64::MAX,
                Err(_) => 0,
            }),
    )
}

/// `!!float`, which takes what is no number for zero.
fn float_or_zero(text: &str, style: Style) -> Value {
    match plain(text) {
        value @ Value::Float(_) => value,
        Value::Integer(integer) => Value::Float(integer as f64),
        Value::Bool(_) => Value::Integer(0),
        Value::Null if text.is_empty() && style == Style::Plain => Value::Integer(0),
        // Beyond a double it is infinite.
        _ => {
            let unsigned = number::sign(text).1;
            let begins = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
            Value::Float(text.parse().ok().filter(|_| begins).unwrap_or(0.0))
        }
    }
}

/// `!!timestamp`, which takes what is no date for the first day of year 1.
fn read_timestamp(text: &str) -> Value {
    let first = || timestamp::timestamp(Day::new(1, 1, 1), 0, 0, Zone::Offset(0));
    Value::Timestamp(go::read_timestamp(text).unwrap_or_else(first))
}
