//! Unquoted values: characters that cannot begin one, tabs, Liquid, conflict markers.

use super::context::{ErrorContext, Line, WHITESPACE};
use super::fixes::{fix_safely, fix_unsafely, quote_value};
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::dialect::Dialect;
use crate::syntax::printable::first_unprintable;
use crate::text::Span;

/// The first character that no YAML may hold, and its offset.
pub(in super::super) fn unprintable(content: &str) -> Option<(usize, char)> {
    let at = first_unprintable(content.as_bytes())?;
    Some((at, content.get(at..)?.chars().next()?))
}

pub(in super::super) fn unprintable_character(
    context: &ErrorContext<'_>,
    character: char,
) -> Diagnostic {
    let name = match character {
        '\0' => "a NUL character (U+0000)".to_owned(),
        other => format!(
            "an invisible control character (U+{:04X})",
            u32::from(other)
        ),
    };
    let entry = context.entry(context.line(context.at));
    let key = context.slice(entry.key);
    let place = if key.is_empty() || entry.colon.is_none_or(|colon| colon > context.at) {
        " here".to_owned()
    } else {
        format!(" in {}", value_of(key))
    };
    let span = context.character_span(context.at);
    let diagnostic = broken(
        context,
        span,
        format!("{name} stands{place}, and YAML allows none"),
    )
    .help(format!(
        "delete the character U+{:04X}",
        u32::from(character)
    ));
    fix_safely(
        diagnostic,
        context,
        "Delete the character",
        span.range(),
        "",
    )
}

/// What a merge left behind.
pub(super) fn conflict(context: &ErrorContext<'_>) -> Option<Diagnostic> {
    let mut line = context.line(context.start);
    loop {
        if line.text.starts_with("<<<<<<< ") || line.text == "<<<<<<<" {
            let span = Span::from_usize(line.start, line.end());
            let number = context.number(line.start);
            return Some(
                broken(context, span, "a merge conflict is not resolved: `<<<<<<<` begins it").help(format!(
                    "keep one of the two versions below line {number}, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
                )),
            );
        }
        if line.start > context.at {
            return None;
        }
        line = context.next(line)?;
    }
}

/// Liquid where the parser gave up, or on the line before.
pub(super) fn liquid_here(context: &ErrorContext<'_>) -> Option<Diagnostic> {
    let line = context.line(context.at);
    let begins = |at: usize| {
        context.slice(at..context.text.len()).starts_with("{{")
            || context.slice(at..context.text.len()).starts_with("{%")
    };
    let value = context.entry(line).value.start;
    let start = line.start + line.indent();
    [start, value]
        .into_iter()
        .find(|&at| begins(at))
        .map(|at| liquid(context, at))
}

/// `{{ … }}` or `{% … %}` at the beginning of a value.
pub(in super::super) fn liquid(context: &ErrorContext<'_>, start: usize) -> Diagnostic {
    let line = context.line(start);
    let entry = context.entry(line);
    let value = context.trimmed(start..line.end());
    let mark = context.slice(start..start + 2);
    let (language, run) = match context.dialect {
        Dialect::Jekyll | Dialect::Psych => ("Liquid", "Liquid is not run"),
        _ => ("template", "templates are not run"),
    };
    let what = if mark == "{%" {
        format!("a {language} tag")
    } else {
        format!("a {language} expression")
    };
    let span = Span::from_usize(value.start, value.end);
    let in_value = entry.value.start == start && (entry.colon.is_some() || line.is_item());
    let key = if in_value {
        context.slice(entry.key.clone())
    } else {
        ""
    };
    let diagnostic = broken(
        context,
        span,
        if key.is_empty() {
            format!("`{mark}` begins {what}, and {run} in front matter")
        } else {
            format!(
                "{} begins with `{mark}`, and {run} in front matter: YAML takes `{{` for its own",
                value_of(key)
            )
        },
    );
    let is_in_brackets = context.open_bracket(start).is_some();
    if in_value {
        quote_value(diagnostic, context, value, Applicability::Unsafe)
    } else if is_in_brackets {
        let item = start..context.flow_item_end(start);
        quote_value(diagnostic, context, item, Applicability::Unsafe)
    } else {
        diagnostic.help(format!(
            "delete `{}` from the front matter",
            context.excerpt(value)
        ))
    }
}

/// The tab that the parser fell over: in the indentation of its line or of one that follows.
pub(super) fn tab(context: &ErrorContext<'_>) -> Option<Diagnostic> {
    let mut line = context.line(context.from.max(context.start));
    let mut last = None;
    for _ in 0..1000 {
        if let Some(found) = tab_in(line) {
            last = Some((line, found));
            if line.end() >= context.at {
                break;
            }
        }
        match context.next(line) {
            Some(next) => line = next,
            None => break,
        }
    }
    let (line, tab) = last?;
    let start = line.start + tab;
    let len = line.text[tab..]
        .bytes()
        .take_while(|&byte| byte == b'\t')
        .count();
    let number = context.number(start);
    let rest = line.text.trim_start_matches(WHITESPACE);
    let indent = line.text[..line.indent()].replace('\t', "  ");
    let diagnostic = broken(
        context,
        start..start + len,
        format!("line {number} is indented with a tab, and YAML takes only spaces"),
    )
    .label("a tab")
    .help(format!(
        "put spaces before `{}`",
        super::context::excerpt(rest)
    ));
    if tab < line.indent() {
        Some(fix_unsafely(
            diagnostic,
            context,
            "Indent with spaces",
            line.start..line.start + line.indent(),
            indent,
        ))
    } else {
        Some(diagnostic)
    }
}

/// The first tab in the indentation, or after a `-` or `?` or `:` that it should not follow.
fn tab_in(line: Line<'_>) -> Option<usize> {
    if line.text.trim_matches(WHITESPACE).is_empty() {
        return None;
    }
    let head = line.text.len()
        - line
            .text
            .trim_start_matches([' ', '\t', '-', '?', ':'])
            .len();
    line.text[..head].find('\t')
}

/// A character that cannot stand where it does.
pub(super) fn unexpected(context: &ErrorContext<'_>, character: char) -> Diagnostic {
    if !matches!(character, '@' | '`' | '%' | '|' | '>') {
        return unprintable_character(context, character);
    }
    let before = context.at.saturating_sub(1);
    if character == '%' && context.character(before) == Some('{') {
        return liquid(context, before);
    }
    let line = context.line(context.at);
    let entry = context.entry(line);
    let span = context.character_span(context.at);
    if entry.value.start != context.at {
        let message = format!("{} cannot begin a value or a key", named(character));
        let end = context.flow_item_end(context.at + 1);
        return quote_value(
            broken(context, span, message),
            context,
            context.at..end,
            Applicability::Safe,
        );
    }
    let key = context.slice(entry.key.clone());
    let message = format!(
        "{} cannot begin with {} unless it is quoted",
        value_of(key),
        named(character)
    );
    quote_value(
        broken(context, span, message),
        context,
        entry.value,
        Applicability::Safe,
    )
}

/// A character in a sentence.
fn named(character: char) -> String {
    match character {
        '`' => "a backtick".to_owned(),
        other => format!("`{other}`"),
    }
}

/// Nothing that could be a value, where one should be.
pub(super) fn no_value(context: &ErrorContext<'_>) -> Diagnostic {
    let Some(character) = context.character(context.at).filter(|c| !c.is_whitespace()) else {
        return at(context, "the front matter ends where a value should be");
    };
    let entry = context.entry(context.line(context.at));
    let key = context.slice(entry.key.clone());
    if entry.value.start == context.at {
        let message = format!(
            "{} cannot begin with `{character}` unless it is quoted",
            value_of(key)
        );
        let diagnostic = broken(context, context.character_span(context.at), message);
        return quote_value(diagnostic, context, entry.value, Applicability::Safe);
    }
    at(
        context,
        format!("`{character}` stands where a value should be"),
    )
}

/// A comment between two lines of one text.
pub(super) fn comment_in_text(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let hash = context
        .slice(context.start..context.at)
        .rfind('#')
        .map_or(context.at, |found| context.start + found);
    let number = context.number(line.start);
    broken(
        context,
        context.character_span(hash),
        format!("a comment ends the text above, so line {number} does not belong to it"),
    )
    .label("a comment begins here")
    .related(
        context.source,
        Span::from(line.start + line.indent()..line.end()),
        "not part of the text",
    )
    .help(format!(
        "where `{}` is part of the text, put the text in quotes",
        super::context::excerpt(context.slice(hash..context.line(hash).end()))
    ))
}
