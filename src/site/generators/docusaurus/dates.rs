//! The `date` of blog posts, the one in their paths, and `last_update.date` of all pages: `getDate`
//! and `parseBlogFileName` of
//! <https://github.com/facebook/docusaurus/blob/v3.10.2/packages/docusaurus-plugin-content-blog/src/blogUtils.ts>,
//! and the date of Joi, which asks `new Date()` whether a text is one.

use super::super::javascript_date::{JavaScriptDate, javascript_date};
use crate::dialect::Value;
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, NameDate, ReadDate};

pub(super) const FIELDS: &[DateField] = &[
    DateField {
        key: "date",
        replaces: None,
        values: DateValues::Own,
        read: read_date,
    },
    DateField {
        key: "last_update",
        replaces: None,
        values: DateValues::Member("date"),
        read: read_update,
    },
];

const STOPS: DateReading = DateReading::Refused("stops with an error");

/// Puts a `Z` behind a text and reads it as UTC: an offset in it is lost, or one too many.
fn read_date(input: &DateInput<'_>) -> DateReading {
    match (read_update(input), input.value()) {
        (DateReading::Refused(why), _) => DateReading::Refused(why),
        (_, Some(Value::String)) => of_text(&format!("{}Z", input.text())),
        (reading, _) => reading,
    }
}

fn read_update(input: &DateInput<'_>) -> DateReading {
    match input.value() {
        Some(Value::Timestamp(timestamp)) => DateReading::Date(ReadDate::new(*timestamp, false)),
        Some(Value::String) => of_text(input.text()),
        // Milliseconds since 1970.
        Some(Value::Integer(_) | Value::Float(_) | Value::BigInteger(_) | Value::Error(_)) => {
            DateReading::Nothing
        }
        _ => STOPS,
    }
}

fn of_text(text: &str) -> DateReading {
    match javascript_date(text) {
        JavaScriptDate::Date(timestamp) => DateReading::Date(ReadDate::new(timestamp, true)),
        JavaScriptDate::Invalid => STOPS,
        JavaScriptDate::Uncertain => DateReading::Nothing,
    }
}

/// The last date in the path of a blog post below the folder of its blog: of a file, of the folder
/// of an `index.md`, or of three folders for year, month and day.
pub(super) fn in_path(path: &str) -> Option<NameDate<'_>> {
    let text = (0..path.len()).rev().find_map(|start| {
        let rest = path.get(start..)?;
        let length = date_length(rest.as_bytes())?;
        rest.get(..length)
    })?;
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.get(1..)?.split_once(['-', '/'])?;
    // `new Date()` takes one digit or two.
    let reading = match javascript_date(&format!("{year}-{month:0>2}-{day:0>2}Z")) {
        JavaScriptDate::Date(timestamp) => DateReading::Date(ReadDate::new(timestamp, false)),
        _ => STOPS,
    };
    Some(NameDate {
        text,
        reading,
        is_compared: true,
    })
}

/// How many bytes `2024-8-12` or `2024/08/12` has, where a text begins so.
fn date_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize, most: usize| {
        let digits = text.get(from..)?.iter().take(most);
        let count = digits.take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(count)
    };
    let separator = |at: usize| matches!(text.get(at), Some(b'-' | b'/'));
    (digits(0, 4)? == 4 && separator(4)).then_some(())?;
    let day = 5 + digits(5, 2)? + 1;
    separator(day - 1).then_some(())?;
    Some(day + digits(day, 2)?)
}
