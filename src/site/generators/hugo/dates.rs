//! The keys that Hugo reads as dates where the configuration names no others
//! (<https://gohugo.io/configuration/front-matter/#dates>).

use crate::dialect::{Dialect, Value, hugo_date_of};
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, ReadDate};
use crate::site::generator::PublicationField;
use crate::syntax::Syntax;

pub(super) const FIELDS: &[DateField] = &[
    date("date", None),
    date("expirydate", None),
    date("lastmod", None),
    date("modified", Some("lastmod")),
    date("pubdate", Some("publishdate")),
    date("publishdate", None),
    date("published", Some("publishdate")),
    date("unpublishdate", Some("expirydate")),
];

pub(super) const PUBLICATION: &[PublicationField] = &[
    PublicationField::new("publishdate"),
    PublicationField::new("pubdate"),
    PublicationField::new("published"),
    PublicationField::new("date"),
    in_place_of_date("lastmod"),
    in_place_of_date("modified"),
];

const fn date(key: &'static str, replaces: Option<&'static str>) -> DateField {
    DateField {
        key,
        replaces,
        values: DateValues::Own,
        read,
    }
}

/// Quotes do not matter. Nothing and an empty text are no date; before 0.136 Hugo goes on without a
/// date that it cannot read.
fn read(input: &DateInput<'_>) -> DateReading {
    let when_unreadable = match input.dialect {
        Dialect::HugoYamlV2 => "drops it, or stops with an error",
        _ => "stops with an error",
    };
    let refused = DateReading::Refused(when_unreadable);
    let Some(value) = input.value() else {
        return refused;
    };
    let text = input.text();
    let is_text = matches!(value, Value::String | Value::Timestamp(_));
    // A number in JSON is one with a fraction to Go, and so no date.
    let may_be_date = is_text || input.syntax != Syntax::Json;
    let date = may_be_date.then(|| hugo_date_of(value, text, input.dialect));
    match (value, date.flatten()) {
        (_, Some(date)) => DateReading::Date(ReadDate::new(date, true)),
        (Value::Null | Value::Error(_) | Value::Binary(_), None) => DateReading::Nothing,
        (Value::String, None) if text.is_empty() => DateReading::Nothing,
        (_, None) => refused,
    }
}

/// It counts where the date is absent, but not where the date cannot be read.
const fn in_place_of_date(key: &'static str) -> PublicationField {
    PublicationField {
        key,
        only_without_date: true,
    }
}
