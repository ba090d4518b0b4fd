//! Slips in words of a schema.

/// A longer word is compared with none.
const LONGEST: usize = 40;

/// The word that `word` is a slip of: the same but for capitals and hyphens, or a letter or two apart.
pub(super) fn nearest(
    word: &str,
    candidates: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    if !(4..=LONGEST).contains(&word.len()) && word != "ref" {
        return None;
    }
    let letters = letters(word);
    let near =
        candidates.filter_map(|candidate| Some((slip(word, letters, candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// How many letters apart a word and another one are; `None` where they are too many for a slip.
fn slip(word: &str, letters: u64, candidate: &'static str) -> Option<usize> {
    match candidate.strip_prefix('$') {
        Some(bare) if bare == word => return Some(1),
        Some(_) if !word.starts_with('$') => return None,
        _ => {}
    }
    let is_extension = word.starts_with("x-") || word.starts_with("x_");
    if is_extension != candidate.starts_with("x-") {
        return None;
    }
    if candidate.len() < 4 || word.len().abs_diff(candidate.len()) > 4 {
        return None;
    }
    if folded(word) == folded(candidate) {
        return Some(0);
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
