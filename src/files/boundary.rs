//! What content and configuration may name: what is inside the repository, links resolved.

use std::fs;
use std::io::Error;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::error::ReadError;
use super::look::exists;

/// More links than this on one path are a loop, as on Linux.
const MOST_LINKS: usize = 40;

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

    pub(super) fn is_start(&self, folder: Option<&Path>) -> bool {
        let limit = self.0.as_ref();
        limit.is_some_and(|limit| folder == Some(&limit.start))
    }

    /// The path without links, if it is inside. Nothing outside is looked at, so that the answer
    /// does not depend on what is there: links are followed one by one, and the first step that
    /// leaves ends it. Whether there is anything at the path is not said. Without a boundary it
    /// is the path itself where there is nothing.
    ///
    /// # Errors
    /// Where it is outside, or its links go round in circles.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let Some(limit) = &self.0 else {
            return Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
        };
        let real = limit.real();
        match path.strip_prefix(&limit.start) {
            Ok(rest) => real.follow(rest),
            Err(_) => real.follow(path),
        }
    }

    /// Whether a path leads to a folder inside.
    #[must_use]
    pub fn has_folder(&self, path: &Path) -> bool {
        let real = self.resolve(path);
        real.is_ok_and(|real| super::is_folder(&real))
    }

    /// Whether a path leads to a regular file inside.
    #[must_use]
    pub fn has_file(&self, path: &Path) -> bool {
        let real = self.resolve(path);
        real.is_ok_and(|real| super::is_file(&real))
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
                    rest = self.from_root(&rest)?;
                    place.clone_from(&self.root);
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
        match place.starts_with(&self.root) {
            true => Ok(place),
            false => Err(ReadError::Outside(self.name)),
        }
    }

    /// What is left of an absolute path behind the root, where it reaches the root by another
    /// spelling, over a link above it. Only the folders on the way are looked at.
    fn from_root(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let is_root = |folder: &&Path| fs::canonicalize(folder).is_ok_and(|it| it == self.root);
        let folders = path.ancestors().skip(1).filter(|_| path.is_absolute());
        let rest = folders
            .filter(|folder| folder.parent().is_some())
            .find(is_root)
            .and_then(|root| path.strip_prefix(root).ok());
        rest.map(Path::to_owned)
            .ok_or(ReadError::Outside(self.name))
    }
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
