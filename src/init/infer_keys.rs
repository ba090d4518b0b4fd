//! The keys of mappings in the order of a schema, and what is said about those that are unlike the rest.

use std::cmp::Reverse;

use super::tally::{JsonKind, KeyTally, MappingTally, ValuePlace};

/// Fewer pages than this do not show what all have in common.
pub(super) const FEWEST: u32 = 10;

/// As many places of an outlier are listed.
const MOST_PLACES: usize = 5;

/// What is unlike the rest of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// What it is.
    pub message: String,
    /// The first places, by path and line.
    pub places: Vec<ValuePlace>,
    /// How many further places there are.
    pub more: usize,
}

/// A key as it is written in the schema.
pub(super) struct NamedKey<'t> {
    pub(super) name: &'t str,
    /// As it is counted.
    pub(super) folded: &'t str,
    pub(super) tally: &'t KeyTally,
    /// How many mappings have it.
    pub(super) count: u32,
}

/// The keys of a mapping, the most frequent first.
pub(super) fn keys(tally: &MappingTally) -> Vec<NamedKey<'_>> {
    let keys = tally.keys.iter().map(|(folded, tally)| {
        let kinds = JsonKind::ALL.into_iter();
        let count = kinds.map(|kind| tally.value.kind(kind).values).sum();
        NamedKey {
            name: spelling(folded, tally, count),
            folded,
            tally,
            count,
        }
    });
    let mut keys: Vec<_> = keys.collect();
    keys.sort_by(|a, b| (Reverse(a.count), a.name).cmp(&(Reverse(b.count), b.name)));
    keys
}

/// How a key is written most often.
fn spelling<'t>(folded: &'t str, tally: &'t KeyTally, count: u32) -> &'t str {
    let others: u32 = tally.spellings.values().sum();
    let spellings = tally.spellings.iter().map(|(name, &n)| (n, name.as_str()));
    let all = spellings.chain([(count.saturating_sub(others), folded)]);
    let most = all.max_by_key(|&(n, name)| (n, Reverse(name)));
    most.map_or(folded, |(_, name)| name)
}

/// Whether enough mappings have a value for a key.
pub(super) fn is_required(key: &NamedKey<'_>, published: u32, percent: u8) -> bool {
    let is_frequent =
        u64::from(key.tally.filled) * 100 >= u64::from(percent) * u64::from(published);
    is_frequent && published >= FEWEST && key.tally.own >= FEWEST
}

/// An outlier at these places.
pub(super) fn outlier(message: String, mut places: Vec<ValuePlace>) -> Outlier {
    places.sort();
    let more = places.len().saturating_sub(MOST_PLACES);
    places.truncate(MOST_PLACES);
    Outlier {
        message,
        places,
        more,
    }
}

/// A number with its noun.
pub(super) fn counted(count: u32, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {noun}{s}", number(count))
}

/// A number with commas between thousands.
pub(super) fn number(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
