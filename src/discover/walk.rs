//! Folders into files.
//!
//! Owns what a walk takes and leaves out, and the threads it is done by. Files are visited while
//! folders are listed; no folder is held as a whole.

mod endings;
mod failures;
mod folder;
mod ignores;
mod names;
mod queue;
mod thread;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use self::failures::{ignore_file, no_content, unreadable};
use self::folder::below;
use self::ignores::Above;
use self::queue::Queue;
use super::{Failure, Folder, Found, Search};
use crate::config::{Finder, is_markdown};
use crate::files::ReadError;
use crate::paths;

/// What a walk has to tell beside the files it met.
#[derive(Debug, Default)]
pub struct Walked {
    /// Folders that cannot be read, and folders without a file to check.
    pub failures: Vec<Failure>,
    /// How many files `exclude` left out, folders that it left out counted as one.
    pub excluded: usize,
}

/// What each thread of a walk does, with a state of its own.
pub struct Work<'w, S> {
    /// Makes the state.
    pub start: &'w (dyn Fn() -> S + Sync),
    /// Is given every file, as shown to users.
    pub visit: &'w (dyn Fn(&mut S, &Path) + Sync),
    /// Is told of a folder (absolute) that holds files but nothing that may make it the root of a
    /// site; where its files are few, before they are visited.
    pub no_root: &'w (dyn Fn(&Path) + Sync),
    /// Is called when there are no more.
    pub end: &'w (dyn Fn(&mut S) + Sync),
}

impl Search<'_> {
    /// Whether a walk takes a file, as far as its name goes.
    pub(super) fn wanted(&self, path: &Path) -> bool {
        is_markdown(path) || self.finder.for_file(path).is_ok_and(|it| it.names(path))
    }
}

impl Found {
    /// Walks all folders at once and visits every file in them but those that are named as well,
    /// in no certain order. The states of all threads are given back. `threads` is how many there
    /// may be (0: one a processor); the calling thread is one of them, and others are started
    /// where there is enough to do.
    pub fn walk<S: Send>(
        &self,
        finder: &Finder,
        threads: usize,
        work: &Work<'_, S>,
    ) -> (Vec<S>, Walked) {
        // A folder within another is walked with it.
        let mut roots: Vec<&Folder> = self.folders.iter().collect();
        roots.dedup_by(|next, kept| next.absolute.starts_with(&kept.absolute));
        if roots.is_empty() {
            return (Vec::new(), Walked::default());
        }
        let shared = Shared {
            finder,
            found: self,
            queue: Queue::new(roots.len(), threads),
            roots,
            above: Above::default(),
            has_file: self.folders.iter().map(|_| AtomicBool::default()).collect(),
            excluded: AtomicUsize::default(),
            failures: Mutex::default(),
            work,
            states: Mutex::default(),
        };
        std::thread::scope(|scope| thread::run(&shared, scope));
        shared.conclude()
    }

    /// The failures for folders without a file to check.
    fn empty_folders(&self, has_file: &[AtomicBool], excluded: usize) -> Vec<Failure> {
        let has_any = |folder: &Folder| {
            let mut named = self.named.iter();
            named.any(|path| path.starts_with(&folder.absolute))
        };
        let folders = self.folders.iter().zip(has_file);
        let (full, empty): (Vec<_>, Vec<_>) = folders
            .partition(|(folder, has_file)| has_file.load(Ordering::Relaxed) || has_any(folder));
        let mut told = Vec::new();
        for (folder, _) in empty {
            // Of the folders that a glob names, it is enough that one has a file.
            let failure = match &folder.glob {
                None => no_content(&folder.shown, excluded),
                Some(glob) if full.iter().any(|(it, _)| it.glob.as_ref() == Some(glob)) => continue,
                Some(glob) => Failure {
                    message: format!("no content file in the folders that match `{glob}`"),
                    help: None,
                },
            };
            if !told.contains(&failure) {
                told.push(failure);
            }
        }
        told
    }
}

/// What the threads of a walk share.
struct Shared<'a, S> {
    finder: &'a Finder,
    found: &'a Found,
    /// The folders that the walk begins in.
    roots: Vec<&'a Folder>,
    queue: Queue,
    above: Above,
    /// For each folder of `found`, whether a file was met in it.
    has_file: Vec<AtomicBool>,
    excluded: AtomicUsize,
    failures: Mutex<Vec<Failure>>,
    work: &'a Work<'a, S>,
    /// The states of the threads that have ended.
    states: Mutex<Vec<S>>,
}

impl<S> Shared<'_, S> {
    fn conclude(self) -> (Vec<S>, Walked) {
        let states = self.states.into_inner();
        let excluded = self.excluded.into_inner();
        let failures = self.failures.into_inner();
        let mut failures = failures.unwrap_or_else(PoisonError::into_inner);
        failures.sort_by(|a, b| a.message.cmp(&b.message));
        failures.extend(self.found.empty_folders(&self.has_file, excluded));
        let walked = Walked { failures, excluded };
        (states.unwrap_or_else(PoisonError::into_inner), walked)
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

    /// Takes down that there are files in a folder.
    fn note_files(&self, absolute: &Path) {
        for (folder, has_file) in self.found.folders.iter().zip(&self.has_file) {
            if !has_file.load(Ordering::Relaxed) && absolute.starts_with(&folder.absolute) {
                has_file.store(true, Ordering::Relaxed);
            }
        }
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
