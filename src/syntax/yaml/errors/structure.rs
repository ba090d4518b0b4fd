//! What parses as YAML and is no front matter: documents, roots, keys, aliases, duplicates.

use std::ops::Range;

use super::super::super::Block;
use super::super::{MAX_DEPTH, MAX_EXPANDED};
use super::context::{ErrorContext, Line, WHITESPACE, excerpt};
use super::fixes::{fix_safely, fix_unsafely, quote_value};
use super::{broken, indentation, value_of};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::dialect::Dialect;
use crate::text::{SourceId, Span};

/// A second document in one front matter.
pub(in super::super) fn second_document(
    context: &ErrorContext<'_>,
    range: Range<usize>,
) -> Diagnostic {
    let line = context.line(range.start);
    let span = Span::from_usize(range.start, range.end.max(range.start));
    let number = context.number(range.start);
    let mark = if line.text.starts_with("---") {
        "`---`"
    } else {
        "`...` above"
    };
    broken(
        context,
        span,
        format!("{mark} begins a second document on line {number}, and only the first one is read"),
    )
    .help(format!(
        "delete what separates `{}` from the lines above",
        excerpt(line.text)
    ))
}

/// What follows a root that is finished.
pub(super) fn after_the_end(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let first = context.line(context.start);
    let first = match first.is_empty() {
        true => context.next(first).unwrap_or(first),
        false => first,
    };
    let above = std::iter::successors(context.previous(line), |&line| context.previous(line));
    let top = above.last().unwrap_or(first);
    if top.text.starts_with('%') {
        return super::tags::directive(context, &granit_parser::ErrorKind::ExpectedDocumentStart);
    }
    if top.indent() > line.indent() && context.entry(top).colon.is_some() {
        return indented_root(context, top, line);
    }
    let rest = context.trimmed(context.at..line.end());
    let label = "the data begins here, and holds no keys that could go on";
    let data = Span::from_usize(top.start + top.indent(), top.end());
    broken(
        context,
        rest.clone(),
        format!(
            "`{}` stands after the end of the front matter's data",
            context.excerpt(rest)
        ),
    )
    .related(context.source, data, label)
}

/// A first line that is indented deeper than a later one.
fn indented_root(context: &ErrorContext<'_>, top: Line<'_>, line: Line<'_>) -> Diagnostic {
    let indent = top.start..top.start + top.indent();
    let number = context.number(line.start);
    let message = format!(
        "line {} {}, but line {number} {}",
        context.number(top.start),
        indentation::indented(top.indent()),
        indentation::indented(line.indent())
    );
    let rest = Span::from_usize(line.start + line.indent(), line.end());
    let text = excerpt(top.text.trim_matches(WHITESPACE));
    let diagnostic = broken(context, indent.clone(), message)
        .related(context.source, rest, "")
        .help(indentation::indent_like(&text, line.indent(), number));
    let spaces = " ".repeat(line.indent());
    fix_unsafely(
        diagnostic,
        context,
        "Indent the lines alike",
        indent,
        spaces,
    )
}

/// `... text`
pub(super) fn after_dots(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let rest = context.trimmed(context.at..line.end());
    broken(
        context,
        rest.clone(),
        format!(
            "`...` ends the data, and `{}` follows it",
            context.excerpt(rest)
        ),
    )
}

/// Front matter that is text as a whole.
pub(in super::super) fn text_root(
    text: &str,
    block: Block,
    root: Span,
    source: SourceId,
) -> Box<Diagnostic> {
    let context = ErrorContext::new(text, block, source, Dialect::Core, root.start as usize);
    let line = context.line(context.at);
    let value = context.trimmed(context.at..line.end());
    let shown = context.excerpt(value.clone());
    let span = Span::from_usize(value.start, value.end);
    let name_end = shown.find(':').filter(|&at| {
        let name = &shown[..at];
        !name.is_empty() && !name.contains(char::is_whitespace) && !shown[at..].starts_with("://")
    });
    if let Some(at) = name_end.filter(|_| !shown.starts_with(['"', '\''])) {
        let colon = value.start + at;
        let diagnostic = broken(
            &context,
            colon..colon + 1,
            format!(
                "the colon after `{}` must be followed by a space",
                &shown[..at]
            ),
        )
        .help(format!("write `{}: {}`", &shown[..at], &shown[at + 1..]));
        return Box::new(fix_safely(
            diagnostic,
            &context,
            "Put a space after the colon",
            colon + 1..colon + 1,
            " ",
        ));
    }
    let diagnostic = broken(
        &context,
        span,
        format!("front matter is made of keys and values, and this is the text `{shown}`"),
    );
    Box::new(match shown.split_once('=') {
        Some((key, value))
            if !key.trim_matches(WHITESPACE).contains(' ')
                && !key.trim_matches(WHITESPACE).is_empty() =>
        {
            diagnostic.help(format!(
                "write `{}: {}`",
                key.trim_matches(WHITESPACE),
                value.trim_matches(WHITESPACE)
            ))
        }
        _ => diagnostic.help(format!("write its key before it: `key: {shown}`")),
    })
}

/// A list or a mapping as a key.
pub(in super::super) fn complex_key(
    context: &ErrorContext<'_>,
    span: Span,
    mapping: bool,
) -> Diagnostic {
    let what = if mapping { "a mapping" } else { "a list" };
    let shown = context.excerpt(span.range());
    let diagnostic = broken(
        context,
        span,
        format!("a key must be text, and `{shown}` is {what}"),
    );
    if shown.contains('\n') || span.is_empty() {
        return diagnostic;
    }
    quote_value(diagnostic, context, span.range(), Applicability::Unsafe)
}

/// `: value`
pub(in super::super) fn absent_key(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let value = context.trimmed((context.at + 1).min(line.end())..line.end());
    let diagnostic = broken(
        context,
        context.character_span(context.at),
        "the key before this colon is missing",
    );
    if value.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!(
            "name what `{}` is: `key: {}`",
            context.excerpt(value.clone()),
            context.excerpt(value)
        ))
    }
}

/// A key that is written more than once; the spans are in order.
pub(in super::super) fn duplicate_key(
    context: &ErrorContext<'_>,
    key: &str,
    spans: &[Span],
) -> Diagnostic {
    /// Of a key written very often only the first few places are shown.
    const SHOWN: usize = 5;
    let [first, second, others @ ..] = spans else {
        return Diagnostic::new(RuleId::DuplicateKey, "a key is written twice");
    };
    let key = excerpt(key);
    let line = |span: &Span| context.number(span.start as usize);
    let last = line(others.last().unwrap_or(second));
    let times = if others.is_empty() {
        format!("twice, on line {} and on line {last}", line(first))
    } else {
        format!("{} times, first on line {}", spans.len(), line(first))
    };
    let help = match context.dialect {
        Dialect::Core => format!("keep one of them; where a parser takes both, line {last} wins"),
        dialect if dialect.refuses_duplicate_keys() => format!(
            "keep one of them; {} refuses a page with both",
            dialect.reader()
        ),
        dialect => format!(
            "keep one of them; {} takes the last one, on line {last}",
            dialect.reader()
        ),
    };
    let diagnostic = Diagnostic::new(
        RuleId::DuplicateKey,
        format!("the key `{key}` is written {times}"),
    )
    .at_source(context.source, *second, "written again here")
    .related(context.source, *first, "first written here")
    .help(help);
    others
        .iter()
        .take(SHOWN - 2)
        .fold(diagnostic, |diagnostic, &span| {
            diagnostic.related(context.source, span, "and here")
        })
}

/// An alias without its anchor.
pub(in super::super) fn unknown_alias(
    context: &ErrorContext<'_>,
    range: Range<usize>,
) -> Diagnostic {
    let entry = context.entry(context.line(range.start));
    let span = Span::from_usize(range.start, range.end);
    let name = context.slice(range.clone());
    let in_value = entry.value.start == range.start;
    let key = if in_value {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let diagnostic = broken(
        context,
        span,
        format!(
            "{} begins with `*`, which YAML reads as an alias, and there is no anchor `&{}`",
            value_of(key),
            name.trim_start_matches('*')
        ),
    );
    let before = context.slice(context.start..range.start);
    let mut lines = before.lines().map(str::trim_start);
    if lines.all(|line| line.is_empty() || line.starts_with('#')) {
        // In quotes it would be a text in place of all keys.
        return diagnostic.help("front matter is made of keys and values: write `key: value`");
    }
    // No one names an anchor `italic*`: that is Markdown.
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let applicability = if name.trim_start_matches('*').chars().all(is_name) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let value = match in_value {
        true => entry.value,
        false => range.start..context.flow_item_end(range.end),
    };
    quote_value(diagnostic, context, value, applicability)
}

/// An alias within its own anchor.
pub(in super::super) fn alias_of_itself(context: &ErrorContext<'_>, span: Span) -> Diagnostic {
    let name = span.slice(context.text);
    broken(
        context,
        span,
        format!("`{name}` stands within its own anchor, so it would contain itself without end"),
    )
    .help(format!("write the value out in place of `{name}`"))
}

/// An alias that stands for too much.
pub(in super::super) fn alias_too_large(context: &ErrorContext<'_>, span: Span) -> Diagnostic {
    broken(
        context,
        span,
        format!(
            "`{}` and the aliases before it stand for more than {MAX_EXPANDED} values",
            context.excerpt(span.range())
        ),
    )
    .help("write the values out where they are needed")
}

/// Too many levels.
pub(in super::super) fn too_deep(context: &ErrorContext<'_>) -> Diagnostic {
    super::at(
        context,
        format!("lists and mappings are nested more than {MAX_DEPTH} levels deep here"),
    )
}

/// A scalar that the dialect's parser gives up on.
pub(in super::super) fn unreadable(
    context: &ErrorContext<'_>,
    span: Span,
    reason: &str,
) -> Diagnostic {
    let value = span.range();
    let before = context.slice(context.line(value.start).start..value.start);
    let word = before.trim_end_matches(WHITESPACE);
    let word = word.rsplit([' ', '\t', '[', '{', ',']).next().unwrap_or("");
    let start = match word.starts_with('!') && !word.contains("!!") {
        true => value.start - (before.len() - before.rfind(word).unwrap_or(before.len())),
        false => value.start,
    };
    let diagnostic = broken(context, start..value.end, reason);
    quote_value(diagnostic, context, start..value.end, Applicability::Unsafe)
}
