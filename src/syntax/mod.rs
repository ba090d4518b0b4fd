//! From the bytes of a file to a tree with spans: fences, YAML, TOML and JSON.
//!
//! Owns every place in a document. Must not read files, judge values or know a generator by name;
//! imports `text`, `diagnostic`, and `dialect` for the type of each scalar (resolved once, into
//! the arena, rather than at every look).

mod case;
mod extract;
mod json;
pub mod pointer;
mod toml;
mod tree;
mod yaml;

pub use extract::{Block, Extraction, FenceRules, Syntax, extract};
pub use tree::{Children, Document, Key, Kind, Member, Node, NodeId, Place, Scalar};

pub use yaml::parse_any;
#[doc(hidden)]
pub use yaml::read_both_ways;

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::text::SourceId;

/// The outcome of parsing one block.
#[derive(Debug)]
pub struct Parsed<'s> {
    /// The tree; `None` where the syntax is broken.
    pub document: Option<Document<'s>>,
    /// What is wrong with the syntax, and duplicate keys. Their labels name the source parsed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a block of `text` (the whole file) and gives every scalar the type it has in `dialect`.
/// TOML and JSON have types of their own and take from the dialect only which keys are the same.
#[must_use]
pub fn parse<'s>(text: &'s str, block: &Block, dialect: Dialect, source: SourceId) -> Parsed<'s> {
    let mut parsed = match block.syntax {
        Syntax::Yaml => yaml::parse(text, block, dialect, source),
        Syntax::Toml => toml::parse(text, block, source),
        Syntax::Json => json::parse(text, block, source),
    };
    if dialect.folds_keys() {
        case::fold(&mut parsed, text, source);
    }
    parsed
}
