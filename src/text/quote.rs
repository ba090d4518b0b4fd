//! Values as messages and fixes write them.

use std::borrow::Cow;

use super::{invisible, one_line};

/// The most characters of a value that a message shows.
pub const LONGEST_SHOWN: usize = 48;

/// The first `most` characters, with `…` where there are more.
#[must_use]
pub fn shorten(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A text between backticks, on one line and not too long.
#[must_use]
pub fn code(text: &str) -> String {
    let shown = shorten(text, LONGEST_SHOWN).replace('`', "'");
    format!("`{}`", one_line(&shown))
}

/// A text between backticks with its invisible characters written out: for formats, which are
/// about single characters, and so show some more of them than [`code`].
#[must_use]
pub fn visible_code(text: &str) -> String {
    let mut shown = String::from('`');
    for c in shorten(text, 60).chars() {
        if c.is_control() || invisible(c).is_some() {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown.push('`');
    shown
}

/// A text in single quotes, as YAML has it; `None` where that takes more than quotes.
#[must_use]
pub fn in_single_quotes(text: &str) -> Option<String> {
    let has_control = text.chars().any(char::is_control);
    (!has_control).then(|| format!("'{}'", text.replace('\'', "''")))
}

/// A text in double quotes, as YAML, TOML and JSON have it; `None` where that takes escapes of
/// control characters.
#[must_use]
pub fn in_double_quotes(text: &str) -> Option<String> {
    let has_control = text.chars().any(char::is_control);
    (!has_control).then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
