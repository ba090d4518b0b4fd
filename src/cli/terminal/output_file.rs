//! A report in a file: all of it or nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::fix;

/// Collects a report in memory and puts it in place as a whole, so that neither a program that
/// reads along nor an interrupted run leaves half a report.
#[derive(Debug)]
pub struct OutputFile {
    path: PathBuf,
    text: Vec<u8>,
}

impl OutputFile {
    /// A report that will be written to `path`. Nothing is written before [`Self::commit`].
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            text: Vec::new(),
        }
    }

    /// Where the report will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the report: into a file beside the target that then takes its place, with the
    /// permissions the target had. What is no plain file (`/dev/stdout`, a pipe), and a file in a
    /// folder that takes no new ones, is written to directly.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn commit(&self) -> io::Result<()> {
        let found = fs::metadata(&self.path);
        // `/dev/stdout` may well be a plain file, but one that others have open.
        let is_device = self.path.starts_with("/dev") || self.path.starts_with("/proc");
        let target = match found {
            Ok(found) if is_device || !found.is_file() => {
                return self.write_into(OpenOptions::new().append(true));
            }
            // A link stays a link: what it points to is replaced.
            Ok(_) => fs::canonicalize(&self.path)?,
            Err(_) => self.path.clone(),
        };
        match fix::replace(&target, &self.text) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && target.is_file() => {
                self.write_into(OpenOptions::new().write(true).truncate(true))
            }
            result => result,
        }
    }

    fn write_into(&self, options: &OpenOptions) -> io::Result<()> {
        let mut file = options.open(&self.path)?;
        file.write_all(&self.text)?;
        file.flush()
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

    fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut file = OutputFile::new(path);
        file.write_all(text.as_bytes())?;
        file.commit()
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
        OutputFile::new(&path).write_all(b"half").unwrap();
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
