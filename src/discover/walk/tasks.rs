//! What is left to do of a walk, shared by its threads.
//!
//! Owns the order in which folders and batches are taken, how many batches may wait, when another
//! thread is worth starting, and when the walk is over. Must not look at the file system.

use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use super::folder::WalkedFolder;
use crate::discover::batches::BATCH_SIZE;
use crate::discover::{Folder, Input};
use crate::threads;

/// How many batches may wait. A thread that lists a folder checks further ones itself, so that a
/// folder with a million pages does not fill the memory.
const MOST_BATCHES: usize = 256;

/// So many pages and folders must wait for each thread before another one is started: starting it
/// costs about as much as checking a few pages.
const WORTH_A_THREAD: usize = 24;

pub(super) enum FolderTask<'a> {
    /// One that the walk begins in.
    Root(&'a Folder),
    /// One in another.
    Child(Arc<WalkedFolder>, OsString),
}

/// Pages of a folder to check.
pub(super) struct PageBatch {
    pub(super) folder: Arc<WalkedFolder>,
    pub(super) pages: Vec<Input>,
    /// Whether the folder holds no generator's configuration, as far as is known yet.
    pub(super) is_no_site_root: bool,
}

impl PageBatch {
    pub(super) fn new(folder: Arc<WalkedFolder>) -> Self {
        Self {
            folder,
            pages: Vec::new(),
            is_no_site_root: false,
        }
    }

    pub(super) fn no_site_root(&self) -> Option<&Path> {
        self.is_no_site_root.then_some(&*self.folder.absolute)
    }
}

pub(super) enum Task<'t, 'a> {
    /// List a folder, and drop the guard when that is done.
    List(FolderTask<'a>, ListingGuard<'t, 'a>),
    Check(PageBatch),
}

/// As long as it lives, there may be further tasks. A guard, since a thread that panics must not
/// leave the others waiting.
pub(super) struct ListingGuard<'t, 'a>(&'t Tasks<'a>);

impl Drop for ListingGuard<'_, '_> {
    fn drop(&mut self) {
        self.0.state().listing -= 1;
        self.0.changed.notify_all();
    }
}

pub(super) struct Tasks<'a> {
    /// How many threads there may be; 0 is one a processor.
    jobs: usize,
    /// The same as a number. Counted late: the system reads files to know its processors.
    most_threads: OnceLock<usize>,
    state: Mutex<State<'a>>,
    /// There is a task, or there never will be one again.
    changed: Condvar,
}

struct State<'a> {
    /// The last one is next: depth first keeps few folders waiting.
    folders: Vec<FolderTask<'a>>,
    batches: Vec<PageBatch>,
    /// How many threads list a folder.
    listing: usize,
    threads: usize,
}

impl<'a> Tasks<'a> {
    /// Tasks for one thread at first. The last root is next.
    pub(super) fn new(roots: impl Iterator<Item = &'a Folder>, jobs: usize) -> Self {
        let state = State {
            folders: roots.map(FolderTask::Root).collect(),
            batches: Vec::new(),
            listing: 0,
            threads: 1,
        };
        Self {
            jobs,
            most_threads: OnceLock::new(),
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    pub(super) fn add_folder(&self, folder: FolderTask<'a>) {
        self.state().folders.push(folder);
        self.changed.notify_one();
    }

    /// Takes a batch for any thread to check, or gives it back where enough are waiting.
    pub(super) fn offer(&self, batch: PageBatch) -> Option<PageBatch> {
        let mut state = self.state();
        if self.jobs == 1 || state.batches.len() >= MOST_BATCHES {
            return Some(batch);
        }
        state.batches.push(batch);
        self.changed.notify_one();
        None
    }

    /// Whether one more thread is to be started; it counts as started then.
    pub(super) fn wants_thread(&self) -> bool {
        let mut state = self.state();
        let waiting = state.batches.len() * BATCH_SIZE + state.folders.len();
        let most = || *self.most_threads.get_or_init(|| threads::count(self.jobs));
        let is_wanted = waiting >= state.threads * WORTH_A_THREAD && state.threads < most();
        state.threads += usize::from(is_wanted);
        is_wanted
    }

    /// The next task, once there is one; `None` when the walk is over.
    pub(super) fn next(&self) -> Option<Task<'_, 'a>> {
        let mut state = self.state();
        loop {
            if let Some(batch) = state.batches.pop() {
                return Some(Task::Check(batch));
            }
            if let Some(folder) = state.folders.pop() {
                state.listing += 1;
                return Some(Task::List(folder, ListingGuard(self)));
            }
            if state.listing == 0 {
                return None;
            }
            let woken = self.changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    // A condition variable waits for a mutex only, so that `Lock` will not do.
    fn state(&self) -> MutexGuard<'_, State<'a>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
