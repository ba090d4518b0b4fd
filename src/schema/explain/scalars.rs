//! Wrong values of the right type: listed values, patterns, formats, limits.

use jsonschema::error::ValidationErrorKind as Kind;
use regex_automata::nfa::thompson::backtrack::BoundedBacktracker;
use serde_json::Value as JsonValue;

use super::keyword_notes::KeywordNotes;
use super::rewrite::{applicability, differ_in_whitespace};
use super::target::{KeyedNode, child, key_target};
use super::{Explainer, Explanation, Rank, meant_names, words};
use crate::diagnostic::{PathProblem, RuleId};
use crate::dialect::Style;
use crate::schema::format_keyword::{Fault, Format};
use crate::schema::formats;
use crate::text::Span;

/// Options listed one by one in a message.
const MOST_OPTIONS: usize = 8;

impl Explainer<'_> {
    /// What is wrong with a value; `None` where nothing is.
    pub(super) fn wrong_value(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        kind: &Kind,
    ) -> Option<Explanation> {
        match kind {
            Kind::Custom { .. } | Kind::Format { .. } => self.format(notes, found, at),
            Kind::UniqueItems => self.repeated(found, at),
            Kind::Enum { options } => Some(self.not_listed(found, at, options)),
            Kind::MaxItems { limit } => {
                Some(self.surplus(found, at, usize::try_from(*limit).ok()?))
            }
            Kind::AdditionalItems { limit } => Some(self.surplus(found, at, *limit)),
            Kind::Contains => Some(self.lacks_item(notes, found, at)),
            Kind::Not { schema } => Some(self.excluded(notes, found, at, schema)),
            _ => {
                let beyond = self.beyond_limit(found, at, kind);
                Some(beyond.unwrap_or_else(|| self.other_value(found, at, kind)))
            }
        }
    }

    /// A value that is too small, too large, too short or too long.
    fn beyond_limit(&self, found: KeyedNode<'_>, at: &str, kind: &Kind) -> Option<Explanation> {
        let subject = self.subject(at);
        let is = self.plainly(found);
        let bound = |relation: &str, limit: &JsonValue| {
            let limit = words::value(limit);
            format!("{subject} must be {relation} {limit}, but is {is}")
        };
        let characters = || {
            let scalar = self.document.scalar(found.id);
            words::count(
                scalar.map_or(0, |scalar| scalar.text.chars().count()),
                "character",
            )
        };
        let items = || words::count(self.document.items(found.id).len(), "item");
        let keys = || words::count(self.document.members(found.id).len(), "key");
        let message = match kind {
            Kind::MinLength { limit: 1 } => format!("{subject} must not be empty"),
            Kind::MinLength { limit } => {
                format!(
                    "{subject} has {}, at least {limit} are needed",
                    characters()
                )
            }
            Kind::MaxLength { limit } => {
                format!(
                    "{subject} has {}, at most {limit} are allowed",
                    characters()
                )
            }
            Kind::Minimum { limit } => bound("at least", limit),
            Kind::Maximum { limit } => bound("at most", limit),
            Kind::ExclusiveMinimum { limit } => bound("more than", limit),
            Kind::ExclusiveMaximum { limit } => bound("less than", limit),
            Kind::MultipleOf { multiple_of } => {
                format!("{subject} must be a multiple of {multiple_of}, but is {is}")
            }
            Kind::MinItems { limit } => {
                let are = words::is_or_are(*limit);
                format!("{subject} has {}, at least {limit} {are} needed", items())
            }
            Kind::MinProperties { limit } => {
                let are = words::is_or_are(*limit);
                format!("{subject} has {}, at least {limit} {are} needed", keys())
            }
            Kind::MaxProperties { limit } => {
                let are = words::is_or_are(*limit);
                format!("{subject} has {}, at most {limit} {are} allowed", keys())
            }
            _ => return None,
        };
        let target = self.target_of(found);
        let rule = RuleId::InvalidValue;
        let explanation = Explanation::new(rule, Rank::Bound, target, at, message);
        Some(explanation.schema_label("the limit is set here"))
    }

    /// A value that is wrong for any other keyword.
    fn other_value(&self, found: KeyedNode<'_>, at: &str, kind: &Kind) -> Explanation {
        let subject = self.subject(at);
        let is = self.plainly(found);
        let explain = |rule, rank, message| {
            let target = self.target_of(found);
            Explanation::new(rule, rank, target, at, message)
        };
        let (invalid, mismatch) = (RuleId::InvalidValue, RuleId::SchemaMismatch);
        match kind {
            Kind::Constant { expected_value } => {
                let expected = words::value(expected_value);
                let message = format!("{subject} must be {expected}, but is {is}");
                explain(invalid, Rank::Choice, message).schema_label("the value is fixed here")
            }
            Kind::Pattern { pattern } => {
                let pattern = words::code(pattern);
                let message =
                    format!("{subject} is {is}, which does not match the pattern {pattern}");
                explain(invalid, Rank::Pattern, message).schema_label("the pattern")
            }
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                let message = format!(
                    "the pattern for {subject} takes too long on this value, so it is not checked"
                );
                explain(invalid, Rank::Pattern, message)
                    .help("simplify the pattern in the schema: repetitions within repetitions make it slow")
                    .schema_label("the pattern")
            }
            Kind::UnevaluatedItems { .. } => {
                let message = format!("{subject} has items that the schema does not provide for");
                explain(mismatch, Rank::Rest, message)
            }
            Kind::ContentEncoding { content_encoding } => {
                let message = format!("{subject} is not encoded as {content_encoding}");
                explain(mismatch, Rank::Format, message)
            }
            Kind::ContentMediaType { content_media_type } => {
                let message = format!("{subject} is not {content_media_type}");
                explain(mismatch, Rank::Format, message)
            }
            other => {
                let keyword = other.keyword();
                let message = format!("{subject} does not satisfy `{keyword}` of the schema");
                explain(mismatch, Rank::Rest, message)
            }
        }
    }

    fn format(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
    ) -> Option<Explanation> {
        let name = notes.owner()?.get("format")?.as_str()?;
        let node = self.node(found);
        let target = self.target_of(found);
        let (rule, problem) = match Format::named(name).check(&node).err()? {
            Fault::Text(problem) => (RuleId::InvalidFormat, problem),
            Fault::Path(PathProblem { rule, problem }) => (rule, problem),
        };
        let mut explanation = Explanation::new(rule, Rank::Format, target, at, problem.message)
            .schema_label("the format is given here");
        explanation.help = self.with_offset(name, found).or(problem.help);
        explanation.fix = problem.replacement.and_then(|text| {
            let written = self.document.scalar(found.id)?.text.as_ref();
            // A file that exists under one name only was surely meant. Not so a `/` in front: the
            // template may add one.
            let sure = rule == RuleId::MissingFile || differ_in_whitespace(written, &text);
            self.rewritten(found, &text, applicability(sure))
        });
        Some(explanation)
    }

    /// The help for a time without an offset, where the site's time zone says which one it has.
    fn with_offset(&self, format: &str, found: KeyedNode<'_>) -> Option<String> {
        let scalar = self.document.scalar(found.id)?;
        let clock = formats::without_offset(format, &scalar.text)?;
        let (offset, zone) = self.page.paths.offset(&clock)?;
        let zone = words::code(zone);
        Some(format!(
            "write `{clock}{offset}`: that is the time in {zone} on this day"
        ))
    }

    fn not_listed(&mut self, found: KeyedNode<'_>, at: &str, options: &JsonValue) -> Explanation {
        let empty = Vec::new();
        let options = options.as_array().unwrap_or(&empty);
        let is = self.plainly(found);
        let subject = self.subject(at);
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
        let target = self.target_of(found);
        let mut explanation =
            Explanation::new(RuleId::InvalidValue, Rank::Choice, target, at, message)
                .schema_label("the values allowed are listed here");
        let text = self
            .document
            .scalar(found.id)
            .map(|scalar| scalar.text.trim());
        let texts = options.iter().filter_map(JsonValue::as_str);
        let compared = text.filter(|text| self.comparisons.allows(text, texts.clone()));
        let meant = compared.and_then(|text| meant_names::meant(text, texts).first().copied());
        match meant {
            Some(meant) => {
                explanation.help = Some(format!("did you mean `{meant}`?"));
                let sure = text.is_some_and(|text| text.to_lowercase() == meant.to_lowercase());
                explanation.fix = self.rewritten(found, meant, applicability(sure));
            }
            None if options.len() > MOST_OPTIONS => {
                explanation.help = Some(format!("the first of them are {}", first.join(", ")));
            }
            None => {}
        }
        explanation
    }

    /// A value that `not` excludes.
    fn excluded(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        schema: &JsonValue,
    ) -> Explanation {
        if let Some(explanation) = self.excluded_keys(found, at, schema) {
            return explanation;
        }
        let subject = self.subject(at);
        let excluded = notes.at.as_ref();
        let noun = excluded.and_then(|at| self.describer().describe(at));
        let is = self.plainly(found);
        let message = match noun {
            Some(noun) => format!("{subject} must not be {noun}, but is {is}"),
            None => format!("{subject} is {is}, which the schema excludes"),
        };
        let mut target = self.target_of(found);
        let (rule, rank) = match is_about_value(schema) {
            true => (RuleId::InvalidValue, Rank::Pattern),
            false => (RuleId::SchemaMismatch, Rank::Rest),
        };
        let part = self.excluded_part(found, schema);
        if let Some(part) = &part {
            target.span = part.0;
        }
        let mut explanation =
            Explanation::new(rule, rank, target, at, message).schema_label("excluded here");
        explanation.help = part.map(|(_, text)| format!("replace {}", words::code(&text)));
        explanation
    }

    /// The part of a text that matches an excluded pattern, where it is written as it reads.
    fn excluded_part(&self, found: KeyedNode<'_>, schema: &JsonValue) -> Option<(Span, String)> {
        /// A longer text is not worth a search.
        const LONGEST_TEXT: usize = 10_000;
        let pattern = schema.get("pattern")?.as_str()?;
        let node = self.document.node(found.id);
        let scalar = self.document.scalar(found.id)?;
        let text: &str = &scalar.text;
        let quotes = match scalar.style {
            Style::Plain => 0,
            Style::SingleQuoted | Style::DoubleQuoted => 1,
            Style::Literal | Style::Folded => return None,
        };
        if node.span.len() as usize != text.len() + 2 * quotes || text.len() > LONGEST_TEXT {
            return None;
        }
        let search = BoundedBacktracker::new(pattern).ok()?;
        let mut cache = search.create_cache();
        let part = search.try_find_iter(&mut cache, text).next()?.ok()?.range();
        if part.is_empty() || part.len() == text.len() {
            return None;
        }
        let start = node.span.range().start + quotes + part.start;
        let span = Span::from_usize(start, start + part.len());
        Some((span, text.get(part)?.to_owned()))
    }

    /// Keys that `"not": {"required": […]}` excludes.
    fn excluded_keys(
        &mut self,
        found: KeyedNode<'_>,
        at: &str,
        schema: &JsonValue,
    ) -> Option<Explanation> {
        let only_required = schema.as_object().filter(|schema| schema.len() == 1)?;
        let required = only_required.get("required")?.as_array()?;
        let keys: Vec<&str> = required.iter().filter_map(JsonValue::as_str).collect();
        let (first, others) = keys.split_first()?;
        let subject = self.subject(at);
        let names: Vec<_> = keys.iter().map(|key| words::code(key)).collect();
        let message = match names.as_slice() {
            [name] => format!("the key {name} is not allowed in {subject}"),
            _ => format!(
                "{subject} must not have {} together",
                words::join(&names, "and")
            ),
        };
        let pointer = child(at, first);
        let target = key_target(self.finder.step(found.id, first)?.key?);
        let (rule, rank) = (RuleId::SchemaMismatch, Rank::Rest);
        let mut explanation = Explanation::new(rule, rank, target, pointer, message);
        for other in others {
            if let Some(key) = self
                .finder
                .step(found.id, other)
                .and_then(|found| found.key)
            {
                let label = "and this stands beside it".to_owned();
                explanation.related.push((key_target(key), label));
            }
        }
        Some(explanation)
    }

    pub(super) fn describer(&self) -> words::Describer<'_> {
        words::Describer {
            resources: &self.schema.resources,
            subschemas: self.schema.subschemas(),
        }
    }
}

/// Whether a subschema is nothing but lists, patterns and bounds.
fn is_about_value(schema: &JsonValue) -> bool {
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
