//! Dates in the fields that Hugo reads as dates, `date` and its kin: the forms that it tries, one
//! after the other, in the strict way of Go.

use super::{Dialect, Timestamp, Value, Zone, go_time, timestamp};
use crate::text::calendar::{DAY_SECONDS, Day};

/// How the zone of a form is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A day alone.
    Day,
    /// What the clocks of the site show. The name of a zone says nothing.
    Local,
    /// With an offset from UTC.
    Zoned,
    /// A time of day, or of the year, which is taken for one in UTC.
    Undated,
}

/// The forms in the order in which Hugo tries them: those of
/// <https://pkg.go.dev/github.com/spf13/cast#StringToDate>, without what comes to the same.
const FORMS: &[(&str, Form)] = &[
    ("%Y-%m-%dT%H:%M:%S%4", Form::Zoned),
    ("%Y-%m-%dT%H:%M:%S", Form::Local),
    ("%a, %d %b %Y %H:%M:%S %z", Form::Zoned),
    ("%a, %d %b %Y %H:%M:%S %N", Form::Local),
    ("%d %b %y %H:%M %z", Form::Zoned),
    ("%d %b %y %H:%M %N", Form::Local),
    ("%A, %d-%b-%y %H:%M:%S %N", Form::Local),
    ("%Y-%m-%d %H:%M:%S %z %N", Form::Zoned),
    ("%Y-%m-%dT%H:%M:%S%z", Form::Zoned),
    ("%Y-%m-%d %H:%M:%S%Z", Form::Zoned),
    ("%Y-%m-%d %H:%M:%S", Form::Local),
    ("%a %b %e %H:%M:%S %Y", Form::Local),
    ("%a %b %e %H:%M:%S %N %Y", Form::Local),
    ("%a %b %d %H:%M:%S %z %Y", Form::Zoned),
    ("%Y-%m-%d %H:%M:%S%4", Form::Zoned),
    ("%Y-%m-%d", Form::Day),
    ("%d %b %Y", Form::Day),
    ("%Y-%m-%d %H:%M:%S %5", Form::Zoned),
    ("%Y-%m-%d %H:%M:%S %z", Form::Zoned),
    ("%I:%M%p", Form::Undated),
    ("%b %e %H:%M:%S", Form::Undated),
];

/// The date that Hugo makes of a text in such a field. `None` where the text is none, at which it
/// stops.
#[must_use]
pub fn hugo_date(text: &str) -> Option<Timestamp> {
    FORMS.iter().find_map(|&(form, kind)| {
        let parts = go_time::parse(form, text)?;
        let zone = match kind {
            Form::Day => return Some(timestamp::day_alone(parts.day)),
            Form::Local => Zone::None,
            Form::Zoned => Zone::Offset(parts.offset?),
            Form::Undated => Zone::Offset(0),
        };
        let (second, nanosecond) = (parts.second_of_day, parts.nanosecond);
        Some(timestamp::timestamp(parts.day, second, nanosecond, zone))
    })
}

/// The date that Hugo makes of a value in such a field: a number counts seconds since 1970, in old
/// versions up to the year 9999.
#[must_use]
pub fn hugo_date_of(value: &Value, text: &str, dialect: Dialect) -> Option<Timestamp> {
    let second = match value {
        Value::Timestamp(timestamp) => return Some(*timestamp),
        Value::String => return hugo_date(text),
        Value::Integer(second) => *second,
        // What is beyond 63 bits is counted on from the least number.
        Value::BigInteger(digits) => digits.parse::<u64>().ok()?.cast_signed(),
        _ => return None,
    };
    let day = Day::from_days(second.div_euclid(DAY_SECONDS));
    let most = match dialect {
        Dialect::HugoYamlV2 => 9999,
        _ => i64::from(i32::MAX),
    };
    let second = second.rem_euclid(DAY_SECONDS);
    let at = timestamp::timestamp(day, second, 0, Zone::Offset(0));
    (0..=most).contains(&day.year).then_some(at)
}
