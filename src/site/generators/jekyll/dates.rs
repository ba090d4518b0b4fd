//! The date of posts, drafts and documents of collections, and the one in their names
//! (`lib/jekyll/document.rb` and `Utils.parse_date` of Jekyll 4.3).
//!
//! Jekyll turns the value into text and reads that anew, so that quotes do not matter: where there is
//! nothing to read, the build stops.

use super::date_text::{FoundDate, find_date};
use crate::dialect::{Timestamp, Value, Zone};
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, NameDate, ReadDate};
use crate::site::file_date;
use crate::site::place::{PageKind, PagePlace};

pub(super) const FIELDS: &[DateField] = &[DateField {
    key: "date",
    replaces: None,
    values: DateValues::Own,
    read,
}];

const STOPS: DateReading = DateReading::Refused("stops with an error");

fn read(input: &DateInput<'_>) -> DateReading {
    match input.value() {
        Some(Value::Timestamp(timestamp)) => DateReading::Date(ReadDate::new(*timestamp, false)),
        // A number may be written in other digits than Ruby shows.
        Some(Value::String | Value::Bool(_) | Value::Integer(_)) => in_text(input.text()),
        Some(Value::Null) => STOPS,
        // A list is its items with brackets around them to Ruby.
        _ => DateReading::Nothing,
    }
}

fn in_text(text: &str) -> DateReading {
    match find_date(text) {
        FoundDate::Date(timestamp) => DateReading::Date(ReadDate::new(timestamp, true)),
        FoundDate::None => STOPS,
        FoundDate::Uncertain => DateReading::Nothing,
    }
}

/// The date that the name of a file begins with.
pub(super) fn in_name<'p>(place: &'p PagePlace<'_>) -> Option<NameDate<'p>> {
    place.collection()?;
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    let (_, rest) = file_date::split(name)?;
    let text = name.strip_suffix(rest)?.strip_suffix('-')?;
    let reading = in_text(text);
    // `DATE_FILENAME_MATCHER` wants an extension.
    rest.contains('.').then_some(NameDate {
        text,
        reading,
        // The name of a draft is not final, and that of an event may have the day of the event.
        is_compared: place.kind == PageKind::Post,
    })
}

/// By how many days a `date` and the one in the file's name may differ without harm. A time with an
/// offset was written by clocks: the post is a day late, or it was another day where it was written.
pub(super) fn tolerated_days(date: &Timestamp) -> i64 {
    let is_by_clocks = matches!(date.zone, Zone::Offset(seconds) if seconds != 0);
    i64::from(is_by_clocks && date.nanosecond_of_day.is_some())
}
