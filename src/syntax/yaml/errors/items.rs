//! Items of block lists.

use super::indentation::{bad_indentation, columns};
use super::quote::{quote_value, replace};
use super::scene::{Scene, excerpt};
use super::{broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// Something other than an item, within a list.
pub(super) fn not_an_item(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let above = scene.previous(line);
    let same = above.filter(|above| above.is_item() && above.indent() == line.indent());
    let Some(above) = same else {
        return bad_indentation(scene);
    };
    let start = line.start + line.indent();
    let text = scene.slice(scene.trimmed(start..line.end()));
    let diagnostic = broken(
        scene,
        Span::from_usize(start, start + text.len()),
        "",
        format!(
            "line {} is not an item, but stands in line with the items of a list",
            scene.number(line.start)
        ),
    )
    .related(
        scene.source,
        Span::from_usize(above.start + above.indent(), above.end()),
        "an item of the list",
    );
    let key = scene.entry(above);
    if key.colon.is_some() && scene.entry(line).colon.is_some() {
        let column = key.key.start - above.start;
        return replace(
            diagnostic.help(format!(
                "where `{}` belongs to that item, indent it by {} like `{}`",
                excerpt(text),
                columns(column),
                scene.excerpt(key.key)
            )),
            scene,
            "Indent like the item above",
            line.start..start,
            " ".repeat(column),
            Applicability::Unsafe,
        );
    }
    let diagnostic = diagnostic.help(format!(
        "where it is one more item, write `- {}`",
        excerpt(text)
    ));
    replace(
        diagnostic,
        scene,
        "Make it an item of the list",
        start..start,
        "- ".to_owned(),
        Applicability::Unsafe,
    )
}

/// `key: - item`
pub(super) fn item_on_key_line(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let entry = scene.entry(line);
    let key = scene.slice(entry.key.clone());
    let span = Span::from_usize(scene.at, scene.at + 1);
    let item = scene.trimmed((scene.at + 1).min(line.end())..line.end());
    if entry.colon.is_none() || entry.value.start != scene.at {
        return broken(scene, span, "", "an item of a list cannot begin here")
            .help("begin a new line before `- `");
    }
    if item.is_empty() {
        let message = format!(
            "{} is a lone `-`, which YAML reads as an item of a list",
            value_of(key)
        );
        let diagnostic = broken(scene, span, "", message);
        return quote_value(diagnostic, scene, entry.value, Applicability::Safe);
    }
    let indent = line.indent() + 2;
    let diagnostic = broken(
        scene,
        span,
        "",
        format!(
            "an item of a list cannot stand on the line of its key `{}`",
            excerpt(key)
        ),
    )
    .help(format!(
        "put `- {}` on a line of its own below `{}:`, or quote it where `- ` is text",
        scene.excerpt(item),
        excerpt(key)
    ));
    replace(
        diagnostic,
        scene,
        "Begin a new line",
        entry.colon.map_or(scene.at, |colon| colon + 1)..scene.at,
        format!("\n{}", " ".repeat(indent)),
        Applicability::Unsafe,
    )
}
