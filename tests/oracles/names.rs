//! Keys as the parsers write them that know only text for a key.

use frontlint::dialect::{Dialect, Value};

/// A key as JavaScript makes a property name of it, and Go a string.
pub fn property_name(value: &Value, text: &str, dialect: Dialect) -> String {
    match value {
        Value::Null if is_javascript(dialect) => "null".to_owned(),
        Value::Null => String::new(),
        Value::Float(float) if float.is_infinite() && dialect == Dialect::HugoGoccy => {
            "+Inf".to_owned()
        }
        Value::Float(float) if float.is_infinite() => "Infinity".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Integer(integer) => (*integer as f64).to_string(),
        Value::BigInteger(digits) if is_javascript(dialect) => rounded(digits.parse().unwrap()),
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

/// A whole number with no more digits than tell it from other doubles.
fn rounded(double: f64) -> String {
    let shortest = format!("{double:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap();
    let width = exponent.parse::<usize>().unwrap() + 1;
    format!("{:0<width$}", digits.replace('.', ""))
}

fn is_javascript(dialect: Dialect) -> bool {
    matches!(
        dialect,
        Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::JsYaml5
    )
}
