//! The patterns of `target`: those of gobwas/glob with `/` between segments, without regard to case
//! (<https://github.com/gobwas/glob>, `hugofs/hglob/glob.go` of Hugo).
//!
//! Takes time in proportion to the pattern and the text.

/// What the braces of one pattern may come to, and how deep they may be; beyond it the pattern
/// matches nothing.
const MOST_ALTERNATIVES: usize = 256;
const DEEPEST: usize = 32;

/// More letters than any path has; a longer pattern matches nothing.
const LONGEST: usize = 4096;

/// The parts of all alternatives of a pattern together.
const MOST_PARTS: usize = 1 << 16;

/// A pattern. One that Hugo stops at matches nothing.
#[derive(Debug)]
pub(super) struct Glob {
    alternatives: Vec<Alternative>,
}

#[derive(Debug)]
struct Alternative {
    /// The letters with which it begins: most texts differ in them already.
    prefix: String,
    rest: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Letter(char),
    /// `?`
    AnyLetter,
    /// `*`
    Segment,
    /// `**`
    Anything,
    /// `[a-z]`, `[!abc]`
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Glob {
    pub(super) fn new(pattern: &str) -> Self {
        let letters: Vec<char> = match pattern.len() {
            ..=LONGEST => pattern.to_lowercase().chars().collect(),
            _ => {
                return Self {
                    alternatives: Vec::new(),
                };
            }
        };
        let alternatives = Parser::new(&letters).alternatives(0);
        Self {
            alternatives: alternatives
                .unwrap_or_default()
                .iter()
                .map(|parts| Alternative::new(parts))
                .collect(),
        }
    }

    /// Whether the pattern matches all of a text, which is in small letters.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut alternatives = self.alternatives.iter();
        alternatives.any(|alternative| {
            let rest = text.strip_prefix(&alternative.prefix);
            rest.is_some_and(|rest| match alternative.rest.as_slice() {
                [] => rest.is_empty(),
                [Part::Anything] => true,
                parts => matches(parts, rest),
            })
        })
    }
}

impl Alternative {
    fn new(parts: &[Part]) -> Self {
        let letters = parts.iter().map_while(|part| match part {
            Part::Letter(letter) => Some(*letter),
            _ => None,
        });
        Self {
            prefix: letters.clone().collect(),
            rest: parts.get(letters.count()..).unwrap_or_default().to_vec(),
        }
    }
}

struct Parser<'l> {
    letters: &'l [char],
    at: usize,
}

impl<'l> Parser<'l> {
    fn new(letters: &'l [char]) -> Self {
        Self { letters, at: 0 }
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.letters.get(self.at).copied();
        self.at += 1;
        letter
    }

    /// What the pattern may stand for, up to its end, or within braces to the one that closes.
    fn alternatives(&mut self, depth: usize) -> Option<Vec<Vec<Part>>> {
        let is_in_braces = depth > 0;
        (depth <= DEEPEST).then_some(())?;
        let mut all = Vec::new();
        let mut current = vec![Vec::new()];
        loop {
            let part = match self.next() {
                None if is_in_braces => return None,
                None => break,
                Some('}') if is_in_braces => break,
                Some(',') if is_in_braces => {
                    all.append(&mut current);
                    current.push(Vec::new());
                    continue;
                }
                Some('{') => {
                    let inner = self.alternatives(depth + 1)?;
                    let joined = current.len() * inner.len();
                    let longest = [&current, &inner].map(|all| all.iter().map(Vec::len).max());
                    let parts: usize = longest.into_iter().flatten().sum();
                    let is_small = joined <= MOST_ALTERNATIVES && joined * parts <= MOST_PARTS;
                    is_small.then_some(())?;
                    let joined = |before: &Vec<Part>| {
                        let each = inner.iter().map(|after| [&before[..], after].concat());
                        each.collect::<Vec<_>>()
                    };
                    current = current.iter().flat_map(joined).collect();
                    continue;
                }
                Some('*') if self.letters.get(self.at) == Some(&'*') => {
                    self.at += 1;
                    Part::Anything
                }
                Some('*') => Part::Segment,
                Some('?') => Part::AnyLetter,
                Some('[') => self.class()?,
                Some('\\') => Part::Letter(self.next()?),
                Some(letter) => Part::Letter(letter),
            };
            current
                .iter_mut()
                .for_each(|parts| parts.push(part.clone()));
        }
        all.append(&mut current);
        let parts: usize = all.iter().map(Vec::len).sum();
        (all.len() <= MOST_ALTERNATIVES && parts <= MOST_PARTS).then_some(all)
    }

    fn class(&mut self) -> Option<Part> {
        let is_negated = self.letters.get(self.at) == Some(&'!');
        self.at += usize::from(is_negated);
        let mut ranges = Vec::new();
        loop {
            let first = match self.next()? {
                ']' => break,
                '\\' => self.next()?,
                letter => letter,
            };
            let is_range = self.letters.get(self.at) == Some(&'-');
            let last = match is_range {
                true => {
                    self.at += 1;
                    self.next()?
                }
                false => first,
            };
            ranges.push((first, last));
        }
        Some(Part::Class { is_negated, ranges })
    }
}

impl Part {
    /// Whether a letter is one that this part takes.
    fn takes(&self, letter: char) -> bool {
        match self {
            Self::Letter(wanted) => letter == *wanted,
            Self::AnyLetter | Self::Segment => letter != '/',
            Self::Anything => true,
            Self::Class { is_negated, ranges } => {
                let is_in = |(first, last): &(char, char)| (*first..=*last).contains(&letter);
                ranges.iter().any(is_in) != *is_negated
            }
        }
    }

    fn repeats(&self) -> bool {
        matches!(self, Self::Segment | Self::Anything)
    }
}

/// All places of the pattern that the text read so far may have led to, letter by letter.
fn matches(parts: &[Part], text: &str) -> bool {
    let mut places = vec![false; parts.len() + 1];
    let skip_repeated = |places: &mut [bool]| {
        for (at, part) in parts.iter().enumerate() {
            if places[at] && part.repeats() {
                places[at + 1] = true;
            }
        }
    };
    places[0] = true;
    skip_repeated(&mut places);
    let mut next = vec![false; parts.len() + 1];
    for letter in text.chars() {
        next.fill(false);
        for (at, part) in parts.iter().enumerate() {
            if places[at] && part.takes(letter) {
                next[if part.repeats() { at } else { at + 1 }] = true;
            }
        }
        skip_repeated(&mut next);
        std::mem::swap(&mut places, &mut next);
    }
    places.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gobwas() {
        for (pattern, text, matches) in [
            ("/docs/**", "/docs/a/b", true),
            ("/docs/**", "/docs", false),
            ("/docs/*", "/docs/a", true),
            ("/docs/*", "/docs/a/b", false),
            ("/docs/b**", "/docs/b/c", true),
            ("{/docs,/docs/**}", "/docs", true),
            ("{/docs,/docs/**}", "/posts", false),
            ("/{a,{b,c}}/d?", "/c/de", true),
            ("/{a,{b,c}}/d?", "/c/d/", false),
            ("/[a-c]/[!x]", "/b/y", true),
            ("/[a-c]/[!x]", "/b/x", false),
            ("/Docs/*", "/docs/a", true),
            ("**", "/any/thing", true),
            ("{page,section}", "section", true),
            ("/docs", "/docs/a", false),
            ("/docs/{a", "/docs/a", false),
            ("", "", true),
        ] {
            assert_eq!(
                Glob::new(pattern).matches(text),
                matches,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn many_braces_and_stars_cost_little() {
        assert!(!Glob::new(&"{a,b}".repeat(40)).matches("ab"));
        assert!(!Glob::new(&"**a".repeat(200)).matches(&"a/".repeat(90)));
        assert!(
            Glob::new(&format!("{}a", "{x,y}".repeat(8)))
                .alternatives
                .len()
                == 256
        );
        for hostile in [
            "{".repeat(100_000),
            format!("{}{}", "{,".repeat(2000), "}".repeat(2000)),
            format!("{}{}", "{a,b}".repeat(8), "x*".repeat(2000)),
            "{a,b}x".repeat(600),
            "[a-".repeat(1000),
        ] {
            assert!(Glob::new(&hostile).alternatives.is_empty());
        }
    }
}
