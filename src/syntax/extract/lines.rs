//! Lines of bytes, and whether they look like metadata.

use super::shapes::may_begin_fence;
use super::{Block, Syntax};
use crate::syntax::printable::begins_unprintable;
use crate::text::Span;

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
        if start >= self.bytes.len() {
            return None;
        }
        let found = memchr::memchr(b'\n', &self.bytes[start..]);
        let next = found.map_or(self.bytes.len(), |at| start + at + 1);
        let mut end = if found.is_some() { next - 1 } else { next };
        if end > start && self.bytes[end - 1] == b'\r' {
            end -= 1;
        }
        self.at = next;
        Some(Line {
            start,
            end,
            next,
            has_break: found.is_some(),
        })
    }
}

/// The lines from an offset on that may be fences, or nearly, by their first bytes.
pub(super) struct LikelyFences<'a> {
    lines: Lines<'a>,
}

impl<'a> LikelyFences<'a> {
    /// `at` is the beginning of a line.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        let lines = Lines::new(bytes, at);
        Self { lines }
    }
}

impl Iterator for LikelyFences<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let Lines { bytes, at } = self.lines;
        let rest = bytes.get(at..)?;
        if !may_begin_fence(*rest.first()?, second(rest)) {
            self.lines.at = at + next_likely(rest)?;
        }
        self.lines.next()
    }
}

/// The second of some bytes, or a line feed: the end is as good as the end of a line.
fn second(bytes: &[u8]) -> u8 {
    bytes.get(1).copied().unwrap_or(b'\n')
}

/// How many bytes are looked at together: of a loop without branches over so many, the compiler
/// makes a few instructions.
const CHUNK: usize = 64;

/// The beginning of the first line that may be a fence, that of `bytes` aside.
fn next_likely(bytes: &[u8]) -> Option<usize> {
    let begins = |last: u8, first, second| (last == b'\n') & may_begin_fence(first, second);
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<{ CHUNK + 2 }>() {
        let mut any = false;
        for at in 0..CHUNK {
            any |= begins(window[at], window[at + 1], window[at + 2]);
        }
        if any {
            break;
        }
        rest = &rest[CHUNK..];
    }
    let mut after = memchr::memchr_iter(b'\n', rest).map(|at| &rest[at + 1..]);
    let line = after.find(|line| {
        line.first()
            .is_some_and(|&first| may_begin_fence(first, second(line)))
    })?;
    Some(bytes.len() - line.len())
}

pub(super) fn blank(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

/// `key:` at the beginning of a line, the key one word or quoted.
pub(super) fn is_key(line: &[u8]) -> bool {
    let Some(colon) = memchr::memchr_iter(b':', line)
        .find(|&at| matches!(line.get(at + 1), None | Some(b' ' | b'\t')))
    else {
        return false;
    };
    let key = &line[..colon];
    match key.first() {
        Some(b'"' | b'\'') => key.len() > 2 && key.last() == key.first(),
        Some(first) => {
            (first.is_ascii_alphanumeric()
                || !(first.is_ascii() || begins_unprintable(key))
                || matches!(first, b'_' | b'$' | b'<'))
                && !key.iter().any(|byte| {
                    matches!(
                        byte,
                        b' ' | b'\t' | b'{' | b'}' | b'[' | b']' | b'`' | b'*' | b'('
                    )
                })
        }
        None => false,
    }
}

/// `key =` or `[table]`.
fn is_toml(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let table = line.starts_with(b"[") && line.ends_with(b"]");
    let key = memchr::memchr(b'=', line).map(|at| line[..at].trim_ascii_end());
    table || key.is_some_and(|key| !key.is_empty() && !key.contains(&b' '))
}

/// Whether the first line after a fence that is neither blank nor a comment looks like metadata; of
/// JSON, the object.
pub(super) fn next_looks_like_metadata(bytes: &[u8], fence: Line, syntax: Syntax) -> bool {
    if syntax == Syntax::Json {
        let is_brace = bytes[fence.start] == b'{';
        let object = if is_brace { fence.start } else { fence.next };
        return json_begins(bytes[object..].trim_ascii_start());
    }
    first_told(bytes, fence).is_some_and(|line| is_member(line, syntax))
}

/// Whether a line begins a member of a mapping.
pub(super) fn is_member(line: &[u8], syntax: Syntax) -> bool {
    match syntax {
        Syntax::Yaml => is_key(line),
        Syntax::Toml => is_toml(line),
        Syntax::Json => false,
    }
}

/// The first line after a fence that is neither blank nor a comment.
pub(super) fn first_told(bytes: &[u8], fence: Line) -> Option<&[u8]> {
    Lines::new(bytes, fence.next)
        .map(|line| line.text(bytes))
        .find(|line| !blank(line) && !line.trim_ascii_start().starts_with(b"#"))
}

/// The last line from `fence` on that looks like metadata: keys, what is indented below them,
/// their lists and comments between them.
pub(super) fn last_metadata(bytes: &[u8], fence: Line, syntax: Syntax) -> Line {
    let mut last = fence;
    let mut after_blank = false;
    let mut below_key = false;
    for line in Lines::new(bytes, fence.next) {
        let text = line.text(bytes);
        if blank(text) {
            after_blank = true;
            continue;
        }
        let trimmed = text.trim_ascii_start();
        let indented = matches!(text.first(), Some(b' ' | b'\t'));
        let item = trimmed == b"-" || trimmed.starts_with(b"- ");
        let key = is_member(text, syntax);
        if trimmed.starts_with(b"#") {
            continue;
        }
        if trimmed.trim_ascii_end() == b"..." {
            break;
        }
        let prose = after_blank && text.first().is_some_and(u8::is_ascii_uppercase);
        if (key && !prose) || ((indented || item) && below_key && !after_blank) {
            last = line;
            below_key = true;
            after_blank = false;
        } else {
            break;
        }
    }
    last
}

/// Whether bytes begin as a JSON object does, and not as Liquid or a shortcode.
pub(super) fn json_begins(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    rest.is_some_and(|rest| matches!(rest.first(), Some(b'"' | b'}')))
}

/// Whether bytes end where it cannot be told yet whether [`json_begins`].
pub(super) fn json_may_begin(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"{").is_some_and(blank)
}

/// The place of what stands after a `{` where a key of JSON should, if it looks like one of another
/// language or like a comment.
pub(super) fn nearly_json(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?.strip_prefix(b"{")?;
    let key = rest.trim_ascii_start();
    let is_key = key.starts_with(b"//")
        || key.starts_with(b"/*")
        || key
            .first()
            .is_some_and(|first| *first == b'\'' || first.is_ascii_alphabetic());
    is_key.then(|| start + 1 + rest.len() - key.len())
}

/// The JSON object that begins at `start`, its end found by its braces outside of strings.
pub(super) fn json(bytes: &[u8], start: usize) -> Option<Block> {
    if !json_begins(&bytes[start..]) {
        return None;
    }
    let mut depth = 0usize;
    let mut in_string = false;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => {
                depth -= 1;
                if depth == 0 {
                    return Some(Block {
                        syntax: Syntax::Json,
                        open: Span::from_usize(start, start + 1),
                        content: Span::from_usize(start, at + 1),
                        close: Span::from_usize(at, at + 1),
                    });
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn likely_fences_are_found_among_all_lines(
            text in "([ -~é’\t]{0,40}|[-+.é\r ]{0,4}|\n){0,30}",
        ) {
            let bytes = text.as_bytes();
            let found = LikelyFences::new(bytes, 0).map(|line| (line.start, line.next));
            let each = Lines::new(bytes, 0).filter(|line| {
                let text = &bytes[line.start..];
                may_begin_fence(text[0], second(text))
            });
            assert!(found.eq(each.map(|line| (line.start, line.next))), "{text:?}");
        }
    }
}
