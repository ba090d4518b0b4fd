//! Items of block lists.

use super::context::{ErrorContext, excerpt};
use super::fixes::{fix_unsafely, quote_value};
use super::indentation::{bad_indentation, columns};
use super::{broken, misread, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// Something other than an item, within a list.
pub(super) fn not_an_item(context: &ErrorContext<'_>) -> Diagnostic {
    if let Some(found) = misread::goes_on(context) {
        return found;
    }
    let line = context.line(context.at);
    let above = context.previous(line);
    let same = above.filter(|above| above.is_item() && above.indent() == line.indent());
    let Some(above) = same else {
        return bad_indentation(context);
    };
    let start = line.start + line.indent();
    let text = context.slice(context.trimmed(start..line.end()));
    let diagnostic = broken(
        context,
        start..start + text.len(),
        format!(
            "line {} is not an item, but stands in line with the items of a list",
            context.number(line.start)
        ),
    )
    .related(
        context.source,
        Span::from(above.start + above.indent()..above.end()),
        "an item of the list",
    );
    let key = context.entry(above);
    if key.colon.is_some() && context.entry(line).colon.is_some() {
        let column = key.key.start - above.start;
        return fix_unsafely(
            diagnostic.help(format!(
                "where `{}` belongs to that item, indent it by {} like `{}`",
                excerpt(text),
                columns(column),
                context.excerpt(key.key)
            )),
            context,
            "Indent like the item above",
            line.start..start,
            " ".repeat(column),
        );
    }
    let diagnostic = diagnostic.help(format!(
        "where it is one more item, write `- {}`",
        excerpt(text)
    ));
    fix_unsafely(
        diagnostic,
        context,
        "Make it an item of the list",
        start..start,
        "- ".to_owned(),
    )
}

/// `key: - item`
pub(super) fn item_on_key_line(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(line);
    let key = context.slice(entry.key.clone());
    let span = Span::from_usize(context.at, context.at + 1);
    let item = context.trimmed((context.at + 1).min(line.end())..line.end());
    if entry.colon.is_none() || entry.value.start != context.at {
        return broken(context, span, "an item of a list cannot begin here")
            .help("begin a new line before `- `");
    }
    if item.is_empty() {
        let message = format!(
            "{} is a lone `-`, which YAML reads as an item of a list",
            value_of(key)
        );
        let diagnostic = broken(context, span, message);
        return quote_value(diagnostic, context, entry.value, Applicability::Safe);
    }
    let indent = line.indent() + 2;
    let diagnostic = broken(
        context,
        span,
        format!(
            "an item of a list cannot stand on the line of its key `{}`",
            excerpt(key)
        ),
    )
    .help(format!(
        "put `- {}` on a line of its own below `{}:`, or quote it where `- ` is text",
        context.excerpt(item),
        excerpt(key)
    ));
    fix_unsafely(
        diagnostic,
        context,
        "Begin a new line",
        entry.colon.map_or(context.at, |colon| colon + 1)..context.at,
        format!("\n{}", " ".repeat(indent)),
    )
}
