//! How a site is opened.

use std::path::{Path, PathBuf};

use super::bundles::Bundles;
use super::config_file::Opening;
use super::folders::Folders;
use super::generator::Generator;
use super::generators::{generator_of, no_generator};
use super::uploads::{UploadRoot, Uploads};
use super::{Site, slashes};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::files::Boundary;
use crate::paths;
use crate::text::SourceMap;

/// How to open a site.
#[derive(Clone, Debug)]
pub struct SiteOptions<'a> {
    /// The site's root.
    pub root: &'a Path,
    /// The root as shown to users: relative to the working directory, empty for that itself.
    pub display_root: &'a Path,
    /// The generator where it is configured; else it is found from the files in the root.
    pub generator: Option<&'static dyn Generator>,
    /// The dialect where it is configured; else the generator's.
    pub dialect: Option<Dialect>,
    /// Upload roots in addition to the generator's: URL prefix and folder.
    pub uploads: &'a [(String, PathBuf)],
    /// What the files of the site must not lead out of; it begins at the root.
    pub boundary: Boundary,
    /// The folder that relative paths are relative to.
    pub working_directory: &'a Path,
}

impl Site {
    /// Opens a site. A broken configuration makes diagnostics (`invalid-config`, pointing into that
    /// file) and a site that works with what could be read.
    #[must_use]
    pub fn open(options: SiteOptions<'_>, sources: &SourceMap) -> (Self, Vec<Diagnostic>) {
        let generator = options.generator.or_else(|| generator_of(options.root));
        let profile = generator.map_or(&no_generator::PROFILE, Generator::profile);
        let working_directory = options.working_directory.to_owned();
        let absolute_root = paths::absolute(options.root, &working_directory);
        let shown = match slashes(options.display_root) {
            shown if shown == "." => String::new(),
            shown => shown.into_owned(),
        };
        let config = generator.and_then(|generator| generator.config_in(options.root));
        let mut diagnostics = Vec::new();
        let model = match generator {
            Some(generator) => generator.open(&mut Opening {
                root: options.root,
                shown: Path::new(&shown),
                config,
                dialect: options.dialect.unwrap_or(profile.dialect),
                boundary: &options.boundary,
                sources,
                diagnostics: &mut diagnostics,
            }),
            None => Box::new(no_generator::PlainFolder::new()),
        };
        let own_dialect = model.dialect().unwrap_or(profile.dialect);
        let mut roots = configured_roots(options.uploads, &working_directory);
        roots.extend(served_roots(model.folders(), &absolute_root, &shown));
        let site = Self {
            generator,
            profile,
            config,
            dialect: options.dialect.unwrap_or(own_dialect),
            own_dialect,
            uploads: Uploads::new(absolute_root.clone(), shown, model.folders(), roots),
            bundles: Bundles::default(),
            model,
            root: options.root.to_owned(),
            absolute_root,
            working_directory,
            boundary: options.boundary,
        };
        (site, diagnostics)
    }
}

/// The upload roots of the generator. `shown` is how users see the site's root.
fn served_roots(folders: &Folders, root: &Path, shown: &str) -> Vec<UploadRoot> {
    let new = |url: &str, folder: &str, filter| {
        let shown = match (shown, folder) {
            ("", folder) => folder.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, folder) => format!("{shown}/{folder}"),
        };
        UploadRoot::new(url, root.to_owned(), folder, shown, filter)
    };
    let served = folders.served.iter();
    let served = served.map(|served| new(&served.url, &served.folder, served.filter.clone()));
    let aliases = folders.aliases.iter();
    let aliases = aliases.map(|(alias, folder)| new(alias, folder, None));
    served.chain(aliases).collect()
}

/// The upload roots of `frontlint.toml`.
fn configured_roots(uploads: &[(String, PathBuf)], working_directory: &Path) -> Vec<UploadRoot> {
    let root = |(url, folder): &(String, PathBuf)| {
        let folder = paths::absolute(folder, working_directory);
        let relative = folder.strip_prefix(working_directory).unwrap_or(&folder);
        let shown = slashes(relative).into_owned();
        UploadRoot::new(url, folder, "", shown, None)
    };
    uploads.iter().map(root).collect()
}
