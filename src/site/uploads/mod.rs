//! The upload index: which file a path in front matter names, compared byte for byte.
//!
//! Lists a directory only where a path needs it, and each only once. Looks at nothing outside the
//! site's root and the folders that frontlint.toml names; fetches nothing.

mod beside;
mod bundle;
mod candidate;
mod confined;
mod difference;
mod elsewhere;
mod entry;
mod explain;
mod folder_cache;
mod listing;
mod lookup;
mod missing;
mod near_names;
mod nearest;
mod percent;
mod reference;
mod root;
mod search;

use std::path::PathBuf;
use std::sync::atomic::Ordering;

pub use bundle::BundleAddress;
pub use difference::Difference;
pub use lookup::{Candidate, Lookup};
pub use reference::Refusal;
pub(super) use root::UploadRoot;

use super::folders::Folders;
use confined::End;
use entry::EntryKind;
use folder_cache::FolderCache;
use listing::Directories;
use missing::Missing;
use reference::Reference;
use root::{join, segments};
use search::Search;

/// Whether the generator publishes the file at a path (the second argument) below a folder that it
/// filters (the first).
pub(super) type Publishes<'a> = &'a dyn Fn(&str, &str) -> bool;

/// The upload roots of one site and the directories listed in them.
#[derive(Debug)]
pub(super) struct Uploads {
    /// The first that has a file serves it.
    roots: Vec<UploadRoot>,
    /// The segments of the path that the site is mounted at.
    base: Vec<String>,
    /// Whether the URL of a page is its name without an extension.
    has_bare_urls: bool,
    /// The site's root, for paths beside a page.
    site: UploadRoot,
    /// Whether a path is also that of a file below the site's root, as plugins take it.
    has_root_paths: bool,
    /// The site's root as shown to users, empty for the working directory.
    shown: String,
    /// The source folder's segments below the site's root.
    source: Vec<String>,
    directories: Directories,
    folders: FolderCache,
    missing: Missing,
}

impl Uploads {
    pub(super) fn new(
        root: PathBuf,
        shown: String,
        folders: &Folders,
        roots: Vec<UploadRoot>,
    ) -> Self {
        Self {
            roots,
            base: segments(&folders.base),
            has_bare_urls: folders.has_bare_urls,
            site: UploadRoot::new("", root, "", shown.clone(), None),
            has_root_paths: folders.has_root_paths,
            shown,
            source: segments(&folders.source),
            directories: Directories::default(),
            folders: FolderCache::default(),
            missing: Missing::default(),
        }
    }

    /// Looks `text` up for a page in the folder `beside` (segments below the site's root; `None`
    /// for a page outside the site). `bundle` is called where no file is found otherwise.
    pub(super) fn look_up(
        &self,
        beside: Option<&[&[u8]]>,
        text: &str,
        publishes: Publishes<'_>,
        bundle: &dyn Fn() -> BundleAddress,
    ) -> Lookup {
        let path = match reference::read(text) {
            Reference::Empty => return Lookup::Empty,
            Reference::External => return Lookup::External,
            Reference::Refused(why) => return Lookup::Refused { why },
            Reference::Path(path) => path,
        };
        let search = Search {
            uploads: self,
            path: &path,
            publishes,
        };
        match path.is_absolute {
            true => {
                let lookup = self.missing.known_or(text, || search.absolute());
                search.within_bundle(lookup, beside, bundle)
            }
            false => search.relative(beside, text),
        }
    }

    /// The folders that are absent as a whole, as shown to users, with the number of paths that
    /// needed them.
    pub(super) fn absent_roots(&self) -> Vec<(String, usize)> {
        let roots = self.roots.iter();
        let counts = roots.map(|root| (root.shown.clone(), root.misses.load(Ordering::Relaxed)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Calls `see` with each folder below one of the site, that one first, the names of its files, and
    /// whether it has folders. Links are not followed, and hidden names left out.
    pub(super) fn each_folder(&self, folder: &str, see: &mut dyn FnMut(&str, &[&str], bool)) {
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            let names = segments(&folder);
            let names: Vec<_> = names.iter().map(|name| name.as_bytes()).collect();
            let End::Folder(directory) = self.site.boundary.walk(&self.directories, &names) else {
                continue;
            };
            let listing = self.directories.list(&directory);
            let named = |kind| {
                let entries = listing.entries().iter();
                let entries = entries.filter(move |entry| entry.kind == kind);
                let names = entries.filter_map(|entry| entry.name.to_str());
                names.filter(|name| !name.starts_with('.'))
            };
            let files: Vec<&str> = named(EntryKind::File).collect();
            let folders: Vec<&str> = named(EntryKind::Folder).collect();
            see(&folder, &files, !folders.is_empty());
            let folders = folders.iter();
            open.extend(folders.map(|name| join(&folder, &[name.as_bytes()])));
        }
    }

    /// Whether there is a file or folder at a path below the site's root; only a folder counts
    /// where `folder` says so.
    pub(super) fn exists(&self, path: &str, folder: bool) -> bool {
        let names: Vec<_> = path.split('/').map(str::as_bytes).collect();
        match self.site.boundary.walk(&self.directories, &names) {
            End::File => !folder,
            End::Folder(_) => true,
            End::Missing { .. } | End::Outside => false,
        }
    }
}

/// Whether a written path is a URL to elsewhere.
pub(super) fn is_external(path: &str) -> bool {
    matches!(reference::read(path), Reference::External)
}

/// A URL path with its escapes undone; bytes that are no text become U+FFFD.
pub(super) fn unescaped(path: &str) -> String {
    match path.contains('%') {
        true => String::from_utf8_lossy(&percent::decode(path.as_bytes())).into_owned(),
        false => path.to_owned(),
    }
}

#[cfg(test)]
mod tests;
