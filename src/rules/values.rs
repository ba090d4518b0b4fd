//! Walking the scalars of a page, and words for what a parser makes of them; for the rules that
//! look at every value.

use crate::diagnostic::LONGEST_SHOWN;
pub(super) use crate::diagnostic::code;
use crate::dialect::{Style, Value};
use crate::syntax::{Document, Kind, NodeId, Scalar, Syntax, pointer};
use crate::text::{SourceId, Span};

/// A scalar of the front matter and its place.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    pub id: NodeId,
    pub pointer: &'a str,
    /// The nearest key above it; empty at the root.
    pub key: &'a str,
    pub in_list: bool,
    pub scalar: &'a Scalar<'a>,
    pub span: Span,
    pub source: SourceId,
}

/// Visits each scalar, those of defaults too; what an alias or a merge brings again, once.
pub(super) fn each<'d>(document: &'d Document<'d>, visit: &mut dyn FnMut(&Leaf<'_>)) {
    let mut seen = vec![false; document.len()];
    let root = document.root();
    walk(
        document,
        root,
        &mut String::new(),
        ("", false),
        &mut seen,
        visit,
    );
}

fn walk<'d>(
    document: &'d Document<'d>,
    id: NodeId,
    at: &mut String,
    (key, in_list): (&str, bool),
    seen: &mut [bool],
    visit: &mut dyn FnMut(&Leaf<'_>),
) {
    match seen.get_mut(id.index() as usize) {
        Some(true) | None => return,
        Some(flag) => *flag = true,
    }
    let node = document.node(id);
    let length = at.len();
    match &node.kind {
        Kind::Scalar(scalar) => visit(&Leaf {
            id,
            pointer: at,
            key,
            in_list,
            scalar,
            span: node.span,
            source: node.source,
        }),
        Kind::Sequence(_) => {
            for (index, &item) in document.items(id).iter().enumerate() {
                pointer::push_index(at, index);
                walk(document, item, at, (key, true), seen, visit);
                at.truncate(length);
            }
        }
        Kind::Mapping(_) => {
            for member in document.members(id) {
                pointer::push(at, &member.key.text);
                walk(
                    document,
                    member.value,
                    at,
                    (&member.key.text, false),
                    seen,
                    visit,
                );
                at.truncate(length);
            }
        }
    }
}

impl Leaf<'_> {
    /// Whether the scalar's type is up to the dialect: a plain scalar of YAML, without a tag and
    /// written in its own place.
    pub(super) fn is_untyped(&self, document: &Document<'_>, text: &str) -> bool {
        if self.scalar.style != Style::Plain {
            return false;
        }
        if self.source != SourceId::PAGE {
            return true;
        }
        let before = text
            .get(..self.span.start as usize)
            .unwrap_or("")
            .trim_end();
        let word = before.rsplit([' ', '\t', '\n', ',', '[', '{']).next();
        document.block.syntax == Syntax::Yaml
            && !self.span.slice(text).starts_with('*')
            && !word.is_some_and(|word| word.starts_with('!'))
    }
}

/// What a parser makes of a scalar, after "reads it as".
pub(super) fn becomes(value: &Value) -> String {
    match value {
        Value::Null => "null, as if nothing were written".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => format!("the integer {number}"),
        Value::BigInteger(digits) => {
            format!(
                "the integer {}",
                digits.get(..LONGEST_SHOWN).unwrap_or(digits)
            )
        }
        Value::Float(number) if number.is_finite() => format!("the number {number}"),
        Value::Float(number) if number.is_nan() => "no number at all (NaN)".to_owned(),
        Value::Float(_) => "an infinite number".to_owned(),
        Value::Timestamp(timestamp) if timestamp.is_date_only() => format!("the date {timestamp}"),
        Value::Timestamp(timestamp) => format!("the time {timestamp}"),
        Value::String => "text".to_owned(),
        Value::Binary(_) => "binary data".to_owned(),
        Value::Error(_) => "an error".to_owned(),
    }
}

/// A text in single quotes, as YAML has it; `None` where that takes more than quotes.
pub(super) fn quoted(text: &str) -> Option<String> {
    let plain = !text.chars().any(char::is_control);
    plain.then(|| format!("'{}'", text.replace('\'', "''")))
}
