//! Which entries of a folder `.ignore` and `.gitignore` leave out.
//!
//! Owns which of these files count for a folder, and which of them has the say: a `.ignore`
//! before every `.gitignore`, then the nearer before the farther. What the patterns mean is left
//! to the `ignore` library. Lines that cannot be read as a pattern count for nothing.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};

use super::endings::Endings;
use crate::config::Finder;
use crate::files::{self, Boundary, ReadError};

/// The ignore files that count for what a folder holds, those in it and above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ignores {
    /// The `.ignore` files, the nearest last.
    ignore: Vec<IgnoreFile>,
    /// The same of `.gitignore`.
    gitignore: Vec<IgnoreFile>,
}

#[derive(Clone, Debug)]
struct IgnoreFile {
    patterns: Arc<Patterns>,
    /// What comes before the name of an entry to make a path from the folder of the ignore file.
    prefix: OsString,
}

#[derive(Debug)]
struct Patterns {
    /// The ignore file (absolute).
    file: PathBuf,
    all: Gitignore,
    endings: Endings,
}

/// What ignore files say of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No pattern matches.
    None,
    /// A pattern matches.
    Ignored,
    /// A pattern with `!` matches.
    Kept,
}

/// Where ignore files may be, and what is done about those that are refused.
pub(super) struct Access<'a> {
    pub(super) finder: &'a Finder,
    pub(super) refuse: &'a dyn Fn(&Path, &ReadError),
}

impl Ignores {
    /// Those that lie above a folder of this one.
    pub(super) fn above_child(&self, name: &OsStr) -> Self {
        let mut ignores = self.clone();
        for file in ignores.ignore.iter_mut().chain(&mut ignores.gitignore) {
            file.prefix.push(name);
            file.prefix.push(MAIN_SEPARATOR_STR);
        }
        ignores
    }

    /// Adds those that lie in the folder itself.
    pub(super) fn add_those_in(&mut self, folder: &Path, access: &Access<'_>) {
        let within = || access.finder.boundary(folder);
        self.add(folder, &within, access);
    }

    fn add(&mut self, folder: &Path, within: &dyn Fn() -> Boundary, access: &Access<'_>) {
        for (name, files) in [
            (".ignore", &mut self.ignore),
            (".gitignore", &mut self.gitignore),
        ] {
            let file = folder.join(name);
            match files::read_listed(&file, within) {
                Ok(bytes) => files.extend(patterns(&file, &bytes)),
                Err(ReadError::System(_)) => {}
                Err(ReadError::NotRegular(kind)) if kind.is_dir() => {}
                Err(error) => (access.refuse)(&file, &error),
            }
        }
    }

    /// What is said of an entry of the folder. `path` is memory to use.
    pub(super) fn judge(&self, name: &OsStr, is_folder: bool, path: &mut OsString) -> Verdict {
        match self.matching(name, is_folder, path) {
            None | Some((_, Match::None)) => Verdict::None,
            Some((_, Match::Ignore(_))) => Verdict::Ignored,
            Some((_, Match::Whitelist(_))) => Verdict::Kept,
        }
    }

    /// The ignore file (absolute) with the pattern that leaves out an entry of the folder.
    pub(super) fn file_ignoring(&self, name: &OsStr, is_folder: bool) -> Option<&Path> {
        match self.matching(name, is_folder, &mut OsString::new())? {
            (file, Match::Ignore(_)) => Some(file),
            _ => None,
        }
    }

    /// The pattern that decides about an entry, and the ignore file (absolute) that it is in.
    fn matching(
        &self,
        name: &OsStr,
        is_folder: bool,
        path: &mut OsString,
    ) -> Option<(&Path, Match<&Glob>)> {
        let files = self.ignore.iter().rev().chain(self.gitignore.iter().rev());
        let name_bytes = name.as_encoded_bytes();
        for file in files.filter(|file| file.patterns.endings.may_be_of(name_bytes)) {
            path.clear();
            path.push(&file.prefix);
            path.push(name);
            let found = file.patterns.all.matched(&path, is_folder);
            if !found.is_none() {
                return Some((&file.patterns.file, found));
            }
        }
        None
    }
}

/// An ignore file, where there is a pattern in it.
fn patterns(file: &Path, bytes: &[u8]) -> Option<IgnoreFile> {
    let lines = || readable_lines(bytes);
    // With no folder given, paths are matched as they are.
    let mut builder = GitignoreBuilder::new("");
    for line in lines() {
        // What cannot be understood counts for nothing, as in git.
        let _ = builder.add_line(None, line);
    }
    let all = builder.build().ok().filter(|it| !it.is_empty())?;
    let endings = Endings::of(lines());
    Some(IgnoreFile {
        patterns: Arc::new(Patterns {
            file: file.to_owned(),
            all,
            endings,
        }),
        prefix: OsString::new(),
    })
}

/// The lines before the first that is no UTF-8, where the library stops reading a file.
fn readable_lines(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let lines = lines.map_while(|line| str::from_utf8(line).ok());
    lines.enumerate().map(|(index, line)| {
        let line = match line.strip_suffix('\n') {
            Some(line) => line.strip_suffix('\r').unwrap_or(line),
            None => line,
        };
        match index {
            0 => line.trim_start_matches('\u{feff}'),
            _ => line,
        }
    })
}

/// The ignore files of the folders above those that a walk begins in, each read once.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// For each folder, those in it and above it.
    known: Mutex<HashMap<PathBuf, Ignores>>,
}

impl Above {
    /// Those that lie above a folder, which is spelt without links.
    pub(super) fn of(&self, folder: &Path, access: &Access<'_>) -> Ignores {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut way: Vec<&Path> = folder.ancestors().collect();
        let mut above = Ignores::default();
        // From the root on.
        while let (Some(parent), Some(child)) = (way.pop(), way.last()) {
            let ignores = known.entry(parent.to_owned()).or_insert_with(|| {
                // Above the repository nothing is written by strangers.
                let within = || {
                    let boundary = access.finder.boundary(folder);
                    let is_inside = boundary.root().is_some_and(|root| parent.starts_with(root));
                    if is_inside {
                        boundary
                    } else {
                        Boundary::none()
                    }
                };
                above.add(parent, &within, access);
                above.clone()
            });
            above = ignores.above_child(child.file_name().unwrap_or_default());
        }
        above
    }
}
