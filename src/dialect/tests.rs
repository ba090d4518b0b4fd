//! What the records of the real parsers do not hold; those are in `tests/oracles.rs`.

use proptest::prelude::*;

use super::*;

fn plain(dialect: Dialect, text: &str) -> Value {
    dialect.resolve(text, Style::Plain, None)
}

fn error(value: &Value) -> &str {
    match value {
        Value::Error(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_read_back() {
    for &dialect in Dialect::ALL {
        assert_eq!(dialect.as_str().parse(), Ok(dialect));
    }
    let error = "perl".parse::<Dialect>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`perl` is no dialect; there are `jekyll`, `psych`, `hugo-goccy`, `hugo-yaml-v2`, \
         `js-yaml-3`, `js-yaml-4`, `js-yaml-5`, `pyyaml` and `core`"
    );
}

#[test]
fn errors_say_what_ruby_does() {
    let reason = plain(Dialect::Jekyll, "1._5");
    assert_eq!(error(&reason), "Ruby cannot read `1._5` as a number");
    let reason = plain(Dialect::Psych, ":sym");
    assert_eq!(
        error(&reason),
        "`:sym` is a symbol to Ruby, and symbols are not allowed"
    );
    let reason = plain(Dialect::Psych, &format!(":{}", "a".repeat(100)));
    assert!(error(&reason).len() < 100);
}

/// Read from the real Psych, beside the records.
#[test]
fn psych_beside_the_records() {
    let float = |text| match plain(Dialect::Psych, text) {
        Value::Float(float) => float,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(float("1:30.5_0"), 5430.0);
    assert_eq!(float("1:30._5"), 5400.0);
    assert_eq!(plain(Dialect::Psych, "1__2:30"), Value::Integer(5400));
    let hours = plain(Dialect::Psych, "99999999999999999999:00");
    assert_eq!(hours, Value::BigInteger("359999999999999999996400".into()));
    let hours = plain(Dialect::Psych, "-10000000000000000000:30");
    assert_eq!(hours, Value::BigInteger("-35999999999999999998200".into()));
    for text in ["0b_", "0x_", "0x,", ".e+5", "+.e+5"] {
        error(&plain(Dialect::Psych, text));
    }
    assert_eq!(plain(Dialect::Psych, "yeſ"), Value::Bool(true));
    assert_eq!(plain(Dialect::Psych, "no\nn"), Value::Bool(false));
    assert_eq!(plain(Dialect::Psych, "no\na"), Value::String);
    let tagged = |text, tag| Dialect::Psych.resolve(text, Style::DoubleQuoted, Some(tag));
    let tag = "tag:yaml.org,2002:float";
    assert_eq!(tagged("0x1p3", tag), Value::Float(8.0));
    assert_eq!(tagged("1,5", tag), Value::Float(15.0));
    assert_eq!(tagged("08", tag), Value::Float(8.0));
    error(&tagged("1__0", tag));
    error(&tagged("~", tag));
}

#[test]
fn timestamps_as_psych_carries_them_over() {
    let read = |text: &str| match plain(Dialect::Psych, text) {
        Value::Timestamp(timestamp) => timestamp.to_string(),
        other => format!("{other:?}"),
    };
    let is = |text, expected: &str| assert_eq!(read(text), expected, "{text}");
    is("2020-05-04T10:00:00-00:30", "2020-05-04T10:00:00+00:30");
    is("2020-05-04T10:00:00+020", "2020-05-04T10:00:00+02:00");
    is("2020-05-04T10:00:00+02:", "2020-05-04T10:00:00+02:00");
    is("2020-05-04T10:00:00+23:60", "String");
    is("2020-05-04 24:00:00.5", "2020-05-05T00:00:00.5");
    is("1500-02-29T10:00:00Z", "1500-03-01T10:00:00Z");
    is("1500-02-29", "1500-02-29");
    is("1900-02-29", "String");
    is("-2020-05-04T10:00:00", "-2020-05-04T10:00:00");
    is("9999-12-31T24:00:00", "10000-01-01T00:00:00");
}

#[test]
fn timestamps_as_jekyll_reads_them() {
    let read = |text: &str| match plain(Dialect::Jekyll, text) {
        Value::Timestamp(timestamp) => timestamp.to_string(),
        other => format!("{other:?}"),
    };
    let is = |text: &str, expected: &str| assert_eq!(read(text), expected, "{text}");
    is("2020-05-04T21:58:00+530", "2020-05-04T21:58:00+05:30");
    is("2020-05-04T21:58:00-00:30", "2020-05-04T21:58:00-00:30");
    is("2020-05-04T21:58:00+23:60", "String");
    is("2020-05-04T24:00:00.5Z", "2020-05-05T00:00:00.5Z");
    is("2020-05-04T24:00:60Z", "String");
    is(
        &format!("2020-05-04T10:11:12.{}", "1".repeat(120)),
        "String",
    );
}

#[test]
fn instants_count_from_1970() {
    let instant = |text| match plain(Dialect::Jekyll, text) {
        Value::Timestamp(timestamp) => timestamp.instant(),
        other => panic!("{other:?}"),
    };
    assert_eq!(instant("1970-01-01"), Some(0));
    assert_eq!(instant("1970-01-02 00:00:00"), Some(86_400));
    assert_eq!(instant("2020-05-04 21:58:00 +0200"), Some(1_588_622_280));
    assert_eq!(instant("1969-12-31T23:59:59.5Z"), Some(-1));
}

#[test]
fn a_line_separator_ends_a_line_for_libyaml() {
    assert_eq!(plain(Dialect::Jekyll, "yes\u{2028}"), Value::Bool(true));
    let reason = plain(Dialect::Jekyll, "one\u{2028}two");
    assert!(error(&reason).contains("U+2028"));
    assert_eq!(plain(Dialect::Core, "one\u{2028}two"), Value::String);
}

proptest! {
    #[test]
    fn big_integers_are_right(number in any::<u128>()) {
        let expected = number.to_string();
        for (text, radix) in [
            (format!("{number:x}"), 16),
            (format!("{number:o}"), 8),
            (format!("{number:b}"), 2),
            (number.to_string(), 10),
        ] {
            let read = match number::integer(false, &text, radix) {
                Value::Integer(integer) => integer.to_string(),
                Value::BigInteger(digits) => digits.to_string(),
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(&read, &expected);
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>(), tag in proptest::option::of(any::<String>())) {
        for &dialect in Dialect::ALL {
            let _ = dialect.resolve(&text, Style::Plain, tag.as_deref());
            let _ = dialect.resolve(&text, Style::Literal, tag.as_deref());
        }
    }

    #[test]
    fn nothing_like_a_number_panics(text in "[-+]?[0-9xbo]{0,24}[-+0-9_,.:eExbofFinaATZ \té\n]{0,24}") {
        let tags = ["int", "float", "timestamp", "binary", "null", "bool"];
        for &dialect in Dialect::ALL {
            let _ = dialect.resolve(&text, Style::Plain, None);
            for tag in tags {
                let tag = format!("tag:yaml.org,2002:{tag}");
                let _ = dialect.resolve(&text, Style::DoubleQuoted, Some(&tag));
            }
        }
    }

    #[test]
    fn nothing_like_a_date_panics(
        text in "-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]|\t)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,12})?[ Z]?([-+][0-9:]{1,5})?"
    ) {
        for &dialect in Dialect::ALL {
            for tag in [None, Some("tag:yaml.org,2002:timestamp")] {
                if let Value::Timestamp(timestamp) = dialect.resolve(&text, Style::Plain, tag) {
                    prop_assert!(timestamp.instant().is_some());
                    prop_assert!(!timestamp.to_string().is_empty());
                }
            }
        }
    }
}

#[test]
fn keys_of_front_matter_are_text_to_yaml_v2() {
    let key = |dialect: Dialect, text| dialect.resolve_key(text, Style::Plain, None);
    assert_eq!(key(Dialect::HugoYamlV2, "on"), Value::String);
    assert_eq!(key(Dialect::HugoYamlV2, "~"), Value::Null);
    assert_eq!(key(Dialect::PyYaml, "on"), Value::Bool(true));
    assert_eq!(key(Dialect::PyYaml, "<<"), Value::String);
}

#[test]
fn a_number_beyond_all_bounds_harms_no_dialect() {
    for digits in [400, 20_000] {
        for text in ["9", "0", "0x", "1:", "."].map(|start| start.to_owned() + &"7".repeat(digits))
        {
            for dialect in Dialect::ALL {
                for tag in [
                    None,
                    Some("tag:yaml.org,2002:int"),
                    Some("tag:yaml.org,2002:float"),
                ] {
                    let _ = dialect.resolve(&text, Style::Plain, tag);
                }
            }
        }
    }
}

#[test]
fn javascript_counts_days_beyond_the_month_on() {
    let value = Dialect::JsYaml3.resolve("2023-02-30", Style::Plain, None);
    let Value::Timestamp(at) = value else {
        panic!("{value:?}");
    };
    assert_eq!(at.to_string(), "2023-03-02");
}

proptest! {
    /// What begins as dates do is no number, so that numbers need not be tried.
    #[test]
    fn no_number_begins_as_a_date(text in "[0-9]{4}-[-0-9eE+.:_,xob TZ]{0,8}") {
        prop_assert!(ruby::begins_as_date(&text));
        for (integer, float) in [
            (jekyll::integer as fn(&str) -> Option<Value>, jekyll::float as fn(&str) -> _),
            (js_yaml_3::integer, js_yaml_3::float),
            (js_yaml_4::integer, js_yaml_4::float),
        ] {
            prop_assert_eq!(integer(&text).or_else(|| float(&text)), None);
        }
        prop_assert!(!pyyaml::is_integer(&text) && !pyyaml::is_float(&text));
    }
}
