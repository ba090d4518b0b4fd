//! The name that was probably meant.

use super::listing::{Entry, Listing, fold};
use super::percent;

/// How a name that exists differs from the one that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only by composed and decomposed accents (Unicode normalisation).
    Normalisation,
    /// Only by upper and lower case.
    Case,
    /// Only by percent-encoding: too much of it, or too little.
    Encoding,
    /// `\` is written where a URL has `/`.
    Backslash,
    /// The file is there, but is served under another path.
    ServedElsewhere,
    /// The file is there, and the generator does not publish it.
    Unpublished,
    /// Only by the extension.
    Extension,
    /// By a letter or two.
    Spelling,
}

/// The entries that come near `name` (decoded) or `raw` (as written), nearest first.
pub(super) fn entries<'l>(
    listing: &'l Listing,
    name: &[u8],
    raw: &[u8],
) -> Vec<(Difference, &'l Entry)> {
    let text = String::from_utf8_lossy(name);
    let folded: Vec<char> = fold(&text).chars().collect();
    let stem = stem(&text);
    let mut near: Vec<(Difference, usize, &Entry)> = listing
        .folded()
        .filter_map(|(candidate, entry)| {
            let (difference, distance) = difference(candidate, entry, name, raw, stem, &folded)?;
            Some((difference, distance, entry))
        })
        .collect();
    near.sort_by(|a, b| (a.0, a.1, a.2.bytes()).cmp(&(b.0, b.1, b.2.bytes())));
    near.into_iter()
        .take(4)
        .map(|(difference, _, entry)| (difference, entry))
        .collect()
}

fn difference(
    candidate: &str,
    entry: &Entry,
    name: &[u8],
    raw: &[u8],
    written_stem: &str,
    folded: &[char],
) -> Option<(Difference, usize)> {
    let bytes = entry.bytes();
    if bytes == name {
        return None;
    }
    let same_folded = candidate.chars().eq(folded.iter().copied());
    if same_folded {
        let written = String::from_utf8_lossy(name);
        let nfc_equal = unicode_equal(&entry.name.to_string_lossy(), &written);
        let kind = if nfc_equal {
            Difference::Normalisation
        } else {
            Difference::Case
        };
        return Some((kind, 0));
    }
    if bytes == raw || *percent::decode(bytes) == *name {
        return Some((Difference::Encoding, 0));
    }
    if stem(&entry.name.to_string_lossy()) == written_stem && !written_stem.is_empty() {
        return Some((Difference::Extension, 0));
    }
    // In a name of three letters any other is two letters away.
    let limit = if folded.len() >= 6 { 2 } else { 1 };
    let distance = bounded_distance(folded, candidate, limit)?;
    Some((Difference::Spelling, distance))
}

fn unicode_equal(a: &str, b: &str) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    a.nfc().eq(b.nfc())
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(stem, _)| stem)
}

/// The Levenshtein distance where it is at most `limit`. A library's distance would be computed
/// to the end for every name of a folder of thousands; this gives up after a few letters.
fn bounded_distance(a: &[char], b: &str, limit: usize) -> Option<usize> {
    // No character has more than four bytes, none fewer than one.
    if b.len() + limit < a.len() || b.len() > (a.len() + limit) * 4 {
        return None;
    }
    let mut row: Vec<usize> = (0..=a.len()).collect();
    let mut columns = 0_usize;
    for (line, letter) in b.chars().enumerate() {
        columns += 1;
        let from = line.saturating_sub(limit);
        let to = (line + limit + 1).min(a.len());
        let mut diagonal = row.get(from).copied()?;
        let mut best = usize::MAX;
        if from == 0 {
            row[0] = line + 1;
            best = row[0];
        } else {
            row[from] = usize::MAX - 1;
        }
        for at in from..to {
            let above = if at + 1 > line + limit {
                usize::MAX - 1
            } else {
                row[at + 1]
            };
            let left = row[at];
            let substituted = diagonal.saturating_add(usize::from(a[at] != letter));
            diagonal = row[at + 1];
            row[at + 1] = substituted
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            best = best.min(row[at + 1]);
        }
        if best > limit {
            return None;
        }
    }
    if columns.abs_diff(a.len()) > limit {
        return None;
    }
    row.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn distance_agrees_with_the_library(a in "[abc]{0,8}", b in "[abcé]{0,8}", limit in 1usize..4) {
            let letters: Vec<char> = a.chars().collect();
            let expected = Some(strsim::levenshtein(&a, &b)).filter(|&d| d <= limit);
            prop_assert_eq!(bounded_distance(&letters, &b, limit), expected);
        }
    }
}
