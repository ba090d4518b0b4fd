//! What is not walked, and counted: pages that ignore files leave out, links and special files.
//!
//! Must make no call into the system for regular files that are walked.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::Walk;
use super::folder::{Target, WalkedFolder};
use crate::config::{Config, Reach, is_markdown};
use crate::files;
use crate::paths;
use crate::site::is_output;

/// How many entries of an ignored folder are looked at where no pattern names it: it may be a large
/// one of programs or builds.
const MOST_ENTRIES: usize = 256;

/// Files of an ignored entry that may be pages, as shown.
#[derive(Default)]
struct IgnoredFiles {
    paths: Vec<PathBuf>,
    /// Whether there may be more.
    is_cut: bool,
}

impl<W> Walk<'_, W> {
    /// Counts the pages of collections that an ignored entry is or holds; all pages where one schema
    /// is applied to all.
    pub(super) fn note_ignored(&self, folder: &WalkedFolder, name: &OsStr, is_folder: bool) {
        let takes_all = self.found.has_one_schema;
        let Some(config) = folder.config(self.finder) else {
            return;
        };
        if config.collections.is_empty() && !takes_all {
            return;
        }
        let files = match is_folder {
            true => self.files_in(folder.absolute.join(name), &folder.shown, config),
            false => IgnoredFiles {
                paths: vec![folder.shown.join(name)],
                is_cut: false,
            },
        };
        for path in &files.paths {
            let collection = config.collection_of(path);
            let is_page = is_markdown(path) || config.names(path);
            let is_due = is_page && (takes_all || collection.is_some());
            if !is_due || config.is_excluded(path) {
                continue;
            }
            let Some(file) = folder.file_ignoring(name, is_folder) else {
                return;
            };
            let file = paths::shown(file, self.finder.working_directory());
            let collection = collection.map(|collection| (config, &collection.name));
            let mut left_out = self.left_out.write();
            let tally = left_out.ignored(collection, &file);
            tally.add(path);
            tally.is_cut |= files.is_cut;
        }
    }

    /// The files in an ignored folder, and in those below it, that may be pages to count.
    fn files_in(&self, folder: PathBuf, parent_shown: &Path, config: &Config) -> IgnoredFiles {
        let mut files = IgnoredFiles::default();
        let mut budget = MOST_ENTRIES;
        let shown = self.shown_child(parent_shown, &folder);
        let mut open = vec![(folder, shown)];
        while let Some((folder, shown)) = open.pop() {
            let reach = match self.found.has_one_schema {
                true => Reach::Anywhere,
                false => config.reach_into(&shown),
            };
            if reach == Reach::Never || config.is_folder_excluded(&shown) || is_output(&folder) {
                continue;
            }
            for entry in files::list(&folder).into_iter().flatten().flatten() {
                if reach == Reach::Anywhere {
                    let Some(rest) = budget.checked_sub(1) else {
                        files.is_cut = true;
                        return files;
                    };
                    budget = rest;
                }
                let name = entry.file_name();
                if name.as_encoded_bytes().starts_with(b".") {
                    continue;
                }
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => {
                        let path = entry.path();
                        let shown = self.shown_child(&shown, &path);
                        open.push((path, shown));
                    }
                    Ok(kind) if kind.is_file() => files.paths.push(shown.join(&name)),
                    _ => {}
                }
            }
        }
        files
    }

    /// Whether an entry that is no regular file leads to one; else it is counted, unless it is left
    /// out anyway. Links to folders are not followed. A link out of the repository counts as a page
    /// by its name, which is refused where it is read.
    pub(super) fn leads_to_file(
        &self,
        folder: &WalkedFolder,
        name: &OsStr,
        kind: FileType,
        may_be_page: bool,
    ) -> bool {
        if !kind.is_symlink() && !may_be_page {
            return false;
        }
        let target = match kind.is_symlink() {
            true => folder.target(name, self.finder),
            false => Target::Inside(kind),
        };
        let is_outside = matches!(target, Target::Outside(_));
        if target.is_file() || (is_outside && may_be_page) {
            return true;
        }
        let is_missing = matches!(target, Target::Missing);
        if target.is_folder() || is_outside || is_missing || may_be_page {
            self.note_irregular(folder, name, target);
        }
        false
    }

    fn note_irregular(&self, folder: &WalkedFolder, name: &OsStr, target: Target) {
        let shown = folder.shown.join(name);
        let config = folder.config(self.finder);
        // What is outside may be a folder, and so may what is gone.
        let is_gone_folder = matches!(target, Target::Missing) && has_no_extension(&shown);
        let is_folder =
            target.is_folder() || matches!(target, Target::Outside(_)) || is_gone_folder;
        let is_excluded = config.is_some_and(|config| match is_folder {
            true => config.is_folder_excluded(&shown),
            false => config.is_excluded(&shown),
        });
        let is_page = || is_markdown(&shown) || config.is_some_and(|config| config.names(&shown));
        let is_left_out = is_excluded
            || folder.file_ignoring(name, false).is_some()
            || (is_gone_folder && folder.file_ignoring(name, true).is_some())
            || (is_folder && is_output(&folder.absolute.join(name)))
            || (!is_folder && !is_page());
        if is_left_out {
            return;
        }
        let mut left_out = self.left_out.write();
        let tally = match target {
            Target::Missing => &mut left_out.dangling_links,
            Target::Outside(place) => left_out.outside_links.entry(place).or_default(),
            Target::Inside(_) if is_folder => &mut left_out.linked_folders,
            Target::Inside(_) => &mut left_out.special_files,
        };
        tally.add(&shown);
    }
}

/// Whether a name may be a folder's: `2018`, `v1.2`.
fn has_no_extension(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().as_encoded_bytes();
    extension.iter().all(u8::is_ascii_digit)
}
