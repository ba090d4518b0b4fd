//! Words that the messages of several rules share.

use crate::dialect::Value;
use crate::text::LONGEST_SHOWN;
pub(super) use crate::text::{code, in_single_quotes};

/// What a parser reads a scalar as, after "reads it as".
pub(super) fn becomes(value: &Value) -> String {
    match value {
        Value::Null => "null, as if nothing were written".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => format!("the integer {number}"),
        Value::BigInteger(digits) => {
            let shown = digits.get(..LONGEST_SHOWN).unwrap_or(digits);
            format!("the integer {shown}")
        }
        Value::Float(number) if number.is_finite() => format!("the number {number}"),
        Value::Float(number) if number.is_nan() => "no number at all (NaN)".to_owned(),
        Value::Float(_) => "an infinite number".to_owned(),
        Value::Timestamp(timestamp) if timestamp.is_date_only() => format!("the date {timestamp}"),
        Value::Timestamp(timestamp) => format!("the time {timestamp}"),
        Value::String => "text".to_owned(),
        Value::Binary(_) => "binary data".to_owned(),
        Value::Error(_) => "an error".to_owned(),
    }
}

/// `a, b and c`
pub(super) fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
