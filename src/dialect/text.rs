//! A quick test by the first bytes: unquoted texts that every parser reads as text.

use super::Dialect;

/// The longest word that means more than its letters, in bytes.
const LONGEST_WORD: usize = 5;

/// Ruby counts letters, and folds some that take several bytes.
const LONGEST_WORD_IN_RUBY: usize = 10;

impl Dialect {
    /// Whether an unquoted text is surely a string to the parser, also as a key. `false` says
    /// nothing. The text must not hold tabs or the line breaks of YAML 1.1 (U+0085, U+2028,
    /// U+2029).
    #[must_use]
    pub(crate) fn surely_text(self, text: &str) -> bool {
        let Some(&first) = text.as_bytes().first() else {
            return false;
        };
        match first {
            // The words for null, true and false.
            b'y' | b'Y' | b't' | b'T' | b'o' | b'O' | b'n' | b'N' | b'f' | b'F' => {
                let bytes = text.as_bytes();
                match self {
                    // One line of several may be a word to Ruby.
                    Self::Psych => {
                        bytes.len() > LONGEST_WORD_IN_RUBY
                            || !(begins_word(bytes) || bytes.contains(&b'\n'))
                    }
                    _ => bytes.len() > LONGEST_WORD || !begins_word(bytes),
                }
            }
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => true,
            b'"' | b'\'' | b'(' | b')' | b'/' | b'#' | b'$' | b'%' | b'&' | b'*' | b';' | b'['
            | b']' | b'{' | b'}' => true,
            // Numbers, dates, and what one parser or another makes something of.
            _ => false,
        }
    }
}

/// Whether a text of one line may be one of the words, by its first two letters.
fn begins_word(text: &[u8]) -> bool {
    let [first, second, ..] = text else {
        return true;
    };
    match first | 0x20 {
        b'y' => second | 0x20 == b'e',
        b'n' => matches!(second | 0x20, b'o' | b'u'),
        b't' => second | 0x20 == b'r',
        b'f' => second | 0x20 == b'a',
        // `off` may be written with a ligature.
        b'o' => matches!(second | 0x20, b'n' | b'f' | 0xef),
        _ => true,
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the records stand in files")]
mod tests {
    use super::*;
    use crate::dialect::{Style, Value};

    /// Whether the short cut takes the text for text; it must be right then.
    fn agrees(dialect: Dialect, text: &str) -> bool {
        let allowed = !text.contains(['\t', '\u{85}', '\u{2028}', '\u{2029}']);
        if !allowed || !dialect.surely_text(text) {
            return false;
        }
        let value = dialect.resolve(text, Style::Plain, None);
        assert_eq!(value, Value::String, "{dialect}, {text:?}");
        let key = dialect.resolve_key(text, Style::Plain, None);
        assert_eq!(key, Value::String, "{dialect}, {text:?} as a key");
        true
    }

    fn records() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/oracles");
        let mut texts = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let json = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let rows = ["values", "keys"].map(|part| json[part].as_array());
            let rows = rows.into_iter().flatten().flatten();
            texts.extend(rows.filter_map(|row| row["text"].as_str().map(str::to_owned)));
        }
        texts
    }

    #[test]
    fn the_records_agree() {
        let texts = records();
        assert!(texts.len() > 9_000, "{}", texts.len());
        for &dialect in Dialect::ALL {
            let short = texts.iter().filter(|text| agrees(dialect, text)).count();
            assert!(short > texts.len() / 10, "{dialect}: {short}");
        }
    }

    #[test]
    fn words_and_what_resembles_them_agree() {
        let words = "y yes n no true false on off null ~ faLſe oﬀ << = .inf .nan 0x1f 1_000 12:30 \
                     2020-05-04 :a t f";
        let around = [
            "", "a", "s", " ", "\n", "é", "1", "-", ".", "_", ",", ":", "no", "\nyes", "ſ",
        ];
        for word in words.split(' ') {
            for word in [word.to_owned(), word.to_uppercase(), capitalised(word)] {
                for before in around {
                    for after in around {
                        let text = format!("{before}{word}{after}");
                        for &dialect in Dialect::ALL {
                            agrees(dialect, &text);
                        }
                    }
                }
            }
        }
    }

    fn capitalised(word: &str) -> String {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    }

    #[test]
    fn random_texts_agree() {
        let alphabet: Vec<char> = "yesnotrufalYESNOTRUFAL~019-+.:_,xXbeEinf TZ<=/é漢ſﬀ\n'\"#aZz"
            .chars()
            .collect();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut below = |bound: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % bound
        };
        let mut short = 0;
        for _ in 0..100_000 {
            let length = 1 + below(12);
            let text: String = (0..length)
                .map(|_| alphabet[below(alphabet.len())])
                .collect();
            short += usize::from(agrees(Dialect::ALL[below(Dialect::ALL.len())], &text));
        }
        assert!(short > 10_000, "{short}");
    }
}
