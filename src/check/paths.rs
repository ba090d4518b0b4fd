//! Hands the site's upload index to the schema's `existing-path` format.

use std::path::Path;

use crate::schema::formats::{PathProblem, Paths};
use crate::site::Site;

/// Paths as one page writes them.
pub(super) struct OfPage<'a> {
    pub(super) site: &'a Site,
    pub(super) page: &'a Path,
}

impl Paths for OfPage<'_> {
    fn look_up(&self, path: &str) -> Option<PathProblem> {
        let finding = self.site.look_up(self.page, path).finding(path)?;
        Some(PathProblem {
            rule: finding.rule,
            message: finding.message,
            help: finding.help,
            replacement: finding.replacement,
        })
    }
}
