//! Why a walk of a folder finds no page, in words. The folder is looked through once more with what a
//! walk leaves out, so that a walk need not remember what it passes by.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::left_out::Tally;
use crate::diagnostic::Problem;
use crate::text::path_line;

/// Why an entry is left out; the first is the first to be named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
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
    pub(super) causes: BTreeMap<Cause, Tally>,
    /// Files of other types, by extension.
    pub(super) others: BTreeMap<String, usize>,
}

impl Survey {
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
        let mut causes = self.causes.iter();
        match causes.find(|(cause, _)| is_passed_by(cause)) {
            Some((cause, tally)) => Some((clause(cause, tally), help(cause))),
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
        let clauses: Vec<_> = self
            .causes
            .iter()
            .filter(|(cause, _)| !is_usual(cause) || first.is_some_and(is_usual))
            .map(|(cause, tally)| clause(cause, tally))
            .collect();
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

fn clause(cause: &Cause, tally: &Tally) -> String {
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

/// "3 `.txt` files, 1 `.png` file": the most frequent extensions.
pub(in crate::discover) fn counted(counts: &BTreeMap<String, usize>) -> String {
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
