//! Text of strangers made visible: no byte of a page, a name or a schema may move a cursor, change
//! a colour, turn the direction of writing or hide from the reader.
//!
//! The one place that knows how a hidden character is shown. [`super::Sanitizer`] applies it to
//! all that leaves the program; reporters that lay text out apply it before they measure.

mod hidden;

pub(super) use hidden::{find, is_hidden};

/// How a character is written in a kind of text that must not hold it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Text for people: a picture of the character (`␛`), or its number (`\u{202e}`).
    Text,
    /// JSON, where the character is in a string: `\u202e`. The value stays the same.
    Json,
    /// XML: a reference, so that the value stays the same; a picture or number for a character
    /// that XML cannot hold.
    Xml,
}

impl Notation {
    /// Appends the notation of a character.
    pub(super) fn push(self, out: &mut String, c: char) {
        match self {
            Self::Text => push_stand_in(out, c, true),
            Self::Json => {
                let mut buffer = [0; 2];
                for unit in c.encode_utf16(&mut buffer) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            Self::Xml if matches!(c, ' '..='~') => out.push_str(&format!("&#{};", u32::from(c))),
            Self::Xml => push_stand_in(out, c, true),
        }
    }

    /// Appends the notation of a byte that is not UTF-8.
    pub(super) fn push_byte(self, out: &mut String, byte: u8) {
        if self == Self::Json {
            out.push('\\');
        }
        out.push_str(&format!("\\x{byte:02X}"));
    }
}

/// One line of text with a visible stand-in for everything that is hidden. Line breaks and tabs
/// are replaced too.
#[must_use]
pub fn line(text: &str, unicode: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((at, c)) = find(text, from) {
        out.push_str(&text[from..at]);
        from = at + c.len_utf8();
        push_stand_in(&mut out, c, unicode);
    }
    out.push_str(&text[from..]);
    out
}

/// As [`line()`], but line breaks stay and tabs become spaces: for text that frontlint lays out
/// itself, such as a help of several lines.
#[must_use]
pub fn paragraph(text: &str, unicode: bool) -> String {
    let lines = text.lines().map(|part| {
        let part = part.replace('\t', "    ");
        line(&part, unicode)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Appends the character at a byte offset of a text, or its stand-in.
pub(super) fn push(out: &mut String, text: &str, at: usize, c: char, unicode: bool) {
    if is_hidden(text, at, c) {
        push_stand_in(out, c, unicode);
    } else {
        out.push(c);
    }
}

fn push_stand_in(out: &mut String, c: char, unicode: bool) {
    match c {
        '\n' if unicode => out.push('↵'),
        '\t' if unicode => out.push('→'),
        '\u{7f}' if unicode => out.push('␡'),
        '\0'..='\u{1f}' if unicode => {
            out.extend(char::from_u32(0x2400 + u32::from(c)));
        }
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_a_cursor_comes_through() {
        let hostile = "a\u{1b}[31mb\u{9b}2Jc\r\nd\te\u{202e}f\u{7f}";
        assert_eq!(line(hostile, true), r"a␛[31mb\u{9b}2Jc␍↵d→e\u{202e}f␡");
        assert_eq!(
            line(hostile, false),
            r"a\u{1b}[31mb\u{9b}2Jc\r\nd\te\u{202e}f\u{7f}"
        );
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = c.to_string();
            for shown in [line(&text, true), line(&text, false)] {
                assert_eq!(find(&shown, 0), None, "{c:?}");
                assert!(!shown.is_empty(), "{c:?}");
            }
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

    #[test]
    fn json_and_xml_keep_the_value() {
        let written = |notation: Notation, c| {
            let mut out = String::new();
            notation.push(&mut out, c);
            out
        };
        assert_eq!(written(Notation::Json, '\u{1b}'), r"\u001b");
        assert_eq!(written(Notation::Json, '\u{e0041}'), r"\udb40\udc41");
        assert_eq!(written(Notation::Json, '['), r"\u005b");
        assert_eq!(written(Notation::Xml, '['), "&#91;");
        assert_eq!(written(Notation::Xml, '\0'), "␀");
        assert_eq!(written(Notation::Text, ':'), r"\u{3a}");
    }
}
