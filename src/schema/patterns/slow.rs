//! Patterns with look-around or back-references, tried on short texts only.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::json;

use super::effort::Effort;
use super::{BACKTRACK_LIMIT, options};
use crate::schema::budget::Excess;
use crate::schema::instance::{Name, Node, Tree};

/// A `pattern` that is not linear, in the place of the validator's own keyword.
#[derive(Debug)]
pub(in crate::schema) struct SlowPattern {
    pattern: String,
    effort: Effort,
    validator: Validator<Tree>,
}

impl SlowPattern {
    /// `None` for a pattern whose time is linear, and for what is no pattern.
    pub(in crate::schema) fn new(pattern: &str) -> Option<Self> {
        let effort = Effort::of(pattern)?;
        let building = jsonschema::options_for::<Tree>().with_pattern_options(options());
        Some(Self {
            validator: building.build(&json!({ "pattern": pattern })).ok()?,
            pattern: pattern.to_owned(),
            effort,
        })
    }

    /// Whether a text matches; `Err` where that is not found out.
    pub(in crate::schema) fn matches(&self, text: &str) -> Result<bool, Excess> {
        let len = text.chars().count();
        let most = self.effort.longest();
        if len > most {
            return Err(Excess::LongText {
                pattern: self.pattern.clone(),
                len,
                most,
            });
        }
        let name = Name::of(text);
        let mut errors = self.validator.iter_errors(Node::Name(&name));
        match errors.next().as_ref().map(ValidationError::kind) {
            None => Ok(true),
            Some(ValidationErrorKind::Pattern { .. }) => Ok(false),
            Some(_) => Err(Excess::SlowPattern(self.pattern.clone())),
        }
    }

    /// What a trial costs, in steps of the page's budget.
    pub(in crate::schema) fn steps(&self, text: &str) -> usize {
        let len = text.chars().count();
        self.effort.steps(len.min(self.effort.longest()))
    }

    fn holds(&self, node: Node<'_>) -> bool {
        use jsonschema::json::Node as _;
        let Some(text) = node.as_string() else {
            return true;
        };
        node.spend(self.steps(&text));
        self.matches(&text).unwrap_or_else(|excess| {
            if matches!(excess, Excess::SlowPattern(_)) {
                node.spend(BACKTRACK_LIMIT);
            }
            node.omit(excess);
            true
        })
    }
}

impl<'i> Keyword<'i, Tree> for SlowPattern {
    fn validate(&self, instance: Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.holds(instance) {
            return Ok(());
        }
        let mut errors = self.validator.iter_errors(instance);
        errors.next().map_or(Ok(()), |error| Err(error.to_owned()))
    }

    fn is_valid(&self, instance: Node<'i>) -> bool {
        self.holds(instance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_is_tried_quickly() {
        for pattern in [
            "(?=.*b)c",
            "(?=.*a$)(?=.*a$)(?=.*a$)(?=.*a$)(?=.*b)c",
            "(?:(?=.*b?).)*c",
            "(?=(?:(?=.*b?).)*c)",
            "(?>(?:(?=.*b?).)*)c",
            "(?=(?:(?=(?:(?=.*b?).)*c?).)*)c",
            r"(a*)*(a*)*(a*)*\1c",
            r"^(a|a)*(?=c)",
            r"(?<=a.*)c",
            "(?<=(a{1,500}){1,10})c",
            "(?=(a{1,500}){1,10}b)",
        ] {
            let Some(pattern) = SlowPattern::new(pattern) else {
                continue;
            };
            let text = "a".repeat(pattern.effort.longest());
            let begun = std::time::Instant::now();
            let _ = pattern.matches(&text);
            // The engine is many times slower in a debug build, and the processor may be shared.
            let limit = if cfg!(debug_assertions) {
                60_000
            } else {
                1_000
            };
            let taken = begun.elapsed();
            assert!(taken.as_millis() < limit, "{}: {taken:?}", pattern.pattern);
        }
    }

    #[test]
    fn a_pattern_that_is_given_up_has_no_answer() {
        let pattern = SlowPattern::new(r"(a*)*(a*)*(a*)*\1c").unwrap();
        assert_eq!(pattern.matches("aac"), Ok(true));
        assert_eq!(pattern.matches("b"), Ok(false));
        let slow = pattern.matches(&"a".repeat(100));
        assert!(matches!(slow, Err(Excess::SlowPattern(_))), "{slow:?}");
        let long = pattern.matches(&"a".repeat(3_000));
        assert!(matches!(long, Err(Excess::LongText { most: 2_000, .. })));
    }
}
