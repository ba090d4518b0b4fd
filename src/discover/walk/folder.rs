//! A folder that is walked, and what holds for all that lies in it.

use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::ignores::{Above, Access, Ignores, Verdict};
use crate::config::{Config, Finder};
use crate::files::{self, Boundary, ReadError};

/// A folder that is walked.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) absolute: PathBuf,
    /// The path as shown, which is empty for the working directory.
    pub(super) shown: PathBuf,
    /// The same as the beginning of another path.
    prefix: OsString,
    ignores: Ignores,
    /// What governs its files; `None` where that is broken. Looked up once something in the
    /// folder is not left out.
    config: OnceLock<Option<Arc<Config>>>,
    /// What its links must not lead out of.
    boundary: OnceLock<Boundary>,
}

/// Where an entry of a folder leads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// To what it is itself, or what its links end at.
    Inside(FileType),
    /// Out of the field: "the repository".
    Outside(&'static str),
    /// To nothing.
    Missing,
}

impl Target {
    pub(super) fn is_file(self) -> bool {
        matches!(self, Self::Inside(kind) if kind.is_file())
    }

    pub(super) fn is_folder(self) -> bool {
        matches!(self, Self::Inside(kind) if kind.is_dir())
    }
}

impl Folder {
    /// One that the walk begins in.
    pub(super) fn root(
        absolute: PathBuf,
        shown: PathBuf,
        above: &Above,
        access: &Access<'_>,
    ) -> Self {
        // What lies above it is told without links.
        let real = files::real(&absolute).ok();
        let ignores = real.map(|real| above.of(&real, access));
        Self::new(absolute, shown, ignores.unwrap_or_default(), access)
    }

    /// One in this folder.
    pub(super) fn child(
        &self,
        name: &OsStr,
        absolute: PathBuf,
        shown: PathBuf,
        access: &Access<'_>,
    ) -> Self {
        Self::new(absolute, shown, self.ignores.above_child(name), access)
    }

    fn new(absolute: PathBuf, shown: PathBuf, mut ignores: Ignores, access: &Access<'_>) -> Self {
        ignores.add_those_in(&absolute, access);
        let prefix = shown.join("").into_os_string();
        Self {
            absolute,
            shown,
            prefix,
            ignores,
            config: OnceLock::new(),
            boundary: OnceLock::new(),
        }
    }

    /// Writes the path of a file in this folder, as shown, over another.
    pub(super) fn show(&self, name: &OsStr, path: &mut PathBuf) {
        let path = path.as_mut_os_string();
        path.clear();
        path.push(&self.prefix);
        path.push(name);
    }

    /// What ignore files say of an entry. `path` is memory to use.
    pub(super) fn judge(&self, name: &OsStr, is_folder: bool, path: &mut OsString) -> Verdict {
        self.ignores.judge(name, is_folder, path)
    }

    /// The ignore file (absolute) that leaves out an entry of the folder.
    pub(super) fn file_ignoring(&self, name: &OsStr, is_folder: bool) -> Option<&Path> {
        self.ignores.file_ignoring(name, is_folder)
    }

    /// What governs the files of this folder, where it is known already.
    pub(super) fn known_config(&self) -> Option<&Config> {
        self.config.get()?.as_deref()
    }

    /// Whether [`Self::config`] was asked for.
    pub(super) fn is_config_known(&self) -> bool {
        self.config.get().is_some()
    }

    /// What governs the files of this folder; `None` where that is broken.
    pub(super) fn config(&self, finder: &Finder) -> Option<&Config> {
        let found = self
            .config
            .get_or_init(|| finder.for_folder(&self.shown).ok());
        found.as_deref()
    }

    /// Where an entry leads that is a link. Nothing outside is looked at.
    pub(super) fn target(&self, name: &OsStr, finder: &Finder) -> Target {
        let boundary = || finder.boundary(&self.shown);
        let boundary = self.boundary.get_or_init(boundary);
        match boundary.resolve(&self.absolute.join(name)) {
            Ok(target) => files::kind(&target).map_or(Target::Missing, Target::Inside),
            Err(ReadError::Outside(place)) => Target::Outside(place),
            Err(_) => Target::Missing,
        }
    }
}

/// Whether an entry is left out unless an ignore file keeps it.
pub(super) fn is_hidden(entry: &DirEntry, name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || has_hidden_attribute(entry)
}

#[cfg(windows)]
fn has_hidden_attribute(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt as _;

    const FILE_ATTRIBUTE_HIDDEN: u32 = 2;
    let metadata = entry.metadata();
    metadata.is_ok_and(|it| it.file_attributes() & FILE_ATTRIBUTE_HIDDEN != 0)
}

#[cfg(not(windows))]
fn has_hidden_attribute(_: &DirEntry) -> bool {
    false
}

/// A path below a folder. Comparing letters does for nearly all; the standard library compares
/// one component after the other.
pub(super) fn below<'p>(path: &'p Path, folder: &Path) -> Option<&'p Path> {
    let by_letters = || {
        let rest = path.to_str()?.strip_prefix(folder.to_str()?)?;
        rest.strip_prefix(std::path::MAIN_SEPARATOR).map(Path::new)
    };
    by_letters().or_else(|| path.strip_prefix(folder).ok())
}
