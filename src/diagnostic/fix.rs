//! Fixes: edits to a source file that the command line and an editor apply alike.

use crate::text::{SourceId, Span};

/// Whether a fix may be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Only shown: it has a part for the author to fill in.
    DisplayOnly,
    /// May change what the page means; applied only on request.
    Unsafe,
    /// Keeps the meaning, or the meaning is beyond doubt.
    Safe,
}

impl Applicability {
    /// The name used in every output format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DisplayOnly => "display-only",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The file to change.
    pub source: SourceId,
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub content: String,
}

/// A change that repairs one finding. Its edits do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What applying it does, as a command: "Quote the value".
    pub title: String,
    /// The replacements, in the order of their places.
    pub edits: Vec<Edit>,
    /// Whether it may be applied.
    pub applicability: Applicability,
}
