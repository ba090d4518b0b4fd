//! Names of files as text, also those that are not UTF-8.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

/// The path as text; different paths have different texts. A byte that is no UTF-8 is written
/// `\xFF`; in a path with such a byte, or with such text, each `\` is written `\\`.
#[must_use]
pub fn path_text(path: &Path) -> Cow<'_, str> {
    bytes_text(path.as_os_str().as_encoded_bytes())
}

/// As [`path_text`], on one line: for messages.
#[must_use]
pub fn path_line(path: &Path) -> Cow<'_, str> {
    match path_text(path) {
        Cow::Borrowed(text) => one_line(text),
        Cow::Owned(text) => Cow::Owned(one_line(&text).into_owned()),
    }
}

/// A text on one line: line breaks and tabs as `↵`, `␍` and `→`.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(text);
    }
    let chars = text.chars().map(|c| match c {
        '\n' => '↵',
        '\r' => '␍',
        '\t' => '→',
        other => other,
    });
    Cow::Owned(chars.collect())
}

/// As [`path_text`], for the bytes of a path.
#[must_use]
pub fn bytes_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !holds_escape(text) => return Cow::Borrowed(text),
        _ => {}
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(&chunk.valid().replace('\\', r"\\"));
        for byte in chunk.invalid() {
            let _ = write!(text, r"\x{byte:02X}");
        }
    }
    Cow::Owned(text)
}

/// Whether a text holds an escape such as `\xFF`.
fn holds_escape(text: &str) -> bool {
    let is_escape = |after: &str| match after.as_bytes() {
        [b'x', high, low, ..] => {
            matches!(high, b'8' | b'9' | b'A'..=b'F') && matches!(low, b'0'..=b'9' | b'A'..=b'F')
        }
        _ => false,
    };
    text.match_indices('\\')
        .any(|(at, _)| is_escape(&text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn utf_8_stays_and_other_bytes_are_written_out() {
        for plain in ["été à la mer.md", r"a\b.md", r"a\x41.md", r"a\xff.md"] {
            assert_eq!(path_text(Path::new(plain)), plain);
        }
        assert_eq!(bytes_text(b"caf\xe9.md"), r"caf\xE9.md");
        assert_eq!(bytes_text(b"a\\b\xff"), r"a\\b\xFF");
        assert_eq!(bytes_text(br"a\xFF"), r"a\\xFF");
    }

    #[test]
    fn a_name_in_a_message_begins_no_line() {
        assert_eq!(path_line(Path::new("a\nb\r\n\tc é")), "a↵b␍↵→c é");
    }

    #[test]
    fn no_two_names_have_the_same_text() {
        let parts: [&[u8]; 9] = [
            b"\\",
            b"x",
            b"F",
            b"E9",
            b"\xff",
            b"\xe9",
            b"\xc3",
            "é".as_bytes(),
            br"\xFF",
        ];
        let mut names: Vec<Vec<u8>> = vec![Vec::new()];
        let mut seen: HashMap<String, Vec<u8>> = HashMap::new();
        for _ in 0..4 {
            names = names
                .iter()
                .flat_map(|name| parts.map(|part| [name.as_slice(), part].concat()))
                .collect();
            for name in &names {
                let before = seen.insert(bytes_text(name).into_owned(), name.clone());
                assert!(before.is_none_or(|before| before == *name), "{name:?}");
            }
        }
    }
}
