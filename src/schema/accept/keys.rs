//! The keys that a mapping lists, to be found by their length first.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::check::Check;

/// Schemas with longer keys are left to the validator.
const LONGEST: usize = 255;

/// A key that is listed or required.
pub(super) struct Key {
    name: Box<str>,
    /// What is asked of its value; `None` for one that is only required.
    pub(super) check: Option<Arc<Check>>,
    /// The bit of a key that must be there, else 0.
    pub(super) required: u64,
}

/// All of them.
#[derive(Default)]
pub(super) struct Keys {
    /// By length.
    keys: Vec<Key>,
    /// For each length, where the keys of it begin.
    starts: Vec<usize>,
}

impl Keys {
    /// `None` where there are too many required keys, or too long ones.
    pub(super) fn new(
        mut listed: BTreeMap<&str, Arc<Check>>,
        required: &[&str],
    ) -> Option<(Self, u64)> {
        let mut keys = Vec::new();
        let mut all = 0;
        for (index, &name) in required.iter().enumerate() {
            // One named twice gets two bits, which no member has both of.
            if keys.iter().any(|key: &Key| *key.name == *name) {
                return None;
            }
            let bit = 1_u64.checked_shl(u32::try_from(index).ok()?)?;
            all |= bit;
            keys.push(Key {
                name: name.into(),
                check: listed.remove(name),
                required: bit,
            });
        }
        keys.extend(listed.into_iter().map(|(name, check)| Key {
            name: name.into(),
            check: Some(check),
            required: 0,
        }));
        keys.sort_by_key(|key| key.name.len());
        let longest = keys.last().map_or(0, |key| key.name.len());
        let starts = (0..=longest + 1).map(|len| keys.partition_point(|key| key.name.len() < len));
        let starts = starts.collect();
        (longest <= LONGEST).then_some((Self { keys, starts }, all))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The key of this name.
    pub(super) fn find(&self, name: &str) -> Option<&Key> {
        let from = *self.starts.get(name.len())?;
        let to = *self.starts.get(name.len() + 1)?;
        let first = name.as_bytes().first();
        let mut alike = self.keys.get(from..to)?.iter();
        // Most others are told apart by their first letter.
        alike.find(|key| key.name.as_bytes().first() == first && *key.name == *name)
    }
}
