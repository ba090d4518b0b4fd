//! What the two readers of Hugo share: numbers as Go's `strconv` parses them.

use std::borrow::Cow;

use super::{Timestamp, Value, Zone, number, ruby, timestamp};

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
    let unsigned = number::sign(text).1;
    let begins = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    let within = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    if !begins || !unsigned.bytes().all(within) {
        return None;
    }
    let double: f64 = text.parse().ok()?;
    double.is_finite().then_some(Value::Float(double))
}

/// A double as `strconv` writes it with format `g`: the shortest digits, with an exponent from a
/// million on and below a ten-thousandth.
pub(super) fn float_text(double: f64) -> String {
    if double.is_nan() {
        return "NaN".to_owned();
    }
    if double.is_infinite() {
        return format!("{double:+}").replace("inf", "Inf");
    }
    let shortest = format!("{double:e}");
    let (digits, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if double == 0.0 || (-4..6).contains(&exponent) {
        return double.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
}

/// A key as Hugo writes the keys of front matter: in small letters, one letter after the other.
#[must_use]
pub fn hugo_key(key: &str) -> Cow<'_, str> {
    let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if key.bytes().all(is_small) {
        return Cow::Borrowed(key);
    }
    // Of `İ`, which Unicode makes two letters of, Go takes the first.
    let small = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    Cow::Owned(key.chars().map(small).collect())
}

/// An unquoted text as yaml.v2 leaves it, for which the line breaks of YAML 1.1 still count.
pub(super) fn unbroken(text: &str) -> Result<&str, Value> {
    ruby::without_old_breaks(text, "Hugo")
}

/// What both take for `!!timestamp`: a date alone, with `T`, a time and an offset, or with spaces
/// and a time without.
pub(super) fn read_timestamp(text: &str) -> Option<Timestamp> {
    let mut scanner = ruby::Scanner::new(text);
    let day = scanner.date().filter(|day| day.is_real())?;
    if scanner.rest().is_empty() {
        return Some(timestamp::timestamp(day, 0, 0, Zone::Offset(0)));
    }
    let zoned = scanner.eat(|byte| matches!(byte, b'T' | b't'));
    if !zoned && scanner.skip(|byte| byte == b' ') == 0 {
        return None;
    }
    let written = scanner.rest();
    let time = scanner.time()?;
    let in_range = time.hour < 24 && time.minute < 60 && time.second < 60;
    // A point wants digits behind it.
    let taken = written.get(..written.len() - scanner.rest().len())?;
    if !in_range || taken.ends_with('.') {
        return None;
    }
    let rest = scanner.rest();
    let offset = match rest {
        "Z" if zoned => 0,
        "" if !zoned => 0,
        _ if zoned && rest.len() == 6 => super::javascript::offset(rest)?,
        _ => return None,
    };
    let zone = Zone::Offset(i32::try_from(offset).ok()?);
    let second = time.second_of_day();
    Some(timestamp::timestamp(day, second, time.nanosecond, zone))
}
