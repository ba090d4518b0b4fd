//! From the bytes of a file to a tree with spans: fences, YAML, TOML and JSON.
//!
//! Owns every place in a document. Must not read files, check values or know a generator by name;
//! imports `text`, `diagnostic`, and `dialect` for the type of each scalar (resolved once, into
//! the arena, rather than at every look).

mod case;
mod extract;
mod json;
pub mod pointer;
mod printable;
mod toml;
mod tree;
mod yaml;

pub use extract::{Block, CloseRule, Extraction, FenceRules, OpenRule, Syntax, extract};
pub use tree::{Document, Key, Kind, Member, NodeId, Place, Scalar};

pub use yaml::parse_any;
#[doc(hidden)]
pub use yaml::parse_both_ways;

use crate::diagnostic::{Applicability, Diagnostic, Fix};
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
    if let Some(generator) = dialect.key_folder() {
        case::fold(&mut parsed, text, dialect, generator, source);
    }
    if !block.open.is_empty() && block.open.end == block.content.start {
        let fixes = parsed.diagnostics.iter_mut();
        for fix in fixes.filter_map(|finding| finding.fix.as_mut()) {
            if spoils_the_fence(text, block, fix) {
                fix.applicability = Applicability::DisplayOnly;
            }
        }
    }
    parsed
}

/// Whether the opening fence, on the line of which the metadata begins, would be none after a fix:
/// `----`.
fn spoils_the_fence(text: &str, block: &Block, fix: &Fix) -> bool {
    let start = block.open.range().start;
    let rest = text.get(start..).unwrap_or_default();
    let end = start + rest.find('\n').unwrap_or(rest.len());
    let mut line = String::new();
    let mut at = start;
    for edit in &fix.edits {
        let edited = edit.span.range();
        if edited.start > end {
            break;
        }
        line += text.get(at..edited.start).unwrap_or_default();
        line += &edit.content;
        at = edited.end;
    }
    line += text.get(at..end.max(at)).unwrap_or_default();
    let first = line.lines().next().unwrap_or_default();
    extract::is_nearly_a_fence(first.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn no_fix_is_applied_that_spoils_the_fence() {
        for (text, applicability) in [
            ("---\0-\na: b\n---\n", Applicability::DisplayOnly),
            ("---\0\u{a0}\na: b\n---\n", Applicability::DisplayOnly),
            ("---\0a: b\n---\n", Applicability::Safe),
            ("---\n\0- a: b\n---\n", Applicability::Safe),
        ] {
            let start = if text.starts_with("---\n") { 4 } else { 3 };
            let end = text.len() - 4;
            let block = Block {
                syntax: Syntax::Yaml,
                open: Span::new(0, 3),
                content: Span::from_usize(start, end),
                close: Span::from_usize(end, end + 3),
            };
            let parsed = parse(text, &block, Dialect::Core, SourceId::PAGE);
            let fix = parsed.diagnostics[0].fix.as_ref().unwrap();
            assert_eq!(fix.applicability, applicability, "{text:?}");
        }
    }
}
