//! Numbers of any size from their digits.

use super::Value;

/// Converting digits of another base takes time that grows with their square, so that a number
/// longer than this is refused rather than read.
const MOST_DIGITS: usize = 10_000;

/// The sign taken off: whether it was `-`, and what follows.
pub(super) fn sign(text: &str) -> (bool, &str) {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    (text.starts_with('-'), unsigned)
}

/// The integer that `digits` write in `radix`; `_` and `,` among them are passed over.
pub(super) fn integer(negative: bool, digits: &str, radix: u32) -> Value {
    match small(digits, radix) {
        Some(magnitude) => {
            let signed = if negative {
                0_i64.checked_sub_unsigned(magnitude)
            } else {
                i64::try_from(magnitude).ok()
            };
            signed.map_or_else(|| big(negative, &magnitude.to_string()), Value::Integer)
        }
        None => match decimal(digits, radix) {
            Some(decimal) => big(negative, &decimal),
            None => too_long(),
        },
    }
}

/// `digits` times `factor` plus `summand`, for numbers that may be beyond `i64`. The sign is that
/// of the product alone.
pub(super) fn scaled(negative: bool, digits: &str, factor: u32, summand: i64) -> Value {
    if digits.len() > MOST_DIGITS {
        return too_long();
    }
    let mut limbs = Limbs::default();
    for digit in digits.bytes().filter_map(|byte| value(byte, 10)) {
        limbs.multiply_add(10, digit);
    }
    // A negative product this large outweighs the summand, which has to be taken from it.
    let summand = u32::try_from(summand).unwrap_or(0);
    if negative {
        limbs.multiply_add(factor, 0);
        limbs.subtract(summand);
    } else {
        limbs.multiply_add(factor, summand);
    }
    big(negative, &limbs.to_string())
}

/// What a number longer than this reader takes becomes.
pub(super) fn too_long() -> Value {
    Value::Error(format!("the number has more than {MOST_DIGITS} digits").into())
}

/// The magnitude in decimal digits; `None` where it is too long to convert.
pub(super) fn decimal(digits: &str, radix: u32) -> Option<String> {
    let values = digits.bytes().filter_map(|byte| value(byte, radix));
    if radix == 10 {
        let text: String = values.map(|digit| char::from(b'0' + digit as u8)).collect();
        let text = text.trim_start_matches('0');
        return Some(if text.is_empty() { "0" } else { text }.to_owned());
    }
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let mut limbs = Limbs::default();
    for digit in values {
        limbs.multiply_add(radix, digit);
    }
    Some(limbs.to_string())
}

/// The nearest double to the integer that `digits` write in `radix`.
pub(super) fn double(digits: &str, radix: u32) -> Option<f64> {
    match small(digits, radix) {
        // Up to 2^53 every integer is a double.
        Some(magnitude) if magnitude < 1 << 53 => Some(magnitude as f64),
        _ => decimal(digits, radix)?.parse().ok(),
    }
}

/// The digits of an integer and their base, by the prefixes `0b`, `0o` and `0x`; `None` where other
/// characters are among them.
pub(super) fn based(unsigned: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match unsigned.get(..2) {
        Some("0b") => (&unsigned[2..], 2),
        Some("0o") => (&unsigned[2..], 8),
        Some("0x") => (&unsigned[2..], 16),
        _ => (unsigned, 10),
    };
    are_digits(digits, radix).then_some((digits, radix))
}

/// Whether a text is one digit or more, and nothing else.
pub(super) fn are_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_digit(radix))
}

/// A decimal number in parts: `12.5e-3` has the whole `12`, the fraction `5`, the exponent `3`.
pub(super) struct Decimal<'t> {
    pub(super) whole: &'t str,
    pub(super) fraction: Option<&'t str>,
    /// Without its sign.
    pub(super) exponent: Option<&'t str>,
}

impl<'t> Decimal<'t> {
    /// Takes a text without a sign apart; the parts may hold anything.
    pub(super) fn split(unsigned: &'t str) -> Self {
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(sign(exponent).1)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        Self {
            whole,
            fraction,
            exponent,
        }
    }
}

/// A double with its sign.
pub(super) fn signed(negative: bool, magnitude: f64) -> f64 {
    if negative { -magnitude } else { magnitude }
}

fn big(negative: bool, decimal: &str) -> Value {
    let sign = if negative { "-" } else { "" };
    Value::BigInteger(format!("{sign}{decimal}").into())
}

fn small(digits: &str, radix: u32) -> Option<u64> {
    digits
        .bytes()
        .filter_map(|byte| value(byte, radix))
        .try_fold(0_u64, |sum, digit| {
            sum.checked_mul(u64::from(radix))?
                .checked_add(u64::from(digit))
        })
}

fn value(byte: u8, radix: u32) -> Option<u32> {
    char::from(byte).to_digit(radix)
}

/// A natural number in base 10⁹, least part first.
#[derive(Default)]
pub(super) struct Limbs(Vec<u32>);

impl Limbs {
    const BASE: u64 = 1_000_000_000;

    fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for limb in &mut self.0 {
            let sum = u64::from(*limb) * u64::from(factor) + carry;
            *limb = (sum % Self::BASE) as u32;
            carry = sum / Self::BASE;
        }
        if carry > 0 {
            self.0.push((carry % Self::BASE) as u32);
            if carry >= Self::BASE {
                self.0.push((carry / Self::BASE) as u32);
            }
        }
    }

    /// Takes away a number that is smaller than this one.
    fn subtract(&mut self, subtrahend: u32) {
        let mut borrow = u64::from(subtrahend);
        for limb in &mut self.0 {
            let (taken, rest) = (borrow % Self::BASE, borrow / Self::BASE);
            let under = u64::from(*limb) < taken;
            let raised = u64::from(*limb) + if under { Self::BASE } else { 0 };
            *limb = (raised - taken) as u32;
            borrow = rest + u64::from(under);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

impl std::fmt::Display for Limbs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut limbs = self.0.iter().rev();
        write!(f, "{}", limbs.next().unwrap_or(&0))?;
        limbs.try_for_each(|limb| write!(f, "{limb:09}"))
    }
}
