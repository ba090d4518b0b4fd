//! The one door to the file system: whatever frontlint reads, it opens here.
//!
//! Owns that only regular files are opened, that neither opening nor reading waits, that no file
//! is read beyond a limit, and that what content or configuration names is inside the repository.
//! Must not know what is in a file. What the command line names is free: it goes through
//! [`Boundary::none`].

#![expect(
    clippy::disallowed_methods,
    reason = "this module alone opens files for reading"
)]

mod boundary;
mod error;
mod look;
mod open;
mod read;
#[cfg(test)]
mod tests;

pub use boundary::{Boundary, Place};
pub use error::{ReadError, kind_name};
pub use look::{
    absolute, exists, is_folder, kind, link_target, list, names, real, working_directory,
};
pub use open::{open, open_walked};
pub use read::{MOST_BYTES, read, read_listed, read_up_to};
