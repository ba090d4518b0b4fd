//! Reading whole files, within a boundary and up to a limit.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::boundary::Boundary;
use super::error::ReadError;
use super::open::{Listed, check, open, open_listed, open_real};

/// The most that is read of a configuration, a schema, a baseline, an ignore file or a data file.
/// None that people or programs write for a site comes near it. Of pages `max-front-matter`
/// bytes are read instead.
pub const MOST_BYTES: u64 = 16 << 20;

/// The bytes of a regular file that is inside the boundary, at most [`MOST_BYTES`].
///
/// # Errors
/// Where it is outside, is no regular file, is larger, or cannot be read.
pub fn read(path: &Path, within: &Boundary) -> Result<Vec<u8>, ReadError> {
    read_up_to(MOST_BYTES, path, within)
}

/// The same with a smaller limit.
///
/// # Errors
/// As [`read`].
pub fn read_up_to(limit: u64, path: &Path, within: &Boundary) -> Result<Vec<u8>, ReadError> {
    bytes(open_within(path, within)?, limit)
}

/// The bytes of an entry of a folder that is known to be inside, at most [`MOST_BYTES`]. The
/// boundary is made where the entry is a link.
///
/// # Errors
/// As [`read`].
pub fn read_listed(path: &Path, within: impl FnOnce() -> Boundary) -> Result<Vec<u8>, ReadError> {
    let file = match open_listed(path)? {
        Listed::File(file) => file,
        Listed::Link => open_within(path, &within())?,
    };
    bytes(file, MOST_BYTES)
}

fn open_within(path: &Path, within: &Boundary) -> Result<File, ReadError> {
    if within.is_none() {
        return open(path);
    }
    // An entry of the folder itself is inside it, unless it is a link.
    if within.is_entry(path)
        && let Listed::File(file) = open_listed(path)?
    {
        return Ok(file);
    }
    open_real(&within.resolve(path)?)
}

/// What is read is counted, whatever size the system gives: that of a file of `/proc` is 0.
fn bytes(file: File, limit: u64) -> Result<Vec<u8>, ReadError> {
    let size = check(&file)?;
    if size > limit {
        return Err(ReadError::TooLarge(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > limit {
        true => Err(ReadError::TooLarge(limit)),
        false => Ok(bytes),
    }
}
