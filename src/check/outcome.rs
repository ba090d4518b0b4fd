//! What a run found.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::page_schema::PageSchema;
use crate::diagnostic::{Diagnostic, Merged, Problem, RuleId};
use crate::discover::{Origin, WalkReport};
use crate::paths;
use crate::text::{SourceFile, Span};

/// One file with findings.
#[derive(Debug)]
pub struct FileReport {
    /// The file the findings are about.
    pub source: Arc<SourceFile>,
    /// Its findings, in the order of their places.
    pub findings: Vec<Diagnostic>,
    /// Findings in whose place one of `findings` is reported that is as severe. They are reported
    /// where a baseline lists that one alone.
    pub merged: Vec<Merged>,
    /// Where the page comes from that the file is; `None` for a file that is not a page.
    pub page: Option<Origin>,
}

impl FileReport {
    /// A report without merged findings.
    #[must_use]
    pub fn new(source: Arc<SourceFile>, findings: Vec<Diagnostic>, page: Option<Origin>) -> Self {
        Self {
            source,
            findings,
            merged: Vec::new(),
            page,
        }
    }
}

/// A file as `--show-files` lists it.
#[derive(Clone, Debug)]
pub struct ShownFile {
    /// The path as given, or relative to the working directory.
    pub path: Arc<Path>,
    /// `None` where no schema applies.
    pub schema: Option<Arc<PageSchema>>,
}

/// A remark about the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What was done, or was not.
    pub message: String,
    /// What to do about it; may have several lines.
    pub help: String,
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files with findings, by path.
    pub reports: Vec<FileReport>,
    /// Every file checked, in no certain order.
    pub files: Vec<ShownFile>,
    /// What was left out and could not be read while folders were walked.
    pub walk: WalkReport,
    /// What makes the exit status 2 in addition to findings.
    pub failures: Vec<Problem>,
    /// Remarks about the run itself.
    pub notes: Vec<String>,
    /// The remark that files were checked without a schema.
    pub without_schema: Option<Note>,
    /// The remark that files have no front matter for a schema to apply to.
    pub without_front_matter: Option<Note>,
    /// How many of the files no schema is configured for.
    pub without_schema_count: usize,
    /// How many of the files have no front matter, so that their schema was not applied.
    pub schema_unapplied: usize,
    /// Named files that are not pages, by path.
    pub other_files: Vec<PathBuf>,
    /// How many findings `[[ignore]]` entries and comments suppressed.
    pub suppressed: usize,
    /// How many findings a baseline suppressed.
    pub baselined: usize,
    /// How many findings were not asked for ([`Outcome::keep`]).
    pub unselected: usize,
}

impl Outcome {
    /// Keeps the findings for which `is_wanted` holds, and counts the others.
    pub fn keep(&mut self, is_wanted: impl Fn(&Diagnostic) -> bool) {
        for report in &mut self.reports {
            let before = report.findings.len();
            report.findings.retain(&is_wanted);
            self.unselected += before - report.findings.len();
        }
        self.reports.retain(|report| !report.findings.is_empty());
    }

    /// Every file checked, by path. Sorted on demand, since few callers need the order.
    #[must_use]
    pub fn files_by_path(&self) -> Vec<&ShownFile> {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_unstable_by(|a, b| paths::order(&a.path, &b.path));
        files
    }
}

/// Merges the reports of each file, and sorts them by path.
pub(super) fn by_file(mut reports: Vec<FileReport>) -> Vec<FileReport> {
    reports.sort_by(|a, b| paths::order(a.source.path(), b.source.path()));
    reports.dedup_by(|next, report| {
        let is_same = next.source.path() == report.source.path();
        if is_same {
            report.findings.append(&mut next.findings);
            report.merged.append(&mut next.merged);
            report.page = report.page.or(next.page);
        }
        is_same
    });
    for report in &mut reports {
        sort_findings(&mut report.findings);
    }
    reports
}

/// Sorts findings by their place, then by rule and message, and drops repetitions.
pub(super) fn sort_findings(findings: &mut Vec<Diagnostic>) {
    fn key(finding: &Diagnostic) -> (Option<Span>, RuleId, &str) {
        let span = finding.primary.as_ref().map(|label| label.span);
        (span, finding.rule, &finding.message)
    }
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup();
}
