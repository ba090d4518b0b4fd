//! The folders and globs of the command line in which no page is read, and why.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::walk::{Survey, survey};
use super::{Folder, Found};
use crate::config::Finder;
use crate::diagnostic::Problem;
use crate::paths;
use crate::text::path_line;

/// A folder or glob of the command line in which no page is read.
#[derive(Debug)]
pub struct Unread {
    /// How messages call it: "`docs`", "the folders that match `d*`".
    pub place: String,
    /// What its folders hold in place of pages; `None` where it names only files.
    pub survey: Option<Survey>,
}

impl Unread {
    /// The failure where a walk visits no file of it.
    #[must_use]
    pub fn failure(&self) -> Problem {
        match &self.survey {
            Some(survey) => survey.failure(&self.place),
            None => Problem::new(format!(
                "no page is read in {}: they are no Markdown files, and none begins with front \
                 matter",
                self.place
            ))
            .help("write a pattern that matches the site's pages"),
        }
    }
}

impl Found {
    /// The folders and globs that the arguments name, the working directory where they name
    /// nothing, in which none of `pages` is. `other_files` are the named files that are not pages;
    /// all these paths are as shown.
    #[must_use]
    pub fn unread<'p>(
        &self,
        pages: impl Iterator<Item = &'p Path> + Clone,
        other_files: &HashSet<&Path>,
        finder: &Finder,
    ) -> Vec<Unread> {
        let empty = self.empty_folders(pages.clone(), finder.working_directory());
        let is_empty = |folder: &&Folder| empty.contains(folder.absolute.as_path());
        let look_through = |folders: &[&Folder]| {
            let spellings = folders
                .iter()
                .map(|folder| (folder.absolute.as_path(), folder.shown.as_path()));
            survey(spellings, finder)
        };
        let named = self.walked().filter(|folder| folder.glob.is_none());
        let mut alone: Vec<_> = named.collect();
        alone.dedup_by(|next, kept| next.absolute == kept.absolute);
        let mut unread: Vec<_> = alone
            .into_iter()
            .filter(is_empty)
            .map(|folder| Unread {
                place: match folder.shown == Path::new(".") {
                    true => "the working directory".to_owned(),
                    false => format!("`{}`", path_line(&folder.shown)),
                },
                survey: Some(look_through(&[folder])),
            })
            .collect();
        unread.extend(self.globs.iter().filter_map(|glob| {
            let folders = self.walked();
            let own: Vec<_> = folders
                .filter(|folder| folder.glob.as_ref() == Some(&glob.pattern))
                .collect();
            // A file that cannot be read has a finding.
            let mut files = glob.files.iter();
            let is_unread = own.iter().all(is_empty)
                && files.all(|file| other_files.contains(file.as_path()))
                && (!own.is_empty() || !glob.files.is_empty());
            is_unread.then(|| Unread {
                place: match own.is_empty() {
                    true => format!("the files that match `{}`", path_line(&glob.pattern)),
                    false => format!("the folders that match `{}`", path_line(&glob.pattern)),
                },
                survey: (!own.is_empty()).then(|| look_through(&own)),
            })
        }));
        unread
    }

    /// The files that globs name, as shown.
    #[must_use]
    pub fn files_of_globs(&self) -> HashSet<&Path> {
        let files = self.globs.iter().flat_map(|glob| &glob.files);
        files.map(PathBuf::as_path).collect()
    }

    /// Forgets the folders of [`Self::gather`] of which no file is left.
    pub(super) fn forget_unchanged(&mut self, cwd: &Path) {
        let left = self.inputs.iter().map(|input| &*input.path);
        let empty: HashSet<PathBuf> = self
            .empty_folders(left, cwd)
            .into_iter()
            .map(Path::to_owned)
            .collect();
        self.gathered
            .retain(|folder| !empty.contains(&folder.absolute));
    }

    /// The folders that are walked, now or by [`Self::gather`].
    fn walked(&self) -> impl Iterator<Item = &Folder> {
        self.folders.iter().chain(&self.gathered)
    }

    /// The folders (absolute) that are walked and have none of `pages` in them.
    fn empty_folders<'p>(
        &self,
        pages: impl Iterator<Item = &'p Path>,
        cwd: &Path,
    ) -> HashSet<&Path> {
        let mut empty: HashSet<&Path> = self.walked().map(|folder| &*folder.absolute).collect();
        // What is spelt with a `..` after a link is shown as it is spelt.
        let is_odd = |folder: &&Folder| paths::absolute(&folder.shown, cwd) != folder.absolute;
        let odd: Vec<&Folder> = self.walked().filter(is_odd).collect();
        let mut visited: HashSet<PathBuf> = HashSet::new();
        for page in pages {
            if empty.is_empty() {
                break;
            }
            let mut roots = odd.iter();
            let below = roots.find_map(|root| {
                let below = page.strip_prefix(&root.shown).ok()?;
                Some(root.absolute.join(below))
            });
            let absolute = below.unwrap_or_else(|| paths::absolute(page, cwd));
            for folder in absolute.ancestors().skip(1) {
                if visited.contains(folder) {
                    break;
                }
                empty.remove(folder);
                visited.insert(folder.to_owned());
            }
        }
        empty
    }
}
