//! The memory of an address, used again by the next one of the thread.

use std::cell::Cell;

thread_local! {
    /// To ask the system for it anew takes longer than to fill it.
    static SPARE: Cell<String> = const { Cell::new(String::new()) };
}

/// An empty text with room for an address.
pub(in crate::site) fn take(room: usize) -> String {
    let mut spare = SPARE.take();
    spare.reserve(room);
    spare
}

/// Keeps the memory of a text that is not needed any more.
pub(super) fn keep(mut text: String) {
    text.clear();
    SPARE.set(text);
}
