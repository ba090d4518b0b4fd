//! Finds the front matter of a file by its fences.
//!
//! Works on bytes, since what follows the front matter may be anything; must not read what stands
//! between the fences beyond telling metadata from prose.

mod language;
mod lines;
mod loose;
mod near;
mod opening;
mod shapes;
mod unclosed;

use self::lines::{LikelyFences, Line, Lines, blank, next_looks_like_metadata};
use self::opening::Opening;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// The language of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// From `{` to its `}`.
    Json,
}

/// Front matter within a file, or a whole config or schema file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The language between the fences.
    pub syntax: Syntax,
    /// The opening fence without blanks and line break; empty at 0 for a whole file.
    pub open: Span,
    /// What lies between the fences, from the first byte of the line after the opening fence to
    /// the first byte of the closing one.
    pub content: Span,
    /// The closing fence; empty at the end for a whole file.
    pub close: Span,
}

impl Block {
    /// A file that is data as a whole. A byte order mark is left out of the content.
    #[must_use]
    pub fn whole(syntax: Syntax, text: &str) -> Self {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let end = Span::from_usize(text.len(), text.len());
        Self {
            syntax,
            open: Span::empty(start),
            content: Span::new(start, end.end),
            close: end,
        }
    }
}

/// How an opening fence may differ from a first line `---`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenRule {
    /// `+++` opens TOML.
    Toml,
    /// `{` opens JSON.
    Json,
    /// A byte order mark may come before it.
    AfterByteOrderMark,
    /// Empty lines may come before it.
    AfterEmptyLines,
    /// Spaces and tabs may come before it.
    Indented,
    /// It may name a language: `---json`.
    WithLanguage,
    /// The site's code may add languages, such as `---toml`.
    WithAddedLanguage,
    /// What follows the fence on its line is the first line of the front matter: `--- title: a`.
    WithMetadata,
    /// A page that begins with `-`, `+` or `{` has to go on as front matter.
    AtAnySign,
}

/// How a closing fence may differ from the next line `---`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseRule {
    /// `...` closes YAML.
    Dots,
    /// Any line that begins with the fence closes: `----`. What follows its third character is
    /// printed as text.
    WithTrailingText,
    /// Only spaces, tabs and a line break may follow it, at the end of the file too.
    OnlyBeforeLineBreak,
    /// The line after the opening fence never closes.
    OnlyAfterContent,
    /// Without it, front matter goes on to the end of the file, prose or not.
    OnlyByFence,
    /// The end of the file is read as a closing fence.
    AtEndOfFile,
}

/// What a generator accepts as fences, and what happens to a page whose fences it does not find.
#[derive(Clone, Debug)]
pub struct FenceRules {
    /// The generator's name as shown to users: "Jekyll".
    pub generator: &'static str,
    /// What opens front matter beyond a first line `---`.
    pub opens: &'static [OpenRule],
    /// What closes front matter beyond the next line that is the opening fence.
    pub closes: &'static [CloseRule],
    /// What happens to a page whose opening fence is not recognized, as the end of a sentence:
    /// "copies the file as it is and drops all metadata".
    pub when_missed: &'static str,
    /// What happens to a page whose front matter is never closed, as the end of a sentence.
    pub when_unclosed: &'static str,
}

impl FenceRules {
    /// What every generator accepts: YAML between two lines `---`, the first of which begins the
    /// file.
    pub const STRICT: Self = Self {
        generator: "the generator",
        opens: &[],
        closes: &[],
        when_missed: "drops all metadata",
        when_unclosed: "drops all metadata",
    };

    /// Whether a rule about opening fences holds.
    #[must_use]
    pub fn opens(&self, rule: OpenRule) -> bool {
        self.opens.contains(&rule)
    }

    /// Whether a rule about closing fences holds.
    #[must_use]
    pub fn closes(&self, rule: CloseRule) -> bool {
        self.closes.contains(&rule)
    }
}

/// The outcome of looking for front matter.
#[derive(Debug, Default)]
pub enum Extraction {
    /// The closing fence is not among these bytes; read more.
    Incomplete,
    /// The file has no front matter.
    #[default]
    Absent,
    /// Front matter in a language that is not read here: a program, or what the site's code adds.
    Foreign,
    /// Front matter that the generator reads.
    Found(Block),
    /// Something that its author meant as front matter and the generator does not read. The block
    /// is given where its content can be checked all the same.
    Broken(Box<Diagnostic>, Option<Block>),
}

/// The UTF-8 byte order mark.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Looks for front matter at the beginning of `bytes`, which are the whole file if `complete`.
///
/// Offsets count from the first of `bytes`, a byte order mark included. The content of a JSON
/// block is the object with its braces, which are its fences at the same time.
#[must_use]
pub fn extract(bytes: &[u8], complete: bool, rules: &FenceRules) -> Extraction {
    if !complete && bytes.len() < BYTE_ORDER_MARK.len() + 1 {
        return Extraction::Incomplete;
    }
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    let mut lines = Lines::new(bytes, mark);
    let mut first = lines.next();
    while let Some(line) = first.filter(|line| blank(line.text(bytes))) {
        if !line.has_break {
            break;
        }
        first = lines.next();
    }
    let Some(mut first) = first else {
        return if complete {
            Extraction::Absent
        } else {
            Extraction::Incomplete
        };
    };
    let mut text = first.text(bytes);
    if rules.opens(OpenRule::Indented) {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        first.start += text.iter().take_while(is_blank).count();
        text = first.text(bytes);
    }
    if !first.has_break && !complete {
        return if could_open(text) {
            Extraction::Incomplete
        } else {
            Extraction::Absent
        };
    }
    // A line that is cut off is not told from what it may become.
    let whole_lines = match memchr::memrchr(b'\n', bytes) {
        Some(last) if !complete => last + 1,
        _ => bytes.len(),
    };
    let bytes = &bytes[..whole_lines];
    let lines = Lines::new(bytes, first.next);
    let misplaced = (mark > 0 && !rules.opens(OpenRule::AfterByteOrderMark))
        || (first.start > mark && !rules.opens(OpenRule::AfterEmptyLines));
    let Some(opening) = Opening::of(bytes, first, rules) else {
        let found = near::opening(bytes, complete, first, lines, rules);
        let is_sign = matches!(text.first(), Some(b'-' | b'+'));
        return match found {
            Extraction::Absent if rules.opens(OpenRule::AtAnySign) && is_sign => {
                near::bare_sign(bytes, first, rules)
            }
            Extraction::Broken(finding, block) if misplaced => {
                let finding = near::misplaced_too(bytes, mark, first, rules, finding);
                Extraction::Broken(finding, block)
            }
            found => found,
        };
    };
    let (found, near) = if opening.is_brace(bytes) {
        (lines::json(bytes, first.start), None)
    } else {
        closed(bytes, complete, opening, first.next, rules)
    };
    let looks = || next_looks_like_metadata(bytes, opening.line, opening.syntax);
    match found {
        Some(block) if misplaced && looks() => {
            let diagnostic = near::misplaced(bytes, mark, &block, rules);
            Extraction::Broken(Box::new(diagnostic), Some(block))
        }
        Some(_) if misplaced => Extraction::Absent,
        Some(block) if loose::is_ragged(bytes, &block) && looks() => {
            Extraction::Broken(Box::new(loose::ragged(bytes, &block, rules)), Some(block))
        }
        Some(block) => match near {
            Some(near) => near::early_close(bytes, opening, block, near, rules),
            None => Extraction::Found(block),
        },
        None if !complete => Extraction::Incomplete,
        None if looks()
            || (!opening.is_brace(bytes)
                && (rules.closes(CloseRule::OnlyByFence) || blank(&bytes[first.end..]))) =>
        {
            if !misplaced {
                return unclosed::unclosed(bytes, opening, rules, rules.when_unclosed);
            }
            match unclosed::unclosed(bytes, opening, rules, rules.when_missed) {
                Extraction::Broken(finding, block) => {
                    let finding = near::misplaced_too(bytes, mark, first, rules, finding);
                    Extraction::Broken(finding, block)
                }
                found => found,
            }
        }
        None if rules.opens(OpenRule::AtAnySign) => near::bare_sign(bytes, first, rules),
        None => Extraction::Absent,
    }
}

/// Whether a line was meant as a fence and is none.
pub(super) fn is_nearly_a_fence(line: &[u8]) -> bool {
    shapes::Near::of(line).is_some()
}

/// Whether a line that is not read to its end yet may open front matter.
fn could_open(line: &[u8]) -> bool {
    let text = line.trim_ascii_start();
    text.is_empty()
        || text.starts_with(b"-")
        || text.starts_with(b"+")
        || text.starts_with(b"{")
        || !text.is_ascii()
}

/// The block between an opening fence and the line from `next` on that closes it, and the first line
/// between them that is nearly a fence of YAML.
fn closed(
    bytes: &[u8],
    complete: bool,
    opening: Opening,
    next: usize,
    rules: &FenceRules,
) -> (Option<Block>, Option<Line>) {
    let fence = &bytes[opening.fence.range()];
    let fence = fence.get(..3).unwrap_or(fence);
    let mut near = None;
    let mut next = next;
    if rules.closes(CloseRule::OnlyAfterContent) {
        next = Lines::new(bytes, next)
            .next()
            .map_or(next, |line| line.next);
    }
    for line in LikelyFences::new(bytes, next) {
        let text = line.text(bytes).trim_ascii_end();
        // White space other than blanks is white space to some.
        let is_ragged = || !blank_only(line.text(bytes).get(text.len()..));
        if rules.closes(CloseRule::OnlyBeforeLineBreak) && (!line.has_break || is_ragged()) {
            continue;
        }
        let closes = text == fence
            || (rules.closes(CloseRule::Dots) && fence == b"---" && text == b"...")
            || (rules.closes(CloseRule::WithTrailingText) && text.starts_with(fence));
        // A line that is not read to its end may go on.
        if closes && (line.has_break || complete) {
            let block = Block {
                syntax: opening.syntax,
                open: opening.fence,
                content: Span::from_usize(opening.content, line.start),
                close: Span::from_usize(line.start, line.start + 3),
            };
            return (Some(block), near);
        }
        let is_yaml = opening.syntax == Syntax::Yaml;
        if is_yaml && near.is_none() && shapes::is_near_fence(line.text(bytes), "---") {
            near = Some(line);
        }
    }
    (None, near)
}

fn blank_only(bytes: Option<&[u8]>) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    bytes.is_some_and(|bytes| bytes.iter().all(is_blank))
}

#[cfg(test)]
mod tests;
