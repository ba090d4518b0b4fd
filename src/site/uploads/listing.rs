//! Directories, each listed once and shared between threads. Names come from the listing and are
//! compared byte for byte, whatever the file system would take for equal.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization as _;

use super::index::Index;
use super::near_names::NearNames;
use crate::files::{self, Boundary, ReadError};
use crate::threads::Lock;

/// What an entry is, without following it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Folder,
    Link,
    Other,
}

/// One name in a directory.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: OsString,
    pub kind: EntryKind,
}

impl Entry {
    pub(super) fn bytes(&self) -> &[u8] {
        self.name.as_encoded_bytes()
    }

    /// Whether its name is UTF-8; no other can be suggested.
    pub(super) fn is_text(&self) -> bool {
        self.name.to_str().is_some()
    }

    /// Its name; bytes that are no text become U+FFFD.
    pub(super) fn text(&self) -> Cow<'_, str> {
        let text = self.name.to_str().map(Cow::Borrowed);
        text.unwrap_or_else(|| self.name.to_string_lossy())
    }
}

/// The names of one directory; none where it is absent or cannot be read.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Whether there is such a directory.
    pub exists: bool,
    entries: Vec<Entry>,
    /// Where each name stands among the entries.
    index: Index,
    /// The names as near ones are searched for, in the order of the entries.
    folded: OnceLock<Vec<Folded>>,
    /// How often near ones were searched for.
    searches: AtomicUsize,
    /// The names arranged for such searches.
    near_names: OnceLock<NearNames>,
}

/// So many searches for near names compare all names, which costs less than to arrange them.
const SEARCHES: usize = 64;

/// A name without the differences of case and Unicode normalisation.
#[derive(Debug)]
pub(super) enum Folded {
    /// Of a name in ASCII without `%`, the letters: they tell of most names that they are far.
    Letters(Letters),
    /// Of any other, the text.
    Text(String),
}

impl Folded {
    fn new(entry: &Entry) -> Self {
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

impl Listing {
    fn read(directory: &Path) -> Self {
        let Ok(found) = files::list(directory) else {
            return Self::default();
        };
        let entries: Vec<_> = found
            .flatten()
            .map(|entry| Entry {
                name: entry.file_name(),
                kind: entry.file_type().map_or(EntryKind::Other, |kind| {
                    if kind.is_symlink() {
                        EntryKind::Link
                    } else if kind.is_dir() {
                        EntryKind::Folder
                    } else if kind.is_file() {
                        EntryKind::File
                    } else {
                        EntryKind::Other
                    }
                }),
            })
            .collect();
        Self {
            exists: true,
            index: Index::new(entries.iter().map(Entry::bytes)),
            entries,
            ..Self::default()
        }
    }

    /// The entry of exactly this name.
    pub(super) fn get(&self, name: &[u8]) -> Option<&Entry> {
        self.at(self.place(name)?)
    }

    /// Which entry has exactly this name.
    pub(super) fn place(&self, name: &[u8]) -> Option<usize> {
        self.index.find(name)
    }

    /// The entry at a place.
    pub(super) fn at(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place)
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All entries.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names arranged for a search, where enough searches were made.
    pub(super) fn near_names(&self) -> Option<&NearNames> {
        let searches = self.searches.fetch_add(1, Ordering::Relaxed);
        let new = || NearNames::new(&self.entries);
        (searches >= SEARCHES).then(|| self.near_names.get_or_init(new))
    }

    /// A listing of files.
    #[cfg(test)]
    pub(super) fn of_names<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let file = |name: &str| Entry {
            name: name.into(),
            kind: EntryKind::File,
        };
        let entries: Vec<_> = names.map(file).collect();
        Self {
            exists: true,
            index: Index::new(entries.iter().map(Entry::bytes)),
            entries,
            ..Self::default()
        }
    }

    /// Every entry with its name folded.
    pub(super) fn folded(&self) -> impl Iterator<Item = (&Folded, &Entry)> {
        let fold = || self.entries.iter().map(Folded::new).collect();
        self.folded.get_or_init(fold).iter().zip(&self.entries)
    }
}

/// A name without the differences of case and Unicode normalisation.
pub(super) fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.to_lowercase().nfc().collect()
}

/// The directories seen so far.
#[derive(Debug, Default)]
pub(super) struct Directories {
    seen: Lock<HashMap<PathBuf, Arc<OnceLock<Arc<Listing>>>>>,
}

impl Directories {
    /// The names in a directory.
    pub(super) fn list(&self, directory: &Path) -> Arc<Listing> {
        let known = {
            let seen = self.seen.read();
            seen.get(directory).cloned()
        };
        let cell = known.unwrap_or_else(|| {
            let mut seen = self.seen.write();
            Arc::clone(seen.entry(directory.to_owned()).or_default())
        });
        Arc::clone(cell.get_or_init(|| Arc::new(Listing::read(directory))))
    }

    /// How many directories were listed.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.seen.read().len()
    }
}

/// A folder that nothing outside of is ever looked at.
#[derive(Debug)]
pub(super) struct Confined {
    folder: PathBuf,
    boundary: Boundary,
}

/// Where a way through the directories ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    File,
    Folder(PathBuf),
    /// The segment of this index is not in this directory.
    Missing {
        directory: PathBuf,
        index: usize,
    },
    /// A symbolic link leads out of the boundary.
    Outside,
}

impl Confined {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            boundary: Boundary::at(folder.clone(), "the site"),
            folder,
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Follows `segments` from the boundary's folder.
    pub(super) fn walk(&self, directories: &Directories, segments: &[&[u8]]) -> End {
        let mut directory = self.folder.clone();
        for (index, segment) in segments.iter().enumerate() {
            let listing = directories.list(&directory);
            let Some(entry) = listing.get(segment) else {
                return End::Missing { directory, index };
            };
            let last = index + 1 == segments.len();
            match self.enter(&directory, entry) {
                Entered::Folder(path) => directory = path,
                Entered::File if last => return End::File,
                Entered::Outside => return End::Outside,
                Entered::File | Entered::Nothing => return End::Missing { directory, index },
            }
        }
        End::Folder(directory)
    }

    fn enter(&self, directory: &Path, entry: &Entry) -> Entered {
        match entry.kind {
            EntryKind::File => Entered::File,
            EntryKind::Folder => Entered::Folder(directory.join(&entry.name)),
            EntryKind::Other => Entered::Nothing,
            EntryKind::Link => {
                let target = match self.boundary.resolve(&directory.join(&entry.name)) {
                    Ok(target) => target,
                    Err(ReadError::Outside(_)) => return Entered::Outside,
                    // Its links lead in a circle.
                    Err(_) => return Entered::Nothing,
                };
                match files::kind(&target) {
                    Some(kind) if kind.is_dir() => Entered::Folder(target),
                    Some(kind) if kind.is_file() => Entered::File,
                    _ => Entered::Nothing,
                }
            }
        }
    }
}

enum Entered {
    File,
    Folder(PathBuf),
    Nothing,
    Outside,
}
