//! Text for XML 1.0, which cannot hold some characters at all, not even escaped.

/// Text for an element or an attribute in double quotes. What XML forbids becomes U+FFFD; line
/// breaks and tabs are written as references, since an attribute would lose them otherwise.
pub(super) fn attribute(text: &str) -> String {
    escaped(text, true)
}

/// Text between tags; line breaks stay.
pub(super) fn text(text: &str) -> String {
    escaped(text, false)
}

fn escaped(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Text must not hold `]]>`.
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' | '\t' if !in_attribute => out.push(c),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_forbidden_characters_are_replaced() {
        assert_eq!(
            attribute("<a b=\"c\">&'\n\t\r"),
            "&lt;a b=&quot;c&quot;&gt;&amp;'&#10;&#9;&#13;"
        );
        assert_eq!(
            text("a\n\"]]>\u{1b}\0\u{ffff}é🎉"),
            "a\n\"]]&gt;\u{fffd}\u{fffd}\u{fffd}é🎉"
        );
    }

    #[test]
    fn every_character_comes_out_as_one_that_xml_allows() {
        let allowed = |c: char| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
                || c >= '\u{10000}'
        };
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let mut buffer = [0; 4];
            let both = attribute(c.encode_utf8(&mut buffer)) + &text(&c.to_string());
            assert!(both.chars().all(allowed), "{c:?}");
        }
    }
}
