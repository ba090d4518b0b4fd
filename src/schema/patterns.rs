//! How the regular expressions of schemas are run. Most take time in proportion to the text. Those
//! with look-around or back-references do not: they are tried only on texts so short that they take
//! less than 100 ms, whatever they are.

use std::sync::OnceLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{FancyRegex, Keyword, PatternOptions, ValidationError, Validator};
use memchr::memchr3;
use serde_json::json;

use super::budget::Excess;
use super::instance::{Name, Node, Tree};

/// Steps back that a pattern may take on one value before it is given up; 70 ms where each looks at a
/// text of the greatest length. Patterns without look-around and back-references take none.
const BACKTRACK_LIMIT: usize = 6_000;

/// Characters that a pattern may look at in one trial, as [`Effort`] estimates it; about 20 ms.
const MOST_LOOKS: usize = 4_000_000;

/// Looks at characters that take as long as one step of [`super::budget`].
const LOOKS_A_STEP: usize = 8;

/// Steps that a trial takes on the shortest text.
const STEPS_A_TRIAL: usize = 20;

/// Characters of a pattern, its counted repetitions written out, that do not slow its looks down.
const SMALL: usize = 32;

/// The same, that may slow it down, but not so much that it is tried on shorter texts.
const MEDIUM: usize = 1_000;

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
    /// Its [`written_out`] length. A look takes the longer the more places in the pattern may be next.
    size: usize,
}

impl Effort {
    /// `None` for a pattern whose time is linear. May be more than the pattern really costs.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        let mut effort = Self {
            count: 0,
            depth: 0,
            size: 0,
        };
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
        (effort.count > 0).then(|| Self {
            size: written_out(pattern),
            ..effort
        })
    }

    /// The longest text, in characters, on which the pattern is tried.
    pub(super) fn longest(self) -> usize {
        let slowness = if self.size > MEDIUM {
            self.slowness()
        } else {
            1
        };
        let looks = MOST_LOOKS / self.count.saturating_mul(slowness);
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
            .saturating_mul(self.slowness())
            / LOOKS_A_STEP
            + STEPS_A_TRIAL
    }

    /// How many times longer a look takes than in a small pattern.
    fn slowness(self) -> usize {
        (self.size / SMALL).max(1)
    }
}

/// The length of a pattern whose counted repetitions, as `{2,5}`, are written out, at the least one.
/// May be a little more.
pub(super) fn written_out(pattern: &str) -> usize {
    // Before the last part, and that part, of each open group.
    let mut groups = Vec::new();
    let (mut before, mut last) = (0_usize, 0_usize);
    let mut characters = pattern.char_indices();
    while let Some((at, character)) = characters.next() {
        let mut part = 1;
        match character {
            '(' => {
                groups.push((before, last));
                (before, last) = (0, 0);
                continue;
            }
            ')' => {
                part = before.saturating_add(last).max(1);
                (before, last) = groups.pop().unwrap_or_default();
            }
            '*' | '+' | '?' | '|' => continue,
            '{' => {
                if let Some(most) = most_repetitions(pattern.get(at + 1..).unwrap_or_default()) {
                    last = last.saturating_mul(most);
                    characters.by_ref().find(|&(_, character)| character == '}');
                    continue;
                }
            }
            '\\' => {
                characters.next();
            }
            '[' => skip_class(&mut characters),
            _ => {}
        }
        before = before.saturating_add(last);
        last = part;
    }
    let outer = groups
        .iter()
        .map(|&(before, last)| before.saturating_add(last));
    outer
        .fold(before.saturating_add(last), usize::saturating_add)
        .max(1)
}

/// The greatest number of repetitions that `2,5}` allows, as written: in `2,}` the 2.
fn most_repetitions(rest: &str) -> Option<usize> {
    let (counts, _) = rest.split_once('}')?;
    let (least, most) = counts.split_once(',').unwrap_or((counts, ""));
    let most = if most.is_empty() { least } else { most };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    is_number(least)
        .then(|| most.parse().unwrap_or(usize::MAX))
        .filter(|_| is_number(most))
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

    fn effort(count: usize, depth: u32) -> Option<(usize, u32)> {
        Some((count, depth))
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
            let found = Effort::of(pattern).map(|effort| (effort.count, effort.depth));
            assert_eq!(found, expected, "{pattern}");
        }
    }

    #[test]
    fn longer_texts_are_left_to_simpler_patterns() {
        let longest = |pattern: &str| Effort::of(pattern).unwrap().longest();
        assert_eq!(longest("(?=a)"), 2_000);
        assert_eq!(longest("(?=a)(?=b)(?=c)(?=d)"), 1_000);
        assert_eq!(longest("(?=(?=a))"), 125);
        assert_eq!(longest("(?=.{1,900}$)"), 2_000);
        assert_eq!(longest("(?=(a{1,500}){1,10})"), 160);
        assert_eq!(longest(&"(?=a)".repeat(5_000_000)), 1);
    }

    #[test]
    fn repetitions_are_written_out() {
        for (pattern, expected) in [
            ("", 1),
            ("abc*", 3),
            ("a{1,500}", 500),
            ("a{3}b{2,}", 5),
            ("((a{1,500}){1,10}b){2}", 10_002),
            (r"\{[{9}]{7}", 8),
            ("a{,3}", 5),
            ("(ab{1,4}", 5),
            (
                "((a{99999999999}){99999999999}){99999999999999999999}",
                usize::MAX,
            ),
        ] {
            assert_eq!(written_out(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_trial_costs_what_it_takes() {
        let steps = |pattern: &str, len| Effort::of(pattern).unwrap().steps(len);
        assert_eq!(steps("(?=.*b)c", 0), 20);
        assert_eq!(steps("(?=.*b)c", 1_900), 451_270);
        assert_eq!(steps("(?<=(a{1,100}){1,10})c", 100), 38_770);
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
