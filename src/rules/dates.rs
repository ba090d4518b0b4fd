//! Dates for the rules: in words, as written, what is impossible about them, which keys hold them
//! and what a generator reads there.

use super::Context;
use super::scalars::ScalarRef;
use crate::dialect::{Style, Timestamp, Value};
use crate::site::FieldDate;
use crate::syntax::Scalar;
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
pub(super) fn read(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Timestamp> {
    match (&scalar.inner.value, field(context, scalar)) {
        (Value::Timestamp(timestamp), _) => Some(*timestamp),
        (_, Some(date)) => date.reading.date().map(|date| date.timestamp),
        _ => None,
    }
}

/// The field that a value is the date of, where the generator itself reads it as one.
pub(super) fn field<'c>(
    context: &'c Context<'_>,
    scalar: &ScalarRef<'_>,
) -> Option<&'c FieldDate<'c>> {
    let mut dates = context.field_dates().iter();
    dates.find(|date| date.node == scalar.id)
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

/// What is impossible about a value that is meant as a date, as a clause.
pub(super) fn fault(scalar: &Scalar<'_>, key: &str) -> Option<String> {
    let (date, fault) = written_fault(scalar)?;
    let is_date = is_date_key(key);
    // A quoted value is text unless its key says otherwise, and a number such as 2024-45-01 may be
    // that of a file, where the parser reads no date.
    let is_meant = match scalar.style {
        Style::Plain => is_date || date.has_month() || matches!(scalar.value, Value::Timestamp(_)),
        _ => is_date,
    };
    is_meant.then_some(fault)
}

/// A value that looks like a date, and what would be impossible about it.
pub(super) fn written_fault(scalar: &Scalar<'_>) -> Option<(WrittenDate, String)> {
    if !matches!(scalar.value, Value::String | Value::Timestamp(_)) || !may_be_date(&scalar.text) {
        return None;
    }
    let date = WrittenDate::parse(scalar.text.trim())?;
    Some((date, date.fault()?))
}

/// Whether a text begins with a year of four digits and `-`.
pub(super) fn may_be_date(text: &str) -> bool {
    matches!(
        text.trim_start().as_bytes(),
        [b'0'..=b'9', _, _, _, b'-', ..]
    )
}

/// A date of the form `YYYY-MM-DD`, with or without a time, whose parts may be beyond any calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub year: i16,
    pub month: i8,
    pub day: i8,
    /// Hour, minute and second.
    pub time: Option<(u8, u8, u8)>,
}

impl WrittenDate {
    /// Parses the beginning of a text; a fraction or an offset after the time is passed over.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked("2024-05-23".len())?;
        let mut parts = day.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        let clock = match rest.strip_prefix(['T', 't']) {
            Some(clock) => clock,
            None => rest.trim_start_matches([' ', '\t']),
        };
        let is_apart = rest.is_empty() || rest.starts_with(['T', 't', ' ', '\t']);
        let time = match clock {
            "" => None,
            // `2024-05-23.pdf` begins with a date and is none.
            _ if !is_apart => return None,
            clock => {
                let (hour, rest) = clock.split_once(':')?;
                let (minute, second) = rest.split_once(':')?;
                let second = second.get(..2)?;
                Some((
                    hour.parse().ok()?,
                    minute.parse().ok()?,
                    second.parse().ok()?,
                ))
            }
        };
        Some(Self {
            year,
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
            time,
        })
    }

    /// Parses a date alone, as the paths of files have it: `2024-8-1`, `2024/08/01`.
    pub(super) fn parse_loose(text: &str) -> Option<Self> {
        let mut parts = text.split(['-', '/']);
        let mut part = || parts.next()?.parse::<i16>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        Some(Self {
            year,
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
            time: None,
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

    /// Whether a day of the year is meant beyond doubt, so that only the number of days is wrong.
    pub(super) fn has_month(&self) -> bool {
        (1..=12).contains(&self.month) && (1..=31).contains(&self.day)
    }
}

/// The number that so many digits write.
fn digits(written: &str, count: usize) -> Option<i16> {
    let is_number = written.len() == count && written.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| written.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_parts_are_named() {
        let fault = |text| WrittenDate::parse(text).and_then(|date| date.fault());
        assert_eq!(fault("2024-02-29"), None);
        assert_eq!(fault("2024-05-04 24:00:00"), None);
        assert_eq!(
            fault("2023-02-30").unwrap(),
            "there is no 30 February 2023: that month has 28 days"
        );
        assert_eq!(fault("2023-13-01").unwrap(), "there is no month 13");
        assert!(fault("2023-05-04T25:00:00Z").unwrap().contains("hour 25"));
        assert_eq!(WrittenDate::parse("2023-05-04, in the evening"), None);
        assert_eq!(WrittenDate::parse("20230504"), None);
        let time =
            |clock| WrittenDate::parse(&format!("2023-05-04 {clock}")).and_then(|date| date.time);
        assert_eq!(time("09:08:07.5 +02:00"), Some((9, 8, 7)));
        assert_eq!(time("9:008:07"), Some((9, 8, 7)));
        assert_eq!(time("300:00:00"), None);
        assert_eq!(time("09:08"), None);
        assert_eq!(time("09:08:7"), None);
        assert_eq!(WrittenDate::parse("2023-é5-04"), None);
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
