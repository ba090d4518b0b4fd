//! One thread of a walk: it lists folders and checks batches until nothing is left.

use std::ffi::OsStr;
use std::fs::{DirEntry, FileType};
use std::path::Path;
use std::sync::Arc;
use std::thread::Scope;

use super::Walk;
use super::folder::{WalkedFolder, is_hidden};
use super::ignore_files::{Access, Verdict};
use super::tasks::{FolderTask, PageBatch, Task};
use crate::config::is_markdown;
use crate::discover::batches::{BATCH_SIZE, Batch};
use crate::discover::{Input, Origin};
use crate::files::{self, ReadError};
use crate::site::{is_output, is_well_known, may_be_page_type, may_configure};
use crate::threads;

/// Works at the walk until it is over, and starts further threads where there is enough to do.
pub(super) fn run<'scope, W: Send>(walk: &'scope Walk<'_, W>, scope: &'scope Scope<'scope, '_>) {
    let mut worker = WalkWorker {
        walk,
        scope,
        worker: (walk.handler.new_worker)(),
    };
    while let Some(task) = walk.tasks.next() {
        match task {
            Task::Check(batch) => worker.check(&batch),
            Task::List(folder, guard) => {
                let last = worker.open(folder).map(|folder| worker.list(folder));
                // The other threads may end while this one checks its last batch.
                drop(guard);
                if let Some(batch) = last {
                    worker.check(&batch);
                }
            }
        }
    }
    // The receiver lives as long as the walk.
    let _ = walk.finished.send(worker.worker);
}

struct WalkWorker<'scope, 'env, 'a, W> {
    walk: &'scope Walk<'a, W>,
    scope: &'scope Scope<'scope, 'env>,
    worker: W,
}

impl<W: Send> WalkWorker<'_, '_, '_, W> {
    /// The folder with its ignore files; `None` where it is left out.
    fn open(&self, task: FolderTask<'_>) -> Option<Arc<WalkedFolder>> {
        let walk = self.walk;
        let (parent, name) = match task {
            FolderTask::Root(root) => return Some(Arc::new(walk.root_folder(root))),
            FolderTask::Child(parent, name) => (parent, name),
        };
        let absolute = parent.absolute.join(&name);
        if is_output(&absolute) {
            return None;
        }
        let shown = walk.shown_child(&parent.shown, &absolute);
        let config = parent.config(walk.finder);
        if config.is_some_and(|config| config.is_folder_excluded(&shown)) {
            return None;
        }
        let refuse = |file: &Path, error: &ReadError| walk.report_ignore_file(file, error);
        let access = Access {
            finder: walk.finder,
            refuse: &refuse,
        };
        Some(Arc::new(parent.child(&name, absolute, shown, &access)))
    }

    /// Hands out what is in a folder, and returns the last pages.
    fn list(&mut self, folder: Arc<WalkedFolder>) -> PageBatch {
        let walk = self.walk;
        let mut batch = PageBatch::new(Arc::clone(&folder));
        let entries = match files::list(&folder.absolute) {
            Ok(entries) => entries,
            Err(error) => {
                walk.report_unreadable(&folder.absolute, &error);
                return batch;
            }
        };
        let mut may_be_site_root = false;
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    may_be_site_root = true;
                    walk.report_unreadable(&folder.absolute, &error);
                    continue;
                }
            };
            let name = entry.file_name();
            may_be_site_root |= may_configure(&name);
            match entry.file_type() {
                Ok(kind) => batch.pages.extend(self.page(&folder, &entry, &name, kind)),
                Err(error) => walk.report_unreadable(&entry.path(), &error),
            }
            if batch.pages.len() == BATCH_SIZE {
                let next = PageBatch::new(Arc::clone(&folder));
                let full = std::mem::replace(&mut batch, next);
                match walk.tasks.offer(full) {
                    Some(full) => self.check(&full),
                    None => self.start_thread(),
                }
            }
        }
        batch.is_no_site_root = !may_be_site_root;
        batch
    }

    /// The page that an entry of a folder is, if the walk takes it. A folder becomes a task.
    fn page(
        &self,
        folder: &Arc<WalkedFolder>,
        entry: &DirEntry,
        name: &OsStr,
        kind: FileType,
    ) -> Option<Input> {
        let walk = self.walk;
        let is_hidden = is_hidden(entry, name);
        if is_hidden || kind.is_dir() {
            match folder.verdict(name, kind.is_dir()) {
                Verdict::Ignored => {
                    if !is_hidden {
                        walk.note_ignored(folder, name, kind.is_dir());
                    }
                    return None;
                }
                Verdict::None if is_hidden && !folder.takes_hidden(name, walk.finder) => {
                    return None;
                }
                Verdict::None | Verdict::Kept => {}
            }
        }
        if kind.is_dir() {
            if !folder.enters(name, walk.finder) {
                return None;
            }
            let task = FolderTask::Child(Arc::clone(folder), name.to_owned());
            walk.tasks.add_folder(task);
            self.start_thread();
            return None;
        }
        let config = folder.config(walk.finder);
        let is_markdown = is_markdown(Path::new(name));
        let may_be_page = is_markdown || config.is_some_and(|config| config.names_others());
        let has_page_type = !is_markdown && may_be_page_type(name);
        // Also links that cannot be pages are looked at: those to folders are counted.
        let is_file = kind.is_file() || walk.leads_to_file(folder, name, kind, may_be_page);
        if !is_file || !(may_be_page || has_page_type) {
            return None;
        }
        if folder.verdict(name, false) == Verdict::Ignored {
            walk.note_ignored(folder, name, false);
            return None;
        }
        let path = folder.shown.join(name);
        let needs_fence = !is_markdown && !config.is_some_and(|config| config.names(&path));
        let is_of_collection =
            || config.is_some_and(|config| config.collection_of(&path).is_some());
        if (needs_fence && !has_page_type)
            || (folder.is_hidden && !is_well_known(&path) && !is_of_collection())
        {
            return None;
        }
        if config.is_some_and(|config| config.is_excluded(&path)) {
            return None;
        }
        let named = &walk.found.named;
        let is_named = !named.is_empty() && named.contains(&folder.absolute.join(name));
        let origin = Origin::Walked;
        (!is_named).then_some(Input {
            path,
            origin,
            needs_fence,
        })
    }

    fn check(&mut self, batch: &PageBatch) {
        if batch.pages.is_empty() {
            return;
        }
        let pages = Batch {
            pages: &batch.pages,
            no_site_root: batch.no_site_root(),
        };
        (self.walk.handler.check_batch)(&mut self.worker, &pages);
    }

    /// Starts another thread, if enough pages and folders are waiting.
    fn start_thread(&self) {
        if self.walk.tasks.wants_thread() {
            let (walk, scope) = (self.walk, self.scope);
            // Where the system refuses, the other threads do its work.
            let _ = threads::spawn(scope, move || run(walk, scope));
        }
    }
}
