//! Files of one folder that wait to be checked together.

use std::path::{Path, PathBuf};

use crate::discover::Origin;

/// How many there are at most. What is kept of so many pages between two steps has room in the
/// processor's second cache.
const MOST: usize = 16;

/// Files of one folder, in memory that is used again.
#[derive(Default)]
pub(super) struct Batch {
    /// Those that wait come first.
    files: Vec<(PathBuf, Origin)>,
    len: usize,
}

impl Batch {
    /// Whether no other file may wait.
    pub(super) fn is_full(&self) -> bool {
        self.len == MOST
    }

    pub(super) fn push(&mut self, path: &Path, origin: Origin) {
        match self.files.get_mut(self.len) {
            Some((free, its_origin)) => {
                let free = free.as_mut_os_string();
                free.clear();
                free.push(path);
                *its_origin = origin;
            }
            None => self.files.push((path.to_owned(), origin)),
        }
        self.len += 1;
    }

    /// Those that wait, in the order in which they came.
    pub(super) fn files(&self) -> &[(PathBuf, Origin)] {
        self.files.get(..self.len).unwrap_or_default()
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_and_nothing_stays_in_it() {
        let mut batch = Batch::default();
        for (name, origin) in [
            ("a", Origin::Walked),
            ("longer name", Origin::Named),
            ("b", Origin::Walked),
        ] {
            batch.push(Path::new(name), origin);
            assert_eq!(batch.files(), [(PathBuf::from(name), origin)]);
            batch.clear();
            assert!(batch.files().is_empty());
        }
        for _ in 0..MOST {
            assert!(!batch.is_full());
            batch.push(Path::new("c"), Origin::Named);
        }
        assert!(batch.is_full());
    }
}
