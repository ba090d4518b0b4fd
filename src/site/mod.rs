//! The site a page belongs to: its generator, collections, defaults and upload roots. Imports `text`,
//! `diagnostic`, `dialect` and `syntax`; not `schema` or `config`.
//!
//! What is known of one generator is in its folder below `generators`.

mod address;
mod bundles;
mod config_file;
mod date_field;
mod external_keys;
mod file_date;
mod folders;
mod generator;
mod generators;
mod merge;
mod model;
mod npm;
mod open;
mod page_date;
mod place;
mod program;
mod settings;
mod shared_pages;
#[cfg(test)]
mod tests;
mod timezone;
mod uploads;
mod version;
mod well_known;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub use address::{Address, Addresses};
pub use date_field::{DateReading, FieldDate};
pub use generator::Generator;
pub use generators::{
    generator_named, generator_names, generator_of, is_generated, is_output, may_be_page_type,
    may_configure, site_beside,
};
pub use merge::{Effects, MixedKey, MixedMapping};
pub use model::FolderDefaults;
pub use open::SiteOptions;
pub use place::{PageKind, PagePlace};
pub use timezone::TimeZone;
pub use uploads::{BundleAddress, Lookup};
pub use well_known::{is_well_known, leads_to_well_known};

use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::files::Boundary;
use crate::paths;
use crate::syntax::{Document, FenceRules};
use crate::text::{SourceMap, path_line};
use bundles::Bundles;
use external_keys::KeySearch;
use generator::Profile;
use model::SiteModel;
use settings::below_root;
use shared_pages::SharedPages;
use uploads::Uploads;

/// Why a bundled schema applies to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundledFor {
    /// The site's generator makes a page of it.
    Generator {
        /// The generator's name in messages.
        generator: &'static str,
        /// Its configuration file, relative to the site's root; `None` where `frontlint.toml` names
        /// the generator.
        config: Option<&'static str>,
    },
    /// Its file has a well-known name.
    FileName,
}

/// One site, opened once and shared between threads.
#[derive(Debug)]
pub struct Site {
    generator: Option<&'static dyn Generator>,
    profile: &'static Profile,
    /// The generator's configuration file, relative to the root.
    config: Option<&'static str>,
    model: Box<dyn SiteModel>,
    dialect: Dialect,
    /// The dialect of the generator in the version that the site pins.
    own_dialect: Dialect,
    root: PathBuf,
    absolute_root: PathBuf,
    working_directory: PathBuf,
    uploads: Uploads,
    bundles: Bundles,
    boundary: Boundary,
}

impl Site {
    /// The site's generator.
    #[must_use]
    pub fn generator(&self) -> Option<&'static dyn Generator> {
        self.generator
    }

    /// The generator's name in messages.
    #[must_use]
    pub fn generator_name(&self) -> &'static str {
        self.profile.display_name
    }

    /// The site's root, as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file is the generator's configuration, and no page.
    #[must_use]
    pub fn is_config(&self, path: &Path) -> bool {
        let written = path.as_os_str().as_encoded_bytes();
        let mut configs = self.profile.configs.iter();
        configs.any(|config| {
            let name = config.rsplit('/').next().unwrap_or(config);
            // Most pages need no look at the whole path.
            written.ends_with(name.as_bytes())
                && self
                    .relative(path)
                    .is_some_and(|relative| relative == *config)
        })
    }

    /// Who reads the values, as the subject of a sentence: the generator, or its parser where the
    /// configuration names another than the generator has.
    #[must_use]
    pub fn reader(&self) -> &'static str {
        match self.generator {
            Some(_) if self.dialect == self.own_dialect => self.profile.display_name,
            _ => self.dialect.reader(),
        }
    }

    /// The dialect that scalars of this site are read in.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What the generator takes for a fence in the file at `place`.
    #[must_use]
    pub fn fence_rules_at(&self, place: &PagePlace<'_>) -> &FenceRules {
        self.model.fences_at(place).unwrap_or(self.profile.fences)
    }

    /// What the generator takes a file for. Reads nothing but the path.
    #[must_use]
    pub fn place<'p>(&self, path: &'p Path) -> PagePlace<'p> {
        match self.relative(path) {
            Some(Cow::Borrowed(relative)) => self.model.place(relative),
            Some(Cow::Owned(relative)) => self.model.place(&relative).into_owned(),
            None => PagePlace::new(PageKind::Outside, slashes(path)),
        }
    }

    /// Whether the generator reads files with the extension of this path, which is not Markdown's,
    /// where they begin with a fence.
    #[must_use]
    pub fn reads_type(&self, path: &Path) -> bool {
        let extension = generators::extension_of(path.file_name().unwrap_or_default());
        let mut types = self.profile.other_page_types.iter();
        types.any(|other| other.as_bytes() == extension && self.model.reads_type(other))
    }

    /// Why the generator makes no page of a file; a clause. `None` where it makes one.
    #[must_use]
    pub fn why_unrendered(&self, path: &Path) -> Option<String> {
        let Some(relative) = self.relative(path) else {
            let root = paths::shown(&self.root, &self.working_directory);
            return Some(match root == Path::new(".") {
                true => "it is outside of the working directory, and in no other site".to_owned(),
                false => format!(
                    "it is outside of the site, which is in `{}`",
                    path_line(&root)
                ),
            });
        };
        let is_rendered = self.model.place(&relative).is_rendered();
        let why = || {
            self.model
                .why_unrendered(&relative, self.profile.display_name)
        };
        (!is_rendered).then(why)
    }

    /// What the pages of a folder get of the pages above them, for [`Self::with_defaults`]. Reads
    /// files: it is made once for a folder.
    #[must_use]
    pub fn folder_defaults(
        &self,
        folder: &Path,
        sources: &SourceMap,
    ) -> Option<Box<dyn FolderDefaults>> {
        let shown = paths::shown(&self.root, &self.working_directory);
        let shown = match shown == Path::new(".") {
            true => PathBuf::new(),
            false => shown,
        };
        let reader = SharedPages {
            root: &self.absolute_root,
            shown: &shown,
            boundary: &self.boundary,
            dialect: self.dialect,
            fences: self.profile.fences,
            sources,
        };
        self.model.folder_defaults(&self.relative(folder)?, &reader)
    }

    /// Lays the generator's defaults under a page: those of its folder, and of the configuration.
    /// The nodes of other files that get into it keep their [`SourceId`](crate::text::SourceId).
    pub fn with_defaults<'s>(
        &'s self,
        page: &mut Document<'s>,
        place: &PagePlace<'_>,
        of_folder: Option<&'s dyn FolderDefaults>,
    ) -> Effects {
        if let Some(defaults) = of_folder {
            defaults.lay_under(page, place);
        }
        let exists = |path: &str, folder| self.uploads.exists(path, folder);
        self.model.lay_defaults(page, place, &exists)
    }

    /// From where else than its own front matter and the defaults laid under it a page may have a
    /// key at its root, as a sentence without its full stop; `None` where no trace of that is
    /// found. Reads files: for a key that is about to be reported missing.
    #[must_use]
    pub fn external_source_of(&self, path: &Path, key: &str) -> Option<String> {
        let search = KeySearch {
            root: &self.absolute_root,
            boundary: &self.boundary,
            dialect: self.dialect,
            fences: self.profile.fences,
            config: self.config,
            page: &self.relative(path)?,
        };
        self.model.external_source_of(key, &search)
    }

    /// The name of the bundled schema for a page, and why it is that one.
    #[must_use]
    pub fn bundled_schema(
        &self,
        path: &Path,
        place: &PagePlace<'_>,
    ) -> Option<(&'static str, BundledFor)> {
        let of_generator = match place.is_rendered() {
            true => self.model.bundled_schema(place),
            false => None,
        };
        if let Some(name) = of_generator {
            let generator = self.profile.display_name;
            let config = self.config;
            return Some((name, BundledFor::Generator { generator, config }));
        }
        well_known::schema_of(path).map(|name| (name, BundledFor::FileName))
    }

    /// What the generator stops at in a page, beyond syntax and dates. `page` is its own front matter.
    #[must_use]
    pub fn refusals(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Vec<Diagnostic> {
        match place.is_rendered() {
            true => self.model.refusals(page, place),
            false => Vec::new(),
        }
    }

    /// Whether a page is not published yet. `page` is the effective front matter.
    #[must_use]
    pub fn is_draft(&self, page: &Document<'_>, place: &PagePlace<'_>) -> bool {
        self.model.is_draft(page, place)
    }

    /// What the generator does with a page that has a text other than `true` at a switch at its root,
    /// where it takes such a text for false; as a predicate.
    #[must_use]
    pub fn text_as_false(&self, key: &str) -> Option<&'static str> {
        self.model.text_as_false(key)
    }

    /// Whether [`Self::look_up`] would find nothing wrong with a path, whatever page it is on, as
    /// far as one look shows. `false` is no answer.
    #[must_use]
    pub fn surely_has(&self, path: &str) -> bool {
        self.uploads
            .surely_has(path, &|folder, path| self.model.publishes(folder, path))
            || uploads::is_external(path) && !self.model.folders().is_aliased(path)
    }

    /// Looks up a path of the front matter of `page`. `bundle` says where the files beside it are
    /// published ([`Self::bundle_address`]); it is called where no file is found otherwise.
    #[must_use]
    pub fn look_up(&self, page: &Path, path: &str, bundle: &dyn Fn() -> BundleAddress) -> Lookup {
        let publishes = |folder: &str, path: &str| self.model.publishes(folder, path);
        if self.uploads.surely_has(path, &publishes) {
            return Lookup::Found;
        }
        let relative = self.below(page);
        // What is beside a page outside of the root is outside of what is indexed.
        if relative.is_none() && !path.starts_with('/') && self.below_outside(page).is_some() {
            return Lookup::External;
        }
        let folder: Option<Vec<&[u8]>> = relative.as_deref().map(|page| {
            let folder = page.parent().unwrap_or(Path::new(""));
            folder.iter().map(OsStr::as_encoded_bytes).collect()
        });
        if self.model.folders().is_aliased(path) {
            let absolute = format!("/{path}");
            let found = self
                .uploads
                .look_up(folder.as_deref(), &absolute, &publishes, bundle);
            return found.without_leading_slash();
        }
        let lookup = self
            .uploads
            .look_up(folder.as_deref(), path, &publishes, bundle);
        let is_missing = matches!(lookup, Lookup::Missing { .. }) && path.starts_with('/');
        match is_missing && self.may_be_in_bundle(path) {
            true => Lookup::Found,
            false => lookup,
        }
    }

    /// The upload roots that are absent as a whole, as shown to users, with the number of paths
    /// that needed each so far.
    #[must_use]
    pub fn absent_roots(&self) -> Vec<(String, usize)> {
        self.uploads.absent_roots()
    }

    /// A path relative to the site's root, with `/`.
    fn relative<'p>(&self, path: &'p Path) -> Option<Cow<'p, str>> {
        match self.below(path) {
            Some(Cow::Borrowed(path)) => Some(slashes(path)),
            Some(Cow::Owned(path)) => Some(Cow::Owned(slashes(&path).into_owned())),
            None => self.below_outside(path).map(Cow::Owned),
        }
    }

    /// The path that a page of a folder beside the root has, as if that were in the root.
    fn below_outside(&self, path: &Path) -> Option<String> {
        let absolute = paths::absolute(path, &self.working_directory);
        self.model.folders().outside.iter().find_map(|written| {
            let folder = paths::absolute(Path::new(written), &self.absolute_root);
            let below = absolute.strip_prefix(folder).ok()?;
            Some(slashes(&Path::new(below_root(written)).join(below)).into_owned())
        })
    }

    fn below<'p>(&self, path: &'p Path) -> Option<Cow<'p, Path>> {
        paths::below(path, &self.working_directory, &self.absolute_root)
    }
}

/// The path with `/` on every system. Bytes that are no UTF-8 are percent-encoded, so that no two
/// such pages have one address.
fn slashes(path: &Path) -> Cow<'_, str> {
    let encoded = || {
        let mut text = String::new();
        for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
            text.push_str(chunk.valid());
            let bytes = chunk.invalid().iter();
            text.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
        Cow::Owned(text)
    };
    let text = path.to_str().map_or_else(encoded, Cow::Borrowed);
    if cfg!(windows) && text.contains('\\') {
        Cow::Owned(text.replace('\\', "/"))
    } else {
        text
    }
}
