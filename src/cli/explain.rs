//! `frontlint explain [RULE]`: what a rule is, or the list of all.

use crate::diagnostic::{RuleId, Severity};
use crate::rules::{self, RULES, Rule};

/// One rule's documentation, or every rule's name, weight and summary.
pub(super) fn text(id: Option<RuleId>) -> String {
    match id.and_then(rules::find) {
        Some(rule) => one(rule),
        None => all(),
    }
}

fn one(rule: &Rule) -> String {
    let (id, weight) = (rule.id, weight(rule.id));
    format!(
        "# {id}\n\n{weight}; since frontlint {}\n\n{}",
        rule.since,
        rule.docs()
    )
}

fn all() -> String {
    let mut text = String::new();
    for rule in RULES {
        let (id, weight) = (rule.id, weight(rule.id));
        text.push_str(&format!("{id:<24} {weight:<8} {}\n", id.summary()));
    }
    text.push_str("\n`frontlint explain RULE` says more about one of them.\n");
    text
}

fn weight(id: RuleId) -> &'static str {
    id.default_severity().map_or("off", Severity::as_str)
}
