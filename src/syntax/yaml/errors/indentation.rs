//! Lines with an indentation that matches no line above, and words for indentation.

use super::context::{ErrorContext, Line, WHITESPACE, excerpt};
use super::fixes::fix_unsafely;
use super::{broken, value_of};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A line whose indentation belongs to nothing above it.
pub(super) fn bad_indentation(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let indent = line.indent();
    let start = line.start + indent;
    let text = excerpt(line.text.trim_matches(WHITESPACE));
    let span = Span::from_usize(start, line.end());
    let Some(above) = context.previous(line) else {
        let message = format!("`{text}` does not belong to what stands before it");
        return broken(context, span, message);
    };
    let is_second_value = line.is_item() && indent == above.indent() && !above.is_item();
    if is_second_value || goes_on_after_end(context, line, above) {
        return after_value(context, line, above, is_second_value);
    }
    let message = format!(
        "line {} {}, which fits nothing above it; line {} {}",
        context.number(line.start),
        indented(indent),
        context.number(above.start),
        indented(above.indent())
    );
    let above_span = Span::from_usize(above.start + above.indent(), above.end());
    let diagnostic =
        broken(context, span, message).related(context.source, above_span, "the line above");
    match nearest_column(context, line, above) {
        Some((column, number)) => fix_unsafely(
            diagnostic.help(indent_like(&text, column, number)),
            context,
            "Indent like the lines above",
            line.start..start,
            " ".repeat(column),
        ),
        None => diagnostic,
    }
}

/// Whether a line goes on with the value above it, which its quote or bracket has ended.
fn goes_on_after_end(context: &ErrorContext<'_>, line: Line<'_>, above: Line<'_>) -> bool {
    let value = context.slice(context.entry(above).value);
    context.entry(line).colon.is_none()
        && !line.is_item()
        && value.starts_with(['"', '\'', '[', '{'])
}

/// A line after a value that is complete: a list, or more text.
fn after_value(
    context: &ErrorContext<'_>,
    line: Line<'_>,
    above: Line<'_>,
    is_list: bool,
) -> Diagnostic {
    let start = line.start + line.indent();
    let entry = context.entry(above);
    let key = context.excerpt(entry.key.clone());
    let value = Span::from_usize(entry.value.start, entry.value.end);
    let number = context.number(above.start);
    let (span, message, help) = if is_list {
        (
            Span::from_usize(start, start + 1),
            format!("this list has no key: `{key}` has a value already"),
            format!(
                "where the list is the value of `{key}`, delete `{}` on line {number}",
                context.excerpt(entry.value)
            ),
        )
    } else {
        (
            Span::from_usize(start, line.end()),
            format!(
                "line {} goes on after the end of {}",
                context.number(line.start),
                value_of(context.slice(entry.key))
            ),
            format!(
                "move `{}` into the value on line {number}, or give it a key",
                excerpt(line.text.trim_matches(WHITESPACE))
            ),
        )
    };
    broken(context, span, message)
        .related(context.source, value, "the value")
        .help(help)
}

/// The column nearest to a line's own in which something of its kind begins above it, and the
/// number of that line. Of two columns as near, the one on the nearer line.
fn nearest_column(
    context: &ErrorContext<'_>,
    line: Line<'_>,
    above: Line<'_>,
) -> Option<(usize, usize)> {
    let has_key = context.entry(line).colon.is_some();
    let mut nearest: Option<(usize, usize)> = None;
    let mut candidate = Some(above);
    while let Some(found) = candidate {
        let entry = context.entry(found);
        let column = if line.is_item() {
            found.is_item().then(|| found.indent())
        } else if has_key {
            let before = context.bytes()[found.start..entry.key.start].last();
            let quote = usize::from(matches!(before, Some(b'"' | b'\'')));
            entry.colon.map(|_| entry.key.start - quote - found.start)
        } else {
            entry.colon.is_none().then(|| found.indent())
        };
        let distance = |column: usize| column.abs_diff(line.indent());
        let nearer = |&column: &usize| {
            let best = nearest.map_or(usize::MAX, |(best, _)| distance(best));
            (1..best).contains(&distance(column))
        };
        if let Some(column) = column.filter(nearer) {
            nearest = Some((column, context.number(found.start)));
        }
        candidate = if found.indent() == 0 {
            None
        } else {
            context.previous(found)
        };
    }
    nearest
}

/// "is indented by 2 spaces", "is not indented".
pub(super) fn indented(count: usize) -> String {
    if count == 0 {
        "is not indented".to_owned()
    } else {
        format!("is indented by {}", columns(count))
    }
}

/// "indent `b: 1` by 2 spaces like line 3"
pub(super) fn indent_like(text: &str, column: usize, line: usize) -> String {
    if column == 0 {
        format!("do not indent `{text}`: line {line} is not indented either")
    } else {
        format!("indent `{text}` by {} like line {line}", columns(column))
    }
}

/// "2 spaces", "1 space".
pub(super) fn columns(count: usize) -> String {
    match count {
        1 => "1 space".to_owned(),
        many => format!("{many} spaces"),
    }
}
