//! A folder that is walked, and what applies to its entries.

use std::ffi::OsStr;
use std::fs::{DirEntry, FileType};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::ignore_files::{Access, AncestorRules, IgnoreRules, Verdict};
use crate::config::{Config, Finder, Reach};
use crate::files::{self, Boundary, ReadError};
use crate::site::leads_to_well_known;

/// A folder that is walked.
#[derive(Debug)]
pub(super) struct WalkedFolder {
    pub(super) absolute: PathBuf,
    /// The path as shown, which is empty for the working directory.
    pub(super) shown: PathBuf,
    /// Whether a hidden folder that a pattern spells is on the way to it, so that only pages of
    /// collections are taken.
    pub(super) is_hidden: bool,
    ignore_rules: IgnoreRules,
    /// The config of its files; `None` where that is broken. Looked up once something in the folder
    /// is not left out, since the mistakes in a config without pages are not reported.
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

impl WalkedFolder {
    /// One that the walk begins in.
    pub(super) fn root(
        absolute: PathBuf,
        shown: PathBuf,
        ancestors: &AncestorRules,
        access: &Access<'_>,
    ) -> Self {
        // Which folders are above it depends on where its links lead.
        let rules = match files::real(&absolute) {
            Ok(real) => ancestors.above(&real, access),
            Err(_) => IgnoreRules::new(absolute.clone()),
        };
        Self::new(absolute, shown, false, rules, access)
    }

    /// One in this folder.
    pub(super) fn child(
        &self,
        name: &OsStr,
        absolute: PathBuf,
        shown: PathBuf,
        access: &Access<'_>,
    ) -> Self {
        let is_hidden =
            self.is_hidden || begins_with_dot(name) && self.verdict(name, true) != Verdict::Kept;
        let rules = self.ignore_rules.for_child(name);
        Self::new(absolute, shown, is_hidden, rules, access)
    }

    fn new(
        absolute: PathBuf,
        shown: PathBuf,
        is_hidden: bool,
        mut ignore_rules: IgnoreRules,
        access: &Access<'_>,
    ) -> Self {
        ignore_rules.add_files_in(&absolute, access);
        Self {
            absolute,
            shown,
            is_hidden,
            ignore_rules,
            config: OnceLock::new(),
            boundary: OnceLock::new(),
        }
    }

    /// What ignore files say of an entry.
    pub(super) fn verdict(&self, name: &OsStr, is_folder: bool) -> Verdict {
        self.ignore_rules.verdict(name, is_folder)
    }

    /// The ignore file (absolute) that leaves out an entry of the folder.
    pub(super) fn file_ignoring(&self, name: &OsStr, is_folder: bool) -> Option<&Path> {
        self.ignore_rules.file_ignoring(name, is_folder)
    }

    /// The config of the files in this folder; `None` where that is broken.
    pub(super) fn config(&self, finder: &Finder) -> Option<&Config> {
        let config = || finder.for_folder(&self.shown).ok();
        self.config.get_or_init(config).as_deref()
    }

    /// Whether a hidden entry is looked at all the same: a pattern of a collection spells its name, or
    /// it is a folder with files of well-known names.
    pub(super) fn takes_hidden(&self, name: &OsStr, finder: &Finder) -> bool {
        let path = self.shown.join(name);
        let config = self.config(finder);
        leads_to_well_known(&path) || config.is_some_and(|config| config.spells_hidden(&path))
    }

    /// Whether the walk goes into a folder in this one. One that was entered for files of well-known
    /// names alone is no reason to go into all that is in it.
    pub(super) fn enters(&self, name: &OsStr, finder: &Finder) -> bool {
        if !self.is_hidden || leads_to_well_known(&self.shown.join(name)) {
            return true;
        }
        let config = self.config(finder);
        config.is_some_and(|config| config.reach_into(&self.shown.join(name)) != Reach::Never)
    }

    /// Where an entry leads that is a link. Nothing outside the boundary is looked at.
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

/// Whether an entry is left out unless an ignore file keeps it or a pattern spells it.
pub(super) fn is_hidden(entry: &DirEntry, name: &OsStr) -> bool {
    begins_with_dot(name) || has_hidden_attribute(entry)
}

fn begins_with_dot(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(windows)]
fn has_hidden_attribute(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt as _;

    const FILE_ATTRIBUTE_HIDDEN: u32 = 2;
    let metadata = entry.metadata();
    metadata.is_ok_and(|metadata| metadata.file_attributes() & FILE_ATTRIBUTE_HIDDEN != 0)
}

#[cfg(not(windows))]
fn has_hidden_attribute(_: &DirEntry) -> bool {
    false
}
