//! The file in which front matter is looked for.

use super::lines::{Line, Lines, is_empty};
use super::{Extraction, FenceRules, OpenRule};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The beginning of a file, or all of it, and the rules of its generator.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    /// Whole lines, unless the file is complete.
    pub bytes: &'a [u8],
    pub complete: bool,
    pub rules: &'a FenceRules,
    /// The length of the byte order mark, 0 without one.
    pub bom: usize,
    /// The first line that is not empty; without its indentation where that is allowed.
    pub first: Line,
}

impl<'a> File<'a> {
    /// # Errors
    ///
    /// The outcome, where no line can be looked at.
    pub(super) fn new(
        bytes: &'a [u8],
        complete: bool,
        rules: &'a FenceRules,
    ) -> Result<Self, Extraction> {
        // Too few bytes to distinguish a byte order mark from the first character of the page.
        if !complete && bytes.len() <= BYTE_ORDER_MARK.len() {
            return Err(Extraction::Incomplete);
        }
        let bom = match bytes.starts_with(BYTE_ORDER_MARK) {
            true => BYTE_ORDER_MARK.len(),
            false => 0,
        };
        let is_skipped = |line: &Line| line.has_break && is_empty(line.text(bytes));
        let Some(mut first) = Lines::new(bytes, bom).find(|line| !is_skipped(line)) else {
            return Err(absent_if(complete));
        };
        if rules.opens(OpenRule::Indented) {
            first.start += indent(first.text(bytes));
        }
        if !first.has_break && !complete {
            return Err(absent_if(!may_open(first.text(bytes))));
        }
        // What a line that is cut off will be is not known yet.
        let end = match memchr::memrchr(b'\n', bytes) {
            Some(last) if !complete => last + 1,
            _ => bytes.len(),
        };
        Ok(Self {
            bytes: &bytes[..end],
            complete,
            rules,
            bom,
            first,
        })
    }

    /// The first line that is not empty.
    pub(super) fn first_text(&self) -> &'a [u8] {
        self.first.text(self.bytes)
    }

    /// The lines below the first one.
    pub(super) fn lines(&self) -> Lines<'a> {
        Lines::new(self.bytes, self.first.next)
    }

    /// The 1-based number of the line that begins at an offset.
    pub(super) fn number(&self, start: usize) -> usize {
        self.lines_before(start) + 1
    }

    /// How many lines there are before the one that begins at an offset.
    pub(super) fn lines_before(&self, start: usize) -> usize {
        memchr::memchr_iter(b'\n', &self.bytes[..start]).count()
    }

    /// What follows an offset on its line, without white space at its end.
    pub(super) fn rest_of_line(&self, at: u32) -> &'a [u8] {
        let line = Lines::new(self.bytes, at as usize).next();
        line.map_or(&[], |line| line.text(self.bytes).trim_ascii_end())
    }

    /// The line break of the first line.
    pub(super) fn line_break(&self) -> &'static str {
        match memchr::memchr(b'\n', self.bytes) {
            Some(at) if self.bytes[..at].ends_with(b"\r") => "\r\n",
            _ => "\n",
        }
    }

    /// Whether the generator does not look behind the byte order mark.
    pub(super) fn has_wrong_bom(&self) -> bool {
        self.bom > 0 && !self.rules.opens(OpenRule::AfterByteOrderMark)
    }

    /// Whether the generator does not look behind whatever is before the first line.
    pub(super) fn is_misplaced(&self) -> bool {
        self.has_wrong_bom()
            || (self.first.start > self.bom && !self.rules.opens(OpenRule::AfterEmptyLines))
    }

    /// "Jekyll drops all metadata", of front matter whose opening fence is not recognized.
    pub(super) fn when_missed(&self) -> String {
        format!("{} {}", self.rules.generator, self.rules.when_missed)
    }
}

/// `Absent` where it is certain that there is no front matter, `Incomplete` otherwise.
pub(super) fn absent_if(is_certain: bool) -> Extraction {
    match is_certain {
        true => Extraction::Absent,
        false => Extraction::Incomplete,
    }
}

/// How many spaces and tabs a line begins with.
pub(super) fn indent(line: &[u8]) -> usize {
    let spaces = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.count()
}

/// Whether a line that is cut off may open front matter.
fn may_open(line: &[u8]) -> bool {
    let text = line.trim_ascii_start();
    !text.is_ascii() || matches!(text.first(), None | Some(b'-' | b'+' | b'{'))
}
