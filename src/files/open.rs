//! Opening a regular file without waiting for anything.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use super::boundary::Boundary;
use super::error::ReadError;
use super::look::is_link;

/// What became of a name that a listing calls a regular file.
#[derive(Debug)]
pub(super) enum Listed {
    /// The file.
    File(File),
    /// The name is a link after all, or has become one; it was not followed.
    Link,
}

/// Opens a regular file, wherever links lead. The file itself is looked at, not its name before:
/// between the two it might change.
///
/// # Errors
/// Where there is no such file, or it is not a regular one.
pub fn open(path: &Path) -> Result<File, ReadError> {
    let file = options(true).open(path).map_err(|error| {
        // A socket cannot be opened at all.
        match fs::metadata(path) {
            Ok(found) if !found.is_file() => ReadError::NotRegular(found.file_type()),
            _ => ReadError::System(error),
        }
    })?;
    check(&file)?;
    Ok(file)
}

/// Opens an entry of a folder that a walk lists: a regular file, or a link to one inside the
/// boundary. A regular file takes one call into the system: if it has become a pipe meanwhile, it
/// opens and reads as empty, without waiting.
///
/// # Errors
/// Where there is no such file any more, or a link leads out or to no regular file.
pub fn open_walked(path: &Path, within: &Boundary) -> Result<File, ReadError> {
    match open_listed(path)? {
        Listed::File(file) => Ok(file),
        Listed::Link if within.is_none() => open(path),
        Listed::Link => {
            let file = open_real(&within.resolve(path)?)?;
            check(&file)?;
            Ok(file)
        }
    }
}

/// Opens what a listing calls a regular file; a link is not followed.
pub(super) fn open_listed(path: &Path) -> Result<Listed, ReadError> {
    if cfg!(not(unix)) && is_link(path) {
        return Ok(Listed::Link);
    }
    match options(false).open(path) {
        Ok(file) => Ok(Listed::File(file)),
        Err(_) if is_link(path) => Ok(Listed::Link),
        Err(error) => Err(ReadError::System(error)),
    }
}

/// Opens a path without links. [`check`] finds out whether it is a regular file.
pub(super) fn open_real(path: &Path) -> Result<File, ReadError> {
    match open_listed(path)? {
        Listed::File(file) => Ok(file),
        Listed::Link => Err(ReadError::System(std::io::ErrorKind::NotFound.into())),
    }
}

/// The size of an open file in bytes, if it is a regular one.
pub(super) fn check(file: &File) -> Result<u64, ReadError> {
    let found = file.metadata()?;
    match found.is_file() {
        true => Ok(found.len()),
        false => Err(ReadError::NotRegular(found.file_type())),
    }
}

#[cfg(unix)]
fn options(follow: bool) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;
    // A pipe opens without its writer, and a terminal does not become that of the process.
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    flags.set(OFlags::NOFOLLOW, !follow);
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags.bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn options(_: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}
