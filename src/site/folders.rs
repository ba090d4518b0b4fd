//! A site whose pages are told by the folder they lie in: every generator but Jekyll.

use std::path::Path;

use globset::GlobSet;
use ignore::gitignore::Gitignore;

use super::generators::jekyll::Served;
use super::place::{PageKind, PagePlace};
use super::uploads::UploadRoot;
use crate::text::SourceId;

/// What the folders of a site hold. All paths are relative to its root, with `/`.
#[derive(Debug)]
pub(super) struct Folders {
    /// Folders whose files are pages; the empty one is the whole site.
    pub content: Vec<String>,
    /// Folders that hold no page, wherever they lie: what the generator fills, templates.
    pub apart: Vec<String>,
    /// Which files of a content folder are pages, by their path below it.
    pub is_page: fn(&str) -> bool,
    /// Further files that are not pages.
    pub ignored: Ignored,
    /// The label of a page's collection, by its path from the site's root.
    pub collection: fn(&str) -> Option<&str>,
    /// The folder whose files a relative URL is resolved against.
    pub source: String,
    /// The path that the site is mounted at.
    pub base: String,
    /// URL prefixes and the folders served under them, in the order they are asked.
    pub served: Vec<(String, String)>,
    /// What a path may begin with in place of a folder: `@site` of Docusaurus.
    pub aliases: Vec<(&'static str, String)>,
    /// The configuration file, where findings can point into it.
    pub config: Option<SourceId>,
}

/// Files that the configuration takes out of the pages.
#[derive(Debug, Default)]
pub(super) enum Ignored {
    #[default]
    Nothing,
    /// Globs, on paths below the content folder.
    Globs(GlobSet),
    /// A list as `.gitignore` has it, on paths below the content folder.
    List(Box<Gitignore>),
}

impl Ignored {
    /// Globs as most JavaScript tools read them; those that cannot be read are left out.
    pub(super) fn globs<'g>(globs: impl Iterator<Item = &'g str>) -> Self {
        let mut set = GlobSet::builder();
        for glob in globs {
            if let Ok(glob) = globset::GlobBuilder::new(glob)
                .literal_separator(true)
                .build()
            {
                set.add(glob);
            }
        }
        set.build().map_or(Self::Nothing, Self::Globs)
    }

    fn takes_out(&self, path: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Globs(globs) => globs.is_match(path),
            Self::List(list) => list
                .matched_path_or_any_parents(Path::new(path), false)
                .is_ignore(),
        }
    }
}

impl Default for Folders {
    fn default() -> Self {
        Self {
            content: vec![String::new()],
            apart: Vec::new(),
            is_page: |_| true,
            ignored: Ignored::Nothing,
            collection: |_| None,
            source: String::new(),
            base: String::new(),
            served: Vec::new(),
            aliases: Vec::new(),
            config: None,
        }
    }
}

impl Folders {
    /// What the generator makes of the file at `path`, relative to the site's root.
    pub(super) fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let inside = self.content.iter().find_map(|folder| below(path, folder));
        let hidden = path.split('/').any(|segment| segment.starts_with('.'));
        let packages = path.split('/').any(|segment| segment == "node_modules");
        let apart = self.apart.iter().any(|folder| {
            !folder.is_empty() && below(path, folder).is_some_and(|rest| rest != path)
        });
        let page = inside.filter(|rest| {
            !hidden && !packages && !apart && (self.is_page)(rest) && !self.ignored.takes_out(rest)
        });
        match page {
            Some(rest) => {
                let kind = (self.collection)(path)
                    .map_or(PageKind::Page, |label| PageKind::Collection(label.into()));
                PagePlace::new(kind, rest)
            }
            None => PagePlace::new(PageKind::Unrendered, path),
        }
    }

    /// Why the generator makes no page of the file at `path`, relative to the site's root; a clause.
    pub(super) fn why_unrendered(&self, path: &str, generator: &str) -> String {
        let is_in = |folder: &&String| !folder.is_empty() && below(path, folder).is_some();
        if let Some(folder) = self.apart.iter().find(is_in) {
            return format!("{generator} reads no pages from `{folder}`");
        }
        let inside = self.content.iter().find_map(|folder| below(path, folder));
        match inside {
            None => {
                let folders: Vec<_> = self.content.iter().map(|it| format!("`{it}`")).collect();
                format!("{generator} reads pages only from {}", folders.join(", "))
            }
            Some(rest) if self.ignored.takes_out(rest) => {
                format!("the configuration of {generator} leaves out `{path}`")
            }
            Some(_) => format!("{generator} makes no page of `{path}`"),
        }
    }

    /// The roots that serve files. `shown` is how users see the site's root.
    pub(super) fn roots(&self, root: &Path, shown: &str) -> Vec<UploadRoot<Served>> {
        let shown = |folder: &str| match (shown, folder) {
            ("", folder) => folder.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, folder) => format!("{shown}/{folder}"),
        };
        let aliases = self.aliases.iter();
        let aliases = aliases.map(|(alias, folder)| (*alias, folder.as_str()));
        let served = self.served.iter();
        let served = served.map(|(url, folder)| (url.as_str(), folder.as_str()));
        served
            .chain(aliases)
            .map(|(url, folder)| {
                let root = root.to_owned();
                UploadRoot::new(url, root, folder, shown(folder), Served::Configured)
            })
            .collect()
    }

    /// Whether a path begins with an alias.
    pub(super) fn is_aliased(&self, path: &str) -> bool {
        let mut aliases = self.aliases.iter();
        aliases.any(|(alias, _)| {
            path.strip_prefix(alias)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// A path below a folder; the path itself where the folder is empty.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}
