//! What a reader works in, used again for the next front matter of the thread. Knows nothing of what
//! stands in it.

use std::cell::Cell;

use super::keys::Keys;
use crate::syntax::arena::emptied;
use crate::syntax::{Member, NodeId};

/// The lists of a reader, empty, and the keys that it knows.
#[derive(Default)]
pub(super) struct Memory<'s> {
    pub marks: Vec<u64>,
    pub items: Vec<NodeId>,
    pub members: Vec<Member<'s>>,
    pub folded: String,
    pub keys: Keys,
}

thread_local! {
    static SPARE: Cell<Option<Memory<'static>>> = const { Cell::new(None) };
}

impl Memory<'_> {
    /// That of the last reader, or new.
    pub(super) fn take() -> Self {
        SPARE.take().unwrap_or_default()
    }

    /// Keeps it for the next reader.
    pub(super) fn keep(self) {
        SPARE.set(Some(Memory {
            marks: emptied(self.marks),
            items: emptied(self.items),
            members: emptied(self.members),
            folded: self.folded,
            keys: self.keys,
        }));
    }
}
