//! What one thread of a run has found so far.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::claims::PageClaim;
use super::defaults::DefaultFindings;
use super::folders::FolderContext;
use super::near_keys::PageNearKey;
use super::outcome::{FileReport, ShownFile};
use super::page_findings::PageFindings;
use super::relative_uploads::RelativePath;
use crate::diagnostic::Diagnostic;
use crate::discover::Input;
use crate::text::{SourceFile, SourceId};

/// What one thread has found so far.
#[derive(Default)]
pub(super) struct ThreadOutcome {
    /// The number of the thread's worker.
    pub(super) worker: u32,
    pub(super) reports: Vec<FileReport>,
    pub(super) files: Vec<ShownFile>,
    pub(super) defaults: DefaultFindings,
    /// Findings about schemas, each once.
    pub(super) failures: Vec<Diagnostic>,
    /// The claims that another page had made before.
    pub(super) claims: Vec<PageClaim>,
    /// The keys that are near a known one.
    pub(super) near_keys: Vec<PageNearKey>,
    /// The places of paths that lack their slash.
    pub(super) relative_paths: Vec<RelativePath>,
    pub(super) suppressed: usize,
    /// How many files no schema is configured for.
    pub(super) without_schema: usize,
    /// How many files have no front matter, so that their schema was not applied.
    pub(super) schema_unapplied: usize,
    /// Named files that are not pages.
    pub(super) other_files: Vec<PathBuf>,
    /// The roots of sites whose generator's configuration is among the inputs.
    pub(super) named_configs: BTreeSet<PathBuf>,
}

impl ThreadOutcome {
    /// Adds a finished page; `text` is its beginning.
    pub(super) fn add(
        &mut self,
        input: &Input,
        folder: &Arc<FolderContext>,
        text: String,
        mut page: PageFindings,
    ) {
        self.suppressed += page.suppressed;
        self.without_schema += usize::from(page.is_without_schema);
        self.schema_unapplied += usize::from(page.is_schema_unapplied);
        self.defaults.add(page.of_defaults);
        for failure in page.failures {
            let primary = failure.primary.as_ref();
            match primary.is_some_and(|label| label.source == SourceId::PAGE) {
                true => page.findings.push(failure),
                false => self.add_failure(failure),
            }
        }
        let path: Arc<Path> = input.path.as_path().into();
        let near_keys = page.near_keys.into_iter().map(|used| PageNearKey {
            path: Arc::clone(&path),
            used,
        });
        self.near_keys.extend(near_keys);
        self.relative_paths.extend(page.relative_paths);
        self.files.push(ShownFile {
            path,
            schema: page.schema,
        });
        if page.findings.is_empty() && page.claims.is_empty() {
            return;
        }
        let source = Arc::new(SourceFile::new(&input.path, text));
        let claims = page.claims.into_iter();
        self.claims.extend(claims.map(|kept| PageClaim {
            source: Arc::clone(&source),
            folder: Arc::clone(folder),
            kept,
        }));
        if !page.findings.is_empty() {
            self.reports.push(FileReport {
                source,
                findings: page.findings,
                merged: page.merged,
                page: Some(input.origin),
            });
        }
    }

    fn add_failure(&mut self, failure: Diagnostic) {
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    /// Adds what another thread has found.
    pub(super) fn merge(mut self, other: Self) -> Self {
        self.reports.extend(other.reports);
        self.files.extend(other.files);
        self.defaults.merge(other.defaults);
        for failure in other.failures {
            self.add_failure(failure);
        }
        self.claims.extend(other.claims);
        self.near_keys.extend(other.near_keys);
        self.relative_paths.extend(other.relative_paths);
        self.suppressed += other.suppressed;
        self.without_schema += other.without_schema;
        self.schema_unapplied += other.schema_unapplied;
        self.other_files.extend(other.other_files);
        self.named_configs.extend(other.named_configs);
        self
    }
}
