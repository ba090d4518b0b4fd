//! js-yaml 4, which Astro uses: numbers of YAML 1.2, dates of YAML 1.1.

use super::js_yaml::{self, Numbers};
use super::{Style, Value, javascript, number};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    js_yaml::resolve(text, style, tag, &Numbers { integer, float })
}

pub(super) fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    if unsigned == "0" {
        return Some(Value::Integer(0));
    }
    let (digits, radix) = number::based(unsigned)?;
    Some(match number::double(digits, radix) {
        // A number beyond the doubles stays text.
        Some(double) if double.is_infinite() => return None,
        Some(double) => javascript::from_double(number::signed(negative, double)),
        None => number::too_long(),
    })
}

/// A point wants a digit before it, or no sign. What is beyond the doubles stays text.
pub(super) fn float(text: &str) -> Option<Value> {
    if let Some(double) = javascript::special(text) {
        return Some(Value::Float(double));
    }
    let unsigned = number::sign(text).1;
    let begins = |first: char| first.is_ascii_digit() || (first == '.' && unsigned == text);
    let within = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    if !unsigned.starts_with(begins) || !unsigned.bytes().all(within) {
        return None;
    }
    let double: f64 = text.parse().ok()?;
    double.is_finite().then(|| javascript::from_double(double))
}
