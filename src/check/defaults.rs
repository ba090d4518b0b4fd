//! Findings about a generator's defaults: each reported once, with the number of pages it reaches.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::allow_comments::AllowComments;
use super::context::RunContext;
use super::folders::FolderContext;
use super::outcome::{FileReport, Outcome};
use crate::config::is_markdown;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// What distinguishes one fault of a default from another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FaultKey {
    source: SourceId,
    span: Span,
    rule: RuleId,
    message: String,
}

/// The findings about all defaults, collected page by page.
#[derive(Default)]
pub(super) struct DefaultFindings {
    /// Each with the number of pages that it reaches.
    faults: BTreeMap<FaultKey, (Diagnostic, usize)>,
}

impl DefaultFindings {
    /// Adds the findings about defaults that reach one page.
    pub(super) fn add(&mut self, findings: Vec<Diagnostic>) {
        for finding in findings {
            let Some(label) = &finding.primary else {
                continue;
            };
            let fault = FaultKey {
                source: label.source,
                span: label.span,
                rule: finding.rule,
                message: finding.message.clone(),
            };
            self.count(fault, finding, 1);
        }
    }

    /// Adds what another thread has collected.
    pub(super) fn merge(&mut self, other: Self) {
        for (fault, (finding, pages)) in other.faults {
            self.count(fault, finding, pages);
        }
    }

    /// A fault has the greatest severity and one help of all pages that it reaches, in whatever order
    /// the pages come.
    fn count(&mut self, fault: FaultKey, finding: Diagnostic, pages: usize) {
        match self.faults.entry(fault) {
            Entry::Vacant(vacant) => {
                vacant.insert((finding, pages));
            }
            Entry::Occupied(mut occupied) => {
                let (known, reached) = occupied.get_mut();
                let severity = known.severity.max(finding.severity);
                if advice(&finding) < advice(known) {
                    *known = finding;
                }
                known.severity = severity;
                *reached += pages;
            }
        }
    }

    /// Leaves only what is wrong with the configuration: pages that give keys to others are not among
    /// the inputs.
    pub(super) fn of_configuration(mut self, sources: &SourceMap) -> Self {
        self.faults.retain(|fault, _| {
            let source = sources.get(fault.source);
            source.is_some_and(|source| !is_markdown(source.path()))
        });
        self
    }

    /// Adds one report for each file with defaults. Where that is a page that reports the same
    /// itself, its finding says how many pages the default reaches.
    pub(super) fn report(self, run: &RunContext<'_>, outcome: &mut Outcome) {
        let mut by_source: BTreeMap<SourceId, Vec<(FaultKey, Diagnostic, usize)>> = BTreeMap::new();
        for (fault, (finding, pages)) in self.faults {
            let of_source = by_source.entry(fault.source).or_default();
            of_source.push((fault, finding, pages));
        }
        for (source, faults) in by_source {
            let Some(source) = run.sources.get(source) else {
                continue;
            };
            let mut page = PageReport::of(run, &source, outcome);
            let mut findings = Vec::new();
            for (fault, finding, pages) in faults {
                findings.extend(page.unreported(&fault, finding, pages));
            }
            outcome.suppressed += page.suppressed;
            outcome
                .reports
                .push(FileReport::new(source, findings, None));
        }
    }
}

/// The page that gives a default, where a page does: its findings, and what it suppresses.
struct PageReport<'o> {
    findings: Option<&'o mut Vec<Diagnostic>>,
    source: Arc<SourceFile>,
    folder: Option<Arc<FolderContext>>,
    comments: Option<AllowComments>,
    suppressed: usize,
}

impl<'o> PageReport<'o> {
    fn of(run: &RunContext<'_>, source: &Arc<SourceFile>, outcome: &'o mut Outcome) -> Self {
        let path = source.path();
        let is_page = is_markdown(path);
        let mut reports = outcome.reports.iter_mut();
        let report = reports.find(|report| report.page.is_some() && report.source.path() == path);
        Self {
            findings: report.map(|report| &mut report.findings),
            source: Arc::clone(source),
            folder: is_page.then(|| run.folders.of(path)).flatten(),
            comments: is_page.then(|| AllowComments::of_lines(source.text())),
            suppressed: 0,
        }
    }

    /// The finding about a default, unless the page reports or suppresses it itself.
    fn unreported(
        &mut self,
        fault: &FaultKey,
        finding: Diagnostic,
        pages: usize,
    ) -> Option<Diagnostic> {
        let mut own = self
            .findings
            .iter_mut()
            .flat_map(|findings| findings.iter_mut());
        let is_same = |own: &&mut Diagnostic| {
            let span = own.primary.as_ref().map(|label| label.span);
            span == Some(fault.span) && own.rule == fault.rule && own.message == fault.message
        };
        if let Some(own) = own.find(is_same) {
            let pages = pages + usize::from(own.pointer == finding.pointer);
            add_reach(own, pages);
            own.severity = own.severity.max(finding.severity);
            return None;
        }
        let pointer = finding.pointer.as_deref();
        let is_ignored = self.folder.as_ref().is_some_and(|folder| {
            let path = self.source.path();
            folder.config.is_ignored(path, finding.rule, pointer)
        });
        let mut comments = self.comments.iter_mut();
        if is_ignored
            || comments.any(|comments| comments.allow_at(fault.rule, Some(fault.span.start)))
        {
            self.suppressed += 1;
            return None;
        }
        let mut finding = finding;
        add_reach(&mut finding, pages);
        Some(finding)
    }
}

fn add_reach(finding: &mut Diagnostic, pages: usize) {
    let reach = match pages {
        1 => "this default reaches 1 page".to_owned(),
        _ => format!("this default reaches {pages} pages"),
    };
    finding.help = Some(match finding.help.take() {
        Some(help) => format!("{help}; {reach}"),
        None => reach,
    });
}

/// What a finding says about its repair, in the order of preference: a fix that is right for one page
/// may be wrong for another, so findings without one come first.
fn advice(finding: &Diagnostic) -> (bool, Option<&str>, Option<&str>) {
    let fix = finding.fix.as_ref();
    let title = fix.map(|fix| fix.title.as_str());
    (fix.is_some(), finding.help.as_deref(), title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn a_fault_has_one_severity_and_help_in_any_order_of_pages() {
        let pages = [
            (Severity::Warning, "did you mean this?"),
            (Severity::Error, "the only key"),
            (Severity::Warning, "another"),
        ];
        for shift in 0..pages.len() {
            let mut all = DefaultFindings::default();
            for page in 0..pages.len() {
                let (severity, help) = pages[(page + shift) % pages.len()];
                let finding = Diagnostic::new(RuleId::UnknownKey, "unknown")
                    .at_source(SourceId::PAGE, Span::new(1, 2), "")
                    .severity(severity)
                    .help(help);
                let mut of_page = DefaultFindings::default();
                of_page.add(vec![finding]);
                all.merge(of_page);
            }
            let found: Vec<_> = all.faults.values().collect();
            assert_eq!(found.len(), 1);
            let (finding, reached) = found[0];
            assert_eq!((finding.severity, *reached), (Severity::Error, 3));
            assert_eq!(finding.help.as_deref(), Some("another"));
        }
    }
}
