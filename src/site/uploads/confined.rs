//! Ways through the directories of a folder that never lead out of it.

use std::path::{Path, PathBuf};

use super::entry::{Entry, EntryKind};
use super::listing::Directories;
use crate::files::{self, Boundary, ReadError};

/// A folder outside of which nothing is looked at.
#[derive(Debug)]
pub(super) struct Confined {
    folder: PathBuf,
    boundary: Boundary,
}

/// Where a path through the directories ends.
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
                    // The links form a circle.
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
