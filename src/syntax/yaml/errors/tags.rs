//! Values that begin with `!`, `&` or `*`, and lines that begin with `%`.

use granit_parser::ErrorKind;

use super::quote::quote_value;
use super::scene::Scene;
use super::{broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A broken tag.
pub(super) fn tag(scene: &Scene<'_>, kind: &ErrorKind) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let bang = scene
        .slice(line.start..scene.at.max(line.start))
        .rfind('!')
        .map_or(scene.at, |found| line.start + found);
    let start = if scene.character(scene.at) == Some('!') {
        scene.at
    } else {
        bang
    };
    let word = scene
        .slice(start..line.end().max(start))
        .split([' ', '\t'])
        .next()
        .unwrap_or("!");
    let reason = match kind {
        ErrorKind::UndeclaredTagHandle => "nothing declares it",
        ErrorKind::UnclosedVerbatimTag => "its `<` is never closed",
        ErrorKind::MissingTagUri => "it names nothing",
        ErrorKind::InvalidTagTerminator => "a space must follow it",
        _ => "it is not well formed",
    };
    let span = Span::from_usize(start, start + word.len());
    let message = format!("`{word}` begins with `!`, which makes it a YAML tag, and {reason}");
    let diagnostic = broken(scene, span, "", message);
    if entry.value.start == start {
        quote_value(diagnostic, scene, entry.value, Applicability::Unsafe)
    } else {
        diagnostic
    }
}

/// `& b`, `* b`
pub(super) fn missing_name(scene: &Scene<'_>) -> Diagnostic {
    let entry = scene.entry(scene.line(scene.at));
    let mark = scene.character(scene.at).unwrap_or('&');
    let what = if mark == '*' { "an alias" } else { "an anchor" };
    let key = if entry.value.start == scene.at {
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let message = format!(
        "{} begins with `{mark}`, which YAML reads as {what} without a name",
        value_of(key)
    );
    let diagnostic = broken(scene, scene.character_span(scene.at), "", message);
    if entry.value.start == scene.at {
        quote_value(diagnostic, scene, entry.value, Applicability::Safe)
    } else {
        diagnostic.help(format!("put quotes around what begins with `{mark}`"))
    }
}

/// A line that begins with `%`.
pub(super) fn directive(scene: &Scene<'_>, kind: &ErrorKind) -> Diagnostic {
    let mut line = scene.line(scene.at);
    if !line.text.starts_with('%') {
        line = scene
            .previous(line)
            .filter(|above| above.text.starts_with('%'))
            .unwrap_or(line);
    }
    let reason = match kind {
        ErrorKind::DuplicateVersionDirective => "the version is given twice",
        ErrorKind::DuplicateTagDirective => "the same tag is declared twice",
        ErrorKind::UnsupportedYamlMajorVersion => "only YAML 1 is known",
        ErrorKind::MissingDocumentEndBeforeDirective => "it cannot stand after keys",
        ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong => "it is too long",
        _ => "none is of use in front matter",
    };
    broken(
        scene,
        Span::from_usize(line.start, line.end()),
        "",
        format!("a line that begins with `%` is a YAML directive, and {reason}"),
    )
    .help(format!("delete `{}`", super::scene::excerpt(line.text)))
}
