//! Dates in words, which keys hold dates, and what a generator reads there.

use super::Context;
use super::values::Leaf;
use crate::dialect::{Timestamp, Value};
use crate::text::calendar::{self, Day};

/// `4 May 2020`
pub(super) fn in_words(year: i32, month: i8, day: i8) -> String {
    Day::new(year, month, day).in_words()
}

/// `+02:00`
pub(super) fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// What the generator reads as a date or time: as its parser does, or in a field of dates.
pub(super) fn read(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Timestamp> {
    match &leaf.scalar.value {
        Value::Timestamp(timestamp) => Some(*timestamp),
        Value::Bool(_) | Value::Null => None,
        _ if is_field(context, leaf) => context.site.read_date(context.document, leaf.scalar),
        _ => None,
    }
}

/// Whether the generator itself reads some fields as dates, whatever its parser made of them.
pub(super) fn has_fields(context: &Context<'_>) -> bool {
    context.site.has_date_fields()
}

/// Whether a value stands in a field that the generator itself reads as a date.
pub(super) fn is_field(context: &Context<'_>, leaf: &Leaf<'_>) -> bool {
    has_fields(context)
        && context.values.is_at_root(leaf, leaf.key)
        && context.site.is_date_field(context.document, leaf.key)
}

/// Whether a key's name says that its value is a date.
pub(super) fn is_date_key(key: &str) -> bool {
    const NAMES: &[&str] = &[
        "date",
        "dates",
        "lastmod",
        "last_modified_at",
        "published",
        "publishdate",
        "pubdate",
        "updated",
        "modified",
        "created",
        "expires",
        "expirydate",
        "deadline",
    ];
    let key = key.to_lowercase();
    NAMES.contains(&key.as_str())
        || ["date_", "date-", "date "]
            .iter()
            .any(|start| key.starts_with(start))
        || ["_date", "-date", " date", "_at", "-at"]
            .iter()
            .any(|end| key.ends_with(end))
}

/// A date of the form `YYYY-MM-DD`, with or without a time, whose parts may be beyond any calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub year: i16,
    pub month: i8,
    pub day: i8,
    /// Hour, minute and second.
    pub time: Option<(u8, u8, u8)>,
}

impl Written {
    /// Reads the beginning of a text; what follows the time, a fraction or an offset, is not
    /// looked at.
    pub(super) fn read(text: &str) -> Option<Self> {
        Self::read_usual(text.as_bytes()).or_else(|| Self::read_any(text))
    }

    /// Reads `2024-05-23 14:00:00`, as nearly all are written; the end of the text may follow the
    /// day.
    fn read_usual(text: &[u8]) -> Option<Self> {
        let (&[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1], rest) =
            text.split_first_chunk::<10>()?
        else {
            return None;
        };
        let clock = match *rest {
            [] => None,
            [b' ' | b'T' | b't', h0, h1, b':', i0, i1, b':', s0, s1, ..] => {
                Some([h0, h1, i0, i1, s0, s1])
            }
            _ => return None,
        };
        let day = [y0, y1, y2, y3, m0, m1, d0, d1];
        let are_digits = |written: &[u8]| {
            // Without a branch, so that all of them are looked at together.
            let is_digit = |byte: &u8| byte.wrapping_sub(b'0') < 10;
            written.iter().fold(true, |are, byte| are & is_digit(byte))
        };
        if !are_digits(&day) || !clock.is_none_or(|clock| are_digits(&clock)) {
            return None;
        }
        let two = |tens: u8, ones: u8| (tens & 0xf) * 10 + (ones & 0xf);
        Some(Self {
            year: i16::from(two(y0, y1)) * 100 + i16::from(two(y2, y3)),
            month: two(m0, m1).cast_signed(),
            day: two(d0, d1).cast_signed(),
            time: clock.map(|[h0, h1, i0, i1, s0, s1]| (two(h0, h1), two(i0, i1), two(s0, s1))),
        })
    }

    fn read_any(text: &str) -> Option<Self> {
        let (day, _) = text.as_bytes().split_first_chunk::<10>()?;
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *day else {
            return None;
        };
        let (year, month, day) = (
            digits([y0, y1, y2, y3])?,
            digits([m0, m1])?,
            digits([d0, d1])?,
        );
        let rest = text.get(10..)?;
        let time = match rest
            .strip_prefix(['T', 't'])
            .unwrap_or(rest.trim_start_matches([' ', '\t']))
        {
            "" => None,
            _ if !rest.starts_with(['T', 't', ' ', '\t']) => return None,
            clock => {
                let (hour, rest) = before_colon(clock)?;
                let (minute, second) = before_colon(rest)?;
                Some((number(hour)?, number(minute)?, number(second.get(..2)?)?))
            }
        };
        Some(Self {
            year,
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
            time,
        })
    }

    /// What no calendar or clock has of it, as a clause.
    pub(super) fn fault(&self) -> Option<String> {
        if !(1..=12).contains(&self.month) {
            return Some(format!("there is no month {:02}", self.month));
        }
        if let Some(fault) = self.calendar_day().fault() {
            return Some(fault);
        }
        let (hour, minute, second) = self.time?;
        if (hour, minute, second) == (24, 0, 0) {
            return None;
        }
        // A leap second is one.
        let second = if second == 60 { 59 } else { second };
        calendar::clock_fault(hour.into(), minute.into(), second.into())
    }

    fn calendar_day(&self) -> Day {
        Day::new(self.year, self.month, self.day)
    }

    /// The day that a day beyond the end of its month is counted on to; `None` where another part
    /// is impossible.
    pub(super) fn rolled(&self) -> Option<(i32, i8, i8)> {
        let last = self.calendar_day().days_in_month();
        let beyond = self.day - i8::try_from(last).unwrap_or(31);
        let clock = Self { day: 1, ..*self };
        (self.has_month() && beyond > 0 && clock.fault().is_none())
            .then(|| (self.year.into(), self.month + 1, beyond))
    }

    /// Whether a day of the year is meant beyond doubt: it is the number of days that is wrong.
    pub(super) fn has_month(&self) -> bool {
        (1..=12).contains(&self.month) && (1..=31).contains(&self.day)
    }
}

/// The number that at most four digits write.
#[inline]
fn digits<const N: usize>(written: [u8; N]) -> Option<i16> {
    const { assert!(N <= 4) };
    let mut number = 0_i16;
    let mut are_digits = true;
    for byte in written {
        let digit = byte.wrapping_sub(b'0');
        are_digits &= digit < 10;
        number = number * 10 + i16::from(digit & 0xf);
    }
    are_digits.then_some(number)
}

/// A part of a time; mostly of two digits.
fn number(part: &str) -> Option<u8> {
    match part.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens & 0xf) * 10 + (ones & 0xf)),
        _ => part.parse().ok(),
    }
}

fn before_colon(clock: &str) -> Option<(&str, &str)> {
    let at = memchr::memchr(b':', clock.as_bytes())?;
    Some((clock.get(..at)?, clock.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_parts_are_named() {
        let fault = |text| Written::read(text).and_then(|date| date.fault());
        assert_eq!(fault("2024-02-29"), None);
        assert_eq!(fault("2024-05-04 24:00:00"), None);
        assert_eq!(
            fault("2023-02-30").unwrap(),
            "there is no 30 February 2023: that month has 28 days"
        );
        assert_eq!(fault("2023-13-01").unwrap(), "there is no month 13");
        assert!(fault("2023-05-04T25:00:00Z").unwrap().contains("hour 25"));
        assert_eq!(Written::read("2023-05-04, in the evening"), None);
        assert_eq!(Written::read("20230504"), None);
        let time = |clock| Written::read(&format!("2023-05-04 {clock}")).and_then(|it| it.time);
        assert_eq!(time("09:08:07.5 +02:00"), Some((9, 8, 7)));
        assert_eq!(time("9:008:07"), Some((9, 8, 7)));
        assert_eq!(time("300:00:00"), None);
        assert_eq!(time("09:08"), None);
        assert_eq!(time("09:08:7"), None);
        assert_eq!(Written::read("2023-é5-04"), None);
        for day in ["2023-05-04", "2023-13-99", "9999-00-00", "20x3-05-04"] {
            for time in [
                "",
                " 09:08:07",
                "T99:98:97Z",
                "t09:08:07+02:00",
                " 09:08",
                " 0x:08:07",
            ] {
                let text = format!("{day}{time}");
                let usual = Written::read_usual(text.as_bytes());
                assert!(
                    usual.is_none() || usual == Written::read_any(&text),
                    "{text}"
                );
                assert_eq!(Written::read(&text), Written::read_any(&text), "{text}");
            }
        }
    }

    #[test]
    fn keys_of_dates() {
        assert!(is_date_key("date"));
        assert!(is_date_key("Publish_Date"));
        assert!(is_date_key("updated_at"));
        assert!(!is_date_key("reference"));
        assert!(!is_date_key("format"));
    }
}
