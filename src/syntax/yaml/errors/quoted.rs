//! Strings in quotes.

use granit_parser::ErrorKind;

use super::context::{ErrorContext, WHITESPACE, closing_quote, excerpt};
use super::fixes::{as_list, fix_safely, fix_unsafely, quote_value, quoted};
use super::values::values;
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A quote that opens and never closes; the parser gives up at it.
pub(super) fn unclosed(context: &ErrorContext<'_>) -> Diagnostic {
    unclosed_at(context, context.at)
}

fn unclosed_at(context: &ErrorContext<'_>, open: usize) -> Diagnostic {
    let line = context.line(open);
    let entry = context.entry(line);
    let quote = context.slice(open..(open + 1).min(context.text.len()));
    let key = if entry.value.start == open {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let is_in_brackets = key.is_empty() && context.open_bracket(open).is_some();
    let end = match is_in_brackets {
        true => context.flow_item_end(open + 1),
        false => line.start + line.text.trim_end_matches(WHITESPACE).len(),
    };
    let text = context.slice(open..end.max(open));
    let message = if key.is_empty() {
        format!("the string that begins with this `{quote}` is never closed")
    } else {
        format!(
            "{} begins with `{quote}` and is never closed",
            value_of(key)
        )
    };
    let diagnostic = broken(context, open..open + 1, message)
        .label("opened here")
        .help(match is_in_brackets {
            true => format!("close it: `{}{quote}`", excerpt(text)),
            false => format!(
                "close it at the end of line {}: `{}{quote}`",
                context.number(open),
                excerpt(text)
            ),
        });
    fix_unsafely(
        diagnostic,
        context,
        "Close the string",
        end..end,
        quote.to_owned(),
    )
}

/// Something after the closing quote.
pub(super) fn trailing(context: &ErrorContext<'_>) -> Diagnostic {
    let Some((open, close)) = context.quoted_before(context.at) else {
        return at(context, "text stands after the closing quote of a string");
    };
    if context.number(open) < context.number(close) {
        let entry = context.entry(context.line(close));
        // The quote opens the value of a later key.
        if entry.colon.is_some_and(|colon| colon < close) {
            let place = context.character_span(close);
            let label = "taken for the closing quote";
            return unclosed_at(context, open).related(context.source, place, label);
        }
    }
    let line = context.line(open);
    let in_brackets = context.open_bracket(open).is_some();
    let end = match in_brackets {
        true => context.flow_item_end(close + 1),
        false => line.start + line.text.trim_end_matches(WHITESPACE).len(),
    };
    let bytes = context.bytes();
    let items = match in_brackets || context.at > end {
        true => None,
        false => values(context, &(open..end)),
    };
    if let Some(items) = items {
        let diagnostic = at(context, "");
        return as_list(diagnostic, context, open..end, &items);
    }
    let is_quote = matches!(context.character(context.at), Some('"' | '\''));
    if is_quote && in_brackets {
        return missing_comma(context, open, close);
    }
    if context.at == close + 1 && end > close && bytes[end - 1] == bytes[open] {
        return quote_in_text(context, open, close, end);
    }
    after(context, open, close)
}

/// `["a" "b"]`
fn missing_comma(context: &ErrorContext<'_>, open: usize, close: usize) -> Diagnostic {
    let between = Span::from_usize(close + 1, context.at.max(close + 1));
    let first = context.excerpt(open..close + 1);
    let message = "a comma is missing between these two items";
    let diagnostic = broken(context, between, message).help(format!("put `,` after `{first}`"));
    fix_unsafely(
        diagnostic,
        context,
        "Put a comma",
        close + 1..close + 1,
        ",",
    )
}

/// `'it's'`: the last quote of the line, before `end`, is the one that was meant to close the
/// string.
fn quote_in_text(context: &ErrorContext<'_>, open: usize, close: usize, end: usize) -> Diagnostic {
    let inner = context.slice(open + 1..end - 1);
    let single = context.bytes()[open] == b'\'';
    let written = if single {
        quoted(&inner.replace("''", "'"))
    } else if inner.contains(['\\', '\'']) {
        format!("\"{}\"", escape_quotes(inner))
    } else {
        format!("'{inner}'")
    };
    let shown = code(&excerpt(&written));
    let (name, help) = match single {
        true => ("apostrophe", format!("double it (`''`), or write {shown}")),
        false => ("quote", format!("write `\\\"`, or {shown}")),
    };
    let message = format!(
        "this {name} ends the string, and `{}` is left over",
        context.excerpt(close + 1..end)
    );
    let begin = Span::from_usize(open, open + 1);
    let diagnostic = broken(context, close..close + 1, message)
        .label("the string ends here")
        .related(context.source, begin, "the string begins here")
        .help(help);
    fix_safely(
        diagnostic,
        context,
        "Quote the whole value",
        open..end,
        written,
    )
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Puts a backslash before every quote that has none.
fn escape_quotes(inner: &str) -> String {
    let mut escaped = String::with_capacity(inner.len() + 8);
    let mut backslash = false;
    for character in inner.chars() {
        if character == '"' && !backslash {
            escaped.push('\\');
        }
        backslash = character == '\\' && !backslash;
        escaped.push(character);
    }
    escaped
}

/// `"x" y`
fn after(context: &ErrorContext<'_>, open: usize, close: usize) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(context.line(open));
    let rest = context.trimmed(context.at..line.end());
    let key = if entry.value.start == open {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let end = match context.open_bracket(open) {
        Some(_) => context.flow_item_end(context.at),
        None => rest.end,
    };
    let span = Span::from_usize(context.at, end.max(context.at));
    let diagnostic = broken(
        context,
        span,
        format!(
            "`{}` stands after the closing quote of {}",
            context.excerpt(context.at..end.max(context.at)),
            value_of(key)
        ),
    )
    .related(
        context.source,
        Span::from(close..close + 1),
        "the string ends here",
    );
    if context.line(open).start == line.start {
        quote_value(
            diagnostic,
            context,
            open..end.max(close + 1),
            Applicability::Unsafe,
        )
    } else {
        diagnostic
    }
}

/// `"b"#c`
pub(super) fn comment_after(context: &ErrorContext<'_>) -> Diagnostic {
    let rest = context.line(context.at).end();
    let diagnostic = broken(
        context,
        context.character_span(context.at),
        "a comment must be separated by a space from what stands before it",
    )
    .help(format!(
        "put a space before `{}`",
        context.excerpt(context.at..rest)
    ));
    fix_safely(
        diagnostic,
        context,
        "Put a space",
        context.at..context.at,
        " ",
    )
}

/// A backslash in double quotes that begins no escape; the parser gives up at the opening quote.
pub(super) fn escape(context: &ErrorContext<'_>, kind: &ErrorKind) -> Diagnostic {
    let end = closing_quote(context.text, context.at, b'"').unwrap_or(context.text.len());
    let Some((start, len)) = bad_escape(context, context.at + 1, end, kind) else {
        return at(
            context,
            "a backslash in this string begins no escape that YAML knows",
        );
    };
    let written = context.slice(start..start + len);
    let message = match kind {
        ErrorKind::UnknownQuotedScalarEscape => {
            format!("`{written}` is no escape that YAML knows in a double-quoted string")
        }
        ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::InvalidLowSurrogateHexEscape => {
            format!("`{written}` is half of a pair, and the other half is missing")
        }
        ErrorKind::InvalidUnicodeEscape => format!("`{written}` is no Unicode character"),
        _ => format!("`{written}` lacks hexadecimal digits"),
    };
    let diagnostic = broken(context, start..start + len, message);
    let inner = context.slice(context.at + 1..end);
    if inner.matches('\\').count() > 1 && !inner.contains('\n') && end < context.text.len() {
        let single = format!("'{}'", inner.replace('\'', "''"));
        let help = format!(
            "where the backslashes are text, use single quotes: `{}`",
            excerpt(&single)
        );
        return fix_unsafely(
            diagnostic.help(help),
            context,
            "Write the string in single quotes",
            context.at..end + 1,
            single,
        );
    }
    let diagnostic = diagnostic.help(format!(
        "where the backslash is text, double it: `\\{written}`"
    ));
    fix_unsafely(
        diagnostic,
        context,
        "Double the backslash",
        start..start,
        "\\",
    )
}

/// The first escape in a range that does not stand up, and its length.
fn bad_escape(
    context: &ErrorContext<'_>,
    from: usize,
    to: usize,
    kind: &ErrorKind,
) -> Option<(usize, usize)> {
    let bytes = context.bytes();
    let mut at = from;
    while at < to {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let letter = context.character(at + 1)?;
        let digits = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\'
            | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => 0,
            other => return Some((at, 1 + other.len_utf8())),
        };
        let found = bytes[at + 2..to.max(at + 2)]
            .iter()
            .take(digits)
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count();
        let code = u32::from_str_radix(context.slice(at + 2..at + 2 + found), 16).unwrap_or(0);
        let lone = matches!(code, 0xd800..=0xdfff) && !is_pair(&bytes[at..to.max(at)], code);
        if found < digits || code > 0x0010_ffff || lone {
            return Some((at, 2 + found));
        }
        let pair = matches!(code, 0xd800..=0xdbff) && *kind != ErrorKind::UnknownQuotedScalarEscape;
        at += 2
            + found
            + if pair || matches!(code, 0xd800..=0xdbff) {
                6
            } else {
                0
            };
    }
    None
}

/// Whether an escaped high surrogate is followed by an escaped low one.
fn is_pair(bytes: &[u8], code: u32) -> bool {
    let low = bytes
        .get(6..12)
        .and_then(|low| std::str::from_utf8(low).ok());
    code < 0xdc00
        && low
            .and_then(|low| low.strip_prefix("\\u"))
            .and_then(|low| u32::from_str_radix(low, 16).ok())
            .is_some_and(|low| (0xdc00..=0xdfff).contains(&low))
}
