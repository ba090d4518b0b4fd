//! The safe loader of PyYAML 6 over libyaml (`CSafeLoader`), which MkDocs uses: YAML 1.1, and an error
//! for what its words promise and cannot be, such as a day that no month has.

use super::ruby::{Scanner, shown};
use super::{Style, Value, Zone, base64, number, ruby, timestamp};
use crate::text::calendar::DAY_SECONDS;

/// Python reads no longer decimal number.
const MOST_DIGITS: usize = 4_300;

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    let text = if style == Style::Plain {
        match ruby::without_old_breaks(text, "Python") {
            Ok(text) => text,
            Err(error) => return error,
        }
    } else {
        text
    };
    match tag {
        None if style == Style::Plain => plain(text),
        None => Value::String,
        // libyaml takes an empty value behind any tag for a quoted one.
        Some("!") if text.is_empty() && style == Style::Plain => Value::String,
        Some("!") => plain(text),
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("str") => Value::String,
            Some("null") => Value::Null,
            Some("bool") => boolean(&text.to_lowercase()).unwrap_or_else(|| refused(text)),
            Some("int") => integer(text),
            Some("float") => float(text),
            Some("timestamp") => read_timestamp(text).unwrap_or_else(|| no_date(text)),
            Some("binary") if is_base64(text) => Value::Binary(base64::decode(text)),
            Some("binary") => refused(text),
            _ => unknown(tag),
        },
    }
}

/// Tags of lists and mappings beyond those of the safe loader.
pub(super) fn refuse_collection(tag: &str, mapping: bool) -> Option<Box<str>> {
    let known = match tag.strip_prefix("tag:yaml.org,2002:") {
        Some("map" | "set") => mapping,
        Some("seq" | "omap" | "pairs") => !mapping,
        _ => tag == "!",
    };
    (!known).then(|| format!("Python does not know the tag `{}`", shown(tag)).into())
}

/// Whether Python decodes the text: it passes over what is no digit, and wants the padding.
fn is_base64(text: &str) -> bool {
    let mut digits = 0_usize;
    let mut padding = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'=' => {
                padding += 1;
                if digits % 4 >= 2 && digits % 4 + padding >= 4 {
                    return true;
                }
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {
                digits += 1;
                padding = 0;
            }
            byte if !byte.is_ascii() => return false,
            _ => {}
        }
    }
    digits.is_multiple_of(4)
}

fn unknown(tag: &str) -> Value {
    Value::Error(format!("Python does not know the tag `{}`", shown(tag)).into())
}

fn refused(text: &str) -> Value {
    Value::Error(format!("Python cannot read `{}`", shown(text)).into())
}

fn no_date(text: &str) -> Value {
    Value::Error(format!("Python finds no date in `{}`", shown(text)).into())
}

fn plain(text: &str) -> Value {
    match text.as_bytes().first() {
        None => Value::Null,
        Some(b'~') if text == "~" => Value::Null,
        Some(b'n' | b'N') if matches!(text, "null" | "Null" | "NULL") => Value::Null,
        Some(b'<' | b'=') if matches!(text, "<<" | "=") => {
            Value::Error(format!("Python takes `{text}` for more than text and fails on it").into())
        }
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number_like(text),
        Some(_) if is_capitalised(text) => {
            boolean(&text.to_ascii_lowercase()).unwrap_or(Value::String)
        }
        Some(_) => Value::String,
    }
}

/// `word`, `Word` or `WORD`.
fn is_capitalised(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or("");
    let lower = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    lower(rest) || upper(text)
}

fn boolean(lower: &str) -> Option<Value> {
    match lower {
        "yes" | "true" | "on" => Some(Value::Bool(true)),
        "no" | "false" | "off" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn number_like(text: &str) -> Value {
    if ruby::begins_as_date(text) {
        let date = is_date(text).then(|| read_timestamp(text)).flatten();
        date.unwrap_or(Value::String)
    } else if is_float(text) {
        float(text)
    } else if is_integer(text) {
        integer(text)
    } else if is_date(text) {
        read_timestamp(text).unwrap_or(Value::String)
    } else {
        Value::String
    }
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}

pub(super) fn is_float(text: &str) -> bool {
    let unsigned = number::sign(text).1;
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return true,
        ".nan" | ".NaN" | ".NAN" => return unsigned.len() == text.len(),
        _ => {}
    }
    let mut scanner = Scanner::new(unsigned);
    let whole = scanner.take(is_digit);
    if whole.starts_with('_') {
        return false;
    }
    let minutes = sixties(&mut scanner);
    if (whole.is_empty() && (minutes || unsigned.len() < text.len()))
        || scanner.byte(b'.').is_none()
    {
        return false;
    }
    let fraction = scanner.take(is_digit);
    if whole.is_empty() && !fraction.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    if !minutes && scanner.eat(|byte| matches!(byte, b'e' | b'E')) {
        let sign = scanner.eat(|byte| matches!(byte, b'+' | b'-'));
        if !sign || scanner.skip(|byte| byte.is_ascii_digit()) == 0 {
            return false;
        }
    }
    scanner.rest().is_empty()
}

/// Takes `:30:00`, parts below sixty; whether there are any. A part beyond is left.
fn sixties(scanner: &mut Scanner<'_>) -> bool {
    let mut found = false;
    while scanner.rest().starts_with(':') {
        let digits: String = scanner.rest()[1..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let part = digits.parse().ok().filter(|&part: &u32| part < 60);
        if part.is_none() || digits.len() > 2 {
            break;
        }
        scanner.skip(|byte| byte == b':');
        scanner.skip(|byte| byte.is_ascii_digit());
        found = true;
    }
    found
}

pub(super) fn is_integer(text: &str) -> bool {
    let unsigned = number::sign(text).1;
    let all = |digits: &str, radix| {
        !digits.is_empty()
            && digits
                .chars()
                .all(|digit| digit.is_digit(radix) || digit == '_')
    };
    if unsigned == "0"
        || [("0b", 2), ("0", 8), ("0x", 16)]
            .iter()
            .any(|&(prefix, radix)| {
                unsigned
                    .strip_prefix(prefix)
                    .is_some_and(|digits| all(digits, radix))
            })
    {
        return true;
    }
    let mut scanner = Scanner::new(unsigned);
    let head = scanner.take(is_digit);
    if !head.starts_with(|first: char| matches!(first, '1'..='9')) {
        return false;
    }
    sixties(&mut scanner);
    scanner.rest().is_empty()
}

/// What `!!int` makes of a text, and of one that looks like an integer.
fn integer(text: &str) -> Value {
    let text = text.replace('_', "");
    let (negative, unsigned) = number::sign(&text);
    let (digits, radix) = if let Some(digits) = unsigned.strip_prefix("0b") {
        (digits, 2)
    } else if let Some(digits) = unsigned.strip_prefix("0x") {
        (digits, 16)
    } else if let Some(digits) = unsigned.strip_prefix("0o") {
        (digits, 8)
    } else if unsigned.len() > 1 && unsigned.starts_with('0') {
        (unsigned, 8)
    } else if unsigned.contains(':') {
        return sexagesimal(negative, unsigned).unwrap_or_else(|| refused(&text));
    } else {
        (unsigned, 10)
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return refused(&text);
    }
    if radix == 10 && digits.len() > MOST_DIGITS {
        return Value::Error(
            format!("Python reads no number of more than {MOST_DIGITS} digits").into(),
        );
    }
    number::integer(negative, digits, radix)
}

/// `12:30` in base 60, hours and minutes or minutes and seconds: 750.
fn sexagesimal(negative: bool, text: &str) -> Option<Value> {
    let mut sum = 0_i128;
    for part in text.split(':') {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let next = part
            .parse()
            .ok()
            .and_then(|part: i128| sum.checked_mul(60)?.checked_add(part));
        let Some(next) = next else {
            return Some(number::too_long());
        };
        sum = next;
    }
    Some(number::integer(negative, &sum.to_string(), 10))
}

/// What `!!float` makes of a text, and of one that looks like a number with a point.
fn float(text: &str) -> Value {
    let lower = text.replace('_', "").to_ascii_lowercase();
    let (negative, unsigned) = number::sign(&lower);
    let magnitude = match unsigned {
        ".inf" => Some(f64::INFINITY),
        ".nan" => Some(f64::NAN),
        _ => {
            let mut parts = unsigned.split(':').rev();
            let mut scale = 1.0;
            parts.try_fold(0.0, |sum, part| {
                let part: f64 = part.parse().ok()?;
                let sum = sum + part * scale;
                scale *= 60.0;
                Some(sum)
            })
        }
    };
    magnitude.map_or_else(
        || refused(text),
        |magnitude| Value::Float(if negative { -magnitude } else { magnitude }),
    )
}

/// Whether the text looks like a date: alone in full digits, or with a time.
fn is_date(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    scanner.date().is_some() && (!scanner.rest().is_empty() || text.len() == 10)
}

/// `None` where the text is no timestamp; an error where its parts are out of range.
fn read_timestamp(text: &str) -> Option<Value> {
    let mut scanner = Scanner::new(text);
    let day = scanner.date()?;
    let is_day = day.year > 0 && day.is_real();
    if scanner.rest().is_empty() {
        return Some(if is_day {
            Value::Timestamp(timestamp::day_alone(day))
        } else {
            no_such(text)
        });
    }
    let is_space_or_tab = |byte: u8| matches!(byte, b' ' | b'\t');
    if !scanner.eat(|byte| matches!(byte, b'T' | b't')) && scanner.skip(is_space_or_tab) == 0 {
        return None;
    }
    let time = scanner.time()?;
    scanner.skip(is_space_or_tab);
    let zone = zone(scanner.rest())?;
    let in_range = is_day
        && time.hour <= 23
        && time.minute <= 59
        && time.second <= 59
        && !matches!(zone, Zone::Offset(seconds) if i64::from(seconds).abs() >= DAY_SECONDS);
    if !in_range {
        return Some(no_such(text));
    }
    // Microseconds are the finest that Python keeps.
    let nanosecond = time.nanosecond / 1_000 * 1_000;
    let at = timestamp::timestamp(day, time.second_of_day(), nanosecond, zone);
    Some(Value::Timestamp(at))
}

fn no_such(text: &str) -> Value {
    Value::Error(
        format!(
            "there is no such date or time as `{}`: Python fails on it, and all metadata is lost",
            shown(text)
        )
        .into(),
    )
}

fn zone(text: &str) -> Option<Zone> {
    match text {
        "" => return Some(Zone::None),
        "Z" => return Some(Zone::Offset(0)),
        _ => {}
    }
    let seconds = super::javascript::offset(text)?;
    Some(Zone::Offset(i32::try_from(seconds).ok()?))
}
