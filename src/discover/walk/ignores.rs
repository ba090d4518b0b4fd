//! Which entries of a folder `.ignore` and `.gitignore` leave out.
//!
//! Owns which of these files count for a folder, and which of them has the say: a `.ignore`
//! before every `.gitignore`, then the nearer before the farther. What the patterns mean is left
//! to the `ignore` library. Lines that cannot be read as a pattern count for nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The ignore files in a folder and above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ignores {
    ignore: Option<Arc<Level>>,
    gitignore: Option<Arc<Level>>,
}

/// One file, and the next of its name above.
#[derive(Debug)]
struct Level {
    patterns: Gitignore,
    above: Option<Arc<Level>>,
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

impl Ignores {
    /// These and those in `folder`, which the matched paths begin with as `spelling`.
    pub(super) fn and_of(&self, folder: &Path, spelling: &Path) -> Self {
        Self {
            ignore: level(&self.ignore, folder, ".ignore", spelling),
            gitignore: level(&self.gitignore, folder, ".gitignore", spelling),
        }
    }

    /// Whether there are none, and so nothing to ask.
    pub(super) fn is_empty(&self) -> bool {
        self.ignore.is_none() && self.gitignore.is_none()
    }

    /// What is said of an entry of the folder.
    pub(super) fn judge(&self, path: &Path, is_folder: bool) -> Verdict {
        let mut levels = levels(&self.ignore).chain(levels(&self.gitignore));
        let verdict = levels.find_map(|level| match level.patterns.matched(path, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(Verdict::Ignored),
            Match::Whitelist(_) => Some(Verdict::Kept),
        });
        verdict.unwrap_or(Verdict::None)
    }
}

/// A file's level on top of those above, where there is such a file and a pattern in it.
fn level(
    above: &Option<Arc<Level>>,
    folder: &Path,
    name: &str,
    spelling: &Path,
) -> Option<Arc<Level>> {
    let file = folder.join(name);
    if std::fs::metadata(&file).is_err() {
        return above.clone();
    }
    let mut builder = GitignoreBuilder::new(spelling);
    // What cannot be read or understood counts for nothing, as in git.
    let _ = builder.add(file);
    match builder.build() {
        Ok(patterns) if !patterns.is_empty() => Some(Arc::new(Level {
            patterns,
            above: above.clone(),
        })),
        _ => above.clone(),
    }
}

fn levels(nearest: &Option<Arc<Level>>) -> impl Iterator<Item = &Level> {
    std::iter::successors(nearest.as_deref(), |level| level.above.as_deref())
}

/// The ignore files of the folders above those that a walk begins in, each read once.
#[derive(Debug, Default)]
pub(super) struct Above {
    known: Mutex<HashMap<PathBuf, Ignores>>,
}

impl Above {
    /// The ignore files that lie above a folder, which is spelt without links.
    pub(super) fn of(&self, folder: &Path) -> Ignores {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let ancestors: Vec<&Path> = folder.ancestors().skip(1).collect();
        let mut ignores = Ignores::default();
        for ancestor in ancestors.into_iter().rev() {
            ignores = match known.get(ancestor) {
                Some(known) => known.clone(),
                None => {
                    let ignores = ignores.and_of(ancestor, ancestor);
                    known.insert(ancestor.to_owned(), ignores.clone());
                    ignores
                }
            };
        }
        ignores
    }
}
