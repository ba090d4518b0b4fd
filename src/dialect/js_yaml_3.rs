//! js-yaml 3 as gray-matter calls it, for VitePress: YAML 1.1 with octal
//! numbers, underscores and base 60, but without its words for booleans.

use super::js_yaml::{self, Numbers};
use super::number::Decimal;
use super::{Style, Value, javascript, number};

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>) -> Value {
    js_yaml::resolve(text, style, tag, &Numbers { integer, float })
}

pub(super) fn integer(text: &str) -> Option<Value> {
    let (negative, unsigned) = number::sign(text);
    if unsigned == "0" {
        return Some(Value::Integer(0));
    }
    if unsigned.ends_with('_') {
        return None;
    }
    let (written, radix) = match unsigned.as_bytes() {
        [b'0', b'b', ..] => (&unsigned[2..], 2),
        [b'0', b'x', ..] => (&unsigned[2..], 16),
        [b'0', ..] => (&unsigned[1..], 8),
        [b'_', ..] => return None,
        _ => (unsigned, 10),
    };
    let (head, rest) = match written.find(':').filter(|_| radix == 10) {
        Some(at) => written.split_at(at),
        None => (written, ""),
    };
    let digits = head.replace('_', "");
    if head.ends_with('_') || !number::are_digits(&digits, radix) {
        return None;
    }
    let Some(mut double) = number::double(&digits, radix) else {
        return Some(number::too_long());
    };
    if !rest.is_empty() {
        for part in rest[1..].split(':') {
            double = double * 60.0 + f64::from(sixtieth(part)?);
        }
    }
    Some(javascript::from_double(number::signed(negative, double)))
}

/// One digit or two, below sixty.
fn sixtieth(part: &str) -> Option<u8> {
    let written = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    written.then_some(())?;
    part.parse().ok().filter(|&part| part < 60)
}

pub(super) fn float(text: &str) -> Option<Value> {
    if let Some(double) = javascript::special(text) {
        return Some(Value::Float(double));
    }
    if text.ends_with('_') {
        return None;
    }
    let (negative, unsigned) = number::sign(text);
    let magnitude = if unsigned.contains(':') {
        sexagesimal(unsigned)?
    } else {
        decimal(unsigned, unsigned.len() < text.len())?
    };
    Some(javascript::from_double(number::signed(negative, magnitude)))
}

fn decimal(unsigned: &str, signed: bool) -> Option<f64> {
    let Decimal {
        whole,
        fraction,
        exponent,
    } = Decimal::split(unsigned);
    // A sign wants a digit before the point, and a zero stands there alone.
    let begins = match whole.as_bytes() {
        [] => !signed && fraction.is_some_and(|fraction| !fraction.is_empty()),
        [b'0'] | [b'1'..=b'9', ..] => true,
        _ => false,
    };
    let written = begins
        && are_spaced_digits(whole)
        && fraction.is_none_or(are_spaced_digits)
        && exponent.is_none_or(|exponent| number::are_digits(exponent, 10));
    written.then_some(())?;
    unsigned.replace('_', "").parse().ok()
}

/// Whether a text holds nothing but digits and underscores.
fn are_spaced_digits(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn sexagesimal(unsigned: &str) -> Option<f64> {
    let (before, fraction) = unsigned.split_once('.')?;
    let mut parts = before.split(':');
    let head = parts.next()?;
    let are_digits = are_spaced_digits(head) && are_spaced_digits(fraction);
    if head.is_empty() || head.starts_with('_') || !are_digits {
        return None;
    }
    let mut sum: f64 = head.replace('_', "").parse().ok()?;
    let parts: Vec<_> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        let whole = sixtieth(part)?;
        let part: f64 = if index + 1 == parts.len() {
            format!("{whole}.{}", fraction.replace('_', ""))
                .parse()
                .ok()?
        } else {
            f64::from(whole)
        };
        sum = sum * 60.0 + part;
    }
    Some(sum)
}
