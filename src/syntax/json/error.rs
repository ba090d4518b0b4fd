//! What is wrong with a JSON text, in words.

use crate::diagnostic::Problem;
use crate::text::{Span, shorten};

/// A comment, of any language, from `at`.
pub(super) fn comment(text: &str, at: usize) -> Problem {
    let rest = &text[at..];
    let end = if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + 2)
    } else {
        rest.find(['\n', '\r']).unwrap_or(rest.len())
    };
    let span = Span::from_usize(at, at + end);
    Problem::at(span, "JSON has no comments").help("delete the comment")
}

/// A word or a sign where a value belongs.
pub(super) fn no_value(text: &str, span: Span) -> Problem {
    let word = span.slice(text);
    if word.starts_with('\'') {
        return quotes(span);
    }
    let error = Problem::at(span, format!("`{}` is no JSON value", shorten(word, 40)));
    match word.to_ascii_lowercase().as_str() {
        "true" => error.help("write `true`"),
        "false" => error.help("write `false`"),
        "null" | "none" | "nil" | "undefined" => error.help("write `null`"),
        "nan" | "infinity" | "inf" | "+infinity" => {
            error.help("JSON knows no such number; write `null` or a number")
        }
        _ if word.starts_with(['+', '.']) && word.contains(|c: char| c.is_ascii_digit()) => {
            error.help("a number begins with a digit or with `-`")
        }
        _ if word.contains(char::is_alphanumeric) => {
            error.help("write a text in double quotes: `\"…\"`")
        }
        _ => error,
    }
}

/// Something else than a quoted key where a key belongs.
pub(super) fn no_key(text: &str, span: Span) -> Problem {
    let word = span.slice(text);
    if word.starts_with('\'') {
        return quotes(span);
    }
    let error = Problem::at(span, format!("`{}` is no key in quotes", shorten(word, 40)));
    if word.contains(char::is_alphanumeric) && word.len() <= 60 {
        error.help(format!("write `\"{word}\"`"))
    } else {
        error.help("write the key in double quotes: `\"…\"`")
    }
}

fn quotes(span: Span) -> Problem {
    Problem::at(span, "a text stands in single quotes").help("write double quotes: `\"…\"`")
}
