//! Words and characters that the messages of several formats share.

pub(super) use crate::text::{invisible, named, visible_code};

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
