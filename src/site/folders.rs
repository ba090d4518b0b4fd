//! The folders of a site: which hold its pages and which are served.

use std::path::Path;

use globset::GlobSet;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::place::{PageKind, PagePlace};

/// The folders of a site. All paths are relative to its root, with `/`.
#[derive(Debug)]
pub struct Folders {
    /// Folders whose files are pages; the empty one is the whole site.
    pub content: Vec<String>,
    /// Folders beside the site's root whose files are pages too, as `../docs`. Their pages have the same
    /// paths as if the folders were in the root.
    pub outside: Vec<String>,
    /// Folders within those that hold no page: what the generator fills, templates.
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
    /// The folders that are served; the first that has a file serves it.
    pub served: Vec<ServedFolder>,
    /// What a path may begin with in place of a folder, such as `@site`.
    pub aliases: Vec<(&'static str, String)>,
    /// Whether the URL of a page has no `.html` unless it is configured so.
    pub has_bare_urls: bool,
    /// Whether plugins take a path in front matter from the folder of the configuration.
    pub has_root_paths: bool,
}

/// A folder that is served under a URL prefix.
#[derive(Debug)]
pub struct ServedFolder {
    pub url: String,
    pub folder: String,
    /// Where the generator publishes only some of its files: what it calls the folder.
    pub filter: Option<String>,
}

impl ServedFolder {
    /// A folder all files of which are served from the root of the site.
    pub(super) fn at_root(folder: impl Into<String>) -> Self {
        Self::at("", folder)
    }

    /// A folder all files of which are served below this URL.
    pub(super) fn at(url: impl Into<String>, folder: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            folder: folder.into(),
            filter: None,
        }
    }
}

/// Files that the configuration takes out of the pages, by their paths below the content folder.
#[derive(Debug, Default)]
pub enum Ignored {
    #[default]
    Nothing,
    Globs(GlobSet),
    /// A list in the language of `.gitignore`.
    List(Box<Gitignore>),
}

impl Ignored {
    /// Globs as most JavaScript tools read them; those that cannot be read are left out.
    pub(super) fn globs<'g>(globs: impl IntoIterator<Item = &'g str>) -> Self {
        let mut set = GlobSet::builder();
        for glob in globs {
            let glob = globset::GlobBuilder::new(glob)
                .literal_separator(true)
                .build();
            if let Ok(glob) = glob {
                set.add(glob);
            }
        }
        set.build().map_or(Self::Nothing, Self::Globs)
    }

    /// A list in the language of `.gitignore`; lines that cannot be read are left out.
    pub(super) fn list<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut list = GitignoreBuilder::new("");
        for line in lines {
            let _ = list.add_line(None, line);
        }
        list.build()
            .map_or(Self::Nothing, |list| Self::List(Box::new(list)))
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
            outside: Vec::new(),
            apart: Vec::new(),
            is_page: |_| true,
            ignored: Ignored::Nothing,
            collection: |_| None,
            source: String::new(),
            base: String::new(),
            served: Vec::new(),
            aliases: Vec::new(),
            has_bare_urls: true,
            has_root_paths: false,
        }
    }
}

impl Folders {
    /// What the generator takes the file at `path` for.
    pub(super) fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let is_unread = |segment: &str| segment.starts_with('.') || segment == "node_modules";
        let is_apart = |folder: &String| {
            !folder.is_empty() && below(path, folder).is_some_and(|rest| rest != path)
        };
        let page = self.below_content(path).filter(|rest| {
            !path.split('/').any(is_unread)
                && !self.apart.iter().any(is_apart)
                && (self.is_page)(rest)
                && !self.ignored.takes_out(rest)
        });
        match (page, (self.collection)(path)) {
            (Some(rest), Some(label)) => PagePlace::new(PageKind::Collection(label.into()), rest),
            (Some(rest), None) => PagePlace::new(PageKind::Page, rest),
            (None, _) => PagePlace::new(PageKind::Unrendered, path),
        }
    }

    /// Why the generator makes no page of the file at `path`; a clause.
    pub(super) fn why_unrendered(&self, path: &str, generator: &str) -> String {
        let is_in = |folder: &&String| !folder.is_empty() && below(path, folder).is_some();
        if let Some(folder) = self.apart.iter().find(is_in) {
            return format!("{generator} reads no pages from `{folder}`");
        }
        match self.below_content(path) {
            None => {
                let folders = self.content.iter().map(|folder| format!("`{folder}`"));
                let folders = folders.collect::<Vec<_>>().join(", ");
                format!("{generator} reads pages only from {folders}")
            }
            Some(rest) if self.ignored.takes_out(rest) => {
                format!("the configuration of {generator} leaves out `{path}`")
            }
            Some(_) => format!("{generator} makes no page of `{path}`"),
        }
    }

    /// The path below the first content folder that has it.
    fn below_content<'p>(&self, path: &'p str) -> Option<&'p str> {
        self.content.iter().find_map(|folder| below(path, folder))
    }

    /// Whether a path begins with an alias.
    pub(super) fn is_aliased(&self, path: &str) -> bool {
        let mut aliases = self.aliases.iter();
        aliases.any(|(alias, _)| {
            let rest = path.strip_prefix(alias);
            rest.is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// A path below a folder; the path itself where the folder is empty.
pub(super) fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}
