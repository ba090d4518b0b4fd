//! The tables of date fields, row by row against records of what the real generators make of texts.

use serde_json::Value as Json;

use crate::dialect::{Dialect, Style, Value};
use crate::site::date_field::{DateInput, DateReading};
use crate::site::generators::generator_named;
use crate::syntax::{Scalar, Syntax};

/// What the table of a generator makes of a text in quotes.
fn read(generator: &str, text: &str) -> DateReading {
    let profile = generator_named(generator).unwrap().profile();
    let scalar = Scalar {
        text: text.into(),
        style: Style::SingleQuoted,
        value: Value::String,
    };
    (profile.date_fields[0].read)(&DateInput {
        scalar: Some(&scalar),
        syntax: Syntax::Yaml,
        dialect: Dialect::Core,
    })
}

/// Seconds since 1970, of a record such as `2021-09-03T10:00:00Z`; `None` beyond the year 9999.
fn instant(recorded: &str) -> Option<i64> {
    let recorded: jiff::Timestamp = recorded.parse().ok()?;
    Some(recorded.as_second())
}

/// The rows on which a table and the generator differ, and how many texts the table leaves open that
/// the generator decides.
fn compare(generator: &str, record: &str) -> (Vec<String>, usize) {
    let record: Json = serde_json::from_str(record).unwrap();
    let rows = record["texts"].as_array().unwrap();
    let mut wrong = Vec::new();
    let mut open = 0;
    for row in rows {
        let text = row["text"].as_str().unwrap();
        let reading = read(generator, text);
        let recorded = row["value"].as_str().and_then(instant);
        let agrees = match (&reading, row["kind"].as_str().unwrap()) {
            (DateReading::Date(date), "date") => date.timestamp.instant() == recorded,
            (DateReading::Refused(_), "error") | (DateReading::Nothing, "moment") => true,
            (DateReading::Nothing, _) => {
                open += 1;
                true
            }
            _ => false,
        };
        if !agrees {
            wrong.push(format!("{row}: got {reading:?}"));
        }
    }
    assert!(rows.len() > 100);
    (wrong, open)
}

#[test]
fn texts_are_the_dates_that_the_generators_read() {
    let found = [
        (
            "jekyll",
            include_str!("../../../fixtures/oracles/dates-jekyll.json"),
        ),
        (
            "eleventy",
            include_str!("../../../fixtures/oracles/dates-eleventy.json"),
        ),
        (
            "docusaurus",
            include_str!("../../../fixtures/oracles/dates-docusaurus.json"),
        ),
        (
            "mkdocs",
            include_str!("../../../fixtures/oracles/dates-mkdocs.json"),
        ),
    ]
    .map(|(generator, record)| (generator, compare(generator, record)));
    // Jekyll: weeks, days of the year, a compact time. Eleventy: its own words, which Luxon does not
    // know. Docusaurus: what does not begin with a year, a month and a day of two digits.
    let expected = [
        ("jekyll", 10),
        ("eleventy", 6),
        ("docusaurus", 85),
        ("mkdocs", 0),
    ];
    assert_eq!(
        found,
        expected.map(|(generator, open)| (generator, (Vec::new(), open)))
    );
}
