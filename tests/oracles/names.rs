//! Keys as the parsers write them that know only text for a key.

use frontlint::dialect::{Dialect, Value};

/// A key as JavaScript makes a property name of it, and Go a string.
pub fn property_name(value: &Value, text: &str, dialect: Dialect) -> String {
    match value {
        Value::Null if is_javascript(dialect) => "null".to_owned(),
        Value::Null => String::new(),
        Value::Float(float) if float.is_infinite() => {
            let infinity = format!("{float:+}").replace("inf", "Inf");
            match dialect {
                Dialect::HugoGoccy => infinity,
                _ => infinity.replace("Inf", "Infinity").replace('+', ""),
            }
        }
        Value::Bool(bool) => bool.to_string(),
        Value::Float(float) if has_doubles(dialect) => rounded(*float),
        Value::Integer(integer) => (*integer as f64).to_string(),
        Value::BigInteger(digits) if has_doubles(dialect) => rounded(digits.parse().unwrap()),
        Value::BigInteger(digits) => digits.parse::<f64>().unwrap().to_string(),
        Value::Float(float) => float.to_string(),
        Value::Timestamp(at) => {
            let at = jiff::Timestamp::from_second(at.instant().unwrap()).unwrap();
            at.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
                .to_string()
        }
        _ => text.to_owned(),
    }
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
