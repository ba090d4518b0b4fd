//! Values written with quotes, and the fixes that write them so.

use std::ops::Range;

use granit_parser::Parser;

use super::context::{ErrorContext, WHITESPACE, excerpt};
use super::value_of;
pub(super) use super::values::quoted;
use super::values::values;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::Span;

/// Adds the help to quote a value, and the fix if it resolves the error.
pub(super) fn quote_value(
    diagnostic: Diagnostic,
    context: &ErrorContext<'_>,
    value: Range<usize>,
    applicability: Applicability,
) -> Diagnostic {
    if let Some(items) = values(context, &value) {
        return as_list(diagnostic, context, value, &items);
    }
    let whole = with_continuation(context, &value);
    let applicability = if whole == value {
        applicability
    } else {
        Applicability::Unsafe
    };
    let value = whole;
    let text = context.slice(value.clone());
    let content = quoted(text);
    let entry = context.entry(context.line(value.start));
    let shown = match entry.colon {
        Some(_) if entry.value.start == value.start => {
            format!("{}: {}", context.slice(entry.key), shortened(text))
        }
        _ => shortened(text),
    };
    let diagnostic = diagnostic.help(format!("quote the value: `{shown}`"));
    replace(
        diagnostic,
        context,
        "Quote the value",
        value,
        content,
        applicability,
    )
}

/// Turns a finding about a text into one about the values that it is.
pub(super) fn as_list(
    mut diagnostic: Diagnostic,
    context: &ErrorContext<'_>,
    value: Range<usize>,
    items: &[String],
) -> Diagnostic {
    let line = context.line(value.start);
    let entry = context.entry(line);
    let count = items.len();
    if entry.colon.is_some() {
        let key = context.slice(entry.key);
        let list = format!("[{}]", items.join(", "));
        diagnostic.message = format!(
            "{} is {count} values separated by commas, without the brackets of a list",
            value_of(key)
        );
        let shown = excerpt(&list);
        let diagnostic = diagnostic.help(format!("write a list: `{key}: {shown}`"));
        let title = "Put brackets around the values";
        return fix_unsafely(diagnostic, context, title, value, list);
    }
    diagnostic.message = format!("this item is {count} values separated by commas");
    let shown: Vec<_> = items.iter().map(|item| format!("`- {item}`")).collect();
    let diagnostic = diagnostic.help(format!(
        "write each on a line of its own: {}",
        shown.join(", ")
    ));
    let before = context.slice(line.start..value.start);
    let dash = before.rfind('-').unwrap_or(before.len());
    let next = format!("\n{}{}", " ".repeat(dash), &before[dash..]);
    let title = "Write each value on a line of its own";
    fix_unsafely(diagnostic, context, title, value, items.join(&next))
}

/// An unquoted value with the deeper lines below it that go on with it.
fn with_continuation(context: &ErrorContext<'_>, value: &Range<usize>) -> Range<usize> {
    let mut line = context.line(value.start);
    let mut end = value.end;
    let entry = context.entry(line);
    if entry.colon.is_none() || entry.value != *value {
        return value.clone();
    }
    let column = entry.key.start - line.start;
    while let Some(next) = context.next(line) {
        if next.is_empty() || next.indent() <= column {
            break;
        }
        end = next.start + next.text.trim_end_matches(WHITESPACE).len();
        line = next;
    }
    value.start..end
}

/// The quoted text, cut to a length that fits a help line.
fn shortened(text: &str) -> String {
    quoted(&excerpt(text))
}

/// [`replace`] by a safe fix.
pub(super) fn fix_safely(
    diagnostic: Diagnostic,
    context: &ErrorContext<'_>,
    title: &str,
    range: Range<usize>,
    content: impl Into<String>,
) -> Diagnostic {
    replace(
        diagnostic,
        context,
        title,
        range,
        content.into(),
        Applicability::Safe,
    )
}

/// [`replace`] by an unsafe fix.
pub(super) fn fix_unsafely(
    diagnostic: Diagnostic,
    context: &ErrorContext<'_>,
    title: &str,
    range: Range<usize>,
    content: impl Into<String>,
) -> Diagnostic {
    replace(
        diagnostic,
        context,
        title,
        range,
        content.into(),
        Applicability::Unsafe,
    )
}

/// Attaches a replacement as a fix, if the content then parses further than it does now.
fn replace(
    diagnostic: Diagnostic,
    context: &ErrorContext<'_>,
    title: &str,
    range: Range<usize>,
    content: String,
    applicability: Applicability,
) -> Diagnostic {
    if !improves(context, &range, &content) {
        return diagnostic;
    }
    diagnostic.fix(Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            source: context.source,
            span: Span::from_usize(range.start, range.end),
            content,
        }],
        applicability,
    })
}

fn improves(context: &ErrorContext<'_>, range: &Range<usize>, content: &str) -> bool {
    let (Some(before), Some(after)) = (
        context.text.get(context.start..range.start),
        context.text.get(range.end..),
    ) else {
        return false;
    };
    let fixed = [before, content, after].concat();
    let mut options = super::super::granit_options(context.dialect);
    options.set_emit_comments(false);
    // An error further on was there before; one at the edit or before it means a bad fix.
    let edited = before.len() + content.len();
    let given_up = (context.at + content.len()).saturating_sub(context.start + range.len());
    Parser::new_from_str_with_options(&fixed, options)
        .find_map(Result::err)
        .is_none_or(|error| {
            let at = error.marker().byte_offset().unwrap_or(0);
            at > edited && at > given_up
        })
}
