//! Fixes that replace a value, with quotes where it needs them.

use super::target::KeyedNode;
use super::{Explainer, words};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::dialect::{Dialect, Style, Value};
use crate::syntax::{Document, NodeId, Syntax};
use crate::text::{SourceId, in_double_quotes, in_single_quotes};

/// The language a node is written in. Defaults stand in YAML configurations.
pub(super) fn syntax_of(document: &Document<'_>, source: SourceId) -> Syntax {
    let own = document.node(document.root()).source;
    if source == SourceId::PAGE || source == own {
        document.block.syntax
    } else {
        Syntax::Yaml
    }
}

/// A text as a quoted scalar; `None` where that takes more than quotes.
pub(super) fn quoted(text: &str, syntax: Syntax) -> Option<String> {
    match syntax {
        Syntax::Yaml => in_single_quotes(text),
        Syntax::Toml | Syntax::Json => in_double_quotes(text),
    }
}

/// Puts another text in place of a node.
pub(super) fn replace(
    document: &Document<'_>,
    id: NodeId,
    content: String,
    title: String,
    applicability: Applicability,
) -> Fix {
    let node = document.node(id);
    Fix {
        title,
        edits: vec![Edit {
            source: node.source,
            span: node.span,
            content,
        }],
        applicability,
    }
}

impl Explainer<'_> {
    /// Replaces a scalar's text. It keeps its quotes, and gets some where it would mean something
    /// else without.
    pub(super) fn rewritten(
        &self,
        found: KeyedNode<'_>,
        text: &str,
        applicability: Applicability,
    ) -> Option<Fix> {
        let node = self.document.node(found.id);
        let scalar = self.document.scalar(found.id)?;
        let syntax = syntax_of(self.document, node.source);
        let content = match scalar.style {
            Style::Plain if syntax == Syntax::Yaml && means_itself(text) => text.to_owned(),
            Style::DoubleQuoted => quoted(text, Syntax::Json)?,
            // TOML's single quotes know no escapes.
            Style::SingleQuoted if syntax == Syntax::Toml && !text.contains('\'') => {
                format!("'{text}'")
            }
            Style::Plain | Style::SingleQuoted => quoted(text, syntax)?,
            Style::Literal | Style::Folded => return None,
        };
        let title = format!("Change to {}", words::code(text));
        Some(replace(
            self.document,
            found.id,
            content,
            title,
            applicability,
        ))
    }
}

/// `Safe` for what is surely meant.
pub(super) fn applicability(sure: bool) -> Applicability {
    if sure {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// Whether two texts differ only in white space and invisible characters.
pub(super) fn differ_in_whitespace(one: &str, other: &str) -> bool {
    let seen = |c: &char| {
        !c.is_whitespace()
            && !matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            )
    };
    one.chars().filter(seen).eq(other.chars().filter(seen))
}

/// Whether every parser of YAML reads the text without quotes as that text, or as the date that it
/// shows, also in a list between brackets.
pub(super) fn means_itself(text: &str) -> bool {
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_');
    let within = |c: char| c.is_alphanumeric() || "-_./' +@()".contains(c);
    let path = text.trim_start_matches("../");
    let path = path.strip_prefix("./").unwrap_or(path);
    let simple = path.starts_with(begins) && text.chars().all(within) && !text.ends_with(' ');
    let text_or_date = |dialect: &Dialect| {
        matches!(
            dialect.resolve(text, Style::Plain, None),
            Value::String | Value::Timestamp(_)
        )
    };
    (simple && Dialect::ALL.iter().all(text_or_date)) || is_date_and_time(text)
}

/// `2024-05-23T14:00:00Z` and its like: the only texts with colons that need no quotes.
fn is_date_and_time(text: &str) -> bool {
    let within = |c: char| c.is_ascii_digit() || "-+:.TZ ".contains(c);
    let is_timestamp = |dialect: Dialect| {
        matches!(
            dialect.resolve(text, Style::Plain, None),
            Value::Timestamp(_)
        )
    };
    text.chars().all(within)
        && [Dialect::Jekyll, Dialect::Psych]
            .into_iter()
            .all(is_timestamp)
}
