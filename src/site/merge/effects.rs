//! What the defaults did to a page.

use crate::syntax::Key;
use crate::text::{SourceId, Span};

/// What laying the defaults under a page did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The mappings that are half the page's and half a default's.
    pub mixed: Vec<MixedMapping>,
}

/// A mapping to which both the page and a default give values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedMapping {
    /// RFC 6901 pointer to the mapping in the effective front matter.
    pub pointer: String,
    /// The keys with a value that the page gives.
    pub own: Vec<MixedKey>,
    /// The keys with a value that a default fills in.
    pub filled: Vec<MixedKey>,
}

/// One key of a [`MixedMapping`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedKey {
    /// The key's text.
    pub key: String,
    /// The key's bytes.
    pub span: Span,
    /// The file `span` counts in.
    pub source: SourceId,
}

impl MixedKey {
    pub(super) fn new(key: &Key<'_>) -> Self {
        Self {
            key: key.text.clone().into_owned(),
            span: key.span,
            source: key.source,
        }
    }
}
