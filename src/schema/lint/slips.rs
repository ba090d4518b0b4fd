//! Slips in words of a schema.

/// A longer word is compared with none.
const LONGEST: usize = 40;

/// Slips of short keywords, which the distance does not distinguish from other words, and names that take a
/// keyword for an extension. Without case, hyphens and underscores.
const FIXED: [(&str, &str); 14] = [
    ("typ", "type"),
    ("tpe", "type"),
    ("tye", "type"),
    ("emun", "enum"),
    ("enm", "enum"),
    ("enu", "enum"),
    ("eum", "enum"),
    ("not", "not"),
    ("nto", "not"),
    ("if", "if"),
    ("then", "then"),
    ("else", "else"),
    ("ref", "$ref"),
    ("xerrormessage", "errorMessage"),
];

/// The keyword that a word is one of the usual slips of.
pub(super) fn usual(word: &str) -> Option<&'static str> {
    if word.len() > LONGEST {
        return None;
    }
    let folded = folded(word);
    let found = FIXED.iter().find(|(slip, _)| *slip == folded);
    found.map(|(_, meant)| *meant)
}

/// The word that `word` is a slip of: the same but for capitals and hyphens, or a letter or two apart.
pub(super) fn nearest(
    word: &str,
    candidates: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    if !(4..=LONGEST).contains(&word.len()) {
        return None;
    }
    let letters = letters(word);
    let near =
        candidates.filter_map(|candidate| Some((slip(word, letters, candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// How many letters apart a word and another one are; `None` where they are too many for a slip.
fn slip(word: &str, letters: u64, candidate: &'static str) -> Option<usize> {
    if candidate.starts_with('$') && !word.starts_with('$') {
        return None;
    }
    if candidate.len() < 4 || word.len().abs_diff(candidate.len()) > 4 {
        return None;
    }
    if folded(word) == folded(candidate) {
        return Some(0);
    }
    let is_extension = word.starts_with("x-") || word.starts_with("x_");
    if is_extension != candidate.starts_with("x-") {
        return None;
    }
    // A letter that is changed makes two bits differ. Most words end here.
    if (letters ^ self::letters(candidate)).count_ones() > 4 {
        return None;
    }
    let distance = strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    let same_ends = word.chars().next() == candidate.chars().next()
        && word.chars().next_back() == candidate.chars().next_back();
    let most = if candidate.len() >= 8 && same_ends {
        2
    } else {
        1
    };
    (distance <= most).then_some(distance)
}

/// Which letters a word has, without regard to case.
fn letters(word: &str) -> u64 {
    let bit = |byte: u8| 1_u64 << (byte.to_ascii_lowercase() & 63);
    word.bytes().fold(0, |letters, byte| letters | bit(byte))
}

/// Without case, hyphens and underscores.
fn folded(word: &str) -> String {
    let letters = word.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}
