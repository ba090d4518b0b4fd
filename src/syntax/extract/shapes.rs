//! Lines that are nearly fences, and the parts of sentences about them.

use super::lines::is_key;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::text::{SourceId, Span, invisible, named, shorten};

/// The line break of the file's first line.
pub(super) fn line_break(bytes: &[u8]) -> &'static str {
    match memchr::memchr(b'\n', bytes) {
        Some(at) if bytes[..at].ends_with(b"\r") => "\r\n",
        _ => "\n",
    }
}

/// What a line that is nearly a fence consists of.
fn what_it_is(fence: &[u8]) -> String {
    let text = text(fence);
    let dash = text.chars().find(|c| is_dash(*c));
    match dash {
        Some(dash) => format!("`{dash}` is a dash, which an editor puts in place of hyphens"),
        None => format!("there are {} of them", text.chars().count()),
    }
}

/// A dash or hyphen of typography: hyphen, figure dash, en dash, em dash, horizontal bar, minus.
fn is_dash(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// How a line differs from a fence that it was meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// So many blanks before it.
    Indented(usize),
    /// Beside it a character that nobody sees and no generator takes for a blank; whether it is
    /// before it.
    Unseen(char, bool),
    /// Four hyphens and more, or hyphens that an editor made into dashes.
    Signs,
}

/// Whether a line that does not begin with a space may be a fence, or nearly one, by its first two
/// bytes. Most lines begin with a letter, a quote, a space, or as the item of a list. Without branches,
/// so that many bytes are looked at together.
#[inline]
pub(super) fn may_begin_fence(first: u8, second: u8) -> bool {
    let is_item = (first == b'-') & (second == b' ');
    // Beyond ASCII, a byte is negative.
    ((first.wrapping_sub(b'+') <= b'.' - b'+') & !is_item)
        | (first.cast_signed() < b' '.cast_signed())
}

impl Near {
    /// `None` for a line that is no fence, nor nearly one, and for a fence.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        let trimmed = line.trim_ascii();
        // Every line of front matter is asked, and nearly none begins like this.
        if !matches!(
            trimmed,
            [b'-', b'-' | 0x80.., ..] | [b'+', b'+', ..] | [0xc2 | 0xe1..=0xe3 | 0xef, ..]
        ) {
            return None;
        }
        let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let blanks = blanks.count();
        if matches!(trimmed, b"---" | b"+++") {
            return (blanks > 0).then_some(Self::Indented(blanks));
        }
        let text = std::str::from_utf8(trimmed).ok()?;
        let bare = text.trim_matches(|c| is_unseen(c) || c.is_ascii_whitespace());
        if matches!(bare, "---" | "+++") {
            let before = text.starts_with(is_unseen);
            let unseen = text.chars().find(|&c| is_unseen(c))?;
            return Some(Self::Unseen(unseen, before));
        }
        let dashes = text.chars().filter(|c| is_dash(*c)).count();
        let hyphens = text.chars().filter(|c| *c == '-').count();
        let all = text.chars().count();
        let is_signs = (dashes + hyphens == all && (hyphens >= 4 || dashes > 0))
            || (all >= 4 && text.chars().all(|c| c == '+'));
        (blanks == 0 && is_signs).then_some(Self::Signs)
    }

    /// What to do about a line with this number; `fence` is what it consists of without the blanks
    /// around it.
    pub(super) fn help(self, fence: &[u8], number: usize) -> String {
        let meant = meant(fence);
        match self {
            Self::Indented(blanks) => format!(
                "delete the {} before `{meant}` on line {number}",
                count(blanks, "blank")
            ),
            Self::Unseen(unseen, before) => format!(
                "delete {} {} `{meant}` on line {number}",
                the(unseen),
                if before { "before" } else { "after" }
            ),
            Self::Signs => {
                let signs = if meant == "+++" {
                    "plus signs"
                } else {
                    "hyphens"
                };
                let what = what_it_is(fence);
                format!("write exactly three {signs}, `{meant}`, on line {number}; {what}")
            }
        }
    }

    /// The help where the closing fence, on line `number`, is wrong too.
    pub(super) fn help_for_both(
        help: &str,
        open: Option<Self>,
        close: Self,
        fence: &[u8],
        number: usize,
    ) -> String {
        if open == Some(close) {
            format!("{help}; do the same on line {number}")
        } else {
            format!("{help}; {}", close.help(fence, number))
        }
    }
}

/// Whether a character shows nowhere and stands for no blank where fences are told.
pub(super) fn is_unseen(c: char) -> bool {
    !c.is_ascii() && (c.is_whitespace() || invisible(c).is_some())
}

/// The name of a character that nobody sees, as one that is there.
fn the(unseen: char) -> String {
    let name = named(unseen);
    let rest = name.strip_prefix("an ").or_else(|| name.strip_prefix("a "));
    rest.map_or_else(|| name.clone(), |rest| format!("the {rest}"))
}

/// The fence that a line was meant for.
pub(super) fn meant(line: &[u8]) -> &'static str {
    let plus = line.iter().find(|byte| byte.is_ascii_graphic()) == Some(&b'+');
    if plus { "+++" } else { "---" }
}

/// Whether a line is nearly the fence that `open` opens.
pub(super) fn is_near_fence(line: &[u8], open: &str) -> bool {
    Near::of(line).is_some() && meant(line) == open
}

/// The offset of the key in `--- key: value`.
pub(super) fn inline_key(line: &[u8]) -> Option<usize> {
    let rest = line.strip_prefix(b"---")?;
    let blanks = rest.len() - rest.trim_ascii_start().len();
    (blanks > 0 && is_key(rest.trim_ascii_start())).then_some(3 + blanks)
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
    shorten(&text, MAX).into_owned()
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
