//! Hands the site's upload index to the schema's `existing-path` format, and to those of dates what
//! the generator reads as one.

use std::path::Path;

use super::context::PageContext;
use crate::diagnostic::PathProblem;
use crate::dialect::Precision;
use crate::schema::formats::{Input, Paths};
use crate::site::{PagePlace, Site};
use crate::syntax::{Document, Scalar};
use crate::threads::Lock;

/// Paths as one page writes them.
pub(super) struct PagePaths<'a> {
    site: &'a Site,
    page: &'a Path,
    place: &'a PagePlace<'a>,
    /// Its effective front matter.
    document: &'a Document<'a>,
    /// The problems found so far: the schema looks up a wrong path several times, and the search for
    /// the nearest name reads a whole folder.
    problems: Lock<Vec<(String, PathProblem)>>,
}

impl<'a> PagePaths<'a> {
    pub(super) fn new(page: &'a PageContext<'_>, document: &'a Document<'a>) -> Self {
        Self {
            site: &page.folder.site,
            page: page.path,
            place: &page.place,
            document,
            problems: Lock::default(),
        }
    }
}

impl Paths for PagePaths<'_> {
    fn look_up(&self, path: &str) -> Option<PathProblem> {
        let mut problems = self.problems.write();
        if let Some((_, problem)) = problems.iter().find(|(known, _)| known == path) {
            return Some(problem.clone());
        }
        let problem = self
            .site
            .look_up(self.page, path, &|| {
                self.site.bundle_address(self.document, self.place)
            })
            .problem(path)?;
        problems.push((path.to_owned(), problem.clone()));
        Some(problem)
    }

    fn is_surely_there(&self, path: &str) -> bool {
        self.site.surely_has(path)
    }

    fn date(&self, input: &Input<'_>, key: Option<&str>) -> Option<Precision> {
        let scalar = Scalar {
            text: input.text.into(),
            style: input.style,
            value: input.value.clone(),
        };
        let syntax = self.document.block.syntax;
        self.site.date_precision(&scalar, syntax, key, self.place)
    }

    fn offset(&self, clock: &str) -> Option<(String, &str)> {
        let zone = self.site.timezone()?;
        Some((zone.offset_shown(clock)?, zone.name()))
    }

    fn refuses_dates_as_text(&self) -> bool {
        self.site.refuses_dates_as_text()
    }
}
