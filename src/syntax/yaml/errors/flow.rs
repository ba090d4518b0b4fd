//! Lists and mappings in brackets.

use super::context::{ErrorContext, excerpt};
use super::fixes::{fix_safely, fix_unsafely, quote_value};
use super::values::may_be_several;
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// Something that cannot stand between brackets.
pub(super) fn unexpected(context: &ErrorContext<'_>) -> Diagnostic {
    let Some(open) = context.open_bracket(context.at) else {
        return at(context, "this cannot stand between brackets");
    };
    let bracket = context.slice(open..open + 1);
    let line = context.line(context.at);
    let opening = context.line(open);
    let opening_entry = context.entry(opening);
    let column = match opening_entry.colon {
        Some(_) => opening_entry.key.start - opening.start,
        None => opening.indent(),
    };
    if line.start > opening.start && context.entry(line).colon.is_some() && line.indent() <= column
    {
        return unclosed(context, open);
    }
    let (what, close) = if bracket == "[" {
        ("list", "]")
    } else {
        ("mapping", "}")
    };
    let rest = context.trimmed(context.at..line.end());
    if rest.is_empty() {
        return unclosed(context, open);
    }
    if let Some(text) = text_item(context, open) {
        return text;
    }
    let message = match context.character(context.at) {
        Some(':') => format!("`:` cannot stand here in the {what} that begins with `{bracket}`"),
        _ => format!(
            "a comma or `{close}` is missing before `{}`",
            context.excerpt(rest.clone())
        ),
    };
    broken(context, context.character_span(context.at), message)
        .related(
            context.source,
            Span::from(open..open + 1),
            format!("the {what} begins here"),
        )
        .help(format!(
            "separate the items with `,`, and quote one that holds `{}`",
            context.character(context.at).unwrap_or(',')
        ))
}

/// An item that begins with a list or mapping in brackets and goes on as text, as a link does;
/// or one with `: ` in it.
fn text_item(context: &ErrorContext<'_>, open: usize) -> Option<Diagnostic> {
    let is_mapping = context.slice(open..open + 1) == "{";
    let start = context.flow_item_start(open, context.at, is_mapping)?;
    let item = start..context.flow_item_end(context.at);
    let text = context.slice(item.clone());
    let first = context.character(start)?;
    let span = Span::from_usize(start, start + first.len_utf8());
    if matches!(first, '[' | '{') && !may_be_several(text) {
        let what = if first == '[' { "a list" } else { "a mapping" };
        let message = format!("this value begins with `{first}`, which YAML reads as {what}");
        let applicability = match text.contains("](") {
            true => Applicability::Safe,
            false => Applicability::Unsafe,
        };
        let diagnostic = broken(context, span, message);
        return Some(quote_value(diagnostic, context, item, applicability));
    }
    let is_colon = context.character(context.at) == Some(':');
    let key = context.excerpt(context.trimmed(start..context.at));
    // In `{a: 1 b: 2}` a comma is missing.
    let lacks_comma = is_mapping && key.contains(' ');
    if !is_colon || !first.is_alphanumeric() || lacks_comma {
        return None;
    }
    let message = format!("`: ` inside this unquoted value makes a key of `{key}`");
    let end = (context.at + 2).min(item.end);
    let diagnostic = broken(context, context.at..end.max(context.at), message);
    Some(quote_value(
        diagnostic,
        context,
        item,
        Applicability::Unsafe,
    ))
}

/// A bracket that never closes.
pub(super) fn unclosed(context: &ErrorContext<'_>, open: usize) -> Diagnostic {
    let line = context.line(open);
    let entry = context.entry(line);
    let bracket = context.slice(open..(open + 1).min(context.text.len()));
    let close = if bracket == "{" { "}" } else { "]" };
    let key = if entry.value.start == open {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let value = context.trimmed(open..line.end());
    let text = context.slice(value.clone());
    let end = value.start + text.trim_end_matches(',').len();
    let diagnostic = broken(
        context,
        open..open + 1,
        if key.is_empty() {
            format!("this `{bracket}` is never closed")
        } else {
            format!(
                "{} begins with `{bracket}` and is never closed",
                value_of(key)
            )
        },
    )
    .label("opened here");
    if text == bracket {
        return diagnostic.help(format!("put `{close}` after the last item"));
    }
    let diagnostic = diagnostic.help(format!(
        "where line {} is all of it, close it there: `{}{close}`",
        context.number(open),
        excerpt(context.slice(open..end))
    ));
    fix_unsafely(
        diagnostic,
        context,
        "Close the bracket",
        end..value.end,
        close.to_owned(),
    )
}

/// A closing bracket without an opening one.
pub(super) fn closes_nothing(context: &ErrorContext<'_>) -> Diagnostic {
    let bracket = context.character(context.at).unwrap_or(']');
    let entry = context.entry(context.line(context.at));
    let key = context.slice(entry.key.clone());
    if entry.value.start == context.at {
        let message = format!(
            "{} cannot begin with `{bracket}` unless it is quoted",
            value_of(key)
        );
        let diagnostic = broken(context, context.character_span(context.at), message);
        return quote_value(diagnostic, context, entry.value, Applicability::Unsafe);
    }
    let diagnostic = at(
        context,
        format!("this `{bracket}` closes nothing: every bracket before it is closed already"),
    )
    .help(format!("delete this `{bracket}`"));
    let end = context.at + 1;
    fix_unsafely(
        diagnostic,
        context,
        "Delete the bracket",
        context.at..end,
        "",
    )
}

/// `[1, 2}`; the parser gives up at the opening bracket.
pub(super) fn mismatched(context: &ErrorContext<'_>, open: char, close: char) -> Diagnostic {
    let wanted = if open == '[' { ']' } else { '}' };
    let line = context.line(context.at);
    let to = context
        .slice(context.at..context.text.len())
        .find(close)
        .map(|found| context.at + found);
    let closing = to
        .into_iter()
        .flat_map(|from| {
            context
                .slice(from..context.text.len())
                .match_indices(close)
                .map(move |(n, _)| from + n)
        })
        .find(|&found| context.open_bracket(found) == Some(context.at));
    let opened = Span::from_usize(context.at, context.at + 1);
    let Some(closing) = closing else {
        return broken(
            context,
            opened,
            format!("this `{open}` is closed by `{close}`"),
        )
        .label("opened here")
        .help(format!("close it with `{wanted}`"));
    };
    let diagnostic = broken(
        context,
        closing..closing + 1,
        format!(
            "`{open}` on line {} is closed by `{close}`",
            context.number(line.start)
        ),
    )
    .related(context.source, opened, "opened here")
    .help(format!("write `{wanted}`"));
    fix_unsafely(
        diagnostic,
        context,
        "Close with the bracket that fits",
        closing..closing + 1,
        wanted.to_string(),
    )
}

/// `[ - b ]`
pub(super) fn dash(context: &ErrorContext<'_>) -> Diagnostic {
    let spaces = context.slice(context.at + 1..context.text.len()).len()
        - context
            .slice(context.at + 1..context.text.len())
            .trim_start_matches(' ')
            .len();
    let diagnostic = at(context, "`-` cannot begin an item of a list in brackets")
        .help("delete the `-`: the items are separated by commas");
    let end = context.at + 1 + spaces;
    fix_unsafely(diagnostic, context, "Delete the dash", context.at..end, "")
}

/// `{a:[b]}`
pub(super) fn colon_without_space(context: &ErrorContext<'_>) -> Diagnostic {
    let diagnostic = at(context, "the colon must be followed by a space").help("write `: ` here");
    let after = context.at + 1;
    fix_safely(
        diagnostic,
        context,
        "Put a space after the colon",
        after..after,
        " ",
    )
}
