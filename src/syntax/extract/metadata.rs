//! Whether lines look like metadata, which distinguishes a fence from a rule across the page.

use super::Syntax;
use super::json;
use super::lines::{Line, Lines, is_empty};
use crate::syntax::printable::begins_unprintable;

/// Whether a line begins a member of a mapping.
pub(super) fn is_member(line: &[u8], syntax: Syntax) -> bool {
    match syntax {
        Syntax::Yaml => is_key(line),
        Syntax::Toml => is_toml(line),
        Syntax::Json => false,
    }
}

/// `key:` at the beginning of a line, the key one word or quoted.
pub(super) fn is_key(line: &[u8]) -> bool {
    let ends_key = |&at: &usize| matches!(line.get(at + 1), None | Some(b' ' | b'\t'));
    let Some(colon) = memchr::memchr_iter(b':', line).find(ends_key) else {
        return false;
    };
    let key = &line[..colon];
    match key.first() {
        Some(b'"' | b'\'') => key.len() > 2 && key.last() == key.first(),
        Some(first) => {
            let begins_word = first.is_ascii_alphanumeric()
                || !(first.is_ascii() || begins_unprintable(key))
                || matches!(first, b'_' | b'$' | b'<');
            begins_word && !key.iter().any(|byte| b" \t{}[]`*(".contains(byte))
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

/// Whether the first line after a fence that is neither empty nor a comment looks like metadata; of
/// JSON, whether the object does.
pub(super) fn is_after(bytes: &[u8], fence: Line, syntax: Syntax) -> bool {
    if syntax == Syntax::Json {
        let is_brace = bytes[fence.start] == b'{';
        let object = if is_brace { fence.start } else { fence.next };
        return json::begins(bytes[object..].trim_ascii_start());
    }
    first_content(bytes, fence).is_some_and(|line| is_member(line, syntax))
}

/// The first line after a fence that is neither empty nor a comment.
pub(super) fn first_content(bytes: &[u8], fence: Line) -> Option<&[u8]> {
    Lines::new(bytes, fence.next)
        .map(|line| line.text(bytes))
        .find(|line| !is_empty(line) && !line.trim_ascii_start().starts_with(b"#"))
}

/// The last line from `fence` on that looks like metadata: keys, what is indented below them,
/// their lists and comments between them.
pub(super) fn last(bytes: &[u8], fence: Line, syntax: Syntax) -> Line {
    let mut last = fence;
    let mut after_empty = false;
    let mut below_key = false;
    for line in Lines::new(bytes, fence.next) {
        let text = line.text(bytes);
        let trimmed = text.trim_ascii_start();
        if trimmed.is_empty() {
            after_empty = true;
            continue;
        }
        if trimmed.starts_with(b"#") {
            continue;
        }
        let is_inner = matches!(text.first(), Some(b' ' | b'\t'))
            || trimmed == b"-"
            || trimmed.starts_with(b"- ");
        // After an empty line, `Note: this` is prose rather than a key.
        let is_prose = after_empty && text.first().is_some_and(u8::is_ascii_uppercase);
        let goes_on =
            (is_member(text, syntax) && !is_prose) || (is_inner && below_key && !after_empty);
        if trimmed.trim_ascii_end() == b"..." || !goes_on {
            break;
        }
        last = line;
        below_key = true;
        after_empty = false;
    }
    last
}
