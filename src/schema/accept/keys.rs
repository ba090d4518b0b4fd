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
    facts: [u64; Self::TYPES],
}

impl Watch {
    const TYPES: usize = Type::Absent as usize;

    /// `None` where no literal is about the key.
    fn new(name: &str, literals: &[Literal<'_>]) -> Option<Self> {
        let mut watch = Self {
            about: 0,
            facts: [0; Self::TYPES],
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
        facts & !self.about | self.facts.get(of as usize).unwrap_or(&0)
    }
}

/// All of them.
pub(super) struct Keys {
    /// By length.
    keys: Vec<Key>,
    /// For each length, where the keys of it begin and end.
    ranges: Vec<(u32, u32)>,
}

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
        let mut keys: Vec<Key> = checks
            .into_iter()
            .map(|(name, check)| Key {
                stamp: Stamp::of(name),
                name: name.into(),
                check,
                watch: Watch::new(name, literals).map(Box::new),
            })
            .collect();
        keys.sort_by_key(|key| key.name.len());
        let longest = keys.last().map_or(0, |key| key.name.len());
        if longest > LONGEST {
            return None;
        }
        let start = |len| u32::try_from(keys.partition_point(|key| key.name.len() < len)).ok();
        let ranges = (0..=longest).map(|len| Some((start(len)?, start(len + 1)?)));
        let ranges = ranges.collect::<Option<_>>()?;
        Some(Self { keys, ranges })
    }

    /// The key of this name.
    pub(super) fn find(&self, name: &str) -> Option<&Key> {
        let &(from, to) = self.ranges.get(name.len())?;
        let alike = self.keys.get(from as usize..to as usize)?;
        if alike.is_empty() {
            return None;
        }
        let stamp = Stamp::of(name);
        let is_whole = name.len() <= Stamp::WHOLE;
        let mut alike = alike.iter();
        alike.find(|key| key.stamp == stamp && (is_whole || *key.name == *name))
    }
}

/// Both ends of a name. Of names of one length up to [`Self::WHOLE`], equal ones have equal stamps
/// and others have not.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp(u64, u64);

impl Stamp {
    const WHOLE: usize = 16;

    fn of(name: &str) -> Self {
        let name = name.as_bytes();
        if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            return Self(u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        }
        if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            let [first, last] = [first, last].map(|four| u32::from_le_bytes(*four));
            return Self(first.into(), last.into());
        }
        let few = name.iter().fold(0, |few, &byte| few << 8 | u64::from(byte));
        Self(few, 0)
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
