//! Finds the front matter of a file by its fences.
//!
//! Works on bytes, since what follows the front matter may be anything. Of what is between the
//! fences it reads only enough to distinguish metadata from prose.

mod closing;
mod file;
mod foreign;
mod json;
mod lines;
mod lost;
mod metadata;
mod misplaced;
mod near_fence;
mod not_opened;
mod opening;
mod unclosed;
mod wording;

use self::closing::Closing;
use self::file::File;
use self::lines::is_empty;
use self::near_fence::NearFence;
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
    /// The opening fence without white space; empty at 0 for a whole file.
    pub open: Span,
    /// What is between the fences: from the first byte of the line after the opening one to the
    /// first byte of the closing one.
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
    /// Keys are read without fences too, their values as text, down to the first other line.
    WithoutFence,
    /// Not even white space may follow it on its line.
    OnlyBeforeLineBreak,
}

/// How a closing fence may differ from the next line `---`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseRule {
    /// `...` closes YAML.
    Dots,
    /// Any line that begins with the fence closes: `----`. What follows its third character is
    /// printed as text.
    WithTrailingText,
    /// Any line that ends with the fence closes: `key: value ---`.
    AtEndOfLine,
    /// A line `+++` closes what `---` opens, and the other way round.
    BySign,
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
    /// Whether `when_missed` happens to a page without front matter too, and is no small thing.
    pub requires_front_matter: bool,
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
        requires_front_matter: false,
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
    /// Front matter in a language that only the site knows: a program, or what its code adds.
    Foreign,
    /// Front matter that the generator reads.
    Found(Block),
    /// What its author meant as front matter and the generator does not read as such. The block is
    /// there if its content can still be checked.
    Broken(Box<Diagnostic>, Option<Block>),
}

/// Looks for front matter at the beginning of `bytes`, which are the whole file if `complete`.
///
/// Offsets count from the first of `bytes`, a byte order mark included. The content of a JSON
/// block is the object with its braces, which are its fences at the same time.
#[must_use]
pub fn extract(bytes: &[u8], complete: bool, rules: &FenceRules) -> Extraction {
    let file = match File::new(bytes, complete, rules) {
        Ok(file) => file,
        Err(extraction) => return extraction,
    };
    let Some(opening) = Opening::of(&file) else {
        return not_opened(&file);
    };
    if opening.is_brace() {
        return match json::block(file.bytes, file.first.start) {
            Some(block) => closed(&file, opening, block, None),
            None => not_closed(&file, opening),
        };
    }
    let closing = Closing::of(&file, opening);
    match closing.block {
        Some(block) => closed(&file, opening, block, closing.near),
        None => not_closed(&file, opening),
    }
}

fn not_opened(file: &File<'_>) -> Extraction {
    let is_sign = matches!(file.first_text().first(), Some(b'-' | b'+'));
    match not_opened::extract(file) {
        Extraction::Absent if file.rules.opens(OpenRule::AtAnySign) && is_sign => {
            not_opened::bare_sign(file)
        }
        found if file.is_misplaced() => also_misplaced(file, found),
        found => found,
    }
}

fn closed(
    file: &File<'_>,
    opening: Opening,
    block: Block,
    near: Option<lines::Line>,
) -> Extraction {
    if file.is_misplaced() {
        return match opening.has_metadata(file) {
            true => Extraction::Broken(Box::new(misplaced::misplaced(file, &block)), Some(block)),
            false => Extraction::Absent,
        };
    }
    if closing::is_of_other_sign(file, opening, &block) && opening.has_metadata(file) {
        let finding = closing::prints_all(file, opening, &block);
        return Extraction::Broken(Box::new(finding), Some(block));
    }
    if let Some(text) = closing::trailing_text(file, &block)
        && opening.has_metadata(file)
    {
        let finding = closing::prints_trailing_text(file, &block, text);
        return Extraction::Broken(Box::new(finding), Some(block));
    }
    match near {
        Some(near) => closing::closed_too_late(file, opening, block, near),
        None => Extraction::Found(block),
    }
}

fn not_closed(file: &File<'_>, opening: Opening) -> Extraction {
    if !file.complete {
        return Extraction::Incomplete;
    }
    let rules = file.rules;
    let is_meant = opening.has_metadata(file)
        || (!opening.is_brace()
            && (rules.closes(CloseRule::OnlyByFence) || is_empty(&file.bytes[file.first.end..])));
    match (is_meant, file.is_misplaced()) {
        (true, true) => also_misplaced(file, unclosed::unclosed(file, opening, rules.when_missed)),
        (true, false) => unclosed::unclosed(file, opening, rules.when_unclosed),
        _ if rules.opens(OpenRule::AtAnySign) => not_opened::bare_sign(file),
        _ => Extraction::Absent,
    }
}

fn also_misplaced(file: &File<'_>, found: Extraction) -> Extraction {
    match found {
        Extraction::Broken(finding, block) => {
            let finding = misplaced::also_misplaced(file, *finding);
            Extraction::Broken(Box::new(finding), block)
        }
        found => found,
    }
}

/// Whether a line was meant to be a fence and is none.
pub(super) fn is_nearly_a_fence(line: &[u8]) -> bool {
    NearFence::of(line).is_some()
}

#[cfg(test)]
mod tests;
