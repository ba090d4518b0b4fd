//! What one thread of a run has put together so far.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cross::{Claims, Mark};
use super::defaults::Gathered;
use super::outcome::{FileReport, ShownFile};
use super::page::{Checked, Governed, Governing};
use crate::diagnostic::Diagnostic;
use crate::discover::Origin;
use crate::read::Reader;
use crate::text::{SourceFile, SourceId};

/// What one thread has put together so far.
#[derive(Default)]
pub(super) struct Partial {
    pub(super) reports: Vec<FileReport>,
    pub(super) files: Vec<ShownFile>,
    pub(super) defaults: Gathered,
    /// Findings about schemas, each once.
    pub(super) failures: Vec<Diagnostic>,
    pub(super) suppressed: usize,
    pub(super) claims: Claims,
    /// How many files no schema is meant for.
    pub(super) ungoverned: usize,
    /// How many files have no front matter, so that the schema meant for them was not applied.
    pub(super) unapplied: usize,
    /// Named files that are not pages.
    pub(super) other_files: Vec<PathBuf>,
    /// The roots of sites whose generator's configuration is among the inputs.
    pub(super) named_configs: BTreeSet<PathBuf>,
}

impl Partial {
    pub(super) fn keep(
        &mut self,
        mut checked: Checked,
        text: String,
        claims: &[Mark],
        (path, origin): (&Path, Origin),
        reader: &mut Reader,
    ) {
        self.suppressed += checked.suppressed;
        let shown: Arc<Path> = path.into();
        self.claims.add(self.files.len(), claims);
        self.defaults.add(checked.of_defaults);
        for failure in checked.failures {
            let in_page = failure
                .primary
                .as_ref()
                .is_some_and(|label| label.source == SourceId::PAGE);
            if in_page {
                checked.findings.push(failure);
            } else {
                self.fail(failure);
            }
        }
        self.files.push(ShownFile {
            path: shown,
            schema: checked.schema.map(|governed| self.named(&governed)),
        });
        if checked.findings.is_empty() {
            reader.recycle(text);
        } else {
            let source = Arc::new(SourceFile::new(path, text));
            let findings = checked.findings;
            self.reports.push(FileReport {
                source,
                findings,
                merged: checked.merged,
                page: Some(origin),
            });
        }
    }

    fn fail(&mut self, failure: Diagnostic) {
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    /// The name of a schema and where the choice came from, shared with the last file's where they
    /// are the same.
    fn named(&self, governed: &Governed) -> Arc<(String, Governing)> {
        let (schema, why) = &**governed;
        let last = self.files.last().and_then(|file| file.schema.as_ref());
        match last.filter(|last| last.0 == schema.name() && last.1 == *why) {
            Some(last) => Arc::clone(last),
            None => Arc::new((schema.name().to_owned(), why.clone())),
        }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.claims.merge(other.claims, self.files.len());
        self.reports.extend(other.reports);
        self.files.extend(other.files);
        self.defaults.merge(other.defaults);
        for failure in other.failures {
            self.fail(failure);
        }
        self.suppressed += other.suppressed;
        self.ungoverned += other.ungoverned;
        self.unapplied += other.unapplied;
        self.other_files.extend(other.other_files);
        self.named_configs.extend(other.named_configs);
        self
    }
}
