//! What the two readers of Hugo share: numbers as Go's `strconv` parses them.

use super::{Value, number, ruby};

/// The integer of these digits where it fits 64 bits, with a sign or, where `unsigned`, without.
pub(super) fn integer(negative: bool, unsigned: bool, digits: &str, radix: u32) -> Option<Value> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    let signed = if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    };
    match signed {
        Some(integer) => Some(Value::Integer(integer)),
        None if unsigned => Some(number::integer(false, digits, radix)),
        None => None,
    }
}

/// A decimal number with an optional point and exponent. `None` also where it is beyond a double,
/// which Go refuses.
pub(super) fn float(text: &str) -> Option<Value> {
    let unsigned = ruby::sign(text).1;
    let begins = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let within = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    if !begins || !unsigned.bytes().all(within) {
        return None;
    }
    let double: f64 = text.parse().ok()?;
    double.is_finite().then_some(Value::Float(double))
}

/// An unquoted text as yaml.v2 leaves it, for which the line breaks of YAML 1.1 still count.
pub(super) fn unbroken(text: &str) -> Result<&str, Value> {
    ruby::without_old_breaks(text, "Hugo")
}
