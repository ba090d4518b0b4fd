//! Values of the wrong type, with what the generator reads.

use jsonschema::JsonType;
use serde_json::Value as JsonValue;

use super::rewrite::{means_itself, quoted, replace, syntax_of};
use super::target::KeyedNode;
use super::trial::{Outcome, Proposal};
use super::{Explainer, Explanation, Rank, words};
use crate::diagnostic::{Applicability, Fix, RuleId};
use crate::dialect::{Style, Value};
use crate::syntax::{NodeId, Scalar, Syntax};
use crate::text::in_double_quotes;

impl Explainer<'_> {
    /// A value whose type is none of `expected`.
    pub(super) fn wrong_type(
        &mut self,
        found: KeyedNode<'_>,
        pointer: &str,
        expected: &[JsonType],
        owner: Option<&JsonValue>,
    ) -> Explanation {
        let mut explanation =
            self.not_of_type(found, pointer, &words::types(expected, owner), expected);
        let may_be_empty = owner.is_none_or(|owner| {
            ["minLength", "pattern", "enum", "format"]
                .iter()
                .all(|limit| owner.get(limit).is_none())
        });
        if !may_be_empty && self.document.is_null(found.id) {
            explanation.help = explanation
                .help
                .map(|help| help.replace(", or `\"\"` if it is to be empty", ""));
        }
        explanation
    }

    /// A value that is not what `noun` says.
    pub(super) fn not_of_type(
        &mut self,
        found: KeyedNode<'_>,
        pointer: &str,
        noun: &str,
        expected: &[JsonType],
    ) -> Explanation {
        let subject = words::subject(self.document, pointer);
        let is = words::found(self.document, found.id);
        let scalar = self.document.scalar(found.id);
        let message = match scalar {
            Some(scalar) if scalar.value == Value::Null => self.null(&subject, found, scalar, noun),
            _ => format!("{subject} must be {noun}, but is {is}"),
        };
        let mut explanation = Explanation::new(
            RuleId::WrongType,
            Rank::Type,
            self.target_of(found),
            pointer.to_owned(),
            message,
        )
        .schema_label("the type is given here");
        let Some(scalar) = scalar else {
            if wants_scalar(expected) {
                self.suggest_text(&mut explanation, found);
            }
            return explanation;
        };
        self.suggest_type(&mut explanation, found, scalar, expected);
        explanation
    }

    /// Says how to write the scalar so that it has an expected type.
    fn suggest_type(
        &mut self,
        explanation: &mut Explanation,
        found: KeyedNode<'_>,
        scalar: &Scalar<'_>,
        expected: &[JsonType],
    ) {
        let syntax = syntax_of(self.document, self.document.node(found.id).source);
        let wants = |kind| expected.contains(&kind);
        match &scalar.value {
            Value::Null if wants(JsonType::String) => {
                let key = found.key.map(|key| key.text.as_ref());
                explanation.help = key.map(|key| match syntax {
                    Syntax::Yaml => {
                        format!("write a text after `{key}:`, or `\"\"` if it is to be empty")
                    }
                    _ => format!("give `{key}` a text, or `\"\"` if it is to be empty"),
                });
            }
            Value::Null => {}
            // Text is wanted where a date is refused as such.
            Value::Timestamp(_) if wants(JsonType::String) => {
                self.quote(explanation, found, scalar, syntax);
            }
            Value::String | Value::Timestamp(_) | Value::Binary(_) | Value::Error(_) => {
                self.unquote(explanation, found, scalar, expected, syntax);
            }
            _ if wants(JsonType::String) => {
                let proposal = Proposal::Scalar(&scalar.text, Value::String);
                let outcome = self.try_value(found.id, &explanation.pointer, &proposal);
                match outcome {
                    Outcome::Accepted => self.quote(explanation, found, scalar, syntax),
                    Outcome::Refused(problem) => {
                        explanation.help =
                            Some(format!("in quotes it would be wrong, too: {problem}"));
                    }
                    Outcome::Untried => {}
                }
            }
            Value::Integer(number @ (0 | 1)) if wants(JsonType::Boolean) => {
                let meant = if *number == 1 { "true" } else { "false" };
                explanation.help = Some(format!("write `{meant}`"));
                explanation.fix = Some(self.boolean(found, meant, Applicability::Unsafe));
            }
            _ => {}
        }
    }

    /// Says how to write the text that brackets made a list or a mapping of: `[[Ann]]`, `[ann]`,
    /// `{home}`.
    fn suggest_text(&mut self, explanation: &mut Explanation, found: KeyedNode<'_>) {
        let node = self.document.node(found.id);
        let syntax = syntax_of(self.document, node.source);
        let (Some(text), Syntax::Yaml) = (self.text_in_brackets(found.id), syntax) else {
            self.suggest_only_item(explanation, found);
            return;
        };
        if self.accepts_text(found, &explanation.pointer, &text)
            && let Some(written) = in_double_quotes(&text)
        {
            explanation.help = Some(format!("where it is text, quote it: `{written}`"));
            explanation.fix = Some(replace(
                self.document,
                found.id,
                written,
                "Quote the value".to_owned(),
                Applicability::Unsafe,
            ));
        }
    }

    /// The only item of a list, where it is accepted in place of the list.
    fn suggest_only_item(&mut self, explanation: &mut Explanation, found: KeyedNode<'_>) {
        let document = self.document;
        let &[only] = document.items(found.id) else {
            return;
        };
        let Some(scalar) = document.scalar(only) else {
            return;
        };
        let proposal = Proposal::Scalar(&scalar.text, scalar.value.clone());
        if self.is_accepted(found.id, &explanation.pointer, &proposal) {
            let item = words::code(&scalar.text);
            explanation.help = Some(format!("write {item} without the list"));
        }
    }

    /// A link of a wiki or a placeholder: what is written in `[[…]]` or in `{…}`, with the brackets.
    fn text_in_brackets(&self, id: NodeId) -> Option<String> {
        let document = self.document;
        let node = document.node(id);
        let text = match (document.items(id), document.members(id)) {
            (&[inner], []) => {
                let &[only] = document.items(inner) else {
                    return None;
                };
                format!("[[{}]]", document.scalar(only)?.text)
            }
            ([], [member]) if document.is_null(member.value) => {
                format!("{{{}}}", member.key.text)
            }
            _ => return None,
        };
        (node.span.len() as usize == text.len()).then_some(text)
    }

    fn accepts_text(&mut self, found: KeyedNode<'_>, at: &str, text: &str) -> bool {
        self.is_accepted(found.id, at, &Proposal::Scalar(text, Value::String))
    }

    fn null(&self, subject: &str, found: KeyedNode<'_>, scalar: &Scalar<'_>, noun: &str) -> String {
        let source = self.document.node(found.id).source;
        match syntax_of(self.document, source) {
            Syntax::Yaml if scalar.text.is_empty() => {
                format!("{subject} is empty, which YAML reads as null; expected {noun}")
            }
            Syntax::Yaml => format!(
                "{subject} is {}, which {} reads as null; expected {noun}",
                words::code(&scalar.text),
                self.reader
            ),
            _ => format!("{subject} is null; expected {noun}"),
        }
    }

    /// Suggests quotes for what was meant as text.
    fn quote(
        &self,
        explanation: &mut Explanation,
        found: KeyedNode<'_>,
        scalar: &Scalar<'_>,
        syntax: Syntax,
    ) {
        let Some(quoted) = quoted(&scalar.text, syntax) else {
            return;
        };
        let is = words::found(self.document, found.id);
        let same = is.ends_with(&format!(" {}", scalar.text)) || is == scalar.text.as_ref();
        explanation.help = Some(if same || syntax != Syntax::Yaml {
            format!("quote it to make it text: {quoted}")
        } else {
            format!(
                "{} reads {} as {is}; quote it: {quoted}",
                self.reader,
                words::code(&scalar.text)
            )
        });
        explanation.fix = Some(replace(
            self.document,
            found.id,
            quoted,
            "Quote the value".to_owned(),
            Applicability::Safe,
        ));
    }

    /// Writes a text as a list: of its parts between commas, or else of itself.
    fn suggest_list(
        &mut self,
        explanation: &mut Explanation,
        found: KeyedNode<'_>,
        scalar: &Scalar<'_>,
        syntax: Syntax,
    ) {
        let text = scalar.text.trim();
        let whole = vec![text.to_owned()];
        for items in [between_commas(text), whole] {
            let list = items.iter().map(|item| match syntax {
                Syntax::Yaml if means_itself(item) => Some(item.clone()),
                _ => quoted(item, syntax),
            });
            let Some(list) = list.collect::<Option<Vec<_>>>().map(|list| list.join(", ")) else {
                continue;
            };
            let proposal = Proposal::List(&items);
            let is_short = list.chars().count() <= 60;
            if is_short && self.is_accepted(found.id, &explanation.pointer, &proposal) {
                explanation.help = Some(match items.len() {
                    1 => format!("write a list, even of one item: [{list}]"),
                    _ => format!("write a list: [{list}]"),
                });
                return;
            }
        }
    }

    fn boolean(&self, found: KeyedNode<'_>, meant: &str, sure: Applicability) -> Fix {
        let title = format!("Change to `{meant}`");
        replace(self.document, found.id, meant.to_owned(), title, sure)
    }

    /// Suggests how to write the number, boolean or list that was meant.
    fn unquote(
        &mut self,
        explanation: &mut Explanation,
        found: KeyedNode<'_>,
        scalar: &Scalar<'_>,
        expected: &[JsonType],
        syntax: Syntax,
    ) {
        let text = scalar.text.trim();
        let wants = |kind| expected.contains(&kind);
        let is_quoted = matches!(scalar.style, Style::SingleQuoted | Style::DoubleQuoted);
        let is_integer = is_plain_integer(text);
        let numeric = (wants(JsonType::Integer) && is_integer)
            || (wants(JsonType::Number) && (is_integer || is_plain_decimal(text)));
        let boolean = wants(JsonType::Boolean) && matches!(text, "true" | "false");
        let value = match text.parse() {
            _ if boolean => Value::Bool(text == "true"),
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Float(text.parse().unwrap_or_default()),
        };
        let proposal = Proposal::Scalar(text, value);
        if is_quoted
            && (numeric || boolean)
            && self.is_accepted(found.id, &explanation.pointer, &proposal)
        {
            explanation.help = Some(format!("remove the quotes: {text}"));
            explanation.fix = Some(replace(
                self.document,
                found.id,
                text.to_owned(),
                "Remove the quotes".to_owned(),
                Applicability::Safe,
            ));
            return;
        }
        if wants(JsonType::Boolean) {
            let (safe, uncertain) = (Applicability::Safe, Applicability::Unsafe);
            let meant = match text.to_lowercase().as_str() {
                "true" | "yes" | "on" => Some(("true", safe)),
                "false" | "no" | "off" => Some(("false", safe)),
                // Any text counts as true in a template, so that these may be meant otherwise.
                "y" | "oui" | "vrai" => Some(("true", uncertain)),
                "n" | "non" | "faux" => Some(("false", uncertain)),
                _ => None,
            };
            explanation.fix = meant.map(|(meant, sure)| self.boolean(found, meant, sure));
            let meant = meant.map(|(meant, _)| meant);
            explanation.help = meant.map(|meant| match scalar.style {
                Style::Plain if syntax == Syntax::Yaml => format!(
                    "{} reads {} as text; write `{meant}`",
                    self.reader,
                    words::code(text)
                ),
                _ => format!("write `{meant}`, without quotes"),
            });
        } else if expected == [JsonType::Array] && !text.is_empty() {
            self.suggest_list(explanation, found, scalar, syntax);
        }
    }
}

/// The parts of a text between its commas.
fn between_commas(text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn wants_scalar(expected: &[JsonType]) -> bool {
    !expected.contains(&JsonType::Array) && !expected.contains(&JsonType::Object)
}

/// Whether every parser reads the digits as the same integer.
fn is_plain_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.len() <= 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
}

fn is_plain_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, fraction)| {
        is_plain_integer(whole)
            && !fraction.is_empty()
            && fraction.bytes().all(|byte| byte.is_ascii_digit())
    })
}
