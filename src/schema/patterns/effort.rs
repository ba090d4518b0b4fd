//! An estimate of what a pattern costs whose time is not linear in the text.

/// Characters that a pattern may look at in one trial, as [`Effort`] estimates it; about 20 ms.
const MOST_LOOKS: usize = 4_000_000;

/// Looks at characters that take as long as one step of `schema::budget`.
const LOOKS_A_STEP: usize = 8;

/// Steps that a trial takes on the shortest text.
const STEPS_A_TRIAL: usize = 20;

/// Characters of a pattern, its counted repetitions written out, that do not slow its looks down.
const SMALL: usize = 32;

/// The same, that may slow it down, but not so much that it is tried on shorter texts.
const MEDIUM: usize = 1_000;

/// What a pattern costs that is not linear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::schema) struct Effort {
    /// Look-arounds and back-references.
    count: usize,
    /// How deep look-arounds are nested; each level multiplies by the length of the text.
    depth: u32,
    /// Its [`written_out`] length. A look takes the longer the more places in the pattern may be next.
    size: usize,
}

impl Effort {
    /// `None` for a pattern whose time is linear. May be more than the pattern really costs.
    pub(in crate::schema) fn of(pattern: &str) -> Option<Self> {
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
    pub(in crate::schema) fn longest(self) -> usize {
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
    pub(in crate::schema) fn steps(self, len: usize) -> usize {
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
pub(in crate::schema) fn written_out(pattern: &str) -> usize {
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
}
