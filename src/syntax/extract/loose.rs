//! Fences that are read otherwise than they look: TOML and JSON where they are not read, opening
//! fences with something beside them, and closing fences that are taken by their first three
//! characters.

use super::lines::{self, Line, Lines, first_told, next_looks_like_metadata};
use super::shapes::{fix, is_unseen, line_break, text};
use super::{Block, CloseRule, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, RuleId, Severity};
use crate::syntax::printable::first_unprintable;
use crate::text::{Span, code, named};

/// Front matter in TOML for a generator that does not read it, or what else stands between `+++`.
pub(super) fn foreign(
    bytes: &[u8],
    complete: bool,
    first: Line,
    mut lines: Lines<'_>,
    rules: &FenceRules,
) -> Extraction {
    let mut likely = [Syntax::Toml, Syntax::Yaml].into_iter();
    let syntax = likely.find(|&syntax| next_looks_like_metadata(bytes, first, syntax));
    let close = lines.find(|line| line.text(bytes).trim_ascii_end() == b"+++");
    let (Some(close), Some(syntax)) = (close, syntax) else {
        return without_end(bytes, complete, first, syntax.is_some());
    };
    let block = block(syntax, first, close);
    let (message, help) = if syntax == Syntax::Toml {
        (
            format!(
                "`+++` opens front matter in TOML, which {} does not read, so it {}",
                rules.generator, rules.when_missed
            ),
            "write it in YAML, between two lines `---`: `key: value` instead of `key = value`",
        )
    } else {
        (
            format!(
                "`+++` does not open front matter, so {} {}",
                rules.generator, rules.when_missed
            ),
            "write `---` in place of both lines `+++`",
        )
    };
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.open)
        .help(help);
    Extraction::Broken(Box::new(diagnostic), Some(block))
}

/// Front matter in JSON for a generator that does not read it.
pub(super) fn foreign_json(
    bytes: &[u8],
    complete: bool,
    first: Line,
    rules: &FenceRules,
) -> Extraction {
    let object = &bytes[first.start..];
    if !complete && lines::json_may_begin(object) {
        return Extraction::Incomplete;
    }
    if !lines::json_begins(object) {
        return Extraction::Absent;
    }
    let Some(block) = lines::json(bytes, first.start) else {
        return if complete {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    };
    if ragged_rest(bytes, &block).is_empty() {
        let message = format!(
            "`{{` opens front matter in JSON, which {} does not read, so it {}",
            rules.generator, rules.when_missed
        );
        let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
            .at(block.open)
            .help("put it between two lines `---`: what is JSON is YAML, too");
        return Extraction::Broken(Box::new(diagnostic), Some(block));
    }
    Extraction::Absent
}

/// Front matter whose opening fence does not stand alone, for a generator that takes nothing beside
/// it. `beside` is what follows it.
pub(super) fn beside(
    bytes: &[u8],
    complete: bool,
    (first, beside): (Line, &[u8]),
    mut lines: Lines<'_>,
    rules: &FenceRules,
) -> Extraction {
    let below = bytes[first.next..].trim_ascii_start();
    let looks = next_looks_like_metadata(bytes, first, Syntax::Yaml)
        || lines::json_begins(below)
        || (!complete && lines::json_may_begin(below));
    let close = lines.find(|line| {
        let text = line.text(bytes).trim_ascii_end();
        text == b"---" || (rules.closes(CloseRule::Dots) && text == b"...")
    });
    let (Some(close), true) = (close, looks) else {
        return without_end(bytes, complete, first, looks);
    };
    let block = block(Syntax::Yaml, first, close);
    let end = first.start + first.text(bytes).trim_ascii_end().len();
    let start = end - beside.len();
    let message = format!(
        "{} beside `---` keeps it from opening the front matter, so {} {}",
        code(&text(beside)),
        rules.generator,
        rules.when_missed
    );
    let diagnostic =
        Diagnostic::new(RuleId::MalformedFence, message).at(Span::from_usize(start, end));
    let opened = block.open.end as usize;
    let diagnostic = if beside.starts_with(b"#") {
        let title = "Begin a new line after the fence";
        let break_line = fix(title, opened, start, line_break(bytes), Applicability::Safe);
        let mut diagnostic = diagnostic.help("begin a new line after `---`");
        // Within the front matter, a comment is held to what YAML allows.
        diagnostic.fix = first_unprintable(beside).is_none().then_some(break_line);
        diagnostic
    } else {
        let title = "Delete the rest of the line";
        diagnostic.help("write `---` alone on its line").fix(fix(
            title,
            opened,
            end,
            "",
            Applicability::Unsafe,
        ))
    };
    Extraction::Broken(Box::new(diagnostic), Some(block))
}

/// What is between two lines of which the first begins with a fence and the other is one.
fn block(syntax: Syntax, open: Line, close: Line) -> Block {
    Block {
        syntax,
        open: Span::from_usize(open.start, open.start + 3),
        content: Span::from_usize(open.next, close.start),
        close: Span::from_usize(close.start, close.start + 3),
    }
}

/// No front matter, unless its end is not among these bytes yet.
fn without_end(bytes: &[u8], complete: bool, first: Line, looks: bool) -> Extraction {
    if complete || (!looks && first_told(bytes, first).is_some()) {
        Extraction::Absent
    } else {
        Extraction::Incomplete
    }
}

/// Whether something follows the closing fence on its line.
pub(super) fn is_ragged(bytes: &[u8], block: &Block) -> bool {
    block.syntax != Syntax::Json && !ragged_rest(bytes, block).is_empty()
}

fn ragged_rest<'b>(bytes: &'b [u8], block: &Block) -> &'b [u8] {
    let mut lines = Lines::new(bytes, block.close.end as usize);
    lines
        .next()
        .map_or(&[], |line| line.text(bytes).trim_ascii_end())
}

/// A closing fence that the generator takes by its first three characters.
pub(super) fn ragged(bytes: &[u8], block: &Block, rules: &FenceRules) -> Diagnostic {
    let rest = ragged_rest(bytes, block);
    let fence = text(&bytes[block.close.range()]);
    let end = block.close.end as usize;
    let message = format!(
        "{} takes `{fence}` for the end of the front matter and prints the rest of the line, `{}`, \
         as text",
        rules.generator,
        text(rest)
    );
    let unseen = std::str::from_utf8(rest).ok();
    let unseen = unseen.filter(|rest| rest.chars().all(|c| c == ' ' || is_unseen(c)));
    let unseen = unseen.and_then(|rest| rest.chars().find(|&c| is_unseen(c)));
    let message = match unseen {
        Some(c) => format!(
            "{} takes `{fence}` for the end of the front matter and prints {} after it as text",
            rules.generator,
            named(c)
        ),
        None => message,
    };
    let (help, fix) = if unseen.is_some() || rest.iter().all(|byte| *byte == fence.as_bytes()[0]) {
        let fix = fix(
            "Delete the rest of the line",
            end,
            end + rest.len(),
            "",
            Applicability::Safe,
        );
        (format!("write exactly `{fence}`"), fix)
    } else {
        let fix = fix(
            "Begin a new line after the fence",
            end,
            end,
            "\n",
            Applicability::Unsafe,
        );
        (format!("begin a new line after `{fence}`"), fix)
    };
    Diagnostic::new(RuleId::MalformedFence, message)
        .severity(Severity::Warning)
        .at(Span::from_usize(end, end + rest.len()))
        .help(help)
        .fix(fix)
}
