//! How the regular expressions of schemas are run. Most take time in proportion to the text. Those
//! with look-around or back-references do not: they are tried only on texts so short that they take
//! less than 100 ms, whatever they are.

mod effort;
mod slow;

use std::sync::OnceLock;

use jsonschema::{FancyRegex, PatternOptions, Validator};
use memchr::memchr3;
use serde_json::json;

use super::budget::Excess;
use super::instance::{Name, Node, Tree};
pub(super) use effort::{Effort, written_out};
pub(super) use slow::SlowPattern;

/// Steps back that a pattern may take on one value before it is given up; 70 ms where each looks at a
/// text of the greatest length. Patterns without look-around and back-references take none.
const BACKTRACK_LIMIT: usize = 6_000;

/// For every validator of schemas.
pub(super) fn options() -> PatternOptions<FancyRegex> {
    PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT)
}

/// A pattern that is tried on texts outside of the validator.
#[derive(Debug)]
pub(super) enum Pattern {
    Linear(LinearPattern),
    Slow(SlowPattern),
}

impl Pattern {
    /// What is no pattern matches nothing.
    pub(super) fn new(pattern: &str) -> Self {
        SlowPattern::new(pattern)
            .map_or_else(|| Self::Linear(LinearPattern::new(pattern)), Self::Slow)
    }

    /// Whether a text matches; `Err` where that is not found out.
    pub(super) fn matches(&self, text: &str) -> Result<bool, Excess> {
        match self {
            Self::Linear(pattern) => Ok(pattern.matches(text)),
            Self::Slow(pattern) => pattern.matches(text),
        }
    }

    /// What a trial costs, in steps of the page's budget, beyond reading the text.
    pub(super) fn steps(&self, text: &str) -> usize {
        match self {
            Self::Linear(_) => 0,
            Self::Slow(pattern) => pattern.steps(text),
        }
    }
}

/// A pattern whose time is linear. It is compiled for the first text that needs it.
#[derive(Debug)]
pub(super) struct LinearPattern {
    pattern: Box<str>,
    /// Bytes one of which every text has that matches, if they are known.
    needed: Option<[u8; 3]>,
    validator: OnceLock<Option<Validator<Tree>>>,
}

impl LinearPattern {
    fn new(pattern: &str) -> Self {
        Self {
            pattern: pattern.into(),
            needed: needed_bytes(pattern),
            validator: OnceLock::new(),
        }
    }

    fn matches(&self, text: &str) -> bool {
        if &*self.pattern == r"\S" && text.bytes().any(|byte| byte.is_ascii_graphic()) {
            return true;
        }
        let lacks = |[a, b, c]: [u8; 3]| memchr3(a, b, c, text.as_bytes()).is_none();
        if self.needed.is_some_and(lacks) {
            return false;
        }
        let build = || {
            let building = jsonschema::options_for::<Tree>().with_pattern_options(options());
            building.build(&json!({ "pattern": self.pattern })).ok()
        };
        let validator = self.validator.get_or_init(build).as_ref();
        validator.is_some_and(|validator| validator.is_valid(Node::Name(&Name::of(text))))
    }
}

/// Bytes one of which every text has that matches: the first character of a pattern that begins with
/// a literal one, or the members of one that is a small class, such as `[\r\n]`.
fn needed_bytes(pattern: &str) -> Option<[u8; 3]> {
    if pattern == r"[\r\n]" {
        return Some(*b"\r\n\n");
    }
    let (&first, rest) = pattern.as_bytes().split_first()?;
    let is_literal = first.is_ascii_alphanumeric() || b"&-/:#<=>@_~ ".contains(&first);
    let is_optional = matches!(rest.first(), Some(b'*' | b'?' | b'{'));
    (is_literal && !is_optional && !has_alternatives(pattern)).then_some([first; 3])
}

/// Whether a pattern has a `|` outside of groups. May say so of one that has none.
fn has_alternatives(pattern: &str) -> bool {
    let (mut depth, mut is_in_class) = (0_usize, false);
    for byte in pattern.bytes() {
        match byte {
            b'\\' => return pattern.contains('|'),
            b'[' if is_in_class => return true,
            b'[' => is_in_class = true,
            b']' => is_in_class = false,
            _ if is_in_class => {}
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'|' if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_a_match_needs() {
        for (pattern, expected) in [
            (r"[\r\n]", Some(b"\r\n\n")),
            ("&(?:[a-z]|[0-9]);", Some(b"&&&")),
            ("a+", Some(b"aaa")),
            ("ab?", Some(b"aaa")),
            (r"a\.b", Some(b"aaa")),
            ("a|b", None),
            (r"a\||b", None),
            ("a[[]|b", None),
            ("a?b", None),
            ("a*", None),
            ("a{0}", None),
            ("^a", None),
            ("[a-z]", None),
            ("", None),
        ] {
            assert_eq!(needed_bytes(pattern).as_ref(), expected, "{pattern}");
        }
    }
}
