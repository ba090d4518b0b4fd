//! Characters that no YAML may hold, not even a comment. Owns which they are, and nothing else.

/// Where the first of them is (byte offset), as libyaml has them (YAML 1.2.2, section 5.1,
/// `c-printable`).
pub(super) fn first_unprintable(bytes: &[u8]) -> Option<usize> {
    (0..bytes.len()).find(|&at| begins_unprintable(&bytes[at..]))
}

/// Whether a text begins with one.
pub(super) fn begins_unprintable(text: &[u8]) -> bool {
    matches!(
        text,
        [0..=0x08 | 0x0b..=0x0c | 0x0e..=0x1f | 0x7f, ..]
            | [0xc2, 0x80..=0x84 | 0x86..=0x9f, ..]
            | [0xef, 0xbf, 0xbe | 0xbf, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_line_breaks_are_allowed() {
        let refused = [
            '\0', '\u{c}', '\u{7f}', '\u{80}', '\u{9f}', '\u{fffe}', '\u{ffff}',
        ];
        for c in refused {
            assert_eq!(first_unprintable(format!("é\t{c}").as_bytes()), Some(3));
        }
        let allowed = "a\t\r\n\u{85}\u{a0}\u{feff}\u{fffd}\u{1f600}";
        assert_eq!(first_unprintable(allowed.as_bytes()), None);
    }
}
