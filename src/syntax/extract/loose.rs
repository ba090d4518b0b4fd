//! Fences that are read otherwise than they look: TOML where it is not read, and closing fences
//! that are taken by their first three characters.

use super::lines::{Line, Lines, first_told, next_looks_like_metadata};
use super::shapes::{fix, is_unseen, text};
use super::{Block, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, RuleId, Severity};
use crate::text::{Span, named};

/// Front matter in TOML for a generator that does not read it.
pub(super) fn foreign(
    bytes: &[u8],
    complete: bool,
    first: Line,
    mut lines: Lines<'_>,
    rules: &FenceRules,
) -> Extraction {
    let looks = next_looks_like_metadata(bytes, first, Syntax::Toml);
    let close = lines.find(|line| line.text(bytes).trim_ascii_end() == b"+++");
    let (Some(close), true) = (close, looks) else {
        return if complete || (!looks && first_told(bytes, first).is_some()) {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    };
    let block = Block {
        syntax: Syntax::Toml,
        open: Span::from_usize(first.start, first.start + 3),
        content: Span::from_usize(first.next, close.start),
        close: Span::from_usize(close.start, close.start + 3),
    };
    let message = format!(
        "`+++` opens front matter in TOML, which {} does not read, so it {}",
        rules.generator, rules.when_missed
    );
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.open)
        .help("write it in YAML, between two lines `---`: `key: value` instead of `key = value`");
    Extraction::Broken(Box::new(diagnostic), Some(block))
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
