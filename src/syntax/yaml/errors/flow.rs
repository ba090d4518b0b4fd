//! Lists and mappings in brackets.

use super::quote::{quote_value, replace};
use super::scene::{Scene, excerpt};
use super::{at, broken, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// Something that cannot stand between brackets.
pub(super) fn unexpected(scene: &Scene<'_>) -> Diagnostic {
    let Some(open) = scene.open_bracket(scene.at) else {
        return at(scene, "this cannot stand between brackets");
    };
    let bracket = scene.slice(open..open + 1);
    let line = scene.line(scene.at);
    let opening = scene.line(open);
    if line.start > opening.start
        && scene.entry(line).colon.is_some()
        && line.indent() <= opening.indent()
    {
        return unclosed(scene, open);
    }
    let (what, close) = if bracket == "[" {
        ("list", "]")
    } else {
        ("mapping", "}")
    };
    let rest = scene.trimmed(scene.at..line.end());
    if rest.is_empty() {
        return unclosed(scene, open);
    }
    let message = match scene.character(scene.at) {
        Some(':') => format!("`:` cannot stand here in the {what} that begins with `{bracket}`"),
        _ => format!(
            "a comma or `{close}` is missing before `{}`",
            scene.excerpt(rest.clone())
        ),
    };
    broken(scene, scene.character_span(scene.at), "", message)
        .related(
            scene.source,
            Span::from_usize(open, open + 1),
            format!("the {what} begins here"),
        )
        .help(format!(
            "separate the items with `,`, and quote one that holds `{}`",
            scene.character(scene.at).unwrap_or(',')
        ))
}

/// A bracket that never closes.
pub(super) fn unclosed(scene: &Scene<'_>, open: usize) -> Diagnostic {
    let line = scene.line(open);
    let entry = scene.entry(line);
    let bracket = scene.slice(open..(open + 1).min(scene.text.len()));
    let close = if bracket == "{" { "}" } else { "]" };
    let key = if entry.value.start == open {
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let value = scene.trimmed(open..line.end());
    let text = scene.slice(value.clone());
    let end = value.start + text.trim_end_matches(',').len();
    let diagnostic = broken(
        scene,
        Span::from_usize(open, open + 1),
        "opened here",
        if key.is_empty() {
            format!("this `{bracket}` is never closed")
        } else {
            format!(
                "{} begins with `{bracket}` and is never closed",
                value_of(key)
            )
        },
    );
    if text == bracket {
        return diagnostic.help(format!("put `{close}` after the last item"));
    }
    let diagnostic = diagnostic.help(format!(
        "where line {} is all of it, close it there: `{}{close}`",
        scene.number(open),
        excerpt(scene.slice(open..end))
    ));
    replace(
        diagnostic,
        scene,
        "Close the bracket",
        end..value.end,
        close.to_owned(),
        Applicability::Unsafe,
    )
}

/// A closing bracket without an opening one.
pub(super) fn closes_nothing(scene: &Scene<'_>) -> Diagnostic {
    let bracket = scene.character(scene.at).unwrap_or(']');
    let entry = scene.entry(scene.line(scene.at));
    let key = scene.slice(entry.key.clone());
    if entry.value.start == scene.at {
        let message = format!(
            "{} cannot begin with `{bracket}` unless it is quoted",
            value_of(key)
        );
        let diagnostic = broken(scene, scene.character_span(scene.at), "", message);
        return quote_value(diagnostic, scene, entry.value, Applicability::Unsafe);
    }
    let diagnostic = at(
        scene,
        format!("this `{bracket}` closes nothing: every bracket before it is closed already"),
    )
    .help(format!("delete this `{bracket}`"));
    let end = scene.at + 1;
    replace(
        diagnostic,
        scene,
        "Delete the bracket",
        scene.at..end,
        String::new(),
        Applicability::Unsafe,
    )
}

/// `[1, 2}`; the parser gives up at the opening bracket.
pub(super) fn mismatched(scene: &Scene<'_>, open: char, close: char) -> Diagnostic {
    let wanted = if open == '[' { ']' } else { '}' };
    let line = scene.line(scene.at);
    let to = scene
        .slice(scene.at..scene.text.len())
        .find(close)
        .map(|found| scene.at + found);
    let closing = to
        .into_iter()
        .flat_map(|from| {
            scene
                .slice(from..scene.text.len())
                .match_indices(close)
                .map(move |(n, _)| from + n)
        })
        .find(|&found| scene.open_bracket(found) == Some(scene.at));
    let opened = Span::from_usize(scene.at, scene.at + 1);
    let Some(closing) = closing else {
        return broken(
            scene,
            opened,
            "opened here",
            format!("this `{open}` is closed by `{close}`"),
        )
        .help(format!("close it with `{wanted}`"));
    };
    let diagnostic = broken(
        scene,
        Span::from_usize(closing, closing + 1),
        "",
        format!(
            "`{open}` on line {} is closed by `{close}`",
            scene.number(line.start)
        ),
    )
    .related(scene.source, opened, "opened here")
    .help(format!("write `{wanted}`"));
    replace(
        diagnostic,
        scene,
        "Close with the bracket that fits",
        closing..closing + 1,
        wanted.to_string(),
        Applicability::Unsafe,
    )
}

/// `[ - b ]`
pub(super) fn dash(scene: &Scene<'_>) -> Diagnostic {
    let blanks = scene.slice(scene.at + 1..scene.text.len()).len()
        - scene
            .slice(scene.at + 1..scene.text.len())
            .trim_start_matches(' ')
            .len();
    let diagnostic = at(scene, "`-` cannot begin an item of a list in brackets")
        .help("delete the `-`: the items are separated by commas");
    let end = scene.at + 1 + blanks;
    replace(
        diagnostic,
        scene,
        "Delete the dash",
        scene.at..end,
        String::new(),
        Applicability::Unsafe,
    )
}

/// `{a:[b]}`
pub(super) fn colon_without_blank(scene: &Scene<'_>) -> Diagnostic {
    let diagnostic = at(scene, "the colon must be followed by a space").help("write `: ` here");
    let after = scene.at + 1;
    replace(
        diagnostic,
        scene,
        "Put a space after the colon",
        after..after,
        " ".to_owned(),
        Applicability::Safe,
    )
}
