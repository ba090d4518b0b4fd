//! The known name nearest to a misspelt one.

use unicode_normalization::UnicodeNormalization as _;

/// The candidate nearest to `word`, where one is near enough to be what was meant: at most a
/// third of its letters differ. Case, `_` for `-` and the way an
/// accent is encoded count as no difference. Of equals the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        let composed = text.nfc().flat_map(char::to_lowercase);
        composed.map(|c| if c == '_' { '-' } else { c }).collect()
    };
    let word = plain(word);
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["exclude", "files", "front-matter"];
        assert_eq!(nearest("exlude", names), Some("exclude"));
        assert_eq!(nearest("Front_Matter", names), Some("front-matter"));
        assert_eq!(nearest("file", names), Some("files"));
        assert_eq!(nearest("e\u{301}te\u{301}", ["été"]), Some("été"));
        assert_eq!(nearest("baseline", names), None);
        assert_eq!(nearest("", names), None);
    }
}
