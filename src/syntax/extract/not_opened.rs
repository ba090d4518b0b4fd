//! A first line that opens no front matter, though its author may have meant it to.

use super::closing;
use super::file::{File, absent_if};
use super::foreign;
use super::lines::Line;
use super::lost;
use super::metadata::{self, is_key};
use super::near_fence::{NearFence, is_near, meant};
use super::wording::{add_help, edit, excerpt, fix};
use super::{Block, CloseRule, Extraction, FenceRules, OpenRule, Syntax, json};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::text::{SourceId, Span};

/// What a first line is that opens nothing for the generator.
enum LineKind<'a> {
    /// `+++`
    PlusSigns,
    /// `{`
    Brace,
    /// `---name`, where the generator reads a language there.
    Language(&'a [u8]),
    /// `---` and more, which is neither a language nor metadata.
    TrailingText(&'a [u8]),
    /// `--- key: value`, and the offset of the key in the line.
    Metadata(usize),
    NearFence(NearFence),
    /// A fence with white space after it, where the generator takes none.
    SpaceAfter,
    Other,
}

impl<'a> LineKind<'a> {
    fn of(line: &'a [u8], rules: &FenceRules) -> Self {
        let takes_space = !rules.opens(OpenRule::OnlyBeforeLineBreak);
        if !takes_space && matches!(line.trim_ascii_end(), b"---" | b"+++") {
            return Self::SpaceAfter;
        }
        if line.trim_ascii_end() == b"+++" {
            return Self::PlusSigns;
        }
        if line.starts_with(b"{") {
            return Self::Brace;
        }
        if let Some(near) = NearFence::of(line) {
            return Self::NearFence(near);
        }
        let Some(after) = line.strip_prefix(b"---") else {
            return Self::Other;
        };
        let (trimmed, key) = (after.trim_ascii(), after.trim_ascii_start());
        match after.len() - key.len() {
            _ if trimmed.is_empty() => Self::Other,
            spaces @ 1.. if is_key(key) => Self::Metadata(3 + spaces),
            _ if rules.opens(OpenRule::WithLanguage) && after[0] != b'-' => Self::Language(trimmed),
            _ => Self::TrailingText(trimmed),
        }
    }
}

/// The finding about a first line that opens nothing, if it was meant to.
pub(super) fn extract(file: &File<'_>) -> Extraction {
    let line = file.first_text();
    match LineKind::of(line, file.rules) {
        LineKind::PlusSigns => foreign::toml(file),
        LineKind::Brace => foreign::json(file),
        LineKind::Language(name) => foreign::language(file, name),
        LineKind::TrailingText(text) => foreign::trailing_text(file, text),
        LineKind::Metadata(key) => match closing_line(file, "---") {
            Some(close) => nearly_opened(file, FirstLine::Metadata(key), close),
            None if file.complete && file.rules.opens(OpenRule::WithLanguage) => {
                foreign::unknown_language(file, line[3..].trim_ascii())
            }
            None => absent_if(file.complete),
        },
        LineKind::NearFence(near) => near_fence(file, near),
        LineKind::SpaceAfter => space_after(file),
        LineKind::Other => lost::extract(file),
    }
}

/// A fence that only white space after it keeps from opening front matter.
fn space_after(file: &File<'_>) -> Extraction {
    let line = file.first_text();
    let fence = line.trim_ascii_end();
    let sign = meant(fence);
    let Some(close) = closing_line(file, sign) else {
        return absent_if(file.complete);
    };
    let start = file.first.start;
    let end = start + fence.len();
    let block = Block {
        syntax: syntax_of(sign),
        open: Span::from_usize(start, end),
        content: Span::from_usize(file.first.next, close.start),
        close: Span::from_usize(close.start, close.start + sign.len()),
    };
    let message = format!(
        "white space after the opening `{sign}` keeps it from opening the front matter, so {}",
        file.when_missed()
    );
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(end, start + line.len()))
        .help(format!(
            "delete what follows `{sign}` on line {}",
            file.number(start)
        ))
        .fix(fix(
            "Delete the white space after the fence",
            edit(end, start + line.len(), ""),
            Applicability::Safe,
        ));
    Extraction::Broken(Box::new(finding), Some(block))
}

fn near_fence(file: &File<'_>, near: NearFence) -> Extraction {
    let sign = meant(file.first_text());
    // Where `+++` opens nothing, a line of plus signs is text.
    if sign == "+++" && !file.rules.opens(OpenRule::Toml) {
        return Extraction::Absent;
    }
    // Above prose it is a rule across the page.
    if !metadata::is_after(file.bytes, file.first, syntax_of(sign)) {
        let has_content = metadata::first_content(file.bytes, file.first).is_some();
        return absent_if(file.complete || has_content);
    }
    match closing_line(file, sign) {
        Some(close) => nearly_opened(file, FirstLine::NearFence(near), close),
        None if file.complete => never_closed(file, near),
        None => Extraction::Incomplete,
    }
}

fn syntax_of(sign: &str) -> Syntax {
    match sign {
        "+++" => Syntax::Toml,
        _ => Syntax::Yaml,
    }
}

/// The line that closes, or was meant to close, what `sign` opens.
fn closing_line(file: &File<'_>, sign: &str) -> Option<Line> {
    let dots_close = file.rules.closes(CloseRule::Dots) && sign == "---";
    file.lines().find(|line| {
        let text = line.text(file.bytes);
        let trimmed = text.trim_ascii_end();
        (line.has_break || file.complete)
            && (trimmed == sign.as_bytes()
                || (dots_close && trimmed == b"...")
                || is_near(text, sign))
    })
}

/// How a first line differs from a fence.
#[derive(Clone, Copy)]
enum FirstLine {
    /// Metadata follows the fence, at this offset in the line.
    Metadata(usize),
    NearFence(NearFence),
}

/// What a finding about a first line says.
struct Row {
    message: String,
    help: String,
    title: String,
    edit: Edit,
}

/// Front matter with a closing line, below a first line that is not quite a fence.
fn nearly_opened(file: &File<'_>, kind: FirstLine, close: Line) -> Extraction {
    let (first, line) = (file.first, file.first_text());
    let sign = meant(line);
    let start = first.start + line.len() - line.trim_ascii_start().len();
    let (content, length) = match kind {
        FirstLine::Metadata(key) => (first.start + key, 3),
        FirstLine::NearFence(_) => (first.next, line.trim_ascii().len()),
    };
    let close_text = close.text(file.bytes);
    let block = Block {
        syntax: syntax_of(sign),
        open: Span::from_usize(start, start + length),
        content: Span::from_usize(content, close.start),
        close: Span::from_usize(close.start, close.start + close_text.trim_ascii_end().len()),
    };
    let rules = file.rules;
    if matches!(kind, FirstLine::Metadata(_))
        && rules.closes(CloseRule::WithTrailingText)
        && !rules.opens(OpenRule::WithLanguage)
    {
        return Extraction::Found(block);
    }
    let row = row(file, kind, block);
    let mut finding = Diagnostic::new(RuleId::MalformedFence, row.message)
        .at(block.open)
        .help(row.help);
    let mut fix = Fix {
        title: row.title,
        edits: vec![row.edit],
        applicability: Applicability::Safe,
    };
    if let Some(wrong) = NearFence::of(close_text) {
        let fence = close_text.trim_ascii();
        let shown = excerpt(fence);
        let label = match rules.closes(CloseRule::WithTrailingText)
            && close_text.starts_with(sign.as_bytes())
        {
            true => format!("`{shown}` is not exactly `{sign}` either"),
            false => format!("`{shown}` does not close it either"),
        };
        let number = file.number(close.start);
        let more = match kind {
            FirstLine::NearFence(near) if near == wrong => {
                format!("; do the same on line {number}")
            }
            _ => format!("; {}", wrong.help(fence, number)),
        };
        finding = add_help(finding.related(SourceId::PAGE, block.close, label), &more);
        fix.title = format!("Write `{sign}` in both places");
        fix.edits.push(closing::rewrite(file, close, sign));
    }
    Extraction::Broken(Box::new(finding.fix(fix)), Some(block))
}

fn row(file: &File<'_>, kind: FirstLine, block: Block) -> Row {
    let (first, line) = (file.first, file.first_text());
    let (fence, sign) = (line.trim_ascii(), meant(line));
    let start = block.open.start as usize;
    let number = file.number(first.start);
    let is_sign = matches!(fence.first(), Some(b'-' | b'+'));
    let consequence = match file.rules.opens(OpenRule::AtAnySign) && is_sign {
        true => format!("{} {}", file.rules.generator, file.rules.when_unclosed),
        false => file.when_missed(),
    };
    let near = match kind {
        FirstLine::Metadata(key) => {
            let content = first.start + key;
            let rest = excerpt(&file.bytes[content..first.end]);
            return Row {
                message: format!("`---` on line {number} does not stand alone, so {consequence}"),
                help: format!("begin a new line after `---`, before `{rest}`"),
                title: "Begin a new line after the fence".to_owned(),
                edit: edit(start + 3, content, file.line_break()),
            };
        }
        FirstLine::NearFence(near) => near,
    };
    let help = near.help(fence, number);
    if let NearFence::Indented(_) = near {
        return Row {
            message: format!("the opening `{sign}` is indented, so {consequence}"),
            help,
            title: "Delete the blanks before the fence".to_owned(),
            edit: edit(first.start, start, ""),
        };
    }
    let message = match near.invisible() {
        Some((name, side)) => {
            format!("{name} stands {side} the opening `{sign}`, so {consequence}")
        }
        None => {
            let shown = excerpt(fence);
            format!("`{shown}` does not open front matter, so {consequence}")
        }
    };
    Row {
        message,
        help,
        title: format!("Write `{sign}`"),
        edit: edit(first.start, first.end, sign),
    }
}

/// Metadata that no line closes, below a line that would be a fence without its invisible
/// characters. Any other line that is nearly a fence may well be a rule across the page.
fn never_closed(file: &File<'_>, near: NearFence) -> Extraction {
    let Some((name, side)) = near.invisible() else {
        return Extraction::Absent;
    };
    let line = file.first_text();
    let (sign, fence) = (meant(line), line.trim_ascii());
    let message = format!(
        "{name} stands {side} the opening `{sign}`, and no line closes the front matter, so {}",
        file.when_missed()
    );
    let help = format!(
        "{}, and write `{sign}` on a line of its own after the metadata",
        near.help(fence, file.number(file.first.start))
    );
    let start = file.first.start + line.len() - line.trim_ascii_start().len();
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(start, start + fence.len()))
        .help(help);
    Extraction::Broken(Box::new(finding), None)
}

/// A page without front matter that begins with `-`, `+` or `{`, where the generator reads no
/// further.
pub(super) fn bare_sign(file: &File<'_>) -> Extraction {
    let (start, rules) = (file.first.start, file.rules);
    let (at, message, help) = match json::wrong_key(file.bytes, start) {
        Some(at) => (
            at,
            format!(
                "{} takes `{{` for the beginning of front matter in JSON, whose keys stand in \
                 double quotes, so it {}",
                rules.generator, rules.when_unclosed
            ),
            "write `\"key\": value`, with double quotes around all texts and no comments",
        ),
        None => (
            start,
            format!(
                "the page begins with `{}`, which {} takes for the beginning of front matter, so \
                 it {}",
                excerpt(&file.bytes[start..=start]),
                rules.generator,
                rules.when_unclosed
            ),
            "write front matter above it, between two lines `---`",
        ),
    };
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(at, at + 1))
        .help(help);
    Extraction::Broken(Box::new(finding), None)
}
