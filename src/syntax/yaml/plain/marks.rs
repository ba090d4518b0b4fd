//! One look at all bytes, many at once: where unquoted texts may end, and whether anything stands
//! there that not all parsers read alike.

/// How many bytes are looked at together; the compiler makes a few instructions of them.
const CHUNK: usize = 64;

/// A chunk and the two bytes after it.
type Window = [u8; CHUNK + 2];

/// The line feeds, colons and number signs of a text.
pub(super) struct Marks {
    /// A bit for each byte, the lowest first.
    chunks: Vec<u64>,
    /// The offsets of the first byte and after the last.
    start: usize,
    end: usize,
}

impl Marks {
    /// Those from `start` to the end of `bytes`. `None` unless all characters there mean the same to
    /// every parser: no control characters besides line feeds and carriage returns before them, no
    /// tab, no line break of YAML 1.1, no byte order mark.
    /// `memory` is what they are put into.
    pub(super) fn of(bytes: &[u8], start: usize, memory: Vec<u64>) -> Option<Self> {
        let end = bytes.len();
        let mut rest = bytes.get(start..)?;
        let mut chunks = memory;
        chunks.clear();
        chunks.reserve(rest.len() / CHUNK + 2);
        while let Some(window) = rest.first_chunk() {
            chunks.push(marks(window)?);
            rest = &rest[CHUNK..];
        }
        // What is left may be one byte more than a chunk.
        let mut padded = [b' '; 2 * CHUNK + 2];
        padded.get_mut(..rest.len())?.copy_from_slice(rest);
        chunks.push(marks(padded.first_chunk()?)?);
        if rest.len() > CHUNK {
            chunks.push(marks(padded.last_chunk()?)?);
        }
        Some(Self { chunks, start, end })
    }

    /// The memory, for the marks of another text.
    pub(super) fn into_memory(self) -> Vec<u64> {
        self.chunks
    }

    /// The first one from the offset `from` on; the end of the text where there is none.
    #[inline]
    pub(super) fn next(&self, from: usize) -> usize {
        let from = from - self.start;
        let mut index = from / CHUNK;
        let Some(chunk) = self.chunks.get(index) else {
            return self.end;
        };
        let mut left = chunk & (u64::MAX << (from % CHUNK));
        while left == 0 {
            index += 1;
            let Some(&chunk) = self.chunks.get(index) else {
                return self.end;
            };
            left = chunk;
        }
        self.start + index * CHUNK + left.trailing_zeros() as usize
    }
}

/// The marks of the chunk; `None` where a suspect character begins in it.
fn marks(window: &Window) -> Option<u64> {
    let firsts: &[u8; CHUNK] = window.first_chunk()?;
    let seconds: &[u8; CHUNK] = window[1..].first_chunk()?;
    let thirds: &[u8; CHUNK] = window.last_chunk()?;
    let mut is_mark = [0; CHUNK];
    let mut any = false;
    for at in 0..CHUNK {
        is_mark[at] = u8::from(may_end(firsts[at]));
        any |= may_begin(firsts[at], seconds[at], thirds[at]);
    }
    if any && is_suspect(firsts, seconds, thirds) {
        return None;
    }
    let (eights, _) = is_mark.as_chunks();
    let eights = eights.iter().rev();
    Some(eights.fold(0, |bits, &eight| bits << 8 | packed(eight)))
}

/// Eight bytes, each 0 or 1, as eight bits.
fn packed(bytes: [u8; 8]) -> u64 {
    // Each goes to the upper byte once, and elsewhere to a place of its own.
    u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Whether an unquoted text may end at this byte. Without branches, as are the next two, so that many
/// bytes are looked at together.
fn may_end(byte: u8) -> bool {
    (byte == b'\n') | (byte == b':') | (byte == b'#')
}

/// Whether a suspect character may begin with these bytes.
fn may_begin(first: u8, second: u8, third: u8) -> bool {
    ((first < 0x20) & (first != b'\n'))
        | (first == 0x7f)
        | (first == 0xef)
        | ((first == 0xc2) & (second < 0xa0))
        | ((second == 0x80) & (third & 0xfe == 0xa8))
}

/// Whether a suspect character begins in a chunk, whose bytes are given with those after each.
#[inline(never)]
fn is_suspect(firsts: &[u8; CHUNK], seconds: &[u8; CHUNK], thirds: &[u8; CHUNK]) -> bool {
    let mut any = false;
    for at in 0..CHUNK {
        any |= begins(firsts[at], seconds[at], thirds[at]);
    }
    any
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

    fn is_plain(text: &str) -> bool {
        Marks::of(text.as_bytes(), 0, Vec::new()).is_some()
    }

    #[test]
    fn every_character_in_every_place() {
        let characters = (0..=0x2fff).chain(0xf000..=0x1_0100);
        for character in characters.filter_map(char::from_u32) {
            let text = format!("{character}\n");
            assert_eq!(is_plain(&text), slowly(&text), "{character:?}");
        }
        for before in 0..3 * CHUNK {
            for after in 0..3 {
                for middle in [
                    "\t", "\r", "\r\n", "\u{85}", "\u{a0}", "’", "\u{2029}", "\u{feff}",
                ] {
                    let text = format!("{}{middle}{}", "é".repeat(before), "\n".repeat(after));
                    assert_eq!(is_plain(&text), slowly(&text), "{text:?}");
                    let text = format!("{}{middle}{}", "a".repeat(before), "\n".repeat(after));
                    assert_eq!(is_plain(&text), slowly(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn every_mark_is_found() {
        for (start, end) in [(0, 3 * CHUNK), (0, 1), (2, CHUNK + 3), (1, 2 * CHUNK)] {
            for at in start..end {
                let mut bytes = vec![b'a'; end];
                bytes[at] = [b'\n', b':', b'#'][at % 3];
                let marks = Marks::of(&bytes, start, Vec::new()).unwrap();
                for from in start..end + 3 {
                    let next = if from <= at { at } else { end };
                    assert_eq!(marks.next(from), next, "{start}, {end}, {at}, {from}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn marks_are_what_a_search_finds(text in "[ -~é’\n:#]{0,300}", start in 0_usize..8) {
            let bytes = text.as_bytes();
            let start = start.min(bytes.len());
            let marks = Marks::of(bytes, start, Vec::new()).unwrap();
            for from in start..=bytes.len() {
                let found = bytes[from..].iter().position(|&byte| may_end(byte));
                assert_eq!(marks.next(from), found.map_or(bytes.len(), |at| from + at));
            }
        }
    }
}
