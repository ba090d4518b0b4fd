//! Folders into files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{Failure, Folder, Found, Search};
use crate::config::{Config, Finder, is_markdown};
use crate::paths;
use crate::site::is_output;

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
    /// Walks all folders at once and visits every file in them but those that are named as well.
    /// The states of all threads are given back. No thread is started where there is no folder.
    pub fn walk<S: Send>(
        &self,
        finder: &Finder,
        threads: usize,
        work: &Work<'_, S>,
    ) -> (Vec<S>, Walked) {
        // A folder within another is walked with it.
        let mut roots: Vec<&Folder> = self.folders.iter().collect();
        roots.dedup_by(|next, kept| next.absolute.starts_with(&kept.absolute));
        let Some((first, others)) = roots.split_first() else {
            return (Vec::new(), Walked::default());
        };
        let mut builder = WalkBuilder::new(&first.absolute);
        for root in others {
            builder.add(&root.absolute);
        }
        builder
            .threads(threads)
            .follow_links(false)
            .require_git(false)
            // The same files on every machine: a user's own ignore files stay out of it.
            .git_global(false)
            .git_exclude(false);
        let shared = Shared {
            finder,
            found: self,
            roots: &roots,
            has_file: self.folders.iter().map(|_| AtomicBool::default()).collect(),
            excluded: AtomicUsize::default(),
            failures: Mutex::default(),
        };
        let states = Mutex::new(Vec::new());
        builder.build_parallel().run(|| {
            let mut thread = Thread {
                shared: &shared,
                shown: PathBuf::new(),
                here: None,
                work,
                state: Some((work.start)()),
                states: &states,
            };
            Box::new(move |entry| thread.meet(entry))
        });
        let states = states.into_inner().unwrap_or_else(PoisonError::into_inner);
        (states, shared.conclude())
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
struct Shared<'a> {
    finder: &'a Finder,
    found: &'a Found,
    roots: &'a [&'a Folder],
    /// For each folder of `found`, whether a file was met in it.
    has_file: Vec<AtomicBool>,
    excluded: AtomicUsize,
    failures: Mutex<Vec<Failure>>,
}

impl Shared<'_> {
    fn conclude(self) -> Walked {
        let excluded = self.excluded.into_inner();
        let failures = self.failures.into_inner();
        let mut failures = failures.unwrap_or_else(PoisonError::into_inner);
        failures.sort_by(|a, b| a.message.cmp(&b.message));
        failures.extend(self.found.empty_folders(&self.has_file, excluded));
        Walked { failures, excluded }
    }

    fn is_named(&self, absolute: &Path) -> bool {
        !self.found.named.is_empty() && self.found.named.contains(absolute)
    }

    fn tell(&self, error: &ignore::Error) {
        let failure = unreadable(error, self.finder.working_directory());
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.extend(failure);
    }

    fn note_file(&self, absolute: &Path) {
        for (folder, has_file) in self.found.folders.iter().zip(&self.has_file) {
            if !has_file.load(Ordering::Relaxed) && absolute.starts_with(&folder.absolute) {
                has_file.store(true, Ordering::Relaxed);
            }
        }
    }

    /// A path as shown, into `shown`.
    fn show(&self, absolute: &Path, shown: &mut PathBuf) {
        shown.clear();
        let cwd = self.finder.working_directory();
        if let Some(rest) = below(absolute, cwd) {
            shown.push(rest);
            return;
        }
        let root = self.roots.iter().find_map(|root| {
            let rest = below(absolute, &root.absolute)?;
            Some((root, rest))
        });
        match root {
            Some((root, _)) if !root.shown.is_absolute() && cwd.starts_with(&root.absolute) => {
                shown.push(paths::shown(absolute, cwd));
            }
            Some((root, rest)) => {
                shown.push(&root.shown);
                shown.push(rest);
            }
            None => shown.push(absolute),
        }
    }
}

/// One thread of a walk.
struct Thread<'a, S> {
    shared: &'a Shared<'a>,
    /// The file or folder at hand.
    shown: PathBuf,
    /// The folder of the last file, and what governs it; `None` where that is broken.
    here: Option<(PathBuf, Option<Arc<Config>>)>,
    work: &'a Work<'a, S>,
    state: Option<S>,
    states: &'a Mutex<Vec<S>>,
}

impl<S> Drop for Thread<'_, S> {
    fn drop(&mut self) {
        if let Some(state) = &mut self.state {
            (self.work.end)(state);
        }
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.extend(self.state.take());
    }
}

impl<S> Thread<'_, S> {
    fn meet(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                self.shared.tell(&error);
                return WalkState::Continue;
            }
        };
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return self.enter(&entry);
        }
        self.shared.show(entry.path(), &mut self.shown);
        self.settle();
        let shown = self.shown.as_path();
        let config = self.here.as_ref().and_then(|(_, config)| config.as_deref());
        let wanted = is_markdown(shown) || config.is_some_and(|config| config.names(shown));
        if !wanted || !is_file(&entry) {
            return WalkState::Continue;
        }
        if config.is_some_and(|config| config.is_excluded(shown)) {
            self.shared.excluded.fetch_add(1, Ordering::Relaxed);
            return WalkState::Continue;
        }
        self.shared.note_file(entry.path());
        if let Some(state) = &mut self.state
            && !self.shared.is_named(entry.path())
        {
            (self.work.visit)(state, shown);
        }
        WalkState::Continue
    }

    fn enter(&mut self, entry: &DirEntry) -> WalkState {
        if entry.depth() == 0 {
            return WalkState::Continue;
        }
        if is_output(entry.path()) {
            return WalkState::Skip;
        }
        self.shared.show(entry.path(), &mut self.shown);
        let config = self.shared.finder.for_file(&self.shown);
        if config.is_ok_and(|config| config.is_folder_excluded(&self.shown)) {
            self.shared.excluded.fetch_add(1, Ordering::Relaxed);
            return WalkState::Skip;
        }
        WalkState::Continue
    }

    /// Sees to it that `here` is the folder of the file at hand.
    fn settle(&mut self) {
        let folder = paths::folder(&self.shown);
        let known = self.here.as_ref().map(|(here, _)| here.as_os_str());
        if known != Some(folder.as_os_str()) {
            let config = self.shared.finder.for_folder(folder).ok();
            self.here = Some((folder.to_owned(), config));
        }
    }
}

/// A path below a folder. Comparing letters does for nearly all; the standard library compares
/// one component after the other.
fn below<'p>(path: &'p Path, folder: &Path) -> Option<&'p Path> {
    let by_letters = || {
        let rest = path.to_str()?.strip_prefix(folder.to_str()?)?;
        rest.strip_prefix(std::path::MAIN_SEPARATOR).map(Path::new)
    };
    by_letters().or_else(|| path.strip_prefix(folder).ok())
}

fn no_content(folder: &Path, excluded: usize) -> Failure {
    let place = if folder == Path::new(".") {
        "the working directory".to_owned()
    } else {
        format!("`{}`", folder.display())
    };
    let help = if excluded > 0 {
        "`exclude` leaves out what there is; name a file to check it all the same".to_owned()
    } else {
        "looked for `.md`, `.markdown`, `.mdown`, `.mkd`, `.mkdn` and `.mdx` files that no \
         `.gitignore` leaves out; other files are taken where `files` of a `[[collections]]` \
         entry names them"
            .to_owned()
    };
    Failure {
        message: format!("no content file in {place}"),
        help: Some(help),
    }
}

/// The failure for a folder that cannot be listed. One that is gone meanwhile is none.
fn unreadable(error: &ignore::Error, cwd: &Path) -> Option<Failure> {
    let reason = match error.io_error()?.kind() {
        ErrorKind::NotFound => return None,
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        kind => kind.to_string(),
    };
    let place = path_of(error).map_or_else(
        || "a folder".to_owned(),
        |path| format!("`{}`", paths::shown(path, cwd).display()),
    );
    Some(Failure {
        message: format!("{place} cannot be read: {reason}"),
        help: Some("what it holds is not checked; `exclude` leaves it out for good".to_owned()),
    })
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        _ => None,
    }
}

/// Links to files are taken, links to folders are not followed.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| {
        kind.is_file()
            || kind.is_symlink()
                && std::fs::metadata(entry.path()).is_ok_and(|target| target.is_file())
    })
}
