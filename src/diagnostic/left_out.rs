//! Findings beyond the most that are reported: they are counted, and one finding for each rule says
//! how many there are.

use super::{Diagnostic, RuleId, Severity};
use crate::text::{SourceId, Span};

/// Findings that are not reported one by one.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    rules: Vec<RuleCount>,
}

/// The findings of one rule that are left out.
#[derive(Clone, Copy, Debug)]
struct RuleCount {
    rule: RuleId,
    /// The highest among them.
    severity: Severity,
    count: usize,
    /// The place of the first.
    source: SourceId,
    span: Span,
}

impl LeftOut {
    /// Counts a finding.
    pub fn add(&mut self, rule: RuleId, severity: Severity, source: SourceId, span: Span) {
        match self.rules.iter_mut().find(|known| known.rule == rule) {
            Some(known) => {
                known.count += 1;
                known.severity = known.severity.max(severity);
            }
            None => self.rules.push(RuleCount {
                rule,
                severity,
                count: 1,
                source,
                span,
            }),
        }
    }

    /// The findings that say how many there are, one for each rule. They are about no single value,
    /// so that no finding about a value takes their place.
    pub fn into_diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        self.rules.into_iter().map(|left_out| {
            let RuleCount { rule, count, .. } = left_out;
            let message = match count {
                1 => format!("1 more `{rule}` finding is left out"),
                _ => format!("{count} more `{rule}` findings are left out"),
            };
            let mut diagnostic = Diagnostic::new(rule, message)
                .at_source(left_out.source, left_out.span, "the first of them")
                .severity(left_out.severity)
                .help("correct those that are reported, then check again");
            diagnostic.left_out = count;
            diagnostic
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finding_for_each_rule_counts_them() {
        let mut left_out = LeftOut::default();
        let mut add = |rule, severity, at| {
            left_out.add(rule, severity, SourceId::PAGE, Span::empty(at));
        };
        add(RuleId::WrongType, Severity::Warning, 7);
        add(RuleId::UnknownKey, Severity::Warning, 8);
        add(RuleId::WrongType, Severity::Error, 9);
        let findings: Vec<_> = left_out.into_diagnostics().collect();
        let [types, keys] = &findings[..] else {
            panic!("{findings:?}");
        };
        assert_eq!(types.message, "2 more `wrong-type` findings are left out");
        assert_eq!((types.severity, types.left_out), (Severity::Error, 2));
        assert_eq!(types.primary.as_ref().unwrap().span, Span::empty(7));
        assert_eq!(keys.message, "1 more `unknown-key` finding is left out");
        assert_eq!(keys.severity, Severity::Warning);
    }
}
