//! Front matter that is opened and never closed.

use super::lines::{Line, Lines, blank, last_metadata, next_looks_like_metadata};
use super::near::{closing, ends_metadata};
use super::opening::Opening;
use super::shapes::{Near, edit_of, fix, is_near_fence, line_break, number, text};
use super::{Block, CloseRule, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::text::{SourceId, Span};

/// What the generator reads of front matter that no line closes: all of the page, if there is
/// nothing but metadata.
fn unclosed_block(bytes: &[u8], opening: Opening, rules: &FenceRules) -> Option<Block> {
    let rest = bytes.get(opening.content..).unwrap_or_default();
    let last = last_metadata(bytes, opening.line, opening.syntax);
    let after_metadata = &bytes[last.next..];
    let is_metadata = match opening.syntax {
        Syntax::Json => rest.trim_ascii().ends_with(b"}"),
        _ => Lines::new(after_metadata, 0).all(|line| {
            let line = line.text(after_metadata);
            blank(line) || line.starts_with(b"#")
        }),
    };
    (rules.closes(CloseRule::AtEndOfFile) && is_metadata).then(|| Block {
        syntax: opening.syntax,
        open: opening.fence,
        content: Span::from_usize(opening.content.min(bytes.len()), bytes.len()),
        close: Span::from_usize(bytes.len(), bytes.len()),
    })
}

/// Front matter that no line closes.
pub(super) fn unclosed(
    bytes: &[u8],
    opening: Opening,
    rules: &FenceRules,
    consequence: &str,
) -> Extraction {
    let block = unclosed_block(bytes, opening, rules);
    let first = opening.line;
    let open = text(&bytes[opening.fence.range()]);
    let consequence = format!("{} {consequence}", rules.generator);
    let number_of_open = number(bytes, first.start);
    let message = format!(
        "the front matter opened with `{open}` on line {number_of_open} is never closed, so {consequence}"
    );
    let diagnostic = Diagnostic::new(RuleId::UnclosedFrontMatter, message)
        .at(opening.fence)
        .label("opened here");
    if opening.is_brace(bytes) {
        let help = "close every brace and every string: the object ends with the `}` that matches this `{`";
        return Extraction::Broken(Box::new(diagnostic.help(help)), None);
    }
    let fence = if open.starts_with("+++") {
        "+++"
    } else {
        "---"
    };
    let near = Lines::new(bytes, first.next).find(|line| is_near_fence(line.text(bytes), fence));
    if let Some(near) = near.filter(|&near| ends_metadata(bytes, opening, near))
        && let Some(shape) = Near::of(near.text(bytes))
    {
        return closing(bytes, opening, (shape, near), rules, &consequence);
    }
    let last_line = Lines::new(bytes, first.next).last();
    if let Some(line) =
        last_line.filter(|line| !line.has_break && rules.closes(CloseRule::OnlyBeforeLineBreak))
    {
        let shown = line.text(bytes).trim_ascii_end();
        if shown == fence.as_bytes() || (rules.closes(CloseRule::Dots) && shown == b"...") {
            return no_line_break(bytes, opening, line, &consequence);
        }
    }
    let last = last_metadata(bytes, first, opening.syntax);
    let line = number(bytes, last.start);
    if last.start == first.start {
        let help = if next_looks_like_metadata(bytes, first, opening.syntax) {
            format!("write `{fence}` on a line of its own after the metadata")
        } else {
            let rule = if rules.closes(CloseRule::OnlyByFence) && open == "---" {
                "; a rule across the page is `***` here"
            } else {
                ""
            };
            format!(
                "write the metadata below it, and `{fence}` on a line of its own after that{rule}"
            )
        };
        return Extraction::Broken(Box::new(diagnostic.help(help)), block);
    }
    if let Some((line, help, title, edit)) = fence_below(bytes, last, fence) {
        let fix = Fix {
            title: title.to_owned(),
            edits: vec![edit],
            applicability: Applicability::Unsafe,
        };
        let line = Span::from_usize(line.start, line.end);
        let diagnostic = diagnostic
            .related(SourceId::PAGE, line, "this line does not close it")
            .help(help)
            .fix(fix);
        return Extraction::Broken(Box::new(diagnostic), None);
    }
    let line_break = line_break(bytes);
    let before = if last.has_break { "" } else { line_break };
    let diagnostic = diagnostic
        .related(
            SourceId::PAGE,
            Span::from_usize(last.start, last.end),
            "the last line that looks like metadata",
        )
        .help(format!(
            "line {line}, `{}`, is the last that looks like metadata; add `{fence}` on line {}",
            text(last.text(bytes).trim_ascii()),
            line + 1
        ))
        .fix(fix(
            "Close the front matter",
            last.next,
            last.next,
            &format!("{before}{fence}{line_break}"),
            Applicability::Unsafe,
        ));
    Extraction::Broken(Box::new(diagnostic), block)
}

/// A closing fence at the very end of a file, where the generator wants a line break after it.
fn no_line_break(bytes: &[u8], opening: Opening, line: Line, consequence: &str) -> Extraction {
    let number = number(bytes, line.start);
    let shown = text(line.text(bytes).trim_ascii_end());
    let close = Span::from_usize(line.start, line.start + shown.len());
    let message = format!(
        "`{shown}` on line {number} ends the file without a line break and so does not close the \
         front matter: {consequence}"
    );
    let diagnostic = Diagnostic::new(RuleId::UnclosedFrontMatter, message)
        .at(close)
        .related(SourceId::PAGE, opening.fence, "opened here")
        .help(format!("end line {number} with a line break"))
        .fix(fix(
            "Write a line break after the fence",
            line.next,
            line.next,
            line_break(bytes),
            Applicability::Safe,
        ));
    let block = Block {
        syntax: opening.syntax,
        open: opening.fence,
        content: Span::from_usize(opening.content, line.start),
        close,
    };
    Extraction::Broken(Box::new(diagnostic), Some(block))
}

/// What to do about the line below the metadata where it holds a fence: that of another language, or
/// one with text after it.
fn fence_below(
    bytes: &[u8],
    last: Line,
    fence: &str,
) -> Option<(Line, String, &'static str, Edit)> {
    let line = Lines::new(bytes, last.next).find(|line| !blank(line.text(bytes)))?;
    let shown = line.text(bytes).trim_ascii_end();
    let number = number(bytes, line.start);
    let end = line.start + 3;
    if matches!(shown, b"---" | b"+++") && shown != fence.as_bytes() {
        let help = format!(
            "write `{fence}` on line {number}, not `{}`: front matter is closed as it is opened",
            text(shown)
        );
        return Some((
            line,
            help,
            "Write the fence that opens it",
            edit_of(line.start, end, fence),
        ));
    }
    let rest = shown.strip_prefix(fence.as_bytes())?;
    let blanks = rest.len() - rest.trim_ascii_start().len();
    let help = format!("begin a new line after `{fence}` on line {number}");
    let edit = edit_of(end, end + blanks, line_break(bytes));
    (blanks > 0).then_some((line, help, "Begin a new line after the fence", edit))
}
