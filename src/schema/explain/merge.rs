//! One finding for each value: of several the most severe stays, and a misspelt key is not also
//! reported as missing.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::target::child;
use super::{Explainer, Finding, KeyFault, Rank, Violations, words};
use crate::diagnostic::{Label, Merged, RuleId, Severity};
use crate::syntax::{Document, pointer};
use crate::text::one_line;

impl Explainer<'_> {
    /// Keeps one finding for each value.
    pub(super) fn finish(mut self) -> Violations {
        let mut order: HashMap<String, usize> = HashMap::new();
        let mut kept: Vec<Finding> = Vec::new();
        let mut merged: Vec<Finding> = Vec::new();
        for finding in self.findings.drain(..) {
            let pointer = finding.diagnostic.pointer.clone().unwrap_or_default();
            match order.get(&pointer).and_then(|&index| kept.get_mut(index)) {
                Some(before) => {
                    merged.push(match weight(&finding) < weight(before) {
                        true => std::mem::replace(before, finding),
                        false => finding,
                    });
                }
                None => {
                    order.insert(pointer, kept.len());
                    kept.push(finding);
                }
            }
        }
        let misspelt = merge_misspelt(self.document, &mut kept);
        name_missing_keys(&mut kept);
        drop_counts_beside_gaps(&mut kept);
        let mut merged = merged_findings(&kept, merged);
        merged.extend(misspelt);
        let findings = kept.into_iter().map(|finding| finding.diagnostic);
        Violations {
            findings: findings.chain(self.left_out.into_diagnostics()).collect(),
            merged,
            near_keys: self.near_keys,
        }
    }
}

/// Of the findings that were replaced, those about values whose replacement is about the value too
/// and of another rule.
fn merged_findings(kept: &[Finding], merged: Vec<Finding>) -> Vec<Merged> {
    if merged.is_empty() {
        return Vec::new();
    }
    let about_values = kept
        .iter()
        .filter(|finding| finding.key_fault == KeyFault::None)
        .filter_map(|finding| {
            let diagnostic = &finding.diagnostic;
            Some((diagnostic.pointer.as_deref()?, diagnostic.rule))
        });
    let rules: HashMap<&str, RuleId> = about_values.collect();
    merged
        .into_iter()
        .filter(|finding| finding.key_fault == KeyFault::None)
        .filter_map(|Finding { diagnostic, .. }| {
            let pointer = diagnostic.pointer.clone()?;
            let rule = rules.get(pointer.as_str())?;
            (*rule != diagnostic.rule).then_some(Merged {
                finding: diagnostic,
                into: pointer,
            })
        })
        .collect()
}

/// The lower one is reported.
fn weight(finding: &Finding) -> (Reverse<Severity>, Rank) {
    (Reverse(finding.diagnostic.severity), finding.rank)
}

/// A misspelt key is both unknown and, under its right name, missing. That is one fault: it is
/// reported as the missing key, which is worse, at the key to be renamed. Returns the findings about
/// unknown keys that are merged in this way.
fn merge_misspelt(document: &Document<'_>, kept: &mut Vec<Finding>) -> Vec<Merged> {
    let missing: HashMap<String, usize> = kept
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.key_fault == KeyFault::Missing)
        .filter_map(|(index, finding)| Some((finding.diagnostic.pointer.clone()?, index)))
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let mut merged = Vec::new();
    let mut is_merged = vec![false; kept.len()];
    for index in 0..kept.len() {
        let unknown = &kept[index];
        let (Some(meant), Some(at)) = (&unknown.meant, &unknown.diagnostic.pointer) else {
            continue;
        };
        let Some((mapping, name)) = pointer::split_last(at) else {
            continue;
        };
        let wanted = child(mapping, meant);
        let Some(&other) = missing.get(&wanted) else {
            continue;
        };
        if is_merged[other] {
            continue;
        }
        let mut help = format!("rename `{}` to `{}`", one_line(&name), one_line(meant));
        if let Some(problem) = &unknown.problem_as_meant {
            help = format!("{help}; its value is wrong, too: {problem}");
        }
        let subject = words::subject(document, mapping);
        let note = format!("{subject} has {} instead", words::code(&name));
        let unknown = unknown.diagnostic.clone();
        is_merged[index] = true;
        let survivor = &mut kept[other];
        survivor.key_fault = KeyFault::None;
        survivor.diagnostic.primary = unknown.primary.clone().map(|primary| Label {
            message: note,
            ..primary
        });
        survivor.diagnostic.fix = unknown.fix.clone();
        survivor.diagnostic.help = Some(match survivor.diagnostic.help.take() {
            Some(said) => format!("{help}; {said}"),
            None => help,
        });
        merged.push(Merged {
            finding: unknown,
            into: wanted,
        });
    }
    let mut is_merged = is_merged.into_iter();
    kept.retain(|_| is_merged.next() != Some(true));
    merged
}

/// Adds the help for keys that are missing and not only misspelt.
fn name_missing_keys(kept: &mut [Finding]) {
    for finding in kept {
        let at = finding.diagnostic.pointer.as_deref();
        let (KeyFault::Missing, Some((_, key))) =
            (finding.key_fault, at.and_then(pointer::split_last))
        else {
            continue;
        };
        let help = &mut finding.diagnostic.help;
        if help.as_ref().is_some_and(|help| help.starts_with("add ")) {
            continue;
        }
        let ask = format!("add the key {}", words::code(&key));
        finding.diagnostic.help = Some(match finding.diagnostic.help.take() {
            Some(said) => format!("{ask}; {said}"),
            None => ask,
        });
    }
}

/// Drops the finding that a mapping has too few keys where another says which key it lacks.
fn drop_counts_beside_gaps(kept: &mut Vec<Finding>) {
    let gaps: Vec<String> = kept
        .iter()
        .filter(|finding| finding.diagnostic.rule == RuleId::MissingKey)
        .filter_map(|finding| {
            let at = finding.diagnostic.pointer.as_deref()?;
            Some(pointer::split_last(at)?.0.to_owned())
        })
        .collect();
    kept.retain(|finding| {
        finding.rank != Rank::Bound
            || !finding
                .diagnostic
                .pointer
                .as_ref()
                .is_some_and(|at| gaps.contains(at))
    });
}
