//! A look at all bytes at once.

/// How many bytes are looked at together; the compiler makes a few instructions of them.
const CHUNK: usize = 32;

/// Whether the text holds nothing but characters that mean the same to every parser: no control
/// characters besides line feeds and carriage returns before them, no tab, no line break of
/// YAML 1.1, no byte order mark.
pub(super) fn all(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + CHUNK + 2) {
        if any_suspect(window) {
            return false;
        }
        at += CHUNK;
    }
    let mut window = [b' '; CHUNK * 2 + 2];
    let rest = &bytes[at..];
    window[..rest.len()].copy_from_slice(rest);
    !any_suspect(&window)
}

/// Whether one of the bytes but the last two begins a suspect character.
fn any_suspect(window: &[u8]) -> bool {
    let firsts = window.iter();
    let seconds = window.iter().skip(1);
    let thirds = window.iter().skip(2);
    let triples = firsts.zip(seconds).zip(thirds);
    triples.fold(false, |found, ((&first, &second), &third)| {
        found | suspect(first, second, third)
    })
}

/// Written without branches, so that many are done at a time.
fn suspect(first: u8, second: u8, third: u8) -> bool {
    let line_break = (first == b'\n') | ((first == b'\r') & (second == b'\n'));
    let control = ((first < 0x20) & !line_break) | (first == 0x7f);
    // U+0080 to U+009F.
    let late_control = (first == 0xc2) & (second < 0xa0);
    // U+2028 and U+2029.
    let old_break = (first == 0xe2) & (second == 0x80) & (third & 0xfe == 0xa8);
    // U+FEFF, U+FFFE and U+FFFF.
    let no_character = (first == 0xef)
        & (((second == 0xbb) & (third == 0xbf)) | ((second == 0xbf) & (third >= 0xbe)));
    control | late_control | old_break | no_character
}
