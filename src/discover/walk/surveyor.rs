//! Looks through folders in which a walk finds no page, with what the walk leaves out.

use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::folder::{Target, WalkedFolder, is_hidden};
use super::ignore_files::{Access, AncestorRules, Verdict};
use super::survey::{Cause, Survey};
use crate::config::{Config, Finder, is_markdown};
use crate::files;
use crate::paths;
use crate::site::is_output;
use crate::text::path_line;

/// How many entries are looked at, at most.
const MOST_ENTRIES: usize = 100_000;

/// Looks through folders; each has an absolute path and one as shown.
pub(in crate::discover) fn survey<'f>(
    folders: impl Iterator<Item = (&'f Path, &'f Path)>,
    finder: &Finder,
) -> Survey {
    let mut surveyor = Surveyor {
        finder,
        survey: Survey::default(),
        open: Vec::new(),
    };
    let ancestors = AncestorRules::default();
    for (absolute, shown) in folders {
        let shown = match shown == Path::new(".") {
            true => PathBuf::new(),
            false => shown.to_owned(),
        };
        let access = surveyor.access();
        let root = WalkedFolder::root(absolute.to_owned(), shown, &ancestors, &access);
        surveyor.open.push((root, None));
        surveyor.run();
    }
    surveyor.survey
}

struct Surveyor<'a> {
    finder: &'a Finder,
    survey: Survey,
    /// Folders to look through, and why they are left out.
    open: Vec<(WalkedFolder, Option<Cause>)>,
}

impl<'a> Surveyor<'a> {
    /// Ignore files that are refused were reported by the walk.
    fn access(&self) -> Access<'a> {
        Access {
            finder: self.finder,
            refuse: &|_, _| {},
        }
    }

    fn run(&mut self) {
        let mut budget = MOST_ENTRIES;
        while let Some((folder, cause)) = self.open.pop() {
            let entries = files::list(&folder.absolute);
            for entry in entries.into_iter().flatten().flatten() {
                let Some(rest) = budget.checked_sub(1) else {
                    return;
                };
                budget = rest;
                let name = entry.file_name();
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                let own = match folder.verdict(&name, kind.is_dir()) {
                    Verdict::Ignored => {
                        let file = folder.file_ignoring(&name, kind.is_dir());
                        file.map(|file| Cause::Ignored(self.shown(file)))
                    }
                    Verdict::None => {
                        let is_left_out =
                            is_hidden(&entry, &name) && !folder.takes_hidden(&name, self.finder);
                        is_left_out.then_some(Cause::Hidden)
                    }
                    Verdict::Kept => None,
                };
                self.entry(&folder, name, kind, cause.clone().or(own));
            }
        }
    }

    /// Counts an entry, or keeps a folder to look through. `cause` is why it is left out, if that is
    /// known already.
    fn entry(
        &mut self,
        folder: &WalkedFolder,
        name: OsString,
        kind: FileType,
        cause: Option<Cause>,
    ) {
        let path = folder.shown.join(&name);
        let absolute = folder.absolute.join(&name);
        let config = folder.config(self.finder);
        let target = match kind.is_symlink() {
            true => folder.target(&name, self.finder),
            false => Target::Inside(kind),
        };
        let is_folder = target.is_folder();
        let excluded = || exclusion(config?, &path, is_folder);
        if is_folder && is_output(&absolute) {
            if cause.is_none() {
                self.count(Cause::Generated, &path);
            }
            return;
        }
        if is_folder && !kind.is_symlink() {
            let cause = cause.or_else(excluded);
            let child = folder.child(&name, absolute, path.clone(), &self.access());
            self.open.push((child, cause));
            return;
        }
        let is_page = is_markdown(&path) || config.is_some_and(|config| config.names(&path));
        let is_plain_file = matches!(target, Target::Inside(_)) && !is_folder;
        if is_plain_file && !is_page {
            let extension = path_line(Path::new(path.extension().unwrap_or_default()));
            let others = &mut self.survey.others;
            *others.entry(extension.into_owned()).or_default() += 1;
            return;
        }
        let cause = cause
            .or_else(excluded)
            .or_else(|| cause_of_target(target, is_page, &absolute));
        match cause {
            Some(Cause::Hidden | Cause::Ignored(_)) if is_folder => {}
            Some(cause) => self.count(cause, &path),
            None => {
                let visited = &mut self.survey.visited;
                if visited.as_ref().is_none_or(|first| path < *first) {
                    *visited = Some(path);
                }
            }
        }
    }

    fn count(&mut self, cause: Cause, path: &Path) {
        self.survey.causes.entry(cause).or_default().add(path);
    }

    fn shown(&self, path: &Path) -> PathBuf {
        paths::shown(path, self.finder.working_directory())
    }
}

/// The pattern of `exclude` that leaves out a path, as the cause.
fn exclusion(config: &Config, path: &Path, is_folder: bool) -> Option<Cause> {
    let pattern = config.exclusion_of(path, is_folder)?;
    let is_in_file = config.source == Some(pattern.source);
    let file = config.file.as_ref().filter(|_| is_in_file);
    Some(Cause::Excluded {
        pattern: pattern.value.clone(),
        written: file.map_or_else(
            || "`--config`".to_owned(),
            |file| format!("`{}`", path_line(file)),
        ),
    })
}

/// Why a walk does not follow an entry to where it leads; `None` where it visits the entry.
fn cause_of_target(target: Target, is_page: bool, absolute: &Path) -> Option<Cause> {
    let leads_to = || files::link_target(absolute).unwrap_or_default();
    match target {
        Target::Inside(kind) if kind.is_file() => None,
        // The page is refused where it is read.
        Target::Outside(_) if is_page => None,
        Target::Outside(place) => Some(Cause::OutsideLink(place, leads_to())),
        Target::Inside(kind) if kind.is_dir() => Some(Cause::LinkedFolder(leads_to())),
        Target::Inside(_) => Some(Cause::Special),
        Target::Missing => Some(Cause::DanglingLink(leads_to())),
    }
}
