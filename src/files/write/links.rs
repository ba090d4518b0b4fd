//! Where a path leads, links followed, and which links a write may follow.
//!
//! A link that is in a repository must not lead out of it: anyone who can add a page can add a link,
//! and a shell or a hook puts its name on the command line. Links elsewhere are the user's own. So the
//! boundary depends on each link on the way, where [`Boundary`](crate::files::Boundary) has one and
//! refuses the first step out of it.

use std::cell::OnceCell;
use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::WriteError;
use crate::files::boundary::{MOST_LINKS, is_git};

/// Finds the file that a path leads to.
#[derive(Debug)]
pub struct Links<'a> {
    /// The working directory.
    cwd: PathBuf,
    /// The names of the configuration file.
    configs: &'a [&'a str],
    /// What the command line names.
    named: &'a [PathBuf],
    /// The same with links followed, once it is needed.
    real_named: OnceCell<BTreeSet<PathBuf>>,
}

impl<'a> Links<'a> {
    /// `configs` are the names of the configuration file, whose folder is the boundary where there
    /// is no git repository; where there is none either, each of `named` is one.
    #[must_use]
    pub fn new(cwd: PathBuf, configs: &'a [&'a str], named: &'a [PathBuf]) -> Self {
        Self {
            cwd,
            configs,
            named,
            real_named: OnceCell::new(),
        }
    }

    /// The file that a path leads to, links followed. The file itself need not exist.
    ///
    /// # Errors
    /// A link that leads out of the repository it is in, and those of the file system.
    pub fn follow(&self, path: &Path) -> Result<PathBuf, WriteError> {
        let mut real = PathBuf::new();
        let mut rest: VecDeque<OsString> = parts(&self.cwd.join(path)).collect();
        let mut boundaries = BTreeSet::new();
        let mut links = 0;
        while let Some(part) = rest.pop_front() {
            if part == ".." {
                real.pop();
                continue;
            }
            let next = real.join(&part);
            match fs::symlink_metadata(&next) {
                Ok(found) if found.is_symlink() => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(io::Error::other("too many links lead to it").into());
                    }
                    boundaries.extend(self.repository(&real));
                    let target = fs::read_link(&next)?;
                    for part in parts(&target).collect::<Vec<_>>().into_iter().rev() {
                        rest.push_front(part);
                    }
                }
                Ok(_) => real = next,
                Err(error) if error.kind() == ErrorKind::NotFound && rest.is_empty() => real = next,
                Err(error) => return Err(error.into()),
            }
        }
        let is_inside = |boundary: &PathBuf| {
            let rest = real.strip_prefix(boundary);
            rest.is_ok_and(|rest| !rest.iter().any(is_git))
        };
        // What is git's own is no file of the repository.
        if boundaries.iter().all(is_inside) {
            Ok(real)
        } else {
            Err(WriteError::LeavesRepository(real))
        }
    }

    /// The repository that a folder is in: the nearest one with `.git`, else that of the
    /// configuration, else the working directory or a folder that the command line names.
    fn repository(&self, folder: &Path) -> Option<PathBuf> {
        let has = |folder: &&Path, name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
        let nearest = |names: &[&str]| {
            let mut ancestors = folder.ancestors();
            ancestors.find(|folder| names.iter().any(|name| has(folder, name)))
        };
        let found = nearest(&[".git"]).or_else(|| nearest(self.configs));
        let found = found.map(Path::to_owned);
        found.or_else(|| {
            let cwd = fs::canonicalize(&self.cwd).ok();
            cwd.filter(|cwd| folder.starts_with(cwd)).or_else(|| {
                let mut named = self.real_named().iter();
                named.find(|named| folder.starts_with(named)).cloned()
            })
        })
    }

    fn real_named(&self) -> &BTreeSet<PathBuf> {
        self.real_named.get_or_init(|| {
            let paths = self.named.iter();
            let paths = paths.filter_map(|path| fs::canonicalize(self.cwd.join(path)).ok());
            paths.collect()
        })
    }
}

/// The parts of a path, its root or drive among them.
fn parts(path: &Path) -> impl Iterator<Item = OsString> + '_ {
    let parts = path.components();
    let parts = parts.filter(|part| !matches!(part, Component::CurDir));
    parts.map(|part| part.as_os_str().to_owned())
}
