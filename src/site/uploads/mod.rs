//! The upload index: which file a path in front matter names, compared byte for byte.
//!
//! Lists a directory only where a path needs it, and each only once. Nothing outside the site's
//! root, or outside a folder that frontlint.toml names, is ever looked at; nothing is fetched.

mod explain;
mod listing;
mod nearest;
mod percent;
mod reference;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use explain::PathFinding;
pub use nearest::Difference;
pub use reference::Refusal;

use listing::{Boundary, Directories, End};
use reference::{Reference, WrittenPath};

/// What a path in front matter turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A file that is there, or a page's folder with an index.
    Found,
    /// A URL to elsewhere; accepted and never fetched.
    External,
    /// No path at all, or a bare fragment.
    Empty,
    /// Written without a leading `/` and found only from the site's root.
    FoundAtRootOnly {
        /// What to write so that it works everywhere.
        written: String,
    },
    /// No such file.
    Missing {
        /// The file that would have to be there, as shown to users.
        looked_for: String,
        /// The file that was probably meant.
        candidate: Option<Candidate>,
    },
    /// The path names a folder.
    Folder {
        /// The folder as shown to users.
        folder: String,
    },
    /// Not looked up at all.
    Refused {
        /// Why not.
        why: Refusal,
    },
    /// The folder that serves such paths is absent as a whole. Told once for a run
    /// ([`super::Site::absent_roots`]), not once for a path.
    RootAbsent {
        /// The folder as shown to users.
        folder: String,
    },
}

/// A file that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The file as shown to users.
    pub path: String,
    /// What to write to name it.
    pub written: String,
    /// How it differs from what was written.
    pub why: Difference,
}

/// A folder whose files are served under a URL prefix.
#[derive(Debug)]
pub(super) struct UploadRoot<K> {
    /// The prefix's segments, decoded: `uploads` for `/uploads/`.
    pub url: Vec<String>,
    /// What nothing is looked up outside of.
    boundary: Boundary,
    /// The folder's segments below the boundary.
    folder: Vec<String>,
    /// The folder as shown to users, without a trailing slash.
    shown: String,
    /// What the generator asks itself about the files here.
    pub kind: K,
    misses: AtomicUsize,
}

impl<K> UploadRoot<K> {
    /// A root below `boundary`; `shown` is how users see the folder.
    pub(super) fn new(url: &str, boundary: PathBuf, folder: &str, shown: String, kind: K) -> Self {
        Self {
            url: segments(url),
            boundary: Boundary::new(boundary),
            folder: segments(folder),
            shown,
            kind,
            misses: AtomicUsize::new(0),
        }
    }

    fn path<'a>(&'a self, rest: &[&'a [u8]]) -> Vec<&'a [u8]> {
        let folder = self.folder.iter().map(String::as_bytes);
        folder.chain(rest.iter().copied()).collect()
    }

    fn shown(&self, rest: &[&[u8]]) -> String {
        join(&self.shown, rest)
    }

    fn written(&self, rest: &[&[u8]], path: &WrittenPath<'_>) -> String {
        let url: Vec<_> = self.url.iter().map(String::as_bytes).collect();
        let decoded = join(&join("", &url), rest);
        let decoded = if path.absolute {
            format!("/{decoded}")
        } else {
            decoded
        };
        percent::encode(&decoded, path.raw.contains('%')) + path.tail
    }

    /// What is left of a URL below this root.
    fn below<'a, 'p>(&self, url: &'a [&'p [u8]]) -> Option<&'a [&'p [u8]]> {
        let (prefix, rest) = url.split_at_checked(self.url.len())?;
        let same = prefix
            .iter()
            .zip(&self.url)
            .all(|(a, b)| *a == b.as_bytes());
        same.then_some(rest)
    }
}

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
    /// The site's root, for paths beside a page.
    site: Boundary,
    /// The site's root as shown to users, empty for the working directory.
    shown: String,
    /// The source folder's segments below the site's root.
    source: Vec<String>,
    directories: Directories,
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

const INDEXES: &[&str] = &["index.html", "index.htm", "index.md", "index.markdown"];

impl<K> Uploads<K> {
    pub(super) fn new(
        root: PathBuf,
        shown: String,
        source: &str,
        base: &str,
        roots: Vec<UploadRoot<K>>,
    ) -> Self {
        Self {
            roots,
            base: segments(base),
            site: Boundary::new(root),
            shown,
            source: segments(source),
            directories: Directories::default(),
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
            return self.conclude(self.read(&url, &path, generator), &url, &path, generator);
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
            return self.missing(&near, &path);
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

    /// Whether there is a file or folder at a path below the site's root.
    pub(super) fn exists(&self, path: &str) -> bool {
        let way: Vec<_> = path.split('/').map(str::as_bytes).collect();
        matches!(
            self.site.walk(&self.directories, &way),
            End::File | End::Folder(_)
        )
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

    fn missing(&self, near: &[&[u8]], _path: &WrittenPath<'_>) -> Lookup {
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

    /// The file that was probably meant.
    fn candidate(
        &self,
        url: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Option<Candidate> {
        if path.decoded.contains(&b'\\') {
            let slashed = path
                .decoded
                .iter()
                .map(|&b| if b == b'\\' { b'/' } else { b });
            let slashed: Vec<u8> = slashed.collect();
            let url = reference::resolve(&[], &slashed)?;
            if let Reading::Found = self.read(&url, path, generator) {
                return Some(Candidate {
                    path: self.looked_for(&url),
                    written: format!("{}{}", path.raw.replace('\\', "/"), path.tail),
                    why: Difference::Backslash,
                });
            }
        }
        let mut best: Option<Candidate> = None;
        for root in &self.roots {
            // A prefix that is a letter off is a near miss of the root itself.
            let prefix = root.url.len();
            let (given, rest) = match root.below(url) {
                Some(rest) => (Difference::Normalisation, rest),
                None if prefix == 1 && url.len() > 1 => match near_text(url[0], &root.url[0]) {
                    Some(difference) => (difference, &url[1..]),
                    None => continue,
                },
                None => continue,
            };
            let raw = raw_segments(path, rest.len());
            let Some((why, found)) = self.search(root, rest, &raw, 2) else {
                continue;
            };
            let below: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
            if !generator.publishes(&root.kind, &join("", &below)) {
                continue;
            }
            let why = why.map_or(given, |why| why.max(given));
            if best.as_ref().is_none_or(|best| why < best.why) {
                best = Some(Candidate {
                    path: root.shown(&below),
                    written: root.written(&below, path),
                    why,
                });
            }
        }
        best.or_else(|| self.with_tail(path))
    }

    /// A file whose name really holds the `?` or `#` that was taken for a query or a fragment.
    fn with_tail(&self, path: &WrittenPath<'_>) -> Option<Candidate> {
        if path.tail.is_empty() {
            return None;
        }
        let whole = format!("{}{}", path.raw, path.tail);
        let decoded = percent::decode(whole.as_bytes());
        let url = reference::resolve(&[], &decoded)?;
        self.roots.iter().find_map(|root| {
            let rest = root.below(&url)?;
            match root.boundary.walk(&self.directories, &root.path(rest)) {
                End::File => Some(Candidate {
                    path: root.shown(rest),
                    written: format!("{}{}", path.raw, percent::encode(path.tail, false)),
                    why: Difference::Encoding,
                }),
                _ => None,
            }
        })
    }

    /// Follows `rest`, taking a near name where there is no exact one, at most `turns` times.
    /// `None` in the pair where every name was exact.
    fn search(
        &self,
        root: &UploadRoot<K>,
        rest: &[&[u8]],
        raw: &[&[u8]],
        turns: usize,
    ) -> Option<(Option<Difference>, Vec<Vec<u8>>)> {
        let way = root.path(rest);
        match root.boundary.walk(&self.directories, &way) {
            End::File => Some((None, rest.iter().map(|name| name.to_vec()).collect())),
            End::Folder(_) | End::Outside => None,
            End::Missing { directory, index } => {
                let at = index.checked_sub(root.folder.len())?;
                let turns = turns.checked_sub(1)?;
                let listing = self.directories.list(&directory);
                let name = rest.get(at)?;
                let as_written = raw.get(at).unwrap_or(name);
                nearest::entries(&listing, name, as_written)
                    .into_iter()
                    .find_map(|(why, entry)| {
                        let mut tried = rest.to_vec();
                        *tried.get_mut(at)? = entry.bytes();
                        let (further, found) = self.search(root, &tried, raw, turns)?;
                        Some((Some(further.map_or(why, |further| further.max(why))), found))
                    })
            }
        }
    }
}

fn near_text(written: &[u8], name: &str) -> Option<Difference> {
    let written = String::from_utf8_lossy(written);
    if listing::fold(&written) == listing::fold(name) {
        return Some(Difference::Case);
    }
    (name.len() >= 4 && strsim::osa_distance(&written, name) <= 2).then_some(Difference::Spelling)
}

/// The last `count` segments as written, before decoding.
fn raw_segments<'p>(path: &WrittenPath<'p>, count: usize) -> Vec<&'p [u8]> {
    let all: Vec<_> = path
        .raw
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(str::as_bytes)
        .collect();
    all.get(all.len().saturating_sub(count)..)
        .unwrap_or_default()
        .to_vec()
}

fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(str::to_owned)
        .collect()
}

fn join(base: &str, rest: &[&[u8]]) -> String {
    let mut joined = base.trim_end_matches('/').to_owned();
    if base.starts_with('/') && joined.is_empty() {
        joined.push('/');
    }
    for name in rest {
        if !joined.is_empty() && !joined.ends_with('/') {
            joined.push('/');
        }
        joined.push_str(&String::from_utf8_lossy(name));
    }
    joined
}

#[cfg(test)]
mod tests;
