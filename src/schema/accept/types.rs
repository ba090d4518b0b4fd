//! The types that values have, and sets of them.

use std::ops::{BitAnd, BitOr};

use serde_json::Value;

use crate::dialect;
use crate::syntax::{Kind, Node};

/// What a value is, each a bit of its own. No two of these are true of one value: an integer is no
/// [`Self::Fraction`], as it is a `number` to schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Type {
    Null = 1,
    Boolean = 1 << 1,
    Integer = 1 << 2,
    Fraction = 1 << 3,
    String = 1 << 4,
    Array = 1 << 5,
    Object = 1 << 6,
    /// No value: a key that is not there.
    Absent = 1 << 7,
}

impl Type {
    /// The type of a value to the schema.
    #[inline]
    pub(super) fn of(node: &Node<'_>) -> Self {
        match &node.kind {
            Kind::Mapping(_) => Self::Object,
            Kind::Sequence(_) => Self::Array,
            Kind::Scalar(scalar) => match (Self::of_scalar(&scalar.value), &scalar.value) {
                (_, dialect::Value::Float(number)) if number.fract() == 0.0 => Self::Integer,
                (of, _) => of,
            },
        }
    }

    /// The same, were every float a fraction, as infinities and NaN are.
    fn of_scalar(value: &dialect::Value) -> Self {
        match value {
            dialect::Value::Null => Self::Null,
            dialect::Value::Bool(_) => Self::Boolean,
            dialect::Value::Integer(_) | dialect::Value::BigInteger(_) => Self::Integer,
            dialect::Value::Float(_) => Self::Fraction,
            dialect::Value::Timestamp(_)
            | dialect::Value::String
            | dialect::Value::Binary(_)
            | dialect::Value::Error(_) => Self::String,
        }
    }

    /// The number of its bit.
    pub(super) fn index(self) -> usize {
        (self as u8).trailing_zeros() as usize
    }
}

/// A set of [`Type`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NONE: Self = Self(0);
    /// Those that values have.
    pub(super) const VALUES: Self = Self(0x7f);
    /// [`Type::Absent`] too.
    pub(super) const ALL: Self = Self(0xff);

    /// Each that values have, in the order of their bits.
    pub(super) fn each_value() -> [Type; 7] {
        use Type::{Array, Boolean, Fraction, Integer, Null, Object, String};
        [Null, Boolean, Integer, Fraction, String, Array, Object]
    }

    pub(super) fn only(one: Type) -> Self {
        Self(one as u8)
    }

    /// What `type` names; `None` where that is no type.
    pub(super) fn named(value: &Value) -> Option<Self> {
        let one = std::slice::from_ref(value);
        let names = value.as_array().map_or(one, Vec::as_slice);
        names.iter().try_fold(Self::NONE, |types, name| {
            Some(
                types
                    | match name.as_str()? {
                        "null" => Self::only(Type::Null),
                        "boolean" => Self::only(Type::Boolean),
                        "integer" => Self::only(Type::Integer),
                        "number" => Self::only(Type::Integer) | Self::only(Type::Fraction),
                        "string" => Self::only(Type::String),
                        "array" => Self::only(Type::Array),
                        "object" => Self::only(Type::Object),
                        _ => return None,
                    },
            )
        })
    }

    pub(super) fn has(self, one: Type) -> bool {
        self.0 & one as u8 != 0
    }

    pub(super) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
