//! What a generator's parser makes of a scalar: one file a parser, each proved row by row against
//! records of the real one.
//!
//! Works on one scalar at a time and knows nothing of documents, spans or schemas. Imports `text`
//! and `diagnostic` at most.

mod base64;
mod calendar;
mod core;
mod jekyll;
mod number;
mod psych;
mod ruby;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;
use std::str::FromStr;

pub use value::{Timestamp, Value, Zone};

/// Year, month and day of a number of days since 1970-01-01.
#[must_use]
pub fn civil(days: i64) -> (i16, i8, i8) {
    let (year, month, day) = calendar::date(days);
    (
        i16::try_from(year).unwrap_or(i16::MAX),
        i8::try_from(month).unwrap_or(1),
        i8::try_from(day).unwrap_or(1),
    )
}

/// The parser whose reading of plain scalars counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// YAML 1.2 with its core schema.
    #[default]
    Core,
    /// Jekyll as people install it: SafeYAML over Psych.
    Jekyll,
    /// Debian's Jekyll, patched to plain Psych.
    Psych,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes: its type is up to the dialect.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

impl Dialect {
    /// Every dialect, in the order of the documentation.
    pub const ALL: &'static [Self] = &[Self::Jekyll, Self::Psych, Self::Core];

    /// The name as users write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Jekyll => "jekyll",
            Self::Psych => "psych",
        }
    }

    /// Who reads, as the subject of a sentence: "Jekyll reads this as a number".
    #[must_use]
    pub fn reader(self) -> &'static str {
        match self {
            Self::Core => "YAML 1.2",
            Self::Jekyll => "Jekyll",
            Self::Psych => "Debian's Jekyll",
        }
    }

    /// The type of a scalar. `text` is what remains after unquoting and folding; `tag` is in its
    /// long form (`tag:yaml.org,2002:str`, `!local`, `!` alone), `None` where none is written.
    #[must_use]
    pub fn resolve(self, text: &str, style: Style, tag: Option<&str>) -> Value {
        match self {
            Self::Core => core::resolve(text, style, tag),
            Self::Jekyll => jekyll::resolve(text, style, tag),
            Self::Psych => psych::resolve(text, style, tag),
        }
    }

    /// Why the parser gives up on a list or a mapping with this tag, where it does.
    #[must_use]
    pub fn refuse_collection(self, tag: &str, mapping: bool) -> Option<Box<str>> {
        match self {
            Self::Psych => psych::refuse_collection(tag, mapping),
            Self::Core | Self::Jekyll => None,
        }
    }

    /// The type of a scalar that is the key of a mapping. All three parsers read keys as they
    /// read values; those that make strings of them do so afterwards.
    #[must_use]
    pub fn resolve_key(self, text: &str, style: Style, tag: Option<&str>) -> Value {
        self.resolve(text, style, tag)
    }
}

/// A name that no dialect has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDialect {
    /// The name as written.
    pub name: String,
}

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no dialect; there are ", self.name)?;
        for (index, dialect) in Dialect::ALL.iter().enumerate() {
            let separator = match Dialect::ALL.len() - index {
                1 => "",
                2 => " and ",
                _ => ", ",
            };
            write!(f, "`{}`{separator}", dialect.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownDialect {}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        let found = Self::ALL.iter().copied().find(|it| it.as_str() == name);
        found.ok_or_else(|| UnknownDialect {
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
