//! Tests of the formats together.

use proptest::prelude::*;

use super::*;
use crate::dialect::{Timestamp, Zone};

fn text_input(text: &str) -> Input<'_> {
    Input {
        text,
        value: &Value::String,
        style: Style::SingleQuoted,
    }
}

fn check(format: &str, input: &Input<'_>) -> Result<(), Problem> {
    Format::named(format).map_or(Ok(()), |format| format.check(input))
}

fn problem(format: &str, text: &str) -> Problem {
    let found = check(format, &text_input(text));
    found.expect_err(&format!("{format} accepts {text}"))
}

pub(super) fn assert_accepts(format: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(check(format, &text_input(text)), Ok(()), "{format} {text}");
    }
}

/// Lines of format, text, message, help and replacement; `-` stands for none.
pub(super) fn assert_problems(table: &str) {
    for row in rows(table) {
        let [format, text, expected @ ..] = row.as_slice() else {
            panic!("{row:?}");
        };
        assert_eq!(
            words(&problem(format, text)),
            *expected,
            "{format} {text:?}"
        );
    }
}

/// The cells of a table, a row a line.
pub(super) fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table.trim().lines();
    let rows: Vec<Vec<_>> = lines
        .map(|line| line.trim_ascii_start().split(" | ").collect())
        .collect();
    assert!(
        rows.iter().all(|row| row.len() == rows[0].len()),
        "{rows:?}"
    );
    rows
}

/// Message, help and replacement as a row has them.
pub(super) fn words(problem: &Problem) -> [&str; 3] {
    let (help, replacement) = (&problem.help, &problem.replacement);
    [Some(&problem.message), help.as_ref(), replacement.as_ref()]
        .map(|text| text.map_or("-", String::as_str))
}

#[test]
fn knows_its_formats() {
    for name in [
        "date",
        "email",
        "uuid",
        "phone",
        "phone-fr",
        "phone-us",
        "phone-xk",
        "slug",
        "existing-path",
        "idn-hostname",
    ] {
        assert!(is_known(name), "{name}");
    }
    for name in ["phone-FR", "phone-zz", "phone-", "phone-001", "dates", ""] {
        assert!(!is_known(name), "{name}");
        assert_eq!(check(name, &text_input("any")), Ok(()));
    }
}

#[test]
fn leaves_other_types_alone() {
    for value in [
        Value::Null,
        Value::Bool(true),
        Value::Integer(171_211_250),
        Value::Float(1.5),
    ] {
        for format in ["phone-fr", "date", "email", "slug", "uri"] {
            let input = Input {
                text: "0171211250",
                value: &value,
                style: Style::Plain,
            };
            assert_eq!(check(format, &input), Ok(()));
        }
    }
}

#[test]
fn timestamps_satisfy_what_their_parts_allow() {
    let mut value = Timestamp {
        year: 2020,
        month: 5,
        day: 4,
        nanosecond_of_day: None,
        zone: Zone::None,
    };
    let ask = |format, text, value| {
        check(
            format,
            &Input {
                text,
                value: &Value::Timestamp(value),
                style: Style::Plain,
            },
        )
    };
    assert_eq!(ask("date", "2020-05-04", value), Ok(()));
    assert_eq!(ask("timestamp", "2020-05-04", value), Ok(()));
    let missing = ask("date-time", "2020-05-04", value).unwrap_err();
    assert_eq!(missing.message, "`2020-05-04` has no time of day");
    assert_eq!(
        missing.help.unwrap(),
        "add one: `2020-05-04 HH:MM:SS +HH:MM`"
    );
    value.nanosecond_of_day = Some(0);
    for format in ["date", "date-time", "timestamp"] {
        assert_eq!(ask(format, "2020-05-04 21:58:00 +02:00", value), Ok(()));
    }
    assert_eq!(ask("slug", "2020-05-04", value), Ok(()));
    assert!(ask("email", "2020-05-04", value).is_err());
}

#[test]
fn standard_formats() {
    assert_accepts("uri", &["https://example.org/a?b#c", "mailto:a@b.fr"]);
    assert_accepts("duration", &["P1D"]);
    assert_problems(
        "
        uri | www.gouv.fr | `www.gouv.fr` has no scheme such as `https:` | write `https://www.gouv.fr` | -
        uri | https://x.fr/a b | a space in `https://x.fr/a b` must be written `%20` | write `https://x.fr/a%20b` | https://x.fr/a%20b
        uri | https://x.fr/é | `é` in `https://x.fr/é` must be written `%C3%A9` | write `https://x.fr/%C3%A9` | https://x.fr/%C3%A9
        uri |  https://x.fr | ` https://x.fr` has blanks at its ends | write `https://x.fr` | https://x.fr
        uuid | 12 | `12` is not a UUID | write it like `2eb8aa08-aa98-11ea-b4aa-73b441d16380` | -
        ipv4 | 1.2.3.400 | `1.2.3.400` is not an IPv4 address | write it like `192.0.2.1` | -
        ",
    );
}

#[test]
fn agrees_with_the_json_schema_suite() {
    let Ok(suites) = std::env::var("FRONTLINT_SUITES") else {
        return;
    };
    let names = [
        "date",
        "date-time",
        "time",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri",
        "duration",
        "uri-reference",
        "iri",
        "iri-reference",
        "uri-template",
        "json-pointer",
        "regex",
        "uuid",
        "relative-json-pointer",
    ];
    let mut asked = 0;
    for name in names {
        let path = format!("{suites}/json-schema/draft2020-12/optional/format/{name}.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let groups: serde_json::Value = serde_json::from_str(&text).unwrap();
        for group in groups.as_array().unwrap() {
            for test in group["tests"].as_array().unwrap() {
                let Some(text) = test["data"].as_str() else {
                    continue;
                };
                let found = check(name, &text_input(text)).is_ok();
                assert_eq!(
                    Some(found),
                    test["valid"].as_bool(),
                    "{name} {text:?}: {}",
                    test["description"]
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*|[0-9+() ./-]{0,24}|[0-9TZ:+. /-]{0,30}|[a-z@.,<> ]{0,20}") {
        for format in ["date", "date-time", "timestamp", "time", "email", "idn-email", "slug", "phone", "phone-fr", "phone-us", "phone-ar", "uri"] {
            if let Err(problem) = check(format, &text_input(&text)) {
                prop_assert!(!problem.message.is_empty());
                if let Some(mended) = problem.replacement {
                    prop_assert_eq!(check(format, &text_input(&mended)), Ok(()), "{} {:?}", format, text);
                }
            }
        }
    }
}

#[test]
fn long_texts_make_short_messages() {
    let texts = [
        "1", "a", "a@", "é", " ", "0 ", "/", "+1", "2020-", "(", "1,",
    ];
    for text in texts.map(|text| text.repeat(100_000)) {
        for format in [
            "date",
            "timestamp",
            "time",
            "email",
            "idn-email",
            "slug",
            "phone",
            "phone-fr",
            "uri",
            "uuid",
        ] {
            if let Err(problem) = check(format, &text_input(&text)) {
                assert!(
                    problem.message.len() < 1000,
                    "{format}: {}",
                    problem.message
                );
                assert!(
                    problem.help.is_none_or(|help| help.len() < 1000),
                    "{format}"
                );
            }
        }
    }
}
