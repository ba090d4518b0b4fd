//! From all arguments to what there is to check: files under one spelling each, and folders to walk.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::globs::Listings;
use super::{Folder, Found, Input, Origin, Request};
use crate::config::{Finder, is_markdown};
use crate::files;
use crate::paths;
use crate::site::{generator_of, is_generated};

/// Looks at what the arguments name; [`Found::for_each_batch`] goes into the folders among it. A broken
/// config excludes nothing; [`Finder::problems`] reports it afterwards.
#[must_use]
pub fn discover(request: &Request<'_>, finder: &Finder) -> Found {
    let mut search = Search {
        request,
        finder,
        cwd: finder.working_directory(),
        inputs: BTreeMap::new(),
        found: Found {
            skips_other_files: request.force_exclude,
            ..Found::default()
        },
        listings: Listings::default(),
    };
    if request.paths.is_empty() {
        search.add_folder(Path::new("."), None);
    }
    for path in request.paths {
        search.argument(path);
    }
    search.conclude()
}

/// The state of one [`discover`].
pub(super) struct Search<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) finder: &'a Finder,
    pub(super) cwd: &'a Path,
    /// By absolute path, so that a file has one entry under all its spellings.
    pub(super) inputs: BTreeMap<PathBuf, Input>,
    pub(super) listings: Listings,
    pub(super) found: Found,
}

impl Search<'_> {
    pub(super) fn add_folder(&mut self, path: &Path, glob: Option<&Path>) {
        if self.request.force_exclude && self.leaves_out(path, true) {
            return;
        }
        let (absolute, shown) = self.spellings(path);
        self.found.folders.push(Folder {
            absolute,
            shown,
            glob: glob.map(Path::to_owned),
        });
    }

    fn conclude(mut self) -> Found {
        self.found.folders.sort();
        let folders = std::mem::take(&mut self.found.folders);
        self.found.whole_site = folders.iter().any(|folder| self.is_whole(&folder.absolute));
        if !folders.is_empty() {
            self.found.named = self.inputs.keys().cloned().collect();
        }
        self.found.folders = folders;
        self.found.no_site_roots = self.listings.no_site_roots;
        self.found.inputs = self.inputs.into_values().collect();
        self.found.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.found
    }

    fn add(&mut self, path: &Path, origin: Origin) {
        let (identity, shown) = self.spellings(path);
        let input = Input {
            path: shown,
            origin,
            needs_fence: false,
        };
        let known = self.inputs.entry(identity);
        known
            .and_modify(|old| {
                let length = |input: &Input| input.path.as_os_str().len();
                if (length(&input), &input.path) < (length(old), &old.path) {
                    old.path.clone_from(&input.path);
                }
                old.origin = old.origin.min(origin);
            })
            .or_insert(input);
    }

    /// Adds a file that an argument names, unless `--force-exclude` leaves it out.
    pub(super) fn add_named(&mut self, path: &Path) {
        if !(self.request.force_exclude && self.leaves_out(path, false)) {
            self.add(path, Origin::Named);
        }
    }

    /// Whether `--force-exclude` leaves out a file or folder, which is counted then.
    pub(super) fn leaves_out(&mut self, path: &Path, is_folder: bool) -> bool {
        let shown = self.spellings(path).1;
        let mut folders = shown.ancestors().skip(usize::from(!is_folder));
        let is_generated = folders.any(is_generated);
        let config = self.finder.for_file(path);
        let is_excluded = config.is_ok_and(|config| match is_folder {
            true => config.is_folder_excluded(path),
            false => config.is_excluded(path),
        });
        let is_left_out = is_generated || is_excluded;
        self.found.dropped += usize::from(is_left_out);
        self.found.dropped_folders += usize::from(is_left_out && is_folder);
        self.found.dropped_generated += usize::from(is_left_out && !is_excluded);
        is_left_out
    }

    /// The absolute path, which is the same for all spellings, and the path as shown.
    pub(super) fn spellings(&self, path: &Path) -> (PathBuf, PathBuf) {
        let absolute = paths::absolute(path, self.cwd);
        let goes_up = path
            .components()
            .any(|component| component == Component::ParentDir);
        if goes_up {
            // After a link `..` leads elsewhere than its spelling says, and a file must not pass
            // for another.
            let real = files::real(&self.cwd.join(path)).ok();
            if let Some(real) = real
                && files::real(&absolute).ok().as_ref() != Some(&real)
            {
                return (real, path.to_owned());
            }
        }
        let outside = path.is_absolute() && !absolute.starts_with(self.cwd);
        let shown = if outside {
            absolute.clone()
        } else {
            paths::shown(&absolute, self.cwd)
        };
        (absolute, shown)
    }

    /// Whether a walk of `folder` (absolute) takes in the whole site it belongs to: the root of
    /// the site is in it. A folder with no root above it is whole where it is the working
    /// directory.
    fn is_whole(&self, folder: &Path) -> bool {
        let is_root = |folder: &Path| generator_of(folder).is_some();
        let config = self.finder.for_folder(folder).ok();
        let config = config.filter(|config| config.file.is_some());
        // Another than that of the config where `--config` names one.
        let config_folder = self.finder.config_folder(folder);
        if is_root(folder)
            || config.is_some_and(|config| config.base.starts_with(folder))
            || config_folder
                .as_ref()
                .is_some_and(|config_folder| config_folder.starts_with(folder))
        {
            return true;
        }
        config_folder.is_none() && folder == self.cwd && !folder.ancestors().skip(1).any(is_root)
    }

    /// Whether a walk takes a file, as far as its name goes.
    pub(super) fn is_walkable(&self, path: &Path) -> bool {
        is_markdown(path)
            || self
                .finder
                .for_file(path)
                .is_ok_and(|config| config.names(path))
    }
}
