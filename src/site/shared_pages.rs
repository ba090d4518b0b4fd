//! Reading a page whose front matter gives keys to other pages.

use std::path::Path;
use std::sync::Arc;

use super::config_file::MOST_SEARCHED;
use crate::dialect::Dialect;
use crate::files::{self, Boundary};
use crate::syntax::{Document, Extraction, FenceRules, extract, parse};
use crate::text::{SourceFile, SourceMap};

/// How such a page is read.
pub struct SharedPages<'a> {
    pub root: &'a Path,
    /// The root as shown to users; empty for the working directory.
    pub shown: &'a Path,
    pub boundary: &'a Boundary,
    pub dialect: Dialect,
    pub fences: &'a FenceRules,
    pub sources: &'a SourceMap,
}

impl SharedPages<'_> {
    /// The names in a folder.
    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let folder = self.boundary.resolve(&self.root.join(folder));
        folder.map_or_else(|_| Vec::new(), |folder| files::names(&folder))
    }

    /// The front matter of a page (relative to the root) that mentions a word, which is in small
    /// letters. What is wrong with it is reported where the page itself is checked.
    pub(super) fn read(&self, name: &str, word: &str) -> Option<Document<'static>> {
        let path = self.root.join(name);
        files::kind(&path)?;
        let bytes = files::read_up_to(MOST_SEARCHED, &path, self.boundary).ok()?;
        let mut windows = bytes.windows(word.len());
        if !windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes())) {
            return None;
        }
        let text = String::from_utf8(bytes).ok()?;
        let block = match extract(text.as_bytes(), true, self.fences) {
            Extraction::Found(block) => block,
            Extraction::Broken(_, block) => block?,
            Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => return None,
        };
        let file = Arc::new(SourceFile::new(self.shown.join(name), text));
        let source = self.sources.add(Arc::clone(&file));
        let parsed = parse(file.text(), &block, self.dialect, source);
        parsed.document.map(Document::into_owned)
    }
}
