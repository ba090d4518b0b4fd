//! The one door to the file system: whatever frontlint reads or writes, it opens here.
//!
//! Owns that only regular files are opened, that neither opening nor reading waits, that no file
//! is read beyond a limit, that what content or configuration names is inside the repository, and
//! how files are replaced. Must not know what is in a file. What the command line names is free:
//! it goes through [`Boundary::none`].

#![expect(clippy::disallowed_methods, reason = "this module alone opens files")]

mod boundary;
mod error;
mod look;
mod open;
mod read;
#[cfg(test)]
mod tests;
pub mod write;

pub use boundary::{Boundary, Place};
pub use error::{ReadError, kind_name, reason};
pub use look::{
    absolute, endless, exists, is_file, is_folder, is_program, kind, link_target, list,
    may_have_any, names, path_of, real, size, working_directory,
};
pub use open::{open, open_walked};
pub use read::{MOST_BYTES, read, read_listed, read_up_to};
