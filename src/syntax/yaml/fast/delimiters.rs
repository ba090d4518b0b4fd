//! Finds the bytes that may end an unquoted scalar, and the characters that parsers disagree
//! about, in one pass over the text.

/// How many bytes are handled at once. The loops over a chunk have no branches, so that the
/// compiler turns each into a few vector instructions.
const CHUNK: usize = 64;

/// A chunk and the two bytes after it.
type Window = [u8; CHUNK + 2];

/// Where the line feeds, colons and number signs of a text are.
pub(super) struct DelimiterBits {
    /// A bit for each byte, the lowest first.
    chunks: Vec<u64>,
    /// The offsets of the first byte and after the last.
    start: usize,
    end: usize,
}

impl DelimiterBits {
    /// Scans from `start` to the end of `bytes`. `None` where a character there is not read alike
    /// by all parsers: a control character other than a line break, a tab, a line break of YAML
    /// 1.1 only, a byte order mark.
    pub(super) fn scan(bytes: &[u8], start: usize) -> Option<Self> {
        let end = bytes.len();
        let mut rest = bytes.get(start..)?;
        let mut chunks = Vec::with_capacity(rest.len() / CHUNK + 2);
        while let Some(window) = rest.first_chunk() {
            chunks.push(chunk_bits(window)?);
            rest = &rest[CHUNK..];
        }
        // What is left may be one byte more than a chunk.
        let mut padded = [b' '; 2 * CHUNK + 2];
        padded.get_mut(..rest.len())?.copy_from_slice(rest);
        chunks.push(chunk_bits(padded.first_chunk()?)?);
        if rest.len() > CHUNK {
            chunks.push(chunk_bits(padded.last_chunk()?)?);
        }
        Some(Self { chunks, start, end })
    }

    /// The first delimiter from the offset `from` on; the end of the text where there is none.
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

/// The bits of a chunk; `None` where a suspect character begins in it.
fn chunk_bits(window: &Window) -> Option<u64> {
    let firsts: &[u8; CHUNK] = window.first_chunk()?;
    let seconds: &[u8; CHUNK] = window[1..].first_chunk()?;
    let thirds: &[u8; CHUNK] = window.last_chunk()?;
    let mut is_delimiter = [0; CHUNK];
    let mut any = false;
    for at in 0..CHUNK {
        is_delimiter[at] = u8::from(may_end(firsts[at]));
        any |= may_begin(firsts[at], seconds[at], thirds[at]);
    }
    if any && is_suspect(firsts, seconds, thirds) {
        return None;
    }
    let (eights, _) = is_delimiter.as_chunks();
    let eights = eights.iter().rev();
    Some(eights.fold(0, |bits, &eight| bits << 8 | packed(eight)))
}

/// Eight bytes, each 0 or 1, as eight bits.
fn packed(bytes: [u8; 8]) -> u64 {
    // Each goes to the upper byte once, and elsewhere to a place of its own.
    u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Whether an unquoted scalar may end at this byte.
fn may_end(byte: u8) -> bool {
    (byte == b'\n') | (byte == b':') | (byte == b'#')
}

/// Prefilter for [`begins`]: whether a suspect character may begin with these bytes.
fn may_begin(first: u8, second: u8, third: u8) -> bool {
    ((first < 0x20) & (first != b'\n'))
        | (first == 0x7f)
        | (first == 0xef)
        | ((first == 0xc2) & (second < 0xa0))
        | ((second == 0x80) & (third & 0xfe == 0xa8))
}

/// Whether a suspect character begins in a chunk, given with the two bytes after each.
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
    let bom = (second == 0xbb) & (third == 0xbf);
    let end = (second == 0xbf) & (third >= 0xbe);
    control | late_control | old_break | ((first == 0xef) & (bom | end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_simple_by_character(text: &str) -> bool {
        let text = text.replace("\r\n", "\n");
        !text.chars().any(|c| {
            matches!(c, '\0'..='\t' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
                )
        })
    }

    fn is_simple(text: &str) -> bool {
        DelimiterBits::scan(text.as_bytes(), 0).is_some()
    }

    #[test]
    fn every_character_in_every_place() {
        let characters = (0..=0x2fff).chain(0xf000..=0x1_0100);
        for character in characters.filter_map(char::from_u32) {
            let text = format!("{character}\n");
            assert_eq!(
                is_simple(&text),
                is_simple_by_character(&text),
                "{character:?}"
            );
        }
        for before in 0..3 * CHUNK {
            for after in 0..3 {
                for middle in [
                    "\t", "\r", "\r\n", "\u{85}", "\u{a0}", "’", "\u{2029}", "\u{feff}",
                ] {
                    let text = format!("{}{middle}{}", "é".repeat(before), "\n".repeat(after));
                    assert_eq!(is_simple(&text), is_simple_by_character(&text), "{text:?}");
                    let text = format!("{}{middle}{}", "a".repeat(before), "\n".repeat(after));
                    assert_eq!(is_simple(&text), is_simple_by_character(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn every_delimiter_is_found() {
        for (start, end) in [(0, 3 * CHUNK), (0, 1), (2, CHUNK + 3), (1, 2 * CHUNK)] {
            for at in start..end {
                let mut bytes = vec![b'a'; end];
                bytes[at] = [b'\n', b':', b'#'][at % 3];
                let delimiters = DelimiterBits::scan(&bytes, start).unwrap();
                for from in start..end + 3 {
                    let next = if from <= at { at } else { end };
                    assert_eq!(delimiters.next(from), next, "{start}, {end}, {at}, {from}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn delimiters_are_what_a_search_finds(text in "[ -~é’\n:#]{0,300}", start in 0_usize..8) {
            let bytes = text.as_bytes();
            let start = start.min(bytes.len());
            let delimiters = DelimiterBits::scan(bytes, start).unwrap();
            for from in start..=bytes.len() {
                let found = bytes[from..].iter().position(|&byte| may_end(byte));
                assert_eq!(delimiters.next(from), found.map_or(bytes.len(), |at| from + at));
            }
        }
    }
}
