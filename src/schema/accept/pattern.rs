//! Texts that need no regular expression to be judged, and what is left to the validator.

use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use memchr::memchr3;
use serde_json::{Map, Value};

use crate::schema::budget::Budget;
use crate::schema::instance::{BYTES_A_STEP, Name, Node, Tree};
use crate::schema::patterns::{self, SlowPattern};
use crate::syntax::NodeId;

/// Keywords of one subschema that the validator judges, by themselves.
pub(super) struct Rest {
    schema: Value,
    draft: Draft,
    validator: OnceLock<Option<Validator<Tree>>>,
}

impl Rest {
    pub(super) fn new(keywords: Map<String, Value>, draft: Draft) -> Self {
        Self {
            schema: Value::Object(keywords),
            draft,
            validator: OnceLock::new(),
        }
    }

    /// What the validator says.
    pub(super) fn judge(&self, node: Node<'_>) -> Option<bool> {
        let build = || {
            let options = jsonschema::options_for::<Tree>().with_draft(self.draft);
            let options = options.with_pattern_options(patterns::options());
            options.build(&self.schema).ok()
        };
        let validator = self.validator.get_or_init(build);
        Some(validator.as_ref()?.is_valid(node))
    }
}

/// A `pattern`.
pub(super) struct Pattern {
    shortcut: Option<Shortcut>,
    full: Full,
}

/// How a pattern is tried where no shortcut decides.
enum Full {
    /// In time that is in proportion to the text.
    Linear(Rest),
    /// On short texts only.
    Slow(SlowPattern),
}

/// What is known of a pattern without reading it as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shortcut {
    /// It matches every text that has a visible ASCII character.
    Visible,
    /// It matches no text that has none of these.
    OneOf([u8; 3]),
}

impl Pattern {
    pub(super) fn new(pattern: &str, draft: Draft) -> Self {
        let keyword = ("pattern".to_owned(), Value::from(pattern));
        let linear = || Full::Linear(Rest::new(Map::from_iter([keyword]), draft));
        Self {
            shortcut: Shortcut::of(pattern),
            full: SlowPattern::new(pattern).map_or_else(linear, Full::Slow),
        }
    }

    /// Whether it matches a text, which belongs to the node. `None` where that is not certain.
    pub(super) fn matches(&self, text: &str, budget: &Budget, node: NodeId) -> Option<bool> {
        match self.shortcut {
            Some(Shortcut::Visible) if text.bytes().any(|byte| byte.is_ascii_graphic()) => {
                Some(true)
            }
            Some(Shortcut::OneOf([a, b, c])) if memchr3(a, b, c, text.as_bytes()).is_none() => {
                Some(false)
            }
            _ => match &self.full {
                Full::Linear(rest) => {
                    budget.spend(node, text.len() / BYTES_A_STEP);
                    rest.judge(Node::Name(&Name::of(text)))
                }
                // A no is left to the validator, which knows what else to do where it gives up.
                Full::Slow(pattern) => {
                    budget.spend(node, pattern.steps(text));
                    pattern.matches(text).ok().filter(|matches| *matches)
                }
            },
        }
    }

    /// Characters one of which each text has that it matches, where they are known.
    pub(super) fn needs(&self) -> Option<[u8; 3]> {
        match self.shortcut? {
            Shortcut::OneOf(bytes) => Some(bytes),
            Shortcut::Visible => None,
        }
    }
}

impl Shortcut {
    fn of(pattern: &str) -> Option<Self> {
        if pattern == r"\S" {
            return Some(Self::Visible);
        }
        let set = pattern
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        match set {
            Some(set) => members_of_class(set).map(Self::OneOf),
            None => first_of_sequence(pattern).map(|byte| Self::OneOf([byte; 3])),
        }
    }
}

/// The characters between the brackets of a class, where they are one to three that stand for
/// themselves.
fn members_of_class(set: &str) -> Option<[u8; 3]> {
    let mut members = Vec::new();
    let mut bytes = set.bytes();
    while let Some(byte) = bytes.next() {
        members.push(match byte {
            b'\\' => match bytes.next()? {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                _ => return None,
            },
            byte if is_literal(byte) => byte,
            _ => return None,
        });
    }
    match *members {
        [a] => Some([a; 3]),
        [a, b] => Some([a, b, b]),
        [a, b, c] => Some([a, b, c]),
        _ => None,
    }
}

/// The character that a pattern begins with, where every match does.
fn first_of_sequence(pattern: &str) -> Option<u8> {
    let (&first, rest) = pattern.as_bytes().split_first()?;
    let is_optional = matches!(rest.first(), Some(b'*' | b'?' | b'{'));
    let is_literal = is_literal(first) || matches!(first, b'&' | b'-' | b'~');
    (is_literal && !is_optional && !has_alternatives(pattern)).then_some(first)
}

/// Whether a pattern has a `|` that is in no group. May say so of one that has none.
fn has_alternatives(pattern: &str) -> bool {
    let mut depth = 0_usize;
    let mut bytes = pattern.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'[' => {
                // The end of a class that holds brackets is hard to tell.
                let class = bytes.by_ref().take_while(|&byte| byte != b']');
                if class.into_iter().any(|byte| matches!(byte, b'[' | b'\\')) {
                    return true;
                }
            }
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'|' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// Whether a character stands for itself, in a class and out of it.
fn is_literal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" !\"#%',/:;<=>@_`".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts() {
        let one_of = |bytes: &[u8; 3]| Some(Shortcut::OneOf(*bytes));
        for (pattern, expected) in [
            (r"\S", Some(Shortcut::Visible)),
            (r"\S+", None),
            (r"[\r\n]", one_of(b"\r\n\n")),
            ("[:]", one_of(b":::")),
            ("[a:/]", one_of(b"a:/")),
            ("[a-z]", None),
            ("[^a]", None),
            ("[abcd]", None),
            ("[a][b]", None),
            (r"[\d]", None),
            ("[]", None),
            ("é", None),
            ("[~~a]", None),
            ("&(?:[a-z]|[0-9]);", one_of(b"&&&")),
            ("a|b", None),
            ("ab?", one_of(b"aaa")),
            ("a?b", None),
            ("a*", None),
            ("a{0}", None),
            ("a+", one_of(b"aaa")),
            ("a[|]b", one_of(b"aaa")),
            (r"a[\]]|b", None),
            (r"a\|b", one_of(b"aaa")),
            ("^a", None),
            ("", None),
        ] {
            assert_eq!(Shortcut::of(pattern), expected, "{pattern}");
        }
    }
}
