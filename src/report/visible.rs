//! Text from files made fit for a terminal: no byte of a page may move the cursor, change a
//! colour or turn the direction of writing.

/// One line of text with a visible stand-in for everything that is not plainly printable. Line
/// breaks and tabs are replaced too.
pub(super) fn line(text: &str, unicode: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        push(&mut out, c, unicode);
    }
    out
}

/// As [`line()`], but line breaks stay and tabs become blanks: for text that frontlint lays out
/// itself, such as a help of several lines.
pub(super) fn paragraph(text: &str, unicode: bool) -> String {
    let lines = text.lines().map(|part| {
        let part = part.replace('\t', "    ");
        line(&part, unicode)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Appends a character, or what stands for it.
pub(super) fn push(out: &mut String, c: char, unicode: bool) {
    if !is_hostile(c) {
        out.push(c);
    } else if unicode {
        out.push(stand_in(c));
    } else {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
        }
    }
}

fn stand_in(c: char) -> char {
    match c {
        '\n' => '↵',
        '\t' => '→',
        '\u{7f}' => '␡',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    }
}

/// Control characters, those that turn the direction of writing, breaks that only some programs
/// know, and blanks without any width. Joiners stay, since emoji and several scripts need them.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_a_cursor_comes_through() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\r\nd\te\u{202e}f\u{7f}";
        assert_eq!(line(hostile, true), "a␛[31mb\u{fffd}2Jc↵d→e\u{fffd}f␡");
        assert_eq!(
            line(hostile, false),
            r"a\u{1b}[31mb\u{9b}2Jc\nd\te\u{202e}f\u{7f}"
        );
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let mut out = String::new();
            push(&mut out, c, true);
            assert!(!out.chars().any(char::is_control), "{c:?}");
        }
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraph("a\r\n\tb\u{1b}\n", true), "a\n    b␛");
    }

    #[test]
    fn letters_of_every_script_stay() {
        let text = "L’été « \u{a0}e\u{301} 👩\u{200d}👧 日本";
        assert_eq!(line(text, true), text);
    }
}
