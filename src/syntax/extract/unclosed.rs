//! Front matter that is opened and never closed.

use super::closing::{ends_metadata, nearly_closed};
use super::file::File;
use super::lines::{Line, Lines, is_empty};
use super::near_fence::NearFence;
use super::opening::Opening;
use super::wording::{edit, excerpt, fix};
use super::{Block, CloseRule, Extraction, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Edit, RuleId};
use crate::text::{SourceId, Span};

/// The finding about front matter that no line closes, and what the generator does with the page.
pub(super) fn unclosed(file: &File<'_>, opening: Opening, when: &str) -> Extraction {
    let consequence = format!("{} {when}", file.rules.generator);
    if opening.is_brace() {
        let finding = never_closed(file, opening, &consequence).help(
            "close every brace and every string: the object ends with the `}` that matches this `{`",
        );
        return Extraction::Broken(Box::new(finding), None);
    }
    let sign = opening.sign(file);
    let near = file.lines().find_map(|line| {
        let kind = NearFence::of_closing(line.text(file.bytes), sign, file.rules)?;
        Some((line, kind))
    });
    if let Some((line, kind)) = near
        && ends_metadata(file, opening, line)
    {
        return nearly_closed(file, opening, line, kind, &consequence);
    }
    if let Some(line) = fence_without_break(file, sign) {
        return no_line_break(file, opening, line, &consequence);
    }
    // A generator that reads to the end of the file gets its metadata checked all the same.
    let block = read_to_end(file, opening);
    let finding = never_closed(file, opening, &consequence);
    let last = opening.last_metadata(file);
    if last.start == opening.line.start {
        let help = without_lines(file, opening);
        return Extraction::Broken(Box::new(finding.help(help)), block);
    }
    if let Some(wrong) = WrongFence::below(file, last, sign) {
        let label = "this line does not close it";
        let finding = finding
            .related(SourceId::PAGE, wrong.line, label)
            .help(wrong.help)
            .fix(fix(wrong.title, wrong.edit, Applicability::Unsafe));
        return Extraction::Broken(Box::new(finding), None);
    }
    let number = file.number(last.start);
    let line_break = file.line_break();
    let before = if last.has_break { "" } else { line_break };
    let closing = format!("{before}{sign}{line_break}");
    let finding = finding
        .related(
            SourceId::PAGE,
            Span::from_usize(last.start, last.end),
            "the last line that looks like metadata",
        )
        .help(format!(
            "line {number}, `{}`, is the last that looks like metadata; add `{sign}` on line {}",
            excerpt(last.text(file.bytes).trim_ascii()),
            number + 1
        ))
        // Unsafe: more lines may have been meant as metadata.
        .fix(fix(
            "Close the front matter",
            edit(last.next, last.next, &closing),
            Applicability::Unsafe,
        ));
    Extraction::Broken(Box::new(finding), block)
}

fn never_closed(file: &File<'_>, opening: Opening, consequence: &str) -> Diagnostic {
    let open = excerpt(&file.bytes[opening.fence.range()]);
    let number = file.number(opening.line.start);
    let message = format!(
        "the front matter opened with `{open}` on line {number} is never closed, so {consequence}"
    );
    Diagnostic::new(RuleId::UnclosedFrontMatter, message)
        .at(opening.fence)
        .label("opened here")
}

/// The help where no line below the opening fence looks like metadata.
fn without_lines(file: &File<'_>, opening: Opening) -> String {
    let sign = opening.sign(file);
    if opening.has_metadata(file) {
        return format!("write `{sign}` on a line of its own after the metadata");
    }
    let is_rule =
        file.rules.closes(CloseRule::OnlyByFence) && file.bytes[opening.fence.range()] == *b"---";
    let rule = match is_rule {
        true => "; a rule across the page is `***` here",
        false => "",
    };
    format!("write the metadata below it, and `{sign}` on a line of its own after that{rule}")
}

/// What the generator reads of front matter that no line closes: all of the page, if there is
/// nothing but metadata.
fn read_to_end(file: &File<'_>, opening: Opening) -> Option<Block> {
    let bytes = file.bytes;
    let last = opening.last_metadata(file);
    let is_metadata = || match opening.syntax {
        Syntax::Json => bytes[opening.content..].trim_ascii().ends_with(b"}"),
        _ => Lines::new(bytes, last.next).all(|line| {
            let line = line.text(bytes);
            is_empty(line) || line.starts_with(b"#")
        }),
    };
    let end = Span::from_usize(bytes.len(), bytes.len());
    (file.rules.closes(CloseRule::AtEndOfFile) && is_metadata()).then(|| opening.block(end))
}

/// A closing fence at the very end of the file, where the generator wants a line break after it.
fn fence_without_break(file: &File<'_>, sign: &str) -> Option<Line> {
    if !file.rules.closes(CloseRule::OnlyBeforeLineBreak) {
        return None;
    }
    let line = file.lines().last().filter(|line| !line.has_break)?;
    let text = line.text(file.bytes).trim_ascii_end();
    let dots = file.rules.closes(CloseRule::Dots) && text == b"...";
    (dots || text == sign.as_bytes()).then_some(line)
}

fn no_line_break(file: &File<'_>, opening: Opening, line: Line, consequence: &str) -> Extraction {
    let number = file.number(line.start);
    let shown = excerpt(line.text(file.bytes).trim_ascii_end());
    let close = Span::from_usize(line.start, line.start + shown.len());
    let message = format!(
        "`{shown}` on line {number} ends the file without a line break and so does not close the \
         front matter: {consequence}"
    );
    let finding = Diagnostic::new(RuleId::UnclosedFrontMatter, message)
        .at(close)
        .related(SourceId::PAGE, opening.fence, "opened here")
        .help(format!("end line {number} with a line break"))
        .fix(fix(
            "Write a line break after the fence",
            edit(line.next, line.next, file.line_break()),
            Applicability::Safe,
        ));
    Extraction::Broken(Box::new(finding), Some(opening.block(close)))
}

/// A fence below the metadata that does not close it, and what to do about it.
struct WrongFence {
    line: Span,
    help: String,
    title: &'static str,
    edit: Edit,
}

impl WrongFence {
    /// The line below the metadata, if it is the fence of another language or has text after it.
    fn below(file: &File<'_>, last: Line, sign: &str) -> Option<Self> {
        let mut lines = Lines::new(file.bytes, last.next);
        let line = lines.find(|line| !is_empty(line.text(file.bytes)))?;
        let shown = line.text(file.bytes).trim_ascii_end();
        let number = file.number(line.start);
        let end = line.start + 3;
        let span = Span::from_usize(line.start, line.end);
        if matches!(shown, b"---" | b"+++") && shown != sign.as_bytes() {
            let help = format!(
                "write `{sign}` on line {number}, not `{}`: front matter is closed as it is opened",
                excerpt(shown)
            );
            return Some(Self {
                line: span,
                help,
                title: "Write the fence that opens it",
                edit: edit(line.start, end, sign),
            });
        }
        let rest = shown.strip_prefix(sign.as_bytes())?;
        let spaces = rest.len() - rest.trim_ascii_start().len();
        (spaces > 0).then(|| Self {
            line: span,
            help: format!("begin a new line after `{sign}` on line {number}"),
            title: "Begin a new line after the fence",
            edit: edit(end, end + spaces, file.line_break()),
        })
    }
}
