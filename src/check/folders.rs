//! What all files of one folder share: their configuration and their site.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, Finder, Placed};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::files::{Boundary, ReadError};
use crate::paths;
use crate::site::{
    FolderDefaults, Generator, Site, SiteOptions, generator_named, generator_of, site_beside,
};
use crate::text::{SourceMap, path_line};
use crate::threads::Lock;

/// The configuration and the site of the files of one folder.
#[derive(Debug)]
pub(super) struct FolderContext {
    pub(super) config: Arc<Config>,
    pub(super) site: Arc<Site>,
    /// What its pages get of the pages above them.
    pub(super) defaults: Option<Box<dyn FolderDefaults>>,
    /// What its pages must not name, and its links not lead to.
    pub(super) boundary: Boundary,
}

/// A folder, and the generator whose site's root is looked up; `None` for any.
type RootQuery = (PathBuf, Option<&'static dyn Generator>);

/// The root of a site, and whose it is.
type SiteRoot = (PathBuf, &'static dyn Generator);

/// Folders and sites, each looked up once and shared between threads.
pub(super) struct Folders<'a> {
    finder: &'a Finder,
    sources: &'a SourceMap,
    /// `None` where the configuration is broken.
    folders: Lock<HashMap<PathBuf, Option<Arc<FolderContext>>>>,
    /// The root of the site that each folder is in.
    roots: Lock<HashMap<RootQuery, Option<SiteRoot>>>,
    /// Folders (absolute) that are known to be no site's root.
    no_roots: Lock<HashSet<PathBuf>>,
    sites: Lock<Sites>,
}

#[derive(Default)]
struct Sites {
    by_root: HashMap<PathBuf, Arc<Site>>,
    problems: Vec<Diagnostic>,
}

impl<'a> Folders<'a> {
    pub(super) fn new(finder: &'a Finder, sources: &'a SourceMap) -> Self {
        Self {
            finder,
            sources,
            folders: Lock::default(),
            roots: Lock::default(),
            no_roots: Lock::default(),
            sites: Lock::default(),
        }
    }

    /// The folder of a file; `None` where its configuration is broken, which [`Self::problems`]
    /// reports once.
    pub(super) fn of(&self, file: &Path) -> Option<Arc<FolderContext>> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let known = self.folders.read();
        if let Some(found) = known.get(folder) {
            return found.clone();
        }
        drop(known);
        let config = self.finder.for_file(file).ok();
        let found = config.map(|config| {
            let site = self.site(file, &config);
            let boundary = self.finder.boundary(folder);
            let defaults = site.folder_defaults(folder, self.sources);
            Arc::new(FolderContext {
                config,
                site,
                defaults,
                boundary,
            })
        });
        let mut folders = self.folders.write();
        folders.insert(folder.to_owned(), found.clone());
        found
    }

    /// Remembers that a folder (absolute) is no site's root, so that none is looked for there.
    pub(super) fn note_no_root(&self, folder: &Path) {
        let mut known = self.no_roots.write();
        known.insert(folder.to_owned());
    }

    /// Every site opened so far, by its root.
    pub(super) fn sites(&self) -> Vec<Arc<Site>> {
        let sites = self.sites.write();
        let mut sites: Vec<_> = sites.by_root.values().cloned().collect();
        sites.sort_by(|a, b| a.root().cmp(b.root()));
        sites
    }

    /// What is wrong with the configurations read so far, of frontlint and of the generators.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.finder.problems();
        let sites = self.sites.write();
        problems.extend(sites.problems.iter().cloned());
        problems
    }

    /// The nearest folder, this one or above it, with a configuration of the generator, or of any,
    /// and whose it is. Threads that look up one folder at once may both look.
    fn root_of(
        &self,
        folder: &Path,
        generator: Option<&'static dyn Generator>,
    ) -> Option<SiteRoot> {
        let mut below = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            let query = (folder.to_owned(), generator);
            let known = self.roots.read();
            if let Some(known) = known.get(&query) {
                found.clone_from(known);
                break;
            }
            drop(known);
            below.push(query);
            let no_roots = self.no_roots.read();
            let is_known = no_roots.contains(folder);
            drop(no_roots);
            if is_known {
                continue;
            }
            let its_generator = match generator {
                Some(generator) => generator.has_root(folder).then_some(generator),
                None => generator_of(folder),
            };
            if let Some(generator) = its_generator {
                found = Some((folder.to_owned(), generator));
                break;
            }
        }
        let mut roots = self.roots.write();
        roots.extend(below.into_iter().map(|query| (query, found.clone())));
        found
    }

    /// The site beside a folder that is in none, and reads its pages.
    fn site_beside(&self, folder: &Path) -> Option<SiteRoot> {
        let boundary = self.finder.boundary(folder);
        site_beside(folder, boundary.root()?)
    }

    fn site(&self, file: &Path, config: &Config) -> Arc<Site> {
        let cwd = self.finder.working_directory();
        let generator = config
            .generator
            .as_ref()
            .and_then(|named| generator_named(&named.value));
        let folder = paths::absolute(file, cwd);
        let folder = folder.parent().unwrap_or(cwd);
        // Whose root it is goes along, so that the folder is not searched for it again.
        let (root, generator) = match self.root_of(folder, generator) {
            Some((root, generator)) => (root, Some(generator)),
            None => match self.site_beside(folder) {
                Some((root, generator)) => (root, Some(generator)),
                None => {
                    let config_folder = self.finder.config_folder(folder);
                    (config_folder.unwrap_or_else(|| cwd.to_owned()), generator)
                }
            },
        };
        // Held while the site is opened, so that two threads do not open one site twice.
        let mut sites = self.sites.write();
        if let Some(site) = sites.by_root.get(&root) {
            return Arc::clone(site);
        }
        let mut uploads = Vec::with_capacity(config.uploads.len());
        for (url, named) in &config.uploads {
            let folder = paths::absolute(&named.value, &config.base);
            match config.boundary_of(named.source).resolve(&folder) {
                Ok(_) => uploads.push((url.clone(), folder)),
                Err(error) => sites.problems.push(refused_uploads(named, &error)),
            }
        }
        let options = SiteOptions {
            root: &root,
            display_root: &paths::shown(&root, cwd),
            generator,
            dialect: config.dialect,
            uploads: &uploads,
            boundary: self.finder.site_boundary(&root),
            working_directory: cwd,
        };
        let (site, problems) = Site::open(options, self.sources);
        sites.problems.extend(problems);
        let site = Arc::new(site);
        sites.by_root.insert(root, Arc::clone(&site));
        site
    }
}

/// The finding about a folder of `[uploads]` that leads out of the repository.
fn refused_uploads(named: &Placed<PathBuf>, error: &ReadError) -> Diagnostic {
    let folder = path_line(&named.value);
    let message = format!("the upload folder `{folder}` cannot be used: {error}");
    Diagnostic::new(RuleId::InvalidConfig, message)
        .at_source(named.source, named.span, "")
        .help("name a folder of the repository")
}

/// A finding for each `[[ignore]]` entry that suppressed nothing.
pub(super) fn unused_ignores(config: &Config, whole_site: bool) -> Vec<Diagnostic> {
    let unused = config.unused_ignores(whole_site);
    unused
        .map(|entry| {
            let message = format!("this entry hides no `{}` finding", entry.rule);
            Diagnostic::new(RuleId::UnusedSuppression, message)
                .at_source(entry.source, entry.span, "")
                .help("delete the entry, or mend its `path` or `pointer`")
        })
        .collect()
}
