//! Which entries of a folder `.ignore` and `.gitignore` leave out.
//!
//! Owns which of these files apply to a folder, and which takes precedence: a `.ignore` before every
//! `.gitignore`, then the nearer before the farther. What a pattern means is left to the `ignore`
//! library, which is given the text: the files are opened by `files` alone. Lines that cannot be
//! read as a pattern have no effect.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config::Finder;
use crate::files::{self, Boundary, ReadError};
use crate::threads::Lock;

/// The ignore files that apply to the entries of a folder: those in it and above it.
#[derive(Clone, Debug)]
pub(super) struct IgnoreRules {
    /// Without links, since what is above it decides.
    folder: PathBuf,
    /// The `.ignore` files, the nearest last.
    ignore: Vec<Arc<IgnoreFile>>,
    /// The same of `.gitignore`.
    gitignore: Vec<Arc<IgnoreFile>>,
}

#[derive(Debug)]
struct IgnoreFile {
    /// Its own path (absolute).
    path: PathBuf,
    patterns: Gitignore,
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

impl IgnoreRules {
    /// None for a folder.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            ignore: Vec::new(),
            gitignore: Vec::new(),
        }
    }

    /// Those that a folder in this one inherits.
    pub(super) fn for_child(&self, name: &OsStr) -> Self {
        Self {
            folder: self.folder.join(name),
            ..self.clone()
        }
    }

    /// Adds the ignore files that are in the folder itself, whose path may lead over links.
    pub(super) fn add_files_in(&mut self, folder: &Path, access: &Access<'_>) {
        let within = || access.finder.boundary(folder);
        self.add(folder, &within, access);
    }

    fn add(&mut self, folder: &Path, within: &dyn Fn() -> Boundary, access: &Access<'_>) {
        for (name, files) in [
            (".ignore", &mut self.ignore),
            (".gitignore", &mut self.gitignore),
        ] {
            let path = folder.join(name);
            match files::read_listed(&path, within) {
                Ok(bytes) => {
                    let patterns = parse(&self.folder, &bytes);
                    files.extend(patterns.map(|patterns| Arc::new(IgnoreFile { path, patterns })));
                }
                Err(ReadError::System(_)) => {}
                Err(ReadError::NotRegular(kind)) if kind.is_dir() => {}
                Err(error) => (access.refuse)(&path, &error),
            }
        }
    }

    pub(super) fn verdict(&self, name: &OsStr, is_folder: bool) -> Verdict {
        self.deciding(name, is_folder)
            .map_or(Verdict::None, |(_, verdict)| verdict)
    }

    /// The ignore file (absolute) with the pattern that leaves out an entry of the folder.
    pub(super) fn file_ignoring(&self, name: &OsStr, is_folder: bool) -> Option<&Path> {
        let (file, verdict) = self.deciding(name, is_folder)?;
        (verdict == Verdict::Ignored).then_some(&file.path)
    }

    /// The first ignore file with a pattern that matches an entry.
    fn deciding(&self, name: &OsStr, is_folder: bool) -> Option<(&IgnoreFile, Verdict)> {
        if self.ignore.is_empty() && self.gitignore.is_empty() {
            return None;
        }
        let path = self.folder.join(name);
        let mut files = self.ignore.iter().rev().chain(self.gitignore.iter().rev());
        files.find_map(|file| match file.patterns.matched(&path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some((&**file, Verdict::Ignored)),
            Match::Whitelist(_) => Some((&**file, Verdict::Kept)),
        })
    }
}

/// The patterns of an ignore file in a folder, where there are any.
fn parse(folder: &Path, bytes: &[u8]) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new(folder);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    // The library itself stops at the first line that is not UTF-8.
    let lines = text.split(|&byte| byte == b'\n');
    for line in lines.map_while(|line| str::from_utf8(line).ok()) {
        let _ = builder.add_line(None, line.strip_suffix('\r').unwrap_or(line));
    }
    builder.build().ok().filter(|patterns| !patterns.is_empty())
}

/// The ignore rules of the folders above those that a walk begins in, each file read once.
#[derive(Debug, Default)]
pub(super) struct AncestorRules {
    /// By folder, with those in the folder itself.
    known: Lock<HashMap<PathBuf, IgnoreRules>>,
}

impl AncestorRules {
    /// Those that a folder inherits, whose path has no links.
    pub(super) fn above(&self, folder: &Path, access: &Access<'_>) -> IgnoreRules {
        let mut known = self.known.write();
        let mut inherited = IgnoreRules::new(folder.to_owned());
        let mut ancestors: Vec<&Path> = folder.ancestors().collect();
        ancestors.reverse();
        for pair in ancestors.windows(2) {
            let [parent, child] = pair else { continue };
            let rules = known.entry((*parent).to_owned()).or_insert_with(|| {
                // Above the repository nothing is written by strangers.
                let within = || {
                    let boundary = access.finder.boundary(folder);
                    match boundary.root() {
                        Some(root) if parent.starts_with(root) => boundary,
                        _ => Boundary::none(),
                    }
                };
                let mut rules = inherited.clone();
                rules.folder = (*parent).to_owned();
                rules.add(parent, &within, access);
                rules
            });
            inherited = rules.clone();
            inherited.folder = (*child).to_owned();
        }
        inherited
    }
}
