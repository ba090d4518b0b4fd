//! How the regular expressions of schemas are run. Most take time in proportion to the text. Those
//! with look-around or back-references do not: they are tried only on texts so short that they take
//! less than 100 ms, whatever they are.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{FancyRegex, Keyword, PatternOptions, ValidationError, Validator};
use serde_json::json;

use super::budget::Excess;
use super::instance::{Name, Node, Tree};

/// Steps back that a pattern may take on one value before it is given up; 70 ms where each looks at a
/// text of the greatest length. Patterns without look-around and back-references take none.
const BACKTRACK_LIMIT: usize = 6_000;

/// Characters that a pattern may look at in one trial, as [`Effort`] estimates it; about 20 ms.
const MOST_LOOKS: usize = 4_000_000;

/// Looks at characters that take as long as one step of [`super::budget`].
const LOOKS_A_STEP: usize = 50;

/// For every validator of schemas.
pub(super) fn options() -> PatternOptions<FancyRegex> {
    PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT)
}

/// What a pattern costs that is not linear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effort {
    /// Look-arounds and back-references.
    count: usize,
    /// How deep look-arounds are nested; each level multiplies by the length of the text.
    depth: u32,
}

impl Effort {
    /// `None` for a pattern whose time is linear. May be more than the pattern really costs.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let mut effort = Self { count: 0, depth: 0 };
        // Whether each open group is one that looks around.
        let mut groups = Vec::new();
        let mut depth = 0;
        let mut characters = pattern.char_indices();
        let mut is_after_quantifier = false;
        while let Some((at, character)) = characters.next() {
            let mut is_quantifier = false;
            match character {
                '\\' => {
                    let escaped = characters.next().map(|(_, escaped)| escaped);
                    let refers_back = escaped.is_some_and(|it| matches!(it, '1'..='9' | 'k'));
                    effort.count += usize::from(refers_back);
                }
                '[' => skip_class(&mut characters),
                '(' => {
                    let is_slow = is_slow_group(pattern.get(at..).unwrap_or_default());
                    groups.push(is_slow);
                    depth += u32::from(is_slow);
                    effort.count += usize::from(is_slow);
                    effort.depth = effort.depth.max(depth);
                }
                ')' => depth -= u32::from(groups.pop().unwrap_or_default()),
                // A quantifier that gives nothing back.
                '+' if is_after_quantifier => {
                    effort.count += 1;
                    effort.depth += 1;
                }
                '*' | '+' | '?' | '}' => is_quantifier = true,
                _ => {}
            }
            is_after_quantifier = is_quantifier;
        }
        effort.depth = effort.depth.max(1);
        (effort.count > 0).then_some(effort)
    }

    /// The longest text, in characters, on which the pattern is tried.
    pub(super) fn longest(self) -> usize {
        let looks = MOST_LOOKS / self.count;
        let mut longest = 1_usize;
        while longest.saturating_mul(2).saturating_pow(self.depth + 1) <= looks {
            longest *= 2;
        }
        let fits = |len: &usize| len.saturating_pow(self.depth + 1) <= looks;
        (longest..=longest * 2).take_while(fits).last().unwrap_or(1)
    }

    /// What a trial on a text of so many characters costs, in steps of the page's budget.
    pub(super) fn steps(self, len: usize) -> usize {
        len.saturating_pow(self.depth + 1)
            .saturating_mul(self.count)
            / LOOKS_A_STEP
    }
}

/// Whether a group looks around or refers back, as `(?=…)` and `(?<!…)` do.
fn is_slow_group(rest: &str) -> bool {
    let openings = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "(?P=", "(?P>"];
    openings.iter().any(|opening| rest.starts_with(opening))
}

/// Skips what is left of a class, such as `[a-z]`.
fn skip_class(characters: &mut impl Iterator<Item = (usize, char)>) {
    while let Some((_, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            ']' => return,
            _ => {}
        }
    }
}

/// A `pattern` that is not linear, in the place of the validator's own keyword.
#[derive(Debug)]
pub(super) struct SlowPattern {
    pattern: String,
    effort: Effort,
    validator: Validator<Tree>,
}

impl SlowPattern {
    /// `None` for a pattern whose time is linear, and for what is no pattern.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let effort = Effort::of(pattern)?;
        let building = jsonschema::options_for::<Tree>().with_pattern_options(options());
        Some(Self {
            validator: building.build(&json!({ "pattern": pattern })).ok()?,
            pattern: pattern.to_owned(),
            effort,
        })
    }

    /// Whether a text matches; `Err` where that is not found out.
    pub(super) fn matches(&self, text: &str) -> Result<bool, Excess> {
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
    pub(super) fn steps(&self, text: &str) -> usize {
        self.effort.steps(text.chars().count())
    }

    fn holds(&self, node: Node<'_>) -> bool {
        use jsonschema::json::Node as _;
        let Some(text) = node.as_string() else {
            return true;
        };
        node.spend(
            self.steps(&text)
                .min(self.effort.steps(self.effort.longest())),
        );
        self.matches(&text).unwrap_or_else(|excess| {
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

    fn effort(count: usize, depth: u32) -> Option<Effort> {
        Some(Effort { count, depth })
    }

    #[test]
    fn patterns_that_are_not_linear() {
        for (pattern, expected) in [
            ("(a+)+$", None),
            ("(?:a|b)", None),
            ("(?<year>[0-9]{4})", None),
            ("[*+(?=]", None),
            (r"\(?=\d\S\0", None),
            ("(?=a)", effort(1, 1)),
            (r"^(?=.*\d)(?!.*[\])])x", effort(2, 1)),
            ("(?<!a)b", effort(1, 1)),
            ("(?=(?:(?=.*b).)*c)", effort(2, 2)),
            ("(?:(?=.*b).)*+c", effort(2, 2)),
            (r"(a)\1", effort(1, 1)),
            (r"(?<n>a)\k<n>", effort(1, 1)),
        ] {
            assert_eq!(Effort::of(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn longer_texts_are_left_to_simpler_patterns() {
        let longest = |pattern: &str| Effort::of(pattern).unwrap().longest();
        assert_eq!(longest("(?=a)"), 2_000);
        assert_eq!(longest("(?=a)(?=b)(?=c)(?=d)"), 1_000);
        assert_eq!(longest("(?=(?=a))"), 125);
        assert_eq!(longest(&"(?=a)".repeat(5_000_000)), 1);
    }

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
