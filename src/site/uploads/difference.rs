//! How a written name differs from one that exists.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::entry::{Entry, fold, stem};
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
    /// The file is in another folder.
    Folder,
    /// By a letter or two.
    Spelling,
}

/// A name without the differences of case and Unicode normalisation.
#[derive(Debug)]
pub(super) enum Folded {
    /// Of a name in ASCII without `%`, the letters: they are enough to rule most names out.
    Letters(Letters),
    /// Of any other, the text.
    Text(String),
}

impl Folded {
    pub(super) fn new(entry: &Entry) -> Self {
        let name = entry.bytes();
        if name.is_ascii() && memchr::memchr(b'%', name).is_none() {
            Self::Letters(Letters::new(name))
        } else {
            Self::Text(fold(&entry.text()))
        }
    }
}

/// Which bytes a name has, sixty-four sorts of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters(u64);

impl Letters {
    /// The letters of a name without the differences of case.
    pub(super) fn new(name: &[u8]) -> Self {
        let bit = |byte: &u8| 1 << (byte.to_ascii_lowercase() & 63);
        Self(name.iter().fold(0, |all, byte| all | bit(byte)))
    }

    /// Whether more letters than so many have to be exchanged, dropped or put in to make one of the
    /// other.
    pub(super) fn are_farther(self, other: Self, limit: usize) -> bool {
        // It is quicker to drop a bit or two than to count them.
        let but_one = |bits: u64| bits & bits.wrapping_sub(1);
        let are_more = |bits: u64| match limit {
            1 => but_one(bits) != 0,
            2 => but_one(but_one(bits)) != 0,
            _ => bits.count_ones() as usize > limit,
        };
        are_more(self.0 & !other.0) || are_more(other.0 & !self.0)
    }
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
    pub(super) fn new(name: &'w [u8], raw: &'w [u8]) -> Self {
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

    pub(super) fn difference(
        &self,
        candidate: &Folded,
        entry: &Entry,
    ) -> Option<(Difference, usize)> {
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
            let kind = if entry.text().nfc().eq(written.nfc()) {
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
        let own_stem = self.stem();
        let may_be_stem = bytes.starts_with(own_stem.as_bytes()) || !bytes.is_ascii();
        if may_be_stem && !own_stem.is_empty() && stem(&entry.text()) == own_stem {
            return Some((Difference::Extension, 0));
        }
        let distance = bounded_distance(&self.folded, &folded, self.limit)?;
        Some((Difference::Spelling, distance))
    }

    /// Whether the letters rule an entry out, as they do for most names of a folder of thousands.
    fn is_far(&self, candidate: &Folded, entry: &Entry) -> bool {
        let (Some(own), Folded::Letters(letters)) = (self.letters, candidate) else {
            return false;
        };
        own.are_farther(*letters, self.limit)
            && entry.bytes() != self.raw
            && (self.stem().is_empty() || !entry.bytes().starts_with(self.stem().as_bytes()))
    }
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
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn distance_agrees_with_the_library(a in "[abc]{0,8}", b in "[abcé]{0,8}", limit in 1usize..4) {
            let expected = Some(strsim::levenshtein(&a, &b)).filter(|&d| d <= limit);
            prop_assert_eq!(bounded_distance(&a, &b, limit), expected);
        }

        #[test]
        fn distance_of_long_names_too(a in "[ab]{30,40}", b in "[ab]{30,40}", limit in 1usize..20) {
            let expected = Some(strsim::levenshtein(&a, &b)).filter(|&d| d <= limit);
            prop_assert_eq!(bounded_distance(&a, &b, limit), expected);
        }
    }
}
