//! A compiled subschema.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::asked::{Branch, Format};
use super::keys::Keys;
use super::pattern::{Pattern, Rest};
use super::types::Types;

/// What one subschema asks of a value.
pub(super) struct Check {
    /// Of values of these types nothing more is asked.
    pub(super) free: Types,
    /// No other types are accepted.
    pub(super) types: Types,
    pub(super) text: Option<Box<TextCheck>>,
    pub(super) object: Option<Box<ObjectCheck>>,
    pub(super) array: Option<Box<ArrayCheck>>,
    pub(super) further: Option<Box<Further>>,
}

/// What is asked of a text.
pub(super) struct TextCheck {
    pub(super) like: Vec<Arc<Pattern>>,
    /// Patterns that must not match.
    pub(super) unlike: Vec<Arc<Pattern>>,
    /// One of which each text has that one of [`Self::unlike`] matches.
    pub(super) suspects: Option<[u8; 3]>,
    pub(super) formats: Vec<Format>,
}

/// What is asked of a mapping. A fact says of one key whether its value is of certain types, or not
/// there at all.
pub(super) struct ObjectCheck {
    pub(super) keys: Keys,
    /// The facts of a mapping without members.
    pub(super) at_first: u64,
    /// The facts that must all be true.
    pub(super) all: u64,
    /// Facts one of which must be true, time and again.
    pub(super) any: Vec<u64>,
    pub(super) patterns: Vec<(Arc<Pattern>, Arc<Check>)>,
    /// For the members that are neither listed nor matched.
    pub(super) additional: Option<Arc<Check>>,
}

/// What is asked of a list.
pub(super) struct ArrayCheck {
    pub(super) len: RangeInclusive<usize>,
    /// For the first items, one each.
    pub(super) prefix: Vec<Arc<Check>>,
    /// For the items after those.
    pub(super) rest: Option<Arc<Check>>,
}

/// What takes another look at the same value.
pub(super) struct Further {
    /// Keywords for the validator.
    pub(super) rest: Vec<Arc<Rest>>,
    pub(super) parts: Vec<Arc<Check>>,
    pub(super) branches: Vec<Branch<Arc<Check>>>,
}
