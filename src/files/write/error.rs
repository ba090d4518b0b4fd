//! Why a file was not written, in words.

use crate::text::path_line;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why a file was not written; it is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// It changed after it was read.
    Changed,
    /// A link leads out of the repository that holds the link, to this path.
    LeavesRepository(PathBuf),
    /// Its permissions forbid to write to it.
    ReadOnly,
    /// It is a device, a pipe or a socket.
    Irregular,
    /// Its folder takes no new file.
    Folder(io::Error),
    /// Anything else.
    Io(io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("it changed since it was read; run frontlint again"),
            Self::LeavesRepository(path) => write!(
                f,
                "a link in the repository leads out of it, to `{}`",
                path_line(path)
            ),
            Self::ReadOnly => f.write_str("the file is read-only"),
            Self::Irregular => f.write_str("it is no regular file"),
            Self::Folder(error) if error.kind() == ErrorKind::PermissionDenied => {
                f.write_str("permission denied for a new file in its folder")
            }
            Self::Folder(error) | Self::Io(error) => f.write_str(&reason(error)),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn reason(error: &io::Error) -> String {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) {
        return "it is a pipe that nobody reads, or a socket".to_owned();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "its folder does not exist; create it first",
        ErrorKind::IsADirectory => "it is a folder; name a file in it",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "the quota of the disk is used up",
        ErrorKind::FileTooLarge => "it would be larger than a file may be here",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        _ => return error.to_string(),
    };
    words.to_owned()
}
