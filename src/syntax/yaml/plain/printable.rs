//! A look at all bytes at once.

/// How many bytes are looked at together; the compiler makes a few instructions of them.
const CHUNK: usize = 32;

/// A chunk and the two bytes after it.
type Window = [u8; CHUNK + 2];

/// Whether the text holds nothing but characters that mean the same to every parser: no control
/// characters besides line feeds and carriage returns before them, no tab, no line break of
/// YAML 1.1, no byte order mark.
pub(super) fn all(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if is_suspect(window) {
            return false;
        }
        at += CHUNK;
    }
    // What is left may be one byte more than a chunk.
    let mut padded = [b' '; 2 * CHUNK + 2];
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(room) = padded.get_mut(..rest.len()) else {
        return false;
    };
    room.copy_from_slice(rest);
    let windows = [padded.first_chunk(), padded.last_chunk()];
    windows
        .into_iter()
        .flatten()
        .all(|window| !is_suspect(window))
}

/// Whether a suspect character begins in the chunk.
fn is_suspect(window: &Window) -> bool {
    let (Some(firsts), Some(seconds), Some(thirds)) = (
        window.first_chunk::<CHUNK>(),
        window[1..].first_chunk::<CHUNK>(),
        window.last_chunk::<CHUNK>(),
    ) else {
        return true;
    };
    if !firsts
        .iter()
        .fold(false, |any, &byte| any | may_begin(byte))
    {
        return false;
    }
    let mut found = [false; CHUNK];
    for at in 0..CHUNK {
        found[at] = begins(firsts[at], seconds[at], thirds[at]);
    }
    found.iter().fold(false, |any, &one| any | one)
}

/// Whether a suspect character may begin with this byte. Without branches, as is the next, so that
/// many bytes are looked at together.
fn may_begin(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\n'))
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xe2)
        | (byte == 0xef)
}

/// Whether a suspect character begins with these bytes.
fn begins(first: u8, second: u8, third: u8) -> bool {
    let line_break = (first == b'\n') | ((first == b'\r') & (second == b'\n'));
    let control = ((first < 0x20) & !line_break) | (first == 0x7f);
    // U+0080 to U+009F.
    let late_control = (first == 0xc2) & (second < 0xa0);
    // U+2028 and U+2029.
    let old_break = (first == 0xe2) & (second == 0x80) & (third & 0xfe == 0xa8);
    // U+FEFF, U+FFFE and U+FFFF.
    let mark = (second == 0xbb) & (third == 0xbf);
    let end = (second == 0xbf) & (third >= 0xbe);
    control | late_control | old_break | ((first == 0xef) & (mark | end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slowly(text: &str) -> bool {
        let text = text.replace("\r\n", "\n");
        !text.chars().any(|it| {
            matches!(it, '\0'..='\t' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
                || matches!(
                    it,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
                )
        })
    }

    #[test]
    fn every_character_in_every_place() {
        let characters = (0..=0x2fff).chain(0xf000..=0x1_0100);
        for character in characters.filter_map(char::from_u32) {
            let text = format!("{character}\n");
            assert_eq!(all(text.as_bytes()), slowly(&text), "{character:?}");
        }
        for before in 0..3 * CHUNK {
            for after in 0..3 {
                for middle in [
                    "\t", "\r", "\r\n", "\u{85}", "\u{a0}", "’", "\u{2029}", "\u{feff}",
                ] {
                    let text = format!("{}{middle}{}", "é".repeat(before), "\n".repeat(after));
                    assert_eq!(all(text.as_bytes()), slowly(&text), "{text:?}");
                    let text = format!("{}{middle}{}", "a".repeat(before), "\n".repeat(after));
                    assert_eq!(all(text.as_bytes()), slowly(&text), "{text:?}");
                }
            }
        }
    }
}
