//! Names of invisible characters.

/// A visible character in backticks, an invisible one by its name.
#[must_use]
pub fn named(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '\u{a0}' | '\u{202f}' => "a no-break space".to_owned(),
        _ => match invisible(c) {
            Some(name) => format!("{name} (U+{:04X})", u32::from(c)),
            None if c.is_control() || c.is_whitespace() => {
                format!("the character U+{:04X}", u32::from(c))
            }
            None => format!("`{c}`"),
        },
    }
}

/// The name of an invisible character; `None` for a visible one.
#[must_use]
pub fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' => "an invisible soft hyphen",
        '\u{200b}' => "an invisible zero-width space",
        '\u{200c}' | '\u{200d}' | '\u{2060}' => "an invisible joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "an invisible direction mark"
        }
        '\u{feff}' => "an invisible byte order mark",
        _ => return None,
    })
}
