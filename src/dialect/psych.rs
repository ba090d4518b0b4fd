//! Debian's Jekyll: `Psych.safe_load` of Psych 4.0, with `Date` and `Time` permitted.

use super::ruby::{Scanner, is_space, no_number, shown};
use super::{Style, Value, Zone, base64, number, ruby, timestamp};
use crate::text::calendar::{DAY_SECONDS, Day};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        // libyaml counts a tagged scalar as plain, quoted or not.
        None if style == Style::Plain => ruby::unbroken(text).map_or_else(|error| error, plain),
        None => Value::String,
        Some("!") => plain(text),
        Some(tag) => tagged(text, tag),
    }
}

fn tagged(text: &str, tag: &str) -> Value {
    match tag {
        "!binary" | "tag:yaml.org,2002:binary" => Value::Binary(base64::decode(text)),
        "!str" | "!ruby/string" | "tag:yaml.org,2002:str" => Value::String,
        "!float" | "tag:yaml.org,2002:float" => float(text),
        _ if is_object(tag) => {
            Value::Error(format!("Ruby must not make an object of `{}` here", shown(tag)).into())
        }
        _ => plain(text),
    }
}

fn no_object(tag: &str) -> Box<str> {
    format!("Ruby must not make an object of `{}` here", shown(tag)).into()
}

pub(super) fn refuse_collection(tag: &str, mapping: bool) -> Option<Box<str>> {
    let is_object = match tag {
        "!set" | "tag:yaml.org,2002:set" | "!omap" | "tag:yaml.org,2002:omap" => mapping,
        "!ruby/range" => mapping,
        "!ruby/object:Hash" => false,
        _ => [
            "!seq:",
            "!map:",
            "!str:",
            "!ruby/array:",
            "!ruby/hash:",
            "!ruby/string:",
            "!ruby/object",
            "!ruby/struct",
            "!ruby/exception",
            "!ruby/marshalable:",
        ]
        .iter()
        .any(|prefix| tag.starts_with(prefix)),
    };
    is_object.then(|| no_object(tag))
}

/// Whether a tag asks for a Ruby class, which `safe_load` refuses.
fn is_object(tag: &str) -> bool {
    match tag {
        "!ruby/class" | "!ruby/module" | "!ruby/regexp" | "!ruby/range" | "!ruby/encoding" => true,
        "!ruby/object:BigDecimal"
        | "!ruby/object:DateTime"
        | "!ruby/object:Complex"
        | "!ruby/object:Rational" => true,
        _ => ["!ruby/sym", "!str:", "!ruby/string:"]
            .iter()
            .any(|prefix| tag.starts_with(prefix)),
    }
}

/// `!!float`, which makes a float of whatever the text is without it.
fn float(text: &str) -> Value {
    let float = match plain(text) {
        Value::Integer(integer) => Some(integer as f64),
        Value::BigInteger(digits) => digits.parse().ok(),
        Value::Float(float) => Some(float),
        Value::String => ruby::float(text),
        error @ Value::Error(_) => return error,
        _ => None,
    };
    float.map_or_else(|| no_number(text), Value::Float)
}

fn plain(text: &str) -> Value {
    match text.as_bytes().first() {
        None => Value::Null,
        Some(b'y' | b'Y' | b't' | b'T' | b'o' | b'O' | b'n' | b'N' | b'f' | b'F' | b'~') => {
            word(text)
        }
        Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b':') if !text.contains('\n') => number_like(text),
        Some(_) => Value::String,
    }
}

/// The words for null and the booleans, in any case. One line of several is enough for Ruby,
/// whose `^` and `$` stand at every line.
fn word(text: &str) -> Value {
    if text.len() > 10 || text.chars().count() > 5 {
        return Value::String;
    }
    if text == "~" {
        return Value::Null;
    }
    let one_of = |words: &[&str]| {
        text.lines()
            .any(|line| words.iter().any(|word| equals_folded(line, word)))
    };
    let foreign = text.lines().any(|line| {
        let first = line.bytes().next().unwrap_or(b'\n');
        !b"ytonf~".contains(&first.to_ascii_lowercase())
    });
    if foreign {
        Value::String
    } else if one_of(&["null"]) {
        Value::Null
    } else if one_of(&["yes", "true", "on"]) {
        Value::Bool(true)
    } else if one_of(&["no", "false", "off"]) {
        Value::Bool(false)
    } else {
        Value::String
    }
}

/// Ruby's `/i` folds the long s and the ligature of two f as well.
fn equals_folded(line: &str, word: &str) -> bool {
    line.eq_ignore_ascii_case(word)
        || (!line.is_ascii()
            && line
                .replace('ſ', "s")
                .replace('ﬀ', "ff")
                .eq_ignore_ascii_case(word))
}

fn number_like(text: &str) -> Value {
    if let Some(value) = time(text) {
        return value;
    }
    if let Some(day) = date(text) {
        return if ruby::is_date(day) {
            Value::Timestamp(timestamp::day_alone(day))
        } else {
            Value::String
        };
    }
    let (negative, unsigned) = number::sign(text);
    if unsigned.eq_ignore_ascii_case(".inf") {
        return Value::Float(if negative {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        });
    }
    if text.eq_ignore_ascii_case(".nan") {
        return Value::Float(f64::NAN);
    }
    if text.starts_with(':') {
        return if text.len() == 1 {
            Value::String
        } else {
            Value::Error(
                format!(
                    "`{}` is a symbol to Ruby, and symbols are not allowed",
                    shown(text)
                )
                .into(),
            )
        };
    }
    sexagesimal(text)
        .or_else(|| point_float(text))
        .or_else(|| integer(text))
        .unwrap_or(Value::String)
}

/// A date alone: month and day of one digit or two, in range as far as the digits show.
fn date(text: &str) -> Option<Day> {
    let mut scanner = Scanner::new(text);
    let day = scanner.date()?;
    (scanner.rest().is_empty() && day.month <= 12 && day.day <= 31).then_some(day)
}

fn time(text: &str) -> Option<Value> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text),
    };
    let mut scanner = Scanner::new(unsigned);
    let day = scanner.date()?;
    let separator = if scanner.eat(|byte| matches!(byte, b'T' | b't')) {
        " "
    } else {
        scanner.take(is_space)
    };
    if separator.is_empty() {
        return None;
    }
    let time = scanner.time()?;
    let zone = zone(scanner.rest())?;
    if !separator.contains(' ') {
        // Psych looks for a space or a T, finds none there, and fails on what it did not find.
        let reason = format!(
            "Ruby fails on `{}`: write a space before the time",
            shown(text)
        );
        return Some(Value::Error(reason.into()));
    }
    let in_range = day.has_month()
        && (1..=31).contains(&day.day)
        && time.minute <= 59
        && time.second <= 60
        && (time.hour <= 23 || (time.hour, time.minute, time.second) == (24, 0, 0))
        && !matches!(zone, Zone::Offset(seconds) if i64::from(seconds).abs() >= DAY_SECONDS);
    if !in_range {
        return Some(Value::String);
    }
    let year = if negative { -day.year } else { day.year };
    let (day, second) = (Day { year, ..day }, time.second_of_day());
    let at = timestamp::timestamp(day, second, time.nanosecond, zone);
    Some(Value::Timestamp(at))
}

/// What follows the time: nothing, `Z` or an offset. `None` where it is neither.
fn zone(text: &str) -> Option<Zone> {
    if text.is_empty() {
        return Some(Zone::None);
    }
    let mut scanner = Scanner::new(text);
    scanner.skip(is_space);
    if scanner.rest() == "Z" {
        return Some(Zone::Offset(0));
    }
    let (negative, unsigned) = number::sign(scanner.rest());
    if unsigned.len() == scanner.rest().len() {
        return None;
    }
    let (hours, minutes) = match unsigned.split_once(':') {
        Some((hours, minutes)) if matches!(minutes.len(), 0 | 2) => (hours, minutes),
        Some(_) => return None,
        None if unsigned.is_ascii() && unsigned.len() <= 4 => {
            unsigned.split_at(unsigned.len().min(2))
        }
        None => return None,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(hours.len(), 1 | 2) || !digits(hours) || !digits(minutes) {
        return None;
    }
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = minutes.parse().unwrap_or(0);
    // The sign is lost on an hour of zero: -00:30 is half an hour east.
    let seconds = if negative && hours > 0 {
        -hours * 3600 - minutes * 60
    } else {
        hours * 3600 + minutes * 60
    };
    Some(Zone::Offset(seconds))
}

/// `12:30` and `12:30:00`: hours first, whatever their number, as seconds.
fn sexagesimal(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    let mut scanner = Scanner::new(unsigned);
    let head = scanner.take(|byte| byte.is_ascii_digit() || byte == b'_');
    if head.is_empty() || head.starts_with('_') {
        return None;
    }
    let mut rest = 0;
    let mut last = 0;
    let mut count = 0;
    while scanner.eat(|byte| byte == b':') {
        last = scanner.digits(1, 2).filter(|&part| part < 60)?;
        count += 1;
        rest += last * if count == 1 { 60 } else { 1 };
    }
    if !matches!(count, 1 | 2) {
        return None;
    }
    // `to_i` stops at a second underscore in a row.
    let head = head.split("__").next().unwrap_or(head);
    if scanner.eat(|byte| byte == b'.') {
        let fraction = scanner.take(|byte| byte.is_ascii_digit() || byte == b'_');
        let all = scanner.rest().is_empty();
        return all.then(|| fractional(negative, head, rest, last, count, fraction));
    }
    scanner
        .rest()
        .is_empty()
        .then(|| whole(negative, head, rest))
}

fn fractional(
    negative: bool,
    head: &str,
    rest: i64,
    last: i64,
    count: i32,
    fraction: &str,
) -> Value {
    let scale = if count == 1 { 60 } else { 1 };
    let fraction = match fraction.split("__").next() {
        Some(digits) if !digits.starts_with('_') => digits.replace('_', ""),
        _ => String::new(),
    };
    let head: f64 = head.replace('_', "").parse().unwrap_or(0.0);
    let last_part: f64 = format!("{last}.{fraction}").parse().unwrap_or(0.0);
    let head = if negative { -head } else { head };
    let between = (rest - last * scale) as f64;
    Value::Float(head * 3600.0 + between + last_part * scale as f64)
}

fn whole(negative: bool, head: &str, rest: i64) -> Value {
    let sum = |hours: i64| {
        let hours = if negative { -hours } else { hours };
        hours.checked_mul(3600)?.checked_add(rest)
    };
    match number::integer(false, head, 10) {
        Value::Integer(hours) if sum(hours).is_some() => {
            Value::Integer(sum(hours).unwrap_or_default())
        }
        _ => number::scaled(negative, head, 3600, rest),
    }
}

/// A number with a point. Commas and underscores before it are passed over.
fn point_float(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(number::sign(text).1);
    let whole = scanner.take(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b','));
    if whole.starts_with(['_', ',']) {
        return None;
    }
    scanner.byte(b'.')?;
    let fraction = scanner.take(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() && scanner.rest().is_empty() {
        return None;
    }
    if scanner.eat(|byte| matches!(byte, b'e' | b'E')) {
        if !scanner.eat(|byte| matches!(byte, b'+' | b'-')) {
            return None;
        }
        if scanner.skip(|byte| byte.is_ascii_digit()) == 0 {
            return None;
        }
    }
    if !scanner.rest().is_empty() {
        return None;
    }
    if whole.is_empty() && fraction.is_empty() {
        return Some(no_number(text));
    }
    let parsed = if text.contains(['_', ',']) {
        text.replace(['_', ','], "").parse()
    } else {
        text.parse()
    };
    parsed.ok().map(Value::Float)
}

fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    let all = |digits: &str, radix| {
        !digits.is_empty()
            && digits
                .chars()
                .all(|digit| digit.is_digit(radix) || matches!(digit, '_' | ','))
    };
    let based = [("0b", 2), ("0x", 16), ("0", 8)];
    for (prefix, radix) in based {
        if let Some(digits) = unsigned.strip_prefix(prefix)
            && all(digits, radix)
        {
            let only_separators = radix != 8 && digits.chars().all(|c| matches!(c, '_' | ','));
            return Some(if only_separators {
                no_number(text)
            } else {
                number::integer(negative, digits, radix)
            });
        }
    }
    if unsigned == "0" {
        return Some(Value::Integer(0));
    }
    let bytes = unsigned.as_bytes();
    let decimal = bytes
        .first()
        .is_some_and(|byte| matches!(byte, b'1'..=b'9'))
        && bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes.windows(2).all(|pair| {
            pair[1].is_ascii_digit() || (matches!(pair[1], b'_' | b',') && pair[0].is_ascii_digit())
        });
    decimal.then(|| number::integer(negative, unsigned, 10))
}
