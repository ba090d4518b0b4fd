//! One violation to its verdict: the mapping of keywords to rules.

use std::collections::HashMap;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value as JsonValue;

use super::place::{Found, of_gap, of_key, of_value};
use super::rewrite::quoted;
use super::schema_side::Side;
use super::types::syntax_of;
use super::{Accusation, Explainer, MOST, MOST_KEYS, Rank, Verdict, nearest, words};
use crate::diagnostic::{Applicability, Edit, Fix, RuleId, Severity};
use crate::schema::guard;
use crate::schema::instance::SCHEMA_KEY;
use crate::schema::resources::Location;
use crate::syntax::{Document, Key, pointer};

/// Names for keys that are listed one by one in a message.
const MOST_NAMES: usize = 64;

/// Puts another name in place of a key.
pub(super) fn rename(document: &Document<'_>, key: &Key<'_>, name: &str) -> Option<Fix> {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let written_plainly = key.span.len() as usize == key.text.len();
    let content = if plain && written_plainly {
        name.to_owned()
    } else {
        quoted(name, syntax_of(document, key.source))?
    };
    Some(Fix {
        title: format!("Rename to `{name}`"),
        edits: vec![Edit {
            source: key.source,
            span: key.span,
            content,
        }],
        applicability: Applicability::Unsafe,
    })
}

impl Explainer<'_> {
    /// Turns one violation into one finding or several.
    pub(super) fn violation(&mut self, error: &ValidationError<'_>) {
        let at = error.instance_path().as_str().to_owned();
        let Some(found) = self.finder.find(&at) else {
            return;
        };
        let tokens: Vec<String> = pointer::tokens(&at)
            .map(|token| token.into_owned())
            .collect();
        let mut place = error
            .absolute_keyword_location()
            .and_then(|uri| self.schema.resources.locate(uri.as_str()))
            .unwrap_or_else(|| Location {
                file: 0,
                pointer: error.schema_path().as_str().to_owned(),
            });
        place = guard::as_written(place);
        // Some keywords name a place within them by numbers of the validator's own.
        if self.schema.resources.value(&place).is_none()
            && let Some((owner, _)) = place.owner()
        {
            place = owner;
        }
        let shapes = self.schema.shapes();
        let is_left_out = self.findings.len() >= MOST;
        // What is left out is only weighed.
        let has_chain = !is_left_out || shapes.have_severities();
        let side = Side::new(
            self.schema,
            place,
            tokens.is_empty(),
            |owner| match has_chain {
                true => self.searches.chain(shapes, &at, &tokens, owner),
                false => Vec::new(),
            },
        );
        if is_left_out {
            self.leave_out(&side, found, at, error.kind());
            return;
        }
        match error.kind() {
            Kind::Required { property } => self.missing(&side, found, &at, property),
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                self.unknown(&side, found, &at, unexpected);
            }
            Kind::PropertyNames { error } => self.bad_name(&side, found, &at, error),
            Kind::FalseSchema => self.forbidden(&side, found, &at),
            Kind::Not { schema } if is_refusal(&side, schema) => self.forbidden(&side, found, &at),
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                self.no_branch(&side, found, &at, context);
            }
            Kind::OneOfMultipleValid { context } => self.many_branches(&side, found, &at, context),
            Kind::Type { kind } => {
                let expected: Vec<_> = match kind {
                    TypeKind::Single(one) => vec![*one],
                    TypeKind::Multiple(set) => set.iter().collect(),
                };
                let verdict = self.wrong_type(found, &at, &expected, side.owner());
                self.accuse(&side, verdict);
            }
            kind => {
                if let Some(verdict) = self.wrong_value(&side, found, &at, kind) {
                    self.accuse(&side, verdict);
                }
            }
        }
    }

    /// Counts a violation beyond [`MOST`], without the words for it; those about one value as one.
    #[cold]
    fn leave_out(&mut self, side: &Side<'_>, found: Found<'_>, at: String, kind: &Kind) {
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
        let below = unexpected.iter().map(|key| {
            let mut below = at.clone();
            pointer::push(&mut below, key);
            below
        });
        let mut pointers: Vec<_> = below.collect();
        if pointers.is_empty() {
            pointers.push(at);
        }
        let spot = of_value(self.document, found);
        let severity = side.severity().unwrap_or(Severity::Error);
        for pointer in pointers {
            if self.known.insert(pointer) {
                let rule = rule_of(kind);
                self.left_out.add(rule, severity, spot.source, spot.span);
            }
        }
    }

    fn missing(&mut self, side: &Side<'_>, found: Found<'_>, at: &str, property: &JsonValue) {
        let Some(key) = property.as_str() else {
            return;
        };
        let is_root = found.id == self.document.root();
        if is_root && key == SCHEMA_KEY && self.document.get(found.id, SCHEMA_KEY).is_some() {
            return;
        }
        let because = self.cause(side, found, key);
        let mut message = format!(
            "{} lacks the key {}",
            words::subject(self.document, at),
            words::code(key)
        );
        if let Some(cause) = because {
            message = format!(
                "{message}, which is required because {} is given",
                words::code(&cause)
            );
        }
        let mut pointer = at.to_owned();
        pointer::push(&mut pointer, key);
        let spot = of_gap(self.document, found);
        let mut verdict = Verdict::new(RuleId::MissingKey, Rank::Type, spot, pointer, message)
            .there("required here");
        verdict.accusation = Accusation::Missing;
        verdict.key = Some(key.to_owned());
        self.accuse(side, verdict);
    }

    /// The key whose presence makes another one required.
    fn cause(&self, side: &Side<'_>, found: Found<'_>, key: &str) -> Option<String> {
        let place = side.at.as_ref()?;
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

    fn unknown(&mut self, side: &Side<'_>, found: Found<'_>, at: &str, unexpected: &[String]) {
        let shapes = self.schema.shapes().with_closures(&side.chain);
        let mut known: Vec<&str> = self.schema.shapes().keys(&shapes).collect();
        known.sort_unstable();
        known.dedup();
        let mut sources = HashMap::new();
        for member in self.document.members(found.id) {
            let name: &str = &member.key.text;
            sources.entry(name).or_insert(member.key.source);
        }
        for (index, name) in unexpected.iter().enumerate() {
            if index == MOST_KEYS {
                let severity = side.severity().unwrap_or(Severity::Error);
                let key = self.finder.step(found.id, name).and_then(|it| it.key);
                let spot = key.map_or_else(|| of_gap(self.document, found), of_key);
                for _ in index..unexpected.len() {
                    let rule = RuleId::UnknownKey;
                    self.left_out.add(rule, severity, spot.source, spot.span);
                }
                break;
            }
            let Some(Found { key: Some(key), .. }) = self.finder.step(found.id, name) else {
                continue;
            };
            let message = format!(
                "unknown key {} in {}",
                words::code(name),
                words::subject(self.document, at)
            );
            let mut pointer = at.to_owned();
            pointer::push(&mut pointer, name);
            let mut verdict = Verdict::new(
                RuleId::UnknownKey,
                Rank::Type,
                of_key(key),
                pointer,
                message,
            )
            .there("other keys are excluded here");
            verdict.accusation = Accusation::Unknown;
            // A key that only a default gives may well be the one that was meant here.
            let given = |known: &&str| sources.get(known) == Some(&key.source);
            let absent = known.iter().copied().filter(|known| !given(known));
            let is_compared = self.comparisons.allows(name, known.iter().copied());
            let meant = is_compared.then(|| nearest::meant(name, absent)).flatten();
            match meant {
                Some(meant) => {
                    verdict.help = Some(format!("did you mean `{meant}`?"));
                    verdict.fix = rename(self.document, key, meant);
                    verdict.meant = Some(meant.to_owned());
                }
                None if known.is_empty() => {}
                None if known.len() == 1 => {
                    verdict.help = Some(format!(
                        "the only key known here is {}",
                        words::code(known[0])
                    ));
                }
                None if known.len() <= 12 => {
                    let known: Vec<_> = known.iter().map(|key| words::code(key)).collect();
                    verdict.help = Some(format!(
                        "the keys known here are {}",
                        words::join(&known, "and")
                    ));
                }
                None if !is_compared => {}
                None => {
                    let help =
                        "no known key resembles it: delete it, unless the site's templates use it";
                    verdict.help = Some(help.to_owned());
                }
            }
            self.accuse_key(side, verdict);
        }
    }

    /// The description beside `additionalProperties` is the mapping's, of no use for the key.
    fn accuse_key(&mut self, side: &Side<'_>, mut verdict: Verdict) {
        verdict.key = None;
        let help = verdict.help.clone();
        self.accuse(side, verdict);
        if let Some(last) = self.findings.last_mut() {
            last.diagnostic.help = help;
        }
    }

    fn bad_name(
        &mut self,
        side: &Side<'_>,
        found: Found<'_>,
        at: &str,
        error: &ValidationError<'_>,
    ) {
        let Some(name) = error.instance().as_str() else {
            return;
        };
        let Some(Found { key: Some(key), .. }) = self.finder.step(found.id, name) else {
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
            words::subject(self.document, at)
        );
        let mut pointer = at.to_owned();
        pointer::push(&mut pointer, name);
        let mut verdict = Verdict::new(
            RuleId::UnknownKey,
            Rank::Type,
            of_key(key),
            pointer,
            message,
        )
        .help(why)
        .there("the form of keys is given here");
        verdict.accusation = Accusation::Unknown;
        self.accuse_key(side, verdict);
    }

    /// A value where there may be none.
    fn forbidden(&mut self, side: &Side<'_>, found: Found<'_>, at: &str) {
        let (owner, name) = pointer::split_last(at).unwrap_or(("", "".into()));
        let owner = words::subject(self.document, owner);
        let verdict = match found.key {
            Some(key) => {
                let by_name = side
                    .at
                    .as_ref()
                    .is_some_and(|at| at.pointer.contains("/properties/"));
                let message = if by_name {
                    format!("the key {} is not allowed in {owner}", words::code(&name))
                } else {
                    format!("unknown key {} in {owner}", words::code(&name))
                };
                Verdict::new(
                    RuleId::UnknownKey,
                    Rank::Type,
                    of_key(key),
                    at.to_owned(),
                    message,
                )
            }
            None => {
                let message = format!("{} is not allowed", words::subject(self.document, at));
                let spot = of_value(self.document, found);
                Verdict::new(
                    RuleId::SchemaMismatch,
                    Rank::Type,
                    spot,
                    at.to_owned(),
                    message,
                )
            }
        };
        self.accuse(side, verdict);
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
fn is_refusal(side: &Side<'_>, negated: &JsonValue) -> bool {
    let everything = negated == &JsonValue::Bool(true)
        || negated.as_object().is_some_and(serde_json::Map::is_empty);
    everything && side.at.is_some()
}
