//! Folders into files.
//!
//! Owns what a walk takes and leaves out, and the threads it is done by. Files are visited while
//! folders are listed; no folder is held as a whole.

mod endings;
mod failures;
mod folder;
mod ignored;
mod ignores;
mod left_out;
mod names;
mod queue;
mod survey;
mod thread;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

use self::failures::{ignore_file, unreadable};
use self::folder::below;
use self::ignores::Above;
pub use self::left_out::LeftOut;
use self::queue::Queue;
pub use self::survey::Survey;
use super::batches::BatchHandler;
use super::{Folder, Found, Search};
use crate::config::{Finder, is_markdown};
use crate::diagnostic::Problem;
use crate::files::ReadError;
use crate::paths;

/// What a walk has to tell beside the files it met.
#[derive(Debug, Default)]
pub struct WalkReport {
    /// Folders and files that cannot be looked at.
    pub failures: Vec<Problem>,
    /// How many files `exclude` left out, folders that it left out counted as one.
    pub excluded: usize,
    /// What else was left out, and may have been pages.
    pub left_out: LeftOut,
}

impl Search<'_> {
    /// Whether a walk takes a file, as far as its name goes.
    pub(super) fn wanted(&self, path: &Path) -> bool {
        is_markdown(path) || self.finder.for_file(path).is_ok_and(|it| it.names(path))
    }
}

impl Found {
    /// Walks all folders at once and gives away every file in them but those that are named as
    /// well, in no certain order. The workers of all threads are returned. `threads` is how many
    /// there may be (0: one a processor); the calling thread is one of them, and others are started
    /// where there is enough to do.
    pub(super) fn walk<W: Send>(
        &self,
        finder: &Finder,
        threads: usize,
        handler: &BatchHandler<'_, W>,
    ) -> (Vec<W>, WalkReport) {
        // A folder within another is walked with it.
        let mut roots: Vec<&Folder> = self.folders.iter().collect();
        roots.dedup_by(|next, kept| next.absolute.starts_with(&kept.absolute));
        if roots.is_empty() {
            return (Vec::new(), WalkReport::default());
        }
        let shared = Shared {
            finder,
            found: self,
            queue: Queue::new(roots.len(), threads),
            roots,
            above: Above::default(),
            excluded: AtomicUsize::default(),
            failures: Mutex::default(),
            left_out: Mutex::default(),
            handler,
            workers: Mutex::default(),
        };
        std::thread::scope(|scope| thread::run(&shared, scope));
        shared.conclude()
    }
}

/// What the threads of a walk share.
struct Shared<'a, W> {
    finder: &'a Finder,
    found: &'a Found,
    /// The folders that the walk begins in.
    roots: Vec<&'a Folder>,
    queue: Queue,
    above: Above,
    excluded: AtomicUsize,
    failures: Mutex<Vec<Problem>>,
    left_out: Mutex<LeftOut>,
    handler: &'a BatchHandler<'a, W>,
    /// The workers of the threads that have ended.
    workers: Mutex<Vec<W>>,
}

impl<W> Shared<'_, W> {
    fn conclude(self) -> (Vec<W>, WalkReport) {
        let workers = self.workers.into_inner();
        let excluded = self.excluded.into_inner();
        let failures = self.failures.into_inner();
        let mut failures = failures.unwrap_or_else(PoisonError::into_inner);
        failures.sort_by(|a, b| a.message.cmp(&b.message));
        let left_out = self.left_out.into_inner();
        let report = WalkReport {
            failures,
            excluded,
            left_out: left_out.unwrap_or_else(PoisonError::into_inner),
        };
        (workers.unwrap_or_else(PoisonError::into_inner), report)
    }

    fn tell(&self, path: &Path, error: &std::io::Error) {
        let failure = unreadable(path, error, self.finder.working_directory());
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.extend(failure);
    }

    fn refuse_ignore_file(&self, path: &Path, error: &ReadError) {
        let failure = ignore_file(path, error, self.finder.working_directory());
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.push(failure);
    }

    /// The path of a folder as shown; empty for the working directory.
    fn shown(&self, absolute: &Path) -> PathBuf {
        let cwd = self.finder.working_directory();
        if let Some(rest) = below(absolute, cwd) {
            return rest.to_owned();
        }
        let root = self.roots.iter().find_map(|root| {
            let rest = below(absolute, &root.absolute)?;
            Some((root, rest))
        });
        match root {
            Some((root, _)) if !root.shown.is_absolute() && cwd.starts_with(&root.absolute) => {
                paths::shown(absolute, cwd)
            }
            Some((root, rest)) if rest.as_os_str().is_empty() => root.shown.clone(),
            Some((root, rest)) => root.shown.join(rest),
            None => absolute.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
