//! Front matter that is opened and never closed.

use super::lines::{Lines, last_metadata, next_looks_like_metadata};
use super::near::{closing, ends_metadata};
use super::opening::Opening;
use super::shapes::{Near, fix, is_near_fence, line_break, number, text};
use super::{Extraction, FenceRules};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::text::{SourceId, Span};

/// Front matter that no line closes.
pub(super) fn unclosed(
    bytes: &[u8],
    opening: Opening,
    rules: &FenceRules,
    consequence: &str,
) -> Extraction {
    let first = opening.line;
    let open = text(&bytes[opening.fence.range()]);
    let fence = if open.starts_with("+++") {
        "+++"
    } else {
        "---"
    };
    let consequence = format!("{} {consequence}", rules.generator);
    let near = Lines::new(bytes, first.next).find(|line| is_near_fence(line.text(bytes), fence));
    if let Some(near) = near.filter(|&near| ends_metadata(bytes, opening, near))
        && let Some(shape) = Near::of(near.text(bytes))
        && !opening.is_brace(bytes)
    {
        return closing(bytes, opening, (shape, near), rules, &consequence);
    }
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
    let last = last_metadata(bytes, first, opening.syntax);
    let line = number(bytes, last.start);
    if last.start == first.start {
        let help = if next_looks_like_metadata(bytes, first, opening.syntax) {
            format!("write `{fence}` on a line of its own after the metadata")
        } else {
            let rule = if rules.open_to_end && open == "---" {
                "; a rule across the page is `***` here"
            } else {
                ""
            };
            format!(
                "write the metadata below it, and `{fence}` on a line of its own after that{rule}"
            )
        };
        return Extraction::Broken(Box::new(diagnostic.help(help)), None);
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
    Extraction::Broken(Box::new(diagnostic), None)
}
