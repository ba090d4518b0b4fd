//! Looking at names without opening files.

use std::fs::{self, FileType, ReadDir};
use std::io;
use std::path::{Path, PathBuf};

/// What a name itself is: a link is not followed. `None` where there is nothing of this name.
#[must_use]
pub fn kind(path: &Path) -> Option<FileType> {
    fs::symlink_metadata(path)
        .ok()
        .map(|found| found.file_type())
}

/// Whether there is anything of this name, a link that leads nowhere included.
#[must_use]
pub fn exists(path: &Path) -> bool {
    kind(path).is_some()
}

/// Whether a folder may have something of one of these names; `false` is certain. The folder is
/// opened once, so that the system walks its path once and not for each name.
#[cfg(unix)]
#[must_use]
pub fn may_have_any(folder: &Path, names: &[&str]) -> bool {
    use rustix::fs::{AtFlags, Mode, OFlags, open, statat};
    use rustix::io::Errno;

    // Elsewhere a folder is opened only by those who may list it.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    match open(folder, flags, Mode::empty()) {
        Ok(folder) => names.iter().any(|name| {
            let found = statat(&folder, *name, AtFlags::SYMLINK_NOFOLLOW);
            !matches!(found, Err(Errno::NOENT))
        }),
        Err(error) => error != Errno::NOENT,
    }
}

/// Whether a folder may have something of one of these names.
#[cfg(not(unix))]
#[must_use]
pub fn may_have_any(_folder: &Path, _names: &[&str]) -> bool {
    true
}

pub(super) fn is_link(path: &Path) -> bool {
    kind(path).is_some_and(|kind| kind.is_symlink())
}

/// Whether a path leads to a folder, over links too. For what the command line names; of other
/// paths [`super::Boundary::has_folder`] knows.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_dir())
}

/// Whether a path leads to a regular file, over links too. For what is not of content.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file())
}

/// What a path leads to, over links too, where it is a pipe or a device: another program that opens
/// it may wait for ever. A socket cannot be opened at all, and `/dev/null` is empty.
#[must_use]
pub fn endless(path: &Path) -> Option<FileType> {
    let kind = fs::metadata(path).ok()?.file_type();
    let is_null = || real(path).is_ok_and(|real| real == Path::new("/dev/null"));
    let ends = kind.is_file() || kind.is_dir() || is_socket(kind) || is_null();
    (!ends).then_some(kind)
}

#[cfg(unix)]
fn is_socket(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    kind.is_socket()
}

#[cfg(not(unix))]
fn is_socket(_: FileType) -> bool {
    false
}

/// The size in bytes of what a path leads to; 0 where there is nothing.
#[must_use]
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}

/// Whether a path leads to a file that the system may start.
#[cfg(unix)]
#[must_use]
pub fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let found = fs::metadata(path);
    found.is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// Whether a path leads to a file that the system may start.
#[cfg(not(unix))]
#[must_use]
pub fn is_program(path: &Path) -> bool {
    is_file(path)
}

/// What a link leads to, as it is written.
#[must_use]
pub fn link_target(path: &Path) -> Option<PathBuf> {
    fs::read_link(path).ok()
}

/// The path without links.
///
/// # Errors
/// Where there is nothing at this path, or a link on it leads nowhere.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// The entries of a folder.
///
/// # Errors
/// Where it cannot be listed.
pub fn list(folder: &Path) -> io::Result<ReadDir> {
    fs::read_dir(folder)
}

/// The names in a folder, sorted, without those that are not UTF-8; none where it cannot be listed.
#[must_use]
pub fn names(folder: &Path) -> Vec<String> {
    let entries = list(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// The path of these bytes, which are part of another or UTF-8.
#[cfg(unix)]
#[must_use]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The path of these bytes, which are part of another or UTF-8. What is neither becomes U+FFFD: on
/// such systems it cannot be written.
#[cfg(not(unix))]
#[must_use]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// The path from the root of the file system on, with its `..` and its links.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The working directory, without links; empty where it is gone.
#[must_use]
pub fn working_directory() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}
