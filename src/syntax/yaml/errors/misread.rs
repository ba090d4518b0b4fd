//! Values that begin with what YAML reads as something else, and go on after it.

use std::ops::Range;

use super::context::ErrorContext;
use super::fixes::quote_value;
use super::values::may_be_several;
use super::{broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// The finding where the parser gave up within the value of a key or an item, after a part of it
/// that it had read.
pub(super) fn goes_on(context: &ErrorContext<'_>) -> Option<Diagnostic> {
    let line = context.line(context.at);
    let entry = context.entry(line);
    let has_key = entry.colon.is_some_and(|colon| colon < context.at);
    if has_key {
        return Some(after_parsed_value(
            context,
            context.slice(entry.key.clone()),
            entry.value,
        ));
    }
    let start = match entry.colon {
        // What looks like a key is part of the text: `- [a](b): c`
        Some(_) => entry.key.start,
        None => entry.value.start,
    };
    let value = start..context.trimmed(start..line.end()).end;
    let is_misread = read_as(context.character(start)).is_some();
    (line.is_item() && is_misread && start < context.at && context.at < value.end)
        .then(|| after_parsed_value(context, "", value))
}

/// What YAML takes a value for that begins with a character.
fn read_as(indicator: Option<char>) -> Option<&'static str> {
    Some(match indicator? {
        '*' => "an alias",
        '&' => "an anchor",
        '[' => "a list",
        '{' => "a mapping",
        '!' => "a tag",
        _ => return None,
    })
}

/// Something after a value that parsed, on its line.
fn after_parsed_value(context: &ErrorContext<'_>, key: &str, value: Range<usize>) -> Diagnostic {
    let owner = value_of(key);
    let indicator = context.character(value.start).unwrap_or_default();
    let (span, message) = match read_as(Some(indicator)) {
        None => (
            context.character_span(context.at),
            format!("text goes on after the end of {owner}"),
        ),
        Some(read_as) => (
            Span::from_usize(value.start, value.start + 1),
            format!("{owner} begins with `{indicator}`, which YAML reads as {read_as}"),
        ),
    };
    let diagnostic = broken(context, span, message);
    let is_unclear = matches!(indicator, '[' | '{') && may_be_several(context.slice(value.clone()));
    let applicability = match is_unclear {
        true => Applicability::Unsafe,
        false => Applicability::Safe,
    };
    quote_value(diagnostic, context, value, applicability)
}
