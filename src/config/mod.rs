//! frontlint.toml: read, checked and found for each file.
//!
//! Owns every key of the file, the patterns in it and the layers that make up a file's settings
//! (the nearest frontlint.toml, then `--config`). Every mistake is an `invalid-config` finding at
//! the bytes that are wrong. Must not check front matter or load a schema. Imports `text`,
//! `diagnostic`, `dialect` and `syntax`; not `schema` or `site`.

mod baseline;
mod entries;
mod exclusions;
mod finder;
mod hidden_pattern;
mod ignores;
mod json_schema;
mod keys;
mod layer;
mod load;
mod pattern_syntax;
mod patterns;
mod reader;
mod rule_tables;
mod settings;

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use baseline::{Baseline, BaselineEntry, baseline_text};
pub use exclusions::Exclusions;
pub use finder::Finder;
pub use ignores::{Ignore, Ignores};
pub use json_schema::json_schema;
pub use patterns::{Patterns, Reach, is_markdown, literal};
pub use settings::{RuleSettings, Setting};

use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::Dialect;
use crate::files::Boundary;
use crate::paths;
use crate::text::{SourceId, SourceMap, Span};

#[cfg(test)]
mod tests;

/// The names a config file may have; in one folder the first wins.
pub const FILE_NAMES: [&str; 2] = ["frontlint.toml", ".frontlint.toml"];

/// How many bytes of a file are searched for the closing fence, unless `max-front-matter` says
/// otherwise.
pub const DEFAULT_MAX_FRONT_MATTER: usize = 1024 * 1024;

/// A setting with its place, for findings about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The setting.
    pub value: T,
    /// The config file or command-line argument that it is in.
    pub source: SourceId,
    /// Its bytes there.
    pub span: Span,
}

/// A `[[collections]]` entry: files that belong together.
#[derive(Debug)]
pub struct Collection {
    /// The name as shown to users; unique within a file.
    pub name: Arc<str>,
    /// Which files belong to it, relative to the folder of the config.
    pub files: Patterns,
    /// The schema as written: a bundled name or a path relative to the folder of the config.
    pub schema: Option<Placed<String>>,
    /// Whether a file without front matter is a finding.
    pub front_matter_required: bool,
    /// Rule settings for these files, over the general ones.
    pub rules: RuleSettings,
    seen: AtomicBool,
}

impl Collection {
    /// Notes that a file of this run belongs to the collection.
    pub fn mark_seen(&self) {
        // Threads that write a value that is there already would wait for each other.
        if !self.seen() {
            self.seen.store(true, Ordering::Relaxed);
        }
    }

    /// Whether any file of this run belonged to the collection.
    #[must_use]
    pub fn seen(&self) -> bool {
        self.seen.load(Ordering::Relaxed)
    }
}

/// The settings for the files that one frontlint.toml governs.
pub struct Config {
    /// The config file as shown to users; `None` where there is none.
    pub file: Option<PathBuf>,
    /// The other config file of the same folder, which is not read.
    pub shadowed: Option<PathBuf>,
    /// The folder that patterns and paths are relative to; absolute.
    pub base: PathBuf,
    /// The text of `file`.
    pub source: Option<SourceId>,
    /// The name of the site generator.
    pub generator: Option<Placed<String>>,
    /// The parser whose reading of scalars counts.
    pub dialect: Option<Dialect>,
    /// URL prefixes, each beginning and ending with `/`, and the folders they are served from,
    /// relative to `base` as written.
    pub uploads: Vec<(String, Placed<PathBuf>)>,
    /// In order; the first that matches a file is the file's.
    pub collections: Vec<Collection>,
    /// The `[rules]` table.
    pub rules: RuleSettings,
    /// The `[[ignore]]` entries.
    pub ignores: Ignores,
    /// The file of findings that are known, relative to `base` as written.
    pub baseline: Option<Placed<PathBuf>>,
    /// How many bytes of a file are searched for the closing fence.
    pub max_front_matter: usize,
    excluded: Vec<Placed<String>>,
    exclusions: Exclusions,
    cwd: PathBuf,
    generators: &'static [&'static str],
    boundary: Boundary,
}

impl Config {
    /// The settings where there is no config file; patterns given on the command line are
    /// relative to `base`.
    fn new(base: &Path, cwd: &Path, generators: &'static [&'static str]) -> Self {
        Self {
            file: None,
            shadowed: None,
            base: paths::absolute(base, cwd),
            source: None,
            generator: None,
            dialect: None,
            uploads: Vec::new(),
            collections: Vec::new(),
            rules: RuleSettings::default(),
            ignores: Ignores::default(),
            baseline: None,
            max_front_matter: DEFAULT_MAX_FRONT_MATTER,
            excluded: Vec::new(),
            exclusions: Exclusions::default(),
            cwd: cwd.to_owned(),
            generators,
            boundary: Boundary::none(),
        }
    }

    /// Lays `key = value` settings over these; each is a line of TOML.
    ///
    /// # Errors
    /// Every mistake in them; the labels point into the argument itself.
    pub fn with_overrides(
        &mut self,
        overrides: &[String],
        sources: &SourceMap,
    ) -> Result<(), Vec<Diagnostic>> {
        load::overrides(self, overrides, sources)
    }

    /// What a path may lead to that is written in `source`: a config file that was found near the
    /// pages must not lead out of the repository. What the command line says is free, and so is
    /// the config file that it names.
    #[must_use]
    pub fn boundary_of(&self, source: SourceId) -> Boundary {
        match self.source == Some(source) {
            true => self.boundary.clone(),
            false => Boundary::none(),
        }
    }

    /// The collection a file belongs to. `path` is absolute or relative to the working directory.
    #[must_use]
    pub fn collection_of(&self, path: &Path) -> Option<&Collection> {
        let relative = self.relative(path)?;
        self.collections
            .iter()
            .find(|collection| collection.files.matches(&relative))
    }

    /// Whether `exclude` or `extend-exclude` leaves out a file.
    #[must_use]
    pub fn is_excluded(&self, path: &Path) -> bool {
        self.relative(path)
            .is_some_and(|relative| self.exclusions.has_file(&relative))
    }

    /// Whether `exclude` or `extend-exclude` leaves out a folder with all in it.
    #[must_use]
    pub fn is_folder_excluded(&self, path: &Path) -> bool {
        self.relative(path)
            .is_some_and(|relative| self.exclusions.has_folder(&relative))
    }

    /// The pattern of `exclude` or `extend-exclude` that leaves out a file or a folder. Each pattern
    /// is compiled anew: for messages only.
    #[must_use]
    pub fn exclusion_of(&self, path: &Path, is_folder: bool) -> Option<&Placed<String>> {
        let relative = self.relative(path)?;
        self.excluded.iter().find(|pattern| {
            let exclusions = Exclusions::new(std::iter::once(pattern.value.as_str()));
            exclusions.is_ok_and(|exclusions| match is_folder {
                true => exclusions.has_folder(&relative),
                false => exclusions.has_file(&relative),
            })
        })
    }

    /// Where a collection's patterns may match files below a folder, as far as the folder's path
    /// and the first parts of the patterns go. `path` is absolute or relative to the working
    /// directory.
    #[must_use]
    pub fn reach_into(&self, path: &Path) -> Reach {
        let Some(relative) = self.relative(path) else {
            return Reach::Never;
        };
        let collections = self.collections.iter();
        let reaches = collections.map(|collection| collection.files.reach_into(&relative));
        reaches.max().unwrap_or(Reach::Never)
    }

    /// Whether a collection's patterns spell the hidden name that a path ends with, so that a walk
    /// goes there. `path` is absolute or relative to the working directory.
    #[must_use]
    pub fn spells_hidden(&self, path: &Path) -> bool {
        self.relative(path).is_some_and(|relative| {
            let mut collections = self.collections.iter();
            collections.any(|collection| collection.files.spells_hidden(&relative))
        })
    }

    /// Whether a collection's patterns name a file by its extension, so that a walk takes it
    /// though it is no Markdown.
    #[must_use]
    pub fn names(&self, path: &Path) -> bool {
        self.names_others()
            && self.relative(path).is_some_and(|relative| {
                self.collections
                    .iter()
                    .filter(|collection| collection.files.names_others())
                    .any(|collection| collection.files.names(&relative))
            })
    }

    /// Whether there may be such a file at all.
    #[must_use]
    pub fn names_others(&self) -> bool {
        let mut collections = self.collections.iter();
        collections.any(|collection| collection.files.names_others())
    }

    /// The setting of a rule for a file of this collection.
    #[must_use]
    pub fn severity(&self, rule: RuleId, collection: Option<&Collection>) -> Setting {
        self.rules.severity(rule, collection)
    }

    /// Whether an `[[ignore]]` entry suppresses a finding. Every entry that does is used from
    /// then on.
    #[must_use]
    pub fn is_ignored(&self, path: &Path, rule: RuleId, pointer: Option<&str>) -> bool {
        if rule.is_failure() {
            return false;
        }
        let Some(relative) = self.relative(path) else {
            return false;
        };
        let mut ignored = false;
        for entry in self.ignores.entries_about(&relative) {
            ignored |= entry.suppresses(rule, pointer);
        }
        ignored
    }

    /// Notes that a file was checked, so that an `[[ignore]]` entry for it can be called unused.
    pub fn mark_checked(&self, path: &Path) {
        if let Some(relative) = self.relative(path) {
            for entry in self.ignores.entries_about(&relative) {
                entry.mark_checked();
            }
        }
    }

    /// The entries that suppressed nothing: all of them on a whole-site run, else those whose
    /// pattern matched a file that was checked.
    pub fn unused_ignores(&self, whole_site: bool) -> impl Iterator<Item = &Ignore> {
        self.ignores
            .entries()
            .iter()
            .filter(move |entry| !entry.used() && (whole_site || entry.checked()))
    }

    /// The path relative to `base`; `None` for a file outside of it.
    fn relative<'p>(&self, path: &'p Path) -> Option<Cow<'p, Path>> {
        paths::below(path, &self.cwd, &self.base)
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("file", &self.file)
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}
