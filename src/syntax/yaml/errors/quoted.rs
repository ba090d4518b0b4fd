//! Strings in quotes.

use granit_parser::ErrorKind;

use super::quote::{quote_value, quoted, replace};
use super::scene::{BLANKS, Scene, closing_quote, excerpt};
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A quote that opens and never closes; the parser gives up at it.
pub(super) fn unclosed(scene: &Scene<'_>) -> Diagnostic {
    unclosed_at(scene, scene.at)
}

fn unclosed_at(scene: &Scene<'_>, open: usize) -> Diagnostic {
    let line = scene.line(open);
    let entry = scene.entry(line);
    let quote = scene.slice(open..(open + 1).min(scene.text.len()));
    let key = if entry.value.start == open {
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let end = scene.line(open).text.trim_end_matches(BLANKS).len() + line.start;
    let text = scene.slice(open..end.max(open));
    let message = if key.is_empty() {
        format!("the string that begins with this `{quote}` is never closed")
    } else {
        format!(
            "{} begins with `{quote}` and is never closed",
            value_of(key)
        )
    };
    let diagnostic = broken(
        scene,
        Span::from_usize(open, open + 1),
        "opened here",
        message,
    )
    .help(format!(
        "close it at the end of line {}: `{}{quote}`",
        scene.number(open),
        excerpt(text)
    ));
    replace(
        diagnostic,
        scene,
        "Close the string",
        end..end,
        quote.to_owned(),
        Applicability::Unsafe,
    )
}

/// Something after the closing quote.
pub(super) fn trailing(scene: &Scene<'_>) -> Diagnostic {
    let Some((open, close)) = scene.quoted_before(scene.at) else {
        return at(scene, "text stands after the closing quote of a string");
    };
    if scene.number(open) < scene.number(close) {
        let entry = scene.entry(scene.line(close));
        if entry.colon.is_some_and(|colon| colon < close) {
            return unclosed_at(scene, open).related(
                scene.source,
                scene.character_span(close),
                "taken for the closing quote",
            );
        }
    }
    let line = scene.line(open);
    let bytes = scene.bytes();
    if scene.open_bracket(open).is_some() && matches!(scene.character(scene.at), Some('"' | '\'')) {
        let diagnostic = broken(
            scene,
            Span::from_usize(close + 1, scene.at.max(close + 1)),
            "",
            "a comma is missing between these two items",
        )
        .help(format!(
            "put `,` after `{}`",
            scene.excerpt(open..close + 1)
        ));
        let content = ",".to_owned();
        return replace(
            diagnostic,
            scene,
            "Put a comma",
            close + 1..close + 1,
            content,
            Applicability::Unsafe,
        );
    }
    let tight = scene.at == close + 1;
    let end = line.start + line.text.trim_end_matches(BLANKS).len();
    if !tight || end <= close || bytes[end - 1] != bytes[open] {
        return after(scene, open, close);
    }
    // The last quote of the line is the one that was meant to close the string.
    let inner = scene.slice(open + 1..end - 1);
    let single = bytes[open] == b'\'';
    let name = if single { "apostrophe" } else { "quote" };
    let written = if single {
        quoted(&inner.replace("''", "'"))
    } else if inner.contains(['\\', '\'']) {
        format!("\"{}\"", escape_quotes(inner))
    } else {
        format!("'{inner}'")
    };
    let shown = excerpt(&written);
    let help = if single {
        format!("double it (`''`), or write {}", code(&shown))
    } else {
        format!("write `\\\"`, or {}", code(&shown))
    };
    let diagnostic = broken(
        scene,
        Span::from_usize(close, close + 1),
        "the string ends here",
        format!(
            "this {name} ends the string, and `{}` is left over",
            scene.excerpt(close + 1..end)
        ),
    )
    .related(
        scene.source,
        Span::from_usize(open, open + 1),
        "the string begins here",
    )
    .help(help);
    replace(
        diagnostic,
        scene,
        "Quote the whole value",
        open..end,
        written,
        Applicability::Safe,
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
fn after(scene: &Scene<'_>, open: usize, close: usize) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(scene.line(open));
    let rest = scene.trimmed(scene.at..line.end());
    let key = if entry.value.start == open {
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let end = if key.is_empty() {
        scene
            .slice(scene.at..rest.end)
            .find([',', ']', '}'])
            .map_or(rest.end, |n| scene.at + n)
    } else {
        rest.end
    };
    let span = Span::from_usize(scene.at, end.max(scene.at));
    let diagnostic = broken(
        scene,
        span,
        "",
        format!(
            "`{}` stands after the closing quote of {}",
            scene.excerpt(scene.at..end.max(scene.at)),
            value_of(key)
        ),
    )
    .related(
        scene.source,
        Span::from_usize(close, close + 1),
        "the string ends here",
    );
    if scene.line(open).start == line.start {
        quote_value(
            diagnostic,
            scene,
            open..end.max(close + 1),
            Applicability::Unsafe,
        )
    } else {
        diagnostic
    }
}

/// `"b"#c`
pub(super) fn comment_after(scene: &Scene<'_>) -> Diagnostic {
    let rest = scene.line(scene.at).end();
    let diagnostic = broken(
        scene,
        scene.character_span(scene.at),
        "",
        "a comment must be separated by a space from what stands before it",
    )
    .help(format!(
        "put a space before `{}`",
        scene.excerpt(scene.at..rest)
    ));
    replace(
        diagnostic,
        scene,
        "Put a space",
        scene.at..scene.at,
        " ".to_owned(),
        Applicability::Safe,
    )
}

/// A backslash in double quotes that begins no escape; the parser gives up at the opening quote.
pub(super) fn escape(scene: &Scene<'_>, kind: &ErrorKind) -> Diagnostic {
    let end = closing_quote(scene.text, scene.at, b'"').unwrap_or(scene.text.len());
    let Some((start, len)) = bad_escape(scene, scene.at + 1, end, kind) else {
        return at(
            scene,
            "a backslash in this string begins no escape that YAML knows",
        );
    };
    let written = scene.slice(start..start + len);
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
    let diagnostic = broken(scene, Span::from_usize(start, start + len), "", message);
    let inner = scene.slice(scene.at + 1..end);
    if inner.matches('\\').count() > 1 && !inner.contains('\n') && end < scene.text.len() {
        let single = format!("'{}'", inner.replace('\'', "''"));
        let help = format!(
            "where the backslashes are text, use single quotes: `{}`",
            excerpt(&single)
        );
        return replace(
            diagnostic.help(help),
            scene,
            "Write the string in single quotes",
            scene.at..end + 1,
            single,
            Applicability::Unsafe,
        );
    }
    let diagnostic = diagnostic.help(format!(
        "where the backslash is text, double it: `\\{written}`"
    ));
    replace(
        diagnostic,
        scene,
        "Double the backslash",
        start..start,
        "\\".to_owned(),
        Applicability::Unsafe,
    )
}

/// The first escape in a range that does not stand up, and its length.
fn bad_escape(
    scene: &Scene<'_>,
    from: usize,
    to: usize,
    kind: &ErrorKind,
) -> Option<(usize, usize)> {
    let bytes = scene.bytes();
    let mut at = from;
    while at < to {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let letter = scene.character(at + 1)?;
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
        let code = u32::from_str_radix(scene.slice(at + 2..at + 2 + found), 16).unwrap_or(0);
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
