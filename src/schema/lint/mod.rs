//! What of a schema has no effect: misspelt keywords and formats, keywords that its draft does not have,
//! and a schema that no page can fail. Each is a finding in the schema's own file.
//!
//! Walks the places where schemas are, and no others: names and values are anybody's. Says nothing
//! about words far from any that frontlint knows, which other tools may have; about bundled schemas
//! neither. Must not decide whether a schema is valid.

mod effect;
mod keywords;
mod slips;
mod walk;
mod words;

use self::effect::Effect;
use self::keywords::{Keyword, Role, Subschemas};
use super::resources::{Location, Resources};
use crate::diagnostic::{Diagnostic, LeftOut, RuleId, Severity};
use crate::text::{SourceId, Span};

/// So many findings about one schema are reported; the rest are counted.
const MOST: usize = 100;

/// What of a member is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Key,
    Value,
}

/// Something that has no effect.
#[derive(Debug)]
struct Fault {
    part: Part,
    /// The key below the keyword that it is about.
    within: Option<String>,
    message: String,
    help: String,
}

impl Fault {
    fn new(part: Part, message: String, help: String) -> Self {
        Self {
            part,
            within: None,
            message,
            help,
        }
    }

    fn within(mut self, key: &str) -> Self {
        self.within = Some(key.to_owned());
        self
    }
}

/// The findings about a schema and the user's files that it refers to: warnings where the schema
/// requires something all the same or lists keys, as for an editor, else errors.
pub(super) fn findings(resources: &Resources) -> Vec<Diagnostic> {
    let is_of_user = resources
        .files()
        .first()
        .is_some_and(|file| file.origin.is_some());
    if !is_of_user {
        return Vec::new();
    }
    let effect = effect::of(resources);
    let severity = match effect {
        Effect::Some | Effect::Listing => Severity::Warning,
        Effect::None => Severity::Error,
    };
    let rule = RuleId::InvalidSchema;
    let mut findings = Vec::new();
    let mut left_out = LeftOut::default();
    let mut first_left_out = None;
    walk::faults(resources, &mut |location, fault| {
        if findings.len() >= MOST {
            // To look for each would take too long.
            let first =
                *first_left_out.get_or_insert_with(|| place(resources, location, fault.part));
            if let Some((source, span)) = first {
                left_out.add(rule, severity, source, span);
            }
        } else if let Some((source, span)) = place(resources, location, fault.part) {
            let finding = Diagnostic::new(rule, fault.message)
                .at_source(source, span, "")
                .help(fault.help)
                .severity(severity);
            findings.push(finding);
        }
    });
    findings.extend(left_out.into_diagnostics());
    if findings.is_empty() && effect != Effect::Some {
        findings
            .extend(without_effect(resources, effect).map(|finding| finding.severity(severity)));
    }
    findings
}

/// Whether the validity of no value depends on a keyword.
pub(super) fn is_annotation(keyword: &str) -> bool {
    let is_annotation = |known: &Keyword| matches!(known.role, Role::Annotation | Role::Wording);
    keyword.starts_with("x-") || keywords::find(keyword).is_some_and(is_annotation)
}

/// Whether a keyword tests a value alone: without subschemas, and without other keywords.
pub(super) fn is_leaf(keyword: &str) -> bool {
    // Some drafts test these two, which are annotations in the others.
    let may_test = ["contentEncoding", "contentMediaType"].contains(&keyword);
    let is_leaf =
        |known: &Keyword| known.role == Role::Assertion && known.subschemas == Subschemas::None;
    may_test || keywords::find(keyword).is_some_and(is_leaf)
}

fn place(resources: &Resources, location: &Location, part: Part) -> Option<(SourceId, Span)> {
    let origin = resources.files().get(location.file)?.origin.as_ref()?;
    let place = origin.document.locate(&location.pointer)?;
    let span = match part {
        Part::Key => place.key.unwrap_or(place.value),
        Part::Value => place.value,
    };
    Some((origin.source, span))
}

/// The finding that no page can fail a schema.
fn without_effect(resources: &Resources, effect: Effect) -> Option<Diagnostic> {
    let origin = resources.files().first()?.origin.as_ref()?;
    let document = &origin.document;
    let first = document.members(document.root()).first();
    let span = first.map_or(document.node(document.root()).span, |member| {
        member.key.span
    });
    let (message, help) = match effect {
        Effect::Listing => (
            "this schema lists keys and requires nothing of them, so no page can fail it",
            "give a key a `type`, or name in `required` those that a page must have",
        ),
        _ => (
            "this schema requires nothing, so no page can fail it",
            "write what a page must have, such as `required` and `properties`, or leave the schema \
             out where anything is accepted",
        ),
    };
    let finding = Diagnostic::new(RuleId::InvalidSchema, message);
    Some(finding.at_source(origin.source, span, "").help(help))
}

#[cfg(test)]
mod tests;
