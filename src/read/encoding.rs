//! Front matter that is not UTF-8: what it looks like instead.

use crate::diagnostic::{Diagnostic, RuleId};
use crate::syntax::FenceRules;
use crate::text::Span;

/// Front matter in UTF-16 or UTF-32, with or without its byte order mark.
pub(super) fn utf_16(bytes: &[u8], rules: &FenceRules) -> Option<Diagnostic> {
    if !matches!(bytes.first()?, 0xFF | 0xFE | 0 | b'-' | b'+' | b'{') {
        return None;
    }
    // The width of a character and which of its bytes is the low one.
    let (name, start, width, low) = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => ("UTF-32", 4, 4, 0),
        [0, 0, 0xFE, 0xFF, ..] => ("UTF-32", 4, 4, 3),
        [0xFF, 0xFE, ..] => ("UTF-16", 2, 2, 0),
        [0xFE, 0xFF, ..] => ("UTF-16", 2, 2, 1),
        [b'-' | b'+' | b'{', 0, ..] => ("UTF-16", 0, 2, 0),
        [0, b'-' | b'+' | b'{', ..] => ("UTF-16", 0, 2, 1),
        _ => return None,
    };
    let mut text = bytes.get(start..)?.chunks_exact(width).map(|unit| {
        let others = unit.iter().enumerate().filter(|(at, _)| *at != low);
        let ascii = others.into_iter().all(|(_, byte)| *byte == 0);
        if ascii { unit[low] } else { 0xFF }
    });
    let first = text.by_ref().find(|byte| !byte.is_ascii_whitespace())?;
    let fence = match first {
        b'-' | b'+' => text.take(2).filter(|byte| *byte == first).count() == 2,
        b'{' => true,
        _ => false,
    };
    fence.then(|| {
        let message = format!(
            "the file is saved as {name}, in which no generator sees the fence, so {} {}",
            rules.generator, rules.when_missed
        );
        Diagnostic::new(RuleId::InvalidSyntax, message)
            .at(Span::from_usize(0, start.max(1)))
            .help("save the file as UTF-8 without a byte order mark")
    })
}

/// The finding for the first byte that is not UTF-8, at `at`.
pub(super) fn not_utf_8(bytes: &[u8], at: usize) -> Diagnostic {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let span = Span::from_usize(at, at + 1);
    let finding = |message: String| Diagnostic::new(RuleId::InvalidSyntax, message).at(span);
    let elsewhere = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    let next = bytes.get(at + 1).copied().unwrap_or_default();
    // The first byte of a longer character, and then plain text: the character was cut.
    if matches!(byte, 0xC2..=0xF4) && elsewhere && next.is_ascii() {
        return finding(format!(
            "the byte 0x{byte:02X} is only the beginning of a character; the rest of it is missing"
        ))
        .label("a character is cut here")
        .help("write the character again, or delete what is left of it");
    }
    let (Some(meant), Some(word)) = (windows_1252(byte), word(bytes, at)) else {
        return finding(format!("the byte 0x{byte:02X} is not UTF-8"))
            .help("save the file as UTF-8");
    };
    let finding = finding(format!(
        "the byte 0x{byte:02X} is not UTF-8; in Windows-1252 it is the `{meant}` of `{word}`"
    ))
    .label(format!("`{meant}` in Windows-1252"));
    if elsewhere {
        finding.help(format!(
            "the rest is UTF-8: type the `{meant}` of `{word}` again"
        ))
    } else {
        finding.help("save the file as UTF-8 instead of Windows-1252 or ISO 8859-1 (Latin-1)")
    }
}

/// The word around a byte, read as Windows-1252.
fn word(bytes: &[u8], at: usize) -> Option<String> {
    const MOST: usize = 24;
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let before = bytes.get(..at)?.iter().rev().take(MOST);
    let start = at - before.take_while(|byte| part(byte)).count();
    let after = bytes.get(at..)?.iter().take(MOST);
    let end = at + after.take_while(|byte| part(byte)).count();
    let bytes = bytes.get(start..end)?;
    bytes.iter().map(|&byte| windows_1252(byte)).collect()
}

fn windows_1252(byte: u8) -> Option<char> {
    const UPPER: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let meant = match byte {
        0x80..=0x9F => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    };
    (meant != '\0').then_some(meant)
}

/// The text with a `?` for each byte that is not UTF-8, so that offsets stay.
pub(super) fn without_wrong_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}
