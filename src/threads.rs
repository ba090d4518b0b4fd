//! Worker threads, and the lock for what they share.
//!
//! Owns the size of their stacks, and that a run goes on with fewer threads when the system refuses
//! to start more. Imports no other module; must not know what the threads do.

use std::panic;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// The stack of a worker thread in bytes: as much as the first thread of a process has by default,
/// so that what can be checked on the one can be checked on the other. The system reserves the
/// addresses; memory is only taken for what is used. To start a thread takes no longer for it.
pub const STACK_SIZE: usize = 8 << 20;

/// Starts a thread of `scope`; `None` where the system starts no further one (a limit on processes
/// or on memory), and `work` is dropped.
pub fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Option<ScopedJoinHandle<'scope, T>> {
    let builder = Builder::new().stack_size(STACK_SIZE);
    builder.spawn_scoped(scope, work).ok()
}

/// Calls `work` on this thread and, at the same time, on up to `others` more, and returns the
/// results, that of this thread first. There may be fewer threads, so that each call of `work` is
/// to take one task after the other until none is left.
pub fn run<T: Send>(others: usize, work: impl Fn() -> T + Sync) -> Vec<T> {
    let work = &work;
    thread::scope(|scope| {
        // One thread after the other is started until the system refuses.
        let threads = (0..others).map_while(|_| spawn(scope, work));
        let threads: Vec<_> = threads.collect();
        let mut results = vec![work()];
        // A thread that panics ends the run, as it would without threads.
        results.extend(threads.into_iter().map(|thread| match thread.join() {
            Ok(result) => result,
            Err(payload) => panic::resume_unwind(payload),
        }));
        results
    })
}

/// A value that several threads read and write.
///
/// A thread that panicked while it held the lock does not keep the others from going on: its panic
/// ends the run when the threads are joined.
#[derive(Debug, Default)]
pub struct Lock<T>(RwLock<T>);

impl<T> Lock<T> {
    /// An open lock.
    pub const fn new(value: T) -> Self {
        Self(RwLock::new(value))
    }

    /// Waits until no thread writes.
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other thread reads or writes.
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// As [`Self::write`], but `None` instead of waiting.
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        match self.0.try_write() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(error)) => Some(error.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// The value, once no thread shares it.
    pub fn into_inner(self) -> T {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many threads `jobs` means: 0 is one a processor.
#[must_use]
pub fn count(jobs: usize) -> usize {
    if jobs > 0 {
        return jobs;
    }
    thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_thread_takes_part_and_the_first_result_is_that_of_the_caller() {
        let started = AtomicUsize::new(0);
        let caller = thread::current().id();
        let threads = run(3, || {
            started.fetch_add(1, Ordering::Relaxed);
            thread::current().id()
        });
        assert_eq!(threads.first(), Some(&caller));
        assert_eq!(threads.len(), started.into_inner());
        assert_eq!(run(0, || thread::current().id()), [caller]);
    }

    #[test]
    fn a_worker_thread_has_the_stack_that_is_promised() {
        // More than the two megabytes that a thread has by default.
        #[inline(never)]
        fn descend(depth: usize) -> usize {
            let frame = std::hint::black_box([depth; 128]);
            if depth == 0 {
                return 0;
            }
            descend(depth - 1) + usize::from(frame[0] > 0)
        }
        let depth = 2200;
        let reached = thread::scope(|scope| {
            let thread = spawn(scope, || descend(depth));
            thread.map(|thread| thread.join().unwrap())
        });
        assert_eq!(reached, Some(depth));
    }
}
