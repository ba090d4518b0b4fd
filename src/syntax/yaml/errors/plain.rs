//! Unquoted values: characters that cannot begin one, tabs, Liquid, conflict markers.

use super::quote::{quote_value, replace};
use super::scene::{BLANKS, Line, Scene};
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

pub(in super::super) fn unprintable_character(scene: &Scene<'_>, character: char) -> Diagnostic {
    let name = match character {
        '\0' => "a NUL character (U+0000)".to_owned(),
        other => format!(
            "an invisible control character (U+{:04X})",
            u32::from(other)
        ),
    };
    let entry = scene.entry(scene.line(scene.at));
    let key = scene.slice(entry.key);
    let place = if key.is_empty() || entry.colon.is_none_or(|colon| colon > scene.at) {
        " here".to_owned()
    } else {
        format!(" in {}", value_of(key))
    };
    let span = scene.character_span(scene.at);
    let diagnostic = broken(
        scene,
        span,
        "",
        format!("{name} stands{place}, and YAML allows none"),
    )
    .help(format!(
        "delete the character U+{:04X}",
        u32::from(character)
    ));
    replace(
        diagnostic,
        scene,
        "Delete the character",
        span.range(),
        String::new(),
        Applicability::Safe,
    )
}

/// What a merge left behind.
pub(super) fn conflict(scene: &Scene<'_>) -> Option<Diagnostic> {
    let mut line = scene.line(scene.start);
    loop {
        if line.text.starts_with("<<<<<<< ") || line.text == "<<<<<<<" {
            let span = Span::from_usize(line.start, line.end());
            let number = scene.number(line.start);
            return Some(
                broken(scene, span, "", "a merge conflict is not resolved: `<<<<<<<` begins it").help(format!(
                    "keep one of the two versions below line {number}, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
                )),
            );
        }
        if line.start > scene.at {
            return None;
        }
        line = scene.next(line)?;
    }
}

/// Liquid where the parser gave up, or on the line before.
pub(super) fn liquid_here(scene: &Scene<'_>) -> Option<Diagnostic> {
    let line = scene.line(scene.at);
    let begins = |at: usize| {
        scene.slice(at..scene.text.len()).starts_with("{{")
            || scene.slice(at..scene.text.len()).starts_with("{%")
    };
    let value = scene.entry(line).value.start;
    let start = line.start + line.indent();
    [start, value]
        .into_iter()
        .find(|&at| begins(at))
        .map(|at| liquid(scene, at))
}

/// `{{ … }}` or `{% … %}` at the beginning of a value.
pub(in super::super) fn liquid(scene: &Scene<'_>, start: usize) -> Diagnostic {
    let line = scene.line(start);
    let entry = scene.entry(line);
    let value = scene.trimmed(start..line.end());
    let mark = scene.slice(start..start + 2);
    let (language, run) = match scene.dialect {
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
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let diagnostic = broken(
        scene,
        span,
        "",
        if key.is_empty() {
            format!("`{mark}` begins {what}, and {run} in front matter")
        } else {
            format!(
                "{} begins with `{mark}`, and {run} in front matter: YAML takes `{{` for its own",
                value_of(key)
            )
        },
    );
    if in_value {
        quote_value(diagnostic, scene, value, Applicability::Unsafe)
    } else {
        diagnostic.help(format!(
            "delete `{}` from the front matter",
            scene.excerpt(value)
        ))
    }
}

/// The tab that the parser fell over: in the indentation of its line or of one that follows.
pub(super) fn tab(scene: &Scene<'_>) -> Option<Diagnostic> {
    let mut line = scene.line(scene.from.max(scene.start));
    let mut last = None;
    for _ in 0..1000 {
        if let Some(found) = tab_in(line) {
            last = Some((line, found));
            if line.end() >= scene.at {
                break;
            }
        }
        match scene.next(line) {
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
    let number = scene.number(start);
    let rest = line.text.trim_start_matches(BLANKS);
    let indent = line.text[..line.indent()].replace('\t', "  ");
    let diagnostic = broken(
        scene,
        Span::from_usize(start, start + len),
        "a tab",
        format!("line {number} is indented with a tab, and YAML takes only spaces"),
    )
    .help(format!(
        "put spaces before `{}`",
        super::scene::excerpt(rest)
    ));
    if tab < line.indent() {
        Some(replace(
            diagnostic,
            scene,
            "Indent with spaces",
            line.start..line.start + line.indent(),
            indent,
            Applicability::Unsafe,
        ))
    } else {
        Some(diagnostic)
    }
}

/// The first tab in the indentation, or after a `-` or `?` or `:` that it should not follow.
fn tab_in(line: Line<'_>) -> Option<usize> {
    if line.text.trim_matches(BLANKS).is_empty() {
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
pub(super) fn unexpected(scene: &Scene<'_>, character: char) -> Diagnostic {
    if !matches!(character, '@' | '`' | '%' | '|' | '>') {
        return unprintable_character(scene, character);
    }
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let span = scene.character_span(scene.at);
    if entry.value.start != scene.at {
        let message = format!("{} cannot begin a value or a key", named(character));
        let end = flow_end(scene, scene.at);
        return quote_value(
            broken(scene, span, "", message),
            scene,
            scene.at..end,
            Applicability::Safe,
        );
    }
    let key = scene.slice(entry.key.clone());
    let message = format!(
        "{} cannot begin with {} unless it is quoted",
        value_of(key),
        named(character)
    );
    quote_value(
        broken(scene, span, "", message),
        scene,
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

/// The end of an unquoted item of a list in brackets.
fn flow_end(scene: &Scene<'_>, start: usize) -> usize {
    let line = scene.line(start);
    let rest = scene.slice(start..line.end());
    let end = rest.find([',', ']', '}', '[', '{']).unwrap_or(rest.len());
    scene.trimmed(start..start + end.max(1)).end.max(start + 1)
}

/// Nothing that could be a value, where one should be.
pub(super) fn no_value(scene: &Scene<'_>) -> Diagnostic {
    let Some(character) = scene.character(scene.at).filter(|c| !c.is_whitespace()) else {
        return at(scene, "the front matter ends where a value should be");
    };
    let entry = scene.entry(scene.line(scene.at));
    let key = scene.slice(entry.key.clone());
    if entry.value.start == scene.at {
        let message = format!(
            "{} cannot begin with `{character}` unless it is quoted",
            value_of(key)
        );
        let diagnostic = broken(scene, scene.character_span(scene.at), "", message);
        return quote_value(diagnostic, scene, entry.value, Applicability::Safe);
    }
    at(
        scene,
        format!("`{character}` stands where a value should be"),
    )
}

/// A comment between two lines of one text.
pub(super) fn comment_in_text(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let hash = scene
        .slice(scene.start..scene.at)
        .rfind('#')
        .map_or(scene.at, |found| scene.start + found);
    let number = scene.number(line.start);
    broken(
        scene,
        scene.character_span(hash),
        "a comment begins here",
        format!("a comment ends the text above, so line {number} does not belong to it"),
    )
    .related(
        scene.source,
        Span::from_usize(line.start + line.indent(), line.end()),
        "not part of the text",
    )
    .help(format!(
        "where `{}` is part of the text, put the text in quotes",
        super::scene::excerpt(scene.slice(hash..scene.line(hash).end()))
    ))
}
