//! Jekyll's slugs and the escaping of URL parts.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::char::is_combining_mark;

use crate::text::all_parts;

/// What a slug keeps besides letters, marks and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing; the slug is in lower case.
    Default,
    /// Some punctuation; the case stays.
    Pretty,
}

/// `Utils.slugify`.
pub(super) fn slugify(text: &str, mode: Mode) -> String {
    let keeps = |c: char| {
        // `\p{M}`, `\p{L}` and `\p{Nd}`, as near as the standard library tells them: it counts
        // letters that are numbers, such as `Ⅷ` and `½`, too.
        c.is_alphabetic() && !is_letter_number(c)
            || is_combining_mark(c)
            || is_decimal(c)
            || (mode == Mode::Pretty && "._~!$&'()+,;=@".contains(c))
    };
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if keeps(character) {
            slug.push(character);
            gap = false;
        } else if !gap {
            slug.push('-');
            gap = true;
        }
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    let slug = slug.strip_suffix('-').unwrap_or(slug);
    match mode {
        Mode::Default => slug.to_lowercase(),
        Mode::Pretty => slug.to_owned(),
    }
}

fn is_letter_number(c: char) -> bool {
    matches!(c, '\u{2160}'..='\u{2188}' | '\u{24b6}'..='\u{24e9}' | '\u{3007}' | '\u{3021}'..='\u{3029}')
}

fn is_decimal(c: char) -> bool {
    c.is_ascii_digit()
        || (!c.is_ascii()
            && c.is_numeric()
            && !c.is_alphabetic()
            && {
                // Decimal digits stand ten in a row; fractions, superscripts and circled numbers do not
                // belong to them.
                !matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
            })
}

/// The bytes that `URL.escape_path` leaves as they are.
const STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        stays[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            )
            || matches!(byte, b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?');
        byte += 1;
    }
    stays
};

/// Whether all bytes are those of most names, which stay.
#[inline]
fn are_usual(part: &[u8; 16]) -> bool {
    // Without a branch, so that all bytes are looked at together.
    part.iter().fold(true, |are, &byte| {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        // From `-` over `.` and `/` to the digits.
        are & (is_letter | (byte.wrapping_sub(b'-') < 13) | (byte == b'_'))
    })
}

/// Whether a text consists of letters, digits, `-` and `_`, to which nothing is done in a URL.
pub(super) fn is_word(text: &str) -> bool {
    let are_of_word = |part: &[u8; 32]| {
        // Without a branch, so that all bytes are looked at together.
        part.iter().fold(true, |are, &byte| {
            let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
            let is_digit = byte.wrapping_sub(b'0') < 10;
            are & (is_letter | is_digit | (byte == b'-') | (byte == b'_'))
        })
    };
    !text.is_empty() && all_parts::<32>(text.as_bytes(), 0, are_of_word)
}

/// `URL.escape_path`.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let stays = |byte: u8| STAYS[usize::from(byte)];
    let are_usual = text.len() >= 16 && all_parts::<16>(text.as_bytes(), 0, are_usual);
    if are_usual || text.bytes().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    Cow::Owned(escaped)
}

/// `URL.sanitize_url`: one slash in front, none doubled, no way up.
pub(super) fn sanitized(url: String) -> String {
    match url.starts_with('/') && all_parts::<17>(url.as_bytes(), 1, are_clean) {
        true => url,
        false => sanitized_by_parts(&url),
    }
}

/// Whether a text has no two bytes in a row that are cleaned away.
#[inline]
fn are_clean(part: &[u8; 17]) -> bool {
    let pairs = part.iter().zip(&part[1..]);
    // Without a branch, so that all pairs are looked at together.
    pairs.fold(true, |are, (&before, &byte)| {
        let is_slash = byte == b'/';
        let is_odd =
            ((before == b'/') & is_slash) | ((before == b'.') & (is_slash | (byte == b'.')));
        are & !is_odd
    })
}

fn sanitized_by_parts(url: &str) -> String {
    let is_dotted = url.contains("..") || url.contains("./");
    let url = match is_dotted {
        true => Cow::Owned(format!("/{url}").replace("..", "/").replace("./", "")),
        false => Cow::Borrowed(url),
    };
    let mut clean = String::with_capacity(url.len() + 1);
    for part in url.split('/').filter(|part| !part.is_empty()) {
        clean.push('/');
        clean.push_str(part);
    }
    if url.ends_with('/') || clean.is_empty() {
        clean.push('/');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (text, default, pretty) in [
            (
                "The _config.yml file",
                "the-config-yml-file",
                "The-_config.yml-file",
            ),
            (
                "L’ouverture à 14 h !",
                "l-ouverture-à-14-h",
                "L-ouverture-à-14-h-!",
            ),
            ("-- a --", "a", "a"),
            ("½ Ⅷ ²", "", ""),
            (
                "e\u{301}te\u{301}",
                "e\u{301}te\u{301}",
                "e\u{301}te\u{301}",
            ),
        ] {
            assert_eq!(slugify(text, Mode::Default), default, "{text}");
            assert_eq!(slugify(text, Mode::Pretty), pretty, "{text}");
        }
    }

    #[test]
    fn urls_are_clean() {
        assert_eq!(sanitized("//a///b".to_owned()), "/a/b");
        assert_eq!(sanitized("../a/../b".to_owned()), "/a/b");
        assert_eq!(sanitized("/a/b.html".to_owned()), "/a/b.html");
        assert_eq!(sanitized("a//b/".to_owned()), "/a/b/");
        assert_eq!(sanitized("".to_owned()), "/");
        assert_eq!(escape("/é a#b%"), "/%C3%A9%20a%23b%25");
        for byte in (0..=127).filter(|&byte| are_usual(&[byte; 16])) {
            assert!(STAYS[usize::from(byte)], "{byte}");
        }
        for c in '\0'..='\u{ff}' {
            let is_of_word = c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            assert_eq!(is_word(&c.to_string()), is_of_word, "{c:?}");
            assert_eq!(
                is_word(&format!("a-word-that-has-two-parts-of-32-bytes-{c}")),
                is_of_word,
                "{c:?}"
            );
        }
        assert!(!is_word(""));
    }

    #[test]
    fn what_stays_is_clean_already() {
        let mut urls = vec![String::new()];
        for _ in 0..7 {
            let longer = |url: &String| ["/", ".", "a", "é"].map(|next| format!("{url}{next}"));
            urls.extend(urls.clone().iter().flat_map(longer));
            urls.sort();
            urls.dedup();
        }
        for url in urls {
            assert_eq!(sanitized(url.clone()), sanitized_by_parts(&url), "{url}");
        }
    }
}
