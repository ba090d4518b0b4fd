//! The keys that a generator itself reads as dates, and what it makes of their values. Each generator
//! has one table of them in its folder.

use crate::dialect::{Dialect, Style, Timestamp, Value};
use crate::syntax::{Document, Kind, Member, NodeId, Scalar, Syntax, pointer};

/// A key at the root of a page whose value the generator reads as a date, whatever type its parser
/// gives it.
#[derive(Debug)]
pub struct DateField {
    /// In small letters.
    pub key: &'static str,
    /// The key that it replaces: it is read only where the page lacks that one.
    pub replaces: Option<&'static str>,
    /// Where the dates are.
    pub values: DateValues,
    /// What the generator makes of a date.
    pub read: fn(&DateInput<'_>) -> DateReading,
}

/// Where the dates of a [`DateField`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateValues {
    /// The value itself is one.
    Own,
    /// The value itself, or where it is a mapping each value in it.
    OwnOrEach,
    /// The value of this key of a mapping.
    Member(&'static str),
}

/// The value of a date field, as it is written and as the parser reads it.
#[derive(Clone, Copy, Debug)]
pub struct DateInput<'d> {
    /// `None` for a list and a mapping.
    pub scalar: Option<&'d Scalar<'d>>,
    /// What the front matter is written in.
    pub syntax: Syntax,
    /// Who has read it.
    pub dialect: Dialect,
}

impl DateInput<'_> {
    /// What the parser reads; `None` for a list and a mapping.
    pub(super) fn value(&self) -> Option<&Value> {
        self.scalar.map(|scalar| &scalar.value)
    }

    /// Its text; empty for a list and a mapping.
    pub(super) fn text(&self) -> &str {
        self.scalar.map_or("", |scalar| &scalar.text)
    }
}

/// What a generator reads in a field of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The date.
    pub timestamp: Timestamp,
    /// Whether it reads a text, which without an offset is what the clocks of the site show.
    pub is_text: bool,
}

impl ReadDate {
    pub(super) fn new(timestamp: Timestamp, is_text: bool) -> Self {
        Self { timestamp, is_text }
    }

    /// Whether the day is another one than a text begins with: `2023-02-30` is 2 March.
    pub(super) fn is_counted_on(&self, text: &str) -> bool {
        let written = text.trim().get("2024-05-".len().."2024-05-23".len());
        let is_iso = text.trim().as_bytes().get(4) == Some(&b'-');
        let day = written.and_then(|day| day.parse::<i8>().ok());
        is_iso && day.is_some_and(|day| day != self.timestamp.day)
    }
}

/// What a generator makes of the value of a date field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateReading {
    /// A date.
    Date(ReadDate),
    /// No date, and the generator goes on as if there were no key; or what only the build can know.
    Nothing,
    /// The build stops, or the page is dropped; as a predicate: "stops with an error".
    Refused(&'static str),
    /// The page is built without the date or with a wrong one; as a predicate.
    Lost(&'static str),
}

impl DateReading {
    /// The date that is read.
    #[must_use]
    pub fn date(&self) -> Option<ReadDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Nothing | Self::Refused(_) | Self::Lost(_) => None,
        }
    }
}

/// A date in a field of a page.
#[derive(Clone, Copy, Debug)]
pub struct FieldDate<'p> {
    /// The key at the root, as it is written.
    pub key: &'p str,
    /// The key of the mapping in it, where it is one.
    pub below: Option<&'p str>,
    /// The value.
    pub node: NodeId,
    /// What the generator makes of it.
    pub reading: DateReading,
}

impl FieldDate<'_> {
    /// The pointer to the value.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut written = String::new();
        pointer::push(&mut written, self.key);
        if let Some(below) = self.below {
            pointer::push(&mut written, below);
        }
        written
    }
}

/// Adds the dates of a field of a page to `dates`.
pub(super) fn collect<'p>(
    page: &'p Document<'_>,
    dialect: Dialect,
    field: &DateField,
    member: &'p Member<'_>,
    dates: &mut Vec<FieldDate<'p>>,
) {
    let mut add = |below, node| {
        dates.push(FieldDate {
            key: &member.key.text,
            below,
            node,
            reading: (field.read)(&DateInput {
                scalar: page.scalar(node),
                syntax: page.block.syntax,
                dialect,
            }),
        });
    };
    let is_mapping = matches!(page.node(member.value).kind, Kind::Mapping(_));
    match field.values {
        DateValues::OwnOrEach if is_mapping => {
            for inner in page.members(member.value) {
                add(Some(&*inner.key.text), inner.value);
            }
        }
        DateValues::Own | DateValues::OwnOrEach => add(None, member.value),
        DateValues::Member(name) => {
            if let Some(inner) = page.get(member.value, name) {
                add(Some(&*inner.key.text), inner.value);
            }
        }
    }
}

/// What the parser reads as a date, or would if the text were unquoted.
pub(super) fn parsed_date(scalar: &Scalar<'_>, dialect: Dialect) -> Option<ReadDate> {
    let resolved = match scalar.value {
        Value::Timestamp(timestamp) => return Some(ReadDate::new(timestamp, false)),
        Value::String => dialect.resolve(scalar.text.trim(), Style::Plain, None),
        _ => return None,
    };
    match resolved {
        Value::Timestamp(timestamp) => Some(ReadDate::new(timestamp, true)),
        _ => None,
    }
}

/// The date in the path of a page's file.
#[derive(Clone, Debug, PartialEq)]
pub struct NameDate<'p> {
    /// As it is written.
    pub text: &'p str,
    /// What the generator makes of it where the page has no date of its own.
    pub reading: DateReading,
    /// Whether a date of the page itself should be the same.
    pub is_compared: bool,
}
