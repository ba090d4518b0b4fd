//! A compiled subschema.

use std::ops::RangeInclusive;
use std::sync::Arc;

use jsonschema::JsonTypeSet;

use super::keys::Keys;
use super::pattern::{Pattern, Rest};
use crate::schema::format_keyword::Format;

/// What one subschema asks of a value; everything at once.
pub(super) struct Check {
    pub(super) types: JsonTypeSet,
    pub(super) text: Option<TextCheck>,
    pub(super) object: Option<ObjectCheck>,
    pub(super) array: Option<ArrayCheck>,
    /// What is asked of values of any type.
    pub(super) further: Option<Box<Further>>,
}

impl Check {
    /// Accepts values of these types.
    pub(super) fn of_types(types: JsonTypeSet) -> Self {
        Self {
            types,
            text: None,
            object: None,
            array: None,
            further: None,
        }
    }
}

/// What is asked of a text.
#[derive(Default)]
pub(super) struct TextCheck {
    pub(super) pattern: Option<Pattern>,
    pub(super) format: Option<Format>,
}

/// What is asked of values of any type.
#[derive(Default)]
pub(super) struct Further {
    pub(super) other: Option<Rest>,
    /// `allOf` and `$ref`.
    pub(super) all: Vec<Arc<Check>>,
    pub(super) branches: Vec<Branch>,
}

impl Further {
    pub(super) fn is_empty(&self) -> bool {
        self.other.is_none() && self.all.is_empty() && self.branches.is_empty()
    }
}

/// What is asked of a mapping.
pub(super) struct ObjectCheck {
    pub(super) keys: Keys,
    /// The bits of all keys that must be there.
    pub(super) required: u64,
    /// How many members there may be that anything is asked of.
    pub(super) awaited: usize,
    pub(super) patterns: Vec<(Pattern, Arc<Check>)>,
    /// For the members that are neither listed nor matched.
    pub(super) additional: Option<Arc<Check>>,
}

/// What is asked of a list.
pub(super) struct ArrayCheck {
    pub(super) len: RangeInclusive<usize>,
    /// For the first items, one each.
    pub(super) prefix: Vec<Arc<Check>>,
    /// For the items after those.
    pub(super) items: Option<Arc<Check>>,
}

/// A keyword that weighs subschemas against each other.
pub(super) enum Branch {
    Any(Vec<Arc<Check>>),
    One(Vec<Arc<Check>>),
    Not(Arc<Check>),
    If {
        condition: Arc<Check>,
        then: Option<Arc<Check>>,
        otherwise: Option<Arc<Check>>,
    },
}
