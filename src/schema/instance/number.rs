//! Numbers as the validator compares them.

use std::borrow::Cow;

use jsonschema::json::JsonNumber;

/// A number as the dialect reads it.
#[derive(Clone, Copy, Debug)]
pub(in crate::schema) enum Number<'a> {
    /// Within `i64`.
    Integer(i64),
    /// Decimal digits beyond `i64`.
    Big(&'a str),
    /// Infinities and NaN included.
    Float(f64),
}

impl Number<'_> {
    #[expect(clippy::cast_precision_loss, reason = "as JSON numbers are compared")]
    pub(in crate::schema) fn approximate(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Big(digits) => digits.parse().unwrap_or(f64::NAN),
            Self::Float(number) => number,
        }
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(number) => u64::try_from(*number).ok(),
            Self::Big(digits) => digits.parse().ok(),
            Self::Float(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Big(_) | Self::Float(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        Some(self.approximate()).filter(|number| number.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self {
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Big(digits) => Cow::Borrowed(digits),
            Self::Float(number) => Cow::Owned(number.to_string()),
        }
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(match self {
            Self::Integer(number) => serde_json::Number::from(*number),
            _ => self.as_u64().map_or_else(
                || serde_json::Number::from_f64(self.approximate()).unwrap_or_else(|| 0.into()),
                serde_json::Number::from,
            ),
        })
    }

    fn is_integer(&self) -> bool {
        match self {
            Self::Integer(_) | Self::Big(_) => true,
            Self::Float(number) => number.is_finite() && number.fract() == 0.0,
        }
    }

    fn is_written_as_integer(&self) -> bool {
        !matches!(self, Self::Float(_))
    }
}
