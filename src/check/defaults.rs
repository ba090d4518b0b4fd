//! Findings about a generator's defaults: each told once, with the number of pages it reaches.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outcome::FileReport;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// What tells one fault of a default from another.
type Fault = (SourceId, Span, RuleId, String);

/// The faults of all defaults, gathered page by page.
#[derive(Default)]
pub(super) struct Gathered {
    faults: BTreeMap<Fault, (Diagnostic, usize)>,
}

impl Gathered {
    /// Counts the faults that reach one page.
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

    /// Puts what another thread gathered beside this.
    pub(super) fn merge(&mut self, other: Self) {
        for (fault, (finding, pages)) in other.faults {
            self.count(fault, finding, pages);
        }
    }

    /// A fault weighs what it weighs on the page that it harms most, in whatever order pages come.
    fn count(&mut self, fault: Fault, finding: Diagnostic, pages: usize) {
        let severity = finding.severity;
        let (known, reached) = self.faults.entry(fault).or_insert((finding, 0));
        known.severity = known.severity.max(severity);
        *reached += pages;
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
                    page: None,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn a_fault_weighs_the_same_in_any_order_of_pages() {
        let of_page = |severity| {
            Diagnostic::new(RuleId::MissingFile, "not there")
                .at_source(SourceId::PAGE, Span::new(1, 2), "")
                .severity(severity)
        };
        let weights = [Severity::Warning, Severity::Error, Severity::Warning];
        for shift in 0..weights.len() {
            let mut all = Gathered::default();
            for page in 0..weights.len() {
                let mut gathered = Gathered::default();
                gathered.add(vec![of_page(weights[(page + shift) % weights.len()])]);
                all.merge(gathered);
            }
            let found: Vec<_> = all.faults.values().collect();
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].0.severity, found[0].1), (Severity::Error, 3));
        }
    }
}
