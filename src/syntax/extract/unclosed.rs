//! Front matter that no line closes.

use super::lines::{Line, Lines, blank, last_metadata};
use super::near::{closing, ends_metadata};
use super::shapes::{fix, is_near_fence, line_break, number, text, text3};
use super::{Block, Extraction, FenceRules, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::text::{SourceId, Span};

/// What the generator reads of front matter that no line closes: all of the page, if there is
/// nothing but metadata.
fn unclosed_block(
    bytes: &[u8],
    first: Line,
    opened: Option<(Syntax, usize)>,
    rules: &FenceRules,
) -> Option<Block> {
    let (syntax, length) = opened.filter(|_| rules.reads_unclosed)?;
    let rest = bytes.get(first.next..).unwrap_or_default();
    let after_metadata = &bytes[last_metadata(bytes, first).next..];
    let is_metadata = match syntax {
        Syntax::Json => rest.trim_ascii().ends_with(b"}"),
        _ => Lines::new(after_metadata, 0).all(|line| {
            let line = line.text(after_metadata);
            blank(line) || line.starts_with(b"#")
        }),
    };
    let end = Span::from_usize(bytes.len(), bytes.len());
    is_metadata.then(|| Block {
        syntax,
        open: Span::from_usize(first.start, first.start + length),
        content: Span::from_usize(first.next.min(bytes.len()), bytes.len()),
        close: end,
    })
}

/// Front matter that no line closes.
pub(super) fn unclosed(
    bytes: &[u8],
    first: Line,
    opened: Option<(Syntax, usize)>,
    rules: &FenceRules,
) -> Extraction {
    let block = unclosed_block(bytes, first, opened, rules);
    let fence = if bytes[first.start] == b'{' {
        "{"
    } else {
        text3(bytes, first)
    };
    let open = Span::from_usize(first.start, first.start + fence.len());
    if fence == "---" {
        let near = Lines::new(bytes, first.next).find(|line| is_near_fence(line.text(bytes)));
        if let Some(near) = near.filter(|&near| ends_metadata(bytes, first, near)) {
            let consequence = format!("{} {}", rules.generator, rules.when_unclosed);
            return closing(bytes, (open, first.next), near, rules, &consequence);
        }
    }
    let number_of_open = number(bytes, first.start);
    let message = format!(
        "the front matter opened with `{fence}` on line {number_of_open} is never closed, so {} {}",
        rules.generator, rules.when_unclosed
    );
    let diagnostic = Diagnostic::new(RuleId::UnclosedFrontMatter, message)
        .at(open)
        .label("opened here");
    if fence == "{" {
        let help = "close every brace and every string: the object ends with the `}` that matches this `{`";
        return Extraction::Broken(Box::new(diagnostic.help(help)), None);
    }
    let last = last_metadata(bytes, first);
    let line = number(bytes, last.start);
    if last.start == first.start {
        let rule = if rules.open_to_end && fence == "---" {
            "; a rule across the page is `***` here"
        } else {
            ""
        };
        let help = format!(
            "write the metadata below it, and `{fence}` on a line of its own after that{rule}"
        );
        return Extraction::Broken(Box::new(diagnostic.help(help)), block);
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
