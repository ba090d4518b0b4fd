//! What speaks of the values of a document, put together once for all documents: the keys that are
//! listed at one level of a schema, and the levels below. Filled in as documents ask.

use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::shape::{ShapeId, Shapes};
use crate::threads::Lock;

/// Where the levels that are kept hold this many subschemas and keys, further ones are put together
/// each time.
const MOST: usize = 200_000;

/// The levels met so far.
#[derive(Debug, Default)]
pub(super) struct Levels {
    known: Lock<Known>,
    root: OnceLock<Arc<Level>>,
}

#[derive(Debug, Default)]
struct Known {
    levels: Vec<Arc<Level>>,
    ids: HashMap<Box<[ShapeId]>, usize>,
    /// Subschemas and keys in all of them.
    size: usize,
}

/// All that speaks of one value.
#[derive(Debug)]
pub(super) struct Level {
    shapes: Box<[ShapeId]>,
    /// The keys that are listed by name; for each its level, as soon as it is known.
    keys: HashMap<Box<str>, OnceLock<usize>>,
    /// The level of every item, where no item has one of its own.
    items: OnceLock<usize>,
}

impl Level {
    fn new(shapes: &Shapes, ids: Box<[ShapeId]>) -> Self {
        let keys = shapes.keys(&ids);
        Self {
            keys: keys.map(|key| (key.into(), OnceLock::new())).collect(),
            shapes: ids,
            items: OnceLock::new(),
        }
    }

    /// The subschemas that speak.
    pub(super) fn shapes(&self) -> &[ShapeId] {
        &self.shapes
    }

    /// Whether a key is listed, or matched by a pattern.
    pub(super) fn knows(&self, shapes: &Shapes, key: &str) -> bool {
        self.keys.contains_key(key) || shapes.knows(&self.shapes, key)
    }
}

impl Levels {
    /// The level of the root.
    pub(super) fn root(&self, shapes: &Shapes) -> Arc<Level> {
        let root = self.root.get_or_init(|| self.of(shapes, shapes.root()).1);
        Arc::clone(root)
    }

    /// The level of a member.
    pub(super) fn member(&self, shapes: &Shapes, mapping: &Level, key: &str) -> Arc<Level> {
        let find = || shapes.member(&mapping.shapes, key);
        self.kept(shapes, mapping.keys.get(key), find)
    }

    /// The level of an item.
    pub(super) fn item(&self, shapes: &Shapes, list: &Level, index: usize) -> Arc<Level> {
        let alike = shapes.items_alike_from(&list.shapes) == 0;
        let find = || shapes.item(&list.shapes, index);
        self.kept(shapes, alike.then_some(&list.items), find)
    }

    /// The level that is kept in a cell, or put together and kept there.
    fn kept(
        &self,
        shapes: &Shapes,
        cell: Option<&OnceLock<usize>>,
        find: impl Fn() -> Vec<ShapeId>,
    ) -> Arc<Level> {
        if let Some(&id) = cell.and_then(OnceLock::get) {
            let known = self.known.read();
            if let Some(level) = known.levels.get(id) {
                return Arc::clone(level);
            }
        }
        let (id, level) = self.of(shapes, find());
        if let (Some(cell), Some(id)) = (cell, id) {
            let _ = cell.set(id);
        }
        level
    }

    /// The level of these subschemas, with its number where it is kept.
    fn of(&self, shapes: &Shapes, ids: Vec<ShapeId>) -> (Option<usize>, Arc<Level>) {
        let ids = ids.into_boxed_slice();
        let mut known = self.known.write();
        if let Some(&id) = known.ids.get(&ids)
            && let Some(level) = known.levels.get(id)
        {
            return (Some(id), Arc::clone(level));
        }
        let level = Arc::new(Level::new(shapes, ids));
        let id = known.levels.len();
        known.size += 1 + level.shapes.len() + level.keys.len();
        if known.size > MOST {
            return (None, level);
        }
        known.ids.insert(level.shapes.clone(), id);
        known.levels.push(Arc::clone(&level));
        (Some(id), level)
    }
}
