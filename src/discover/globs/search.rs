//! What a glob matches, folder by folder.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use glob::MatchOptions;

use super::pattern::{Step, letters};
use crate::files::{self, Boundary};
use crate::site::may_configure;

/// The names in the folders that globs were looked up in, sorted; each folder is listed once.
#[derive(Debug, Default)]
pub(in crate::discover) struct Listings {
    folders: HashMap<PathBuf, Rc<Vec<Named>>>,
    /// The folders (absolute) without a generator's configuration. To look for one takes about fifty
    /// calls into the system for each folder, and each of these walks down its whole path.
    pub(in crate::discover) no_site_roots: HashSet<PathBuf>,
}

/// A name in a folder.
#[derive(Debug)]
struct Named {
    name: OsString,
    /// Whether it is a folder, and no link to one.
    is_folder: bool,
}

impl Named {
    fn bytes(&self) -> &[u8] {
        self.name.as_encoded_bytes()
    }

    fn is_hidden(&self) -> bool {
        self.bytes().starts_with(b".")
    }
}

impl Listings {
    fn of(&mut self, folder: PathBuf) -> Rc<Vec<Named>> {
        let known = self.folders.entry(folder);
        let listing = known.or_insert_with_key(|folder| {
            let entries = files::list(folder).into_iter().flatten().flatten();
            let mut names: Vec<_> = entries
                .map(|entry| Named {
                    name: entry.file_name(),
                    is_folder: entry.file_type().is_ok_and(|kind| kind.is_dir()),
                })
                .collect();
            names.sort_unstable_by(|a, b| a.name.cmp(&b.name));
            if !names.iter().any(|named| may_configure(&named.name)) {
                self.no_site_roots.insert(folder.clone());
            }
            Rc::new(names)
        });
        Rc::clone(listing)
    }
}

/// The search for what one glob matches. Each folder is visited once, with all steps of the glob that
/// may go on there: with several `**` there are many ways to read one path.
pub(super) struct Search<'s> {
    pub(super) cwd: &'s Path,
    pub(super) within: &'s Boundary,
    pub(super) steps: &'s [Step],
    /// Whether files do not count.
    pub(super) only_folders: bool,
    pub(super) listings: &'s mut Listings,
    pub(super) found: BTreeSet<PathBuf>,
}

impl Search<'_> {
    /// A step, and those after it where it may match no folder at all.
    pub(super) fn reached(&self, step: usize) -> BTreeSet<usize> {
        let rest = self.steps.iter().skip(step);
        let folders = rest.take_while(|step| matches!(step, Step::Folders));
        (step..=step + folders.count()).collect()
    }

    /// Matches what is in a folder.
    fn enter(&mut self, folder: &Path, at: &BTreeSet<usize>) {
        let names_only = |&step: &usize| matches!(self.steps.get(step), Some(Step::Name(_)));
        if at.iter().all(names_only) {
            for &step in at {
                if let Some(Step::Name(name)) = self.steps.get(step) {
                    self.follow(folder.join(name), &self.reached(step + 1));
                }
            }
            return;
        }
        let names = self.listings.of(self.cwd.join(folder));
        // The steps that go on below each name.
        let mut next = BTreeMap::<usize, BTreeSet<usize>>::new();
        for &step in at {
            match self.steps.get(step) {
                Some(Step::Folders) => {
                    for (place, named) in names.iter().enumerate() {
                        if named.is_folder && !named.is_hidden() {
                            next.entry(place).or_default().extend(self.reached(step));
                        }
                    }
                }
                Some(Step::Name(name)) => {
                    let place = names.binary_search_by(|named| named.name.cmp(name));
                    if let Ok(place) = place {
                        next.entry(place)
                            .or_default()
                            .extend(self.reached(step + 1));
                    }
                }
                Some(Step::Pattern(pattern, start)) => {
                    let first = names.partition_point(|named| named.bytes() < start.as_slice());
                    let names = names.iter().enumerate().skip(first);
                    let alike = names.take_while(|(_, named)| named.bytes().starts_with(start));
                    for (place, named) in alike {
                        if !named.is_hidden()
                            && pattern.matches_with(&letters(&named.name), OPTIONS)
                        {
                            next.entry(place)
                                .or_default()
                                .extend(self.reached(step + 1));
                        }
                    }
                }
                None => {}
            }
        }
        for (place, steps) in next {
            if let Some(named) = names.get(place) {
                self.follow(folder.join(&named.name), &steps);
            }
        }
    }

    /// Takes a path that the glob ends with, and looks into the folder where it goes on.
    pub(super) fn follow(&mut self, path: PathBuf, at: &BTreeSet<usize>) {
        let ends = at.contains(&self.steps.len());
        let goes_on = at.iter().any(|&step| step < self.steps.len());
        let absolute = self.cwd.join(&path);
        let Some(kind) = files::kind(&absolute) else {
            return;
        };
        let target = match kind.is_symlink() {
            true => self.within.resolve(&absolute).ok(),
            false => Some(absolute),
        };
        let Some(kind) = target.and_then(|target| files::kind(&target)) else {
            // A link that leads nowhere or out of the repository is reported where it is opened.
            if ends && !self.only_folders {
                self.found.insert(path);
            }
            return;
        };
        let is_folder = kind.is_dir();
        if goes_on && is_folder {
            self.enter(&path, at);
        }
        if ends && (is_folder || !self.only_folders) {
            self.found.insert(path);
        }
    }
}

const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};
