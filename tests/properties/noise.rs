//! Text that comes near to being front matter, made from the pieces of the fuzzers' dictionary.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The pieces that are UTF-8: all of them.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let dictionary = include_str!("../../fuzz/dictionaries/front-matter.dict");
    let entries = dictionary.lines().filter(|line| line.starts_with('"'));
    let pieces = entries.map(|line| String::from_utf8(unescaped(line)).unwrap());
    pieces.collect()
});

/// An entry as libFuzzer reads it: quotes around it, `\\`, `\"` and `\xAB` in it.
fn unescaped(line: &str) -> Vec<u8> {
    let entry = line.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    let mut bytes = Vec::new();
    let mut rest = entry.as_bytes().iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match (byte, rest.as_slice()) {
            (b'\\', [b'x', high, low, ..]) => {
                let digits = [*high, *low];
                rest.nth(2);
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            (b'\\', [escaped @ (b'\\' | b'"'), ..]) => {
                rest.next();
                *escaped
            }
            (b'\\', _) => panic!("no escape that libFuzzer knows: {line}"),
            (other, _) => other,
        });
    }
    bytes
}

/// What may stand between fences.
pub fn body() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zé😀 ]{1,6}",
        2 => "[0-9.:+-]{1,6}",
        8 => select(PIECES.as_slice()),
        2 => select(vec!["\n", "\n  ", "\n- ", ": ", " #", "\"", "'"]).prop_map(str::to_owned),
        2 => "[a-z]{1,4}".prop_map(|key| format!("\n{key}: ")),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A file: mostly with fences.
pub fn page() -> impl Strategy<Value = String> {
    let shapes = vec![
        ("---\n", "\n---\n"),
        ("---\n", "\n---\n"),
        ("---\ntitle: x\n", "\n---\nThe text, with é.\n"),
        ("\u{feff}---\r\n", "\r\n---\r\n"),
        ("+++\n", "\n+++\n"),
        ("{\"title\": ", "}\n"),
        ("{", "}"),
        ("\n\n---\n", "\n---"),
        ("---\n", "\n"),
        ("", ""),
    ];
    (select(shapes), body()).prop_map(|((open, close), body)| format!("{open}{body}{close}"))
}
