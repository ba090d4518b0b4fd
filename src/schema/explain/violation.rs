//! One violation to its explanation: the mapping of keywords to rules.

use std::borrow::Cow;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value as JsonValue;

use super::keyword_notes::KeywordNotes;
use super::target::{KeyedNode, child, key_target};
use super::{Explainer, Explanation, MOST, Rank, words};
use crate::diagnostic::{RuleId, Severity};
use crate::schema::guard;
use crate::schema::resources::Location;
use crate::syntax::pointer;

impl<'a> Explainer<'a> {
    /// Turns one violation into one finding or several.
    pub(super) fn violation(&mut self, error: &ValidationError<'_>) {
        let at = error.instance_path().as_str();
        let Some(found) = self.finder.find(at) else {
            return;
        };
        let is_left_out = self.findings.len() >= MOST;
        let notes = self.notes_on(error, is_left_out);
        if is_left_out {
            self.leave_out(&notes, found, at, error.kind());
            return;
        }
        match error.kind() {
            Kind::Required { property } => self.missing(&notes, found, at, property),
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                self.unknown(&notes, found, at, unexpected);
            }
            Kind::PropertyNames { error } => self.bad_name(&notes, found, at, error),
            Kind::FalseSchema => self.forbid_value(&notes, found, at),
            Kind::Not { schema } if is_refusal(&notes, schema) => {
                self.forbid_value(&notes, found, at);
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                self.no_branch(&notes, found, at, context);
            }
            Kind::OneOfMultipleValid { context } => self.many_branches(&notes, found, at, context),
            Kind::Type { kind } => {
                let expected: Vec<_> = match kind {
                    TypeKind::Single(one) => vec![*one],
                    TypeKind::Multiple(set) => set.iter().collect(),
                };
                let explanation = self.wrong_type(found, at, &expected, notes.owner());
                self.report(&notes, explanation);
            }
            kind => {
                if let Some(explanation) = self.wrong_value(&notes, found, at, kind) {
                    self.report(&notes, explanation);
                }
            }
        }
    }

    /// What the schema says next to the violated keyword.
    fn notes_on(&mut self, error: &ValidationError<'_>, is_left_out: bool) -> KeywordNotes<'a> {
        let at = error.instance_path().as_str();
        let resources = &self.schema.resources;
        let located = error
            .absolute_keyword_location()
            .and_then(|uri| resources.locate(uri.as_str()));
        let place = guard::as_written(located.unwrap_or_else(|| Location {
            file: 0,
            pointer: error.schema_path().as_str().to_owned(),
        }));
        // Some keywords name a place within them by numbers of the validator's own.
        let place = match place.owner() {
            Some((owner, _)) if resources.value(&place).is_none() => owner,
            _ => place,
        };
        let subschemas = self.schema.subschemas();
        let tokens: Vec<String> = pointer::tokens(at).map(Cow::into_owned).collect();
        // A violation that is left out needs its severity and nothing else.
        let needs_chain = !is_left_out || subschemas.has_severities();
        KeywordNotes::new(
            self.schema,
            place,
            tokens.is_empty(),
            |owner| match needs_chain {
                true => self.searches.chain(subschemas, at, &tokens, owner),
                false => Vec::new(),
            },
        )
    }

    /// Counts a violation beyond [`MOST`], without the words for it; those about one value as one.
    #[cold]
    fn leave_out(&mut self, notes: &KeywordNotes<'_>, found: KeyedNode<'_>, at: &str, kind: &Kind) {
        if self.known.is_empty() {
            let findings = self.findings.iter();
            let pointers = findings.filter_map(|finding| finding.diagnostic.pointer.clone());
            self.known = pointers.collect();
        }
        let unexpected: &[String] = match kind {
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => unexpected,
            Kind::Required { property } => match property {
                JsonValue::String(key) => std::slice::from_ref(key),
                _ => return,
            },
            _ => &[],
        };
        let below = unexpected.iter().map(|key| child(at, key));
        let mut pointers: Vec<_> = below.collect();
        if pointers.is_empty() {
            pointers.push(at.to_owned());
        }
        let target = self.target_of(found);
        let severity = notes.severity().unwrap_or(Severity::Error);
        for pointer in pointers {
            if self.known.insert(pointer) {
                let rule = rule_of(kind);
                self.left_out
                    .add(rule, severity, target.source, target.span);
            }
        }
    }

    /// A value where there may be none.
    fn forbid_value(&mut self, notes: &KeywordNotes<'_>, found: KeyedNode<'_>, at: &str) {
        let (owner, name) = pointer::split_last(at).unwrap_or(("", "".into()));
        let owner = words::subject(self.document, owner);
        let explanation = match found.key {
            Some(key) => {
                let by_name = notes
                    .at
                    .as_ref()
                    .is_some_and(|at| at.pointer.contains("/properties/"));
                let message = if by_name {
                    format!("the key {} is not allowed in {owner}", words::code(&name))
                } else {
                    format!("unknown key {} in {owner}", words::code(&name))
                };
                Explanation::new(RuleId::UnknownKey, Rank::Type, key_target(key), at, message)
            }
            None => {
                let message = format!("{} is not allowed", self.subject(at));
                let target = self.target_of(found);
                Explanation::new(RuleId::SchemaMismatch, Rank::Type, target, at, message)
            }
        };
        self.report(notes, explanation);
    }
}

/// The rule of most findings about a violation of this kind.
fn rule_of(kind: &Kind) -> RuleId {
    match kind {
        Kind::Required { .. } => RuleId::MissingKey,
        Kind::AdditionalProperties { .. }
        | Kind::UnevaluatedProperties { .. }
        | Kind::PropertyNames { .. }
        | Kind::FalseSchema => RuleId::UnknownKey,
        Kind::Type { .. } => RuleId::WrongType,
        Kind::Custom { .. } | Kind::Format { .. } => RuleId::InvalidFormat,
        Kind::AnyOf { .. }
        | Kind::OneOfNotValid { .. }
        | Kind::OneOfMultipleValid { .. }
        | Kind::Not { .. } => RuleId::SchemaMismatch,
        _ => RuleId::InvalidValue,
    }
}

/// `{"not": {}}` under `additionalProperties` is another way to write `false`.
fn is_refusal(notes: &KeywordNotes<'_>, negated: &JsonValue) -> bool {
    let everything = negated == &JsonValue::Bool(true)
        || negated.as_object().is_some_and(serde_json::Map::is_empty);
    everything && notes.at.is_some()
}
