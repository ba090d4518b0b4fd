//! Front matter that its author meant and the generator does not read: what is said of it.

use super::language::{is_foreign, language, unknown};
use super::lines::{
    Line, Lines, blank, first_told, is_key, last_metadata, next_looks_like_metadata,
};
use super::loose;
use super::shapes::{
    count, edit_of, fix, inline_key, is_near_fence, line_break, number, text, what_it_is,
};
use super::{Block, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Fix, RuleId};
use crate::text::{SourceId, Span};

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
    let has_mark = mark > 0 && !rules.byte_order_mark;
    let has_lines = lines > 0 && !rules.blank_lines_before;
    let blank_lines = match lines {
        1 => "the blank line".to_owned(),
        many => format!("the {many} blank lines"),
    };
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
    let inline = inline_key(line);
    if inline.is_none()
        && let Some(language) = language(line, rules)
    {
        return match is_foreign(language, rules) {
            true => Extraction::Foreign,
            false => unknown(first.start + 3, language, line, rules),
        };
    }
    if inline.is_none() && !is_near_fence(line) {
        return Extraction::Absent;
    }
    if inline.is_none() && !next_looks_like_metadata(bytes, first, None) {
        return if complete || first_told(bytes, first).is_some() {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    }
    let mut close = None;
    for line in lines {
        let candidate = line.text(bytes);
        let exact = candidate.trim_ascii_end() == b"---"
            || (rules.dots_close && candidate.trim_ascii_end() == b"...");
        let ends = line.has_break || complete;
        if ends && (exact || is_near_fence(candidate)) {
            close = Some(line);
            break;
        }
    }
    let Some(close) = close else {
        let name = line.strip_prefix(b"---").map(<[u8]>::trim_ascii);
        if let Some(name) =
            name.filter(|_| complete && rules.language_after_open && inline.is_some())
        {
            return unknown(first.start + 3, name, line, rules);
        }
        return if complete {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    };
    let blanks = line.len() - line.trim_ascii_start().len();
    let start = first.start + blanks;
    let fence = line.trim_ascii();
    let number = number(bytes, first.start);
    let content = inline.map_or(first.next, |at| first.start + at);
    let block = Block {
        syntax: Syntax::Yaml,
        open: Span::from_usize(
            start,
            if inline.is_some() {
                start + 3
            } else {
                start + fence.len()
            },
        ),
        content: Span::from_usize(content, close.start),
        close: Span::from_usize(
            close.start,
            close.start + close.text(bytes).trim_ascii_end().len(),
        ),
    };
    if inline.is_some() && rules.closed_by_prefix && !rules.language_after_open {
        return Extraction::Found(block);
    }
    let consequence = format!("so {} {}", rules.generator, rules.when_missed);
    let (message, help, title, edit) = if inline.is_some() {
        (
            format!("`---` on line {number} does not stand alone, {consequence}"),
            format!(
                "begin a new line after `---`, before `{}`",
                text(&bytes[content..first.end])
            ),
            "Begin a new line after the fence",
            fix(
                "",
                start + 3,
                content,
                line_break(bytes),
                Applicability::Safe,
            ),
        )
    } else if blanks > 0 && fence == b"---" {
        (
            format!("the opening `---` is indented, {consequence}"),
            format!("delete the {} before `---`", count(blanks, "blank")),
            "Delete the blanks before the fence",
            fix("", first.start, start, "", Applicability::Safe),
        )
    } else {
        (
            format!(
                "`{}` does not open front matter, {consequence}",
                text(fence)
            ),
            format!(
                "write exactly three hyphens, `---`, on line {number}; {}",
                what_it_is(fence)
            ),
            "Write `---`",
            fix("", first.start, first.end, "---", Applicability::Safe),
        )
    };
    let mut diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.open)
        .help(help)
        .fix(Fix {
            title: title.to_owned(),
            ..edit
        });
    let closing = close.text(bytes);
    if is_near_fence(closing) {
        diagnostic = diagnostic.related(
            SourceId::PAGE,
            block.close,
            format!("`{}` does not close it either", text(closing.trim_ascii())),
        );
        if let Some(fix) = &mut diagnostic.fix {
            fix.title = "Write `---` in both places".to_owned();
            let fence = closing_fence(bytes, close, rules);
            fix.edits.push(edit_of(close.start, close.end, &fence));
        }
    }
    Extraction::Broken(Box::new(diagnostic), Some(block))
}

/// A block whose closing fence may be one of the body's, since an earlier line is nearly a fence
/// and what follows it is prose.
pub(super) fn early_close(bytes: &[u8], block: Block, rules: &FenceRules) -> Extraction {
    if block.syntax != Syntax::Yaml {
        return Extraction::Found(block);
    }
    let content = block.content.range();
    let near = Lines::new(&bytes[..content.end], content.start)
        .find(|line| is_near_fence(line.text(bytes)) && !line.text(bytes).starts_with(b" "));
    let Some(near) = near else {
        return Extraction::Found(block);
    };
    let prose = Lines::new(&bytes[..content.end], near.next)
        .map(|line| line.text(bytes))
        .find(|line| !blank(line))
        .is_some_and(|line| !is_key(line) && !line.starts_with(b" "));
    let meant = Lines::new(bytes, block.open.start as usize)
        .next()
        .is_some_and(|open| {
            next_looks_like_metadata(bytes, open, None) && ends_metadata(bytes, open, near)
        });
    if prose && meant {
        let consequence = format!(
            "{} takes what follows for front matter, down to line {}",
            rules.generator,
            number(bytes, block.close.start as usize)
        );
        closing(
            bytes,
            (block.open, content.start),
            near,
            rules,
            &consequence,
        )
    } else {
        Extraction::Found(block)
    }
}

/// A sign at the beginning of a page without front matter, where the generator reads no further.
pub(super) fn bare_sign(bytes: &[u8], first: Line, rules: &FenceRules) -> Extraction {
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
pub(super) fn ends_metadata(bytes: &[u8], first: Line, near: Line) -> bool {
    let last = last_metadata(bytes, first);
    near.start <= last.next || blank(&bytes[last.next..near.start])
}

/// What to write in place of a line that was meant to close the front matter.
fn closing_fence(bytes: &[u8], line: Line, rules: &FenceRules) -> String {
    let line_break = match rules.break_after_close && !line.has_break {
        true => line_break(bytes),
        false => "",
    };
    format!("---{line_break}")
}

/// A line that was meant to close the front matter.
pub(super) fn closing(
    bytes: &[u8],
    (open, content): (Span, usize),
    near: Line,
    rules: &FenceRules,
    consequence: &str,
) -> Extraction {
    let line = near.text(bytes);
    let fence = line.trim_ascii();
    let blanks = line.len() - line.trim_ascii_start().len();
    let number = number(bytes, near.start);
    let start = near.start + blanks;
    let span = Span::from_usize(start, start + fence.len());
    let help = if fence == b"---" {
        format!(
            "delete the {} before `---` on line {number}",
            count(blanks, "blank")
        )
    } else {
        format!(
            "write exactly three hyphens, `---`, on line {number}; {}",
            what_it_is(fence)
        )
    };
    let message = format!(
        "`{}` on line {number} does not close the front matter, so {consequence}",
        text(line.trim_ascii_end())
    );
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(span)
        .related(SourceId::PAGE, open, "opened here")
        .help(help)
        .fix(fix(
            "Write `---`",
            near.start,
            near.end,
            &closing_fence(bytes, near, rules),
            Applicability::Safe,
        ));
    let block = Block {
        syntax: Syntax::Yaml,
        open,
        content: Span::from_usize(content, near.start),
        close: span,
    };
    Extraction::Broken(Box::new(diagnostic), Some(block))
}
