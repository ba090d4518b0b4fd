//! Lines whose indentation fits nothing, and how indentation is put into words.

use super::quote::replace;
use super::scene::{BLANKS, Line, Scene, excerpt};
use super::{broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A line whose indentation belongs to nothing above it.
pub(super) fn bad_indentation(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let number = scene.number(line.start);
    let start = line.start + line.indent();
    let indent = line.indent();
    let text = excerpt(line.text.trim_matches(BLANKS));
    let span = Span::from_usize(start, line.end());
    let Some(above) = scene.previous(line) else {
        return broken(
            scene,
            span,
            "",
            format!("`{text}` does not belong to what stands before it"),
        );
    };
    if line.is_item() && indent == above.indent() && !above.is_item() {
        let entry = scene.entry(above);
        return broken(
            scene,
            Span::from_usize(start, start + 1),
            "",
            format!(
                "this list has no key: `{}` has a value already",
                scene.excerpt(entry.key.clone())
            ),
        )
        .related(
            scene.source,
            Span::from_usize(entry.value.start, entry.value.end),
            "the value",
        )
        .help(format!(
            "where the list is the value of `{}`, delete `{}` on line {}",
            scene.excerpt(entry.key),
            scene.excerpt(entry.value),
            scene.number(above.start)
        ));
    }
    let entry = scene.entry(above);
    let finished = scene
        .slice(entry.value.clone())
        .starts_with(['"', '\'', '[', '{']);
    if scene.entry(line).colon.is_none() && !line.is_item() && finished {
        return broken(
            scene,
            span,
            "",
            format!(
                "line {number} goes on after the end of {}",
                value_of(scene.slice(entry.key))
            ),
        )
        .related(
            scene.source,
            Span::from_usize(entry.value.start, entry.value.end),
            "the value",
        )
        .help(format!(
            "move `{text}` into the value on line {}, or give it a key",
            scene.number(above.start)
        ));
    }
    let message = format!(
        "line {number} {}, which fits nothing above it; line {} {}",
        indented(indent),
        scene.number(above.start),
        indented(above.indent())
    );
    let diagnostic = broken(scene, span, "", message).related(
        scene.source,
        Span::from_usize(above.start + above.indent(), above.end()),
        "the line above",
    );
    match nearest_column(scene, line, above) {
        Some((column, number)) => replace(
            diagnostic.help(indent_like(&text, column, number)),
            scene,
            "Indent like the lines above",
            line.start..start,
            " ".repeat(column),
            Applicability::Unsafe,
        ),
        None => diagnostic,
    }
}

/// The column nearest to a line's own at which something of its kind stands above it, and the
/// number of that line; of two as near, the one on the nearer line.
fn nearest_column(scene: &Scene<'_>, line: Line<'_>, above: Line<'_>) -> Option<(usize, usize)> {
    let has_key = scene.entry(line).colon.is_some();
    let mut nearest: Option<(usize, usize)> = None;
    let mut candidate = Some(above);
    while let Some(found) = candidate {
        let entry = scene.entry(found);
        let column = if line.is_item() {
            found.is_item().then(|| found.indent())
        } else if has_key {
            let before = scene.bytes()[found.start..entry.key.start].last();
            let quote = usize::from(matches!(before, Some(b'"' | b'\'')));
            entry.colon.map(|_| entry.key.start - quote - found.start)
        } else {
            entry.colon.is_none().then(|| found.indent())
        };
        let distance = |column: usize| column.abs_diff(line.indent());
        let nearer = |&column: &usize| {
            let best = nearest.map_or(usize::MAX, |(best, _)| distance(best));
            (1..best).contains(&distance(column))
        };
        if let Some(column) = column.filter(nearer) {
            nearest = Some((column, scene.number(found.start)));
        }
        candidate = if found.indent() == 0 {
            None
        } else {
            scene.previous(found)
        };
    }
    nearest
}

/// "is indented by 2 spaces", "is not indented".
pub(super) fn indented(count: usize) -> String {
    if count == 0 {
        "is not indented".to_owned()
    } else {
        format!("is indented by {}", columns(count))
    }
}

/// "indent `b: 1` by 2 spaces like line 3"
pub(super) fn indent_like(text: &str, column: usize, line: usize) -> String {
    if column == 0 {
        format!("do not indent `{text}`: line {line} is not indented either")
    } else {
        format!("indent `{text}` by {} like line {line}", columns(column))
    }
}

/// "2 spaces", "1 space".
pub(super) fn columns(count: usize) -> String {
    match count {
        1 => "1 space".to_owned(),
        many => format!("{many} spaces"),
    }
}
