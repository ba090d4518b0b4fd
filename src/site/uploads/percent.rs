//! Percent-encoding of paths, on bytes: a decoded name need not be UTF-8.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Decodes `%XX` once. What is no escape stays as it is, and `+` is not a space.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'%') {
        return Cow::Borrowed(bytes);
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%'
            && let [high, low, tail @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push(high << 4 | low);
            rest = tail;
        } else {
            decoded.push(byte);
            rest = after;
        }
    }
    Cow::Owned(decoded)
}

/// Writes a path so that [`decode`] gives it back: `%`, `?` and `#` encoded always, what a URL
/// may not hold only where `fully` is set.
pub(super) fn encode(path: &str, fully: bool) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut buffer = [0; 4];
    for character in path.chars() {
        let plain = match character {
            '%' | '?' | '#' => false,
            _ => {
                !fully
                    || character.is_ascii_alphanumeric()
                    || "-._~!$&'()*+,;=:@/".contains(character)
            }
        };
        if plain {
            encoded.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut buffer).bytes() {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once_and_leaves_what_is_no_escape() {
        for (written, decoded) in [
            ("a%20b", "a b"),
            ("a+b", "a+b"),
            ("%252e%252e", "%2e%2e"),
            ("100%.pdf", "100%.pdf"),
            ("%", "%"),
            ("%4", "%4"),
            ("%C3%A9", "é"),
            ("%zz%41", "%zzA"),
        ] {
            assert_eq!(decode(written.as_bytes()), decoded.as_bytes(), "{written}");
        }
        assert_eq!(decode(b"%E9"), b"\xE9".as_slice());
    }

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        for name in ["a b#1?.pdf", "100%20.pdf", "é’(2).PNG"] {
            for fully in [false, true] {
                assert_eq!(decode(encode(name, fully).as_bytes()), name.as_bytes());
            }
        }
        assert_eq!(encode("/é a.pdf", true), "/%C3%A9%20a.pdf");
        assert_eq!(encode("/é a#.pdf", false), "/é a%23.pdf");
    }
}
