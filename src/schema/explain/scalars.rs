//! Values of the right type that are wrong all the same: listed values, patterns, formats, bounds.

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::json::Node as _;
use serde_json::Value as JsonValue;

use super::place::{Found, of_key, of_value};
use super::rewrite::{applicability, differ_in_blanks};
use super::schema_side::Side;
use super::{Explainer, Rank, Verdict, nearest, words};
use crate::diagnostic::{PathProblem, RuleId};
use crate::schema::format_keyword::{Fault, Format};
use crate::syntax::pointer;

/// Options listed one by one in a message.
const MOST_OPTIONS: usize = 8;

impl Explainer<'_> {
    /// The verdict on a value; `None` where there is nothing to say.
    pub(super) fn wrong_value(
        &mut self,
        side: &Side<'_>,
        found: Found<'_>,
        at: &str,
        kind: &Kind,
    ) -> Option<Verdict> {
        let subject = words::subject(self.document, at);
        let is = words::plainly(self.document, found.id);
        let value = |rank, message| {
            let spot = of_value(self.document, found);
            Verdict::new(RuleId::InvalidValue, rank, spot, at.to_owned(), message)
        };
        let bound = |message| value(Rank::Bound, message).there("the limit is set here");
        let limit = |limit: &JsonValue| words::value(limit);
        Some(match kind {
            Kind::Custom { .. } | Kind::Format { .. } => return self.format(side, found, at),
            Kind::Enum { options } => self.not_listed(found, at, options),
            Kind::Constant { expected_value } => {
                let message = format!(
                    "{subject} must be {}, but is {is}",
                    words::value(expected_value)
                );
                value(Rank::Choice, message).there("the value is fixed here")
            }
            Kind::Pattern { pattern } => {
                let message = format!(
                    "{subject} is {is}, which does not match the pattern {}",
                    words::code(pattern)
                );
                value(Rank::Pattern, message).there("the pattern")
            }
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                let message = format!(
                    "the pattern for {subject} takes too long on this value, so it is not checked"
                );
                value(Rank::Pattern, message)
                    .help("simplify the pattern in the schema: repetitions within repetitions make it slow")
                    .there("the pattern")
            }
            Kind::MinLength { limit: 1 } => bound(format!("{subject} must not be empty")),
            Kind::MinLength { limit } => bound(format!(
                "{subject} has {}, at least {limit} are needed",
                words::count(self.characters(found), "character")
            )),
            Kind::MaxLength { limit } => bound(format!(
                "{subject} has {}, at most {limit} are allowed",
                words::count(self.characters(found), "character")
            )),
            Kind::Minimum { limit: least } => bound(format!(
                "{subject} must be at least {}, but is {is}",
                limit(least)
            )),
            Kind::Maximum { limit: most } => bound(format!(
                "{subject} must be at most {}, but is {is}",
                limit(most)
            )),
            Kind::ExclusiveMinimum { limit: least } => bound(format!(
                "{subject} must be more than {}, but is {is}",
                limit(least)
            )),
            Kind::ExclusiveMaximum { limit: most } => bound(format!(
                "{subject} must be less than {}, but is {is}",
                limit(most)
            )),
            Kind::MultipleOf { multiple_of } => bound(format!(
                "{subject} must be a multiple of {multiple_of}, but is {is}"
            )),
            Kind::MinItems { limit } => bound(format!(
                "{subject} has {}, at least {limit} {} needed",
                words::count(self.document.items(found.id).len(), "item"),
                if *limit == 1 { "is" } else { "are" }
            )),
            Kind::MaxItems { limit } => {
                self.surplus(found, at, usize::try_from(*limit).ok()?, Rank::Bound)
            }
            Kind::AdditionalItems { limit } => self.surplus(found, at, *limit, Rank::Bound),
            Kind::UnevaluatedItems { .. } => {
                let message = format!("{subject} has items that the schema does not provide for");
                let mut verdict = value(Rank::Rest, message);
                verdict.rule = RuleId::SchemaMismatch;
                verdict
            }
            Kind::MinProperties { limit } => bound(format!(
                "{subject} has {}, at least {limit} {} needed",
                words::count(self.document.members(found.id).len(), "key"),
                if *limit == 1 { "is" } else { "are" }
            )),
            Kind::MaxProperties { limit } => bound(format!(
                "{subject} has {}, at most {limit} {} allowed",
                words::count(self.document.members(found.id).len(), "key"),
                if *limit == 1 { "is" } else { "are" }
            )),
            Kind::UniqueItems => self.repeated(found, at)?,
            Kind::Contains => self.lacks_item(side, found, at),
            Kind::Not { schema } => self.excluded(side, found, at, schema),
            Kind::ContentEncoding { content_encoding } => {
                let message = format!("{subject} is not encoded as {content_encoding}");
                let mut verdict = value(Rank::Format, message);
                verdict.rule = RuleId::SchemaMismatch;
                verdict
            }
            Kind::ContentMediaType { content_media_type } => {
                let message = format!("{subject} is not {content_media_type}");
                let mut verdict = value(Rank::Format, message);
                verdict.rule = RuleId::SchemaMismatch;
                verdict
            }
            other => {
                let message = format!(
                    "{subject} does not satisfy `{}` of the schema",
                    other.keyword()
                );
                let mut verdict = value(Rank::Rest, message);
                verdict.rule = RuleId::SchemaMismatch;
                verdict
            }
        })
    }

    fn characters(&self, found: Found<'_>) -> usize {
        self.document
            .scalar(found.id)
            .map_or(0, |scalar| scalar.text.chars().count())
    }

    fn format(&mut self, side: &Side<'_>, found: Found<'_>, at: &str) -> Option<Verdict> {
        let name = side.owner()?.get("format")?.as_str()?;
        let node = self.node(found);
        let spot = of_value(self.document, found);
        let (rule, problem) = match Format::named(name).check(&node).err()? {
            Fault::Text(problem) => (RuleId::InvalidFormat, problem),
            Fault::Path(PathProblem { rule, problem }) => (rule, problem),
        };
        let mut verdict = Verdict::new(rule, Rank::Format, spot, at.to_owned(), problem.message)
            .there("the format is given here");
        verdict.help = problem.help;
        verdict.fix = problem.replacement.and_then(|text| {
            let written = self.document.scalar(found.id)?.text.as_ref();
            // A file that is found under one name only leaves no doubt; a `/` more may be one too
            // many for the template.
            let sure = rule == RuleId::MissingFile || differ_in_blanks(written, &text);
            self.rewritten(found, &text, applicability(sure))
        });
        Some(verdict)
    }

    fn not_listed(&mut self, found: Found<'_>, at: &str, options: &JsonValue) -> Verdict {
        let empty = Vec::new();
        let options = options.as_array().unwrap_or(&empty);
        let is = words::plainly(self.document, found.id);
        let subject = words::subject(self.document, at);
        let first: Vec<_> = options
            .iter()
            .take(MOST_OPTIONS)
            .map(words::value)
            .collect();
        let message = match first.as_slice() {
            [] => format!("{subject} is {is}, but the list of the values allowed is empty"),
            [only] => format!("{subject} must be {only}, but is {is}"),
            _ if options.len() <= MOST_OPTIONS => {
                format!(
                    "{subject} must be one of {}, but is {is}",
                    words::join(&first, "or")
                )
            }
            _ => format!(
                "{subject} is {is}, which is none of the {} values allowed",
                options.len()
            ),
        };
        let spot = of_value(self.document, found);
        let mut verdict = Verdict::new(
            RuleId::InvalidValue,
            Rank::Choice,
            spot,
            at.to_owned(),
            message,
        )
        .there("the values allowed are listed here");
        let text = self
            .document
            .scalar(found.id)
            .map(|scalar| scalar.text.trim());
        let texts = options.iter().filter_map(JsonValue::as_str);
        let compared = text.filter(|text| self.comparisons.allows(text, texts.clone()));
        match compared.and_then(|text| nearest::meant(text, texts)) {
            Some(meant) => {
                verdict.help = Some(format!("did you mean `{meant}`?"));
                let sure = text.is_some_and(|text| text.to_lowercase() == meant.to_lowercase());
                verdict.fix = self.rewritten(found, meant, applicability(sure));
            }
            None if options.len() > MOST_OPTIONS => {
                verdict.help = Some(format!("the first of them are {}", first.join(", ")));
            }
            None => {}
        }
        verdict
    }

    /// A list that is too long: the first item too many is the place.
    fn surplus(&self, found: Found<'_>, at: &str, most: usize, rank: Rank) -> Verdict {
        let items = self.document.items(found.id);
        let message = format!(
            "{} has {}, at most {most} {} allowed",
            words::subject(self.document, at),
            words::count(items.len(), "item"),
            if most == 1 { "is" } else { "are" }
        );
        let first = items.get(most).map_or(found, |&id| Found { id, key: None });
        let mut spot = of_value(self.document, first);
        if first.id != found.id {
            spot.label = "the first one too many";
        }
        Verdict::new(RuleId::InvalidValue, rank, spot, at.to_owned(), message)
            .there("the limit is set here")
    }

    fn repeated(&self, found: Found<'_>, at: &str) -> Option<Verdict> {
        let (first, second) = self.node(found).as_array()?.duplicate()?;
        let items = self.document.items(found.id);
        let at_index = |index: usize| Found {
            id: items.get(index).copied().unwrap_or(found.id),
            key: None,
        };
        let message = format!(
            "{} lists {} twice",
            words::subject(self.document, at),
            words::plainly(self.document, at_index(second).id)
        );
        let mut pointer = at.to_owned();
        pointer::push_index(&mut pointer, second);
        let spot = of_value(self.document, at_index(second));
        let mut verdict = Verdict::new(RuleId::InvalidValue, Rank::Bound, spot, pointer, message)
            .help("delete one of the two")
            .there("repetition is excluded here");
        let before = of_value(self.document, at_index(first));
        verdict
            .related
            .push((before, "listed here first".to_owned()));
        Some(verdict)
    }

    fn lacks_item(&self, side: &Side<'_>, found: Found<'_>, at: &str) -> Verdict {
        let subject = words::subject(self.document, at);
        let owner = side.owner();
        let number = |keyword: &str| owner?.get(keyword)?.as_u64();
        let wanted = side.at.as_ref().and_then(|place| {
            let (owner, _) = place.owner()?;
            self.describer().describe(&owner.child(&["contains"]))
        });
        let wanted = wanted.unwrap_or_else(|| "what the schema asks for".to_owned());
        let message = match (number("minContains"), number("maxContains")) {
            (None | Some(0 | 1), None) => {
                format!("no item of {subject} is {wanted}; at least one must be")
            }
            (Some(least), None) => format!("at least {least} items of {subject} must be {wanted}"),
            (None | Some(0 | 1), Some(most)) => {
                format!("between 1 and {most} items of {subject} must be {wanted}")
            }
            (Some(least), Some(most)) => {
                format!("between {least} and {most} items of {subject} must be {wanted}")
            }
        };
        let spot = of_value(self.document, found);
        Verdict::new(
            RuleId::SchemaMismatch,
            Rank::Rest,
            spot,
            at.to_owned(),
            message,
        )
    }

    fn excluded(
        &mut self,
        side: &Side<'_>,
        found: Found<'_>,
        at: &str,
        schema: &JsonValue,
    ) -> Verdict {
        let subject = words::subject(self.document, at);
        let only_required = schema.as_object().filter(|schema| schema.len() == 1);
        let required = only_required.and_then(|schema| schema.get("required")?.as_array());
        let keys: Vec<&str> = required
            .into_iter()
            .flatten()
            .filter_map(JsonValue::as_str)
            .collect();
        if let Some(&first) = keys.first() {
            let names: Vec<_> = keys.iter().map(|key| words::code(key)).collect();
            let message = match keys.len() {
                1 => format!("the key {} is not allowed in {subject}", names[0]),
                _ => format!(
                    "{subject} must not have {} together",
                    words::join(&names, "and")
                ),
            };
            if let Some(Found { key: Some(key), .. }) = self.finder.step(found.id, first) {
                let mut pointer = at.to_owned();
                pointer::push(&mut pointer, first);
                let mut verdict = Verdict::new(
                    RuleId::SchemaMismatch,
                    Rank::Rest,
                    of_key(key),
                    pointer,
                    message,
                );
                for other in &keys[1..] {
                    if let Some(Found { key: Some(key), .. }) = self.finder.step(found.id, other) {
                        let label = "and this stands beside it".to_owned();
                        verdict.related.push((of_key(key), label));
                    }
                }
                return verdict;
            }
        }
        let noun = side
            .at
            .as_ref()
            .and_then(|at| self.describer().describe(at));
        let is = words::plainly(self.document, found.id);
        let message = match noun {
            Some(noun) => format!("{subject} must not be {noun}, but is {is}"),
            None => format!("{subject} is {is}, which the schema excludes"),
        };
        let spot = of_value(self.document, found);
        let (rule, rank) = match speaks_of_value(schema) {
            true => (RuleId::InvalidValue, Rank::Pattern),
            false => (RuleId::SchemaMismatch, Rank::Rest),
        };
        Verdict::new(rule, rank, spot, at.to_owned(), message).there("excluded here")
    }

    pub(super) fn describer(&self) -> words::Describer<'_> {
        words::Describer {
            resources: &self.schema.resources,
            shapes: self.schema.shapes(),
        }
    }
}

/// Whether a subschema is nothing but lists, patterns and bounds.
fn speaks_of_value(schema: &JsonValue) -> bool {
    const KEYWORDS: [&str; 10] = [
        "const",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "maxLength",
        "maximum",
        "minLength",
        "minimum",
        "multipleOf",
        "pattern",
    ];
    let schema = schema.as_object().filter(|schema| !schema.is_empty());
    schema.is_some_and(|schema| schema.keys().all(|key| KEYWORDS.contains(&key.as_str())))
}
