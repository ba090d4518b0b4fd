//! The names of a directory that come near one that it lacks.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::difference::{Difference, Folded, Written};
use super::entry::Entry;
use super::near_names::{MOST, NearNames};

/// So many searches in one directory compare all names, which costs less than to arrange them.
const SEARCHES: usize = 64;

/// What the searches for near names in one directory have in common.
#[derive(Debug, Default)]
pub(super) struct NearSearch {
    searches: AtomicUsize,
    folded: OnceLock<Vec<Folded>>,
    /// The names arranged for searches, once there were enough of them.
    names: OnceLock<NearNames>,
}

impl NearSearch {
    /// The entries that come near `name` (decoded) or `raw` (as written), nearest first.
    /// `as_written` is the place of the entry named `raw`.
    pub(super) fn entries<'l>(
        &'l self,
        entries: &'l [Entry],
        name: &'l [u8],
        raw: &'l [u8],
        as_written: impl FnOnce() -> Option<usize>,
    ) -> Box<dyn Iterator<Item = (Difference, &'l Entry)> + 'l> {
        let written = Written::new(name, raw);
        if self.searches.fetch_add(1, Ordering::Relaxed) < SEARCHES {
            let folded = || entries.iter().map(Folded::new).collect();
            let folded = self.folded.get_or_init(folded);
            return Box::new(scan(entries, folded, &written).into_iter());
        }
        let names = self.names.get_or_init(|| NearNames::new(entries));
        Box::new(names.near(written, entries, as_written()))
    }
}

fn scan<'l>(
    entries: &'l [Entry],
    folded: &[Folded],
    written: &Written<'_>,
) -> Vec<(Difference, &'l Entry)> {
    let mut near: Vec<(Difference, usize, &Entry)> = folded
        .iter()
        .zip(entries)
        .filter_map(|(folded, entry)| {
            let (difference, distance) = written.difference(folded, entry)?;
            entry.is_text().then_some((difference, distance, entry))
        })
        .collect();
    near.sort_by_key(|(difference, distance, entry)| (*difference, *distance, entry.bytes()));
    let near = near.into_iter().take(MOST);
    near.map(|(difference, _, entry)| (difference, entry))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::entry::EntryKind;
    use super::*;
    use proptest::prelude::*;

    fn files(names: &BTreeSet<String>) -> Vec<Entry> {
        let file = |name: &String| Entry {
            name: name.into(),
            kind: EntryKind::File,
        };
        names.iter().map(file).collect()
    }

    proptest! {
        #[test]
        fn the_index_finds_what_the_scan_finds(
            names in prop::collection::btree_set("[abAé%]{1,4}(20|e\u{301})?(\\.[ab]{0,2})?", 0..60),
            name in "[abAé%]{1,4}(20|e\u{301})?(\\.[ab]{0,2})?",
            raw in "[ab%]{1,4}(20)?",
        ) {
            let entries = files(&names);
            let folded: Vec<_> = entries.iter().map(Folded::new).collect();
            let written = || Written::new(name.as_bytes(), raw.as_bytes());
            let place = names.iter().position(|known| *known == raw);
            let index = NearNames::new(&entries);
            let found: Vec<_> = index
                .near(written(), &entries, place)
                .map(|(why, entry)| (why, entry.bytes()))
                .collect();
            let scanned = scan(&entries, &folded, &written()).into_iter();
            let scanned: Vec<_> = scanned.map(|(why, entry)| (why, entry.bytes())).collect();
            prop_assert_eq!(found, scanned);
        }
    }
}
