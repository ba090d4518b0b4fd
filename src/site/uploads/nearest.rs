//! The name that was probably meant.

use std::borrow::Cow;

use super::listing::{Entry, Folded, Letters, Listing, fold};
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

/// As many near names as are tried.
pub(super) const MOST: usize = 4;

/// The entries that come near `name` (decoded) or `raw` (as written), nearest first.
pub(super) fn entries<'l>(
    listing: &'l Listing,
    name: &'l [u8],
    raw: &'l [u8],
) -> Box<dyn Iterator<Item = (Difference, &'l Entry)> + 'l> {
    let written = Written::new(name, raw);
    match listing.near_names() {
        Some(names) => Box::new(names.near(written, listing.entries(), listing.place(raw))),
        None => Box::new(scan(listing, &written).into_iter()),
    }
}

fn scan<'l>(listing: &'l Listing, written: &Written<'_>) -> Vec<(Difference, &'l Entry)> {
    let mut near: Vec<(Difference, usize, &Entry)> = listing
        .folded()
        .filter_map(|(candidate, entry)| {
            let (difference, distance) = written.difference(candidate, entry)?;
            entry.is_text().then_some(())?;
            Some((difference, distance, entry))
        })
        .collect();
    near.sort_by(|a, b| (a.0, a.1, a.2.bytes()).cmp(&(b.0, b.1, b.2.bytes())));
    near.into_iter()
        .take(MOST)
        .map(|(difference, _, entry)| (difference, entry))
        .collect()
}

/// The name in the path.
pub(super) struct Written<'w> {
    pub(super) name: &'w [u8],
    raw: &'w [u8],
    pub(super) text: Cow<'w, str>,
    pub(super) folded: String,
    /// The letters of the folded name, where that is ASCII.
    letters: Option<Letters>,
    /// How many letters may differ.
    pub(super) limit: usize,
}

impl<'w> Written<'w> {
    fn new(name: &'w [u8], raw: &'w [u8]) -> Self {
        let text = String::from_utf8_lossy(name);
        let folded = fold(&text);
        Self {
            name,
            raw,
            text,
            letters: folded.is_ascii().then(|| Letters::new(folded.as_bytes())),
            // In a name of three letters any other is two letters away.
            limit: match folded.chars().nth(5) {
                Some(_) => 2,
                None => 1,
            },
            folded,
        }
    }

    /// The name without its extension; empty where it has none.
    pub(super) fn stem(&self) -> &str {
        stem(&self.text)
    }

    fn difference(&self, candidate: &Folded, entry: &Entry) -> Option<(Difference, usize)> {
        if self.is_far(candidate, entry) {
            return None;
        }
        let (bytes, name) = (entry.bytes(), self.name);
        if bytes == name {
            return None;
        }
        let folded = match candidate {
            Folded::Letters(_) => Cow::Owned(fold(&entry.text())),
            Folded::Text(text) => Cow::Borrowed(text.as_str()),
        };
        if folded == self.folded {
            let written = String::from_utf8_lossy(name);
            let nfc_equal = unicode_equal(&entry.text(), &written);
            let kind = if nfc_equal {
                Difference::Normalisation
            } else {
                Difference::Case
            };
            return Some((kind, 0));
        }
        let has_escape = memchr::memchr(b'%', bytes).is_some();
        if bytes == self.raw || (has_escape && *percent::decode(bytes) == *name) {
            return Some((Difference::Encoding, 0));
        }
        let stem_here = self.stem();
        let may_be_stem = bytes.starts_with(stem_here.as_bytes()) || !bytes.is_ascii();
        if may_be_stem && !stem_here.is_empty() && stem(&entry.text()) == stem_here {
            return Some((Difference::Extension, 0));
        }
        let distance = bounded_distance(&self.folded, &folded, self.limit)?;
        Some((Difference::Spelling, distance))
    }

    /// Whether a look at the letters is enough to tell that an entry does not come near, as it is
    /// for most names of a folder of thousands.
    fn is_far(&self, candidate: &Folded, entry: &Entry) -> bool {
        let (Some(here), Folded::Letters(there)) = (self.letters, candidate) else {
            return false;
        };
        here.are_farther(*there, self.limit)
            && entry.bytes() != self.raw
            && (self.stem().is_empty() || !entry.bytes().starts_with(self.stem().as_bytes()))
    }
}

fn unicode_equal(a: &str, b: &str) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    a.nfc().eq(b.nfc())
}

pub(super) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(stem, _)| stem)
}

/// The Levenshtein distance where it is at most `limit`. A library's distance would be computed
/// to the end for every name of a folder of thousands; this looks only at what is left between
/// a common beginning and a common end, and gives up after a few letters.
pub(super) fn bounded_distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    // No character has more than four bytes.
    if a.len().abs_diff(b.len()) > limit * 4 {
        return None;
    }
    if a.is_ascii() && b.is_ascii() {
        return distance_of_letters(a.as_bytes(), b.as_bytes(), limit);
    }
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    distance_of_letters(&a, &b, limit)
}

fn distance_of_letters<T: Copy + PartialEq>(a: &[T], b: &[T], limit: usize) -> Option<usize> {
    let alike = |(x, y): &(&T, &T)| x == y;
    let start = a.iter().zip(b).take_while(alike).count();
    let (a, b) = (a.get(start..)?, b.get(start..)?);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(alike).count();
    let (a, b) = (a.get(..a.len() - end)?, b.get(..b.len() - end)?);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let (mut short, mut long) = ([0; 32], Vec::new());
    let row: &mut [usize] = match short.get_mut(..=a.len()) {
        Some(row) => row,
        None => {
            long.resize(a.len() + 1, 0);
            &mut long
        }
    };
    for (at, distance) in row.iter_mut().enumerate() {
        *distance = at;
    }
    for (line, letter) in b.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        let mut best = row[0];
        for (at, other) in a.iter().enumerate() {
            let substituted = diagonal + usize::from(other != letter);
            diagonal = row[at + 1];
            row[at + 1] = substituted.min(diagonal + 1).min(row[at] + 1);
            best = best.min(row[at + 1]);
        }
        if best > limit {
            return None;
        }
    }
    row.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::super::near_names::NearNames;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn distance_agrees_with_the_library(a in "[abc]{0,8}", b in "[abcé]{0,8}", limit in 1usize..4) {
            let expected = Some(strsim::levenshtein(&a, &b)).filter(|&d| d <= limit);
            prop_assert_eq!(bounded_distance(&a, &b, limit), expected);
        }

        #[test]
        fn the_index_finds_what_the_scan_finds(
            names in prop::collection::btree_set("[abAé%]{1,4}(20|e\u{301})?(\\.[ab]{0,2})?", 0..60),
            name in "[abAé%]{1,4}(20|e\u{301})?(\\.[ab]{0,2})?",
            raw in "[ab%]{1,4}(20)?",
        ) {
            let listing = Listing::of_names(names.iter().map(String::as_str));
            let written = || Written::new(name.as_bytes(), raw.as_bytes());
            let index = NearNames::new(listing.entries());
            let place = listing.place(raw.as_bytes());
            let found: Vec<_> = index
                .near(written(), listing.entries(), place)
                .map(|(why, entry)| (why, entry.bytes()))
                .collect();
            let scanned = scan(&listing, &written()).into_iter();
            let scanned: Vec<_> = scanned.map(|(why, entry)| (why, entry.bytes())).collect();
            prop_assert_eq!(found, scanned);
        }

        #[test]
        fn distance_of_long_names_too(a in "[ab]{30,40}", b in "[ab]{30,40}", limit in 1usize..20) {
            let expected = Some(strsim::levenshtein(&a, &b)).filter(|&d| d <= limit);
            prop_assert_eq!(bounded_distance(&a, &b, limit), expected);
        }
    }
}
