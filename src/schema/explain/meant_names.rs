//! The name that was meant, within a budget of comparisons.

use crate::text::{Tolerance, letters};

/// So many comparisons of short words are made for a page; then no more suggestions are made.
const MOST_COMPARISONS: usize = 2_000_000;

/// What is left of the comparisons for one page.
pub(super) struct ComparisonBudget(usize);

impl Default for ComparisonBudget {
    fn default() -> Self {
        Self(MOST_COMPARISONS)
    }
}

impl ComparisonBudget {
    /// Spends the cost of comparing a word with the candidates; `false` once the budget is used up.
    pub(super) fn allows<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> bool {
        for candidate in candidates {
            let alike = word.len().abs_diff(candidate.len()) <= 8;
            let table = if alike { (word.len() / 16).pow(2) } else { 0 };
            let cost = 1 + candidate.len() / 32 + table;
            self.0 = self.0.saturating_sub(cost);
            if self.0 == 0 {
                return false;
            }
        }
        true
    }
}

/// The candidate that `word` is a slip of: the nearest one, and of equals the first in the alphabet.
pub(super) fn slip_of<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let near = candidates
        .into_iter()
        .filter_map(|candidate| Some((Tolerance::Strict.distance(word, candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// As [`slip_of`], or else a candidate that `word` begins or that begins it: for places where the
/// word is wrong in any case.
pub(super) fn meant<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> Option<&'c str> {
    slip_of(word, candidates.clone()).or_else(|| {
        let word = letters(word);
        let extends = |candidate: &&str| {
            let candidate = letters(candidate);
            let (short, long) = if word.len() < candidate.len() {
                (&word, &candidate)
            } else {
                (&candidate, &word)
            };
            short.chars().count() >= 3 && long.starts_with(short.as_str())
        };
        candidates
            .into_iter()
            .filter(extends)
            .min_by_key(|candidate| candidate.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_meant_where_the_word_is_wrong_in_any_case() {
        let known = ["email", "name", "tel", "contact-presse"];
        assert_eq!(slip_of("mail", known), Some("email"));
        assert_eq!(slip_of("telephone", known), None);
        assert_eq!(meant("telephone", known), Some("tel"));
        assert_eq!(meant("zz", known), None);
    }

    #[test]
    fn comparisons_are_limited() {
        let many = vec!["option"; MOST_COMPARISONS / 4];
        let mut allowance = ComparisonBudget::default();
        let allowed = (0..6).filter(|_| allowance.allows("optoin", many.iter().copied()));
        assert_eq!(allowed.count(), 3);
        let long = "x".repeat(100_000);
        assert!(!ComparisonBudget::default().allows(&long, [long.as_str()]));
    }
}
