//! The `date` of a page and the one in its path: `getMappedDate` of
//! <https://github.com/11ty/eleventy/blob/v3.1.8/src/Template.js>.
//!
//! A text is one of Eleventy's own words, or a date in one of the forms of ISO 8601 that Luxon knows:
//! <https://github.com/moment/luxon/blob/3.7.2/src/impl/regexParser.js>.

use super::iso_date::{is_time_alone, iso_date};
use crate::dialect::Value;
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, NameDate, ReadDate};

pub(super) const FIELDS: &[DateField] = &[DateField {
    key: "date",
    replaces: None,
    values: DateValues::Own,
    read,
}];

/// The dates of the file and of its commits.
const WORDS: &[&str] = &[
    "git last modified",
    "last modified",
    "git created",
    "created",
];

fn read(input: &DateInput<'_>) -> DateReading {
    let text = input.text();
    match input.value() {
        Some(Value::Timestamp(timestamp)) => DateReading::Date(ReadDate::new(*timestamp, false)),
        // What is false to JavaScript counts as absent.
        Some(Value::Null | Value::Bool(false) | Value::Integer(0) | Value::Error(_)) => {
            DateReading::Nothing
        }
        Some(Value::Float(number)) if *number == 0.0 || number.is_nan() => DateReading::Nothing,
        Some(Value::String) if text.is_empty() || WORDS.contains(&&*text.to_lowercase()) => {
            DateReading::Nothing
        }
        Some(Value::String) => match iso_date(text) {
            Some(timestamp) => DateReading::Date(ReadDate::new(timestamp, true)),
            None if is_time_alone(text) => DateReading::Nothing,
            None => DateReading::Refused("stops with an error"),
        },
        _ => DateReading::Refused("stops with an error"),
    }
}

/// The first date in a path.
pub(super) fn in_path(path: &str) -> Option<NameDate<'_>> {
    let is_date = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let length = "2024-05-23".len();
    let start = path.as_bytes().windows(length).position(is_date)?;
    let text = path.get(start..start + length)?;
    let reading = match iso_date(text) {
        Some(timestamp) => DateReading::Date(ReadDate::new(timestamp, true)),
        None => DateReading::Lost("gives the page no date"),
    };
    Some(NameDate {
        text,
        reading,
        is_compared: true,
    })
}
