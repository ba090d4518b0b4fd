//! The one door to the file system.
//!
//! Owns how files are replaced: as a whole, never outside of the repository through a link, and
//! never where they changed meanwhile. Must not know what is in them.

pub mod write;
