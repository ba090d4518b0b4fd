//! Which characters are invisible or control a terminal: control characters, those that turn the
//! direction of writing, and invisible ones.
//!
//! Joiners, variation selectors and the like stay where emoji and scripts need them, which the
//! characters beside them say. Owns nothing but that classification.

/// The first hidden character of a text at or after a byte offset, with its own offset.
pub(in crate::report) fn find(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|&byte| MAY_BE_HIDDEN[usize::from(byte)])?;
        let c = text.get(at..)?.chars().next()?;
        if is_hidden(text, at, c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Whether the character at a byte offset of a text is hidden.
pub(in crate::report) fn is_hidden(text: &str, at: usize, c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    let before = || text.get(..at).and_then(|before| before.chars().next_back());
    let after = || {
        let rest = text.get(at + c.len_utf8()..)?;
        rest.chars().next()
    };
    match c {
        '\u{200c}' | '\u{200d}' => !before().is_some_and(|before| {
            if is_emoji(before) {
                after().is_some_and(is_emoji)
            } else {
                is_letter_that_joins(before)
            }
        }),
        '\u{fe00}'..='\u{fe0f}' => !before().is_some_and(|before| match before {
            '0'..='9' | '#' | '*' => after() == Some('\u{20e3}'),
            '\u{a9}' | '\u{ae}' => true,
            _ => before >= '\u{1000}' && !before.is_whitespace() && !is_ignorable(before),
        }),
        '\u{e0100}'..='\u{e01ef}' => !before().is_some_and(is_ideograph),
        '\u{180b}'..='\u{180f}' => !matches!(before(), Some('\u{1820}'..='\u{18aa}')),
        '\u{1160}' => !matches!(
            before(),
            Some('\u{1100}'..='\u{115e}' | '\u{a960}'..='\u{a97c}')
        ),
        '\u{e0020}'..='\u{e007f}' => !is_in_flag(text, at, c),
        _ => is_ignorable(c),
    }
}

/// Control characters, line and paragraph separators, what Unicode says to pass over where it is
/// not known (`Default_Ignorable_Code_Point`), interlinear annotations, and what is no character.
fn is_ignorable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Symbols that joiners make one of. U+FE0F ends the one before.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Letters and marks of the scripts that join letters: from Arabic on.
fn is_letter_that_joins(c: char) -> bool {
    c >= '\u{600}'
        && !matches!(c, '\u{2000}'..='\u{206f}')
        && !c.is_whitespace()
        && !is_ignorable(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether a tag is part of one of the three flags that are spelt with tags: a black flag, the
/// letters of a part of the United Kingdom, and the end of the tag.
fn is_in_flag(text: &str, at: usize, c: char) -> bool {
    let tags = |word: &str| -> Vec<char> {
        let letters = word
            .chars()
            .filter_map(|c| char::from_u32(0xe_0000 + u32::from(c)));
        letters.chain(['\u{e007f}']).collect()
    };
    let before = text.get(..at).unwrap_or_default().chars().rev();
    let before: Vec<char> = before.take(6).take_while(|&c| c != '\u{1f3f4}').collect();
    let has_flag = text
        .get(..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .nth(before.len());
    let spelt: Vec<char> = before.into_iter().rev().chain([c]).collect();
    has_flag == Some('\u{1f3f4}')
        && ["gbeng", "gbsct", "gbwls"]
            .iter()
            .any(|word| tags(word).starts_with(&spelt))
}

/// The first bytes of hidden characters; others begin so, too.
static MAY_BE_HIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(
            byte,
            0..=0x1f | 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..=0xff
        );
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        let all = text
            .char_indices()
            .filter(|&(at, c)| is_hidden(text, at, c));
        all.map(|(_, c)| c).collect()
    }

    #[test]
    fn what_unicode_calls_invisible_is_hidden_and_all_else_is_not() {
        let class = |pattern| regex::Regex::new(pattern).unwrap();
        let ignorable =
            class(r"^[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]$");
        let seen = class(r"^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$");
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = c.to_string();
            let is_hidden = is_hidden(&text, 0, c);
            assert_eq!(find(&text, 0).is_some(), is_hidden, "{c:?}");
            if ignorable.is_match(&text) {
                assert!(is_hidden, "{c:?}");
            } else if seen.is_match(&text) {
                assert!(!is_hidden, "{c:?}");
            }
        }
    }

    #[test]
    fn every_first_byte_of_a_hidden_character_is_looked_at() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let mut buffer = [0; 4];
            let first = c.encode_utf8(&mut buffer).as_bytes()[0];
            if is_ignorable(c) || matches!(c, '\u{e0100}'..='\u{e01ef}') {
                assert!(MAY_BE_HIDDEN[usize::from(first)], "{c:?}");
            }
        }
    }

    #[test]
    fn joined_emoji_and_letters_stay() {
        for text in [
            "👩\u{200d}💻 👩🏽\u{200d}⚕\u{fe0f} ❤\u{fe0f}\u{200d}🔥 🏳\u{fe0f}\u{200d}🌈 1\u{fe0f}\u{20e3} ©\u{fe0f}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "می\u{200c}خواهم ක\u{dca}\u{200d}ර क\u{94d}\u{200d}ष ه\u{200d}.ش",
            "葛\u{e0100} 〳\u{fe00} ᠠ\u{180b} \u{1112}\u{1160}\u{11ab}",
            "e\u{301} ñ ﬁ שָׁלוֹם ไทย 新闻 L’été « \u{a0}\u{202f}»",
        ] {
            assert_eq!(hidden(text), "", "{text}");
        }
    }

    #[test]
    fn the_same_characters_are_hidden_elsewhere() {
        for text in [
            "a\u{200d}b",
            "é\u{200c}b",
            "👩\u{200d} ",
            "می\u{200c}\u{200c}",
            "a\u{fe0f}",
            "1\u{fe0f}",
            " \u{fe0f}",
            "a\u{e0100}",
            "葛\u{e0100}\u{e0101}",
            "a\u{180b}",
            "a\u{1160}",
            "👩\u{e0067}",
            "🏴\u{e0061}",
            "🏴\u{e0067}\u{e0062}\u{e0078}",
            "a\u{ad}b",
            "\u{feff}",
        ] {
            assert_eq!(hidden(text).chars().count(), 1, "{text:?}");
        }
    }
}
