//! What is not walked: pages of collections that ignore files leave out, links and special files.
//!
//! Owns which of them are counted. Regular files that are walked must not cost a call into the
//! system here.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use super::Shared;
use super::folder::{Folder, Target};
use super::left_out::LeftOut;
use crate::config::{Config, Reach, is_markdown};
use crate::files;
use crate::paths;
use crate::site::is_output;

/// How many entries of an ignored folder are looked at where no pattern names it: it may be a large
/// one of programs or builds.
const MOST_ENTRIES: usize = 256;

impl<S> Shared<'_, S> {
    /// Counts the pages of collections that an ignored entry is or holds; all pages where one schema
    /// is applied to all.
    pub(super) fn note_ignored(&self, folder: &Folder, name: &OsStr, is_folder: bool) {
        let config = folder.config(self.finder);
        let takes_all = self.found.has_one_schema;
        let Some(config) = config.filter(|it| takes_all || !it.collections.is_empty()) else {
            return;
        };
        let (path, mut is_cut) = (folder.absolute.join(name), false);
        let mut pages = Vec::new();
        if is_folder {
            is_cut = self.collect_pages(path, config, &mut pages);
        } else {
            pages.push(path);
        }
        let mut left_out = None;
        for page in pages {
            let shown = self.shown(&page);
            let is_named = is_markdown(&shown) || config.names(&shown);
            let collection = config.collection_of(&shown);
            let is_due = is_named && (takes_all || collection.is_some());
            if !is_due || config.is_excluded(&shown) {
                continue;
            }
            let Some(file) = folder.file_ignoring(name, is_folder) else {
                return;
            };
            let file = paths::shown(file, self.finder.working_directory());
            let left_out = left_out.get_or_insert_with(|| self.left_out());
            let collection = collection.map(|it| (config, &it.name));
            let tally = left_out.ignored(collection, &file);
            tally.add(&shown);
            if is_cut {
                tally.cut();
            }
        }
    }

    /// Adds the files (absolute) of an ignored folder that may be pages to count; whether there may be
    /// more.
    fn collect_pages(&self, folder: PathBuf, config: &Config, pages: &mut Vec<PathBuf>) -> bool {
        let mut budget = MOST_ENTRIES;
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            let shown = self.shown(&folder);
            let reach = match self.found.has_one_schema {
                true => Reach::Anywhere,
                false => config.reach_into(&shown),
            };
            if reach == Reach::Never || config.is_folder_excluded(&shown) || is_output(&folder) {
                continue;
            }
            let entries = files::list(&folder).into_iter().flatten().flatten();
            for entry in entries {
                if reach == Reach::Anywhere {
                    let Some(rest) = budget.checked_sub(1) else {
                        return true;
                    };
                    budget = rest;
                }
                let name = entry.file_name();
                let is_hidden = name.as_encoded_bytes().starts_with(b".");
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && !is_hidden => open.push(entry.path()),
                    Ok(kind) if kind.is_file() && !is_hidden => pages.push(entry.path()),
                    _ => {}
                }
            }
        }
        false
    }

    /// Whether an entry that is no regular file leads to one; else it is counted, unless it is left
    /// out anyway. Links to folders are not followed. A link out of the repository counts as a page
    /// by its name, which is refused where it is read.
    pub(super) fn is_file(
        &self,
        folder: &Folder,
        name: &OsStr,
        kind: FileType,
        may_be_wanted: bool,
    ) -> bool {
        if !kind.is_symlink() && !may_be_wanted {
            return false;
        }
        let path = folder.absolute.join(name);
        let target = match kind.is_symlink() {
            true => folder.target(name, self.finder),
            false => Target::Inside(kind),
        };
        let is_outside = matches!(target, Target::Outside(_));
        if target.is_file() || (is_outside && may_be_wanted) {
            return true;
        }
        let is_missing = matches!(target, Target::Missing);
        if target.is_folder() || is_outside || is_missing || may_be_wanted {
            self.note_irregular(folder, name, &path, target);
        }
        false
    }

    fn note_irregular(&self, folder: &Folder, name: &OsStr, path: &Path, target: Target) {
        let shown = self.shown(path);
        let config = folder.config(self.finder);
        // What is outside may be a folder, and so may what is gone.
        let is_gone_folder = matches!(target, Target::Missing) && names_no_type(path);
        let is_folder =
            target.is_folder() || matches!(target, Target::Outside(_)) || is_gone_folder;
        let is_excluded = config.is_some_and(|config| match is_folder {
            true => config.is_folder_excluded(&shown),
            false => config.is_excluded(&shown),
        });
        let is_left_out = is_excluded
            || folder.file_ignoring(name, false).is_some()
            || (is_gone_folder && folder.file_ignoring(name, true).is_some())
            || (is_folder && is_output(path))
            || (!is_folder && !is_markdown(&shown) && !config.is_some_and(|it| it.names(&shown)));
        if is_left_out {
            return;
        }
        let mut left_out = self.left_out();
        match target {
            Target::Missing => left_out.dangling_links.add(&shown),
            Target::Outside(place) => left_out.outside_links.entry(place).or_default().add(&shown),
            Target::Inside(_) if is_folder => left_out.linked_folders.add(&shown),
            Target::Inside(_) => left_out.special_files.add(&shown),
        }
    }

    fn left_out(&self) -> MutexGuard<'_, LeftOut> {
        self.left_out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a name has no extension, so that it may be a folder's: `2018`, `v1.2`.
fn names_no_type(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().as_encoded_bytes();
    extension.iter().all(u8::is_ascii_digit)
}
