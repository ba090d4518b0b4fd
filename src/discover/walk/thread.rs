//! One thread of a walk.
//!
//! Owns what is done of each folder and each file; which is next is told by the queue.

use std::ffi::OsString;
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread::Scope;

use super::Shared;
use super::folder::{Folder, is_hidden};
use super::ignores::{Access, Verdict};
use super::queue::{self, Pending, Task};
use crate::config::is_markdown;
use crate::discover::batches::{BATCH_SIZE, Batch};
use crate::discover::{Input, Origin};
use crate::files::{self, ReadError};
use crate::site::{is_output, may_configure};
use crate::threads;

/// For each thread at work, so many files and folders must be waiting before another is started.
const WORTH_A_THREAD: usize = 24;

/// To list a folder with more files than this takes long enough that another thread is worth its start
/// for a single folder that waits.
const LONG: usize = 256;

/// Works at the walk until all of it is done, and starts other threads where that pays.
pub(super) fn run<'scope, W: Send>(
    shared: &'scope Shared<'_, W>,
    scope: &'scope Scope<'scope, '_>,
) {
    let mut thread = Thread {
        shared,
        scope,
        worker: (shared.handler.new_worker)(),
        pages: Vec::new(),
        judged: OsString::new(),
    };
    while let Some(task) = shared.queue.next() {
        match task {
            Task::Visit(batch) => thread.visit(&batch),
            Task::List(pending, listing) => {
                let last = thread.enter(pending).map(|folder| thread.list(folder));
                drop(listing);
                if let Some(batch) = last {
                    thread.visit(&batch);
                }
            }
        }
    }
    let mut workers = shared
        .workers
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    workers.push(thread.worker);
}

struct Thread<'scope, 'env, 'a, W> {
    shared: &'scope Shared<'a, W>,
    scope: &'scope Scope<'scope, 'env>,
    worker: W,
    /// The pages of the current batch come first; the memory is used again.
    pages: Vec<Input>,
    /// The same for the path that ignore files are asked of.
    judged: OsString,
}

impl<W: Send> Thread<'_, '_, '_, W> {
    /// The folder to list; `None` where it is left out.
    fn enter(&self, pending: Pending) -> Option<Arc<Folder>> {
        let shared = self.shared;
        let access = Access {
            finder: shared.finder,
            refuse: &|file: &Path, error: &ReadError| shared.refuse_ignore_file(file, error),
        };
        let folder = match pending {
            Pending::Root(index) => {
                let absolute = shared.roots.get(index)?.absolute.clone();
                let shown = shared.shown(&absolute);
                Folder::root(absolute, shown, &shared.above, &access)
            }
            Pending::Within(parent, name) => {
                let absolute = parent.absolute.join(&name);
                if is_output(&absolute) {
                    return None;
                }
                let shown = shared.shown(&absolute);
                let config = parent.config(shared.finder);
                if config.is_some_and(|config| config.is_folder_excluded(&shown)) {
                    shared.excluded.fetch_add(1, Ordering::Relaxed);
                    return None;
                }
                parent.child(&name, absolute, shown, &access)
            }
        };
        Some(Arc::new(folder))
    }

    /// Hands out what lies in a folder, and gives the last files back.
    fn list(&mut self, folder: Arc<Folder>) -> queue::Batch {
        let mut batch = queue::Batch::of(folder);
        let entries = match files::list(&batch.folder.absolute) {
            Ok(entries) => entries,
            Err(error) => {
                self.shared.tell(&batch.folder.absolute, &error);
                return batch;
            }
        };
        let mut may_be_root = false;
        for (count, entry) in entries.enumerate() {
            if count == LONG {
                self.start_thread(1);
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    may_be_root = true;
                    self.shared.tell(&batch.folder.absolute, &error);
                    continue;
                }
            };
            let name = entry.file_name();
            let is_markdown = is_markdown(Path::new(&name));
            may_be_root |= !is_markdown && may_configure(&name);
            match entry.file_type() {
                Ok(kind) => self.meet(&entry, kind, (name, is_markdown), &mut batch),
                Err(error) => self.shared.tell(&entry.path(), &error),
            }
        }
        batch.is_no_site_root = !may_be_root;
        batch
    }

    fn meet(
        &mut self,
        entry: &DirEntry,
        kind: FileType,
        (name, is_markdown): (OsString, bool),
        batch: &mut queue::Batch,
    ) {
        let folder = &batch.folder;
        let is_hidden = is_hidden(entry, &name);
        // Of most files the ignore files are asked by the thread that visits them.
        if is_hidden || kind.is_dir() || !folder.is_config_known() {
            match folder.judge(&name, kind.is_dir(), &mut self.judged) {
                Verdict::Ignored => {
                    if !is_hidden {
                        self.shared.note_ignored(folder, &name, kind.is_dir());
                    }
                    return;
                }
                Verdict::None if is_hidden => return,
                Verdict::None | Verdict::Kept => {}
            }
        }
        if kind.is_dir() {
            let pending = Pending::Within(Arc::clone(folder), name);
            self.shared.queue.add_folder(pending);
            self.start_thread(WORTH_A_THREAD);
            return;
        }
        let config = folder.config(self.shared.finder);
        let may_be_wanted = is_markdown || config.is_some_and(|config| config.names_others());
        if !kind.is_file() && !self.shared.is_file(folder, &name, kind, may_be_wanted) {
            return;
        }
        if !may_be_wanted {
            return;
        }
        batch.names.push(name);
        if batch.names.len() == BATCH_SIZE {
            let next = queue::Batch::of(Arc::clone(folder));
            let full = std::mem::replace(batch, next);
            match self.shared.queue.offer(full) {
                Some(full) => self.visit(&full),
                None => self.start_thread(WORTH_A_THREAD),
            }
        }
    }

    /// Starts another thread, if so many files and folders wait for each that is at work.
    fn start_thread(&self, worth: usize) {
        if self.shared.queue.wants_thread(worth) {
            let (shared, scope) = (self.shared, self.scope);
            // Where the system has no thread to give, the others do its work.
            let _ = threads::spawn(scope, move || run(shared, scope));
        }
    }

    fn visit(&mut self, batch: &queue::Batch) {
        let shared = self.shared;
        let folder = &*batch.folder;
        let config = folder.known_config();
        let config_names_others = config.is_some_and(|config| config.names_others());
        let has_named = !shared.found.named.is_empty();
        let mut count = 0;
        for name in batch.names.iter() {
            if folder.judge(name, false, &mut self.judged) == Verdict::Ignored {
                shared.note_ignored(folder, name, false);
                continue;
            }
            if count == self.pages.len() {
                self.pages.push(Input {
                    path: PathBuf::new(),
                    origin: Origin::Walked,
                });
            }
            let Some(page) = self.pages.get_mut(count) else {
                break;
            };
            folder.show(name, &mut page.path);
            let path = page.path.as_path();
            let is_wanted = !config_names_others
                || is_markdown(path)
                || config.is_some_and(|config| config.names(path));
            if !is_wanted {
                continue;
            }
            if config.is_some_and(|config| config.is_excluded(path)) {
                shared.excluded.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let is_named = has_named && shared.found.named.contains(&folder.absolute.join(name));
            count += usize::from(!is_named);
        }
        let pages = self.pages.get(..count).unwrap_or_default();
        if pages.is_empty() {
            return;
        }
        let batch = Batch {
            pages,
            no_site_root: batch.is_no_site_root.then_some(&*folder.absolute),
        };
        (shared.handler.check_batch)(&mut self.worker, &batch);
    }
}
