//! Findings about a generator's defaults: each reported once, with the number of pages it reaches.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::outcome::FileReport;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// What distinguishes one fault of a default from another.
type FaultKey = (SourceId, Span, RuleId, String);

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
            let fault = (
                label.source,
                label.span,
                finding.rule,
                finding.message.clone(),
            );
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

    /// One report a configuration file.
    pub(super) fn into_reports(self, sources: &SourceMap) -> Vec<FileReport> {
        let mut by_source: BTreeMap<SourceId, Vec<Diagnostic>> = BTreeMap::new();
        for ((source, ..), (mut finding, pages)) in self.faults {
            let reach = if pages == 1 {
                "this default reaches 1 page".to_owned()
            } else {
                format!("this default reaches {pages} pages")
            };
            finding.help = Some(match finding.help {
                Some(help) => format!("{help}; {reach}"),
                None => reach,
            });
            by_source.entry(source).or_default().push(finding);
        }
        by_source
            .into_iter()
            .filter_map(|(source, findings)| {
                let source: Arc<SourceFile> = sources.get(source)?;
                Some(FileReport {
                    source,
                    findings,
                    merged: Vec::new(),
                    page: None,
                })
            })
            .collect()
    }
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
    fn a_fault_has_the_same_severity_in_any_order_of_pages() {
        let of_page = |severity| {
            Diagnostic::new(RuleId::MissingFile, "not there")
                .at_source(SourceId::PAGE, Span::new(1, 2), "")
                .severity(severity)
        };
        let severities = [Severity::Warning, Severity::Error, Severity::Warning];
        for shift in 0..severities.len() {
            let mut all = DefaultFindings::default();
            for page in 0..severities.len() {
                let mut page_findings = DefaultFindings::default();
                page_findings.add(vec![of_page(severities[(page + shift) % severities.len()])]);
                all.merge(page_findings);
            }
            let found: Vec<_> = all.faults.values().collect();
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].0.severity, found[0].1), (Severity::Error, 3));
        }
    }

    #[test]
    fn a_fault_has_one_help_in_any_order_of_pages() {
        let of_page = |help: &str| {
            Diagnostic::new(RuleId::UnknownKey, "unknown")
                .at_source(SourceId::PAGE, Span::new(1, 2), "")
                .help(help)
        };
        let helps = ["did you mean this?", "the only key", "another"];
        for shift in 0..helps.len() {
            let mut all = DefaultFindings::default();
            for page in 0..helps.len() {
                all.add(vec![of_page(helps[(page + shift) % helps.len()])]);
            }
            let found: Vec<_> = all.faults.values().collect();
            assert_eq!(found.len(), 1);
            assert_eq!(
                (found[0].0.help.as_deref(), found[0].1),
                (Some("another"), 3)
            );
        }
    }
}
