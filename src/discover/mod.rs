//! Paths, globs and standard input into the list of files to check.
//!
//! Owns what a walk takes and leaves out, and the run's failures over paths that name nothing.
//! Must not open a file. A few named files cost a look at each and nothing more: no thread, no
//! ignore files.

mod arguments;
mod batches;
mod globs;
mod search;
mod since;
mod unread;
mod walk;

pub use batches::Batch;
pub use search::discover;
pub use since::Changes;
pub use unread::Unread;
pub use walk::WalkReport;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use self::batches::BatchHandler;
use crate::config::Finder;
use crate::diagnostic::Problem;

/// How standard input is shown where `--stdin-filename` does not name it.
pub const STDIN: &str = "<stdin>";

/// What the command line asks for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Files, folders, globs and `-`; none means the working directory.
    pub paths: &'a [PathBuf],
    /// The file that standard input is to be taken for.
    pub stdin_filename: Option<&'a Path>,
    /// Whether `exclude` and the generated folders apply to named files too.
    pub force_exclude: bool,
}

/// Where an input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// An argument names it, itself or by a glob.
    Named,
    /// A walk found it in a folder.
    Walked,
    /// Standard input.
    Stdin,
}

/// One file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// As shown: relative to the working directory if it is in it, else as it was given;
    /// with `/` on every system. It may name no regular file; reading it says so.
    pub path: PathBuf,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is a page only where its generator reads files of its type and it begins with a
    /// fence.
    pub needs_fence: bool,
}

/// What there is to check.
#[derive(Debug, Default)]
pub struct Found {
    /// What the arguments name themselves, sorted by path, each file once. Of several spellings
    /// the shortest stays.
    pub inputs: Vec<Input>,
    /// The arguments that name nothing, in their order.
    pub failures: Vec<Problem>,
    /// How many named files and folders `--force-exclude` left out.
    pub dropped: usize,
    /// Whether a whole site is walked: its root is in a folder that is walked. For the
    /// findings of a single config or site, [`Self::covers`] of its folder decides.
    pub whole_site: bool,
    /// Whether named files that are not pages are left out with a note.
    pub skips_other_files: bool,
    /// Whether a schema is applied to all pages, so that those count that an ignore file leaves out,
    /// of a collection or not.
    pub has_one_schema: bool,
    /// The notes of the walk by [`Self::gather`].
    pub notes: Vec<String>,
    /// Of `dropped`, how many are folders, and how many are in a folder that a generator fills.
    dropped_folders: usize,
    dropped_generated: usize,
    /// The globs that match something, in their order.
    globs: Vec<Glob>,
    /// The folders that were walked by [`Self::gather`].
    gathered: Vec<Folder>,
    /// The folders to walk, sorted; [`Self::for_each_batch`] finds what they hold.
    folders: Vec<Folder>,
    /// Folders (absolute) that globs were looked up in and that hold no generator's configuration.
    no_site_roots: HashSet<PathBuf>,
    /// The absolute paths of `inputs`, where folders are walked that may hold them as well.
    named: HashSet<PathBuf>,
}

/// A folder to walk.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Folder {
    absolute: PathBuf,
    shown: PathBuf,
    /// The glob that named it.
    glob: Option<PathBuf>,
}

/// A glob that an argument gives.
#[derive(Debug)]
struct Glob {
    pattern: PathBuf,
    /// The files that match, as shown.
    files: Vec<PathBuf>,
}

impl Found {
    /// What `--force-exclude` left out, for a note; `None` where that is nothing.
    #[must_use]
    pub fn dropped_note(&self) -> Option<String> {
        let noun = match (self.dropped_folders, self.dropped) {
            (_, 0) => return None,
            (0, 1) => "named file",
            (0, _) => "named files",
            (_, 1) => "named folder",
            _ => "named files and folders",
        };
        let reason = match self.dropped_generated {
            0 => "by `exclude`",
            count if count == self.dropped => "as generated",
            _ => "by `exclude` or as generated",
        };
        Some(format!("{} {noun} left out {reason}", self.dropped))
    }

    /// Whether all of a folder (absolute) is walked.
    #[must_use]
    pub fn covers(&self, folder: &Path) -> bool {
        let mut folders = self.folders.iter();
        folders.any(|walked| folder.starts_with(&walked.absolute))
    }

    /// Whether a folder that is walked is in a folder (absolute), or holds it.
    #[must_use]
    pub fn is_walked_in(&self, folder: &Path) -> bool {
        let mut folders = self.folders.iter();
        folders.any(|walked| walked.absolute.starts_with(folder)) || self.covers(folder)
    }

    /// Walks the folders now, and adds their pages to the named files. Nothing is left to walk then,
    /// and no folder counts as covered.
    pub fn gather(&mut self, finder: &Finder, threads: usize) {
        let keep = BatchHandler {
            new_worker: &Vec::new,
            check_batch: &|pages: &mut Vec<Input>, batch| pages.extend_from_slice(batch.pages),
        };
        let (pages, report) = self.walk(finder, threads, &keep);
        self.inputs.extend(pages.into_iter().flatten());
        self.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let pages = self.inputs.iter().filter(|input| !input.needs_fence);
        let files = pages.map(|input| &*input.path);
        let unread = self.unread(files, &HashSet::new(), finder);
        self.failures.extend(report.failures);
        self.failures.extend(unread.iter().map(Unread::failure));
        self.notes = report.left_out.notes();
        self.whole_site = false;
        self.gathered = std::mem::take(&mut self.folders);
    }
}

#[cfg(test)]
mod tests;
