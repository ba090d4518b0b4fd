//! Values of the wrong type, with what the generator reads.

use jsonschema::JsonType;
use serde_json::Value as JsonValue;

use super::rewrite::{quoted, replace, syntax_of};
use super::target::KeyedNode;
use super::{Explainer, Explanation, Rank, words};
use crate::diagnostic::{Applicability, Fix, RuleId};
use crate::dialect::{Style, Value};
use crate::syntax::{Kind, Scalar, Syntax};

impl Explainer<'_> {
    /// A value whose type is none of `expected`.
    pub(super) fn wrong_type(
        &self,
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
        &self,
        found: KeyedNode<'_>,
        pointer: &str,
        noun: &str,
        expected: &[JsonType],
    ) -> Explanation {
        let subject = words::subject(self.document, pointer);
        let node = self.document.node(found.id);
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
            if let (Kind::Sequence(items), true) = (&node.kind, wants_scalar(expected))
                && items.len() == 1
            {
                explanation.help = Some("write its one item without the list".to_owned());
            }
            return explanation;
        };
        self.suggest_type(&mut explanation, found, scalar, expected);
        explanation
    }

    /// Says how to write the scalar so that it has an expected type.
    fn suggest_type(
        &self,
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
            _ if wants(JsonType::String) => self.quote(explanation, found, scalar, syntax),
            Value::Integer(number @ (0 | 1)) if wants(JsonType::Boolean) => {
                let meant = if *number == 1 { "true" } else { "false" };
                explanation.help = Some(format!("write `{meant}`"));
                explanation.fix = Some(self.boolean(found, meant, Applicability::Unsafe));
            }
            _ => {}
        }
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

    fn boolean(&self, found: KeyedNode<'_>, meant: &str, sure: Applicability) -> Fix {
        let title = format!("Change to `{meant}`");
        replace(self.document, found.id, meant.to_owned(), title, sure)
    }

    /// Suggests how to write the number, boolean or list that was meant.
    fn unquote(
        &self,
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
        if is_quoted && (numeric || boolean) {
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
            let item = if syntax == Syntax::Yaml
                && scalar.style == Style::Plain
                && !text.contains([',', '[', ']', '{', '}', '#'])
            {
                Some(text.to_owned())
            } else {
                quoted(text, syntax)
            };
            explanation.help = item
                .filter(|item| item.chars().count() <= 60)
                .map(|item| format!("write a list, even of one item: [{item}]"));
        }
    }
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
