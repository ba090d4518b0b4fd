//! Findings about a generator's defaults: each reported once, with the number of pages it reaches.

use super::outcome::FileReport;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceId, SourceMap, Span};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

    /// One report a configuration file.
    pub(super) fn into_reports(self, sources: &SourceMap) -> Vec<FileReport> {
        let mut by_source: BTreeMap<SourceId, Vec<Diagnostic>> = BTreeMap::new();
        for (fault, (mut finding, pages)) in self.faults {
            let reach = match pages {
                1 => "this default reaches 1 page".to_owned(),
                _ => format!("this default reaches {pages} pages"),
            };
            finding.help = Some(match finding.help {
                Some(help) => format!("{help}; {reach}"),
                None => reach,
            });
            by_source.entry(fault.source).or_default().push(finding);
        }
        by_source
            .into_iter()
            .filter_map(|(source, findings)| {
                let source = sources.get(source)?;
                Some(FileReport::new(source, findings, None))
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
