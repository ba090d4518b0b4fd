//! The short way to a file that is there under the very path that is written: nothing to decode, to
//! resolve or to choose from. Says yes or nothing; whatever is not plain is left to the search.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::listing::{End, EntryKind, Listing};
use super::reference::LONGEST;
use super::root::join;
use super::{Publishes, Uploads};
use crate::threads::Lock;

/// The first folders are found by a look at each; most sites have no more.
const FEW: usize = 4;

/// More folders than this are not kept; the search knows them all.
const MOST: usize = 1_000;

const UNASKED: u8 = 0;
const PUBLISHED: u8 = 1;
const HELD_BACK: u8 = 2;

/// The folders met so far, by the URL path that names each, with a slash at both ends.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    first: [OnceLock<(Box<str>, Shelf)>; FEW],
    others: Lock<HashMap<Box<str>, Shelf>>,
}

impl Shelves {
    /// What is said of a folder, if that is known.
    #[inline]
    fn ask<T>(&self, folder: &str, question: impl Fn(&Shelf) -> T) -> Option<T> {
        for slot in &self.first {
            let (name, shelf) = slot.get()?;
            if **name == *folder {
                return Some(question(shelf));
            }
        }
        let others = self.others.read();
        others.get(folder).map(question)
    }

    fn keep(&self, folder: &str, shelf: Shelf) {
        let mut kept = (folder.into(), shelf);
        for slot in &self.first {
            match slot.set(kept) {
                Ok(()) => return,
                Err(refused) => kept = refused,
            }
        }
        let mut others = self.others.write();
        if others.len() < MOST {
            others.insert(kept.0, kept.1);
        }
    }
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

impl Uploads {
    /// Whether a path from the site's root plainly names a file that is published. `false` says
    /// nothing.
    pub(in crate::site) fn surely_has(&self, path: &str, publishes: Publishes<'_>) -> bool {
        let slash = memchr::memrchr(b'/', path.as_bytes());
        let Some((folder, name)) = slash.and_then(|at| path.split_at_checked(at + 1)) else {
            return false;
        };
        if path.len() > LONGEST {
            return false;
        }
        let known = |shelf: &Shelf| self.holds(shelf, name, publishes);
        if let Some(found) = self.shelves.ask(folder, known) {
            return found;
        }
        let Some(shelf) = is_plain(name).then(|| self.shelf(folder)).flatten() else {
            return false;
        };
        let found = self.holds(&shelf, name, publishes);
        self.shelves.keep(folder, shelf);
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

    #[inline]
    fn holds(&self, shelf: &Shelf, name: &str, publishes: Publishes<'_>) -> bool {
        let Some(place) = shelf.listing.place(name.as_bytes()) else {
            return false;
        };
        let (Some(answer), Some(root)) = (shelf.published.get(place), self.roots.get(shelf.root))
        else {
            return false;
        };
        match answer.load(Ordering::Relaxed) {
            UNASKED => {
                let path = match &*shelf.below {
                    "" => Cow::Borrowed(name),
                    below => Cow::Owned(format!("{below}{name}")),
                };
                let entry = shelf.listing.at(place);
                let published = entry.is_some_and(|entry| entry.kind == EntryKind::File)
                    && is_plain(name)
                    && root
                        .filter
                        .as_deref()
                        .is_none_or(|folder| publishes(folder, &path));
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
    let last = name.bytes().next_back();
    let is_blank_at_end = last.is_none_or(|byte| byte.is_ascii_whitespace());
    !is_blank_at_end && !name.bytes().any(is_special) && !matches!(name, "." | "..")
}

/// Whether a byte of a path may stand for something else.
fn is_special(byte: u8) -> bool {
    SPECIAL[usize::from(byte)]
}

static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    special[b'%' as usize] = true;
    special[b'?' as usize] = true;
    special[b'#' as usize] = true;
    special[b'\\' as usize] = true;
    special[0] = true;
    special
};
