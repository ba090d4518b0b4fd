//! A file as it was read, to find out later whether it is still the same.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

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

    /// Whether the same file with the same bytes is there now.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        let is_same = || -> io::Result<bool> {
            let mut file = open(path)?;
            let is_same = Version::of(&file.metadata()?) == self.version
                && read_all(&mut file)? == self.bytes;
            // It may have been replaced while it was read.
            Ok(is_same && Version::of(&fs::metadata(path)?) == self.version)
        };
        is_same().unwrap_or(false)
    }
}

/// What tells one state of a file from another without a look into it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Version {
    length: u64,
    #[cfg(unix)]
    place: (u64, u64),
    /// When the bytes and when anything about the file changed; seconds and nanoseconds.
    #[cfg(unix)]
    times: [(i64, i64); 2],
    #[cfg(not(unix))]
    time: Option<std::time::SystemTime>,
}

impl Version {
    fn of(found: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            length: found.len(),
            #[cfg(unix)]
            place: (found.dev(), found.ino()),
            #[cfg(unix)]
            times: [
                (found.mtime(), found.mtime_nsec()),
                (found.ctime(), found.ctime_nsec()),
            ],
            #[cfg(not(unix))]
            time: found.modified().ok(),
        }
    }
}

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
