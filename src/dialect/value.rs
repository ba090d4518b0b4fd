//! The typed value of a scalar.

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

/// A timestamp with the parts that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// Year, 0 to 9999; Psych also reads negative ones, and Hugo counts seconds beyond.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
    /// The time of day in nanoseconds since midnight; `None` for a date alone.
    pub nanosecond_of_day: Option<i64>,
    /// What was said of the time zone.
    pub zone: Zone,
}

/// The time zone of a [`Timestamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Nothing was written; the parser takes UTC or local time.
    None,
    /// `Z`, or an offset; in seconds east of UTC.
    Offset(i32),
}
