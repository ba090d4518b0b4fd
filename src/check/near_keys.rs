//! Keys that are near a known one: what several pages of a collection have is a key of the site, which
//! its templates read, and no slip.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::claims::ClaimHash;
use super::outcome::FileReport;
use crate::diagnostic::RuleId;

/// On so many pages of one collection a key is no slip. Two pages may be copies of each other.
const PAGES: usize = 3;

/// A key of a page that is near a known one.
pub(super) struct NearKeyUse {
    /// A hash of the site, the collection, the schema and the place of the key.
    pub(super) group: ClaimHash,
    /// The pointer of the finding about it, where there is one.
    pub(super) pointer: Option<String>,
}

/// The same, with the page.
pub(super) struct PageNearKey {
    pub(super) path: Arc<Path>,
    pub(super) used: NearKeyUse,
}

/// Drops the findings about keys that several pages have.
pub(super) fn drop_common(reports: &mut Vec<FileReport>, keys: &[PageNearKey]) {
    let mut pages: HashMap<ClaimHash, HashSet<&Path>> = HashMap::new();
    for key in keys {
        pages.entry(key.used.group).or_default().insert(&key.path);
    }
    let is_common = |key: &&PageNearKey| {
        let pages = pages.get(&key.used.group);
        pages.is_some_and(|pages| pages.len() >= PAGES)
    };
    let common: HashSet<(&Path, &str)> = keys
        .iter()
        .filter(is_common)
        .filter_map(|key| Some((&*key.path, key.used.pointer.as_deref()?)))
        .collect();
    if common.is_empty() {
        return;
    }
    for report in reports.iter_mut() {
        let path = report.source.path();
        report.findings.retain(|finding| {
            let pointer = finding.pointer.as_deref().unwrap_or_default();
            finding.rule != RuleId::UnknownKey || !common.contains(&(path, pointer))
        });
    }
    reports.retain(|report| !report.findings.is_empty());
}
