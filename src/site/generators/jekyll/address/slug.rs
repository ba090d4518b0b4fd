//! Jekyll's slugs and the escaping of URL parts.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::char::is_combining_mark;

/// What a slug keeps in addition to letters, marks and digits.
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
        // `\p{M}`, `\p{L}` and `\p{Nd}`, as near as the standard library has them: it counts
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
                // Decimal digits come ten in a row; fractions, superscripts and circled numbers do not
                // belong to them.
                !matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
            })
}

/// Whether `URL.escape_path` leaves a byte as it is.
fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')'
        )
        || matches!(
            byte,
            b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?'
        )
}

/// `URL.escape_path`.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if text.bytes().all(stays) {
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
pub(super) fn sanitized(url: &str) -> String {
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
        for (url, clean) in [
            ("//a///b", "/a/b"),
            ("../a/../b", "/a/b"),
            ("/a/b.html", "/a/b.html"),
            ("a//b/", "/a/b/"),
            ("", "/"),
        ] {
            assert_eq!(sanitized(url), clean);
        }
        assert_eq!(escape("/é a#b%"), "/%C3%A9%20a%23b%25");
    }
}
