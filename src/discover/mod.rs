//! Paths, globs and standard input into the list of files to check.
//!
//! Owns what a walk takes and leaves out, and the run's failures over paths that name nothing.
//! Must not open a file. A few named files cost a look at each and nothing more: no thread, no
//! ignore files.

mod arguments;
mod batches;
mod globs;
mod roots;
mod since;
mod unread;
mod walk;

pub use batches::Batch;
pub use since::Changes;
pub use unread::Unread;
pub use walk::{LeftOut, Survey, WalkReport};

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

use self::batches::BatchHandler;
use crate::config::Finder;
use crate::diagnostic::Problem;
use crate::files;
use crate::paths;
use crate::site::is_generated;

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
    /// It was met in a folder that was walked.
    Walked,
    /// Standard input.
    Stdin,
}

/// One file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// As shown: relative to the working directory where it lies in it, else as it was given;
    /// with `/` on every system. It may name no regular file; reading it says so.
    pub path: PathBuf,
    /// Where it comes from.
    pub origin: Origin,
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
    /// Whether a whole site is walked: its root lies in a folder that is walked. What a single
    /// config or site has to say needs [`Self::covers`] of its folder.
    pub whole_site: bool,
    /// Whether named files that are not pages are left out with a note.
    pub skips_other_files: bool,
    /// Whether a schema is applied to all pages, so that those count that an ignore file leaves out,
    /// of a collection or not.
    pub has_one_schema: bool,
    /// What [`Self::gather`] has to say of its walk.
    pub notes: Vec<String>,
    /// Of `dropped`, how many are folders, and how many lie in a folder that a generator fills.
    dropped_folders: usize,
    dropped_generated: usize,
    /// The globs that match something, in their order.
    globs: Vec<Glob>,
    /// The folders that were walked by [`Self::gather`].
    gathered: Vec<Folder>,
    /// The folders to walk, sorted; [`Self::for_each_batch`] finds what they hold.
    folders: Vec<Folder>,
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

    /// Whether a folder that is walked lies in a folder (absolute), or holds it.
    #[must_use]
    pub fn is_walked_in(&self, folder: &Path) -> bool {
        let mut folders = self.folders.iter();
        folders.any(|walked| walked.absolute.starts_with(folder)) || self.covers(folder)
    }

    /// Walks the folders now, and puts what they hold beside what is named. Nothing is left to
    /// walk then, and no folder counts as covered.
    pub fn gather(&mut self, finder: &Finder, threads: usize) {
        let keep = BatchHandler {
            new_worker: &Vec::new,
            check_batch: &|pages: &mut Vec<Input>, batch| pages.extend_from_slice(batch.pages),
        };
        let (pages, report) = self.walk(finder, threads, &keep);
        self.inputs.extend(pages.into_iter().flatten());
        self.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let files = self.inputs.iter().map(|input| &*input.path);
        let unread = self.unread(files, &HashSet::new(), finder);
        self.failures.extend(report.failures);
        self.failures.extend(unread.iter().map(Unread::failure));
        self.notes = report.left_out.notes();
        self.whole_site = false;
        self.gathered = std::mem::take(&mut self.folders);
    }
}

/// Looks at what the arguments name; [`Found::for_each_batch`] goes into the folders among it. A broken
/// config excludes nothing; [`Finder::problems`] tells of it afterwards.
#[must_use]
pub fn discover(request: &Request<'_>, finder: &Finder) -> Found {
    let mut search = Search {
        request,
        finder,
        cwd: finder.working_directory(),
        inputs: BTreeMap::new(),
        found: Found {
            skips_other_files: request.force_exclude,
            ..Found::default()
        },
        listings: globs::Listings::default(),
    };
    if request.paths.is_empty() {
        search.add_folder(Path::new("."), None);
    }
    for path in request.paths {
        search.argument(path);
    }
    search.conclude()
}

/// The state of one [`discover`].
struct Search<'a> {
    request: &'a Request<'a>,
    finder: &'a Finder,
    cwd: &'a Path,
    /// By absolute path, so that a file has one entry under all its spellings.
    inputs: BTreeMap<PathBuf, Input>,
    listings: globs::Listings,
    found: Found,
}

impl Search<'_> {
    fn add_folder(&mut self, path: &Path, glob: Option<&Path>) {
        if self.request.force_exclude && self.leaves_out(path, true) {
            return;
        }
        let (absolute, shown) = self.spellings(path);
        self.found.folders.push(Folder {
            absolute,
            shown,
            glob: glob.map(Path::to_owned),
        });
    }

    fn conclude(mut self) -> Found {
        self.found.folders.sort();
        let folders = std::mem::take(&mut self.found.folders);
        self.found.whole_site = folders.iter().any(|it| self.is_whole(&it.absolute));
        if !folders.is_empty() {
            self.found.named = self.inputs.keys().cloned().collect();
        }
        self.found.folders = folders;
        self.found.inputs = self.inputs.into_values().collect();
        self.found.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.found
    }

    fn add(&mut self, path: &Path, origin: Origin) {
        let (identity, shown) = self.spellings(path);
        let input = Input {
            path: shown,
            origin,
        };
        let known = self.inputs.entry(identity);
        known
            .and_modify(|old| {
                let length = |input: &Input| input.path.as_os_str().len();
                if (length(&input), &input.path) < (length(old), &old.path) {
                    old.path.clone_from(&input.path);
                }
                old.origin = old.origin.min(origin);
            })
            .or_insert(input);
    }

    /// Adds a file that an argument names, unless `--force-exclude` leaves it out.
    fn add_named(&mut self, path: &Path) {
        if !(self.request.force_exclude && self.leaves_out(path, false)) {
            self.add(path, Origin::Named);
        }
    }

    /// Whether `--force-exclude` leaves out a file or folder, which is counted then.
    fn leaves_out(&mut self, path: &Path, is_folder: bool) -> bool {
        let shown = self.spellings(path).1;
        let mut folders = shown.ancestors().skip(usize::from(!is_folder));
        let is_generated = folders.any(is_generated);
        let config = self.finder.for_file(path);
        let is_excluded = config.is_ok_and(|config| match is_folder {
            true => config.is_folder_excluded(path),
            false => config.is_excluded(path),
        });
        let is_left_out = is_generated || is_excluded;
        self.found.dropped += usize::from(is_left_out);
        self.found.dropped_folders += usize::from(is_left_out && is_folder);
        self.found.dropped_generated += usize::from(is_left_out && !is_excluded);
        is_left_out
    }

    /// The absolute path that tells files apart, and the path as shown.
    fn spellings(&self, path: &Path) -> (PathBuf, PathBuf) {
        let absolute = paths::absolute(path, self.cwd);
        let goes_up = path
            .components()
            .any(|component| component == Component::ParentDir);
        if goes_up {
            // After a link `..` leads elsewhere than its spelling says, and a file must not pass
            // for another.
            let real = files::real(&self.cwd.join(path)).ok();
            if let Some(real) = real
                && files::real(&absolute).ok().as_ref() != Some(&real)
            {
                return (real, path.to_owned());
            }
        }
        let outside = path.is_absolute() && !absolute.starts_with(self.cwd);
        let shown = if outside {
            absolute.clone()
        } else {
            paths::shown(&absolute, self.cwd)
        };
        (absolute, shown)
    }
}

#[cfg(test)]
mod tests;
