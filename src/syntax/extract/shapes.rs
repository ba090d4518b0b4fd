//! Lines that are nearly fences, and the parts of sentences about them.

use super::lines::{Line, is_key};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::text::{SourceId, Span};

/// The line break of the file's first line.
pub(super) fn line_break(bytes: &[u8]) -> &'static str {
    match memchr::memchr(b'\n', bytes) {
        Some(at) if bytes[..at].ends_with(b"\r") => "\r\n",
        _ => "\n",
    }
}

/// What a line that is nearly a fence consists of.
pub(super) fn what_it_is(fence: &[u8]) -> String {
    let text = text(fence);
    let dash = text.chars().find(|c| is_dash(*c));
    match dash {
        None if text.trim_matches(is_invisible) == "---" => {
            "a character that is not seen stands beside them".to_owned()
        }
        Some(dash) => format!("`{dash}` is a dash, which an editor puts in place of hyphens"),
        None => format!("there are {} of them", text.chars().count()),
    }
}

/// A dash or hyphen of typography: hyphen, figure dash, en dash, em dash, horizontal bar, minus.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// White space of any kind, and characters of no width.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Four hyphens and more, hyphens that an editor made into dashes, `---` with blanks before it, or
/// with characters beside it that are not seen.
pub(super) fn is_near_fence(line: &[u8]) -> bool {
    let trimmed = line.trim_ascii();
    // Every line of front matter is asked, and nearly none begins like this.
    if !matches!(trimmed, [b'-' | 0xe2, b'-' | 0xe2 | 0x80.., ..]) {
        return false;
    }
    let indented = line
        .first()
        .is_some_and(|byte| matches!(byte, b' ' | b'\t'));
    if trimmed == b"---" {
        return indented;
    }
    if indented {
        return false;
    }
    let Ok(text) = std::str::from_utf8(trimmed) else {
        return false;
    };
    if text.trim_matches(is_invisible) == "---" {
        return true;
    }
    let dashes = text.chars().filter(|c| is_dash(*c)).count();
    let hyphens = text.chars().filter(|c| *c == '-').count();
    let all = text.chars().count();
    dashes + hyphens == all && (hyphens >= 4 || dashes > 0)
}

/// The offset of the key in `--- key: value`.
pub(super) fn inline_key(line: &[u8]) -> Option<usize> {
    let rest = line.strip_prefix(b"---")?;
    let blanks = rest.len() - rest.trim_ascii_start().len();
    (blanks > 0 && is_key(rest.trim_ascii_start())).then_some(3 + blanks)
}

pub(super) fn text3(bytes: &[u8], first: Line) -> &'static str {
    if first.text(bytes).starts_with(b"+++") {
        "+++"
    } else {
        "---"
    }
}

/// The 1-based number of the line that begins at an offset.
pub(super) fn number(bytes: &[u8], start: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..start]).count() + 1
}

pub(super) fn count(many: usize, what: &str) -> String {
    if many == 1 {
        what.to_owned()
    } else {
        format!("{many} {what}s")
    }
}

/// Bytes for a sentence, cut to a length that fits one.
pub(super) fn text(bytes: &[u8]) -> String {
    const MAX: usize = 60;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * MAX)]);
    match text.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

pub(super) fn edit_of(start: usize, end: usize, content: &str) -> Edit {
    Edit {
        source: SourceId::PAGE,
        span: Span::from_usize(start, end),
        content: content.to_owned(),
    }
}

pub(super) fn fix(
    title: &str,
    start: usize,
    end: usize,
    content: &str,
    applicability: Applicability,
) -> Fix {
    Fix {
        title: title.to_owned(),
        edits: vec![edit_of(start, end, content)],
        applicability,
    }
}
