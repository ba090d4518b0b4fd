//! A fast path to a file that exists under the very path that is written, without anything to
//! decode, to resolve or to choose from. Everything else is left to the search.

use std::sync::Arc;

use foldhash::HashMap;

use super::confined::End;
use super::entry::EntryKind;
use super::listing::Listing;
use super::reference::LONGEST;
use super::root::join;
use super::{Publishes, Uploads};
use crate::threads::Lock;

/// More folders than this are not remembered.
const MOST: usize = 1_000;

/// The folders that paths named so far, by their URL paths with a slash at both ends.
#[derive(Debug, Default)]
pub(super) struct FolderCache {
    known: Lock<HashMap<Box<str>, Arc<KnownFolder>>>,
}

/// A folder that a URL path names.
#[derive(Debug)]
struct KnownFolder {
    /// The place of its upload root among the roots.
    root: usize,
    /// Its path below that root, with a slash at its end unless it is the root itself.
    below: String,
    listing: Arc<Listing>,
}

impl Uploads {
    /// Whether a path from the site's root surely names a file that is published. `false` is no
    /// answer.
    pub(in crate::site) fn surely_has(&self, path: &str, publishes: Publishes<'_>) -> bool {
        let Some(slash) = memchr::memrchr(b'/', path.as_bytes()) else {
            return false;
        };
        let (url, name) = path.split_at(slash + 1);
        if path.len() > LONGEST || !is_literal(path) || name.ends_with(char::is_whitespace) {
            return false;
        }
        let Some(folder) = self.known_folder(url) else {
            return false;
        };
        let entry = folder.listing.get(name.as_bytes());
        let filter = self
            .roots
            .get(folder.root)
            .and_then(|root| root.filter.as_deref());
        entry.is_some_and(|entry| entry.kind == EntryKind::File)
            && filter.is_none_or(|filter| match &*folder.below {
                "" => publishes(filter, name),
                below => publishes(filter, &[below, name].concat()),
            })
    }

    /// The folder at a path that ends with a slash, in the first root that has it.
    fn known_folder(&self, url: &str) -> Option<Arc<KnownFolder>> {
        let known = self.folders.known.read().get(url).cloned();
        if known.is_some() {
            return known;
        }
        let names: Vec<&[u8]> = match url.strip_prefix('/')?.strip_suffix('/') {
            Some(within) => within.split('/').map(str::as_bytes).collect(),
            None => Vec::new(),
        };
        if names.iter().any(|name| matches!(*name, b"" | b"." | b"..")) {
            return None;
        }
        let folder = self
            .roots
            .iter()
            .enumerate()
            .find_map(|(root, upload_root)| {
                let rest = upload_root.below(&names)?;
                let path = upload_root.path(rest);
                let End::Folder(directory) = upload_root.boundary.walk(&self.directories, &path)
                else {
                    return None;
                };
                let slash = if rest.is_empty() { "" } else { "/" };
                Some(Arc::new(KnownFolder {
                    root,
                    below: join("", rest) + slash,
                    listing: self.directories.list(&directory),
                }))
            })?;
        let mut known = self.folders.known.write();
        if known.len() < MOST {
            known.insert(url.into(), Arc::clone(&folder));
        }
        Some(folder)
    }
}

/// Whether every character of a path is one of a name or a slash.
fn is_literal(path: &str) -> bool {
    let bytes = path.as_bytes();
    memchr::memchr3(b'%', b'?', b'#', bytes).is_none() && memchr::memchr2(b'\\', 0, bytes).is_none()
}
