//! What is left to do of a walk, shared by its threads.
//!
//! Owns the order in which folders and files are taken, how much may lie ready at once, how many
//! threads there are, and when all is done. Must not look at the file system.

use std::ffi::OsString;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use super::folder::Folder;
use super::names::Names;
use crate::discover::batches::BATCH_SIZE;
use crate::threads;

/// How many batches may lie ready. Whoever lists a folder looks at further files itself.
const MOST_READY: usize = 256;

/// A folder to list.
#[derive(Debug)]
pub(super) enum Pending {
    /// One that a walk begins in: its index.
    Root(usize),
    /// One in another.
    Within(Arc<Folder>, OsString),
}

/// Files of a folder to visit, by name.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) folder: Arc<Folder>,
    pub(super) names: Names,
    /// Whether the folder is known to hold nothing that makes it the root of a site.
    pub(super) is_no_site_root: bool,
}

impl Batch {
    pub(super) fn of(folder: Arc<Folder>) -> Self {
        Self {
            folder,
            names: Names::default(),
            is_no_site_root: false,
        }
    }
}

/// What a thread is to do next.
#[derive(Debug)]
pub(super) enum Task<'q> {
    /// List a folder; to be told when that is done.
    List(Pending, Listing<'q>),
    /// Visit files.
    Visit(Batch),
}

/// As long as it lives, the queue may grow.
#[derive(Debug)]
pub(super) struct Listing<'q>(&'q Queue);

#[derive(Debug)]
pub(super) struct Queue {
    /// 0 for one a processor.
    jobs: usize,
    most: OnceLock<usize>,
    state: Mutex<State>,
    /// Wakes a thread that waits, since there is something to do or never will be.
    news: Condvar,
}

#[derive(Debug)]
struct State {
    /// The last one is next: depth first keeps few folders waiting.
    folders: Vec<Pending>,
    ready: Vec<Batch>,
    listing: usize,
    threads: usize,
    waiting: usize,
}

impl Queue {
    /// A queue for up to so many threads (0: one a processor), of which one is at work.
    pub(super) fn new(roots: usize, jobs: usize) -> Self {
        let state = State {
            folders: (0..roots).rev().map(Pending::Root).collect(),
            ready: Vec::new(),
            listing: 0,
            threads: 1,
            waiting: 0,
        };
        Self {
            jobs,
            most: OnceLock::new(),
            state: Mutex::new(state),
            news: Condvar::new(),
        }
    }

    pub(super) fn add_folder(&self, folder: Pending) {
        let mut state = self.state();
        state.folders.push(folder);
        self.wake_one(&state);
    }

    /// Takes files for any thread to visit, or gives them back where enough lie ready.
    pub(super) fn offer(&self, batch: Batch) -> Option<Batch> {
        let mut state = self.state();
        if self.jobs == 1 || state.ready.len() >= MOST_READY {
            return Some(batch);
        }
        state.ready.push(batch);
        self.wake_one(&state);
        None
    }

    /// Whether one more thread is to be started, since `worth` files and folders wait for each that
    /// is at work; it counts as started then.
    pub(super) fn wants_thread(&self, worth: usize) -> bool {
        let mut state = self.state();
        let waiting = state.ready.len() * BATCH_SIZE + state.folders.len();
        let wanted = waiting >= state.threads * worth && state.threads < self.most_threads();
        state.threads += usize::from(wanted);
        wanted
    }

    /// The next task, once there is one; `None` when all is done.
    pub(super) fn next(&self) -> Option<Task<'_>> {
        let mut state = self.state();
        loop {
            if let Some(batch) = state.ready.pop() {
                return Some(Task::Visit(batch));
            }
            if let Some(folder) = state.folders.pop() {
                state.listing += 1;
                return Some(Task::List(folder, Listing(self)));
            }
            if state.listing == 0 {
                return None;
            }
            state.waiting += 1;
            let woken = self.news.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    fn most_threads(&self) -> usize {
        // Counted late: the system reads files to know how many processors there are.
        *self.most.get_or_init(|| threads::count(self.jobs))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_one(&self, state: &State) {
        // To wake nobody costs a call into the kernel too.
        if state.waiting > 0 {
            self.news.notify_one();
        }
    }
}

impl Drop for Listing<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.listing -= 1;
        if state.listing == 0 && state.waiting > 0 {
            self.0.news.notify_all();
        }
    }
}
