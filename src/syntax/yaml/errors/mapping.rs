//! Keys, items and their indentation.

use super::indentation::{bad_indentation, columns, indent_like};
use super::quote::{quote_value, replace};
use super::scene::{BLANKS, Entry, Line, Scene, excerpt};
use super::{broken, plain, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A `: ` where no key may be: within an unquoted value, or below a key that has a value already.
pub(super) fn value_not_allowed(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let first = entry.colon.unwrap_or(scene.at);
    if first < scene.at {
        return colon_in_value(scene, &entry);
    }
    let Some(above) = scene.previous(line) else {
        return bare_colon(scene);
    };
    if let Some(colon) = tight_colon(scene, above) {
        return missing_blank(scene, colon);
    }
    let key = scene.slice(entry.key.clone());
    let owner = scene.entry(owner(scene, above, line.indent()));
    if above.indent() < line.indent() && owner.colon.is_some() && !owner.value.is_empty() {
        return below_value(scene, line, &entry, &owner);
    }
    if above.indent() >= line.indent() && scene.entry(above).colon.is_none() {
        return no_colon(scene, above);
    }
    broken(
        scene,
        Span::from_usize(scene.at, scene.at + 1),
        "",
        format!("`{}:` cannot be a key here", excerpt(key)),
    )
}

/// The nearest line at or above `line` that is indented less than `indent`.
fn owner<'a>(scene: &Scene<'a>, mut line: Line<'a>, indent: usize) -> Line<'a> {
    while line.indent() >= indent {
        match scene.previous(line) {
            Some(above) => line = above,
            None => break,
        }
    }
    line
}

fn bare_colon(scene: &Scene<'_>) -> Diagnostic {
    broken(
        scene,
        Span::from_usize(scene.at, scene.at + 1),
        "",
        "this `:` has no key before it that fits on its line",
    )
}

/// `title: Note: this`
fn colon_in_value(scene: &Scene<'_>, entry: &Entry) -> Diagnostic {
    let key = scene.slice(entry.key.clone());
    let value = entry.value.clone();
    let span = Span::from_usize(scene.at, (scene.at + 2).min(scene.line(scene.at).end()));
    let begins_quoted = matches!(scene.character(value.start), Some('"' | '\''));
    let message = if begins_quoted {
        format!("text goes on after the closing quote in {}", value_of(key))
    } else {
        format!(
            "`: ` inside the unquoted {} makes a key of `{}`",
            &value_of(key)[4..],
            scene.excerpt(scene.trimmed(value.start..scene.at.max(value.start)))
        )
    };
    let diagnostic = broken(scene, span, "", message);
    let applicability = if begins_quoted {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    quote_value(diagnostic, scene, value, applicability)
}

/// `a: 1` and a deeper `b: 2` below it.
fn below_value(scene: &Scene<'_>, line: Line<'_>, entry: &Entry, owner: &Entry) -> Diagnostic {
    let key = excerpt(scene.slice(entry.key.clone()));
    let owner_key = scene.slice(owner.key.clone());
    let owner_line = scene.number(owner.key.start);
    let number = scene.number(line.start);
    let owner_span = Span::from_usize(owner.value.start, owner.value.end);
    if key.contains(' ') {
        let span = Span::from_usize(scene.at, (scene.at + 2).min(line.end()));
        return broken(
            scene,
            span,
            "",
            format!(
                "`: ` on line {number} makes a key of `{key}` inside the unquoted {}",
                &value_of(owner_key)[4..]
            ),
        )
        .related(scene.source, owner_span, "the value begins here")
        .help(format!(
            "write `{}: >-` on line {owner_line} and the text on the lines below it, indented",
            excerpt(owner_key)
        ));
    }
    let owner_line_start = scene.line(owner.key.start);
    let indent = owner.key.start - owner_line_start.start;
    let diagnostic = broken(
        scene,
        Span::from_usize(entry.key.start, entry.key.end),
        "",
        format!(
            "`{key}` on line {number} is indented below `{}`, which has a value already",
            excerpt(owner_key)
        ),
    )
    .related(scene.source, owner_span, "the value")
    .help(format!(
        "{}, or take the value of `{}` away",
        indent_like(&key, indent, owner_line),
        excerpt(owner_key)
    ));
    replace(
        diagnostic,
        scene,
        "Indent like the line above",
        line.start..line.start + line.indent(),
        " ".repeat(indent),
        Applicability::Unsafe,
    )
}

/// A line that is neither a key nor part of what stands above.
pub(super) fn key_expected(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    if line.text.starts_with("=======") || line.text.starts_with(">>>>>>> ") {
        return broken(
            scene,
            Span::from_usize(line.start, line.end()),
            "",
            "a merge conflict is not resolved: this line is left of it",
        )
        .help(format!(
            "keep one of the two versions, and delete `{}`",
            excerpt(line.text)
        ));
    }
    if let Some(colon) = tight_colon(scene, line) {
        return missing_blank(scene, colon);
    }
    no_colon(scene, line)
}

/// The colon of `key:value`, where the line has no other.
fn tight_colon(scene: &Scene<'_>, line: Line<'_>) -> Option<usize> {
    if scene.entry(line).colon.is_some() {
        return None;
    }
    let start = line.start + line.indent();
    let word = line.text.trim_start_matches(BLANKS);
    let colon = word.find(':')?;
    let name = &word[..colon];
    let is_name =
        !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['"', '\'', '/']);
    let value = &word[colon + 1..];
    (is_name && !value.is_empty() && !value.starts_with("//")).then_some(start + colon)
}

fn missing_blank(scene: &Scene<'_>, colon: usize) -> Diagnostic {
    let line = scene.line(colon);
    let name = scene.slice(line.start..colon).trim_start_matches(BLANKS);
    let value = scene.trimmed(colon + 1..line.end());
    let diagnostic = broken(
        scene,
        Span::from_usize(colon, colon + 1),
        "",
        format!(
            "the colon after `{}` must be followed by a space",
            excerpt(name)
        ),
    )
    .help(format!(
        "write `{}: {}`",
        excerpt(name),
        scene.excerpt(value)
    ));
    replace(
        diagnostic,
        scene,
        "Put a space after the colon",
        colon + 1..colon + 1,
        " ".to_owned(),
        Applicability::Safe,
    )
}

/// A line without a colon among keys.
fn no_colon(scene: &Scene<'_>, line: Line<'_>) -> Diagnostic {
    let number = scene.number(line.start);
    let start = line.start + line.indent();
    let text = scene.slice(scene.trimmed(start..line.end()));
    let span = Span::from_usize(start, start + text.len());
    let above = scene.previous(line);
    let item = above.filter(|above| above.is_item() && above.indent() >= line.indent());
    let diagnostic = broken(
        scene,
        span,
        "",
        format!("line {number} is neither a key with a colon nor part of the value above"),
    );
    // A whole file has no fences; what stands between them begins after `---` and a line break.
    let fence = above.filter(|above| above.text.trim() == "---" && above.indent() > 0);
    if let Some(fence) = fence.filter(|_| scene.start > 3) {
        let blanks = match fence.indent() {
            1 => "the blank".to_owned(),
            many => format!("the {many} blanks"),
        };
        let diagnostic = diagnostic.help(format!(
            "where line {} is to close the front matter, delete {blanks} before `---`",
            scene.number(fence.start)
        ));
        return replace(
            diagnostic,
            scene,
            "Close the front matter above",
            fence.start..fence.start + fence.indent(),
            String::new(),
            Applicability::Unsafe,
        );
    }
    if let Some(item) = item {
        let diagnostic = diagnostic.help(format!(
            "where `{}` is an item of the list above, write `{}- {}`",
            excerpt(text),
            " ".repeat(item.indent()),
            excerpt(text)
        ));
        return replace(
            diagnostic,
            scene,
            "Make it an item of the list",
            line.start..start,
            format!("{}- ", " ".repeat(item.indent())),
            Applicability::Unsafe,
        );
    }
    let mut owner = above;
    while let Some(candidate) = owner {
        let entry = scene.entry(candidate);
        if entry.colon.is_some() && candidate.indent() <= line.indent() {
            let diagnostic = diagnostic.help(format!(
                "where `{}` goes on with {}, indent it by {}",
                excerpt(text),
                value_of(scene.slice(entry.key)),
                columns(candidate.indent() + 2)
            ));
            return replace(
                diagnostic,
                scene,
                "Indent the line",
                line.start..start,
                " ".repeat(candidate.indent() + 2),
                Applicability::Unsafe,
            );
        }
        owner = scene.previous(candidate);
    }
    diagnostic.help(format!(
        "where `{}` is a key, put `:` after it",
        excerpt(text)
    ))
}

/// Something other than a key, within a block mapping.
pub(super) fn not_a_key(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let key = scene.slice(entry.key.clone());
    // What stands on the line of the value that parsed.
    if entry.colon.is_some_and(|colon| colon < scene.at) {
        let first = scene.character(entry.value.start);
        let value = entry.value.clone();
        let span = Span::from_usize(value.start, value.start + 1);
        let message = match first {
            Some('*') => format!(
                "{} begins with `*`, which YAML reads as an alias",
                value_of(key)
            ),
            Some('&') => format!(
                "{} begins with `&`, which YAML reads as an anchor",
                value_of(key)
            ),
            Some('[') => format!(
                "{} begins with `[`, which YAML reads as a list",
                value_of(key)
            ),
            Some('{') => format!(
                "{} begins with `{{`, which YAML reads as a group of keys",
                value_of(key)
            ),
            Some('!') => format!(
                "{} begins with `!`, which YAML reads as a tag",
                value_of(key)
            ),
            _ => format!("text goes on after the end of {}", value_of(key)),
        };
        let span = if matches!(first, Some('*' | '&' | '[' | '{' | '!')) {
            span
        } else {
            scene.character_span(scene.at)
        };
        let diagnostic = broken(scene, span, "", message);
        return quote_value(diagnostic, scene, value, Applicability::Safe);
    }
    if let Some(above) = scene.previous(line).filter(|_| !line.is_item()) {
        let owner = scene.entry(owner(scene, above, line.indent()));
        let same_line = scene.line(owner.key.start).start == above.start;
        if entry.colon.is_some()
            && above.indent() < line.indent()
            && same_line
            && !owner.value.is_empty()
            && owner.colon.is_some()
        {
            return below_value(scene, line, &entry, &owner);
        }
    }
    if let Some(comment) = comment_before(scene, line) {
        return comment;
    }
    bad_indentation(scene)
}

/// A comment line between a text and the line that was meant to go on with it.
fn comment_before(scene: &Scene<'_>, line: Line<'_>) -> Option<Diagnostic> {
    let before = line.start.checked_sub(1).filter(|&at| at > scene.start)?;
    let comment = scene.line(before);
    (comment.text.trim_start_matches(BLANKS).starts_with('#')
        && scene.entry(line).colon.is_none()
        && !line.is_item())
    .then(|| plain::comment_in_text(scene))
}
