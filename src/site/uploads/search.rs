//! The search for the file that a path names.

use std::path::Path;
use std::sync::atomic::Ordering;

use super::confined::End;
use super::reference::{self, WrittenPath};
use super::root::{UploadRoot, join};
use super::{Candidate, Difference, Lookup, Publishes, Refusal, Uploads};

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

/// A search for the file that one path names.
pub(super) struct Search<'a> {
    pub uploads: &'a Uploads,
    pub path: &'a WrittenPath<'a>,
    pub publishes: Publishes<'a>,
}

/// What a URL names.
pub(super) enum Target {
    File,
    Folder(String),
    LinkOut,
    AbsentRoot(String),
    Unpublished(Candidate),
    Missing,
}

impl Search<'_> {
    /// Looks up a path that begins with `/`.
    pub(super) fn absolute(&self) -> Lookup {
        match reference::resolve(&[], &self.path.decoded) {
            Some(url) => self.lookup(self.target(&url), &url),
            None => Lookup::Refused {
                why: Refusal::LeavesSite,
            },
        }
    }

    /// Looks up any other path: beside the page, then from the root. A page outside the site has
    /// only the root.
    pub(super) fn relative(&self, beside: Option<&[&[u8]]>, text: &str) -> Lookup {
        let refused = |why| Lookup::Refused { why };
        let base = beside.unwrap_or_default();
        let Some(near) = reference::resolve(base, &self.path.decoded) else {
            return refused(Refusal::LeavesSite);
        };
        match self.target_beside(&near) {
            Target::File if beside.is_some() => return Lookup::Found,
            Target::LinkOut => return refused(Refusal::LinkLeavesSite),
            _ => {}
        }
        let Some(url) = reference::resolve(&[], &self.path.decoded) else {
            return Lookup::Missing {
                looked_for: self.looked_for_in_site(&near),
                candidate: self.candidate_beside(base, &near),
            };
        };
        if self.uploads.has_root_paths
            && matches!(self.target_in(&self.uploads.site, &url), Target::File)
        {
            return Lookup::Found;
        }
        let lookup = match self.target(&url) {
            Target::File => {
                return Lookup::FoundAtRootOnly {
                    written: format!("/{}", text.trim().trim_start_matches("./")),
                };
            }
            target => self.lookup(target, &url),
        };
        match lookup {
            Lookup::Missing {
                looked_for,
                candidate,
            } if beside.is_some() => {
                let nearer = self.candidate_beside(base, &near);
                let differs = |candidate: &Option<Candidate>| {
                    candidate.as_ref().map(|candidate| candidate.why)
                };
                // Beside the page is where a browser looks, and so most generators.
                let is_beside = match (differs(&nearer), differs(&candidate)) {
                    (Some(beside), Some(at_root)) => beside <= at_root,
                    (Some(_), None) => true,
                    (None, Some(_)) => false,
                    (None, None) => self.is_meant_beside(base, &url),
                };
                match is_beside {
                    true => Lookup::Missing {
                        looked_for: self.looked_for_in_site(&near),
                        candidate: nearer,
                    },
                    false => Lookup::Missing {
                        looked_for,
                        candidate,
                    },
                }
            }
            lookup => lookup,
        }
    }

    /// Whether a path that leads nowhere was meant from the page's folder rather than from the site's
    /// root: it begins with a dot, names no folder, or begins with one that is only there.
    fn is_meant_beside(&self, base: &[&[u8]], url: &[&[u8]]) -> bool {
        let directories = &self.uploads.directories;
        let (Some((first, rest)), false) = (url.split_first(), self.path.raw.starts_with('.'))
        else {
            return true;
        };
        let is_folder = |root: &UploadRoot, names: &[&[u8]]| {
            let end = root.boundary.walk(directories, &root.path(names));
            matches!(end, End::Folder(_))
        };
        let is_at_root = || {
            let (mut roots, first) = (self.uploads.roots.iter(), [*first]);
            roots.any(|root| {
                let below = root.below(&first);
                below.is_some_and(|below| is_folder(root, below))
            })
        };
        let is_beside = || is_folder(&self.uploads.site, &[base, &[*first]].concat());
        rest.is_empty() || is_beside() || !is_at_root()
    }

    fn target_beside(&self, near: &[&[u8]]) -> Target {
        let site = &self.uploads.site.boundary;
        match site.walk(&self.uploads.directories, near) {
            End::File => return Target::File,
            End::Outside => return Target::LinkOut,
            End::Folder(_) | End::Missing { .. } => {}
        }
        // As a browser resolves it, against the URLs of the source's folders.
        let mut names = near.iter();
        let source = &self.uploads.source;
        let is_in_source = source
            .iter()
            .all(|folder| names.next().is_some_and(|name| *name == folder.as_bytes()));
        match is_in_source {
            true => self.target(names.as_slice()),
            false => Target::Missing,
        }
    }

    /// What a path from the site's root names, with and without the site's mount point.
    pub(super) fn target(&self, url: &[&[u8]]) -> Target {
        let target = self.target_in_roots(url);
        let base = &self.uploads.base;
        if matches!(target, Target::File) || base.is_empty() {
            return target;
        }
        let mut names = url.iter();
        let is_mounted = base
            .iter()
            .all(|part| names.next().is_some_and(|name| *name == part.as_bytes()));
        match is_mounted {
            true => self.target_in_roots(names.as_slice()),
            false => target,
        }
    }

    fn target_in_roots(&self, url: &[&[u8]]) -> Target {
        let mut first = Target::Missing;
        for root in &self.uploads.roots {
            let Some(rest) = root.below(url) else {
                continue;
            };
            match self.target_in(root, rest) {
                Target::File => return Target::File,
                target if matches!(first, Target::Missing) => first = target,
                _ => {}
            }
        }
        first
    }

    pub(super) fn target_in(&self, root: &UploadRoot, rest: &[&[u8]]) -> Target {
        let directories = &self.uploads.directories;
        match root.boundary.walk(directories, &root.path(rest)) {
            End::File if self.publishes(root, rest) => Target::File,
            End::File => Target::Unpublished(self.unpublished(root, rest)),
            End::Folder(folder) => {
                let listing = directories.list(&folder);
                let mut indexes = INDEXES.iter();
                match indexes.any(|name| listing.get(name.as_bytes()).is_some()) {
                    true => Target::File,
                    false => Target::Folder(root.shown(rest)),
                }
            }
            End::Outside => Target::LinkOut,
            End::Missing { directory, index } => {
                let below = index.checked_sub(root.folder.len());
                let is_absent = below.is_none()
                    || (directory == root.boundary.folder()
                        && !directories.list(&directory).exists);
                let missing = rest.get(below.unwrap_or_default()..);
                if is_absent {
                    Target::AbsentRoot(root.shown.clone())
                } else if self.is_rendered(&directory, missing.unwrap_or_default()) {
                    Target::File
                } else {
                    Target::Missing
                }
            }
        }
    }

    /// Whether the name that is missing in a directory is that of a page made of a file there:
    /// `x.html` of `x.md`.
    fn is_rendered(&self, directory: &Path, missing: &[&[u8]]) -> bool {
        let [name] = missing else {
            return false;
        };
        let is_bare = self.uploads.has_bare_urls && !name.contains(&b'.');
        let Some(stem) = name.strip_suffix(b".html").or(is_bare.then_some(*name)) else {
            return false;
        };
        let listing = self.uploads.directories.list(directory);
        let mut ends = MARKDOWN.iter();
        ends.any(|end| listing.get(&[stem, end.as_bytes()].concat()).is_some())
    }

    /// Whether the generator publishes a file below a root.
    pub(super) fn publishes(&self, root: &UploadRoot, rest: &[&[u8]]) -> bool {
        let filter = root.filter.as_deref();
        filter.is_none_or(|folder| (self.publishes)(folder, &join("", rest)))
    }

    /// A file that exists and is not published under this path: perhaps it is under another.
    fn unpublished(&self, root: &UploadRoot, rest: &[&[u8]]) -> Candidate {
        let shown = root.shown(rest);
        let other_path = self.uploads.roots.iter().find_map(|other| {
            let folder = other.shown.strip_suffix('/').unwrap_or(&other.shown);
            let below = shown.strip_prefix(folder)?.strip_prefix('/')?;
            let below: Vec<_> = below.split('/').map(str::as_bytes).collect();
            let is_published = self.publishes(other, &below);
            is_published.then(|| other.written(&below, self.path))
        });
        Candidate {
            path: shown,
            why: match other_path {
                Some(_) => Difference::ServedElsewhere,
                None => Difference::Unpublished,
            },
            written: other_path.unwrap_or_default(),
        }
    }

    fn lookup(&self, target: Target, url: &[&[u8]]) -> Lookup {
        match target {
            Target::File => Lookup::Found,
            Target::Folder(folder) => Lookup::Folder { folder },
            Target::LinkOut => Lookup::Refused {
                why: Refusal::LinkLeavesSite,
            },
            Target::AbsentRoot(folder) => {
                let mut roots = self.uploads.roots.iter();
                if let Some(root) = roots.find(|root| root.shown == folder) {
                    root.misses.fetch_add(1, Ordering::Relaxed);
                }
                Lookup::RootAbsent { folder }
            }
            Target::Unpublished(candidate) => Lookup::Missing {
                looked_for: candidate.path.clone(),
                candidate: Some(candidate),
            },
            Target::Missing => Lookup::Missing {
                looked_for: self.looked_for(url),
                candidate: self.candidate(url),
            },
        }
    }

    /// The file that a URL would name, as shown to users.
    pub(super) fn looked_for(&self, url: &[&[u8]]) -> String {
        let mut roots = self.uploads.roots.iter();
        let shown = roots.find_map(|root| Some(root.shown(root.below(url)?)));
        shown.unwrap_or_else(|| self.looked_for_in_site(url))
    }

    /// The file at a path below the site's root, as shown to users.
    pub(super) fn looked_for_in_site(&self, names: &[&[u8]]) -> String {
        join(&self.uploads.shown, names)
    }
}
