//! YAML 1.2 with its core schema, as the `yaml` package of JavaScript reads it. All its numbers
//! are doubles: one without a fraction and below 10²¹ counts as an integer, with the digits of
//! the double.

use super::javascript::from_double;
use super::number::{Decimal, sign};
use super::{Style, Value, base64, number, ruby, timestamp};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    match tag {
        None if style == Style::Plain => plain(text),
        None => Value::String,
        Some(tag) => match tag.strip_prefix("tag:yaml.org,2002:") {
            Some("null") if is_null(text) => Value::Null,
            Some("bool") => boolean(text).unwrap_or(Value::String),
            Some("int") => integer(text).unwrap_or(Value::String),
            Some("float") => float(text).unwrap_or(Value::String),
            Some("binary") => Value::Binary(base64::decode(text)),
            Some("timestamp") => timestamp_or_error(text),
            _ => Value::String,
        },
    }
}

fn plain(text: &str) -> Value {
    let found = match text.as_bytes().first() {
        None => return Value::Null,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => integer(text).or_else(|| float(text)),
        Some(b'~' | b'n' | b'N') if is_null(text) => return Value::Null,
        Some(b't' | b'T' | b'f' | b'F') => boolean(text),
        Some(_) => None,
    };
    found.unwrap_or(Value::String)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn boolean(text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => None,
    }
}

fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = sign(text);
    let (digits, radix) = number::based(unsigned)?;
    // A base takes no sign, and there is none of binary digits.
    if radix == 2 || (radix != 10 && unsigned.len() < text.len()) {
        return None;
    }
    Some(match number::double(digits, radix) {
        Some(double) => from_double(number::signed(negative, double)),
        None => number::too_long(),
    })
}

fn float(text: &str) -> Option<Value> {
    let (negative, unsigned) = sign(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Some(Value::Float(if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }));
        }
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => {
            return Some(Value::Float(f64::NAN));
        }
        _ => {}
    }
    let Decimal {
        whole,
        fraction,
        exponent,
    } = Decimal::split(unsigned);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let written = digits(whole)
        && fraction.is_none_or(digits)
        && (!whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty()))
        && (fraction.is_some() || exponent.is_some())
        && exponent.is_none_or(|exponent| number::are_digits(exponent, 10));
    if !written {
        return None;
    }
    text.parse().ok().map(from_double)
}

/// `!!timestamp`, which JavaScript makes a `Date`: parts beyond their range are carried over.
fn timestamp_or_error(text: &str) -> Value {
    read_timestamp(text).unwrap_or_else(|| {
        Value::Error(
            format!(
                "`!!timestamp` wants a date such as 2020-05-04, not `{}`",
                ruby::shown(text)
            )
            .into(),
        )
    })
}

fn read_timestamp(text: &str) -> Option<Value> {
    let mut scanner = ruby::Scanner::new(text);
    let day = super::javascript::carry_month(scanner.date()?);
    let is_space_or_tab = |byte: u8| matches!(byte, b' ' | b'\t');
    let mut second_of_day = 0;
    let mut nanosecond = 0;
    let mut zone = super::Zone::None;
    if !scanner.rest().is_empty() {
        if !scanner.eat(|byte| matches!(byte, b't' | b'T')) && scanner.skip(is_space_or_tab) == 0 {
            return None;
        }
        let hour = scanner.digits(1, 2)?;
        scanner.byte(b':')?;
        let minute = scanner.digits(1, 2)?;
        scanner.byte(b':')?;
        second_of_day = hour * 3600 + minute * 60 + scanner.digits(1, 2)?;
        if scanner.eat(|byte| byte == b'.') {
            let fraction = scanner.take(|byte| byte.is_ascii_digit());
            if fraction.is_empty() {
                return None;
            }
            nanosecond = ruby::nanosecond(fraction) / 1_000_000 * 1_000_000;
        }
        if !scanner.rest().is_empty() {
            scanner.skip(is_space_or_tab);
            second_of_day -= offset(scanner.rest())?;
            zone = super::Zone::Offset(0);
        }
    }
    let at = timestamp::timestamp(day, second_of_day, nanosecond, zone);
    Some(Value::Timestamp(at))
}

/// Seconds east of UTC. A whole below 30 is taken for hours, also where minutes were written.
fn offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (negative, unsigned) = sign(text);
    if unsigned.len() == text.len() {
        return None;
    }
    let mut scanner = ruby::Scanner::new(unsigned);
    let hours = scanner.digits(1, 2).filter(|&hours| hours < 30)?;
    let mut minutes = hours;
    if scanner.eat(|byte| byte == b':') {
        minutes = hours * 60 + scanner.digits(2, 2)?;
    }
    if !scanner.rest().is_empty() {
        return None;
    }
    if minutes < 30 {
        minutes *= 60;
    }
    Some(if negative {
        -minutes * 60
    } else {
        minutes * 60
    })
}
