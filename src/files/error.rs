//! Why a file is not read, in words.

use std::fmt;
use std::fs::FileType;
use std::io::{self, ErrorKind};

/// Why a file is not read. Shown as a clause that follows "cannot be read: ".
#[derive(Debug)]
pub enum ReadError {
    /// What the system says.
    System(io::Error),
    /// It is a folder, a pipe, a socket or a device.
    NotRegular(FileType),
    /// It has more bytes than this.
    TooLarge(u64),
    /// It is outside of what may be named, which is the field: "the repository".
    Outside(&'static str),
}

/// The place of a path into git's own folder, which may hold passwords.
pub(super) const INTO_GIT: &str = "the repository's files, into the folder that is git's own";

impl ReadError {
    /// Whether there is no such file. Never of what is outside, whose existence is not looked up.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == ErrorKind::NotFound)
    }

    /// What to do about it, where that is clear.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Outside(INTO_GIT) => Some("name a file that does not lie in `.git`".to_owned()),
            Self::Outside(place) => Some(format!(
                "copy the file into {place}; only what the command line names may be elsewhere"
            )),
            Self::System(error) if error.kind() == ErrorKind::PermissionDenied => {
                Some("give the user who runs frontlint the right to read it".to_owned())
            }
            _ => None,
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(error) => f.write_str(&reason(error)),
            Self::NotRegular(kind) => write!(f, "it is {}, not a file", kind_name(*kind)),
            Self::TooLarge(limit) => write!(f, "it is larger than {}", size(*limit)),
            Self::Outside(place) => write!(f, "it leads out of {place}"),
        }
    }
}

/// What the system says, in words.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        // The kind has no words for many of them.
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            text.to_lowercase()
        }
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ => format!("{bytes} bytes"),
    }
}

/// What is not a regular file, with its article: "a folder", "a named pipe".
#[cfg(unix)]
#[must_use]
pub fn kind_name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// What is not a regular file, with its article: "a folder", "a device".
#[cfg(not(unix))]
#[must_use]
pub fn kind_name(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}
