//! Lines that are nearly fences.

use super::file::indent;
use super::wording::{count, excerpt};
use super::{CloseRule, FenceRules};
use crate::text::{invisible, named};

/// How a line differs from the fence that it was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NearFence {
    /// So many spaces and tabs come before it.
    Indented(usize),
    /// An invisible character comes before it that no generator skips.
    InvisibleBefore(char),
    /// An invisible character comes after it that no generator skips.
    InvisibleAfter(char),
    /// Four characters and more, or hyphens that an editor turned into dashes.
    WrongCharacters,
    /// `...`, which ends YAML, but not for this generator.
    Dots,
    /// A rule across the page, or the fence of another program.
    Rule,
}

impl NearFence {
    /// `None` for a fence, and for a line that is not even nearly one.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        let trimmed = line.trim_ascii();
        // Quick, since this is called for every line of front matter.
        if !matches!(
            trimmed,
            [b'-', b'-' | 0x80.., ..] | [b'+', b'+', ..] | [0xc2 | 0xe1..=0xe3 | 0xef, ..]
        ) {
            return None;
        }
        let indent = indent(line);
        if matches!(trimmed, b"---" | b"+++") {
            return (indent > 0).then_some(Self::Indented(indent));
        }
        let text = std::str::from_utf8(trimmed).ok()?;
        let visible = text.trim_matches(|c| is_invisible(c) || c.is_ascii_whitespace());
        if matches!(visible, "---" | "+++") {
            let character = text.chars().find(|&c| is_invisible(c))?;
            return Some(match text.starts_with(is_invisible) {
                true => Self::InvisibleBefore(character),
                false => Self::InvisibleAfter(character),
            });
        }
        let all = text.chars().count();
        let dashes = text.chars().filter(|&c| is_dash(c)).count();
        let hyphens = text.bytes().filter(|&byte| byte == b'-').count();
        let is_hyphens = dashes + hyphens == all && (hyphens >= 4 || dashes > 0);
        let is_plus_signs = all >= 4 && text.bytes().all(|byte| byte == b'+');
        (indent == 0 && (is_hyphens || is_plus_signs)).then_some(Self::WrongCharacters)
    }

    /// How a line differs from the one that closes what `open` opens.
    pub(super) fn of_closing(line: &[u8], open: &str, rules: &FenceRules) -> Option<Self> {
        if open == "---" {
            let is_dots = line.trim_ascii_end() == b"...";
            if is_dots && !rules.closes(CloseRule::Dots) {
                return Some(Self::Dots);
            }
            if is_rule(line) {
                return Some(Self::Rule);
            }
        }
        Self::of(line).filter(|_| meant(line) == open)
    }

    /// What to do about `fence`, the line without white space around it, on the line `number`.
    pub(super) fn help(self, fence: &[u8], number: usize) -> String {
        let meant = meant(fence);
        match self {
            Self::Indented(spaces) => format!(
                "delete the {} before `{meant}` on line {number}",
                count(spaces, "blank")
            ),
            Self::InvisibleBefore(c) => {
                format!("delete {} before `{meant}` on line {number}", the(c))
            }
            Self::InvisibleAfter(c) => {
                format!("delete {} after `{meant}` on line {number}", the(c))
            }
            Self::Dots | Self::Rule => {
                format!(
                    "write `{meant}` on line {number} in place of `{}`",
                    excerpt(fence)
                )
            }
            Self::WrongCharacters => {
                let signs = match meant {
                    "+++" => "plus signs",
                    _ => "hyphens",
                };
                let text = excerpt(fence);
                let why = match text.chars().find(|&c| is_dash(c)) {
                    Some(dash) => {
                        format!("`{dash}` is a dash, which an editor puts in place of hyphens")
                    }
                    None => format!("there are {} of them", text.chars().count()),
                };
                format!("write exactly three {signs}, `{meant}`, on line {number}; {why}")
            }
        }
    }

    /// "a no-break space stands after the opening `---`", of one that is invisible.
    pub(super) fn invisible(self) -> Option<(String, &'static str)> {
        match self {
            Self::InvisibleBefore(c) => Some((named(c), "before")),
            Self::InvisibleAfter(c) => Some((named(c), "after")),
            _ => None,
        }
    }
}

/// Whether a line is a rule across the page or the fence of another program: `***`, `_____`,
/// `--`, `===`, `;;;`, `\---`.
pub(super) fn is_rule(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let Some(&sign) = line.first() else {
        return false;
    };
    if !matches!(sign, b'*' | b'_' | b'-' | b'=' | b';' | b'\\') {
        return false;
    }
    let count = line.iter().filter(|&&byte| byte == sign).count();
    let is_of_one_sign = line.iter().all(|&byte| byte == sign || byte == b' ');
    match sign {
        b'\\' => matches!(line, b"\\---" | b"\\-\\-\\-"),
        b'-' => line == b"--",
        _ => is_of_one_sign && count >= 3,
    }
}

/// Whether a line is nearly the fence `open`.
pub(super) fn is_near(line: &[u8], open: &str) -> bool {
    NearFence::of(line).is_some() && meant(line) == open
}

/// The fence that a line was meant to be.
pub(super) fn meant(line: &[u8]) -> &'static str {
    match line.iter().find(|byte| byte.is_ascii_graphic()) {
        Some(b'+') => "+++",
        _ => "---",
    }
}

/// Whether a character is invisible, and no space to those who look for fences.
pub(super) fn is_invisible(c: char) -> bool {
    !c.is_ascii() && (c.is_whitespace() || invisible(c).is_some())
}

/// A dash or hyphen of typography: hyphen, figure dash, en dash, em dash, horizontal bar, minus.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// "the no-break space"
fn the(invisible: char) -> String {
    let name = named(invisible);
    match name.strip_prefix("an ").or(name.strip_prefix("a ")) {
        Some(rest) => format!("the {rest}"),
        None => name,
    }
}
