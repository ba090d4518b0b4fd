//! Texts in quotes, and several values after one key that are separated by commas and lack the
//! brackets of a list.

use std::ops::Range;

use super::context::{ErrorContext, closing_quote};

/// One of the values, as it would be written in a list.
struct Part<'a> {
    written: &'a str,
    kind: PartKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    /// `"one"`
    Quoted,
    /// `[one]`
    Bracketed,
    /// `[[one]]`, `[one](two)`, `{one}`, `@one`, `*one*`: needs quotes.
    Text,
}

/// The values of a key or an item, where it is not one text: each is written in quotes, in
/// brackets or as one word with a mark before it.
pub(super) fn values(context: &ErrorContext<'_>, value: &Range<usize>) -> Option<Vec<String>> {
    let line = context.line(value.start);
    let entry = context.entry(line);
    let is_whole = entry.value.start == value.start && (entry.colon.is_some() || line.is_item());
    separated_by_commas(context.slice(value.clone())).filter(|_| is_whole)
}

/// Whether what follows the first list or mapping in brackets may be another value, not more text.
pub(super) fn may_be_several(text: &str) -> bool {
    let Some(end) = closing_bracket(text) else {
        return true;
    };
    let rest = text.get(end..).unwrap_or_default().trim_start();
    rest.starts_with([',', '[', '{', '"', '\''])
}

/// A text in quotes that read back as the same text: double ones where nothing must be escaped.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if text.contains('\'') {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("'{text}'")
    }
}

/// The items of a list, from a text that is at least two values with commas between them.
fn separated_by_commas(text: &str) -> Option<Vec<String>> {
    if text.contains('\n') {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let part = first_part(rest)?;
        rest = rest.get(part.written.len()..)?.trim_start();
        parts.push(part);
        rest = match rest.strip_prefix(',') {
            Some(after) => after.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    let is_nested = |part: &Part<'_>| part.written.contains(',');
    // `[a, b], [c]` is a list of lists.
    let keeps_brackets = parts.iter().any(|part| {
        part.kind == PartKind::Bracketed && (is_nested(part) || part.written.len() == 2)
    });
    let write = |part: &Part<'_>| match part.kind {
        PartKind::Quoted => part.written.to_owned(),
        PartKind::Bracketed if keeps_brackets => part.written.to_owned(),
        PartKind::Bracketed => part.written[1..part.written.len() - 1].trim().to_owned(),
        PartKind::Text => quoted(part.written),
    };
    (parts.len() > 1).then(|| parts.iter().map(write).collect())
}

/// The value that a text begins with; `None` where it begins with plain words.
fn first_part(text: &str) -> Option<Part<'_>> {
    let first = text.chars().next()?;
    let (end, kind) = match first {
        '"' | '\'' => {
            let close = closing_quote(text, 0, first as u8)?;
            (close + 1, PartKind::Quoted)
        }
        '[' | '{' => {
            let end = closing_bracket(text)?;
            let rest = text.get(end..)?;
            if rest.starts_with('(') {
                (end + rest.find(')')? + 1, PartKind::Text)
            } else if first == '[' && !text.starts_with("[[") {
                (end, PartKind::Bracketed)
            } else {
                (end, PartKind::Text)
            }
        }
        '`' => (text.get(1..)?.find('`')? + 2, PartKind::Text),
        '@' | '*' | '&' | '!' | '%' => {
            let end = text.find(',').unwrap_or(text.len());
            let word = text.get(..end)?.trim_end();
            let is_emphasis = word.len() > 2 && first == '*' && word.ends_with('*');
            if word.contains(char::is_whitespace) && !is_emphasis {
                return None;
            }
            (word.len(), PartKind::Text)
        }
        _ => return None,
    };
    let written = text.get(..end)?;
    Some(Part { written, kind })
}

/// Where the bracket that a text begins with is closed: the offset after it.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_commas_between_them_are_told_from_texts() {
        let items = |text| separated_by_commas(text).map(|items| items.join(" | "));
        for (text, list) in [
            (r#""one", "two""#, r#""one" | "two""#),
            ("'one','two',", "'one' | 'two'"),
            ("[sea], [wind]", "sea | wind"),
            ("[sea, sand], [wind]", "[sea, sand] | [wind]"),
            ("[[A]], [[B]]", r#""[[A]]" | "[[B]]""#),
            ("[a](b), [c](d)", r#""[a](b)" | "[c](d)""#),
            ("{a}, {b}", r#""{a}" | "{b}""#),
            ("@ann, @bob", r#""@ann" | "@bob""#),
            ("*a b*, *c*", r#""*a b*" | "*c*""#),
            ("`a`, `b`", r#""`a`" | "`b`""#),
        ] {
            assert_eq!(items(text).as_deref(), Some(list), "{text}");
        }
        for text in [
            r#""Emma", a novel"#,
            r#""one""#,
            r#""one" "two""#,
            "[a] and [b], [c]",
            "[sea], wind",
            "@ann writes, @bob reads",
            "**Free** entry, **paid** parking",
            "",
            ",",
            "[",
        ] {
            assert_eq!(items(text), None, "{text}");
        }
    }
}
