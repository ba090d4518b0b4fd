//! Edits applied to pages: chosen, verified, repeated until nothing changes, shown as a diff.
//!
//! Owns the promise that a fix removes its finding and touches nothing else. Edits the bytes of the
//! page and of no other file; what follows the front matter is kept byte for byte. Must not check
//! pages: the caller passes a function that does.

mod converge;
mod diff;
mod edits;
mod same;
#[cfg(test)]
mod tests;

pub use converge::{FixedPage, Fixer};
pub use diff::unified_diff;
