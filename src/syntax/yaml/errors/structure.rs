//! What parses as YAML and is no front matter: documents, roots, keys, aliases, duplicates.

use std::ops::Range;

use super::super::super::Block;
use super::super::{MAX_DEPTH, MAX_EXPANDED};
use super::quote::{quote_value, replace};
use super::scene::{BLANKS, Scene, excerpt};
use super::{broken, indentation, value_of};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::dialect::Dialect;
use crate::text::{SourceId, Span};

/// A second document in one front matter.
pub(in super::super) fn second_document(scene: &Scene<'_>, range: Range<usize>) -> Diagnostic {
    let line = scene.line(range.start);
    let span = Span::from_usize(range.start, range.end.max(range.start));
    let number = scene.number(range.start);
    let mark = if line.text.starts_with("---") {
        "`---`"
    } else {
        "`...` above"
    };
    broken(
        scene,
        span,
        "",
        format!("{mark} begins a second document on line {number}, and only the first one is read"),
    )
    .help(format!(
        "delete what separates `{}` from the lines above",
        excerpt(line.text)
    ))
}

/// What follows a root that is finished.
pub(super) fn after_the_end(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let first = scene.line(scene.start);
    let first = if first.is_blank() {
        scene.next(first).unwrap_or(first)
    } else {
        first
    };
    let mut above = scene.previous(line);
    while let Some(before) = above.and_then(|above| scene.previous(above)) {
        above = Some(before);
    }
    let top = above.unwrap_or(first);
    if top.text.starts_with('%') {
        return super::tags::directive(scene, &granit_parser::ErrorKind::ExpectedDocumentStart);
    }
    if top.indent() > line.indent() && scene.entry(top).colon.is_some() {
        let diagnostic = broken(
            scene,
            Span::from_usize(top.start, top.start + top.indent()),
            "",
            format!(
                "line {} {}, but line {} {}",
                scene.number(top.start),
                indentation::indented(top.indent()),
                scene.number(line.start),
                indentation::indented(line.indent())
            ),
        )
        .related(
            scene.source,
            Span::from_usize(line.start + line.indent(), line.end()),
            "",
        )
        .help(indentation::indent_like(
            &excerpt(top.text.trim_matches(BLANKS)),
            line.indent(),
            scene.number(line.start),
        ));
        return replace(
            diagnostic,
            scene,
            "Indent the lines alike",
            top.start..top.start + top.indent(),
            " ".repeat(line.indent()),
            Applicability::Unsafe,
        );
    }
    let rest = scene.trimmed(scene.at..line.end());
    broken(
        scene,
        Span::from_usize(rest.start, rest.end),
        "",
        format!(
            "`{}` stands after the end of the front matter's data",
            scene.excerpt(rest)
        ),
    )
    .related(
        scene.source,
        Span::from_usize(top.start + top.indent(), top.end()),
        "the data begins here, and holds no keys that could go on",
    )
}

/// `... text`
pub(super) fn after_dots(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let rest = scene.trimmed(scene.at..line.end());
    broken(
        scene,
        Span::from_usize(rest.start, rest.end),
        "",
        format!(
            "`...` ends the data, and `{}` follows it",
            scene.excerpt(rest)
        ),
    )
}

/// Front matter that is text as a whole.
pub(in super::super) fn text_root(
    text: &str,
    block: Block,
    root: Span,
    source: SourceId,
) -> Box<Diagnostic> {
    let scene = Scene::new(text, block, source, Dialect::Core, root.start as usize);
    let line = scene.line(scene.at);
    let value = scene.trimmed(scene.at..line.end());
    let shown = scene.excerpt(value.clone());
    let span = Span::from_usize(value.start, value.end);
    let name_end = shown.find(':').filter(|&at| {
        let name = &shown[..at];
        !name.is_empty() && !name.contains(char::is_whitespace) && !shown[at..].starts_with("://")
    });
    if let Some(at) = name_end.filter(|_| !shown.starts_with(['"', '\''])) {
        let colon = value.start + at;
        let diagnostic = broken(
            &scene,
            Span::from_usize(colon, colon + 1),
            "",
            format!(
                "the colon after `{}` must be followed by a space",
                &shown[..at]
            ),
        )
        .help(format!("write `{}: {}`", &shown[..at], &shown[at + 1..]));
        return Box::new(replace(
            diagnostic,
            &scene,
            "Put a space after the colon",
            colon + 1..colon + 1,
            " ".to_owned(),
            Applicability::Safe,
        ));
    }
    let diagnostic = broken(
        &scene,
        span,
        "",
        format!("front matter is made of keys and values, and this is the text `{shown}`"),
    );
    Box::new(match shown.split_once('=') {
        Some((key, value))
            if !key.trim_matches(BLANKS).contains(' ') && !key.trim_matches(BLANKS).is_empty() =>
        {
            diagnostic.help(format!(
                "write `{}: {}`",
                key.trim_matches(BLANKS),
                value.trim_matches(BLANKS)
            ))
        }
        _ => diagnostic.help(format!("write its key before it: `key: {shown}`")),
    })
}

/// A list or a mapping as a key.
pub(in super::super) fn complex_key(scene: &Scene<'_>, span: Span, mapping: bool) -> Diagnostic {
    let what = if mapping { "a group of keys" } else { "a list" };
    let shown = scene.excerpt(span.range());
    let diagnostic = broken(
        scene,
        span,
        "",
        format!("a key must be text, and `{shown}` is {what}"),
    );
    if shown.contains('\n') || span.is_empty() {
        return diagnostic;
    }
    quote_value(diagnostic, scene, span.range(), Applicability::Unsafe)
}

/// `: value`
pub(in super::super) fn absent_key(scene: &Scene<'_>) -> Diagnostic {
    let line = scene.line(scene.at);
    let value = scene.trimmed((scene.at + 1).min(line.end())..line.end());
    let diagnostic = broken(
        scene,
        scene.character_span(scene.at),
        "",
        "the key before this colon is missing",
    );
    if value.is_empty() {
        diagnostic
    } else {
        diagnostic.help(format!(
            "name what `{}` is: `key: {}`",
            scene.excerpt(value.clone()),
            scene.excerpt(value)
        ))
    }
}

/// A key that is written more than once; the spans are in order.
pub(in super::super) fn duplicate_key(scene: &Scene<'_>, key: &str, spans: &[Span]) -> Diagnostic {
    /// Of a key written very often only the first few places are shown.
    const SHOWN: usize = 5;
    let [first, second, others @ ..] = spans else {
        return Diagnostic::new(RuleId::DuplicateKey, "a key is written twice");
    };
    let key = excerpt(key);
    let line = |span: &Span| scene.number(span.start as usize);
    let last = line(others.last().unwrap_or(second));
    let times = if others.is_empty() {
        format!("twice, on line {} and on line {last}", line(first))
    } else {
        format!("{} times, first on line {}", spans.len(), line(first))
    };
    let help = match scene.dialect {
        Dialect::Core => format!("keep one of them; where a parser takes both, line {last} wins"),
        dialect if dialect.refuses_duplicate_keys() => format!(
            "keep one of them; {} refuses a page with both",
            dialect.reader()
        ),
        dialect => format!(
            "keep one of them; {} takes the last one, on line {last}",
            dialect.reader()
        ),
    };
    let diagnostic = Diagnostic::new(
        RuleId::DuplicateKey,
        format!("the key `{key}` is written {times}"),
    )
    .at_source(scene.source, *second, "written again here")
    .related(scene.source, *first, "first written here")
    .help(help);
    others
        .iter()
        .take(SHOWN - 2)
        .fold(diagnostic, |diagnostic, &span| {
            diagnostic.related(scene.source, span, "and here")
        })
}

/// An alias without its anchor.
pub(in super::super) fn unknown_alias(scene: &Scene<'_>, range: Range<usize>) -> Diagnostic {
    let entry = scene.entry(scene.line(range.start));
    let span = Span::from_usize(range.start, range.end);
    let name = scene.slice(range.clone());
    let in_value = entry.value.start == range.start;
    let key = if in_value {
        scene.slice(entry.key.clone())
    } else {
        ""
    };
    let diagnostic = broken(
        scene,
        span,
        "",
        format!(
            "{} begins with `*`, which YAML reads as an alias, and there is no anchor `&{}`",
            value_of(key),
            name.trim_start_matches('*')
        ),
    );
    let before = scene.slice(scene.start..range.start);
    let mut lines = before.lines().map(str::trim_start);
    if lines.all(|line| line.is_empty() || line.starts_with('#')) {
        // In quotes it would be a text in place of all keys.
        return diagnostic.help("front matter is made of keys and values: write `key: value`");
    }
    // No one names an anchor `italic*`: that is Markdown.
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let applicability = if name.trim_start_matches('*').chars().all(is_name) {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    let value = if in_value { entry.value } else { range };
    quote_value(diagnostic, scene, value, applicability)
}

/// An alias within its own anchor.
pub(in super::super) fn alias_of_itself(scene: &Scene<'_>, span: Span) -> Diagnostic {
    let name = span.slice(scene.text);
    broken(
        scene,
        span,
        "",
        format!("`{name}` stands within its own anchor, so it would contain itself without end"),
    )
    .help(format!("write the value out in place of `{name}`"))
}

/// An alias that stands for too much.
pub(in super::super) fn alias_too_large(scene: &Scene<'_>, span: Span) -> Diagnostic {
    broken(
        scene,
        span,
        "",
        format!(
            "`{}` and the aliases before it stand for more than {MAX_EXPANDED} values",
            scene.excerpt(span.range())
        ),
    )
    .help("write the values out where they are needed")
}

/// Too many levels.
pub(in super::super) fn too_deep(scene: &Scene<'_>) -> Diagnostic {
    super::at(
        scene,
        format!("lists and mappings are nested more than {MAX_DEPTH} levels deep here"),
    )
}

/// A scalar that the dialect's parser gives up on.
pub(in super::super) fn unreadable(scene: &Scene<'_>, span: Span, reason: &str) -> Diagnostic {
    let diagnostic = broken(scene, span, "", reason);
    quote_value(diagnostic, scene, span.range(), Applicability::Unsafe)
}
