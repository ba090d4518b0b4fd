//! JSON objects as front matter.

use super::{Block, Syntax};
use crate::text::Span;

/// Whether bytes begin as a JSON object does, and not as Liquid or a shortcode.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    rest.is_some_and(|rest| matches!(rest.first(), Some(b'"' | b'}')))
}

/// Whether more bytes are needed to decide whether they [`begins`] an object.
pub(super) fn may_begin(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"{")
        .is_some_and(|rest| rest.trim_ascii().is_empty())
}

/// The offset of what is after a `{` in place of a key of JSON: a key of another language, or a
/// comment.
pub(super) fn wrong_key(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?.strip_prefix(b"{")?;
    let key = rest.trim_ascii_start();
    let is_key = key.starts_with(b"//")
        || key.starts_with(b"/*")
        || matches!(key.first(), Some(b'\'' | b'a'..=b'z' | b'A'..=b'Z'));
    is_key.then(|| start + 1 + rest.len() - key.len())
}

/// The JSON object that begins at `start`, its end found by its braces outside of strings.
pub(super) fn block(bytes: &[u8], start: usize) -> Option<Block> {
    if !begins(&bytes[start..]) {
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
            b'}' if !in_string && depth == 1 => {
                return Some(Block {
                    syntax: Syntax::Json,
                    open: Span::from_usize(start, start + 1),
                    content: Span::from_usize(start, at + 1),
                    close: Span::from_usize(at, at + 1),
                });
            }
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}
