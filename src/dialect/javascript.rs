//! What the readers in JavaScript share: all numbers are doubles, all dates are instants.

use super::ruby::{Scanner, shown};
use super::{Timestamp, Value, Zone, base64, number, timestamp};
use crate::text::calendar::Day;

/// A double as JavaScript shows it: one without a fraction and below 10²¹ counts as an integer.
pub(super) fn from_double(double: f64) -> Value {
    if double.fract() != 0.0
        || double.abs() >= 1e21
        || !double.is_finite()
        || (double == 0.0 && double.is_sign_negative())
    {
        return Value::Float(double);
    }
    let digits = format!("{double:.0}");
    digits.parse().map_or_else(
        |_| Value::BigInteger(digits.as_str().into()),
        Value::Integer,
    )
}

/// `.inf` and `.nan` in the spellings of YAML.
pub(super) fn special(text: &str) -> Option<f64> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        _ => None,
    }
}

/// The three spellings of null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

pub(super) fn boolean(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

pub(super) fn unknown_tag(tag: &str) -> Box<str> {
    format!("js-yaml does not know the tag `{}`", shown(tag)).into()
}

pub(super) fn refused(text: &str, tag: &str) -> Value {
    Value::Error(format!("js-yaml cannot read `{}` as `!!{tag}`", shown(text)).into())
}

/// Why js-yaml 3 and 4 give up on a list or a mapping with this tag.
pub(super) fn refuse_collection(tag: &str, mapping: bool) -> Option<Box<str>> {
    let known = match tag.strip_prefix("tag:yaml.org,2002:") {
        Some("map" | "set") => mapping,
        Some("seq" | "omap" | "pairs") => !mapping,
        _ => tag == "!",
    };
    (!known).then(|| unknown_tag(tag))
}

/// A day as JavaScript's `Date.UTC` takes it: months beyond December count into the next year, and
/// years before 100 are of the twentieth century.
pub(super) fn carry_month(day: Day) -> Day {
    let year = if day.year < 100 {
        day.year + 1900
    } else {
        day.year
    };
    let months = day.month - 1;
    Day::new(
        year + months.div_euclid(12),
        months.rem_euclid(12) + 1,
        day.day,
    )
}

/// A date as js-yaml 3 and 4 make a `Date` of it: parts beyond their range are carried over,
/// and a day alone is kept as one, since its instant is the same midnight in UTC.
pub(super) fn read_timestamp(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(text);
    let day = carry_month(scanner.date()?);
    if scanner.rest().is_empty() {
        let alone = Timestamp {
            nanosecond_of_day: None,
            ..timestamp::timestamp(day, 0, 0, Zone::None)
        };
        return (text.len() == 10).then_some(Value::Timestamp(alone));
    }
    let is_space_or_tab = |byte: u8| matches!(byte, b' ' | b'\t');
    if !scanner.eat(|byte| matches!(byte, b'T' | b't')) && scanner.skip(is_space_or_tab) == 0 {
        return None;
    }
    let time = scanner.time()?;
    scanner.skip(is_space_or_tab);
    let zone = match scanner.rest() {
        "" => Zone::None,
        "Z" => Zone::Offset(0),
        written => Zone::Offset(i32::try_from(offset(written)?).ok()?),
    };
    let nanosecond = time.nanosecond / 1_000_000 * 1_000_000;
    let at = timestamp::timestamp(day, time.second_of_day(), nanosecond, zone);
    Some(Value::Timestamp(at))
}

/// `+2`, `+02` and `+02:00` as seconds east of UTC, in any range.
pub(super) fn offset(text: &str) -> Option<i64> {
    let (negative, unsigned) = number::sign(text);
    if unsigned.len() == text.len() {
        return None;
    }
    let mut scanner = Scanner::new(unsigned);
    let mut seconds = scanner.digits(1, 2)? * 3600;
    if scanner.eat(|byte| byte == b':') {
        seconds += scanner.digits(2, 2)? * 60;
    }
    let all = scanner.rest().is_empty();
    all.then_some(if negative { -seconds } else { seconds })
}

/// The bytes that js-yaml 3 and 4 make of base64: `=` is passed over wherever it stands, and of no
/// digits at all three bytes are made.
pub(super) fn binary(text: &str) -> Box<[u8]> {
    let digits = text.replace(['=', '\r', '\n'], "");
    match digits.is_empty() {
        true => Box::new([0; 3]),
        false => base64::decode(&digits),
    }
}

/// Base64 where every character is one of its digits or a line break, and no bits are left over.
pub(super) fn is_base64(text: &str) -> bool {
    let digits = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    digits.clone().all(known) && digits.count() % 4 == 0
}
