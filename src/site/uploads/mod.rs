//! The upload index: which file a path in front matter names, compared byte for byte.
//!
//! Lists a directory only where a path needs it, and each only once. Nothing outside the site's
//! root, or outside a folder that frontlint.toml names, is ever looked at; nothing is fetched.

mod candidate;
mod explain;
mod index;
mod listing;
mod lookup;
mod missing;
mod near_names;
mod nearest;
mod percent;
mod plain;
mod reference;
mod root;

use std::path::PathBuf;
use std::sync::atomic::Ordering;

pub use lookup::{Candidate, Lookup};
pub use nearest::Difference;
pub use reference::Refusal;
pub(super) use root::UploadRoot;

use listing::{Confined, Directories, End};
use missing::Missing;
use plain::Shelves;
use reference::{Reference, WrittenPath};
use root::{join, segments};

/// Whether the generator publishes the file at this path below a root.
pub(super) trait Publishes<K> {
    fn publishes(&self, kind: &K, path: &str) -> bool;
}

/// The upload roots of one site and the directories seen in them.
#[derive(Debug)]
pub(super) struct Uploads<K> {
    /// In the order they are asked; the first that has the file serves it.
    roots: Vec<UploadRoot<K>>,
    /// The segments of the path that the site is mounted at.
    base: Vec<String>,
    /// Whether the URL of a page is its name without an extension.
    bare_urls: bool,
    /// The site's root, for paths beside a page.
    site: Confined,
    /// The site's root as shown to users, empty for the working directory.
    shown: String,
    /// The source folder's segments below the site's root.
    source: Vec<String>,
    directories: Directories,
    shelves: Shelves,
    missing: Missing,
}

/// How far one reading of a path got.
enum Reading {
    Found,
    Folder(String),
    LinkOut,
    Absent(String),
    Unpublished(Candidate),
    Missing,
}

/// What becomes a page of its own name with `.html`.
const MARKDOWN: &[&str] = &[".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".mdx"];

const INDEXES: &[&str] = &[
    "index.html",
    "index.htm",
    "index.md",
    "index.markdown",
    "index.mdx",
    "_index.md",
];

impl<K> Uploads<K> {
    pub(super) fn new(
        root: PathBuf,
        shown: String,
        source: &str,
        base: &str,
        bare_urls: bool,
        roots: Vec<UploadRoot<K>>,
    ) -> Self {
        Self {
            roots,
            base: segments(base),
            bare_urls,
            site: Confined::new(root),
            shown,
            source: segments(source),
            directories: Directories::default(),
            shelves: Shelves::default(),
            missing: Missing::default(),
        }
    }

    /// Looks `text` up for a page in the folder `beside` (segments below the site's root; `None`
    /// for a page outside the site).
    pub(super) fn look_up(
        &self,
        beside: Option<&[&[u8]]>,
        text: &str,
        generator: &dyn Publishes<K>,
    ) -> Lookup {
        let path = match reference::read(text) {
            Reference::Empty => return Lookup::Empty,
            Reference::External => return Lookup::External,
            Reference::Refused(why) => return Lookup::Refused { why },
            Reference::Path(path) => path,
        };
        let refused = |why| Lookup::Refused { why };
        if path.absolute {
            let Some(url) = reference::resolve(&[], &path.decoded) else {
                return refused(Refusal::LeavesSite);
            };
            let found = || self.conclude(self.read(&url, &path, generator), &url, &path, generator);
            return self.missing.known_or(text, found);
        }
        // Beside the page; a page outside the site has only the root to go by.
        let base = beside.unwrap_or_default();
        let Some(near) = reference::resolve(base, &path.decoded) else {
            return refused(Refusal::LeavesSite);
        };
        match self.read_beside(&near, &path, generator) {
            Reading::Found if beside.is_some() => return Lookup::Found,
            Reading::LinkOut => return refused(Refusal::LinkLeavesSite),
            _ => {}
        }
        let Some(url) = reference::resolve(&[], &path.decoded) else {
            return self.missing_beside(&near);
        };
        match self.read(&url, &path, generator) {
            Reading::Found => Lookup::FoundAtRootOnly {
                written: format!("/{}", text.trim().trim_start_matches("./")),
            },
            reading => self.conclude(reading, &url, &path, generator),
        }
    }

    /// The folders that are absent as a whole, as shown to users, with the number of paths that
    /// needed them.
    pub(super) fn absent_roots(&self) -> Vec<(String, usize)> {
        self.roots
            .iter()
            .map(|root| (root.shown.clone(), root.misses.load(Ordering::Relaxed)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// Whether there is a file or folder at a path below the site's root; only a folder counts
    /// where `folder` says so.
    pub(super) fn exists(&self, path: &str, folder: bool) -> bool {
        let way: Vec<_> = path.split('/').map(str::as_bytes).collect();
        match self.site.walk(&self.directories, &way) {
            End::File => !folder,
            End::Folder(_) => true,
            End::Missing { .. } | End::Outside => false,
        }
    }

    fn read_beside(
        &self,
        near: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Reading {
        match self.site.walk(&self.directories, near) {
            End::File => return Reading::Found,
            End::Outside => return Reading::LinkOut,
            End::Folder(_) | End::Missing { .. } => {}
        }
        // As a browser resolves it, against the URLs of the source's folders.
        let source: Vec<_> = self.source.iter().map(String::as_bytes).collect();
        match near.strip_prefix(source.as_slice()) {
            Some(url) => self.read(url, path, generator),
            None => Reading::Missing,
        }
    }

    /// What a path from the site's root names, with and without the site's mount point.
    fn read(&self, url: &[&[u8]], path: &WrittenPath<'_>, generator: &dyn Publishes<K>) -> Reading {
        let plain = self.read_url(url, path, generator);
        if matches!(plain, Reading::Found) || self.base.is_empty() {
            return plain;
        }
        let base: Vec<_> = self.base.iter().map(String::as_bytes).collect();
        match url.strip_prefix(base.as_slice()) {
            Some(below) => self.read_url(below, path, generator),
            None => plain,
        }
    }

    fn read_url(
        &self,
        url: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Reading {
        let mut reading = Reading::Missing;
        for root in &self.roots {
            let Some(rest) = root.below(url) else {
                continue;
            };
            let found = match root.boundary.walk(&self.directories, &root.path(rest)) {
                End::File => {
                    if generator.publishes(&root.kind, &join("", rest)) {
                        return Reading::Found;
                    }
                    Reading::Unpublished(self.unpublished(root, rest, path, generator))
                }
                End::Folder(folder) => {
                    let listing = self.directories.list(&folder);
                    if INDEXES
                        .iter()
                        .any(|name| listing.get(name.as_bytes()).is_some())
                    {
                        return Reading::Found;
                    }
                    Reading::Folder(root.shown(rest))
                }
                End::Outside => Reading::LinkOut,
                End::Missing { directory, index } => {
                    if self.is_absent(root, &directory, index) {
                        Reading::Absent(root.shown.clone())
                    } else if self.is_rendered(&directory, rest, root.folder.len(), index) {
                        return Reading::Found;
                    } else {
                        Reading::Missing
                    }
                }
            };
            if matches!(reading, Reading::Missing) {
                reading = found;
            }
        }
        reading
    }

    /// Whether `x.html` is what becomes of an `x.md`.
    fn is_rendered(
        &self,
        directory: &std::path::Path,
        rest: &[&[u8]],
        folder: usize,
        index: usize,
    ) -> bool {
        let Some((name, [])) = rest
            .get(index.saturating_sub(folder)..)
            .and_then(<[_]>::split_first)
        else {
            return false;
        };
        let Some(stem) = name
            .strip_suffix(b".html")
            .or_else(|| (self.bare_urls && !name.contains(&b'.')).then_some(*name))
        else {
            return false;
        };
        let listing = self.directories.list(directory);
        MARKDOWN
            .iter()
            .any(|end| listing.get(&[stem, end.as_bytes()].concat()).is_some())
    }

    fn is_absent(&self, root: &UploadRoot<K>, directory: &std::path::Path, index: usize) -> bool {
        index < root.folder.len()
            || (directory == root.boundary.folder() && !self.directories.list(directory).exists)
    }

    /// A file that is there and not published under this path: perhaps it is under another.
    fn unpublished(
        &self,
        root: &UploadRoot<K>,
        rest: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Candidate {
        let shown = root.shown(rest);
        let elsewhere = self.roots.iter().find_map(|other| {
            let folder = other.shown.strip_suffix('/').unwrap_or(&other.shown);
            let below = shown.strip_prefix(folder)?.strip_prefix('/')?;
            let below: Vec<_> = below.split('/').map(str::as_bytes).collect();
            let published = generator.publishes(&other.kind, &join("", &below));
            published.then(|| other.written(&below, path))
        });
        Candidate {
            path: shown,
            why: if elsewhere.is_some() {
                Difference::ServedElsewhere
            } else {
                Difference::Unpublished
            },
            written: elsewhere.unwrap_or_default(),
        }
    }

    fn conclude(
        &self,
        reading: Reading,
        url: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Lookup {
        match reading {
            Reading::Found => Lookup::Found,
            Reading::Folder(folder) => Lookup::Folder { folder },
            Reading::LinkOut => Lookup::Refused {
                why: Refusal::LinkLeavesSite,
            },
            Reading::Absent(folder) => {
                if let Some(root) = self.roots.iter().find(|root| root.shown == folder) {
                    root.misses.fetch_add(1, Ordering::Relaxed);
                }
                Lookup::RootAbsent { folder }
            }
            Reading::Unpublished(candidate) => Lookup::Missing {
                looked_for: candidate.path.clone(),
                candidate: Some(candidate),
            },
            Reading::Missing => Lookup::Missing {
                looked_for: self.looked_for(url),
                candidate: self.candidate(url, path, generator),
            },
        }
    }

    fn missing_beside(&self, near: &[&[u8]]) -> Lookup {
        Lookup::Missing {
            looked_for: join(&self.shown, near),
            candidate: None,
        }
    }

    fn looked_for(&self, url: &[&[u8]]) -> String {
        let serving = self
            .roots
            .iter()
            .find_map(|root| Some((root, root.below(url)?)));
        serving.map_or_else(|| join(&self.shown, url), |(root, rest)| root.shown(rest))
    }
}

/// Whether a written path is a URL to elsewhere.
pub(super) fn is_external(path: &str) -> bool {
    matches!(reference::read(path), Reference::External)
}

/// A URL path with its escapes undone; bytes that are no text become U+FFFD.
pub(super) fn unescaped(path: &str) -> String {
    String::from_utf8_lossy(&percent::decode(path.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests;
