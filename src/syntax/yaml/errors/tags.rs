//! Values that begin with `!`, `&` or `*`, and lines that begin with `%`.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::context::ErrorContext;
use super::fixes::quote_value;
use super::{broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A broken tag.
pub(super) fn tag(context: &ErrorContext<'_>, kind: &ErrorKind) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(line);
    let bang = context
        .slice(line.start..context.at.max(line.start))
        .rfind('!')
        .map_or(context.at, |found| line.start + found);
    let start = if context.character(context.at) == Some('!') {
        context.at
    } else {
        bang
    };
    let word = context
        .slice(start..line.end().max(start))
        .split([' ', '\t'])
        .next()
        .unwrap_or("!");
    let reason = match kind {
        ErrorKind::UndeclaredTagHandle => "nothing declares it",
        ErrorKind::UnclosedVerbatimTag => "its `<` is never closed",
        ErrorKind::MissingTagUri => "it names nothing",
        ErrorKind::InvalidTagTerminator => "a space must follow it",
        _ => "it is not well formed",
    };
    let span = Span::from_usize(start, start + word.len());
    let message = format!("`{word}` begins with `!`, which makes it a YAML tag, and {reason}");
    let diagnostic = broken(context, span, message);
    let value = match entry.value.start == start {
        true => entry.value,
        false => start..context.flow_item_end(start + word.len()),
    };
    quote_value(diagnostic, context, value, Applicability::Unsafe)
}

/// `& b`, `* b`
pub(super) fn missing_name(context: &ErrorContext<'_>) -> Diagnostic {
    let entry = context.entry(context.line(context.at));
    let mark = context.character(context.at).unwrap_or('&');
    let what = if mark == '*' { "an alias" } else { "an anchor" };
    let key = if entry.value.start == context.at {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let message = format!(
        "{} begins with `{mark}`, which YAML reads as {what} without a name",
        value_of(key)
    );
    let diagnostic = broken(context, context.character_span(context.at), message);
    if entry.value.start == context.at {
        quote_value(diagnostic, context, entry.value, Applicability::Safe)
    } else {
        let end = context.flow_item_end(context.at + 1);
        quote_value(diagnostic, context, context.at..end, Applicability::Safe)
    }
}

/// An anchor with a name that the parser of the dialect refuses.
pub(in super::super) fn anchor(
    context: &ErrorContext<'_>,
    name: &str,
    span: Range<usize>,
) -> Diagnostic {
    let entry = context.entry(context.line(span.start));
    let (key, value) = match entry.value.start == span.start {
        true => (context.slice(entry.key), entry.value),
        false => ("", span.start..context.flow_item_end(span.end)),
    };
    let message = format!(
        "{} begins with `&`, which YAML reads as an anchor, and {} takes no `&{name}` for one",
        value_of(key),
        context.dialect.reader()
    );
    let diagnostic = broken(context, span, message);
    // `&amp;` is HTML, and no one names an anchor so.
    let applicability = match name.ends_with(';') {
        true => Applicability::Safe,
        false => Applicability::Unsafe,
    };
    quote_value(diagnostic, context, value, applicability)
}

/// A line that begins with `%`.
pub(super) fn directive(context: &ErrorContext<'_>, kind: &ErrorKind) -> Diagnostic {
    let mut line = context.line(context.at);
    if !line.text.starts_with('%') {
        line = context
            .previous(line)
            .filter(|above| above.text.starts_with('%'))
            .unwrap_or(line);
    }
    let reason = match kind {
        ErrorKind::DuplicateVersionDirective => "the version is given twice",
        ErrorKind::DuplicateTagDirective => "the same tag is declared twice",
        ErrorKind::UnsupportedYamlMajorVersion => "only YAML 1 is known",
        ErrorKind::MissingDocumentEndBeforeDirective => "it cannot stand after keys",
        ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong => "it is too long",
        _ => "none is of use in front matter",
    };
    broken(
        context,
        line.start..line.end(),
        format!("a line that begins with `%` is a YAML directive, and {reason}"),
    )
    .help(format!("delete `{}`", super::context::excerpt(line.text)))
}
