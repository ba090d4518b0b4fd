//! What a walk leaves out though it may hold pages: counts and notes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::text::path_line;

/// How many there are, and the first of them by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::discover) struct Tally {
    pub(in crate::discover) count: usize,
    example: PathBuf,
    /// Whether there may be more than were counted.
    pub(in crate::discover) is_cut: bool,
}

impl Tally {
    pub(in crate::discover) fn add(&mut self, path: &Path) {
        if self.count == 0 || path < self.example.as_path() {
            path.clone_into(&mut self.example);
        }
        self.count += 1;
    }

    /// "3 pages, `a.md` among them"
    pub(in crate::discover) fn pages(&self) -> String {
        let example = self.example();
        match (self.count, self.is_cut) {
            (1, false) => format!("1 page, {example}"),
            (1, true) => format!("at least 1 page, {example}"),
            (count, false) => format!("{count} pages, {example} among them"),
            (count, true) => format!("at least {count} pages, {example} among them"),
        }
    }

    /// The first by path, quoted.
    pub(in crate::discover) fn example(&self) -> String {
        format!("`{}`", path_line(&self.example))
    }

    /// "`a.md`", or "`a.md` and others"
    fn example_of_all(&self) -> String {
        match self.count {
            1 => self.example(),
            _ => format!("{} and others", self.example()),
        }
    }

    /// "3 links lead to nothing: `a.md` and others"; `None` where there are none.
    fn note(&self, one: &str, many: &str) -> Option<String> {
        let what = match self.count {
            0 => return None,
            1 => format!("1 {one}"),
            count => format!("{count} {many}"),
        };
        Some(format!("{what}: {}", self.example_of_all()))
    }
}

/// An ignore file, and the collection that it leaves out pages of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ignored {
    /// The folder of the config (absolute), and the collection's name; `None` for pages of none.
    collection: Option<(PathBuf, Arc<str>)>,
    /// As shown.
    file: PathBuf,
}

/// What was left out, and may have been pages.
#[derive(Debug, Default)]
pub struct LeftOut {
    ignored: BTreeMap<Ignored, Tally>,
    pub(super) linked_folders: Tally,
    /// By what they lead out of: "the repository".
    pub(super) outside_links: BTreeMap<&'static str, Tally>,
    pub(super) dangling_links: Tally,
    pub(super) special_files: Tally,
}

impl LeftOut {
    /// The count of the pages of a collection, or of none, that an ignore file, as shown, leaves out.
    pub(super) fn ignored(
        &mut self,
        collection: Option<(&Config, &Arc<str>)>,
        file: &Path,
    ) -> &mut Tally {
        let ignored = Ignored {
            collection: collection.map(|(config, name)| (config.base.clone(), Arc::clone(name))),
            file: file.to_owned(),
        };
        self.ignored.entry(ignored).or_default()
    }

    /// Which ignore files leave out how many pages of a collection: "`.gitignore` leaves out 3
    /// pages, `a.md` among them"; `None` where none does.
    #[must_use]
    pub fn ignored_of(&self, config: &Config, collection: &str) -> Option<String> {
        let is_own = |ignored: &Ignored| {
            let of = ignored.collection.as_ref();
            of.is_some_and(|(base, name)| *base == config.base && **name == *collection)
        };
        let own = self.ignored.iter().filter(|(ignored, _)| is_own(ignored));
        let clauses: Vec<_> = own
            .map(|(ignored, pages)| {
                let file = path_line(&ignored.file);
                format!("`{file}` leaves out {}", pages.pages())
            })
            .collect();
        (!clauses.is_empty()).then(|| clauses.join("; "))
    }

    /// What to say of it on standard error, one line each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let ignored = self.ignored.iter().map(|(ignored, pages)| {
            let (noun, verb) = match pages.count {
                1 => ("page", "is"),
                _ => ("pages", "are"),
            };
            let collection = ignored.collection.as_ref();
            let of_collection = collection
                .map(|(_, name)| format!(" of the collection `{name}`"))
                .unwrap_or_default();
            format!(
                "{}{} {noun}{of_collection} {verb} left out by `{}`: {}",
                if pages.is_cut { "at least " } else { "" },
                pages.count,
                path_line(&ignored.file),
                pages.example_of_all()
            )
        });
        let linked_folders = self.linked_folders.note(
            "linked folder is not followed; name it to check its pages",
            "linked folders are not followed; name them to check their pages",
        );
        let outside_links = self.outside_links.iter().filter_map(|(place, links)| {
            links.note(
                &format!("link leads out of {place} and is not followed"),
                &format!("links lead out of {place} and are not followed"),
            )
        });
        let others = [
            self.dangling_links
                .note("link leads to nothing", "links lead to nothing"),
            self.special_files.note(
                "entry with the name of a page is a pipe, a socket or a device",
                "entries with the names of pages are pipes, sockets or devices",
            ),
        ];
        let links = linked_folders.into_iter().chain(outside_links);
        ignored
            .chain(links)
            .chain(others.into_iter().flatten())
            .collect()
    }
}
