//! Where a name stands among the others of its directory.
//!
//! Names whose hashes begin alike lie side by side in memory, each with its place before it, so that
//! a look at one spot answers: directories of uploads are large, every page asks for other names, and
//! no cache of the processor holds them all.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;

/// How many names lie side by side, on average.
const TOGETHER: usize = 4;

/// Names and their places.
#[derive(Debug, Default)]
pub(super) struct Index {
    hashes: RandomState,
    /// Where the records of each group begin in `records`; the end of the last comes last.
    starts: Vec<usize>,
    /// The place and the length of each name, four bytes each, and the name.
    records: Vec<u8>,
}

impl Index {
    /// That of names that are in order of their places.
    pub(super) fn new<'n>(names: impl ExactSizeIterator<Item = &'n [u8]> + Clone) -> Self {
        let groups = (names.len() / TOGETHER).next_power_of_two();
        let mut index = Self {
            hashes: RandomState::default(),
            starts: vec![0; groups + 1],
            records: Vec::new(),
        };
        let group_of: Vec<usize> = names.clone().map(|name| index.group(name)).collect();
        // The size of each group, and then where it begins.
        for (name, &group) in names.clone().zip(&group_of) {
            index.starts[group + 1] += HEAD + name.len();
        }
        let mut end = 0;
        for start in &mut index.starts {
            end += *start;
            *start = end;
        }
        index.records.resize(end, 0);
        let mut free = index.starts.clone();
        for ((place, name), group) in (0_u32..).zip(names).zip(group_of) {
            let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
            let head = [place.to_le_bytes(), length.to_le_bytes()].concat();
            for part in [head.as_slice(), name] {
                let end = free[group] + part.len();
                index.records[free[group]..end].copy_from_slice(part);
                free[group] = end;
            }
        }
        index
    }

    /// The place of a name.
    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        let group = self.group(name);
        let (start, end) = (self.starts.get(group)?, self.starts.get(group + 1)?);
        let mut records = self.records.get(*start..*end)?;
        while let Some((place, rest)) = records.split_first_chunk() {
            let (length, rest) = rest.split_first_chunk()?;
            let length = u32::from_le_bytes(*length) as usize;
            let (known, rest) = rest.split_at_checked(length)?;
            if known == name {
                return Some(u32::from_le_bytes(*place) as usize);
            }
            records = rest;
        }
        None
    }

    fn group(&self, name: &[u8]) -> usize {
        let groups = self.starts.len().saturating_sub(1);
        let hash = self.hashes.hash_one(name);
        // The lower bits of a number that is below a `usize`.
        usize::try_from(hash & (groups as u64).wrapping_sub(1)).unwrap_or_default()
    }
}

/// The length of what stands before a name.
const HEAD: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_place_and_no_other_has_one() {
        for count in [0, 1, 3, 4, 5, 64, 1_000] {
            let names: Vec<_> = (0..count)
                .map(|at| "é".repeat(at % 9) + &at.to_string())
                .collect();
            let index = Index::new(names.iter().map(String::as_bytes));
            for (place, name) in names.iter().enumerate() {
                assert_eq!(index.find(name.as_bytes()), Some(place), "{name}");
                assert_eq!(index.find(format!("{name}.").as_bytes()), None, "{name}.");
            }
            assert_eq!(index.find(b""), None);
        }
        assert_eq!(Index::default().find(b"a"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_names(names in proptest::collection::btree_set(".{0,12}", 0..40), other in ".{0,12}") {
            let index = Index::new(names.iter().map(String::as_bytes));
            for (place, name) in names.iter().enumerate() {
                assert_eq!(index.find(name.as_bytes()), Some(place));
            }
            assert_eq!(index.find(other.as_bytes()).is_some(), names.contains(&other));
        }
    }
}
