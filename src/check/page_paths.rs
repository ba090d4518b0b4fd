//! Hands the site's upload index to the schema's `existing-path` format, and to those of dates what
//! Hugo reads as one.

use std::path::Path;

use crate::diagnostic::PathProblem;
use crate::dialect::{Timestamp, hugo_date};
use crate::schema::formats::Paths;
use crate::site::{Generator, Site};
use crate::threads::Lock;

/// Paths as one page writes them.
pub(super) struct OfPage<'a> {
    site: &'a Site,
    page: &'a Path,
    /// What was found wrong so far: the schema asks of a wrong path several times, and the nearest
    /// name is searched among all of a folder.
    wrong: Lock<Vec<(String, PathProblem)>>,
}

impl<'a> OfPage<'a> {
    pub(super) fn new(site: &'a Site, page: &'a Path) -> Self {
        Self {
            site,
            page,
            wrong: Lock::default(),
        }
    }
}

impl Paths for OfPage<'_> {
    fn look_up(&self, path: &str) -> Option<PathProblem> {
        let mut wrong = self.wrong.write();
        if let Some((_, problem)) = wrong.iter().find(|(known, _)| known == path) {
            return Some(problem.clone());
        }
        let problem = self.site.look_up(self.page, path).problem(path)?;
        wrong.push((path.to_owned(), problem.clone()));
        Some(problem)
    }

    fn is_surely_there(&self, path: &str) -> bool {
        self.site.plainly_has(path)
    }

    fn date(&self, text: &str) -> Option<Timestamp> {
        let date = hugo_date(text).filter(|_| self.site.generator() == Generator::Hugo)?;
        // A time of day is one of the first day of all.
        (date.year > 0).then_some(date)
    }
}
