//! Tests of telephone numbers.

use super::*;
use crate::schema::formats::tests::{rows, words};

fn accepts(format: Option<&str>, texts: &[&str]) {
    for text in texts {
        let found = match format {
            Some(region) => check(Home::of(region).unwrap(), text),
            None => check(Home::ANYWHERE, text),
        };
        assert_eq!(found, Ok(()), "{format:?} {text}");
    }
}

/// Lines of text, message, help and replacement; `-` stands for none.
fn refuses(format: Option<&str>, table: &str) {
    for row in rows(table) {
        let [text, expected @ ..] = row.as_slice() else {
            panic!("{row:?}");
        };
        let found = match format {
            Some(region) => check(Home::of(region).unwrap(), text),
            None => check(Home::ANYWHERE, text),
        };
        assert_eq!(
            words(&found.expect_err(text)),
            *expected,
            "{format:?} {text:?}"
        );
    }
}

#[test]
fn french_numbers_as_people_write_them() {
    accepts(
        Some("fr"),
        &[
            "01.71.21.12.50",
            "01 71 21 12 50",
            "0171211250",
            "01-71-21-12-50",
            "01/71/21/12/50",
            "+33 1 71 21 12 50",
            "+33171211250",
            "+33 (0)1 71 21 12 50",
            "+33 (0) 1 71 21 12 50",
            "(+33) 1 71 21 12 50",
            "0033 1 71 21 12 50",
            "01 70 20 30 40 ",
            "\u{a0}01\u{a0}70\u{202f}20 30 40",
            "06.00.00.41.19",
            "06 00 00 00 06",
            "01.00.00.12.50",
            "0 800 123 456",
            "+44 20 7946 0000",
            "+1 202-456-1111",
            "+800 1234 5678",
            "+262 262 12 34 56",
        ],
    );
}

#[test]
fn other_regions() {
    accepts(
        Some("us"),
        &[
            "(202) 456-1111",
            "202-456-1111",
            "1 202 456 1111",
            "+33 1 71 21 12 50",
        ],
    );
    accepts(Some("de"), &["030 123456", "+49 30 123456"]);
    accepts(Some("it"), &["02 3661 8300", "+39 02 3661 8300"]);
    accepts(Some("ru"), &["8 800 123-45-67", "+7 495 123-45-67"]);
    accepts(Some("be"), &["02 555 12 12"]);
    accepts(Some("ch"), &["044 668 18 00"]);
    accepts(Some("es"), &["912 345 678"]);
    accepts(Some("gb"), &["020 7946 0000", "(020) 7946 0000"]);
    accepts(Some("re"), &["0262 12 34 56"]);
    accepts(
        None,
        &["+33 1 71 21 12 50", "+33.1.71.21.12.50", "+1 202-456-1111"],
    );
}

#[test]
fn what_is_wrong_with_a_french_number() {
    let nothing = check(Home::of("fr").unwrap(), "").unwrap_err();
    assert_eq!(nothing.message, "there is no telephone number here");
    refuses(
        Some("fr"),
        "
        O1 71 21 12 50 | the letter `O` at position 1 of `O1 71 21 12 50` is not a digit | did you mean the digit 0? | -
        01 7l 21 12 50 | the letter `l` at position 5 of `01 7l 21 12 50` is not a digit | did you mean the digit 1? | -
        01 71 21 12 50 poste 12 | `poste 12` is an extension, not part of the number | write the number alone: `01 71 21 12 50` | -
        01 71 21 12 50 (poste 12) | `poste 12)` is an extension, not part of the number | write the number alone: `01 71 21 12 50` | -
        Tél. : 01 71 21 12 50 | `Tél. :` before the number is not part of it | write `01 71 21 12 50` | 01 71 21 12 50
        tel:+33171211250 | `tel:` before the number is not part of it | write `+33171211250` | +33171211250
        à préciser | `à préciser` is not a telephone number | - | -
        01 70 20 30 40 / 06 10 20 30 40 | `01 70 20 30 40 / 06 10 20 30 40` holds 2 telephone numbers | write them as a list, one an item | -
        01 70 20 30 40 ou 06 10 20 30 40 | `01 70 20 30 40 ou 06 10 20 30 40` holds 2 telephone numbers | write them as a list, one an item | -
        01 71 21 12 5 | `01 71 21 12 5` has 9 digits; numbers in France have 10 | - | -
        01 71 21 12 500 | `01 71 21 12 500` has 11 digits; numbers in France have 10 | - | -
        171211250 | `171211250` lacks the `0` that numbers in France begin with | write `0171211250` | 0171211250
        17 12 11 25 05 | `17 12 11 25 05` does not begin with `0`, as numbers in France do | - | -
        33 1 71 21 12 50 | `33 1 71 21 12 50` has the calling code 33 without a `+` | write `+33 1 71 21 12 50` | +33 1 71 21 12 50
        +33 01 71 21 12 50 | `+33 01 71 21 12 50` has a `0` after the calling code 33 | leave that `0` out: write `+33 171211250` | -
        +33 1 71 21 12 | `+33 1 71 21 12` has 7 digits after the calling code 33; numbers in France have 9 there | - | -
        06 93 12 34 56 | no number in France begins with `0693`, as `06 93 12 34 56` does | check its first digits | -
        3939 | `3939` has 4 digits; numbers in France have 10 | a short number does not work from everywhere: write the full one | -
        +999 123456 | no country has a calling code that `+999 123456` begins with | - | -
        01 71 21 12 50. | `01 71 21 12 50.` ends with `.` | write `01 71 21 12 50` | 01 71 21 12 50
        \u{202a}+33 1 71 21 12 50\u{202c} | `\\u{202a}+33 1 71 21 12 50\\u{202c}` holds an invisible direction mark (U+202A) | write `+33 1 71 21 12 50` | +33 1 71 21 12 50
        01 71 (21 12 50 | a parenthesis in `01 71 (21 12 50` has no partner | - | -
        01*71211250 | `*` in `01*71211250` does not belong in a telephone number | - | -
        01 71 21 +12 50 | `01 71 21 +12 50` has a `+` that is not at its beginning | - | -
        ",
    );
}

#[test]
fn what_is_wrong_with_an_international_number() {
    refuses(
        None,
        "
        01 71 21 12 50 | `01 71 21 12 50` does not begin with `+` and a calling code | write it as it is dialled from abroad, such as `+33 1 23 45 67 89` | -
        0033 1 71 21 12 50 | `0033 1 71 21 12 50` does not begin with `+` and a calling code | write `+33 1 71 21 12 50` | +33 1 71 21 12 50
        +33 (0)1 71 21 12 50 | `+33 (0)1 71 21 12 50` has parentheses | write `+33 1 71 21 12 50` | +33 1 71 21 12 50
        +1 (202) 456-1111 | `+1 (202) 456-1111` has parentheses | write `+1 202 456-1111` | +1 202 456-1111
        +1 202 456 111 | `+1 202 456 111` has 9 digits after the calling code 1; numbers with the calling code 1 have 10 there | - | -
        ",
    );
}
