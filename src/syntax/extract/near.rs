//! Front matter that its author meant and the generator does not read: what is said of it.

use super::language::{is_foreign, language, unknown};
use super::lines::{
    self, Line, Lines, blank, first_told, is_key, last_metadata, next_looks_like_metadata,
};
use super::loose;
use super::opening::Opening;
use super::shapes::{
    Near, edit_of, fix, inline_key, is_near_fence, line_break, meant, number, text,
};
use super::{Block, CloseRule, Extraction, FenceRules, OpenRule, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Fix, RuleId};
use crate::text::{SourceId, Span, named};

/// A good block after a byte order mark or blank lines.
pub(super) fn misplaced(
    bytes: &[u8],
    mark: usize,
    block: &Block,
    rules: &FenceRules,
) -> Diagnostic {
    let start = block.open.start as usize;
    let fence = block.open.len();
    let fence = text(&bytes[start..start + fence as usize]);
    let lines = memchr::memchr_iter(b'\n', &bytes[..start]).count();
    let consequence = format!("so {} {}", rules.generator, rules.when_missed);
    let has_mark = mark > 0 && !rules.opens(OpenRule::AfterByteOrderMark);
    let has_lines = lines > 0 && !rules.opens(OpenRule::AfterEmptyLines);
    let blank_lines = blank_lines(lines);
    let (message, help, title, from) = if has_mark && has_lines {
        (
            format!(
                "the front matter comes after a byte order mark and {}, {consequence}",
                &blank_lines[4..]
            ),
            format!(
                "delete {blank_lines} before `{fence}`, and save the file as UTF-8 without a byte order mark"
            ),
            "Delete what stands before the front matter",
            0,
        )
    } else if has_mark {
        (
            format!("the front matter comes after an invisible byte order mark, {consequence}"),
            format!(
                "save the file as UTF-8 without a byte order mark (the 3 bytes before `{fence}`)"
            ),
            "Delete the byte order mark",
            0,
        )
    } else {
        (
            format!(
                "the front matter begins on line {}, not on line 1, {consequence}",
                lines + 1
            ),
            format!("delete {blank_lines} before `{fence}`"),
            "Delete the blank lines",
            mark,
        )
    };
    let diagnostic = Diagnostic::new(RuleId::MisplacedFrontMatter, message);
    let diagnostic = if has_lines {
        let here = "the front matter begins here";
        diagnostic
            .at(Span::from_usize(mark, mark))
            .related(SourceId::PAGE, block.open, here)
    } else {
        diagnostic.at(block.open)
    };
    diagnostic.help(help).fix(fix(
        title,
        from,
        if has_lines { start } else { mark },
        "",
        Applicability::Safe,
    ))
}

fn blank_lines(lines: usize) -> String {
    match lines {
        1 => "the blank line".to_owned(),
        many => format!("the {many} blank lines"),
    }
}

/// What follows `---` on its line and is no metadata.
fn trailing(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"---")?.trim_ascii();
    let is_trailing = !rest.is_empty() && inline_key(line).is_none() && Near::of(line).is_none();
    is_trailing.then_some(rest)
}

/// What else is to be done where something stands before a fence that is wrong by itself.
pub(super) fn misplaced_too(
    bytes: &[u8],
    mark: usize,
    first: Line,
    rules: &FenceRules,
    mut finding: Box<Diagnostic>,
) -> Box<Diagnostic> {
    let lines = memchr::memchr_iter(b'\n', &bytes[..first.start]).count();
    let mut help = finding.help.take().unwrap_or_default();
    if lines > 0 && !rules.opens(OpenRule::AfterEmptyLines) {
        let place = number(bytes, first.start);
        help += &format!("; delete {} before line {place}", blank_lines(lines));
    }
    if mark > 0 && !rules.opens(OpenRule::AfterByteOrderMark) {
        help += "; save the file as UTF-8 without a byte order mark";
    }
    finding.help = Some(help);
    finding
}

/// A first line that is no fence, but perhaps nearly one.
pub(super) fn opening(
    bytes: &[u8],
    complete: bool,
    first: Line,
    lines: Lines<'_>,
    rules: &FenceRules,
) -> Extraction {
    let line = first.text(bytes);
    if line.trim_ascii_end() == b"+++" {
        return loose::foreign(bytes, complete, first, lines, rules);
    }
    if line.starts_with(b"{") {
        return loose::foreign_json(bytes, complete, first, rules);
    }
    let inline = inline_key(line);
    if inline.is_none()
        && let Some(language) = language(line, rules)
    {
        return match is_foreign(language, rules) {
            true => Extraction::Foreign,
            false => unknown(first.start + 3, language, line, rules),
        };
    }
    if let Some(rest) = trailing(line) {
        return loose::beside(bytes, complete, (first, rest), lines, rules);
    }
    let near = Near::of(line);
    let sign = meant(line);
    let syntax = if sign == "+++" {
        Syntax::Toml
    } else {
        Syntax::Yaml
    };
    if (inline.is_none() && near.is_none())
        || (syntax == Syntax::Toml && !rules.opens(OpenRule::Toml))
    {
        return Extraction::Absent;
    }
    if inline.is_none() && !next_looks_like_metadata(bytes, first, syntax) {
        return if complete || first_told(bytes, first).is_some() {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    }
    let mut close = None;
    for line in lines {
        let candidate = line.text(bytes);
        let dots = rules.closes(CloseRule::Dots) && sign == "---";
        let exact = candidate.trim_ascii_end() == sign.as_bytes()
            || (dots && candidate.trim_ascii_end() == b"...");
        let ends = line.has_break || complete;
        if ends && (exact || is_near_fence(candidate, sign)) {
            close = Some(line);
            break;
        }
    }
    let Some(close) = close else {
        let name = line.strip_prefix(b"---").map(<[u8]>::trim_ascii);
        if let Some(name) =
            name.filter(|_| complete && rules.opens(OpenRule::WithLanguage) && inline.is_some())
        {
            return unknown(first.start + 3, name, line, rules);
        }
        return match near {
            _ if !complete => Extraction::Incomplete,
            Some(near) => never_closed(bytes, first, near, rules),
            None => Extraction::Absent,
        };
    };
    let start = first.start + line.len() - line.trim_ascii_start().len();
    let fence = line.trim_ascii();
    let number_of_open = number(bytes, first.start);
    let content = inline.map_or(first.next, |at| first.start + at);
    let length = if inline.is_some() { 3 } else { fence.len() };
    let close_end = close.start + close.text(bytes).trim_ascii_end().len();
    let block = Block {
        syntax,
        open: Span::from_usize(start, start + length),
        content: Span::from_usize(content, close.start),
        close: Span::from_usize(close.start, close_end),
    };
    if inline.is_some()
        && rules.closes(CloseRule::WithTrailingText)
        && !rules.opens(OpenRule::WithLanguage)
    {
        return Extraction::Found(block);
    }
    let is_sign = fence.starts_with(b"-") || fence.starts_with(b"+");
    let consequence = if rules.opens(OpenRule::AtAnySign) && is_sign {
        rules.when_unclosed
    } else {
        rules.when_missed
    };
    let consequence = format!("so {} {consequence}", rules.generator);
    let write = format!("Write `{sign}`");
    let (message, title, edit) = match near {
        _ if inline.is_some() => (
            format!("`---` on line {number_of_open} does not stand alone, {consequence}"),
            "Begin a new line after the fence",
            edit_of(start + 3, content, line_break(bytes)),
        ),
        Some(Near::Indented(_)) => (
            format!("the opening `{sign}` is indented, {consequence}"),
            "Delete the blanks before the fence",
            edit_of(first.start, start, ""),
        ),
        Some(Near::Unseen(unseen, before)) => (
            format!(
                "{} stands {} the opening `{sign}`, {consequence}",
                named(unseen),
                if before { "before" } else { "after" }
            ),
            write.as_str(),
            edit_of(first.start, first.end, sign),
        ),
        _ => (
            format!(
                "`{}` does not open front matter, {consequence}",
                text(fence)
            ),
            write.as_str(),
            edit_of(first.start, first.end, sign),
        ),
    };
    let mut help = match near {
        Some(near) if inline.is_none() => near.help(fence, number_of_open),
        _ => format!(
            "begin a new line after `---`, before `{}`",
            text(&bytes[content..first.end])
        ),
    };
    let mut fix = Fix {
        title: title.to_owned(),
        edits: vec![edit],
        applicability: Applicability::Safe,
    };
    let mut diagnostic = Diagnostic::new(RuleId::MalformedFence, message).at(block.open);
    let closing = close.text(bytes);
    if let Some(wrong) = Near::of(closing) {
        let other = closing.trim_ascii();
        let shown = text(other);
        let closes =
            rules.closes(CloseRule::WithTrailingText) && closing.starts_with(sign.as_bytes());
        let label = if closes {
            format!("`{shown}` is not exactly `{sign}` either")
        } else {
            format!("`{shown}` does not close it either")
        };
        diagnostic = diagnostic.related(SourceId::PAGE, block.close, label);
        let near = near.filter(|_| inline.is_none());
        let line = number(bytes, close.start);
        help = Near::help_for_both(&help, near, wrong, other, line);
        fix.title = format!("Write `{sign}` in both places");
        let fence = closing_fence(bytes, sign, close, rules);
        fix.edits.push(edit_of(close.start, close.end, &fence));
    }
    let diagnostic = diagnostic.help(help).fix(fix);
    Extraction::Broken(Box::new(diagnostic), Some(block))
}

/// Metadata that no line closes, below a line that would be a fence without what nobody sees beside
/// it. Other lines that are nearly fences may well be rules across the page.
fn never_closed(bytes: &[u8], first: Line, near: Near, rules: &FenceRules) -> Extraction {
    let Near::Unseen(unseen, before) = near else {
        return Extraction::Absent;
    };
    let line = first.text(bytes);
    let (sign, fence) = (meant(line), line.trim_ascii());
    let message = format!(
        "{} stands {} the opening `{sign}`, and no line closes the front matter, so {} {}",
        named(unseen),
        if before { "before" } else { "after" },
        rules.generator,
        rules.when_missed
    );
    let help = format!(
        "{}, and write `{sign}` on a line of its own after the metadata",
        near.help(fence, number(bytes, first.start))
    );
    let start = first.start + line.len() - line.trim_ascii_start().len();
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(start, start + fence.len()))
        .help(help);
    Extraction::Broken(Box::new(diagnostic), None)
}

/// A block whose closing fence may be one of the body's, since an earlier line is nearly a fence
/// and what follows it is prose.
pub(super) fn early_close(
    bytes: &[u8],
    opening: Opening,
    block: Block,
    near: Line,
    rules: &FenceRules,
) -> Extraction {
    let content = block.content.range();
    let prose = Lines::new(&bytes[..content.end], near.next)
        .map(|line| line.text(bytes))
        .find(|line| !blank(line))
        .is_some_and(|line| !is_key(line) && !line.starts_with(b" "));
    let is_meant = next_looks_like_metadata(bytes, opening.line, opening.syntax)
        && ends_metadata(bytes, opening, near);
    if prose
        && is_meant
        && let Some(shape) = Near::of(near.text(bytes))
    {
        let consequence = format!(
            "{} takes what follows for front matter, down to line {}",
            rules.generator,
            number(bytes, block.close.start as usize)
        );
        closing(bytes, opening, (shape, near), rules, &consequence)
    } else {
        Extraction::Found(block)
    }
}

/// A sign at the beginning of a page without front matter, where the generator reads no further.
pub(super) fn bare_sign(bytes: &[u8], first: Line, rules: &FenceRules) -> Extraction {
    if let Some(at) = lines::nearly_json(bytes, first.start) {
        let message = format!(
            "{} takes `{{` for the beginning of front matter in JSON, whose keys stand in double \
             quotes, so it {}",
            rules.generator, rules.when_unclosed
        );
        let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
            .at(Span::from_usize(at, at + 1))
            .help("write `\"key\": value`, with double quotes around all texts and no comments");
        return Extraction::Broken(Box::new(diagnostic), None);
    }
    let sign = text(&bytes[first.start..first.start + 1]);
    let message = format!(
        "the page begins with `{sign}`, which {} takes for the beginning of front matter, so it {}",
        rules.generator, rules.when_unclosed
    );
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(first.start, first.start + 1))
        .help("write front matter above it, between two lines `---`");
    Extraction::Broken(Box::new(diagnostic), None)
}

/// Whether a line that is nearly a fence directly follows the metadata.
pub(super) fn ends_metadata(bytes: &[u8], opening: Opening, near: Line) -> bool {
    let last = last_metadata(bytes, opening.line, opening.syntax);
    near.start <= last.next || blank(&bytes[last.next..near.start])
}

/// What to write in place of a line that was meant to close the front matter.
fn closing_fence(bytes: &[u8], fence: &str, line: Line, rules: &FenceRules) -> String {
    let line_break = match rules.closes(CloseRule::OnlyBeforeLineBreak) && !line.has_break {
        true => line_break(bytes),
        false => "",
    };
    format!("{fence}{line_break}")
}

/// A line that was meant to close the front matter.
pub(super) fn closing(
    bytes: &[u8],
    opening: Opening,
    (near, line): (Near, Line),
    rules: &FenceRules,
    consequence: &str,
) -> Extraction {
    let shown = line.text(bytes);
    let fence = shown.trim_ascii();
    let sign = meant(fence);
    let number = number(bytes, line.start);
    let start = line.start + shown.len() - shown.trim_ascii_start().len();
    let span = Span::from_usize(start, start + fence.len());
    let message = match near {
        Near::Unseen(unseen, before) => format!(
            "{} {} `{sign}` on line {number} keeps it from closing the front matter, so {consequence}",
            named(unseen),
            if before { "before" } else { "after" }
        ),
        _ => format!(
            "`{}` on line {number} does not close the front matter, so {consequence}",
            text(shown.trim_ascii_end())
        ),
    };
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(span)
        .related(SourceId::PAGE, opening.fence, "opened here")
        .help(near.help(fence, number))
        .fix(fix(
            &format!("Write `{sign}`"),
            line.start,
            line.end,
            &closing_fence(bytes, sign, line, rules),
            Applicability::Safe,
        ));
    let block = Block {
        syntax: opening.syntax,
        open: opening.fence,
        content: Span::from_usize(opening.content, line.start),
        close: span,
    };
    Extraction::Broken(Box::new(diagnostic), Some(block))
}
