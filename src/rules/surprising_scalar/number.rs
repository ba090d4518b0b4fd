//! Numbers that are not the number they look like, or lose their spelling; and `Null`.

use super::{is_required, is_untyped, misread_unless_quoted};
use crate::diagnostic::Diagnostic;
use crate::dialect::Value;
use crate::rules::Context;
use crate::rules::scalars::ScalarRef;
use crate::syntax::Scalar;

/// What is surprising about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surprise {
    /// It is another number than the one written.
    Changed,
    /// It is the number that it looks like, and loses its spelling.
    Spelling,
}

pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let surprise = surprise(scalar.inner)?;
    let is_meant = |surprise| surprise == Surprise::Spelling && is_required(context, scalar);
    let is_surprise = is_untyped(context, scalar) && !is_meant(surprise);
    is_surprise.then(|| misread_unless_quoted(context, scalar))
}

/// Whether a value is surprising unless its schema requires it.
pub(super) fn is_surprising(scalar: &Scalar<'_>) -> bool {
    surprise(scalar).is_some()
}

fn surprise(scalar: &Scalar<'_>) -> Option<Surprise> {
    let text = scalar.text.as_ref();
    match &scalar.value {
        Value::Integer(number) => of_number(text, &number.to_string()),
        Value::BigInteger(digits) => of_number(text, digits),
        Value::Float(number) => of_float(text, *number),
        Value::Null => matches!(text, "Null" | "NULL").then_some(Surprise::Changed),
        _ => None,
    }
}

/// `read` is the integer that the parser reads, in decimal digits.
fn of_number(text: &str, read: &str) -> Option<Surprise> {
    if text == read {
        return None;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_digits(unsigned) {
        let stripped = unsigned.trim_start_matches('0');
        let decimal = if stripped.is_empty() { "0" } else { stripped };
        let same = decimal == read.strip_prefix('-').unwrap_or(read);
        let is_short_plus = text.starts_with('+') && decimal == unsigned && unsigned.len() < 8;
        return match (same, is_short_plus || is_ordinal(text)) {
            // `+5` is a number to everyone; a telephone number misses its plus.
            (true, true) => None,
            (true, false) => Some(Surprise::Spelling),
            (false, _) => Some(Surprise::Changed),
        };
    }
    if unsigned.contains(':') {
        return Some(Surprise::Changed);
    }
    if unsigned.contains([',', '_']) && !unsigned.starts_with("0x") {
        let thousands = unsigned
            .split([',', '_'])
            .skip(1)
            .all(|group| group.len() == 3);
        return Some(if thousands {
            Surprise::Spelling
        } else {
            Surprise::Changed
        });
    }
    // Who writes `0x1F` knows what it is.
    has_exponent(unsigned).then_some(Surprise::Spelling)
}

fn of_float(text: &str, number: f64) -> Option<Surprise> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.contains([':', ',', '_']) {
        return Some(Surprise::Changed);
    }
    if has_exponent(unsigned) {
        return Some(if number.is_finite() {
            Surprise::Spelling
        } else {
            Surprise::Changed
        });
    }
    if let Some((whole, fraction)) = unsigned.split_once('.') {
        let is_version = (1..=2).contains(&whole.len())
            && fraction.len() == 2
            && fraction.ends_with('0')
            && fraction != "00"
            && is_digits(whole)
            && is_digits(fraction);
        return is_version.then_some(Surprise::Spelling);
    }
    // An integer that the parser reads as a number with a fraction: `0612345678` to some.
    let has_zero = is_digits(unsigned) && unsigned.starts_with('0') && unsigned.len() > 1;
    (has_zero && !is_ordinal(text)).then_some(Surprise::Spelling)
}

/// Whether a text is the number of one among many, as `01` and `007`: it counts as it is meant.
fn is_ordinal(text: &str) -> bool {
    is_digits(text) && text.len() <= 3 && text.trim_start_matches('0').len() <= 1
}

/// `1e3`, where no point says that a number is meant.
fn has_exponent(text: &str) -> bool {
    text.split_once(['e', 'E']).is_some_and(|(before, after)| {
        is_digits(before) && is_digits(after.strip_prefix(['+', '-']).unwrap_or(after))
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Dialect, Style};

    fn of(dialect: Dialect, text: &str) -> Option<Surprise> {
        surprise(&Scalar {
            text: text.into(),
            style: Style::Plain,
            value: dialect.resolve(text, Style::Plain, None),
        })
    }

    #[test]
    fn another_number_is_distinguished_from_a_lost_spelling() {
        let changed = ["0171211250", "010", "12:30", "1,5", "Null"];
        let spelling = ["0001", "1,500", "1_000", "1.10", "+33171211250"];
        let neither = [
            "3",
            "-3",
            "+3",
            "0",
            "00",
            "01",
            "007",
            "1.5",
            "2.0",
            "48.8566",
            "true",
            "True",
            "null",
            "~",
            "0x1F",
            "0612345678",
            "1e3",
            "2020-05-04",
            "text",
            "no",
        ];
        for (texts, expected) in [
            (&changed[..], Some(Surprise::Changed)),
            (&spelling[..], Some(Surprise::Spelling)),
            (&neither[..], None),
        ] {
            for text in texts {
                assert_eq!(of(Dialect::Jekyll, text), expected, "{text}");
            }
        }
    }

    #[test]
    fn each_dialect_surprises_in_its_own_way() {
        assert_eq!(of(Dialect::Core, "1e3"), Some(Surprise::Spelling));
        assert_eq!(of(Dialect::Core, "1e999"), Some(Surprise::Changed));
        assert_eq!(of(Dialect::Core, "12:30"), None);
        let long = "12345678901234567890";
        assert_eq!(of(Dialect::Core, long), Some(Surprise::Changed));
    }
}
