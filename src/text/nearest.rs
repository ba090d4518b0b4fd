//! The name that was probably meant.

use unicode_normalization::UnicodeNormalization as _;

use super::slip::slip_distance;

/// How far a name may be from the one that was meant: letters that are added, left out, changed
/// or swapped with the next one. Each place knows other names, and takes other risks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// So many letters. For the few names that frontlint defines itself: they are long and far
    /// apart, and a word in their place is wrong in any case.
    Letters(usize),
    /// A third of the letters, from one to four; case, `_` for `-` and the encoding of accents are
    /// no difference. For settings and files, whose names may be short.
    Third,
    /// One letter of up to four, else two, and none in words of one or two; case, hyphens,
    /// underscores and spaces are no difference. For keys and values of pages, where the word may
    /// be right and a wrong suggestion is worse than none.
    Strict,
    /// Slips of a hand only. For keys of pages where others are allowed: a short word, a plural and
    /// a numbered name are as likely meant as they are.
    Slip,
}

impl Tolerance {
    /// How far `candidate` is from `word`; `None` where that is too far.
    #[must_use]
    pub fn distance(self, word: &str, candidate: &str) -> Option<usize> {
        let (distance, most) = match self {
            Self::Letters(most) => (strsim::osa_distance(word, candidate), most),
            Self::Third => {
                let word = normalised(word);
                let distance = strsim::osa_distance(&word, &normalised(candidate));
                (distance, (word.chars().count() / 3).clamp(1, 4))
            }
            Self::Strict => return strict_distance(word, candidate),
            Self::Slip => return slip_distance(word, candidate),
        };
        (distance <= most).then_some(distance)
    }
}

/// The candidate that is nearest to `word` and near enough; of equals the first.
pub fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    tolerance: Tolerance,
) -> Option<&'c str> {
    let near = candidates
        .into_iter()
        .filter_map(|candidate| Some((tolerance.distance(word, candidate)?, candidate)));
    let nearest = near.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, candidate)| candidate)
}

/// In small letters with composed accents, and hyphens for underscores.
fn normalised(name: &str) -> String {
    let composed = name.nfc().flat_map(char::to_lowercase);
    composed.map(|c| if c == '_' { '-' } else { c }).collect()
}

fn strict_distance(word: &str, candidate: &str) -> Option<usize> {
    // Most candidates end at the first two conditions, without a table of distances.
    if word == candidate || word.len().abs_diff(candidate.len()) > 8 {
        return None;
    }
    if letters(word) == letters(candidate) {
        return Some(0);
    }
    let shorter = word.chars().count().min(candidate.chars().count());
    let most = match shorter {
        0..=2 => return None,
        3..=4 => 1,
        _ => 2,
    };
    if word.len().abs_diff(candidate.len()) > 4 * most {
        return None;
    }
    let distance = strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    (distance <= most).then_some(distance)
}

/// A word in small letters, without hyphens, underscores and spaces.
#[must_use]
pub fn letters(word: &str) -> String {
    let letters = word.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let settings = ["exclude", "files", "front-matter", "été"];
        let keys = ["email", "name", "tel", "contact-presse"];
        for (tolerance, word, expected) in [
            (Tolerance::Third, "exlude", Some("exclude")),
            (Tolerance::Third, "Front_Matter", Some("front-matter")),
            (Tolerance::Third, "file", Some("files")),
            (Tolerance::Third, "e\u{301}te\u{301}", Some("été")),
            (Tolerance::Third, "baseline", None),
            (Tolerance::Third, "", None),
            (Tolerance::Strict, "mail", Some("email")),
            (Tolerance::Strict, "E-Mail", Some("email")),
            (Tolerance::Strict, "contact_press", Some("contact-presse")),
            (Tolerance::Strict, "tag", None),
            (Tolerance::Strict, "te", None),
            (Tolerance::Strict, "telephone", None),
            (Tolerance::Letters(3), "fil", Some("files")),
            (Tolerance::Letters(3), "FILES", None),
        ] {
            let names = match tolerance {
                Tolerance::Strict | Tolerance::Slip => keys,
                Tolerance::Third | Tolerance::Letters(_) => settings,
            };
            assert_eq!(nearest(word, names, tolerance), expected, "{word}");
        }
    }
}
