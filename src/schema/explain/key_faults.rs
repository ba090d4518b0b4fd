//! Keys that are missing, unknown or of a wrong form.

use std::collections::HashMap;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value as JsonValue;

use super::keyword_notes::KeywordNotes;
use super::target::{KeyedNode, child, gap_target, key_target};
use super::{Explainer, Explanation, KeyFault, MOST_KEYS, Rank, meant_names, words};
use crate::diagnostic::{RuleId, Severity};
use crate::schema::instance::SCHEMA_KEY;
use crate::schema::resources::Location;
use crate::syntax::{Key, NodeId};
use crate::text::SourceId;

/// Names for keys that are listed one by one in a message.
const MOST_NAMES: usize = 64;

/// The help for an unknown key of a mapping with many known ones.
const NO_KEY_RESEMBLES: &str =
    "no known key resembles it: delete it, unless the site's templates use it";

impl Explainer<'_> {
    pub(super) fn missing(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        property: &JsonValue,
    ) {
        let Some(key) = property.as_str() else {
            return;
        };
        let is_root = found.id == self.document.root();
        if is_root && key == SCHEMA_KEY && self.document.get(found.id, SCHEMA_KEY).is_some() {
            return;
        }
        let because = self.cause(notes, found, key);
        let mut message = format!("{} lacks the key {}", self.subject(at), words::code(key));
        if let Some(cause) = because {
            message = format!(
                "{message}, which is required because {} is given",
                words::code(&cause)
            );
        }
        let pointer = child(at, key);
        let target = gap_target(self.document, found);
        let mut explanation =
            Explanation::new(RuleId::MissingKey, Rank::Type, target, pointer, message)
                .schema_label("required here");
        explanation.key_fault = KeyFault::Missing;
        explanation.key = Some(key.to_owned());
        self.report(notes, explanation);
    }

    /// The key whose presence makes another one required.
    fn cause(&self, notes: &KeywordNotes<'_>, found: KeyedNode<'_>, key: &str) -> Option<String> {
        let place = notes.at.as_ref()?;
        let (schema, keyword) =
            ["dependentRequired", "dependencies"]
                .into_iter()
                .find_map(|keyword| {
                    let end = place.pointer.rfind(&format!("/{keyword}"))?;
                    let owner = Location {
                        file: place.file,
                        pointer: place.pointer.get(..end)?.to_owned(),
                    };
                    Some((self.schema.resources.value(&owner)?, keyword))
                })?;
        let causes = schema.get(keyword)?.as_object()?;
        let mut present = causes.iter().filter(|(cause, wanted)| {
            let wanted = wanted.as_array().into_iter().flatten();
            self.document.get(found.id, cause).is_some()
                && wanted
                    .filter_map(JsonValue::as_str)
                    .any(|wanted| wanted == key)
        });
        present.next().map(|(cause, _)| cause.clone())
    }

    pub(super) fn unknown(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        unexpected: &[String],
    ) {
        let subschemas = self.schema.subschemas().with_closures(&notes.chain);
        let mut known: Vec<&str> = self.schema.subschemas().keys(&subschemas).collect();
        known.sort_unstable();
        known.dedup();
        let mapping = gap_target(self.document, found);
        let mut sources = HashMap::new();
        for member in self.document.members(found.id) {
            let name: &str = &member.key.text;
            sources.entry(name).or_insert(member.key.source);
        }
        let mapping_id = found.id;
        for (index, name) in unexpected.iter().enumerate() {
            let found = self.finder.step(found.id, name);
            let key = found.and_then(|found| found.key);
            if index == MOST_KEYS {
                let severity = notes.severity().unwrap_or(Severity::Error);
                let target = key.map_or(mapping, key_target);
                for _ in index..unexpected.len() {
                    let rule = RuleId::UnknownKey;
                    self.left_out
                        .add(rule, severity, target.source, target.span);
                }
                break;
            }
            if let Some(key) = key {
                let explanation = self.unknown_key(mapping_id, key, at, &known, &sources);
                self.report_key(notes, explanation);
            }
        }
    }

    /// One unknown key, with the known one that was meant or with all known ones.
    fn unknown_key(
        &mut self,
        mapping_id: NodeId,
        key: &Key<'_>,
        at: &str,
        known: &[&str],
        sources: &HashMap<&str, SourceId>,
    ) -> Explanation {
        let name: &str = &key.text;
        let mapping = self.subject(at);
        let message = format!("unknown key {} in {mapping}", words::code(name));
        let pointer = child(at, name);
        let (rule, target) = (RuleId::UnknownKey, key_target(key));
        let mut explanation = Explanation::new(rule, Rank::Type, target, pointer, message)
            .schema_label("other keys are excluded here");
        explanation.key_fault = KeyFault::Unknown;
        // A key that only a default gives may well be the one that was meant here.
        let is_given = |known: &&str| sources.get(known) == Some(&key.source);
        let absent = known.iter().copied().filter(|known| !is_given(known));
        let is_compared = self.comparisons.allows(name, known.iter().copied());
        let meant = match is_compared {
            true => meant_names::meant(name, absent),
            false => Vec::new(),
        };
        if let Some(suggestion) = self.suggest(mapping_id, key, at, &meant) {
            explanation.suggest(suggestion);
            return explanation;
        }
        explanation.help = match known {
            [] => None,
            [only] => Some(format!("the only key known here is {}", words::code(only))),
            few if few.len() <= 12 => {
                let few: Vec<_> = few.iter().map(|key| words::code(key)).collect();
                Some(format!(
                    "the keys known here are {}",
                    words::join(&few, "and")
                ))
            }
            _ if !is_compared => None,
            _ => Some(NO_KEY_RESEMBLES.to_owned()),
        };
        explanation
    }

    /// The description beside `additionalProperties` is the mapping's, of no use for the key.
    fn report_key(&mut self, notes: &KeywordNotes<'_>, mut explanation: Explanation) {
        explanation.key = None;
        let help = explanation.help.clone();
        // A schema that has words of its own for the key says what to do with it.
        let is_said = help.as_deref() == Some(NO_KEY_RESEMBLES) && notes.wording(None).is_some();
        let help = help.filter(|_| !is_said);
        self.report(notes, explanation);
        if let Some(last) = self.findings.last_mut() {
            last.diagnostic.help = help;
        }
    }

    pub(super) fn bad_name(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        error: &ValidationError<'_>,
    ) {
        let Some(name) = error.instance().as_str() else {
            return;
        };
        let Some(KeyedNode { key: Some(key), .. }) = self.finder.step(found.id, name) else {
            return;
        };
        let why = match error.kind() {
            Kind::Pattern { pattern } => format!("keys here must match {}", words::code(pattern)),
            Kind::MaxLength { limit } => format!("keys here have at most {limit} characters"),
            Kind::MinLength { limit } => format!("keys here have at least {limit} characters"),
            Kind::Enum { options } => match options.as_array() {
                Some(options) => {
                    let first = options.iter().take(MOST_NAMES).map(words::value);
                    let first: Vec<_> = first.collect();
                    match options.len() > first.len() {
                        true => format!(
                            "{} keys are allowed here, the first of them are {}",
                            options.len(),
                            first.join(", ")
                        ),
                        false => format!("keys here must be {}", words::join(&first, "or")),
                    }
                }
                None => "it is none of the keys allowed here".to_owned(),
            },
            Kind::FalseSchema => "no key is allowed here".to_owned(),
            _ => "it is not of the form that keys have here".to_owned(),
        };
        let message = format!(
            "the key {} is not allowed in {}",
            words::code(name),
            self.subject(at)
        );
        let pointer = child(at, name);
        let mut explanation = Explanation::new(
            RuleId::UnknownKey,
            Rank::Type,
            key_target(key),
            pointer,
            message,
        )
        .help(why)
        .schema_label("the form of keys is given here");
        explanation.key_fault = KeyFault::Unknown;
        self.report_key(notes, explanation);
    }
}
