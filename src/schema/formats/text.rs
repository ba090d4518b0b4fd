//! Words and characters that the messages of several formats share.

/// The value as messages show it: in backticks, on one line, not too long.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown = String::from('`');
    for (index, c) in text.chars().enumerate() {
        if index == MOST {
            shown.push('…');
            break;
        }
        if c.is_control() || invisible(c).is_some() {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown.push('`');
    shown
}

/// A character that is seen: in backticks; one that is not: by its name.
pub(super) fn named(c: char) -> String {
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

/// What an invisible character is called; `None` for one that shows.
pub(super) fn invisible(c: char) -> Option<&'static str> {
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

/// The first invisible character, and the text without any.
pub(super) fn strip_invisible(text: &str) -> Option<(char, String)> {
    let first = text.chars().find(|&c| invisible(c).is_some())?;
    Some((
        first,
        text.chars().filter(|&c| invisible(c).is_none()).collect(),
    ))
}

/// A letter without its accents: `é` is `e`, `œ` is `oe`.
pub(super) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;

    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'œ' => folded.push_str("oe"),
            'Œ' => folded.push_str("OE"),
            'æ' => folded.push_str("ae"),
            'Æ' => folded.push_str("AE"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'Ø' => folded.push('O'),
            'ł' => folded.push('l'),
            'Ł' => folded.push('L'),
            'đ' => folded.push('d'),
            'Đ' => folded.push('D'),
            _ => folded.push(c),
        }
    }
    folded
}
