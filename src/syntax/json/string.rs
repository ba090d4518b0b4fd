//! JSON strings.

use std::borrow::Cow;

use crate::diagnostic::Problem;
use crate::text::Span;

/// Reads a string that begins at `at` with its quote, and moves `at` behind it. The span holds
/// both quotes; the text is borrowed where it has no escape.
pub(super) fn read<'s>(text: &'s str, at: &mut usize) -> Result<(Cow<'s, str>, Span), Problem> {
    let start = *at;
    let mut owned: Option<String> = None;
    let mut from = start + 1;
    let mut here = from;
    loop {
        let special = text.as_bytes()[here..]
            .iter()
            .position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\');
        let Some(found) = special.map(|ahead| here + ahead) else {
            return Err(unclosed(text, start));
        };
        let plain = &text[from..found];
        match text.as_bytes()[found] {
            b'"' => {
                *at = found + 1;
                let span = Span::from_usize(start, found + 1);
                let text = match owned {
                    None => Cow::Borrowed(plain),
                    Some(owned) => Cow::Owned(owned + plain),
                };
                return Ok((text, span));
            }
            b'\\' => {
                let (character, len) = escape(text, found)?;
                let owned = owned.get_or_insert_default();
                owned.push_str(plain);
                owned.push(character);
                here = found + len;
                from = here;
            }
            b'\n' | b'\r' => return Err(unclosed(text, start)),
            b'\t' => {
                let tab = Span::from_usize(found, found + 1);
                return Err(Problem::at(tab, "a tab stands in a text").help("write `\\t`"));
            }
            control => {
                let span = Span::from_usize(found, found + 1);
                let message = format!("the control character U+{control:04X} stands in a text");
                return Err(Problem::at(span, message).help(format!("write `\\u{control:04x}`")));
            }
        }
    }
}

fn unclosed(text: &str, start: usize) -> Problem {
    let line = text[start..].split(['\n', '\r']).next().unwrap_or("");
    let span = Span::from_usize(start, start + line.len());
    Problem::at(span, "this text is not closed on its line")
        .help("write `\"` at its end; a line break within it is `\\n`")
}

/// The character an escape at `at` stands for, and the length of the escape.
fn escape(text: &str, at: usize) -> Result<(char, usize), Problem> {
    let character = match text.as_bytes().get(at + 1) {
        Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(text, at),
        _ => {
            let next = text[at + 1..].chars().next();
            let span = Span::from_usize(at, at + 1 + next.map_or(0, char::len_utf8));
            let message = format!("`{}` is no escape", span.slice(text).trim_end());
            return Err(Problem::at(span, message).help("write `\\\\` for a backslash"));
        }
    };
    Ok((character, 2))
}

fn unicode(text: &str, at: usize) -> Result<(char, usize), Problem> {
    let Some(high) = code_unit(text, at) else {
        let end = text[at..]
            .char_indices()
            .nth(6)
            .map_or(text.len(), |(end, _)| at + end);
        let span = Span::from_usize(at, end);
        return Err(Problem::at(span, "four hexadecimal digits follow `\\u`"));
    };
    if let Some(character) = char::from_u32(high) {
        return Ok((character, 6));
    }
    let low = code_unit(text, at + 6).filter(|low| (0xdc00..0xe000).contains(low));
    let pair = low
        .filter(|_| high < 0xdc00)
        .and_then(|low| char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
    pair.map(|character| (character, 12)).ok_or_else(|| {
        let span = Span::from_usize(at, at + 6);
        let message = format!("`{}` is half of a surrogate pair", span.slice(text));
        Problem::at(span, message).help("write the character itself, or both halves of the pair")
    })
}

/// The UTF-16 code unit that `\uXXXX` at `at` writes.
fn code_unit(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u32::from_str_radix(digits, 16).ok())?
}
