//! Hugo since 0.152: goccy/go-yaml 1.19. Words of YAML 1.2, numbers as Go writes them, a leading
//! zero for octal, an exponent only after a point; dates stay text, which Hugo reads later.

use super::{Style, Value, Zone, base64, calendar, go};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None if style == Style::Plain => plain(text),
        None => Value::String,
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("null") => Value::Null,
            Some("bool") => Value::Bool(matches!(
                text,
                "1" | "t"
                    | "T"
                    | "true"
                    | "True"
                    | "TRUE"
                    | "yes"
                    | "Yes"
                    | "YES"
                    | "on"
                    | "On"
                    | "ON"
            )),
            Some("int") => integer_or_zero(text, style),
            Some("float") => float_or_zero(text),
            Some("timestamp") => timestamp(text),
            Some("binary") => Value::Binary(base64::decode(text)),
            // Another tag with nothing behind it is null, whatever it asks for.
            None if text.is_empty() && style == Style::Plain => Value::Null,
            _ => Value::String,
        },
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

/// `!!int`, which takes what is no integer for zero.
fn integer_or_zero(text: &str, style: Style) -> Value {
    let quoted = style != Style::Plain;
    match plain(text) {
        value @ (Value::Integer(_) | Value::BigInteger(_)) if !quoted => value,
        _ => Value::Integer(text.parse().unwrap_or(0)),
    }
}

/// `!!float`, which takes what is no number for zero.
fn float_or_zero(text: &str) -> Value {
    match plain(text) {
        value @ Value::Float(_) => value,
        Value::Integer(integer) => Value::Float(integer as f64),
        _ => go::float(text).unwrap_or(Value::Float(0.0)),
    }
}

/// `!!timestamp`, which takes what is no date for the first day of year 1.
fn timestamp(text: &str) -> Value {
    let date: Option<jiff::civil::Date> = text.parse().ok().filter(|_| text.len() == 10);
    let (year, month, day) = date.map_or((1, 1, 1), |date| {
        (date.year().into(), date.month().into(), date.day().into())
    });
    let midnight = calendar::timestamp((year, month, day), 0, 0, Zone::Offset(0));
    let instant: Option<jiff::Timestamp> = text.parse().ok();
    let at = instant.map_or(midnight, |instant| {
        let second = instant.as_second();
        let nanosecond = i64::from(instant.subsec_nanosecond());
        calendar::timestamp((1970, 1, 1), second, nanosecond, Zone::Offset(0))
    });
    Value::Timestamp(at)
}
