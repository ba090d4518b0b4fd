//! Block scalars (`|` and `>`).

use super::context::{ErrorContext, excerpt};
use super::fixes::{fix_safely, quote_value};
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};

/// `> text`
pub(super) fn header(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(line);
    let indicator = context.character(context.at).unwrap_or('>');
    let key = context.slice(entry.key.clone());
    let after = context.trimmed((context.at + 1).min(line.end())..line.end());
    let message = format!(
        "`{indicator}` begins a text that stands on the lines below, and `{}` follows it on the same line",
        context.excerpt(after.clone())
    );
    let diagnostic = broken(context, after.clone(), message).related(
        context.source,
        context.character_span(context.at),
        format!("{} begins here", value_of(key)),
    );
    let help = format!(
        "begin a new line after `{indicator}`, or quote it where `{indicator}` is part of the text"
    );
    if entry.value.start == context.at {
        let shown = excerpt(context.slice(entry.value.clone()));
        let shown = super::fixes::quoted(&shown);
        let mut diagnostic = quote_value(diagnostic, context, entry.value, Applicability::Unsafe);
        diagnostic.help = Some(format!("{help}: `{shown}`"));
        return diagnostic;
    }
    diagnostic.help(help)
}

/// `|0`
pub(super) fn zero_indent(context: &ErrorContext<'_>) -> Diagnostic {
    let digit = context
        .slice(context.at..context.text.len())
        .find('0')
        .map_or(context.at, |found| context.at + found);
    let diagnostic = broken(
        context,
        context.character_span(digit),
        "a text block cannot be indented by 0",
    )
    .help("delete the 0; the first line says how far the text is indented");
    fix_safely(diagnostic, context, "Delete the 0", digit..digit + 1, "")
}

/// A first line of spaces only, more than the text is indented with.
pub(super) fn indent(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    at(
        context,
        format!(
            "line {} does not fit the indentation of the text block it belongs to",
            context.number(line.start)
        ),
    )
    .help("indent the lines of the block alike, and leave no spaces on the empty lines before them")
}
