//! Finds the front matter of a file by its fences.

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

/// What a generator takes for a fence, and what becomes of a page whose front matter it misses.
#[derive(Clone, Debug)]
pub struct FenceRules {
    /// The generator's name as shown to users: "Jekyll".
    pub generator: &'static str,
    /// Whether `...` closes YAML front matter.
    pub dots_close: bool,
    /// Whether a byte order mark before the opening fence is skipped.
    pub byte_order_mark: bool,
    /// Whether blank lines may stand before the opening fence.
    pub blank_lines_before: bool,
    /// Whether `+++` opens TOML front matter.
    pub toml: bool,
    /// Whether `{` opens JSON front matter.
    pub json: bool,
    /// What happens to a page whose front matter is not seen, as the end of a sentence:
    /// "copies the file as it is and drops all metadata".
    pub when_missed: &'static str,
}

/// The outcome of looking for front matter.
#[derive(Debug)]
pub enum Extraction {
    /// The closing fence is not among these bytes; read more.
    Incomplete,
    /// The file has no front matter.
    Absent,
    /// Front matter that the generator reads.
    Found(Block),
    /// Something that its author meant as front matter and the generator does not read. The block
    /// is given where its content can be checked all the same.
    Broken(Box<Diagnostic>, Option<Block>),
}

/// Looks for front matter at the beginning of `bytes`, which are the whole file if `complete`.
#[must_use]
pub fn extract(bytes: &[u8], complete: bool, rules: &FenceRules) -> Extraction {
    let _ = (bytes, complete, rules);
    Extraction::Absent
}
