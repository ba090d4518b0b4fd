//! The memory of documents, used again by the next one of the thread. Knows nothing of what stands in
//! it.

use std::cell::RefCell;

use super::{Member, Node, NodeId};

/// The lists that a document consists of.
#[derive(Default)]
pub(super) struct Arena<'s> {
    pub nodes: Vec<Node<'s>>,
    pub items: Vec<NodeId>,
    pub members: Vec<Member<'s>>,
}

thread_local! {
    /// That of documents that are done with. To ask the system for it anew takes longer than to fill
    /// it.
    static SPARE: RefCell<Vec<Arena<'static>>> = const { RefCell::new(Vec::new()) };
}

/// So many documents are in use at once, at most.
const MOST_SPARE: usize = 16;

/// The memory of documents with more nodes is given back.
const LARGE: usize = 4096;

impl Arena<'_> {
    /// Empty, with room for so many of each.
    pub(super) fn with_capacity(nodes: usize, items: usize, members: usize) -> Self {
        let mut arena = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
        arena.nodes.reserve(nodes);
        arena.items.reserve(items);
        arena.members.reserve(members);
        arena
    }

    /// Keeps the memory for the next document.
    pub(super) fn recycle(self) {
        SPARE.with_borrow_mut(|spare| {
            if spare.len() < MOST_SPARE && self.nodes.capacity() <= LARGE {
                spare.push(Arena {
                    nodes: emptied(self.nodes),
                    items: emptied(self.items),
                    members: emptied(self.members),
                });
            }
        });
    }
}

/// A vector without its elements, for others of the same form that borrow from elsewhere. The
/// memory stays.
#[must_use]
pub(super) fn emptied<A, B>(mut used: Vec<A>) -> Vec<B> {
    used.clear();
    used.into_iter().filter_map(|_| None).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn memory_stays() {
        let used: Vec<Cow<'_, str>> = vec![Cow::Borrowed("a"), Cow::Owned("b".to_owned())];
        let (place, capacity) = (used.as_ptr().addr(), used.capacity());
        let empty: Vec<Cow<'static, str>> = emptied(used);
        assert_eq!((empty.as_ptr().addr(), empty.capacity()), (place, capacity));
        assert!(empty.is_empty());
    }
}
