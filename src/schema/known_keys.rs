//! A cache for all documents: for each path of a document, the subschemas that apply there and the keys
//! that they list. Filled as documents need it.

use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::subschemas::{SubschemaId, Subschemas};
use crate::threads::Lock;

/// Subschemas and keys in all entries. Further entries are made anew each time.
const MOST: usize = 200_000;

/// The entries so far.
#[derive(Debug, Default)]
pub(super) struct KnownKeysCache {
    known: Lock<Entries>,
    root: OnceLock<Arc<KnownKeys>>,
}

#[derive(Debug, Default)]
struct Entries {
    all: Vec<Arc<KnownKeys>>,
    ids: HashMap<Box<[SubschemaId]>, usize>,
    /// Subschemas and keys in all of them.
    size: usize,
}

/// What applies to one value.
#[derive(Debug)]
pub(super) struct KnownKeys {
    subschemas: Box<[SubschemaId]>,
    /// The keys that are listed by name; for each the entry below it, once it is made.
    keys: HashMap<Box<str>, OnceLock<usize>>,
    /// The entry of every item, where all items are alike.
    items: OnceLock<usize>,
}

impl KnownKeys {
    fn new(subschemas: &Subschemas, ids: Box<[SubschemaId]>) -> Self {
        let keys = subschemas.keys(&ids);
        Self {
            keys: keys.map(|key| (key.into(), OnceLock::new())).collect(),
            subschemas: ids,
            items: OnceLock::new(),
        }
    }

    /// The subschemas that apply.
    pub(super) fn subschemas(&self) -> &[SubschemaId] {
        &self.subschemas
    }

    /// Whether a key is listed, or matched by a pattern.
    pub(super) fn knows(&self, subschemas: &Subschemas, key: &str) -> bool {
        self.keys.contains_key(key) || subschemas.knows(&self.subschemas, key)
    }
}

impl KnownKeysCache {
    /// The entry of the root.
    pub(super) fn root(&self, subschemas: &Subschemas) -> Arc<KnownKeys> {
        let root = self
            .root
            .get_or_init(|| self.of(subschemas, subschemas.root()).1);
        Arc::clone(root)
    }

    /// The entry of a member.
    pub(super) fn member(
        &self,
        subschemas: &Subschemas,
        mapping: &KnownKeys,
        key: &str,
    ) -> Arc<KnownKeys> {
        let find = || subschemas.member(&mapping.subschemas, key);
        self.kept(subschemas, mapping.keys.get(key), find)
    }

    /// The entry of an item.
    pub(super) fn item(
        &self,
        subschemas: &Subschemas,
        list: &KnownKeys,
        index: usize,
    ) -> Arc<KnownKeys> {
        let alike = subschemas.items_alike_from(&list.subschemas) == 0;
        let find = || subschemas.item(&list.subschemas, index);
        self.kept(subschemas, alike.then_some(&list.items), find)
    }

    /// The entry that a cell names; it is made where there is none.
    fn kept(
        &self,
        subschemas: &Subschemas,
        cell: Option<&OnceLock<usize>>,
        find: impl Fn() -> Vec<SubschemaId>,
    ) -> Arc<KnownKeys> {
        if let Some(&id) = cell.and_then(OnceLock::get) {
            let known = self.known.read();
            if let Some(level) = known.all.get(id) {
                return Arc::clone(level);
            }
        }
        let (id, level) = self.of(subschemas, find());
        if let (Some(cell), Some(id)) = (cell, id) {
            let _ = cell.set(id);
        }
        level
    }

    /// The entry of these subschemas, with its number where it is kept.
    fn of(
        &self,
        subschemas: &Subschemas,
        ids: Vec<SubschemaId>,
    ) -> (Option<usize>, Arc<KnownKeys>) {
        let ids = ids.into_boxed_slice();
        let mut known = self.known.write();
        if let Some(&id) = known.ids.get(&ids)
            && let Some(level) = known.all.get(id)
        {
            return (Some(id), Arc::clone(level));
        }
        let level = Arc::new(KnownKeys::new(subschemas, ids));
        let id = known.all.len();
        known.size += 1 + level.subschemas.len() + level.keys.len();
        if known.size > MOST {
            return (None, level);
        }
        known.ids.insert(level.subschemas.clone(), id);
        known.all.push(Arc::clone(&level));
        (Some(id), level)
    }
}
