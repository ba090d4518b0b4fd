//! What is wrong with a TOML text, in words.

use std::ops::Range;

use toml::de::Error;
use toml_parser::lexer::{Token, TokenKind};

use crate::diagnostic::Problem;
use crate::text::{Span, shorten};

/// What is wrong at a range of the content, and what to write.
fn problem(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::at(Span::from_usize(range.start, range.end), message).help(help)
}

pub(super) fn is_duplicate(error: &Error) -> bool {
    error.message() == "duplicate key"
}

/// The error that the author should fix first; the others may follow from it.
pub(super) fn foremost(errors: &[Error]) -> Option<&Error> {
    let about = |start: &str| {
        errors
            .iter()
            .find(|error| error.message().starts_with(start))
    };
    about("unclosed array,")
        .or_else(|| about("unclosed inline table"))
        .or_else(|| about("invalid unquoted key"))
        .or_else(|| errors.iter().find(|error| !is_duplicate(error)))
}

/// How deeply the crate lets arrays and inline tables nest.
const MAX_DEPTH: usize = 80;

const NO_ESCAPE: &str = "this is no escape that TOML knows";
const ESCAPE_HELP: &str = "write `\\\\` for a backslash, or the whole text in single quotes";

/// How those messages of the crate begin that get a wording without any of the text, and the
/// message and the help that they get.
const MESSAGES: &[(&str, &str, &str)] = &[
    (
        "key with no value",
        "a `=` is missing here",
        "write `key = value`, and a key with spaces in quotes",
    ),
    (
        "unquoted keys cannot be empty",
        "a key is missing here",
        "write `key = value`",
    ),
    (
        "unexpected leading zero",
        "a number does not begin with `0`",
        "delete the `0`, or write a number that is text in quotes",
    ),
    ("missing escaped value", NO_ESCAPE, ESCAPE_HELP),
    ("too few unicode value digits", NO_ESCAPE, ESCAPE_HELP),
    (
        "extra comma",
        "a value is missing beside this comma",
        "delete the comma",
    ),
];

/// What is wrong, with its place in `content`.
pub(super) fn explain(error: &Error, content: &str, tokens: &[Token]) -> Problem {
    let range = error.span().unwrap_or(content.len()..content.len());
    let text = content.get(range.clone()).unwrap_or_default();
    let message = error.message();
    let said = message.split(", expected").next().unwrap_or(message);
    let mut fixed = MESSAGES.iter();
    if let Some(&(_, message, help)) = fixed.find(|(begin, ..)| said.starts_with(begin)) {
        return problem(range, message, help);
    }
    match said {
        "unclosed array" | "unclosed inline table" => unclosed(range, content, tokens),
        "unclosed table" | "unclosed array table" => {
            let bracket = if said == "unclosed table" { "]" } else { "]]" };
            let message = format!("the `{bracket}` of this table is missing");
            problem(range, message, format!("write `{bracket}` here"))
        }
        "unexpected key or value" => after_value(range, content),
        "invalid unquoted key" if text == ":" => problem(
            range,
            "TOML writes `=` between a key and its value, not `:`",
            "write `=`",
        ),
        "invalid unquoted key" => problem(
            range,
            format!(
                "`{}` does not stand in a key without quotes",
                shorten(text, 40)
            ),
            "write the key in quotes: `\"…\"`",
        ),
        _ if said.starts_with("cannot recurse further") => problem(
            range,
            format!("lists and tables are nested more than {MAX_DEPTH} levels deep here"),
            format!("nest them at most {MAX_DEPTH} levels deep"),
        ),
        _ if said.starts_with("cannot extend value") => problem(
            range,
            format!("`{text}` has a value already, and holds no further keys"),
            "give the two different names",
        ),
        _ if said.ends_with("string") => string(range, content, tokens),
        "invalid offset" => offset(range, content),
        _ if said.starts_with("invalid date") || said.starts_with("invalid time") => problem(
            range,
            format!("`{}` is no date or time", shorten(text, 40)),
            "write a date that exists, as 2020-05-04T21:58:00+02:00",
        ),
        _ => value(said, range, content),
    }
}

/// A text that is no value.
fn value(said: &str, range: Range<usize>, content: &str) -> Problem {
    let start = range.start.min(content.len());
    let word = content.get(range.clone()).unwrap_or_default();
    let is_word = matches!(
        said,
        "string values must be quoted" | "invalid boolean" | "invalid float" | "missing value"
    );
    if !is_word {
        let span = Span::from_usize(range.start, range.end);
        return Problem::at(span, format!("this is not TOML: {said}"));
    }
    if word.is_empty() {
        let at = content[..start].trim_end().len();
        return problem(
            at..at,
            "a value is missing here",
            "write the value, or `\"\"` for an empty text",
        );
    }
    let shown = shorten(word, 40);
    match word.to_ascii_lowercase().as_str() {
        lower @ ("true" | "false") => problem(
            range,
            "TOML booleans are lower case",
            format!("write `{lower}`"),
        ),
        "yes" | "on" => problem(range, format!("`{shown}` is no boolean"), "write `true`"),
        "no" | "off" => problem(range, format!("`{shown}` is no boolean"), "write `false`"),
        "null" | "nil" | "none" | "~" => problem(
            range,
            "TOML has no null",
            "delete the key, or write `\"\"` for an empty text",
        ),
        _ if let Some(inner) = in_typographic_quotes(word, content, start) => problem(
            range,
            "these are typographic quotes, which are text to TOML",
            format!("write plain quotes: `\"{inner}\"`"),
        ),
        _ if word.contains(['"', '\\', '\n']) || word.len() > 60 => problem(
            range,
            "this text stands without quotes",
            "write it in quotes: `\"…\"`",
        ),
        _ => problem(
            range,
            "this text stands without quotes",
            format!("write `\"{word}\"`"),
        ),
    }
}

/// The text in typographic quotes that the rest of the line at `start` is.
fn in_typographic_quotes<'c>(word: &str, content: &'c str, start: usize) -> Option<&'c str> {
    let quotes = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '″'];
    let line = content.get(start..)?.lines().next()?.trim_end();
    let inner = line.strip_prefix(quotes)?.strip_suffix(quotes)?;
    let is_plain = !inner.contains(['"', '\\']) && inner.len() <= 60;
    (is_plain && word.starts_with(quotes)).then_some(inner)
}

fn offset(range: Range<usize>, content: &str) -> Problem {
    let word = content.get(range.clone()).unwrap_or_default();
    let message = "the offset needs two digits for its hours and two for its minutes";
    match two_digit_offset(word).filter(|written| written.parse::<toml::value::Datetime>().is_ok())
    {
        Some(written) => problem(range, message, format!("write `{written}`")),
        None => problem(
            range,
            message,
            "write an offset such as `+02:00`, or `Z` for UTC",
        ),
    }
}

/// An offset that is not written with two digits for hours and minutes: what to write.
fn two_digit_offset(text: &str) -> Option<String> {
    let time = text.find([':', 'T', 't', ' '])?;
    let sign = time + text.get(time..)?.rfind(['+', '-'])?;
    let (date, offset) = text.split_at(sign);
    let (sign, rest) = offset.split_at(1);
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() > 2 => rest.split_at(rest.len() - 2),
        None => (rest, "0"),
    };
    let hours: u8 = hours.parse().ok().filter(|hours| *hours < 24)?;
    let minutes: u8 = minutes.parse().ok().filter(|minutes| *minutes < 60)?;
    let written = format!("{date}{sign}{hours:02}:{minutes:02}");
    (written != text).then_some(written)
}

/// Text after a value that is complete.
fn after_value(range: Range<usize>, content: &str) -> Problem {
    let at = range.start.min(content.len());
    let line = content[..at].rfind('\n').map_or(0, |at| at + 1);
    let rest = content[at..].lines().next().unwrap_or_default().trim_end();
    let written = &content[line..at];
    let range = at..at + rest.len();
    if rest.starts_with("//") {
        return problem(range, "a comment begins with `#`", "write `#` for `//`");
    }
    let value = written
        .split_once('=')
        .map_or("", |(_, value)| value.trim());
    let closing = content[..at].trim_end();
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        && closing.ends_with(quote)
    {
        let place = closing.len() - 1..closing.len();
        if rest.contains(quote) || rest.starts_with(char::is_alphanumeric) {
            let help = if quote == '\'' {
                "write the text in double quotes: `\"…\"`"
            } else {
                "write `\\\"` for a quote within the text"
            };
            return problem(place, "this quote ends the text", help);
        }
    }
    problem(
        range,
        "this follows a value that is complete",
        "put it on a line of its own, or the whole value in quotes",
    )
}

/// A string that is not closed, or holds what it must not.
fn string(range: Range<usize>, content: &str, tokens: &[Token]) -> Problem {
    let text = content.get(range.clone()).unwrap_or_default();
    if let Some(character) = text.chars().next().filter(|c| c.is_control()) {
        let code = u32::from(character);
        return problem(
            range,
            format!("the control character U+{code:04X} stands in a text"),
            "delete it",
        );
    }
    let is_around = |token: &&Token| {
        let span = token.span();
        span.start() < range.start.max(1) && range.start <= span.end() && !span.is_empty()
    };
    let token = tokens.iter().filter(is_around).find(|token| {
        let start = token.span().start();
        content[start..].starts_with(['"', '\''])
    });
    let range = token.map_or(range, |token| {
        let start = token.span().start();
        let first_line = content[start..].lines().next().unwrap_or_default();
        start..start + first_line.len()
    });
    problem(
        range,
        "this text is not closed",
        "write the closing quote at its end",
    )
}

fn unclosed(range: Range<usize>, content: &str, tokens: &[Token]) -> Problem {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind() {
            _ if token.span().start() > range.start => break,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open.push(token.span()),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                open.pop();
            }
            _ => {}
        }
    }
    let range = open.last().map_or(range, |span| span.start()..span.end());
    let bracket = content.get(range.clone()).unwrap_or_default();
    let close = if bracket == "{" { "}" } else { "]" };
    problem(
        range,
        format!("this `{bracket}` is never closed"),
        format!("write `{close}` where it ends"),
    )
}
