//! A page out of its file, and a mended one back into it: all of it or nothing.

#![expect(
    clippy::disallowed_methods,
    reason = "this room reads and writes pages"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process;

/// The whole of a page.
///
/// # Errors
/// Those of the file system.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Puts other bytes into a page. A link stays a link; permissions stay as they are; at no time is
/// there half a page.
///
/// # Errors
/// Those of the file system; a file that must not be written to is one, though its folder would
/// allow to replace it.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    if fs::metadata(&target)?.permissions().readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is read-only",
        ));
    }
    drop(OpenOptions::new().append(true).open(&target)?);
    replace(&target, bytes)
}

/// Puts a new file in the place of `target`, with the permissions the old one had.
///
/// # Errors
/// Those of the file system; `target` is then as it was.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    let beside = target.with_file_name(name);
    let written = write_beside(&beside, target, bytes);
    if let Err(error) = &written
        && error.kind() != io::ErrorKind::AlreadyExists
    {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write_beside(beside: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(beside)?;
    file.write_all(bytes)?;
    if let Ok(found) = fs::metadata(target) {
        #[cfg(unix)]
        keep_owner(beside, &found);
        file.set_permissions(found.permissions())?;
    }
    drop(file);
    fs::rename(beside, target)
}

/// Only the superuser may give files away; for everyone else the owner is right already.
#[cfg(unix)]
fn keep_owner(beside: &Path, found: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(beside, Some(found.uid()), Some(found.gid()));
}
