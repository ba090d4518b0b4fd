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

fn problem(format: &str, text: &str) -> Problem {
    let found = check(format, &text_input(text));
    found.expect_err(&format!("{format} accepts {text}"))
}

fn assert_accepts(format: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(check(format, &text_input(text)), Ok(()), "{format} {text}");
    }
}

/// Rows of format, text, message, help, replacement; `""` stands for none.
fn assert_problems(rows: &[[&str; 5]]) {
    for [format, text, message, help, replacement] in rows {
        let found = problem(format, text);
        let parts = [
            found.message.as_str(),
            found.help.as_deref().unwrap_or_default(),
            found.replacement.as_deref().unwrap_or_default(),
        ];
        assert_eq!(parts, [*message, *help, *replacement], "{format} {text:?}");
    }
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
fn dates() {
    assert_accepts("date", &["2020-05-04", "2020-02-29", "0000-01-01"]);
    assert_accepts(
        "date-time",
        &[
            "2020-05-04T21:58:00+02:00",
            "1990-12-31T23:59:60Z",
            "2020-05-04t00:00:00.5z",
        ],
    );
    assert_accepts("timestamp", &["2020-05-04", "2020-05-04T21:58:00Z"]);
    assert_problems(&[
        [
            "timestamp",
            "tuesday",
            "`tuesday` is not a date",
            "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS+HH:MM",
            "",
        ],
        [
            "date",
            "2023-02-30",
            "there is no 30 February 2023: that month has 28 days",
            "correct `2023-02-30`",
            "",
        ],
        [
            "date",
            "2023-13-01",
            "there is no month 13: months go from 01 to 12",
            "correct `2023-13-01`",
            "",
        ],
        [
            "timestamp",
            "2020-05-04 24:30:00 Z",
            "there is no hour 24: hours go from 00 to 23",
            "correct `2020-05-04 24:30:00 Z`",
            "",
        ],
        [
            "date",
            "14/05/2020",
            "`14/05/2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-05-14`",
            "2020-05-14",
        ],
        [
            "date",
            "05/14/2020",
            "`05/14/2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-05-14`",
            "2020-05-14",
        ],
        [
            "date",
            "04/05/2020",
            "`04/05/2020` may be 4 May 2020 or 5 April 2020",
            "write `2020-05-04` or `2020-04-05`",
            "",
        ],
        [
            "date",
            "05.05.2020",
            "`05.05.2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-05-05`",
            "2020-05-05",
        ],
        [
            "date",
            "2020-5-4",
            "`2020-5-4` is not in the form YYYY-MM-DD",
            "write `2020-05-04`",
            "2020-05-04",
        ],
        [
            "date",
            "20200504",
            "`20200504` is not in the form YYYY-MM-DD",
            "write `2020-05-04`",
            "2020-05-04",
        ],
        [
            "date",
            "lundi 4 mai 2020",
            "`lundi 4 mai 2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-05-04`",
            "2020-05-04",
        ],
        [
            "date",
            "1er février 2020",
            "`1er février 2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-02-01`",
            "2020-02-01",
        ],
        [
            "date",
            "May 4, 2020",
            "`May 4, 2020` is not in the form YYYY-MM-DD, with the year first",
            "write `2020-05-04`",
            "2020-05-04",
        ],
        [
            "date",
            "2020-05-04T21:58:00Z",
            "`2020-05-04T21:58:00Z` has a time, a date alone is wanted",
            "write `2020-05-04`",
            "",
        ],
        [
            "date-time",
            "2020-05-04",
            "`2020-05-04` has no time of day",
            "add one: `2020-05-04THH:MM:SS+HH:MM`",
            "",
        ],
        [
            "timestamp",
            "2020-05-04 21:58:00 +0200",
            "`2020-05-04 21:58:00 +0200` is not in the form YYYY-MM-DDTHH:MM:SS+HH:MM",
            "write `2020-05-04T21:58:00+02:00`",
            "2020-05-04T21:58:00+02:00",
        ],
        [
            "timestamp",
            "2020-05-04 à 14h30",
            "`2020-05-04 à 14h30` does not say how far its time is from UTC",
            "write `2020-05-04T14:30:00Z` if it is UTC, else the offset, as in `2020-05-04T14:30:00+02:00`",
            "",
        ],
        [
            "time",
            "24:00:00Z",
            "there is no hour 24: hours go from 00 to 23; midnight is 00:00 of the next day",
            "correct `24:00:00Z`",
            "",
        ],
        [
            "time",
            "21:58Z",
            "`21:58Z` is not in the form HH:MM:SS+HH:MM",
            "write `21:58:00Z`",
            "21:58:00Z",
        ],
    ]);
}

#[test]
fn emails() {
    assert_accepts(
        "email",
        &[
            "prenom.nom@sgg.gouv.fr",
            "user@localhost",
            "a+b@x.fr",
            "\"a b\"@x.fr",
        ],
    );
    assert_accepts("idn-email", &["rené@exemple.fr"]);
    assert_problems(&[
        [
            "email",
            "presse.gouv.fr",
            "`presse.gouv.fr` has no `@`",
            "write an address such as `name@example.org`",
            "",
        ],
        [
            "email",
            "presse (at) gouv.fr",
            "`presse (at) gouv.fr` has no `@`",
            "write `presse@gouv.fr`",
            "",
        ],
        [
            "email",
            "a@@b.fr",
            "`a@@b.fr` has 2 `@`, an address has one",
            "",
            "",
        ],
        [
            "email",
            "presse@gouv,fr",
            "`gouv,fr` has a comma where a dot belongs",
            "write `presse@gouv.fr`",
            "presse@gouv.fr",
        ],
        [
            "email",
            "presse@gouv.fr ",
            "`presse@gouv.fr ` ends with a blank",
            "write `presse@gouv.fr`",
            "presse@gouv.fr",
        ],
        [
            "email",
            "\u{a0}presse@gouv.fr",
            "`\u{a0}presse@gouv.fr` begins with a no-break space",
            "write `presse@gouv.fr`",
            "presse@gouv.fr",
        ],
        [
            "email",
            "presse@gouv.fr\u{200b}",
            "`presse@gouv.fr\\u{200b}` holds an invisible zero-width space (U+200B)",
            "write `presse@gouv.fr`",
            "presse@gouv.fr",
        ],
        [
            "email",
            "mailto:a@b.fr",
            "`mailto:a@b.fr` is a link, the address alone is wanted",
            "write `a@b.fr`",
            "a@b.fr",
        ],
        [
            "email",
            "<a@b.fr>",
            "`<a@b.fr>` is between `<` and `>`",
            "write `a@b.fr`",
            "a@b.fr",
        ],
        [
            "email",
            "Ann <a@b.fr>",
            "`Ann <a@b.fr>` holds a name besides the address",
            "write the address alone: `a@b.fr`",
            "",
        ],
        [
            "email",
            "a@b.fr.",
            "`a@b.fr.` ends with `.`",
            "write `a@b.fr`",
            "a@b.fr",
        ],
        [
            "email",
            "@b.fr",
            "`@b.fr` has nothing before the `@`",
            "",
            "",
        ],
        ["email", "a@", "`a@` has no domain after the `@`", "", ""],
        ["email", "a b@c.fr", "`a b@c.fr` has a blank in it", "", ""],
        [
            "email",
            "a@b..fr",
            "`a@b..fr` has two dots in a row",
            "",
            "",
        ],
        [
            "email",
            "rené@b.fr",
            "`é` in `rené@b.fr` does not belong in an e-mail address",
            "is it `rene@b.fr`? addresses have no accents",
            "",
        ],
        [
            "email",
            "a@b.fr, c@d.fr",
            "`a@b.fr, c@d.fr` holds 2 addresses",
            "write one address, or a list with one an item where a list is allowed",
            "",
        ],
        [
            "email",
            "a@b_c.fr",
            "`_` in `a@b_c.fr` does not belong in a domain",
            "",
            "",
        ],
    ]);
}

#[test]
fn standard_formats() {
    assert_accepts("uri", &["https://example.org/a?b#c", "mailto:a@b.fr"]);
    assert_accepts("duration", &["P1D"]);
    assert_problems(&[
        [
            "uri",
            "www.gouv.fr",
            "`www.gouv.fr` has no scheme such as `https:`",
            "write `https://www.gouv.fr`",
            "",
        ],
        [
            "uri",
            "https://x.fr/a b",
            "a blank in `https://x.fr/a b` must be written `%20`",
            "write `https://x.fr/a%20b`",
            "https://x.fr/a%20b",
        ],
        [
            "uri",
            "https://x.fr/é",
            "`é` in `https://x.fr/é` must be written `%C3%A9`",
            "write `https://x.fr/%C3%A9`",
            "https://x.fr/%C3%A9",
        ],
        [
            "uri",
            " https://x.fr",
            "` https://x.fr` has blanks at its ends",
            "write `https://x.fr`",
            "https://x.fr",
        ],
        [
            "uuid",
            "12",
            "`12` is not a UUID",
            "write it like `2eb8aa08-aa98-11ea-b4aa-73b441d16380`",
            "",
        ],
        [
            "ipv4",
            "1.2.3.400",
            "`1.2.3.400` is not an IPv4 address",
            "write it like `192.0.2.1`",
            "",
        ],
    ]);
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
