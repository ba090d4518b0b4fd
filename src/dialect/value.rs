//! The typed value of a scalar.

use super::Timestamp;

/// What a parser makes of a scalar. Where it is a [`Value::String`], the text is the scalar's own.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~`, `null` and their like.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer within `i64`.
    Integer(i64),
    /// An integer beyond `i64`, as decimal digits with an optional `-`.
    BigInteger(Box<str>),
    /// A floating-point number, infinities and NaN included.
    Float(f64),
    /// A date, or a date and time.
    Timestamp(Timestamp),
    /// The text as it stands.
    String,
    /// The bytes that a `!!binary` scalar encodes. A string to Ruby, an array to JavaScript.
    Binary(Box<[u8]>),
    /// The parser gives up on this scalar, for the reason given: "Ruby cannot read `1._5` as a
    /// number". The whole front matter is lost.
    Error(Box<str>),
}
