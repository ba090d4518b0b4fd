//! Why a walk of a folder finds no page: the folder is looked through once more, with what a walk
//! leaves out.
//!
//! Only for a folder in which no page was read, so that a walk need not remember what it passes by.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use super::folder::{Folder, Target, is_hidden};
use super::ignores::{Above, Access, Verdict};
use super::left_out::Tally;
use crate::config::{Finder, is_markdown};
use crate::diagnostic::Problem;
use crate::files;
use crate::paths;
use crate::site::is_output;
use crate::text::path_line;

/// How many entries are looked at, at most.
const MOST_ENTRIES: usize = 100_000;

/// Why an entry is left out; the first is the first to be named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// A pattern of the config, and where it is written.
    Excluded {
        pattern: String,
        written: String,
    },
    /// The ignore file, as shown.
    Ignored(PathBuf),
    /// A link to a folder, and where it leads.
    LinkedFolder(PathBuf),
    /// A link out of the field ("the repository"), and where it leads.
    OutsideLink(&'static str, PathBuf),
    /// A link to nothing, and where it leads.
    DanglingLink(PathBuf),
    /// A pipe, a socket or a device.
    Special,
    Hidden,
    /// A folder that a generator or a package manager fills.
    Generated,
}

/// What a folder holds in place of pages.
#[derive(Debug, Default)]
pub struct Survey {
    /// A file that a walk visits.
    pub visited: Option<PathBuf>,
    causes: BTreeMap<Cause, Tally>,
    /// Files of other types, by extension.
    others: BTreeMap<String, usize>,
}

impl Survey {
    /// Looks through folders; each has an absolute path and one as shown.
    pub(in crate::discover) fn of<'f>(
        folders: impl Iterator<Item = (&'f Path, &'f Path)>,
        finder: &Finder,
    ) -> Self {
        let mut survey = Surveyor {
            finder,
            survey: Self::default(),
            open: Vec::new(),
            memory: OsString::new(),
        };
        let above = Above::default();
        for (absolute, shown) in folders {
            let shown = match shown == Path::new(".") {
                true => PathBuf::new(),
                false => shown.to_owned(),
            };
            let root = Folder::root(absolute.to_owned(), shown, &above, &survey.access());
            survey.open.push((root, None));
            survey.run();
        }
        survey.survey
    }

    /// Why a glob that goes into a folder matches nothing in it, and what to do about it; `None` where
    /// the folder holds files that the glob could match.
    pub(in crate::discover) fn of_glob(&self) -> Option<(String, &'static str)> {
        if self.visited.is_some() {
            return None;
        }
        // Patterns and ignore files leave out nothing that a glob matches.
        let is_passed_by = |cause: &Cause| {
            let is_link = matches!(
                cause,
                Cause::LinkedFolder(_) | Cause::OutsideLink(..) | Cause::DanglingLink(_)
            );
            is_link || *cause == Cause::Hidden
        };
        let passed_by = self.causes.iter().find(|(cause, _)| is_passed_by(cause));
        match passed_by {
            Some(reason) => Some((clause(reason), help(reason.0))),
            None if self.causes.is_empty() && self.others.is_empty() => Some((
                "there is no file".to_owned(),
                "name a folder that holds pages",
            )),
            None => None,
        }
    }

    /// The failure where a walk visits no file; `place` is how the folder is called.
    pub(in crate::discover) fn failure(&self, place: &str) -> Problem {
        let first = self.causes.keys().next();
        // Every folder may hold hidden and generated ones: they are a reason where nothing else is.
        let is_usual = |cause: &Cause| matches!(cause, Cause::Hidden | Cause::Generated);
        let causes = self.causes.iter();
        let causes = causes.filter(|(cause, _)| !is_usual(cause) || first.is_some_and(is_usual));
        let clauses: Vec<_> = causes.map(clause).collect();
        let (reason, help) = match first {
            Some(cause) => (clauses.join("; "), help(cause)),
            None if self.others.is_empty() => ("there is no file".to_owned(), OTHER_TYPES),
            None => (
                format!("there is no Markdown file, only {}", counted(&self.others)),
                OTHER_TYPES,
            ),
        };
        Problem::new(format!("no page is read in {place}: {reason}")).help(help)
    }
}

const OTHER_TYPES: &str = "pages are `.md`, `.markdown`, `.mdown`, `.mkd`, `.mkdn` and `.mdx` files; \
                           others are read where `files` of a `[[collections]]` entry names them";

fn clause((cause, tally): (&Cause, &Tally)) -> String {
    let (pages, example, is_one) = (tally.pages(), tally.example(), tally.count == 1);
    match cause {
        Cause::Excluded { pattern, written } => {
            format!("the pattern `{pattern}` of {written} excludes {pages}")
        }
        Cause::Ignored(file) => format!("`{}` leaves out {pages}", path_line(file)),
        Cause::LinkedFolder(target) => {
            format!("{example} is a link to the folder `{}`", path_line(target))
        }
        Cause::OutsideLink(place, target) => format!(
            "{example} is a link to `{}`, out of {place}",
            path_line(target)
        ),
        Cause::DanglingLink(target) => format!(
            "{example} is a link to `{}`, which does not exist",
            path_line(target)
        ),
        Cause::Special if is_one => format!("{example} is a pipe, a socket or a device"),
        Cause::Special => format!(
            "{} files, {example} among them, are pipes, sockets or devices",
            tally.count
        ),
        Cause::Hidden => format!("hidden files and folders hold {pages}"),
        Cause::Generated => format!("{example} is filled by a generator or a package manager"),
    }
}

fn help(cause: &Cause) -> &'static str {
    match cause {
        Cause::Excluded { .. } => {
            "name a file itself to check it all the same, or delete the pattern"
        }
        Cause::Ignored(_) => {
            "name a file itself to check it all the same, or keep it with a line in `.ignore` that \
             begins with `!`"
        }
        Cause::LinkedFolder(_) => {
            "links to folders are not followed; name the link itself to check the pages in it"
        }
        Cause::OutsideLink(..) => {
            "put a copy of what it leads to in its place, or name the link itself"
        }
        Cause::DanglingLink(_) => "make the link point at a file, or remove it",
        Cause::Special => "write the page into a file, or pipe it in and write `-` for its path",
        Cause::Hidden => "name a hidden file or folder itself to check it",
        Cause::Generated => "name the folder with the sources that it is made from",
    }
}

/// "3 `.txt` files and 1 `.png` file"
fn counted(counts: &BTreeMap<String, usize>) -> String {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let listed: Vec<_> = counts
        .iter()
        .take(3)
        .map(|(extension, count)| {
            let s = if **count == 1 { "" } else { "s" };
            match extension.as_str() {
                "" => format!("{count} file{s} without an extension"),
                _ => format!("{count} `.{extension}` file{s}"),
            }
        })
        .collect();
    listed.join(", ")
}

struct Surveyor<'a> {
    finder: &'a Finder,
    survey: Survey,
    /// Folders to look through, and why they are left out.
    open: Vec<(Folder, Option<Cause>)>,
    /// The memory of a path.
    memory: OsString,
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
                let is_folder = kind.is_dir();
                let verdict = folder.judge(&name, is_folder, &mut self.memory);
                let is_hidden = is_hidden(&entry, &name) && verdict == Verdict::None;
                let own = match verdict {
                    Verdict::Ignored => {
                        let file = folder.file_ignoring(&name, is_folder);
                        file.map(|file| Cause::Ignored(self.shown(file)))
                    }
                    Verdict::None | Verdict::Kept => is_hidden.then_some(Cause::Hidden),
                };
                let cause = cause.clone().or(own);
                self.entry(&folder, name, kind, cause);
            }
        }
    }

    fn entry(&mut self, folder: &Folder, name: OsString, kind: FileType, cause: Option<Cause>) {
        let mut path = PathBuf::new();
        folder.show(&name, &mut path);
        let absolute = folder.absolute.join(&name);
        let config = folder.config(self.finder);
        let excluded = |is_folder| {
            let pattern = config?.exclusion_of(&path, is_folder)?;
            let file = config?.file.as_ref();
            let file = file.filter(|_| config.is_some_and(|it| it.source == Some(pattern.source)));
            Some(Cause::Excluded {
                pattern: pattern.value.clone(),
                written: file.map_or_else(
                    || "`--config`".to_owned(),
                    |file| format!("`{}`", path_line(file)),
                ),
            })
        };
        let target = match kind.is_symlink() {
            true => folder.target(&name, self.finder),
            false => Target::Inside(kind),
        };
        let is_outside = matches!(target, Target::Outside(_));
        let is_folder = target.is_folder();
        if is_folder && is_output(&absolute) {
            if cause.is_none() {
                self.count(Cause::Generated, &path);
            }
            return;
        }
        if is_folder && !kind.is_symlink() {
            let cause = cause.or_else(|| excluded(true));
            let child = folder.child(&name, absolute, path.clone(), &self.access());
            self.open.push((child, cause));
            return;
        }
        let is_wanted = is_markdown(&path) || config.is_some_and(|config| config.names(&path));
        let is_missing = matches!(target, Target::Missing);
        if !is_folder && !is_wanted && !is_outside && !is_missing {
            let extension = path_line(Path::new(path.extension().unwrap_or_default()));
            *self
                .survey
                .others
                .entry(extension.into_owned())
                .or_default() += 1;
            return;
        }
        let leads_to = || files::link_target(&absolute).unwrap_or_default();
        let cause = cause.or_else(|| excluded(is_folder)).or_else(|| {
            Some(match target {
                Target::Inside(kind) if kind.is_file() => return None,
                // As a walk does, which refuses the page where it is read.
                Target::Outside(_) if is_wanted => return None,
                Target::Outside(place) => Cause::OutsideLink(place, leads_to()),
                Target::Inside(_) if is_folder => Cause::LinkedFolder(leads_to()),
                Target::Inside(_) => Cause::Special,
                Target::Missing => Cause::DanglingLink(leads_to()),
            })
        });
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
