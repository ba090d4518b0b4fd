//! What a generator's parser makes of a scalar: one file a parser, each proved row by row against
//! records of the real one.
//!
//! Works on one scalar at a time and knows nothing of documents, spans or schemas. Imports `text`
//! and `diagnostic` at most.

mod value;

pub use value::{Timestamp, Value, Zone};

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
