//! Values as messages show them.

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
        match character {
            '\n' => line.push('↵'),
            '`' => line.push('\''),
            other if other.is_control() => line.push('�'),
            other => line.push(other),
        }
    }
    format!("`{line}`")
}
