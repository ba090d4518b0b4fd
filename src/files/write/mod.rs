//! Files replaced as a whole: pages after their fixes, baselines and reports.
//!
//! The new bytes go into a temporary file beside the old one, which they then replace in one step,
//! so that a reader always finds all of the old bytes or all of the new ones. Owns what happens to
//! the temporary file when the process is ended (`interrupt`), where a link may lead (`links`), and
//! what an edit is based on (`original`).

#![expect(
    clippy::disallowed_methods,
    reason = "this room is the door to the file system"
)]

mod attributes;
mod error;
mod interrupt;
mod links;
mod original;
#[cfg(unix)]
#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

pub use error::WriteError;
pub use links::Links;
pub use original::Original;

use interrupt::Writing;

/// What the new bytes of a file are based on.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'a> {
    /// On nothing that is in it: whatever is there is replaced.
    Nothing,
    /// On there being no such file.
    Absent,
    /// On the file as it was read.
    Original(&'a Original),
}

/// Replaces a file as a whole, or creates it; its permissions, owner and extended attributes are
/// kept where the system lets them. `target` is where the file really is ([`Links::follow`]), so
/// that a link stays a link. The name is durable only after [`sync_folder`].
///
/// Where the process is to end meanwhile (a signal), it ends with this call, and without a
/// temporary file.
///
/// # Errors
/// The file is then as it was, and no temporary file is left.
pub fn replace(target: &Path, bytes: &[u8], basis: Basis<'_>) -> Result<(), WriteError> {
    let old = open_writable(target)?;
    let folder = target.parent().unwrap_or(Path::new(""));
    let writing = Writing::begin();
    let mut new = create_beside(folder, old.is_none()).map_err(WriteError::Folder)?;
    new.write_all(bytes)?;
    if let Some(old) = &old {
        attributes::copy(old, new.as_file())?;
    }
    sync(new.as_file())?;
    // On an interrupted run the file is left as it is: what is dropped here is removed.
    writing.proceed()?;
    match basis {
        Basis::Nothing => {}
        Basis::Absent => {
            new.persist_noclobber(target).map_err(|failed| {
                if failed.error.kind() == ErrorKind::AlreadyExists {
                    WriteError::Changed
                } else {
                    WriteError::Io(failed.error)
                }
            })?;
            return Ok(());
        }
        Basis::Original(original) => {
            // The last step before the file is replaced: any other would leave more time for others.
            if !original.is_still(target) {
                return Err(WriteError::Changed);
            }
        }
    }
    new.persist(target).map_err(|failed| failed.error)?;
    Ok(())
}

/// Writes over a file in its place, where its folder takes no new files. Where that fails, half of
/// it may be written.
///
/// # Errors
/// Those of the file system.
pub fn overwrite(target: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let _writing = Writing::begin();
    let mut file = OpenOptions::new().write(true).truncate(true).open(target)?;
    file.write_all(bytes)?;
    Ok(sync(&file)?)
}

/// Writes at the end of what others have open as well: a device, a pipe, a stream of this process.
/// Waits for those who read slowly, but for no one to begin to read.
///
/// # Errors
/// Those of the file system, and a pipe without a reader.
pub fn append(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = append_to(path)?;
    file.write_all(bytes)?;
    Ok(file.flush()?)
}

/// Makes a folder where there is none; `target` is where it really is ([`Links::follow`]).
///
/// # Errors
/// Those of the file system.
pub fn make_folder(target: &Path) -> Result<(), WriteError> {
    match fs::create_dir(target) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists || !target.is_dir() => {
            Err(WriteError::Folder(error))
        }
        _ => Ok(()),
    }
}

/// Makes the names in a folder durable, as far as the system can.
pub fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Opens a file to write at its end, without waiting for the other end of a pipe.
fn append_to(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = options
            .custom_flags(flags.bits().cast_signed())
            .open(path)?;
        // What is longer than the pipe holds has to wait for its reader.
        fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// The file to be replaced, which must be one that may be written to, though its folder would let
/// it be replaced anyway; `None` where there is none.
fn open_writable(target: &Path) -> Result<Option<File>, WriteError> {
    let found = match fs::metadata(target) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if found.is_dir() {
        return Err(io::Error::from(ErrorKind::IsADirectory).into());
    }
    if !found.is_file() {
        return Err(WriteError::Irregular);
    }
    if found.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    Ok(Some(append_to(target)?))
}

/// A temporary file. Its name is short, as that of the target may be as long as names can be, and
/// begins with a dot, so that no generator takes it for a page.
fn create_beside(folder: &Path, is_new: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".frontlint-").suffix(".tmp");
    // Nobody else may read it before it has the permissions of the old one. A new file gets those
    // that new files get here.
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_new;
    builder.tempfile_in(folder)
}

/// Makes the bytes durable, where the file system can.
fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}
