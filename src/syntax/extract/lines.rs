//! Lines of bytes.

/// A line by its offsets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub start: usize,
    /// Without the line break.
    pub end: usize,
    /// The first byte of the next line.
    pub next: usize,
    pub has_break: bool,
}

impl Line {
    pub(super) fn text(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start..self.end]
    }
}

/// The lines from an offset on.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.at;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let line_feed = memchr::memchr(b'\n', rest);
        let line = &rest[..line_feed.unwrap_or(rest.len())];
        self.at = start + line.len() + usize::from(line_feed.is_some());
        Some(Line {
            start,
            end: start + line.strip_suffix(b"\r").unwrap_or(line).len(),
            next: self.at,
            has_break: line_feed.is_some(),
        })
    }
}

/// Whether a line holds nothing but white space.
pub(super) fn is_empty(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}
