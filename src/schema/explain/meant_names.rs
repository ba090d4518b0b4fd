//! The name that was meant, within a budget of comparisons.

use crate::text::{Tolerance, is_form_of, letters};

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

/// The candidates that `word` may be a slip of where it may also be right: the nearest first, of equals
/// the first in the alphabet. None where the word is another form of one of them.
pub(super) fn slips_of<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<&'c str> {
    let mut near = Vec::new();
    for candidate in candidates {
        if is_form_of(word, candidate) {
            return Vec::new();
        }
        let distance = Tolerance::Slip.distance(word, candidate);
        near.extend(distance.map(|distance| (distance, candidate)));
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The candidates that `word` was probably meant as where it is wrong in any case, the likeliest first:
/// those near it, then one that it begins with or that begins with it.
pub(super) fn meant<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> Vec<&'c str> {
    let distance = |candidate| Some((Tolerance::Strict.distance(word, candidate)?, candidate));
    let mut near: Vec<_> = candidates
        .clone()
        .into_iter()
        .filter_map(distance)
        .collect();
    near.sort_unstable();
    near.dedup();
    let mut meant: Vec<_> = near.into_iter().map(|(_, candidate)| candidate).collect();
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
    let extended = candidates
        .into_iter()
        .filter(extends)
        .min_by_key(|candidate| candidate.len());
    meant.extend(extended.filter(|extended| !meant.contains(extended)));
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_meant_where_the_word_is_wrong_in_any_case() {
        let known = ["email", "name", "tel", "contact-presse"];
        assert_eq!(slips_of("mail", known), ["email"]);
        assert!(slips_of("telephone", known).is_empty());
        assert!(slips_of("names", known).is_empty());
        assert_eq!(meant("telephone", known), ["tel"]);
        assert_eq!(meant("names", known), ["name"]);
        assert!(meant("zz", known).is_empty());
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
