//! Front matter without an opening fence: it is gone, an editor turned it into something else, or
//! something comes before it.

use super::file::{File, absent_if};
use super::lines::{Line, Lines, is_empty};
use super::metadata::{self, is_member};
use super::near_fence::{is_near, is_rule};
use super::wording::{edit, excerpt, fix};
use super::{Block, CloseRule, Extraction, OpenRule, Syntax};
use crate::diagnostic::{Applicability, Diagnostic, Fix, RuleId, Severity};
use crate::text::{SourceId, Span};

/// The finding about a page that begins with no fence at all, if front matter was meant.
pub(super) fn extract(file: &File<'_>) -> Extraction {
    let text = file.first_text();
    if is_rule(text) {
        return below_rule(file);
    }
    if matches!(text.first(), Some(b'#' | b'<' | b'[')) {
        return below_other_lines(file);
    }
    let syntaxes = [Syntax::Yaml, Syntax::Toml];
    let found = syntaxes.into_iter().find(|&syntax| is_member(text, syntax));
    match found {
        Some(Syntax::Toml) if !file.rules.opens(OpenRule::Toml) => Extraction::Absent,
        Some(syntax) => without_opening(file, syntax),
        None => Extraction::Absent,
    }
}

/// Lines that read as metadata, and the line that ends them.
struct Metadata {
    /// How certain it is that they were meant as metadata.
    severity: Severity,
    keys: usize,
    close: Line,
    syntax: Syntax,
}

impl Metadata {
    /// The metadata below `above`, if a line for which `closes` holds ends it.
    ///
    /// # Errors
    /// The outcome, where there is none.
    fn below(
        file: &File<'_>,
        above: Line,
        syntax: Syntax,
        closes: impl Fn(&[u8]) -> bool,
    ) -> Result<Self, Extraction> {
        let bytes = file.bytes;
        let last = metadata::last(bytes, above, syntax);
        let keys = || {
            let lines = Lines::new(bytes, above.next).take_while(|line| line.start <= last.start);
            let lines = lines.map(|line| line.text(bytes));
            lines.filter(move |line| is_member(line, syntax))
        };
        let Some(severity) = severity(keys()) else {
            return Err(Extraction::Absent);
        };
        let next = Lines::new(bytes, last.next).find(|line| !is_empty(line.text(bytes)));
        let Some(close) = next else {
            return Err(absent_if(file.complete));
        };
        match closes(close.text(bytes)) {
            true => Ok(Self {
                severity,
                keys: keys().count(),
                close,
                syntax,
            }),
            false => Err(Extraction::Absent),
        }
    }

    /// The front matter, opened by `open` and with its first line at `start`.
    fn block(&self, file: &File<'_>, open: Span, start: usize) -> Block {
        let text = self.close.text(file.bytes);
        Block {
            syntax: self.syntax,
            open,
            content: Span::from_usize(start, self.close.start),
            close: Span::from_usize(
                self.close.start,
                self.close.start + text.trim_ascii_end().len(),
            ),
        }
    }
}

/// How certain it is that lines with these keys are metadata. `Note: see below` is prose rather.
fn severity<'a>(keys: impl Iterator<Item = &'a [u8]>) -> Option<Severity> {
    let (mut count, mut is_lower, mut has_title) = (0, true, false);
    for line in keys {
        count += 1;
        is_lower &= !line.first().is_some_and(u8::is_ascii_uppercase);
        has_title |= line.len() > 5 && line[..5].eq_ignore_ascii_case(b"title");
    }
    match (is_lower, count) {
        (_, 0) => None,
        (true, 2..) => Some(Severity::Error),
        (true, _) => Some(Severity::Warning),
        (false, 2..) if has_title => Some(Severity::Warning),
        (false, _) => None,
    }
}

fn sign_of(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Toml => "+++",
        Syntax::Yaml | Syntax::Json => "---",
    }
}

/// Whether a line closes front matter or was meant to.
fn closes(file: &File<'_>, sign: &str, line: &[u8]) -> bool {
    let trimmed = line.trim_ascii_end();
    let dots = sign == "---" && trimmed == b"..." && file.rules.closes(CloseRule::Dots);
    trimmed == sign.as_bytes() || dots || is_near(line, sign)
}

/// Metadata from the first line on, and the fence that closes it.
fn without_opening(file: &File<'_>, syntax: Syntax) -> Extraction {
    let start = file.first.start;
    let sign = sign_of(syntax);
    // `metadata::last` looks below a line.
    let above = Line {
        start,
        end: start,
        next: start,
        has_break: false,
    };
    let metadata = match Metadata::below(file, above, syntax, |line| closes(file, sign, line)) {
        Ok(metadata) => metadata,
        Err(extraction) => return extraction,
    };
    let number = file.number(start);
    let (message, severity) = match file.rules.opens(OpenRule::WithoutFence) {
        true => (
            format!(
                "the opening `{sign}` is missing, so {} takes every value for text and prints \
                 the closing `{sign}`",
                file.rules.generator
            ),
            Severity::Warning,
        ),
        false => (
            format!("the opening `{sign}` is missing, so {}", file.when_missed()),
            metadata.severity,
        ),
    };
    let line_break = file.line_break();
    let block = metadata.block(file, Span::from_usize(start, start), start);
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .severity(severity)
        .at(block.open)
        .related(SourceId::PAGE, block.close, "the fence that closes it")
        .help(format!("add a line `{sign}` above line {number}"))
        .fix(fix(
            "Open the front matter",
            edit(start, start, &format!("{sign}{line_break}")),
            Applicability::Unsafe,
        ));
    let is_checked = severity == Severity::Error || file.rules.opens(OpenRule::WithoutFence);
    Extraction::Broken(Box::new(finding), is_checked.then_some(block))
}

/// Metadata between two lines that are fences nowhere, or nowhere but in another program.
fn below_rule(file: &File<'_>) -> Extraction {
    let first = file.first;
    let content = metadata::first_content(file.bytes, first);
    let Some(content) = content else {
        return absent_if(file.complete);
    };
    let syntaxes = [Syntax::Yaml, Syntax::Toml];
    let syntax = match syntaxes.into_iter().find(|&one| is_member(content, one)) {
        Some(Syntax::Toml) if !file.rules.opens(OpenRule::Toml) => return Extraction::Absent,
        Some(syntax) => syntax,
        None => return Extraction::Absent,
    };
    let sign = sign_of(syntax);
    let ends = |line: &[u8]| is_rule(line) || closes(file, sign, line);
    let metadata = match Metadata::below(file, first, syntax, ends) {
        Ok(metadata) => metadata,
        Err(extraction) => return extraction,
    };
    let fence = file.first_text().trim_ascii_end();
    let open = Span::from_usize(first.start, first.start + fence.len());
    let block = metadata.block(file, open, first.next);
    let close = metadata.close;
    let (number, last) = (file.number(first.start), file.number(close.start));
    let mut repair = Fix {
        title: format!("Write `{sign}`"),
        edits: vec![edit(first.start, first.end, sign)],
        applicability: Applicability::Unsafe,
    };
    let is_closed = close.text(file.bytes).trim_ascii_end() == sign.as_bytes();
    let help = match is_closed {
        true => format!("write `{sign}` on line {number}"),
        false => format!("write `{sign}` on line {number} and on line {last}"),
    };
    if !is_closed {
        repair.edits.push(edit(close.start, close.end, sign));
    }
    // Where it is not certain that these lines were meant as front matter, they are not checked.
    let (consequence, severity) = match fence.first() {
        Some(b'-') if file.rules.opens(OpenRule::AtAnySign) => (
            format!("{} {}", file.rules.generator, file.rules.when_unclosed),
            Severity::Error,
        ),
        _ => (file.when_missed(), metadata.severity),
    };
    let message = format!(
        "`{}` does not open front matter, so {consequence}",
        excerpt(fence)
    );
    let finding = Diagnostic::new(RuleId::MalformedFence, message)
        .severity(severity)
        .at(block.open)
        .help(help)
        .fix(repair);
    let is_checked = severity == Severity::Error;
    Extraction::Broken(Box::new(finding), is_checked.then_some(block))
}

/// What comes before an opening fence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Comment,
    Heading,
}

/// Front matter below comments or a heading.
fn below_other_lines(file: &File<'_>) -> Extraction {
    let (above, open) = match first_fence(file) {
        Ok(found) => found,
        Err(extraction) => return extraction,
    };
    let sign = match open.text(file.bytes).first() {
        Some(b'+') => "+++",
        _ => "---",
    };
    let syntax = match sign {
        "+++" => Syntax::Toml,
        _ => Syntax::Yaml,
    };
    let metadata = Metadata::below(file, open, syntax, |line| closes(file, sign, line));
    let metadata = match metadata {
        // Below a heading a single key may well be a line of text between two rules.
        Ok(metadata) if above == Above::Heading && metadata.keys < 2 => return Extraction::Absent,
        Ok(metadata) => metadata,
        Err(extraction) => return extraction,
    };
    let fence = Span::from_usize(open.start, open.start + sign.len());
    let block = metadata.block(file, fence, open.next);
    let (what, severity) = match above {
        Above::Comment => ("a comment", metadata.severity),
        // In a page about front matter, or a deck of slides, it may be meant so.
        Above::Heading => ("a heading", Severity::Warning),
    };
    let number = file.number(open.start);
    let message = format!(
        "the front matter begins on line {number}, below {what}, so {}",
        file.when_missed()
    );
    let close = file.number(metadata.close.start);
    let mut help = format!(
        "move what is above `{sign}` on line {number} below the closing `{sign}` on line {close}"
    );
    if above == Above::Heading {
        help.push_str("; where these lines are part of the text, put them into a code block");
    }
    let finding = Diagnostic::new(RuleId::MisplacedFrontMatter, message)
        .severity(severity)
        .at(block.open)
        .related(
            SourceId::PAGE,
            Span::from_usize(file.first.start, file.first.end),
            "this comes before it",
        )
        .help(help);
    let block = (severity == Severity::Error).then_some(block);
    Extraction::Broken(Box::new(finding), block)
}

/// The first line that opens front matter below nothing but comments and headings.
///
/// # Errors
/// The outcome, where there is none.
fn first_fence(file: &File<'_>) -> Result<(Above, Line), Extraction> {
    let mut above = Above::Comment;
    let mut in_comment = false;
    for line in Lines::new(file.bytes, file.first.start) {
        let text = line.text(file.bytes).trim_ascii_end();
        if in_comment || text.starts_with(b"<!--") {
            in_comment = memchr::memmem::find(text, b"-->").is_none();
            continue;
        }
        match text {
            b"---" => return Ok((above, line)),
            b"+++" if file.rules.opens(OpenRule::Toml) => return Ok((above, line)),
            [b'#', ..] => above = Above::Heading,
            _ if text.is_empty() || text.starts_with(b"[//]: #") => {}
            _ => return Err(Extraction::Absent),
        }
    }
    Err(absent_if(file.complete))
}
