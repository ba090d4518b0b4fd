//! Source files, and the list of those that findings of a run point into.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{ColumnUnit, LineIndex, Position, Span};
use crate::threads::Lock;

/// A file's text as far as it was read: a page up to the end of its front matter, a config or a
/// schema as a whole.
#[derive(Debug)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A source file; `path` is shown to users as it stands.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// The path as given by the user, or relative to the working directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text from the first byte of the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The 1-based line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32, unit: ColumnUnit) -> Position {
        self.lines().position(&self.text, offset, unit)
    }

    /// The span of a line without its line break; `line` is 1-based.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        self.lines().line_span(&self.text, line)
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Names a source file: the page that is being checked, or one of the [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

impl SourceId {
    /// The page that is being checked, whichever it is.
    pub const PAGE: Self = Self(0);
}

/// The files other than the page that findings point into: configurations, schemas, other pages.
///
/// Append-only and shared between threads. Ids depend on the order of arrival and so must never
/// be shown or sorted by.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Lock<Vec<Arc<SourceFile>>>,
}

impl SourceMap {
    /// Adds a file and gives it an id that stays valid for the whole run.
    pub fn add(&self, file: Arc<SourceFile>) -> SourceId {
        let mut files = self.files.write();
        files.push(file);
        SourceId(u32::try_from(files.len()).unwrap_or(u32::MAX))
    }

    /// The file with this id; `None` for [`SourceId::PAGE`], which the map does not hold.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<Arc<SourceFile>> {
        let index = usize::try_from(id.0).ok()?.checked_sub(1)?;
        let files = self.files.read();
        files.get(index).cloned()
    }
}

/// Every file that the findings of one page point into.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    page: &'a Arc<SourceFile>,
    others: &'a SourceMap,
}

impl<'a> Sources<'a> {
    /// The page itself, and the map that holds all other files.
    #[must_use]
    pub fn new(page: &'a Arc<SourceFile>, others: &'a SourceMap) -> Self {
        Self { page, others }
    }

    /// The file with this id.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Arc<SourceFile> {
        self.others.get(id).unwrap_or_else(|| Arc::clone(self.page))
    }
}
