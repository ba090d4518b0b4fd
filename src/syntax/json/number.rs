//! JSON numbers.

use crate::diagnostic::Problem;
use crate::dialect::Value;
use crate::text::Span;

/// Reads a number that begins at `at` with a digit or `-`, and moves `at` behind it.
pub(super) fn read(text: &str, at: &mut usize) -> Result<(Value, Span), Problem> {
    let start = *at;
    let rest = &text[start..];
    let is_part =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_');
    let len = rest.bytes().take_while(|&byte| is_part(byte)).count();
    let span = Span::from_usize(start, start + len);
    let number = &rest[..len];
    let fail = |help: String| {
        let shown = if len <= 40 { number } else { &number[..40] };
        Err(Problem::at(span, format!("`{shown}` is no JSON number")).help(help))
    };

    let unsigned = number.strip_prefix('-').unwrap_or(number);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && whole.len() > 1 && whole.starts_with('0') {
        return fail(
            "a number does not begin with `0`; delete it, or write the text in quotes".to_owned(),
        );
    }
    if !digits(whole) {
        return fail("write a text that is no number in double quotes".to_owned());
    }
    if fraction.is_some_and(|fraction| !digits(fraction)) {
        return fail("digits stand on both sides of the point".to_owned());
    }
    let exponent_digits =
        exponent.map(|exponent| exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    if exponent_digits.is_some_and(|exponent| !digits(exponent)) {
        return fail("digits follow the `e` of a number".to_owned());
    }
    *at += len;
    let value = if fraction.is_some() || exponent.is_some() {
        Value::Float(number.parse().unwrap_or(f64::INFINITY))
    } else {
        match number.parse() {
            Ok(integer) => Value::Integer(integer),
            Err(_) => Value::BigInteger(number.into()),
        }
    };
    Ok((value, span))
}
