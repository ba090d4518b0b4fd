//! Pages in batches of one folder, each given to one of several threads.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Found, Input, WalkReport};
use crate::config::Finder;
use crate::paths;
use crate::threads;

/// The most pages of one batch. What is kept of so many pages between two steps of their check fits
/// into the processor's second cache, and no thread is left with much to do when the others have ended.
pub(super) const BATCH_SIZE: usize = 16;

/// Fewer named files than this are not worth starting threads for.
const PARALLEL_FROM: usize = 24;

/// Pages of one folder, to be checked together. There is at least one.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'b> {
    /// The pages, all with the same folder in their paths.
    pub pages: &'b [Input],
    /// The folder (absolute), where it is known to hold no generator's configuration, so that it is
    /// not the root of a site.
    pub no_site_root: Option<&'b Path>,
}

impl Batch<'_> {
    /// The folder of the pages, as shown to users.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.pages
            .first()
            .map_or(Path::new(""), |page| paths::folder(&page.path))
    }
}

/// What each thread does with the batches that it takes.
pub(super) struct BatchHandler<'h, W> {
    /// Makes the thread's own worker.
    pub(super) new_worker: &'h (dyn Fn() -> W + Sync),
    pub(super) check_batch: &'h (dyn Fn(&mut W, &Batch<'_>) + Sync),
}

impl Found {
    /// Gives every page to `check_batch`, those of folders while these are walked, in no certain
    /// order. There are up to `jobs` threads (0: one a processor), each with a worker of its own;
    /// the workers are returned. Further threads are started where there is enough to do.
    pub fn for_each_batch<W: Send>(
        &self,
        finder: &Finder,
        jobs: usize,
        new_worker: &(dyn Fn() -> W + Sync),
        check_batch: &(dyn Fn(&mut W, &Batch<'_>) + Sync),
    ) -> (Vec<W>, WalkReport) {
        let handler = BatchHandler {
            new_worker,
            check_batch,
        };
        let mut workers = self.for_each_named_batch(finder, jobs, &handler);
        let (walk_workers, report) = self.walk(finder, jobs, &handler);
        workers.extend(walk_workers);
        (workers, report)
    }

    fn for_each_named_batch<W: Send>(
        &self,
        finder: &Finder,
        jobs: usize,
        handler: &BatchHandler<'_, W>,
    ) -> Vec<W> {
        if self.inputs.is_empty() {
            return Vec::new();
        }
        let is_one_folder = |a: &Input, b: &Input| a.path.parent() == b.path.parent();
        let batches: Vec<&[Input]> = self
            .inputs
            .chunk_by(is_one_folder)
            .flat_map(|pages| pages.chunks(BATCH_SIZE))
            .collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut worker = (handler.new_worker)();
            while let Some(pages) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut batch = Batch {
                    pages,
                    no_site_root: None,
                };
                let folder = finder.working_directory().join(batch.folder());
                batch.no_site_root = self.no_site_roots.get(&folder).map(PathBuf::as_path);
                (handler.check_batch)(&mut worker, &batch);
            }
            worker
        };
        let others = match self.inputs.len() < PARALLEL_FROM || jobs == 1 {
            true => 0,
            false => threads::count(jobs) - 1,
        };
        threads::run(others, work)
    }
}
