//! What content and configuration may name: what is inside the repository, links resolved.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io::Error;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::error::{INTO_GIT, ReadError};
use super::look::{exists, kind};

/// More links than this on one path are a loop, as on Linux.
pub(super) const MOST_LINKS: usize = 40;

/// The folder that what content or configuration names must be inside: the nearest one with
/// `.git`, else another. It is looked up when the first path needs it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Boundary(Option<Arc<Limit>>);

/// A folder and what users call it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Absolute.
    pub folder: PathBuf,
    /// "the repository", "the working directory".
    pub name: &'static str,
}

#[derive(Debug)]
struct Limit {
    /// The folder that relative paths are taken from: absolute, with links.
    start: PathBuf,
    /// Whether the repository is searched for.
    in_repository: bool,
    otherwise: Place,
    real: OnceLock<Real>,
}

/// The same without links.
#[derive(Debug)]
struct Real {
    start: PathBuf,
    root: PathBuf,
    name: &'static str,
}

impl Boundary {
    /// No boundary, for what the command line names.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// The repository that `start` (absolute) is in, which is a folder that is checked or
    /// configured already; where it is in none, `otherwise`.
    #[must_use]
    pub fn of(start: PathBuf, otherwise: Place) -> Self {
        Self::new(start, true, otherwise)
    }

    /// A folder (absolute) itself.
    #[must_use]
    pub fn at(folder: PathBuf, name: &'static str) -> Self {
        let start = folder.clone();
        Self::new(start, false, Place { folder, name })
    }

    fn new(start: PathBuf, in_repository: bool, otherwise: Place) -> Self {
        Self(Some(Arc::new(Limit {
            start,
            in_repository,
            otherwise,
            real: OnceLock::new(),
        })))
    }

    /// Whether everything is inside.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The folder itself, without links; `None` where there is no boundary.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        self.0.as_ref().map(|limit| limit.real().root.as_path())
    }

    /// Whether a path is an entry of the folder that relative paths are taken from, and so inside
    /// unless it is a link.
    pub(super) fn is_entry(&self, path: &Path) -> bool {
        let limit = self.0.as_ref();
        limit.is_some_and(|limit| path.parent() == Some(&limit.start))
            && !path.file_name().is_some_and(is_git)
    }

    /// The path without links, if it is inside. Nothing outside is looked at, so that the answer
    /// does not depend on what is there: links are followed one by one, and the first step that
    /// leaves ends it. There may be nothing at the path. Without a boundary the result is the path
    /// itself where there is nothing.
    ///
    /// # Errors
    /// Where it is outside or in git's own folder, or its links go round in circles.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let Some(limit) = &self.0 else {
            return Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
        };
        let path = super::absolute(path);
        let real = limit.real();
        real.follow(path.strip_prefix(&limit.start).unwrap_or(&path))
    }

    /// Whether a path leads to a folder inside.
    #[must_use]
    pub fn has_folder(&self, path: &Path) -> bool {
        self.kind(path).is_some_and(|kind| kind.is_dir())
    }

    /// Whether a path leads to a regular file inside.
    #[must_use]
    pub fn has_file(&self, path: &Path) -> bool {
        self.kind(path).is_some_and(|kind| kind.is_file())
    }

    fn kind(&self, path: &Path) -> Option<FileType> {
        if self.is_entry(path) {
            let own = kind(path)?;
            if !own.is_symlink() {
                return Some(own);
            }
        }
        kind(&self.resolve(path).ok()?)
    }
}

/// Two are the same where one is a copy of the other.
impl PartialEq for Boundary {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(own), Some(others)) => Arc::ptr_eq(own, others),
            (own, others) => own.is_none() && others.is_none(),
        }
    }
}

impl Limit {
    fn real(&self) -> &Real {
        self.real.get_or_init(|| {
            let start = without_links(&self.start);
            let has_git = |folder: &&Path| self.in_repository && exists(&folder.join(".git"));
            match start.ancestors().find(has_git) {
                Some(root) => Real {
                    root: root.to_owned(),
                    start,
                    name: "the repository",
                },
                None => Real {
                    root: without_links(&self.otherwise.folder),
                    start,
                    name: self.otherwise.name,
                },
            }
        })
    }
}

impl Real {
    fn follow(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let mut place = self.start.clone();
        let mut rest = path.to_owned();
        let mut links = 0;
        'link: loop {
            let mut parts = rest.components();
            while let Some(part) = parts.next() {
                match part {
                    Component::Normal(name) => place.push(name),
                    Component::ParentDir => {
                        place.pop();
                        continue;
                    }
                    Component::CurDir => continue,
                    Component::RootDir | Component::Prefix(_) => {
                        place.push(part);
                        continue;
                    }
                }
                // The folders above the root are known to be no links.
                if self.root.starts_with(&place) {
                    continue;
                }
                if !place.starts_with(&self.root) {
                    (place, rest) = self.by_another_name(&rest)?;
                    continue 'link;
                }
                if let Ok(target) = fs::read_link(&place) {
                    links += 1;
                    if links > MOST_LINKS {
                        let circle = "its links lead in a circle";
                        return Err(ReadError::System(Error::other(circle)));
                    }
                    place.pop();
                    rest = target.join(parts.as_path());
                    continue 'link;
                }
            }
            break;
        }
        match place.strip_prefix(&self.root) {
            Ok(rest) if rest.iter().any(is_git) => Err(ReadError::Outside(INTO_GIT)),
            Ok(_) => Ok(place),
            Err(_) => Err(ReadError::Outside(self.name)),
        }
    }

    /// A folder inside and the way on from it, where an absolute path reaches it over a link above
    /// the root. Only the folders on the way are looked at, and `..` is not followed there: it
    /// would make the answer depend on what is outside.
    fn by_another_name(&self, path: &Path) -> Result<(PathBuf, PathBuf), ReadError> {
        let goes_up = || path.components().any(|part| part == Component::ParentDir);
        let inside = |folder: &Path| {
            let real = fs::canonicalize(folder).ok();
            let real = real.filter(|real| real.starts_with(&self.root))?;
            Some((real, path.strip_prefix(folder).ok()?.to_owned()))
        };
        let outside = ReadError::Outside(self.name);
        if path.is_relative() || goes_up() {
            return Err(outside);
        }
        path.ancestors().skip(1).find_map(inside).ok_or(outside)
    }
}

/// Whether a name is that of the folder, or in a working tree the file, that is git's own.
pub(super) fn is_git(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case(".git")
}

/// A folder without links, as far as it exists.
fn without_links(folder: &Path) -> PathBuf {
    for ancestor in folder.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            let rest = folder.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return real.join(rest);
        }
    }
    folder.to_owned()
}
