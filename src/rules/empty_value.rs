//! Owns the rule `empty-value`: its docs, and what it reports. Must not change a page.

use super::Context;
use super::words;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::Value;
use crate::syntax::{Document, NodeId, pointer};
use crate::text::SourceId;

super::rule! {
    /// ## What it does
    ///
    /// Reports a key of the page with nothing after it: null, an empty text, or an empty list or
    /// mapping. Off by default.
    ///
    /// ## Why it matters
    ///
    /// A form leaves such keys behind. They say nothing, and a template that asks whether the key is
    /// there gets the wrong answer: an empty text is there.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// subtitle:
    /// ---
    /// ```
    ///
    /// Delete the line, or fill it in:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    EmptyValue, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let document = context.document;
    let mut visited = vec![false; document.len()];
    walk(
        document,
        document.root(),
        &mut String::new(),
        &mut visited,
        findings,
    );
}

fn walk(
    document: &Document<'_>,
    id: NodeId,
    at: &mut String,
    visited: &mut [bool],
    findings: &mut Vec<Diagnostic>,
) {
    // An alias leads to the same node once more.
    match visited.get_mut(id.index() as usize) {
        Some(true) | None => return,
        Some(flag) => *flag = true,
    }
    let length = at.len();
    for (index, &item) in document.items(id).iter().enumerate() {
        pointer::push_index(at, index);
        walk(document, item, at, visited, findings);
        at.truncate(length);
    }
    for member in document.members(id) {
        pointer::push(at, &member.key.text);
        if member.key.source == SourceId::PAGE && is_empty(document, member.value) {
            findings.push(
                Diagnostic::new(
                    RuleId::EmptyValue,
                    format!("{} has no value", words::code(&member.key.text)),
                )
                .at(member.key.span)
                .help("delete the line, or write a value after the colon")
                .pointer(at.as_str()),
            );
        }
        walk(document, member.value, at, visited, findings);
        at.truncate(length);
    }
}

fn is_empty(document: &Document<'_>, id: NodeId) -> bool {
    match document.scalar(id) {
        Some(scalar) => {
            scalar.value == Value::Null || (scalar.value == Value::String && scalar.text.is_empty())
        }
        None => document.items(id).is_empty() && document.members(id).is_empty(),
    }
}
