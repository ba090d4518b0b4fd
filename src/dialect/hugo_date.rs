//! Dates in the fields that Hugo reads as dates, `date` and its kin: the forms of ISO 8601 among
//! those that it tries, in the strict way of Go.

use super::ruby::Scanner;
use super::{Timestamp, Value, Zone, calendar};

/// The date that Hugo makes of a text in such a field. `None` where the text is none, at which it
/// stops, and for the forms of mail and of Unix, which it reads as well.
#[must_use]
pub fn hugo_date(text: &str) -> Option<Timestamp> {
    let mut scanner = Scanner::new(text);
    let year = scanner.digits(4, 4)?;
    scanner.byte(b'-')?;
    let month = scanner.digits(2, 2)?;
    scanner.byte(b'-')?;
    let day = scanner.digits(2, 2)?;
    let (short_month, short_day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    jiff::civil::Date::new(i16::try_from(year).ok()?, short_month, short_day).ok()?;
    if scanner.rest().is_empty() {
        return Some(calendar::day_alone(year, month, day));
    }
    let is_space = |byte: u8| byte == b' ';
    let spaced = scanner.skip(is_space) > 0;
    if !spaced {
        scanner.byte(b'T')?;
    }
    let hour = scanner.digits(1, 2).filter(|&hour| hour < 24)?;
    scanner.byte(b':')?;
    let minute = scanner.digits(2, 2).filter(|&minute| minute < 60)?;
    scanner.byte(b':')?;
    let second = scanner.digits(2, 2).filter(|&second| second < 60)?;
    let mut nanosecond = 0;
    if scanner.eat(|byte| matches!(byte, b'.' | b',')) {
        let fraction = scanner.take(|byte| byte.is_ascii_digit());
        if fraction.is_empty() {
            return None;
        }
        nanosecond = super::ruby::nanosecond(fraction);
    }
    let apart = spaced && scanner.skip(is_space) > 0;
    let zone = match scanner.rest() {
        "" if !apart => Zone::None,
        "Z" if !apart => Zone::Offset(0),
        written => Zone::Offset(offset(written)?),
    };
    let second = hour * 3600 + minute * 60 + second;
    Some(calendar::timestamp(
        (year, month, day),
        second,
        nanosecond,
        zone,
    ))
}

/// The date that Hugo makes of a value in such a field: a number counts seconds since 1970.
#[must_use]
pub fn hugo_date_of(value: &Value, text: &str) -> Option<Timestamp> {
    match value {
        Value::Timestamp(timestamp) => Some(*timestamp),
        Value::String => hugo_date(text),
        Value::Integer(second) => {
            let (year, month, day) = calendar::date(second.div_euclid(calendar::DAY));
            let day = (0..=9999).contains(&year).then_some((year, month, day))?;
            let second = second.rem_euclid(calendar::DAY);
            Some(calendar::timestamp(day, second, 0, Zone::Offset(0)))
        }
        _ => None,
    }
}

/// `+02:00` or `+0200` as seconds east of UTC.
fn offset(text: &str) -> Option<i32> {
    let (negative, unsigned) = super::ruby::sign(text);
    let (hours, minutes) = match unsigned.as_bytes() {
        [_, _, b':', _, _] => (unsigned.get(..2)?, unsigned.get(3..)?),
        [_, _, _, _] => (unsigned.get(..2)?, unsigned.get(2..)?),
        _ => return None,
    };
    let number = |digits: &str, most: i32| {
        let written = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: i32 = digits.parse().ok().filter(|_| written)?;
        (number <= most).then_some(number)
    };
    let seconds = number(hours, 24)? * 3600 + number(minutes, 60)? * 60;
    (unsigned.len() < text.len()).then_some(if negative { -seconds } else { seconds })
}
