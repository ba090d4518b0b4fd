//! What the two Ruby readers share: `Float()`, the parts of a timestamp, words for errors.

use std::borrow::Cow;

use super::Value;
use super::number::{Decimal, sign};
use crate::text::calendar::Day;
use crate::text::shorten;

/// The beginning of a text for a message.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    shorten(text, 40)
}

/// Ruby raises on this text.
pub(super) fn no_number(text: &str) -> Value {
    Value::Error(format!("Ruby cannot read `{}` as a number", shown(text)).into())
}

/// Whether Ruby's `Date` knows this day: Julian until 1582-10-04, Gregorian from 1582-10-15.
pub(super) fn is_date(day: Day) -> bool {
    if day >= Day::new(1582, 10, 15) {
        return day.is_real();
    }
    // The Julian calendar has a leap year every four years.
    let is_leap_day = day.year % 4 == 0 && (day.month, day.day) == (2, 29);
    let in_month = day.is_real() || is_leap_day;
    in_month && day <= Day::new(1582, 10, 4)
}

/// What libyaml takes for a line break beside those of YAML 1.2.
const OLD_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// An unquoted text as libyaml leaves it. A line break of YAML 1.1 at its end is not part of it;
/// one within it goes on at column 0, where no value may, and breaks the front matter.
pub(super) fn unbroken(text: &str) -> Result<&str, Value> {
    without_old_breaks(text, "Ruby")
}

/// The same for another reader built like libyaml, which is named in the reason.
pub(super) fn without_old_breaks<'t>(text: &'t str, reader: &str) -> Result<&'t str, Value> {
    if text.is_ascii() {
        return Ok(text);
    }
    let text = text.trim_end_matches(OLD_BREAKS);
    match text
        .chars()
        .find(|character| OLD_BREAKS.contains(character))
    {
        Some(found) => Err(Value::Error(
            format!(
                "{reader} takes the invisible character U+{:04X} in this text for a line break",
                u32::from(found)
            )
            .into(),
        )),
        None => Ok(text),
    }
}

/// Whether a text begins with four digits and a dash, as dates do and numbers do not.
pub(super) fn begins_as_date(text: &str) -> bool {
    let (year, rest) = text.as_bytes().split_at(text.len().min(4));
    year.iter().all(u8::is_ascii_digit) && rest.first() == Some(&b'-')
}

/// `\s` of Ruby's regular expressions.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| u8::try_from(character).is_ok_and(is_space))
}

/// `Float(text)`: an underscore only between digits, a point only between digits or before one.
/// `None` where it raises.
pub(super) fn float(text: &str) -> Option<f64> {
    let text = trim(text);
    let (negative, unsigned) = sign(text);
    if let Some(hex) = unsigned.strip_prefix("0x").or(unsigned.strip_prefix("0X")) {
        let double = hex_float(hex)?;
        return Some(if negative { -double } else { double });
    }
    let Decimal {
        whole,
        fraction,
        exponent,
    } = Decimal::split(unsigned);
    let well_written = (grouped(whole) || (whole.is_empty() && fraction.is_some()))
        && fraction.is_none_or(grouped)
        && exponent.is_none_or(grouped);
    if !well_written {
        return None;
    }
    if text.contains('_') {
        text.replace('_', "").parse().ok()
    } else {
        text.parse().ok()
    }
}

/// Digits with single underscores between them.
fn grouped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_digit)
        && bytes.last().is_some_and(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|&byte| byte.is_ascii_digit() || byte == b'_')
        && !text.contains("__")
}

fn hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['p', 'P']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let digits = mantissa.replace('_', "");
    let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let scale = 2_f64.powi(exponent);
    is_hex
        .then(|| super::number::double(&digits, 16))?
        .map(|double| double * scale)
}

/// The nanoseconds that the digits after a decimal point write; further digits are cut off.
pub(super) fn nanosecond(fraction: &str) -> i64 {
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
}

/// Reads the parts of a text from its beginning.
pub(super) struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.rest
    }

    /// The longest run of ASCII bytes that satisfy `wanted`.
    pub(super) fn take(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let count = self
            .rest
            .bytes()
            .take_while(|&byte| byte.is_ascii() && wanted(byte));
        let (taken, rest) = self.rest.split_at(count.count());
        self.rest = rest;
        taken
    }

    pub(super) fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        self.take(wanted).len()
    }

    /// Takes one byte if it is wanted.
    pub(super) fn eat(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self
            .rest
            .bytes()
            .next()
            .filter(u8::is_ascii)
            .is_some_and(wanted);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    pub(super) fn byte(&mut self, wanted: u8) -> Option<()> {
        self.eat(|byte| byte == wanted).then_some(())
    }

    /// A run of digits that is neither shorter nor longer than allowed: 18 at most.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.take(|byte| byte.is_ascii_digit());
        let sum = |sum, digit| sum * 10 + i64::from(digit - b'0');
        (least..=most)
            .contains(&digits.len())
            .then(|| digits.bytes().fold(0, sum))
    }

    /// `YYYY-M-D`, the month and the day of one digit or two, in any range.
    pub(super) fn date(&mut self) -> Option<Day> {
        if let Some((date, rest)) = usual_date(self.rest) {
            self.rest = rest;
            return Some(date);
        }
        self.date_of_any_width()
    }

    fn date_of_any_width(&mut self) -> Option<Day> {
        let year = self.digits(4, 4)?;
        self.byte(b'-')?;
        let month = self.digits(1, 2)?;
        self.byte(b'-')?;
        Some(Day::new(year, month, self.digits(1, 2)?))
    }

    fn time_of_any_width(&mut self) -> Option<(i64, i64, i64)> {
        let hour = self.digits(1, 2)?;
        self.byte(b':')?;
        let minute = self.digits(2, 2)?;
        self.byte(b':')?;
        Some((hour, minute, self.digits(2, 2)?))
    }

    /// `H:MM:SS`, with a fraction or only its point.
    pub(super) fn time(&mut self) -> Option<Time> {
        let (hour, minute, second) = match usual_time(self.rest) {
            Some((time, rest)) => {
                self.rest = rest;
                time
            }
            None => self.time_of_any_width()?,
        };
        let mut nanosecond = 0;
        if self.eat(|byte| byte == b'.') {
            let fraction = self.take(|byte| byte.is_ascii_digit());
            nanosecond = self::nanosecond(fraction);
        }
        Some(Time {
            hour,
            minute,
            second,
            nanosecond,
        })
    }
}

/// The date that a text begins with and what follows it, if it is written as nearly all are:
/// `2020-05-04`.
fn usual_date(text: &str) -> Option<(Day, &str)> {
    let (date, rest) = text.as_bytes().split_first_chunk()?;
    let [y, e, a, r, b'-', m, o, b'-', d, i] = *date else {
        return None;
    };
    let year = pair(y, e)? * 100 + pair(a, r)?;
    let date = Day::new(year, pair(m, o)?, pair(d, i)?);
    let ends = !rest.first().is_some_and(u8::is_ascii_digit);
    ends.then_some((date, text.get(text.len() - rest.len()..)?))
}

/// The time of day that a text begins with and what follows it, if it is written `08:30:00`.
fn usual_time(text: &str) -> Option<((i64, i64, i64), &str)> {
    let (time, rest) = text.as_bytes().split_first_chunk()?;
    let [h, o, b':', m, i, b':', s, e] = *time else {
        return None;
    };
    let time = (pair(h, o)?, pair(m, i)?, pair(s, e)?);
    let ends = !rest.first().is_some_and(u8::is_ascii_digit);
    ends.then_some((time, text.get(text.len() - rest.len()..)?))
}

/// The number that two digits write.
pub(super) fn pair(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens * 10 + ones))
}

/// A time of day as written, in any range.
pub(super) struct Time {
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    pub(super) nanosecond: i64,
}

impl Time {
    pub(super) fn second_of_day(&self) -> i64 {
        self.hour * 3600 + self.minute * 60 + self.second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn dates_and_times_are_read_the_same_in_any_width(
            numbers in proptest::array::uniform6(0_u32..200),
            after in "|[0-9]|[ .:Z+é-]{1,3}",
        ) {
            let [year, month, day, hour, minute, second] = numbers;
            let padded = (format!("{month:02}"), format!("{day:02}"));
            for (month, day) in [padded, (month.to_string(), day.to_string())] {
                let text = format!("{:04}-{month}-{day}{after}", year * 40);
                let mut slow = Scanner::new(&text);
                let expected = slow.date_of_any_width();
                let mut quick = Scanner::new(&text);
                assert_eq!(quick.date(), expected, "{text}");
                if expected.is_some() {
                    assert_eq!(quick.rest(), slow.rest(), "{text}");
                }
            }
            let text = format!("{hour:02}:{minute:02}:{second:02}{after}");
            let expected = Scanner::new(&text).time_of_any_width();
            let quick = Scanner::new(&text).time();
            let quick = quick.map(|time| (time.hour, time.minute, time.second));
            assert_eq!(quick, expected, "{text}");
        }
    }
}
