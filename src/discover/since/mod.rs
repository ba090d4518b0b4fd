//! What has changed since a git revision.
//!
//! A file counts as changed if it differs from the merge base of the revision and `HEAD`:
//! it does not matter whether the change is committed, staged, in the working tree only, or in a file
//! that git does not track yet. How git is started, and what it must not start in turn, is in [`git`].

mod compare;
mod complaint;
mod git;
mod patch;
mod process;
mod stalls;
mod system;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use self::compare::{changed_files, merge_base, tracked_files};
use self::git::Git;
use self::patch::Hunk;
use super::{Found, Origin};
use crate::diagnostic::Problem;
use crate::discover::Input;
use crate::files;
use crate::paths;

/// The lines of one file that have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lines {
    /// Every line: the file is new, or cannot be compared line by line.
    All,
    /// Those of these hunks.
    Some(Vec<Hunk>),
}

/// The files that have changed since a revision.
#[derive(Debug)]
pub struct Changes {
    /// By absolute path.
    files: BTreeMap<PathBuf, Lines>,
    cwd: PathBuf,
    revision: String,
    /// How many files were found.
    found: usize,
    /// How many of them have changed.
    changed: usize,
}

impl Changes {
    /// Removes the inputs that have not changed. `lines` is whether single lines will be looked up.
    ///
    /// # Errors
    /// Where the changes are not known: no git, no repository, no such revision, no common history, standard
    /// input, of which git knows nothing.
    pub fn select(
        revision: &str,
        lines: bool,
        cwd: &Path,
        found: &mut Found,
    ) -> Result<Self, Problem> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(failure(
                format!("`{revision}` is no git revision"),
                "name a branch, a tag or a commit: `--since main`, `--since HEAD~3`",
            ));
        }
        if found
            .inputs
            .iter()
            .any(|input| input.origin == Origin::Stdin)
        {
            return Err(failure(
                "standard input has no history to go back in".to_owned(),
                "leave out `--since`, or name the file",
            ));
        }
        let git = Git::open(cwd)?;
        let base = merge_base(&git, revision)?;
        let tracked = tracked_files(&git)?;
        stalls::check_attributes(git.top(), tracked.iter().map(PathBuf::as_path))?;
        let inputs = &mut found.inputs;
        let paths: Vec<_> = inputs
            .iter()
            .map(|input| paths::absolute(&input.path, cwd))
            .collect();
        let mut changes = Self {
            files: changed_files(&git, &base, lines, &paths)?,
            cwd: cwd.to_owned(),
            revision: revision.to_owned(),
            found: count(inputs),
            changed: 0,
        };
        for path in paths {
            if is_unknown(&path, &tracked, git.top()) {
                changes.files.insert(path, Lines::All);
            }
        }
        inputs.retain(|input| changes.has(&input.path));
        changes.changed = count(inputs);
        found.forget_unchanged(cwd);
        Ok(changes)
    }

    /// What was selected, as a note: "2 of 73 files changed since `main`".
    #[must_use]
    pub fn summary(&self) -> String {
        let files = if self.found == 1 { "file" } else { "files" };
        format!(
            "{} of {} {files} changed since `{}`",
            self.changed, self.found, self.revision
        )
    }

    /// Whether one of these lines of a file has changed, 1-based. Where lines were only deleted, those
    /// on both sides of the gap count.
    #[must_use]
    pub fn touch(&self, path: &Path, lines: RangeInclusive<u32>) -> bool {
        self.any_hunk(path, |hunk| hunk.touches(&lines))
    }

    /// Whether one of these lines of a file has changed, 1-based, or a line was deleted between them
    /// or before the first. Of a deletion after the last, [`Self::touch`] knows.
    #[must_use]
    pub fn touch_within(&self, path: &Path, lines: RangeInclusive<u32>) -> bool {
        self.any_hunk(path, |hunk| hunk.touches_within(&lines))
    }

    /// Whether a line of a file that is a fence and nothing more was deleted.
    #[must_use]
    pub fn delete_fence(&self, path: &Path) -> bool {
        self.any_hunk(path, |hunk| hunk.deletes_fence)
    }

    /// Whether a file has changed at all.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    fn any_hunk(&self, path: &Path, touches: impl Fn(&Hunk) -> bool) -> bool {
        match self.lines(path) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::Some(hunks)) => hunks.iter().any(touches),
        }
    }

    fn lines(&self, path: &Path) -> Option<&Lines> {
        let absolute = paths::absolute(path, &self.cwd);
        let real = || self.files.get(&with_real_folder(&absolute)?);
        self.files.get(&absolute).or_else(real)
    }
}

/// How many files are pages whatever they begin with.
fn count(inputs: &[Input]) -> usize {
    inputs.iter().filter(|input| !input.needs_fence).count()
}

/// A path as git has it: reached over a link, its folder has another name.
fn with_real_folder(path: &Path) -> Option<PathBuf> {
    let folder = files::real(path.parent()?).ok()?;
    Some(folder.join(path.file_name()?))
}

/// Whether a file (absolute) is in the work tree and git does not track it yet. Git itself would open
/// every ignore file to answer that; the walk has left out ignored files already.
fn is_unknown(path: &Path, tracked: &BTreeSet<PathBuf>, top: &Path) -> bool {
    if tracked.contains(path) {
        return false;
    }
    let Some(path) = with_real_folder(path) else {
        return false;
    };
    let folders = path.ancestors().skip(1);
    let mut folders = folders.take_while(|folder| *folder != top);
    // A submodule or another repository has a history of its own.
    let is_of_another = folders.any(|folder| files::exists(&folder.join(".git")));
    path.starts_with(top) && !tracked.contains(&path) && !is_of_another
}

fn failure(message: String, help: &str) -> Problem {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Problem::new(message).maybe_help(help)
}
