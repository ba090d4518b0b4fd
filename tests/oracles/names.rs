//! Keys as the parsers write them that know only text for a key.

use frontlint::testing::dialect::{Dialect, Value};
use frontlint::testing::syntax::{Document, Kind};

/// A key as JavaScript makes a property name of it, and Go a string.
pub fn property_name(value: &Value, text: &str, dialect: Dialect) -> String {
    match value {
        Value::Null if is_javascript(dialect) => "null".to_owned(),
        Value::Null => String::new(),
        Value::Float(float) if dialect == Dialect::HugoGoccy => written_by_go(*float),
        Value::Float(float) if float.is_infinite() => format!("{float}").replace("inf", "Infinity"),
        Value::Bool(bool) => bool.to_string(),
        Value::Float(float) if has_doubles(dialect) => rounded(*float),
        Value::Integer(integer) if has_doubles(dialect) => (*integer as f64).to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::BigInteger(digits) if has_doubles(dialect) => rounded(digits.parse().unwrap()),
        Value::BigInteger(digits) => digits.to_string(),
        Value::Float(float) => float.to_string(),
        Value::Binary(bytes) if dialect == Dialect::JsYaml4 => {
            let bytes: Vec<_> = bytes.iter().map(u8::to_string).collect();
            bytes.join(",")
        }
        Value::Binary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Timestamp(at) => {
            let at = jiff::Timestamp::from_second(at.instant().unwrap()).unwrap();
            at.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
                .to_string()
        }
        _ => text.to_owned(),
    }
}

/// Kind and name of a key that is a list or a mapping; no name where the parser keeps it as it is.
pub fn collection_name(
    document: &Document<'_>,
    key: &str,
    dialect: Dialect,
) -> (&'static str, Option<String>) {
    let root = document.root();
    let is_list = matches!(document.node(root).kind, Kind::Sequence(_));
    let name = match dialect {
        Dialect::Core => Some(compact(key)),
        Dialect::JsYaml3 | Dialect::JsYaml4 if is_list => {
            let items = document.items(root).iter();
            let texts: Vec<_> = items.map(|&item| document.string(item).unwrap()).collect();
            Some(texts.join(","))
        }
        Dialect::JsYaml3 | Dialect::JsYaml4 => Some("[object Object]".to_owned()),
        _ => return (if is_list { "seq" } else { "map" }, None),
    };
    ("string", name)
}

/// A key without the blanks and the `?` with which the package `yaml` writes it anew.
pub fn compact(key: &str) -> String {
    key.replace([' ', '?'], "")
}

/// A number as JavaScript writes it, with no more digits than tell it from other doubles.
fn rounded(double: f64) -> String {
    if double == 0.0 || double.is_nan() {
        return double.abs().to_string();
    }
    let shortest = format!("{double:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap();
    if double.abs() >= 1e21 || double.abs() < 1e-6 {
        return shortest.replace('e', if exponent.starts_with('-') { "e" } else { "e+" });
    }
    if double.fract() != 0.0 {
        return double.to_string();
    }
    let sign = if double < 0.0 { "-" } else { "" };
    let width = exponent.parse::<usize>().unwrap() + 1;
    format!("{sign}{:0<width$}", digits.replace(['.', '-'], ""))
}

/// A number as Go's `strconv` writes it with format `g`, in the words of C.
fn written_by_go(double: f64) -> String {
    if !double.is_finite() {
        return format!("{double:+}")
            .replace("inf", "Inf")
            .replace("+NaN", "NaN");
    }
    let exponent: i32 = format!("{double:e}")
        .split_once('e')
        .unwrap()
        .1
        .parse()
        .unwrap();
    if double == 0.0 || (-4..6).contains(&exponent) {
        return double.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    let digits = format!("{double:e}").split_once('e').unwrap().0.to_owned();
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// Whether all numbers of the parser are doubles of JavaScript.
fn has_doubles(dialect: Dialect) -> bool {
    dialect == Dialect::Core || is_javascript(dialect)
}

fn is_javascript(dialect: Dialect) -> bool {
    matches!(
        dialect,
        Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::JsYaml5
    )
}
