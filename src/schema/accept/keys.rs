//! The keys that a mapping lists, to be found by their length first.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::Check;
use super::simple::Literal;
use super::types::{Type, Types};

/// Schemas with longer keys are left to the validator.
const LONGEST: usize = 255;

/// A key that is listed, or that some fact is about.
pub(super) struct Key {
    stamp: Stamp,
    name: Box<str>,
    /// What is asked of its value; `None` for one that is not listed.
    pub(super) check: Option<Arc<Check>>,
    /// `None` where no fact is about it.
    pub(super) watch: Option<Box<Watch>>,
}

/// What a member's being there says.
pub(super) struct Watch {
    /// All facts about the key.
    about: u64,
    /// By type, those that are true.
    facts: [u64; 7],
}

impl Watch {
    /// `None` where no literal is about the key.
    fn new(name: &str, literals: &[Literal<'_>]) -> Option<Self> {
        let mut watch = Self {
            about: 0,
            facts: [0; 7],
        };
        for (at, literal) in (0..)
            .zip(literals)
            .filter(|(_, literal)| literal.key == name)
        {
            watch.about |= 1 << at;
            for (facts, one) in watch.facts.iter_mut().zip(Types::each_value()) {
                *facts |= u64::from(literal.types.has(one)) << at;
            }
        }
        (watch.about != 0).then_some(watch)
    }

    /// The facts once the key is known to have a value of this type.
    pub(super) fn updated(&self, facts: u64, of: Type) -> u64 {
        facts & !self.about | self.facts.get(of.index()).unwrap_or(&0)
    }
}

/// All of them, by their length.
pub(super) struct Keys(Box<[Box<[Key]>]>);

impl Keys {
    /// `None` where one is too long.
    pub(super) fn new(
        listed: BTreeMap<&str, Arc<Check>>,
        literals: &[Literal<'_>],
    ) -> Option<Self> {
        let mut checks: BTreeMap<&str, Option<Arc<Check>>> = listed
            .into_iter()
            .map(|(name, check)| (name, Some(check)))
            .collect();
        for literal in literals {
            checks.entry(literal.key).or_default();
        }
        let mut keys = Vec::new();
        for (name, check) in checks {
            if name.len() > LONGEST {
                return None;
            }
            if keys.len() <= name.len() {
                keys.resize_with(name.len() + 1, Vec::new);
            }
            keys.get_mut(name.len())?.push(Key {
                stamp: Stamp::of(name),
                name: name.into(),
                check,
                watch: Watch::new(name, literals).map(Box::new),
            });
        }
        Some(Self(keys.into_iter().map(Vec::into_boxed_slice).collect()))
    }

    /// The key of this name.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<&Key> {
        let alike = self.0.get(name.len())?;
        if name.len() > Stamp::WHOLE {
            return find_long(alike, name);
        }
        let stamp = Stamp::of(name);
        alike.iter().find(|key| key.stamp == stamp)
    }
}

#[inline(never)]
fn find_long<'k>(alike: &'k [Key], name: &str) -> Option<&'k Key> {
    alike.iter().find(|key| *key.name == *name)
}

/// Both ends of a name. Of names of one length up to [`Self::WHOLE`], equal ones have equal stamps
/// and others have not.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp(u64, u64);

impl Stamp {
    const WHOLE: usize = 16;

    #[inline]
    fn of(name: &str) -> Self {
        let name = name.as_bytes();
        if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            return Self(u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        }
        if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            let [first, last] = [first, last].map(|four| u32::from_le_bytes(*four));
            return Self(first.into(), last.into());
        }
        match *name {
            [] => Self(0, 0),
            [only] => Self(only.into(), 0),
            [first, .., last] => Self(first.into(), u64::from(last) << 8 | u64::from(name[1])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_one_length_differ_as_names_do() {
        for len in 1..=Stamp::WHOLE {
            let name = "x".repeat(len);
            for at in 0..len {
                let mut other = name.clone();
                other.replace_range(at..=at, "y");
                assert!(Stamp::of(&name) != Stamp::of(&other), "{other}");
                assert!(Stamp::of(&other) == Stamp::of(&other.clone()), "{other}");
            }
        }
    }
}
