//! Where a node really stands, in the places where the parser's own spans say something else.
//!
//! Works on byte offsets into one text; knows no nodes.

/// The offset just after `indicator` (`:` or `-`), if nothing but white space and
/// comments stands between `from` and it.
pub(super) fn after_indicator(text: &str, from: usize, indicator: u8) -> Option<usize> {
    let at = skip_blank(text.as_bytes(), from);
    (text.as_bytes().get(at) == Some(&indicator)).then_some(at + 1)
}

/// A block scalar from its `|` or `>` to the end of its last content line, without that line's
/// break: its value is what the slice and a line break read as. With keep chomping (`|+`) the
/// empty lines that it keeps belong to it.
///
/// `from` lies between the previous token and the indicator, `end` is where the next token may
/// begin.
pub(super) fn block_scalar(text: &str, from: usize, end: usize, value: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let Some(start) = indicator(bytes, from, end, b"|>") else {
        return (from.min(end), end);
    };
    let header = start
        + 1
        + bytes[start + 1..end]
            .iter()
            .take_while(|byte| matches!(byte, b'+' | b'-' | b'1'..=b'9'))
            .count();
    let keep = bytes[start..header].contains(&b'+');
    let content = &text[..end];
    let last = if keep {
        // The indentation of what comes next may have been read already.
        let unindented = content.trim_end_matches([' ', '\t']);
        let content = if unindented.ends_with('\n') && end < text.len() {
            unindented
        } else {
            content
        };
        let content = content.strip_suffix('\n').unwrap_or(content);
        content.strip_suffix('\r').unwrap_or(content).len()
    } else if ends_in_blanks(value) {
        content.trim_end_matches(['\n', '\r']).len()
    } else {
        let trimmed = content.trim_end_matches([' ', '\t', '\n', '\r']).len();
        let spaces = bytes[trimmed..end]
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count();
        trimmed + spaces
    };
    if value.is_empty() {
        return (start, header);
    }
    (start, last.max(header))
}

/// Whether the last line of a value holds only spaces, which are content then.
fn ends_in_blanks(value: &str) -> bool {
    let last = value.trim_end_matches('\n').rsplit('\n').next();
    last.is_some_and(|line| !line.is_empty() && line.trim_end_matches([' ', '\t']).is_empty())
}

/// The first `-` of a block sequence that follows `from`; its first item may begin at `to`.
pub(super) fn first_dash(text: &str, from: usize, to: usize) -> Option<usize> {
    indicator(text.as_bytes(), from, to, b"-")
}

/// The first of `wanted` that follows `from` after other indicators, tags, anchors and comments.
fn indicator(bytes: &[u8], from: usize, end: usize, wanted: &[u8]) -> Option<usize> {
    let mut at = from;
    while at < end {
        at = skip_blank(bytes, at);
        match bytes.get(at)? {
            byte if wanted.contains(byte) => return Some(at),
            b':' | b'-' | b'?' | b'.' => at += 1,
            b'!' | b'&' => {
                at += bytes[at..]
                    .iter()
                    .take_while(|byte| !byte.is_ascii_whitespace())
                    .count();
            }
            _ => return None,
        }
    }
    None
}

/// The first byte from `at` on that is neither white space nor in a comment.
fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => {
                let rest = &bytes[at..];
                at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
            _ => break,
        }
    }
    at
}
