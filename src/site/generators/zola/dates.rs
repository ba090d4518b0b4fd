//! The dates of pages, and the one in their names: `PageFrontMatter` and `from_unknown_datetime` of
//! <https://github.com/getzola/zola/blob/master/components/content/src/front_matter/page.rs>.
//!
//! A date of TOML is one, and so is a text that is a date of TOML or of YAML. Sections have none.

use super::yaml_date::{toml_date, yaml_date};
use crate::dialect::{Timestamp, Value};
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, NameDate, ReadDate};
use crate::syntax::Syntax;

pub(super) const FIELDS: &[DateField] = &[field("date"), field("updated")];

const fn field(key: &'static str) -> DateField {
    DateField {
        key,
        replaces: None,
        values: DateValues::Own,
        read,
    }
}

fn read(input: &DateInput<'_>) -> DateReading {
    let date = |timestamp: Timestamp| DateReading::Date(ReadDate::new(timestamp, false));
    let stops = DateReading::Refused("stops with an error");
    let text = input.text();
    match input.value() {
        // A local time of TOML is a text here.
        Some(Value::String) if input.syntax == Syntax::Toml && text.get(2..3) == Some(":") => {
            DateReading::Nothing
        }
        Some(Value::Timestamp(timestamp)) if input.syntax == Syntax::Toml => date(*timestamp),
        // To its parser of YAML every date is a text.
        Some(Value::String | Value::Timestamp(_)) => toml_date(text)
            .or_else(|| yaml_date(text))
            .map_or(stops, date),
        Some(Value::Null | Value::Error(_)) => DateReading::Nothing,
        _ => stops,
    }
}

/// The date that a file's name begins with, or the name of the folder of an `index.md`, with what is
/// to be the address after it.
pub(super) fn in_name(path: &str) -> Option<NameDate<'_>> {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = match name.starts_with("index.") {
        true => above.rsplit('/').next()?,
        false => name.strip_suffix(".md")?,
    };
    let text = stem.get(.."2024-05-23".len())?;
    let rest = stem[text.len()..].trim_start_matches(char::is_whitespace);
    let is_apart = rest.is_empty() || rest.starts_with(['-', '_']);
    let date = toml_date(text).filter(|_| is_apart)?;
    let reading = DateReading::Date(ReadDate::new(date, false));
    Some(NameDate {
        text,
        reading,
        is_compared: true,
    })
}
