//! Walks folders and hands out their pages in batches.
//!
//! Owns what a walk takes and leaves out. Batches are checked while folders are still listed, and no
//! folder is held in memory as a whole. The walker of the `ignore` library would read ignore files
//! past [`files`], start its threads with a quarter of their usual stack, and panic
//! where the system refuses to start one.

mod folder;
mod ignore_files;
mod left_out;
mod not_walked;
mod survey;
mod surveyor;
mod tasks;
mod worker;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use self::folder::WalkedFolder;
use self::ignore_files::{Access, AncestorRules};
pub use self::left_out::LeftOut;
pub use self::survey::Survey;
pub(super) use self::survey::counted;
pub(super) use self::surveyor::survey;
use self::tasks::Tasks;
use super::batches::BatchHandler;
use super::{Folder, Found};
use crate::config::Finder;
use crate::diagnostic::Problem;
use crate::files::{self, ReadError};
use crate::paths;
use crate::text::path_line;
use crate::threads::Lock;

/// What a walk reports in addition to the pages.
#[derive(Debug, Default)]
pub struct WalkReport {
    /// Folders and files that cannot be read.
    pub failures: Vec<Problem>,
    /// What else was left out, and may have been pages.
    pub left_out: LeftOut,
}

impl Found {
    /// Walks all folders at once and hands out every page in them but those that are named as well,
    /// in no certain order. The workers of all threads are returned. `threads` is how many there
    /// may be (0: one a processor); the calling thread is one of them, and others are started
    /// where there is enough to do.
    pub(super) fn walk<W: Send>(
        &self,
        finder: &Finder,
        threads: usize,
        handler: &BatchHandler<'_, W>,
    ) -> (Vec<W>, WalkReport) {
        // A folder in another is walked with it.
        let mut roots: Vec<&Folder> = self.folders.iter().collect();
        roots.dedup_by(|next, kept| next.absolute.starts_with(&kept.absolute));
        if roots.is_empty() {
            return (Vec::new(), WalkReport::default());
        }
        let (finished, workers) = mpsc::channel();
        let walk = Walk {
            finder,
            found: self,
            tasks: Tasks::new(roots.into_iter().rev(), threads),
            ancestors: AncestorRules::default(),
            failures: Lock::default(),
            left_out: Lock::default(),
            handler,
            finished,
        };
        std::thread::scope(|scope| worker::run(&walk, scope));
        let report = walk.into_report();
        (workers.into_iter().collect(), report)
    }
}

/// What the threads of a walk share.
struct Walk<'a, W> {
    finder: &'a Finder,
    found: &'a Found,
    tasks: Tasks<'a>,
    ancestors: AncestorRules,
    failures: Lock<Vec<Problem>>,
    left_out: Lock<LeftOut>,
    handler: &'a BatchHandler<'a, W>,
    /// Takes the worker of each thread that has ended.
    finished: mpsc::Sender<W>,
}

impl<W> Walk<'_, W> {
    fn into_report(self) -> WalkReport {
        let mut failures = self.failures.into_inner();
        failures.sort_by(|a, b| a.message.cmp(&b.message));
        WalkReport {
            failures,
            left_out: self.left_out.into_inner(),
        }
    }

    /// A folder that the walk begins in.
    fn root_folder(&self, root: &Folder) -> WalkedFolder {
        let cwd = self.finder.working_directory();
        let shown = match root.absolute.strip_prefix(cwd) {
            Ok(below) => below.to_owned(),
            // A path that was given with `..` may be longer than it need be.
            Err(_) if !root.shown.is_absolute() && cwd.starts_with(&root.absolute) => {
                paths::shown(&root.absolute, cwd)
            }
            Err(_) => root.shown.clone(),
        };
        let refuse = |file: &Path, error: &ReadError| self.report_ignore_file(file, error);
        let access = Access {
            finder: self.finder,
            refuse: &refuse,
        };
        WalkedFolder::root(root.absolute.clone(), shown, &self.ancestors, &access)
    }

    /// Reports a folder that cannot be listed, or an entry whose type is not known. One that was
    /// deleted meanwhile is nothing to report.
    fn report_unreadable(&self, path: &Path, error: &io::Error) {
        if error.kind() == ErrorKind::NotFound {
            return;
        }
        let place = paths::shown(path, self.finder.working_directory());
        let message = format!(
            "`{}` cannot be read: {}",
            path_line(&place),
            files::reason(error)
        );
        let problem = Problem::new(message)
            .help("what it holds is not checked; `exclude` leaves it out for good");
        self.failures.write().push(problem);
    }

    fn report_ignore_file(&self, path: &Path, error: &ReadError) {
        let place = paths::shown(path, self.finder.working_directory());
        let message = format!("`{}` cannot be read: {error}", path_line(&place));
        let problem = Problem::new(message).maybe_help(error.help());
        self.failures.write().push(problem);
    }

    /// The path of a folder's child folder as shown; empty for the working directory, which the
    /// walk reaches where it begins above it.
    fn shown_child(&self, shown: &Path, absolute: &Path) -> PathBuf {
        match absolute == self.finder.working_directory() {
            true => PathBuf::new(),
            false => shown.join(absolute.file_name().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests;
