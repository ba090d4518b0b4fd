//! The site a page belongs to: its generator, collections, defaults and upload roots. Imports `text`,
//! `diagnostic`, `dialect` and `syntax`; not `schema` or `config`.
//!
//! A further generator is a folder in `generators`, a variant of [`Generator`] and a line in the table
//! there.

mod address;
mod external_keys;
mod folders;
mod generators;
mod load;
mod merge;
mod model;
mod place;
mod program;
mod settings;
mod string_pool;
#[cfg(test)]
mod tests;
mod time;
mod timezone;
mod uploads;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

pub use address::{Address, Addresses};
pub use generators::{Generator, is_generated, is_output, may_configure};
pub use merge::{Effects, MixedKey, MixedMapping};
pub use place::{PageKind, PagePlace};
pub use time::{PageDate, Publication};
pub use timezone::TimeZone;
pub use uploads::{Candidate, Difference, Lookup, Refusal};

use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Value};
use crate::files::{self, Boundary};
use crate::paths;
use crate::syntax::{Document, FenceRules, OpenRule};
use crate::text::{SourceId, SourceMap, path_line};
use address::Addressing;
use generators::jekyll::{self, Jekyll, Served};
use model::{FolderSite, Model, open_folders};
use settings::Opening;
use uploads::{Publishes, UploadRoot, Uploads};

/// Without a generator: what most of them take.
static COMMON_FENCES: FenceRules = FenceRules {
    generator: "most generators",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::Toml, OpenRule::Json],
    when_missed: "print these lines as text and drop all metadata",
    when_unclosed: "print these lines as text and drop all metadata",
    ..FenceRules::STRICT
};

/// How to open a site.
#[derive(Clone, Debug)]
pub struct SiteOptions<'a> {
    /// The site's root.
    pub root: &'a Path,
    /// The root as shown to users: relative to the working directory, empty for that itself.
    pub display_root: &'a Path,
    /// The generator where it is configured; else it is found from the files in the root.
    pub generator: Option<Generator>,
    /// The dialect where it is configured; else the generator's.
    pub dialect: Option<Dialect>,
    /// Upload roots beside the generator's: URL prefix and folder.
    pub uploads: &'a [(String, PathBuf)],
    /// What the files of the site must not lead out of; it begins at the root.
    pub boundary: Boundary,
}

/// One site, opened once and shared between threads.
#[derive(Debug)]
pub struct Site {
    model: Model,
    dialect: Dialect,
    root: PathBuf,
    absolute_root: PathBuf,
    working_directory: PathBuf,
    config_sources: Vec<SourceId>,
    uploads: Uploads<Served>,
    boundary: Boundary,
}

impl Site {
    /// The nearest folder above `file` that holds a generator's configuration, as an absolute
    /// path. Asks the file system; for the caller to remember for a folder.
    #[must_use]
    pub fn find_root(file: &Path) -> Option<PathBuf> {
        let file = paths::absolute(&files::absolute(file), Path::new(""));
        file.ancestors()
            .skip(1)
            .find(|folder| Generator::of(folder) != Generator::None)
            .map(Path::to_owned)
    }

    /// Opens a site. A broken configuration makes diagnostics (`invalid-config`, pointing into that
    /// file) and a site that works with what could be read.
    #[must_use]
    pub fn open(options: SiteOptions<'_>, sources: &SourceMap) -> (Self, Vec<Diagnostic>) {
        let generator = options
            .generator
            .unwrap_or_else(|| Generator::of(options.root));
        let working_directory = files::working_directory();
        let absolute_root = paths::absolute(options.root, &working_directory);
        let dialect = options.dialect.unwrap_or_else(|| generator.dialect());
        let shown = slashes(options.display_root).into_owned();
        let shown = if shown == "." { String::new() } else { shown };
        let mut roots: Vec<_> = options
            .uploads
            .iter()
            .map(|(url, folder)| {
                let folder = paths::absolute(folder, &working_directory);
                let relative = folder.strip_prefix(&working_directory).unwrap_or(&folder);
                let shown = slashes(relative).into_owned();
                UploadRoot::new(url, folder, "", shown, Served::Configured)
            })
            .collect();
        let (model, diagnostics) = match generator.profile() {
            Some(profile) if generator != Generator::Jekyll => {
                let mut diagnostics = Vec::new();
                let mut opening = Opening {
                    root: options.root,
                    shown: Path::new(&shown),
                    // The configuration of MkDocs may have tags that its pages may not.
                    dialect: match generator {
                        Generator::MkDocs => Dialect::Core,
                        _ => dialect,
                    },
                    boundary: &options.boundary,
                    sources,
                    diagnostics: &mut diagnostics,
                };
                let (folders, settings) = open_folders(profile, &mut opening);
                let addressing = Addressing::of(generator, &opening, &folders, &settings);
                // https://gohugo.io/configuration/all/#timezone
                let timezone = match generator {
                    Generator::Hugo => settings.text(&["timeZone"]),
                    _ => None,
                };
                let timezone = timezone.and_then(|name| TimeZone::named(&name));
                roots.extend(folders.roots(&absolute_root, &shown));
                let site = FolderSite {
                    generator,
                    fences: profile.fences,
                    folders,
                    settings,
                    addressing,
                    timezone,
                };
                (Model::Folders(Box::new(site)), diagnostics)
            }
            Some(_) => {
                let (jekyll, diagnostics) = Jekyll::open(
                    options.root,
                    &options.boundary,
                    Path::new(&shown),
                    dialect,
                    sources,
                );
                roots.extend(jekyll.roots(&absolute_root, &shown));
                (Model::Jekyll(Box::new(jekyll)), diagnostics)
            }
            None => {
                let root = absolute_root.clone();
                roots.push(UploadRoot::new("", root, "", shown.clone(), Served::Source));
                (Model::None, Vec::new())
            }
        };
        let site = Self {
            uploads: Uploads::new(
                absolute_root.clone(),
                shown,
                model.source_dir(),
                model.baseurl(),
                model.has_bare_urls(),
                roots,
            ),
            config_sources: model.config_source().into_iter().collect(),
            model,
            dialect,
            root: options.root.to_owned(),
            absolute_root,
            working_directory,
            boundary: options.boundary,
        };
        (site, diagnostics)
    }

    /// The site's generator.
    #[must_use]
    pub fn generator(&self) -> Generator {
        match self.model {
            Model::Jekyll(_) => Generator::Jekyll,
            Model::Folders(ref site) => site.generator,
            Model::None => Generator::None,
        }
    }

    /// The site's root, as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file is the generator's configuration, and no page.
    #[must_use]
    pub fn is_config(&self, path: &Path) -> bool {
        let configs = self.generator().profile().map_or(&[][..], |it| it.configs);
        let written = path.as_os_str().as_encoded_bytes();
        let may_be = |config: &&str| {
            let name = || config.rsplit('/').next().unwrap_or(config);
            // Every page is asked, and its last letter mostly answers.
            written.last() == config.as_bytes().last() && written.ends_with(name().as_bytes())
        };
        configs.iter().any(may_be)
            && self
                .relative(path)
                .is_some_and(|relative| configs.contains(&&*relative))
    }

    /// Who reads the values, as the subject of a sentence: the generator, or its parser where the
    /// configuration names another than the generator has.
    #[must_use]
    pub fn reader(&self) -> &'static str {
        let generator = self.generator();
        match generator == Generator::None || self.dialect != generator.dialect() {
            true => self.dialect.reader(),
            false => self.fence_rules().generator,
        }
    }

    /// The dialect that scalars of this site are read in.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What the generator takes for a fence in most of its files.
    #[must_use]
    pub fn fence_rules(&self) -> &FenceRules {
        match self.model {
            Model::Jekyll(_) => &jekyll::FENCES,
            Model::Folders(ref site) => site.fences,
            Model::None => &COMMON_FENCES,
        }
    }

    /// What the generator takes for a fence in the file at `place`: Jekyll skips a byte order mark
    /// in posts, but not elsewhere.
    #[must_use]
    pub fn fence_rules_at(&self, place: &PagePlace<'_>) -> &FenceRules {
        match &self.model {
            Model::Jekyll(jekyll) => jekyll.fences_at(place),
            Model::Folders(site) => site.fences,
            Model::None => &COMMON_FENCES,
        }
    }

    /// What the generator makes of a file. Looks at the path only.
    #[must_use]
    pub fn place<'p>(&self, path: &'p Path) -> PagePlace<'p> {
        match self.relative(path) {
            Some(Cow::Borrowed(relative)) => self.place_of(relative),
            Some(Cow::Owned(relative)) => self.place_of(&relative).into_owned(),
            None => PagePlace::new(PageKind::Outside, slashes(path)),
        }
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
        if self.place_of(&relative).is_rendered() {
            return None;
        }
        match &self.model {
            Model::Jekyll(jekyll) => Some(jekyll.why_unrendered(&relative)),
            Model::Folders(site) => Some(
                site.folders
                    .why_unrendered(&relative, site.fences.generator),
            ),
            Model::None => None,
        }
    }

    fn place_of<'p>(&self, relative: &'p str) -> PagePlace<'p> {
        match &self.model {
            Model::Jekyll(jekyll) => jekyll.place(relative),
            Model::Folders(site) => site.folders.place(relative),
            Model::None => PagePlace::new(PageKind::Page, relative),
        }
    }

    /// Lays the generator's defaults under a page. The nodes of the configuration that get into it
    /// keep their [`SourceId`].
    pub fn with_defaults<'s>(&'s self, page: &mut Document<'s>, place: &PagePlace<'_>) -> Effects {
        match &self.model {
            Model::Jekyll(jekyll) => jekyll.with_defaults(page, place, &|path, folder| {
                self.uploads.exists(path, folder)
            }),
            Model::Folders(_) | Model::None => Effects::default(),
        }
    }

    /// Where else than from the page itself or a default that is laid under it the key of the root
    /// may come from, as a sentence without its full stop; `None` where no trace of that is found.
    /// Reads files: for a key that is about to be reported missing.
    #[must_use]
    pub fn may_come_from_elsewhere(&self, path: &Path, key: &str) -> Option<String> {
        let Model::Folders(site) = &self.model else {
            return None;
        };
        let page = self.relative(path)?;
        let question = external_keys::Question {
            root: &self.absolute_root,
            boundary: &self.boundary,
            folders: &site.folders,
            settings: &site.settings,
            dialect: self.dialect,
            fences: site.fences,
            page: &page,
            key,
        };
        question.answer(site.generator)
    }

    /// Whether a page is not published yet. `page` is the effective front matter.
    #[must_use]
    pub fn is_draft(&self, page: &Document<'_>, place: &PagePlace<'_>) -> bool {
        let is = |key, wanted| {
            let value = self.field(page, key);
            let scalar = value.and_then(|member| page.scalar(member.value));
            scalar.is_some_and(|scalar| scalar.value == Value::Bool(wanted))
        };
        match self.model {
            Model::Jekyll(_) => place.kind == PageKind::Draft || is("published", false),
            Model::Folders(_) => is("draft", true),
            Model::None => is("published", false) || is("draft", true),
        }
    }

    /// The generator's configuration files, which defaults point into.
    #[must_use]
    pub fn config_sources(&self) -> &[SourceId] {
        &self.config_sources
    }

    fn publisher(&self) -> &dyn Publishes<Served> {
        match &self.model {
            Model::Jekyll(jekyll) => jekyll.as_ref(),
            Model::Folders(_) | Model::None => &Everything,
        }
    }

    /// Whether [`Self::look_up`] would find nothing wrong with a path, whatever page it is on, as
    /// far as that can be told at once. `false` says nothing.
    #[must_use]
    pub fn plainly_has(&self, path: &str) -> bool {
        let is_aliased = || match &self.model {
            Model::Folders(site) => site.folders.is_aliased(path),
            Model::Jekyll(_) | Model::None => false,
        };
        self.uploads.has_plainly(path, self.publisher())
            || uploads::is_external(path) && !is_aliased()
    }

    /// Looks up a path of the front matter of `page`.
    #[must_use]
    pub fn look_up(&self, page: &Path, path: &str) -> Lookup {
        let generator = self.publisher();
        if self.uploads.has_plainly(path, generator) {
            return Lookup::Found;
        }
        let relative = self.below(page);
        let folder: Option<Vec<&[u8]>> = relative.as_deref().map(|page| {
            let folder = page.parent().unwrap_or(Path::new(""));
            folder.iter().map(OsStr::as_encoded_bytes).collect()
        });
        if let Model::Folders(site) = &self.model
            && site.folders.is_aliased(path)
        {
            let absolute = format!("/{path}");
            let found = self
                .uploads
                .look_up(folder.as_deref(), &absolute, generator);
            return found.without_leading_slash();
        }
        self.uploads.look_up(folder.as_deref(), path, generator)
    }

    /// The upload roots that are absent as a whole, as shown to users, with the number of paths
    /// that needed each so far.
    #[must_use]
    pub fn absent_roots(&self) -> Vec<(String, usize)> {
        self.uploads.absent_roots()
    }

    /// A path relative to the site's root, with `/`.
    fn relative<'p>(&self, path: &'p Path) -> Option<Cow<'p, str>> {
        match self.below(path)? {
            Cow::Borrowed(path) => Some(slashes(path)),
            Cow::Owned(path) => Some(Cow::Owned(slashes(&path).into_owned())),
        }
    }

    fn below<'p>(&self, path: &'p Path) -> Option<Cow<'p, Path>> {
        paths::below(path, &self.working_directory, &self.absolute_root)
    }
}

/// Publishes whatever is there.
struct Everything;

impl Publishes<Served> for Everything {
    fn publishes(&self, _: &Served, _: &str) -> bool {
        true
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
