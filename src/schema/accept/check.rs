//! A compiled subschema.

use std::sync::Arc;

use super::asked::Branch;
use super::keys::Keys;
use super::pattern::{Pattern, Rest};
use super::types::Types;
use crate::schema::formats;

/// What one subschema asks of a value.
pub(super) struct Check {
    /// Of values of these types nothing more is asked.
    pub(super) free: Types,
    /// No other types are accepted.
    pub(super) types: Types,
    /// Of texts.
    pub(super) text: Vec<TextCheck>,
    pub(super) object: Option<Box<ObjectCheck>>,
    pub(super) array: Option<Box<ArrayCheck>>,
    pub(super) further: Option<Box<Further>>,
}

/// What is asked of a text.
pub(super) enum TextCheck {
    Like(Arc<Pattern>),
    /// None of these patterns matches; where one does, there is one of these characters.
    Unlike(Vec<Arc<Pattern>>, Option<[u8; 3]>),
    Path,
    Format(formats::Format),
}

/// What is asked of a mapping. A fact says of one key whether its value is of certain types, or not
/// there at all.
pub(super) struct ObjectCheck {
    pub(super) keys: Keys,
    /// Whether the key by which a page names its schema is among them, which it does not have then.
    pub(super) names_schema_key: bool,
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
    /// How many items there must be.
    pub(super) least: usize,
    /// And how many there may be.
    pub(super) most: usize,
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
