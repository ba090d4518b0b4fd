//! Folders into files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{Failure, Origin, Search};
use crate::config::{Finder, is_markdown, paths};
use crate::site::is_output;

impl Search<'_> {
    /// Whether a walk takes a file, as far as its name goes.
    pub(super) fn wanted(&self, path: &Path) -> bool {
        wanted(self.finder, path)
    }

    /// Walks all folders at once.
    pub(super) fn walk(&mut self) {
        let mut roots = Vec::new();
        for (folder, _) in &self.folders {
            let absolute = self.spellings(folder).0;
            self.found.walked.push(absolute.clone());
            roots.push((absolute, folder.clone()));
        }
        // A folder within another is walked with it.
        roots.sort();
        roots.dedup_by(|next, kept| next.0.starts_with(&kept.0));
        if roots.is_empty() {
            return;
        }
        let walked = self.files_of(roots.iter().map(|(_, folder)| folder.as_path()));
        for path in walked {
            self.add(&path, Origin::Walked);
        }
        self.found.whole_site = self.found.walked.iter().any(|folder| self.is_whole(folder));
        self.tell_empty_folders();
        self.found.walked.sort();
        self.found.walked.dedup();
    }

    fn tell_empty_folders(&mut self) {
        let mut told = Vec::new();
        for ((folder, glob), absolute) in self.folders.iter().zip(&self.found.walked) {
            let mut inside = self.inputs.range(absolute.clone()..);
            let any = inside
                .next()
                .is_some_and(|(path, _)| path.starts_with(absolute));
            // Of the folders that a glob names, it is enough that one has a file.
            if any || glob.is_some() {
                continue;
            }
            told.push(self.empty(folder));
        }
        let globs = self.folders.iter().filter_map(|(_, glob)| glob.clone());
        let mut globs: Vec<_> = globs.collect();
        globs.sort();
        globs.dedup();
        for glob in globs {
            let mut named = self.folders.iter().zip(&self.found.walked);
            let any = named.any(|((_, by), absolute)| {
                by.as_ref() == Some(&glob)
                    && self.inputs.keys().any(|path| path.starts_with(absolute))
            });
            if !any {
                told.push(Failure {
                    message: format!("no content file in the folders that match `{glob}`"),
                    help: None,
                });
            }
        }
        self.found.failures.extend(told);
    }

    fn empty(&self, folder: &Path) -> Failure {
        let shown = self.spellings(folder).1;
        let place = if shown == Path::new(".") {
            "the working directory".to_owned()
        } else {
            format!("`{}`", shown.display())
        };
        let help = if self.found.excluded > 0 {
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

    fn files_of<'p>(&mut self, roots: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
        let mut roots = roots.map(|root| self.cwd.join(root));
        let Some(first) = roots.next() else {
            return Vec::new();
        };
        let mut builder = WalkBuilder::new(first);
        for root in roots {
            builder.add(root);
        }
        let excluded = std::sync::Arc::new(AtomicUsize::new(0));
        builder
            .threads(self.request.threads)
            .follow_links(false)
            .require_git(false)
            // The same files on every machine: a user's own ignore files stay out of it.
            .git_global(false)
            .git_exclude(false);
        let files = Mutex::new(Vec::new());
        let failures = Mutex::new(Vec::new());
        let (finder, cwd, count) = (self.finder, self.cwd, &excluded);
        builder.build_parallel().run(|| {
            Box::new(|entry| {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        let mut told = failures.lock().unwrap_or_else(PoisonError::into_inner);
                        told.extend(unreadable(&error, cwd));
                        return WalkState::Continue;
                    }
                };
                let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                if folder {
                    return enter(&entry, finder, count);
                }
                let path = entry.path();
                // A walked path without the `./` or the working directory before it.
                let path = path.strip_prefix(cwd).unwrap_or(path);
                if !wanted(finder, path) || !is_file(&entry) {
                    return WalkState::Continue;
                }
                if finder
                    .for_file(path)
                    .is_ok_and(|config| config.is_excluded(path))
                {
                    count.fetch_add(1, Ordering::Relaxed);
                } else {
                    let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
                    files.push(path.to_owned());
                }
                WalkState::Continue
            })
        });
        self.found.excluded += excluded.load(Ordering::Relaxed);
        let mut failures: Vec<Failure> = failures
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        failures.sort_by(|a, b| a.message.cmp(&b.message));
        self.found.failures.extend(failures);
        files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn enter(entry: &DirEntry, finder: &Finder, excluded: &AtomicUsize) -> WalkState {
    let path = entry.path();
    if entry.depth() == 0 {
        return WalkState::Continue;
    }
    if is_output(path) {
        return WalkState::Skip;
    }
    if finder
        .for_file(path)
        .is_ok_and(|config| config.is_folder_excluded(path))
    {
        excluded.fetch_add(1, Ordering::Relaxed);
        return WalkState::Skip;
    }
    WalkState::Continue
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

fn wanted(finder: &Finder, path: &Path) -> bool {
    is_markdown(path) || finder.for_file(path).is_ok_and(|config| config.names(path))
}
