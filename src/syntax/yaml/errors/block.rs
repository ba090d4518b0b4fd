//! Block scalars (`|` and `>`).

use super::quote::{quote_value, replace};
use super::scene::{Scene, excerpt};
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// `> text`
pub(super) fn header(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let indicator = scene.character(scene.at).unwrap_or('>');
    let key = scene.slice(entry.key.clone());
    let after = scene.trimmed((scene.at + 1).min(line.end())..line.end());
    let message = format!(
        "`{indicator}` begins a text that stands on the lines below, and `{}` follows it on the same line",
        scene.excerpt(after.clone())
    );
    let diagnostic = broken(scene, Span::from_usize(after.start, after.end), "", message).related(
        scene.source,
        scene.character_span(scene.at),
        format!("{} begins here", value_of(key)),
    );
    let help = format!(
        "begin a new line after `{indicator}`, or quote it where `{indicator}` is part of the text"
    );
    if entry.value.start == scene.at {
        let shown = excerpt(scene.slice(entry.value.clone()));
        let shown = super::quote::quoted(&shown);
        let mut diagnostic = quote_value(diagnostic, scene, entry.value, Applicability::Unsafe);
        diagnostic.help = Some(format!("{help}: `{shown}`"));
        return diagnostic;
    }
    diagnostic.help(help)
}

/// `|0`
pub(super) fn zero_indent(scene: &Scene<'_>) -> Diagnostic {
    let digit = scene
        .slice(scene.at..scene.text.len())
        .find('0')
        .map_or(scene.at, |found| scene.at + found);
    let diagnostic = broken(
        scene,
        scene.character_span(digit),
        "",
        "a text block cannot be indented by 0",
    )
    .help("delete the 0; the first line says how far the text is indented");
    replace(
        diagnostic,
        scene,
        "Delete the 0",
        digit..digit + 1,
        String::new(),
        Applicability::Safe,
    )
}

/// A first line of blanks that is indented deeper than the text.
pub(super) fn indent(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    at(
        scene,
        format!(
            "line {} does not fit the indentation of the text block it belongs to",
            scene.number(line.start)
        ),
    )
    .help("indent the lines of the block alike, and leave no spaces on the empty lines before them")
}
