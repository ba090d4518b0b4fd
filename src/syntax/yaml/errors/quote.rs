//! Values written with quotes, and the fixes that write them so.

use std::ops::Range;

use granit_parser::Parser;

use super::scene::{BLANKS, Scene, excerpt};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::Span;

/// A text in quotes that read back as the same text: double ones where nothing must be escaped.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if text.contains('\'') {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("'{text}'")
    }
}

/// Says to quote a value, and attaches the fix where it mends the error.
pub(super) fn quote_value(
    diagnostic: Diagnostic,
    scene: &Scene<'_>,
    value: Range<usize>,
    applicability: Applicability,
) -> Diagnostic {
    let whole = with_continuation(scene, &value);
    let applicability = if whole == value {
        applicability
    } else {
        Applicability::Unsafe
    };
    let value = whole;
    let text = scene.slice(value.clone());
    let content = quoted(text);
    let entry = scene.entry(scene.line(value.start));
    let shown = match entry.colon {
        Some(_) if entry.value.start == value.start => {
            format!("{}: {}", scene.slice(entry.key), shortened(text))
        }
        _ => shortened(text),
    };
    let diagnostic = diagnostic.help(format!("quote the value: `{shown}`"));
    replace(
        diagnostic,
        scene,
        "Quote the value",
        value,
        content,
        applicability,
    )
}

/// An unquoted value with the deeper lines below it that go on with it.
fn with_continuation(scene: &Scene<'_>, value: &Range<usize>) -> Range<usize> {
    let mut line = scene.line(value.start);
    let mut end = value.end;
    let entry = scene.entry(line);
    if entry.colon.is_none() || entry.value != *value {
        return value.clone();
    }
    let column = entry.key.start - line.start;
    while let Some(next) = scene.next(line) {
        if next.is_blank() || next.indent() <= column {
            break;
        }
        end = next.start + next.text.trim_end_matches(BLANKS).len();
        line = next;
    }
    value.start..end
}

/// The quoted text, cut to a length that fits a help line.
fn shortened(text: &str) -> String {
    quoted(&excerpt(text))
}

/// Attaches a replacement as a fix, if the content then parses further than it does now.
pub(super) fn replace(
    diagnostic: Diagnostic,
    scene: &Scene<'_>,
    title: &str,
    range: Range<usize>,
    content: String,
    applicability: Applicability,
) -> Diagnostic {
    if !improves(scene, &range, &content) {
        return diagnostic;
    }
    diagnostic.fix(Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            source: scene.source,
            span: Span::from_usize(range.start, range.end),
            content,
        }],
        applicability,
    })
}

fn improves(scene: &Scene<'_>, range: &Range<usize>, content: &str) -> bool {
    let (Some(before), Some(after)) = (
        scene.text.get(scene.start..range.start),
        scene.text.get(range.end..),
    ) else {
        return false;
    };
    let mended = [before, content, after].concat();
    let mut options = super::super::granit_options(scene.dialect);
    options.set_emit_comments(false);
    let edited = before.len() + content.len();
    let given_up = (scene.at + content.len()).saturating_sub(scene.start + range.len());
    Parser::new_from_str_with_options(&mended, options)
        .find_map(Result::err)
        .is_none_or(|error| {
            let at = error.marker().byte_offset().unwrap_or(0);
            at > edited && at > given_up
        })
}
