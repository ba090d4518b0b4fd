//! Keys that a page may have from other files than its own. The search is simple, since it is made
//! only for a page that lacks a key and is about to be reported.
//!
//! Must not decide that a key exists: conditions and code are not followed. The result is a note.

use std::path::Path;

use super::config_file::MOST_SEARCHED;
use super::program::Program;
use crate::dialect::Dialect;
use crate::files::{self, Boundary};
use crate::syntax::{Block, Document, FenceRules, Syntax, parse};
use crate::text::SourceId;

/// A search for a key that a page lacks.
pub struct KeySearch<'a> {
    pub root: &'a Path,
    pub boundary: &'a Boundary,
    pub dialect: Dialect,
    pub fences: &'a FenceRules,
    /// The generator's configuration file, relative to the root.
    pub config: Option<&'static str>,
    /// The page, relative to the root.
    pub page: &'a str,
}

impl KeySearch<'_> {
    /// A function of the configuration that may give a page a key.
    pub(super) fn hook(&self, function: &str, key: &str) -> Option<String> {
        let name = self.config?;
        let config = self.program(name);
        (config.mentions(function) && config.mentions(key))
            .then(|| format!("`{function}` in `{name}` may give `{key}`"))
    }

    /// A program of the site; an empty one where it cannot be read.
    pub(super) fn program(&self, name: &str) -> Program {
        Program::new(&String::from_utf8_lossy(
            &self.bytes(name).unwrap_or_default(),
        ))
    }

    /// Whether a data file has the key at its root.
    pub(super) fn data_has(&self, name: &str, syntax: Syntax, key: &str) -> bool {
        self.read(name).is_some_and(|text| {
            let document = self.parse(&text, &Block::whole(syntax, &text));
            document.is_some_and(|document| document.get(document.root(), key).is_some())
        })
    }

    fn parse<'s>(&self, text: &'s str, block: &Block) -> Option<Document<'s>> {
        parse(text, block, self.dialect, SourceId::PAGE).document
    }

    fn read(&self, name: &str) -> Option<String> {
        String::from_utf8(self.bytes(name)?).ok()
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        files::read_up_to(MOST_SEARCHED, &self.root.join(name), self.boundary).ok()
    }

    /// The folders of the page's path, from its own up to the root: `a/b`, `a`, and the empty one.
    pub(super) fn folders_above(&self) -> impl Iterator<Item = &str> {
        let own = self.page.rsplit_once('/').map_or("", |(folder, _)| folder);
        std::iter::successors(Some(own), |folder| {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            (!folder.is_empty()).then_some(above)
        })
    }
}

/// A file of a folder of the site, relative to the root.
pub(super) fn in_folder(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}
