//! Values tried in place of those of the page: nothing is proposed that the schema refuses.

use std::borrow::Cow;

use super::Explainer;
use super::renamed::{fault_of, is_within, violations};
use crate::dialect::{Style, Value};
use crate::syntax::{NodeId, Scalar};

/// So many values are tried for a page; each is a validation.
pub(super) const MOST_TRIALS: usize = 64;

/// Pages with more values than this are no work of a person, and a validation of them takes long.
const MOST_VALUES: usize = 2_000;

/// A value to try in place of another.
pub(super) enum Proposal<'p> {
    Scalar(&'p str, Value),
    /// A list of texts.
    List(&'p [String]),
}

/// What came of a trial.
pub(super) enum Outcome {
    /// Nothing is wrong with the value, nor elsewhere what was right before.
    Accepted,
    /// What is wrong then.
    Refused(String),
    /// There were too many trials, or the page is too large.
    Untried,
}

impl Explainer<'_> {
    /// Tries a value in place of the one whose pointer is `at`.
    pub(super) fn try_value(&mut self, id: NodeId, at: &str, proposal: &Proposal<'_>) -> Outcome {
        let left = self.trials.checked_sub(1);
        let Some(left) = left.filter(|_| self.document.len() <= MOST_VALUES) else {
            return Outcome::Untried;
        };
        self.trials = left;
        let (schema, page, reader) = (self.schema, self.page, self.reader);
        let before = self.before_renaming.get_or_insert_with(|| {
            let findings = violations(schema, page, reader);
            findings.into_iter().map(fault_of).collect()
        });
        let mut document = self.document.clone();
        let (span, source) = {
            let node = document.node(id);
            (node.span, node.source)
        };
        let scalar = |text: &str, value: Value| Scalar {
            text: Cow::Owned(text.to_owned()),
            style: Style::DoubleQuoted,
            value,
        };
        let put = match proposal {
            Proposal::Scalar(text, value) => {
                document.push_scalar(scalar(text, value.clone()), span, source)
            }
            Proposal::List(items) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| document.push_scalar(scalar(item, Value::String), span, source))
                    .collect();
                document.push_sequence(&items, span, source)
            }
        };
        document.replace_content(id, put);
        let outcome = schema.within_budget(&document, self.page.paths, |page| {
            violations(schema, page, reader)
        });
        let Ok((findings, _)) = outcome else {
            return Outcome::Untried;
        };
        let mut wrong = findings.into_iter().filter(|finding| {
            let pointer = finding.pointer.as_deref().unwrap_or_default();
            is_within(pointer, at) || !before.contains(&(finding.rule, finding.pointer.clone()))
        });
        match wrong.next() {
            Some(finding) => Outcome::Refused(finding.message),
            None => Outcome::Accepted,
        }
    }

    /// Whether a value is accepted in place of the one whose pointer is `at`.
    pub(super) fn is_accepted(&mut self, id: NodeId, at: &str, proposal: &Proposal<'_>) -> bool {
        matches!(self.try_value(id, at, proposal), Outcome::Accepted)
    }
}
