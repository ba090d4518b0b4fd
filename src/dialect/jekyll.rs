//! Jekyll as people install it: SafeYAML 1.0.5, which takes scalars as text from Psych and has its
//! own rules for their types.

use std::borrow::Cow;

use super::ruby::{Scanner, is_space, no_number, trim};
use super::{Style, Value, Zone, base64, number, ruby, timestamp};
use crate::text::calendar::DAY_SECONDS;

/// `DateTime.parse` refuses a longer text.
const LONGEST_TIME: usize = 128;

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None if style == Style::Plain => ruby::unbroken(text).map_or_else(|error| error, guess),
        None => Value::String,
        Some("tag:yaml.org,2002:binary" | "x-private:binary" | "!binary") => {
            Value::Binary(base64::decode(text))
        }
        // Tags are passed over, and libyaml counts a tagged scalar as plain, quoted or not.
        Some(_) => guess(text),
    }
}

fn guess(text: &str) -> Value {
    match text.as_bytes().first() {
        None => Value::Null,
        Some(b'0'..=b'9') if ruby::begins_as_date(text) => date(text).unwrap_or(Value::String),
        Some(b'~' | b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O') => {
            word(text)
        }
        Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'_' | b',' | b' ' | b'\t'..=b'\r') => {
            integer(text)
                .or_else(|| float(text))
                .or_else(|| date(text))
                .unwrap_or(Value::String)
        }
        Some(_) => Value::String,
    }
}

fn word(text: &str) -> Value {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    match text.len() {
        1 if text == "~" => Value::Null,
        2 if is("on") => Value::Bool(true),
        2 if is("no") => Value::Bool(false),
        3 if is("yes") => Value::Bool(true),
        3 if is("off") => Value::Bool(false),
        4 if is("null") => Value::Null,
        4 if is("true") => Value::Bool(true),
        5 if is("false") => Value::Bool(false),
        _ => Value::String,
    }
}

/// Ruby's `\Z` stands before a last line break as well as at the end.
fn before_last_break(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

pub(super) fn integer(text: &str) -> Option<Value> {
    let text: Cow<'_, str> = if text.contains(['_', ',']) {
        Cow::Owned(text.replace(['_', ','], ""))
    } else {
        Cow::Borrowed(text)
    };
    let (negative, unsigned) = number::sign(before_last_break(&text));
    let has_sign = unsigned.len() < before_last_break(&text).len();
    let all = |digits: &str, radix| {
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
    };
    if all(unsigned, 10) && (unsigned == "0" || !unsigned.starts_with('0')) {
        return Some(number::integer(negative, unsigned, 10));
    }
    if let (b"0", digits) = unsigned.as_bytes().split_at(unsigned.len().min(1))
        && let Ok(digits) = std::str::from_utf8(digits)
        && !has_sign
    {
        if all(digits, 8) {
            return Some(number::integer(false, digits, 8));
        }
        if let Some(digits) = digits.strip_prefix(['x', 'X']).filter(|rest| all(rest, 16)) {
            return Some(number::integer(false, digits, 16));
        }
        if let Some(digits) = digits.strip_prefix('b').filter(|rest| all(rest, 2)) {
            return Some(number::integer(false, digits, 2));
        }
    }
    let (negative, unsigned) = number::sign(trim(&text));
    if let Some(digits) = unsigned.strip_prefix("0x").filter(|rest| all(rest, 16)) {
        return Some(number::integer(negative, digits, 16));
    }
    sexagesimal(&text, false)
}

pub(super) fn float(text: &str) -> Option<Value> {
    if is_point_float(before_last_break(text)) {
        return Some(ruby::float(text).map_or_else(|| no_number(text), Value::Float));
    }
    match text {
        ".inf" | ".Inf" | ".INF" => Some(Value::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Value::Float(f64::NEG_INFINITY)),
        ".nan" | ".NaN" | ".NAN" => Some(Value::Float(f64::NAN)),
        _ => sexagesimal(text, true),
    }
}

/// Whether SafeYAML gives the text to `Float()`, which may still refuse it.
fn is_point_float(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    let mut scanner = Scanner::new(number::sign(text).1);
    if scanner.take(digit).starts_with('_') || scanner.byte(b'.').is_none() {
        return false;
    }
    if scanner.skip(digit) == 0 {
        return false;
    }
    if scanner.eat(|byte| matches!(byte, b'e' | b'E')) {
        let sign = scanner.eat(|byte| matches!(byte, b'+' | b'-'));
        if !sign || scanner.skip(|byte| byte.is_ascii_digit()) == 0 {
            return false;
        }
    }
    scanner.rest().is_empty()
}

/// `12:30`, in base 60 with the last part as ones: 750. The sign counts only for the first part,
/// and then turns the whole.
fn sexagesimal(text: &str, with_point: bool) -> Option<Value> {
    let trimmed = trim(text);
    let mut scanner = Scanner::new(number::sign(trimmed).1);
    let head = scanner.take(|byte| byte.is_ascii_digit() || byte == b'_');
    if head.is_empty() || head.starts_with('_') {
        return None;
    }
    let mut count = 0;
    while scanner.eat(|byte| byte == b':') {
        scanner.digits(1, 2).filter(|&part| part < 60)?;
        count += 1;
    }
    if count == 0 || with_point != scanner.eat(|byte| byte == b'.') {
        return None;
    }
    let fraction = scanner.take(|byte| with_point && (byte.is_ascii_digit() || byte == b'_'));
    if !scanner.rest().is_empty() {
        return None;
    }
    let before = trimmed.split('.').next().unwrap_or(trimmed);
    let mut sum = 0.0;
    let mut scale = 1.0;
    for part in before.rsplit(':') {
        let Some(part) = ruby::float(part) else {
            return Some(no_number(text));
        };
        sum += part * scale;
        scale *= 60.0;
    }
    if !fraction.is_empty() {
        let Some(part) = ruby::float(&format!(".{fraction}")) else {
            return Some(no_number(text));
        };
        sum += part;
    }
    Some(Value::Float(if text.starts_with('-') { -sum } else { sum }))
}

fn date(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(text);
    let day = scanner.date()?;
    let known = ruby::is_date(day);
    if before_last_break(scanner.rest()).is_empty() {
        // Both of two digits.
        let full = before_last_break(text).len() == 10;
        let date = timestamp::day_alone(day);
        return (full && known).then_some(Value::Timestamp(date));
    }
    if !scanner.eat(|byte| matches!(byte, b'T' | b't')) && scanner.skip(is_space) == 0 {
        return None;
    }
    let mut time = scanner.time()?;
    let zone = zone(scanner.rest())?;
    // A leap second is the one before it.
    time.second = if time.second == 60 { 59 } else { time.second };
    let in_range = known
        && time.minute <= 59
        && time.second <= 59
        && (time.hour <= 23 || (time.hour, time.minute, time.second) == (24, 0, 0));
    if !in_range || text.len() > LONGEST_TIME {
        return None;
    }
    let zone = match zone {
        // An offset of more than a day is passed over, one of exactly a day is not.
        Zone::Offset(seconds) if i64::from(seconds).abs() > DAY_SECONDS => Zone::Offset(0),
        Zone::Offset(seconds) if i64::from(seconds).abs() == DAY_SECONDS => return None,
        zone => zone,
    };
    let at = timestamp::timestamp(day, time.second_of_day(), time.nanosecond, zone);
    Some(Value::Timestamp(at))
}

/// What follows the time: white space, `Z` or an offset. `None` where it is neither.
fn zone(text: &str) -> Option<Zone> {
    let mut scanner = Scanner::new(text);
    scanner.skip(is_space);
    let written = before_last_break(scanner.rest());
    match written {
        "" => return Some(Zone::None),
        "Z" => return Some(Zone::Offset(0)),
        _ => {}
    }
    if let [sign @ (b'+' | b'-'), h, o, b':', m, i] = *written.as_bytes() {
        // Written as nearly all are; the rest comes to the same.
        let seconds = i32::try_from(ruby::pair(h, o)? * 3600 + ruby::pair(m, i)? * 60).ok()?;
        return Some(Zone::Offset(if sign == b'-' { -seconds } else { seconds }));
    }
    let (negative, unsigned) = number::sign(written);
    if unsigned.len() == written.len() {
        return None;
    }
    let unsigned = unsigned.as_bytes();
    let (hours, minutes) = match unsigned.iter().position(|&byte| byte == b':') {
        Some(colon) if colon + 3 == unsigned.len() => (&unsigned[..colon], &unsigned[colon + 1..]),
        Some(_) => return None,
        // An odd number of digits begins with an hour of one.
        None if matches!(unsigned.len(), 3 | 4) => unsigned.split_at(unsigned.len() - 2),
        None => (unsigned, &unsigned[..0]),
    };
    if !matches!(hours.len(), 1 | 2) {
        return None;
    }
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let seconds = hours * 3600 + minutes * 60;
    Some(Zone::Offset(if negative { -seconds } else { seconds }))
}

/// What a few digits write; 0 where there is none.
fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i32::from(byte - b'0'))
    })
}
