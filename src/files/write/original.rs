//! A file as it was read, to find out later whether it is still the same.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::SystemTime;

/// Files that are larger are not edited, in bytes.
const MOST: u64 = 64 << 20;

/// A file as it was read.
#[derive(Debug)]
pub struct Original {
    bytes: Vec<u8>,
    version: Version,
}

impl Original {
    /// Reads the whole of a regular file.
    ///
    /// # Errors
    /// Those of the file system; what is no regular file and a file of more than 64 MiB are errors
    /// too.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut file = open(path)?;
        let found = file.metadata()?;
        if !found.is_file() {
            let message = "it is no regular file";
            return Err(io::Error::new(ErrorKind::InvalidInput, message));
        }
        let bytes = read_all(&mut file)?;
        Ok(Self {
            bytes,
            version: Version::of(&found),
        })
    }

    /// Bytes that are in no file.
    #[must_use]
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        let version = Version::default();
        Self { bytes, version }
    }

    /// All bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a file with the same bytes, written at the same time, is there now.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        let is_same = || -> io::Result<bool> {
            let mut file = open(path)?;
            let found = file.metadata()?;
            let is_same = Version::of(&found) == self.version && read_all(&mut file)? == self.bytes;
            // It may have been replaced or written to while it was read.
            let after = fs::metadata(path)?;
            Ok(is_same && Version::of(&after) == self.version && place(&after) == place(&found))
        };
        is_same().unwrap_or(false)
    }
}

/// What differs between two states of a file, as far as that shows without a look into it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Version {
    length: u64,
    /// When it was last written to.
    time: Option<SystemTime>,
}

impl Version {
    fn of(found: &Metadata) -> Self {
        Self {
            length: found.len(),
            time: found.modified().ok(),
        }
    }
}

/// What differs between a file and another in its place, and when anything about it changed. Not part of the
/// version: opening a file for writing may change it, in the upper layer of a container.
#[cfg(unix)]
fn place(found: &Metadata) -> impl PartialEq + use<> {
    use std::os::unix::fs::MetadataExt;
    (
        (found.dev(), found.ino()),
        (found.ctime(), found.ctime_nsec()),
    )
}

#[cfg(not(unix))]
fn place(_: &Metadata) {}

/// Opens a file to read it, without waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

fn read_all(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = file.metadata()?.len();
    if length <= MOST {
        bytes.reserve_exact(usize::try_from(length).unwrap_or(0));
        file.take(MOST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 <= MOST {
            return Ok(bytes);
        }
    }
    let message = format!("it is larger than {} MiB", MOST >> 20);
    Err(io::Error::new(ErrorKind::FileTooLarge, message))
}
