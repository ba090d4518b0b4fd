//! A report in a file: all of it or nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files::write::{self, Basis, Links, WriteError};

/// Collects a report in memory and puts it in place as a whole, so that neither a program that
/// reads along nor an interrupted run leaves half a report.
#[derive(Debug)]
pub struct OutputFile {
    path: PathBuf,
    text: Vec<u8>,
}

impl OutputFile {
    /// A report that will be written to `path`, and its beginning. Nothing is written before
    /// [`Self::commit`].
    #[must_use]
    pub fn new(path: &Path, text: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            text,
        }
    }

    /// The report so far.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Where the report will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the report in place of what is there. What is no regular file (`/dev/stdout`, a
    /// pipe), and a file that is replaced whatever is in it and whose folder takes no new ones, is
    /// written to directly.
    ///
    /// # Errors
    /// As [`write::replace`], and a link of the repository that leads out of it.
    pub fn commit(&self, links: &Links<'_>, basis: Basis<'_>) -> Result<(), WriteError> {
        // `/dev/stdout` may well be a regular file, but one that others have open.
        if self.path.starts_with("/dev") || self.path.starts_with("/proc") {
            return write::append(&self.path, &self.text);
        }
        let target = links.follow(&self.path)?;
        if fs::metadata(&target).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            return write::append(&target, &self.text);
        }
        self.replace(&target, basis)
    }

    /// The same for what is read again later, which must be a regular file.
    ///
    /// # Errors
    /// As [`Self::commit`], and of what is no regular file.
    pub fn commit_regular(&self, links: &Links<'_>, basis: Basis<'_>) -> Result<(), WriteError> {
        let target = links.follow(&self.path)?;
        match fs::metadata(&target) {
            Ok(found) if !found.is_file() && !found.is_dir() => Err(WriteError::Irregular),
            _ => self.replace(&target, basis),
        }
    }

    fn replace(&self, target: &Path, basis: Basis<'_>) -> Result<(), WriteError> {
        match write::replace(target, &self.text, basis) {
            Ok(()) => {
                write::sync_folder(target.parent().unwrap_or(Path::new("")));
                Ok(())
            }
            Err(WriteError::Folder(_)) if matches!(basis, Basis::Nothing) && target.is_file() => {
                write::overwrite(target, &self.text)
            }
            Err(error) => Err(error),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) -> Result<(), WriteError> {
        let mut file = OutputFile::new(path, Vec::new());
        file.write_all(text.as_bytes()).unwrap();
        let links = Links::new(PathBuf::from("/nowhere"), &[], &[]);
        file.commit(&links, Basis::Nothing)
    }

    #[test]
    fn replaces_as_a_whole_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        write(&path, "a long first report").unwrap();
        write(&path, "[]").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "[]");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn nothing_is_written_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        OutputFile::new(&path, Vec::new())
            .write_all(b"half")
            .unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_missing_folder_and_a_folder_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        assert!(write(&folder.path().join("no/report.json"), "x").is_err());
        assert!(write(folder.path(), "x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_read_again_is_a_regular_file() {
        let file = OutputFile::new(Path::new("/dev/null"), Vec::new());
        let links = Links::new(PathBuf::from("/nowhere"), &[], &[]);
        let result = file.commit_regular(&links, Basis::Nothing);
        assert!(matches!(result, Err(WriteError::Irregular)));
    }

    #[cfg(unix)]
    #[test]
    fn links_permissions_and_devices_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.json");
        let link = folder.path().join("link.json");
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        write(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        write(Path::new("/dev/null"), "x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
