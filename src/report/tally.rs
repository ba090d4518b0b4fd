//! How many findings there were, which decides the exit status.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Diagnostic, RuleId, Severity};

/// How many findings there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    errors: usize,
    warnings: usize,
    failures: usize,
    safe_fixes: usize,
    unsafe_fixes: usize,
    rules: BTreeMap<RuleId, usize>,
}

impl Tally {
    /// Adds findings.
    pub fn count(&mut self, findings: &[Diagnostic]) {
        for finding in findings {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            self.failures += usize::from(finding.is_failure());
            match finding.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => self.safe_fixes += 1,
                Some(Applicability::Unsafe) => self.unsafe_fixes += 1,
                Some(Applicability::DisplayOnly) | None => {}
            }
            *self.rules.entry(finding.rule).or_default() += 1;
        }
    }

    /// Findings of severity error.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Findings of severity warning.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Findings with a safe fix.
    #[must_use]
    pub fn safe_fixes(&self) -> usize {
        self.safe_fixes
    }

    /// Findings with an unsafe fix.
    #[must_use]
    pub fn unsafe_fixes(&self) -> usize {
        self.unsafe_fixes
    }

    /// Whether there was a finding at or above a severity: exit status 1.
    #[must_use]
    pub fn reaches(&self, severity: Severity) -> bool {
        match severity {
            Severity::Warning => self.errors + self.warnings > 0,
            Severity::Error => self.errors > 0,
        }
    }

    /// Whether a finding says that frontlint could not do its job: exit status 2.
    #[must_use]
    pub fn has_failure(&self) -> bool {
        self.failures > 0
    }

    /// The rules with findings and how many each has, the most frequent first.
    #[must_use]
    pub fn by_rule(&self) -> Vec<(RuleId, usize)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(&rule, &n)| (rule, n)).collect();
        rules.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_ordered_by_frequency_and_severity_decides() {
        let mut tally = Tally::default();
        let of = |rule, severity| Diagnostic::new(rule, "").severity(severity);
        tally.count(&[
            of(RuleId::MissingKey, Severity::Warning),
            of(RuleId::MissingFile, Severity::Warning),
            of(RuleId::MissingFile, Severity::Warning),
        ]);
        assert_eq!(
            tally.by_rule(),
            [(RuleId::MissingFile, 2), (RuleId::MissingKey, 1)]
        );
        assert!(tally.reaches(Severity::Warning));
        assert!(!tally.reaches(Severity::Error));
        tally.count(&[of(RuleId::InvalidConfig, Severity::Warning)]);
        assert!(!tally.has_failure());
        tally.count(&[of(RuleId::InvalidSchema, Severity::Error)]);
        assert!(tally.has_failure());
    }
}
