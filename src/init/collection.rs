//! One collection of pages: its folders, and the patterns that match its pages and no others.

use std::collections::BTreeSet;
use std::path::Path;

use crate::config::literal;
use crate::site::is_well_known;

/// Pages that belong together.
#[derive(Debug, Default)]
pub(super) struct FoundCollection {
    pub(super) name: String,
    /// The bundled schema of its pages.
    pub(super) base: Option<&'static str>,
    /// The folders all pages of which belong to it, with `/` at their ends.
    pub(super) folders: BTreeSet<String>,
    /// The folder whose own files belong to it, with `/` at its end; empty for the working directory.
    pub(super) own_files: Option<String>,
    /// The extensions of its pages.
    pub(super) extensions: BTreeSet<String>,
    /// The name of all its files, where the generator reads those in another way than others, as
    /// `_index.md`; they are anywhere below `folders`.
    pub(super) file_name: Option<String>,
    /// Its pages, where their paths alone choose `base`: nothing is drawn from them.
    pub(super) well_known: BTreeSet<String>,
}

impl FoundCollection {
    /// A collection without pages.
    pub(super) fn new(name: &str, base: Option<&'static str>) -> Self {
        Self {
            name: file_name(name),
            base,
            ..Self::default()
        }
    }

    /// Whether the paths of its pages choose their schema.
    pub(super) fn is_well_known(&self) -> bool {
        !self.well_known.is_empty()
    }

    /// Whether one of its patterns matches a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.extensions.contains(extension_of(path)) && self.covers(path)
    }

    /// Whether a file is in one of its folders.
    pub(super) fn covers(&self, path: &str) -> bool {
        let is_own = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str());
            rest.is_some_and(|rest| !rest.contains('/'))
        };
        let is_in_folder = || {
            let ends = path.match_indices('/').map(|(at, _)| at + 1);
            let mut above = ends.map(|end| &path[..end]);
            self.folders.contains("") || above.any(|folder| self.folders.contains(folder))
        };
        if let Some(name) = &self.file_name
            && path.rsplit('/').next() != Some(name)
        {
            return false;
        }
        self.well_known.contains(path)
            || self.own_files.as_ref().is_some_and(is_own)
            || is_in_folder()
    }

    /// The patterns that match its pages.
    pub(super) fn patterns(&self) -> Vec<String> {
        if self.is_well_known() {
            return self.well_known_patterns();
        }
        let extensions: Vec<_> = self.extensions.iter().map(String::as_str).collect();
        let files = match extensions.as_slice() {
            [extension] => format!("*.{extension}"),
            extensions => format!("*.{{{}}}", extensions.join(",")),
        };
        let files = match &self.file_name {
            Some(name) => literal(name),
            None => files,
        };
        let own = self.own_files.iter();
        let own = own.map(|folder| format!("{}{files}", literal(folder)));
        let folders = self.folders.iter();
        let below = folders.map(|folder| format!("{}**/{files}", literal(folder)));
        own.chain(below).collect()
    }

    /// One pattern where the name alone says it, as `SKILL.md`; else one for each folder.
    fn well_known_patterns(&self) -> Vec<String> {
        let split = |path: &'_ String| {
            let at = path.rfind('/').map_or(0, |at| at + 1);
            (path[..at].to_owned(), path[at..].to_owned())
        };
        let names: BTreeSet<_> = self.well_known.iter().map(|path| split(path).1).collect();
        match names.iter().next() {
            Some(name) if names.len() == 1 && is_well_known(Path::new(name)) => {
                vec![format!("**/{}", literal(name))]
            }
            _ => {
                let folders: BTreeSet<_> =
                    self.well_known.iter().map(|path| split(path).0).collect();
                let folders = folders.iter();
                folders
                    .map(|folder| format!("{}*.md", literal(folder)))
                    .collect()
            }
        }
    }
}

/// A name that is one of a file on every system.
fn file_name(name: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name
        .chars()
        .map(|c| if is_kept(c) { c } else { '-' })
        .take(60)
        .collect();
    match name.trim_matches('-') {
        "" => "pages".to_owned(),
        name => name.to_owned(),
    }
}

/// What follows the last dot of a file's name.
pub(super) fn extension_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
