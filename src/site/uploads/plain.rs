//! The short way to a file that is there under the very path that is written: nothing to decode, to
//! resolve or to choose from. Says yes or nothing; whatever is not plain is left to the search.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::HashMap;

use super::listing::{End, EntryKind, Listing};
use super::reference::LONGEST;
use super::root::join;
use super::{Publishes, Uploads};

/// More folders than this are not kept; the search knows them all.
const MOST: usize = 1_000;

const UNASKED: u8 = 0;
const PUBLISHED: u8 = 1;
const HELD_BACK: u8 = 2;

/// The folders met so far, by the URL path that names each, with a slash at both ends.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    known: RwLock<HashMap<Box<str>, Shelf>>,
}

/// A folder that a URL path names.
#[derive(Debug)]
struct Shelf {
    /// The root that it lies in.
    root: usize,
    /// Its path below that root, with a slash at its end unless it is the root itself.
    below: String,
    listing: Arc<Listing>,
    /// For each entry, whether it is named plainly and the generator publishes it.
    published: Box<[AtomicU8]>,
}

impl<K> Uploads<K> {
    /// Whether a path from the site's root plainly names a file that is published. `false` says
    /// nothing.
    pub(in crate::site) fn has_plainly(&self, path: &str, generator: &dyn Publishes<K>) -> bool {
        let slash = memchr::memrchr(b'/', path.as_bytes());
        let Some((folder, name)) = slash.and_then(|at| path.split_at_checked(at + 1)) else {
            return false;
        };
        if path.len() > LONGEST {
            return false;
        }
        {
            let known = self.shelves.known.read();
            let known = known.unwrap_or_else(PoisonError::into_inner);
            if let Some(shelf) = known.get(folder) {
                return self.holds(shelf, name, generator);
            }
        }
        let Some(shelf) = is_plain(name).then(|| self.shelf(folder)).flatten() else {
            return false;
        };
        let found = self.holds(&shelf, name, generator);
        let known = self.shelves.known.write();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(folder.into(), shelf);
        }
        found
    }

    /// The folder at a path that begins and ends with a slash, in the first root that has it.
    fn shelf(&self, folder: &str) -> Option<Shelf> {
        let within = folder.strip_prefix('/')?;
        let segments: Vec<&[u8]> = match within.strip_suffix('/') {
            Some(within) => within.split('/').map(str::as_bytes).collect(),
            None if within.is_empty() => Vec::new(),
            None => return None,
        };
        let are_names = segments
            .iter()
            .all(|name| !matches!(*name, b"" | b"." | b".."));
        if !are_names || folder.bytes().any(is_special) {
            return None;
        }
        self.roots.iter().enumerate().find_map(|(root, at)| {
            let rest = at.below(&segments)?;
            let End::Folder(path) = at.boundary.walk(&self.directories, &at.path(rest)) else {
                return None;
            };
            let listing = self.directories.list(&path);
            let mut below = join("", rest);
            if !below.is_empty() {
                below.push('/');
            }
            Some(Shelf {
                root,
                below,
                published: (0..listing.len()).map(|_| AtomicU8::new(UNASKED)).collect(),
                listing,
            })
        })
    }

    fn holds(&self, shelf: &Shelf, name: &str, generator: &dyn Publishes<K>) -> bool {
        let Some((index, entry)) = shelf.listing.find(name.as_bytes()) else {
            return false;
        };
        let (Some(answer), Some(root)) = (shelf.published.get(index), self.roots.get(shelf.root))
        else {
            return false;
        };
        if entry.kind != EntryKind::File {
            return false;
        }
        match answer.load(Ordering::Relaxed) {
            UNASKED => {
                let published = is_plain(name)
                    && generator.publishes(&root.kind, &(shelf.below.clone() + name));
                let kept = if published { PUBLISHED } else { HELD_BACK };
                answer.store(kept, Ordering::Relaxed);
                published
            }
            known => known == PUBLISHED,
        }
    }
}

/// Whether a file's name in a path is sure to name that file.
fn is_plain(name: &str) -> bool {
    let blank_at_end = name.ends_with(|c: char| c.is_ascii_whitespace());
    !blank_at_end && !name.bytes().any(is_special) && !matches!(name, "" | "." | "..")
}

/// Whether a byte of a path may stand for something else.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'%' | b'?' | b'#' | b'\\' | 0)
}
