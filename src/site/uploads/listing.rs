//! Directories, each listed once and shared between threads. Names come from the listing and are
//! compared byte for byte, whatever the file system would take for equal.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::difference::Difference;
use super::entry::{Entry, EntryKind};
use super::nearest::NearSearch;
use crate::files;
use crate::threads::Lock;

/// The names of one directory; none where it is absent or cannot be read.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Whether there is such a directory.
    pub exists: bool,
    /// Sorted by the bytes of their names.
    entries: Vec<Entry>,
    near: NearSearch,
}

impl Listing {
    fn read(directory: &Path) -> Self {
        let Ok(found) = files::list(directory) else {
            return Self::default();
        };
        let entry = |entry: std::fs::DirEntry| Entry {
            name: entry.file_name(),
            kind: match entry.file_type() {
                Ok(kind) if kind.is_symlink() => EntryKind::Link,
                Ok(kind) if kind.is_dir() => EntryKind::Folder,
                Ok(kind) if kind.is_file() => EntryKind::File,
                _ => EntryKind::Other,
            },
        };
        Self::new(found.flatten().map(entry).collect())
    }

    fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by(|one, other| one.bytes().cmp(other.bytes()));
        Self {
            exists: true,
            entries,
            near: NearSearch::default(),
        }
    }

    /// The names, sorted by their bytes.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of exactly this name.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Entry> {
        self.entries.get(self.place(name)?)
    }

    fn place(&self, name: &[u8]) -> Option<usize> {
        let found = self
            .entries
            .binary_search_by(|entry| entry.bytes().cmp(name));
        found.ok()
    }

    /// The entries that come near `name` (decoded) or `raw` (as written), nearest first.
    pub(super) fn near<'l>(
        &'l self,
        name: &'l [u8],
        raw: &'l [u8],
    ) -> Box<dyn Iterator<Item = (Difference, &'l Entry)> + 'l> {
        self.near
            .entries(&self.entries, name, raw, || self.place(raw))
    }
}

/// The directories listed so far.
#[derive(Debug, Default)]
pub(super) struct Directories {
    listed: Lock<HashMap<PathBuf, Arc<OnceLock<Arc<Listing>>>>>,
}

impl Directories {
    /// The names in a directory.
    pub(super) fn list(&self, directory: &Path) -> Arc<Listing> {
        let known = {
            let listed = self.listed.read();
            listed.get(directory).cloned()
        };
        let cell = known.unwrap_or_else(|| {
            let mut listed = self.listed.write();
            Arc::clone(listed.entry(directory.to_owned()).or_default())
        });
        Arc::clone(cell.get_or_init(|| Arc::new(Listing::read(directory))))
    }

    /// How many directories were listed.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.listed.read().len()
    }
}
