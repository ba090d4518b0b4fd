//! Lines that close front matter, or were meant to.

use super::file::File;
use super::lines::{Line, Lines, is_empty};
use super::metadata::is_key;
use super::near_fence::{NearFence, is_invisible, meant};
use super::opening::Opening;
use super::wording::{edit, excerpt, fix};
use super::{Block, CloseRule, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Edit, RuleId, Severity};
use crate::text::{SourceId, Span, named};

/// The closing fence, and what looks like one before it.
pub(super) struct Closing {
    pub block: Option<Block>,
    /// The first line that is nearly a fence.
    pub near: Option<Line>,
}

impl Closing {
    /// Looks for the line that closes front matter between fences.
    pub(super) fn of(file: &File<'_>, opening: Opening) -> Self {
        let mut lines = file.lines();
        if file.rules.closes(CloseRule::OnlyAfterContent) {
            lines.next();
        }
        let needs_break = file.rules.closes(CloseRule::OnlyBeforeLineBreak);
        let closes_at_start = !file.rules.closes(CloseRule::AtEndOfLine);
        let sign = opening.sign(file);
        let mut near = None;
        for line in lines {
            let text = line.text(file.bytes);
            // Nearly every line of front matter, and no fence nor what is nearly one.
            if closes_at_start && text.first().is_some_and(|first| begins_metadata(*first)) {
                continue;
            }
            if needs_break && !(line.has_break && ends_in_spaces(text)) {
                continue;
            }
            // A line that is cut off may go on.
            if (line.has_break || file.complete)
                && let Some(at) = closing_fence(file.rules, sign, text)
            {
                let start = line.start + at;
                let close = Span::from_usize(start, start + 3);
                let block = Some(opening.block(close));
                return Self { block, near };
            }
            // An indented line may be part of a block scalar.
            let may_be_near = opening.syntax == Syntax::Yaml && !text.starts_with(b" ");
            // Hugo reads metadata down to `...` and drops the text between it and the fence.
            let kind = || NearFence::of_closing(text, "---", file.rules);
            if near.is_none() && may_be_near && kind().is_some_and(|kind| kind != NearFence::Dots) {
                near = Some(line);
            }
        }
        Self { block: None, near }
    }
}

fn begins_metadata(first: u8) -> bool {
    first.is_ascii_alphanumeric() || matches!(first, b' ' | b'"' | b'\'')
}

/// Where in a line the fence is that closes what `sign` opens.
fn closing_fence(rules: &FenceRules, sign: &str, text: &[u8]) -> Option<usize> {
    let trimmed = text.trim_ascii_end();
    if trimmed == sign.as_bytes() {
        return Some(0);
    }
    let begins_so = |sign: &str| text.starts_with(sign.as_bytes());
    if sign == "---" && trimmed == b"..." && rules.closes(CloseRule::Dots)
        || begins_so(sign) && rules.closes(CloseRule::WithTrailingText)
        || (begins_so("---") || begins_so("+++")) && rules.closes(CloseRule::BySign)
    {
        return Some(0);
    }
    // What an editor made of a fence closes too, and leaves the rest of it to the parser.
    let ends_so = trimmed.ends_with(sign.as_bytes()) && rules.closes(CloseRule::AtEndOfLine);
    (ends_so && NearFence::of(text) != Some(NearFence::WrongCharacters))
        .then(|| trimmed.len() - sign.len())
}

/// Whether the fence that closes a block is not the one that opens it.
pub(super) fn is_of_other_sign(file: &File<'_>, opening: Opening, block: &Block) -> bool {
    file.rules.closes(CloseRule::BySign)
        && &file.bytes[block.close.range()] != opening.sign(file).as_bytes()
}

/// The finding about a block that is closed by the other fence, which the generator reads and
/// then does not find to take it out of the text.
pub(super) fn prints_all(file: &File<'_>, opening: Opening, block: &Block) -> Diagnostic {
    let sign = opening.sign(file);
    let fence = excerpt(&file.bytes[block.close.range()]);
    let message = format!(
        "`{fence}` closes the front matter that `{sign}` opens, so {} prints these lines as text too",
        file.rules.generator
    );
    let range = block.close.range();
    Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.close)
        .related(SourceId::PAGE, opening.fence, "opened here")
        .help(format!("write `{sign}` here"))
        .fix(fix(
            &format!("Write `{sign}`"),
            edit(range.start, range.end, sign),
            Applicability::Safe,
        ))
}

/// Whether a line has no other white space at its end than spaces and tabs: to Python, a form feed
/// is none.
fn ends_in_spaces(text: &[u8]) -> bool {
    let rest = &text[text.trim_ascii_end().len()..];
    rest.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// What follows a closing fence on its line, where the generator prints it.
pub(super) fn trailing_text<'a>(file: &File<'a>, block: &Block) -> Option<&'a [u8]> {
    let rest = file.rest_of_line(block.close.end);
    (block.syntax != Syntax::Json && !rest.is_empty()).then_some(rest)
}

/// The finding about text after a closing fence.
pub(super) fn prints_trailing_text(file: &File<'_>, block: &Block, rest: &[u8]) -> Diagnostic {
    let fence = excerpt(&file.bytes[block.close.range()]);
    let end = block.close.end as usize;
    let invisible = std::str::from_utf8(rest)
        .ok()
        .filter(|rest| rest.chars().all(|c| c == ' ' || is_invisible(c)))
        .and_then(|rest| rest.chars().find(|&c| is_invisible(c)));
    let printed = match invisible {
        Some(c) => format!("{} after it", named(c)),
        None => format!("the rest of the line, `{}`,", excerpt(rest)),
    };
    let message = format!(
        "{} takes `{fence}` for the end of the front matter and prints {printed} as text",
        file.rules.generator
    );
    let is_longer_fence = rest.iter().all(|&byte| byte == fence.as_bytes()[0]);
    let (help, fix) = match invisible.is_some() || is_longer_fence {
        true => (
            format!("write exactly `{fence}`"),
            fix(
                "Delete the rest of the line",
                edit(end, end + rest.len(), ""),
                Applicability::Safe,
            ),
        ),
        false => (
            format!("begin a new line after `{fence}`"),
            fix(
                "Begin a new line after the fence",
                edit(end, end, "\n"),
                Applicability::Unsafe,
            ),
        ),
    };
    Diagnostic::new(RuleId::MalformedFence, message)
        .severity(Severity::Warning)
        .at(Span::from_usize(end, end + rest.len()))
        .help(help)
        .fix(fix)
}

/// A block whose closing fence may belong to the text below, since the earlier line `near` is
/// nearly a fence and prose follows it.
pub(super) fn closed_too_late(
    file: &File<'_>,
    opening: Opening,
    block: Block,
    near: Line,
) -> Extraction {
    let above_close = &file.bytes[..block.content.end as usize];
    let is_prose = Lines::new(above_close, near.next)
        .map(|line| line.text(above_close))
        .find(|line| !is_empty(line))
        .is_some_and(|line| !is_key(line) && !line.starts_with(b" "));
    let was_meant = opening.has_metadata(file) && ends_metadata(file, opening, near);
    let sign = opening.sign(file);
    match NearFence::of_closing(near.text(file.bytes), sign, file.rules) {
        Some(kind) if is_prose && was_meant => {
            let consequence = format!(
                "{} takes what follows for front matter, down to line {}",
                file.rules.generator,
                file.number(block.close.start as usize)
            );
            nearly_closed(file, opening, near, kind, &consequence)
        }
        _ => Extraction::Found(block),
    }
}

/// Whether a line that is nearly a fence directly follows the metadata.
pub(super) fn ends_metadata(file: &File<'_>, opening: Opening, near: Line) -> bool {
    let last = opening.last_metadata(file);
    near.start <= last.next || is_empty(&file.bytes[last.next..near.start])
}

/// Front matter that ends with a line that is nearly a fence.
pub(super) fn nearly_closed(
    file: &File<'_>,
    opening: Opening,
    line: Line,
    kind: NearFence,
    consequence: &str,
) -> Extraction {
    let text = line.text(file.bytes);
    let fence = text.trim_ascii();
    let sign = meant(fence);
    let number = file.number(line.start);
    let start = line.start + text.len() - text.trim_ascii_start().len();
    let close = Span::from_usize(start, start + fence.len());
    let message = match kind.invisible() {
        Some((name, side)) => format!(
            "{name} {side} `{sign}` on line {number} keeps it from closing the front matter, so \
             {consequence}"
        ),
        None => format!(
            "`{}` on line {number} does not close the front matter, so {consequence}",
            excerpt(text.trim_ascii_end())
        ),
    };
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(close)
        .related(SourceId::PAGE, opening.fence, "opened here")
        .help(kind.help(fence, number))
        .fix(fix(
            &format!("Write `{sign}`"),
            rewrite(file, line, sign),
            match kind {
                // It may be meant as the first line of the text.
                NearFence::Rule => Applicability::Unsafe,
                _ => Applicability::Safe,
            },
        ));
    let block = Block {
        content: Span::from_usize(opening.content, line.start),
        ..opening.block(close)
    };
    Extraction::Broken(Box::new(finding), Some(block))
}

/// The edit that writes `sign` in place of a line that was meant to close front matter.
pub(super) fn rewrite(file: &File<'_>, line: Line, sign: &str) -> Edit {
    let needs_break = file.rules.closes(CloseRule::OnlyBeforeLineBreak) && !line.has_break;
    let line_break = match needs_break {
        true => file.line_break(),
        false => "",
    };
    edit(line.start, line.end, &format!("{sign}{line_break}"))
}
