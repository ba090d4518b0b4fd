//! Values as messages show them.

use crate::text::one_line;

/// The most characters of a value that a message shows.
pub const LONGEST_SHOWN: usize = 48;

/// A text between backticks, on one line and not too long.
#[must_use]
pub fn code(text: &str) -> String {
    let mut line = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST_SHOWN {
            line.push('…');
            break;
        }
        line.push(match character {
            '`' => '\'',
            other => other,
        });
    }
    format!("`{}`", one_line(&line))
}
