//! Front matter in what the generator does not read: TOML, JSON, an unknown language, or below an
//! opening fence with something after it.

use super::file::{File, absent_if};
use super::lines::Line;
use super::metadata;
use super::wording::{edit, excerpt, fix};
use super::{Block, CloseRule, Extraction, OpenRule, Syntax, json};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::syntax::printable::first_unprintable;
use crate::text::{Span, code};

/// Front matter between two lines `+++`, for a generator that reads no TOML.
pub(super) fn toml(file: &File<'_>) -> Extraction {
    let mut likely = [Syntax::Toml, Syntax::Yaml].into_iter();
    let syntax = likely.find(|&syntax| metadata::is_after(file.bytes, file.first, syntax));
    let close = closing_line(file, |text| text == b"+++");
    let (Some(close), Some(syntax)) = (close, syntax) else {
        return without_end(file, syntax.is_some());
    };
    let (message, help) = match syntax {
        Syntax::Toml => (
            format!(
                "`+++` opens front matter in TOML, which {} does not read, so it {}",
                file.rules.generator, file.rules.when_missed
            ),
            "write it in YAML, between two lines `---`: `key: value` instead of `key = value`",
        ),
        _ => (
            format!(
                "`+++` does not open front matter, so {}",
                file.when_missed()
            ),
            "write `---` in place of both lines `+++`",
        ),
    };
    let block = block(file, syntax, close);
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.open)
        .help(help);
    Extraction::Broken(Box::new(finding), Some(block))
}

/// Front matter in JSON, for a generator that does not read it.
pub(super) fn json(file: &File<'_>) -> Extraction {
    let object = &file.bytes[file.first.start..];
    if !file.complete && json::may_begin(object) {
        return Extraction::Incomplete;
    }
    if !json::begins(object) {
        return Extraction::Absent;
    }
    let Some(block) = json::block(file.bytes, file.first.start) else {
        return absent_if(file.complete);
    };
    if !file.rest_of_line(block.close.end).is_empty() {
        return Extraction::Absent;
    }
    let message = format!(
        "`{{` opens front matter in JSON, which {} does not read, so it {}",
        file.rules.generator, file.rules.when_missed
    );
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(block.open)
        .help("put it between two lines `---`: what is JSON is YAML, too");
    Extraction::Broken(Box::new(finding), Some(block))
}

/// A language after the opening fence: a program, or one that the site's code may add, or none
/// that the generator knows.
pub(super) fn language(file: &File<'_>, name: &[u8]) -> Extraction {
    let may_be_added =
        file.rules.opens(OpenRule::WithAddedLanguage) && name.iter().all(u8::is_ascii_alphanumeric);
    let is_script = [&b"js"[..], b"javascript"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    match is_script || may_be_added {
        true => Extraction::Foreign,
        false => unknown_language(file, name),
    }
}

/// A language that the generator does not know.
pub(super) fn unknown_language(file: &File<'_>, name: &[u8]) -> Extraction {
    let message = format!(
        "{} takes `{}` after `---` for the language of the front matter, and stops since it does \
         not know it",
        file.rules.generator,
        excerpt(name)
    );
    let after = &file.first_text()[3..];
    let start = file.first.start + 3 + after.len() - after.trim_ascii_start().len();
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(start, start + name.len()))
        .help("write `---` alone on its line, and the metadata in YAML below it");
    Extraction::Broken(Box::new(finding), None)
}

/// Front matter whose opening fence is followed by `text`, for a generator that accepts nothing
/// there.
pub(super) fn trailing_text(file: &File<'_>, text: &[u8]) -> Extraction {
    let first = file.first;
    let below = file.bytes[first.next..].trim_ascii_start();
    let has_metadata = metadata::is_after(file.bytes, first, Syntax::Yaml)
        || json::begins(below)
        || (!file.complete && json::may_begin(below));
    let dots_close = file.rules.closes(CloseRule::Dots);
    let close = closing_line(file, |line| {
        line == b"---" || (dots_close && line == b"...")
    });
    let Some(close) = close.filter(|_| has_metadata) else {
        return without_end(file, has_metadata);
    };
    let block = block(file, Syntax::Yaml, close);
    let end = first.start + file.first_text().trim_ascii_end().len();
    let start = end - text.len();
    let message = format!(
        "{} beside `---` keeps it from opening the front matter, so {}",
        code(&excerpt(text)),
        file.when_missed()
    );
    let finding = Diagnostic::new(RuleId::MalformedFence, message).at(Span::from_usize(start, end));
    let opened = block.open.end as usize;
    let finding = if text.starts_with(b"#") {
        let finding = finding.help("begin a new line after `---`");
        // As a comment in the front matter it must hold only what YAML allows.
        match first_unprintable(text) {
            Some(_) => finding,
            None => finding.fix(fix(
                "Begin a new line after the fence",
                edit(opened, start, file.line_break()),
                Applicability::Safe,
            )),
        }
    } else {
        finding.help("write `---` alone on its line").fix(fix(
            "Delete the rest of the line",
            edit(opened, end, ""),
            Applicability::Unsafe,
        ))
    };
    Extraction::Broken(Box::new(finding), Some(block))
}

/// The first line below the first one that is a closing fence, white space at its end left out.
fn closing_line(file: &File<'_>, closes: impl Fn(&[u8]) -> bool) -> Option<Line> {
    let mut lines = file.lines();
    lines.find(|line| closes(line.text(file.bytes).trim_ascii_end()))
}

/// The front matter between the first line and a closing one, with fences of three characters.
fn block(file: &File<'_>, syntax: Syntax, close: Line) -> Block {
    let (open, close) = (file.first, close.start);
    Block {
        syntax,
        open: Span::from_usize(open.start, open.start + 3),
        content: Span::from_usize(open.next, close),
        close: Span::from_usize(close, close + 3),
    }
}

/// The outcome where no line closes what may be front matter.
fn without_end(file: &File<'_>, has_metadata: bool) -> Extraction {
    let has_content = || metadata::first_content(file.bytes, file.first).is_some();
    absent_if(file.complete || (!has_metadata && has_content()))
}
