//! Jekyll: what it reads, as which kind of page, under which defaults, and what it serves where.
//!
//! Follows Jekyll 4.3, quirks included: a scope's path is compared letter by letter
//! (`_posts/20` reaches `_posts/2020-…`), a draft has the type `posts`, so that the documented
//! type `drafts` reaches nothing.

mod address;
mod config;
mod defaults;
mod filter;
mod ruby;

use std::borrow::Cow;
use std::path::Path;

pub(in crate::site) use address::file_date;

use super::{Generator, Profile, always};
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Value};
use crate::files::Boundary;
use crate::site::merge::{self, Effects, Merged};
use crate::site::place::{PageKind, PagePlace};
use crate::site::timezone::TimeZone;
use crate::site::uploads::{Publishes, UploadRoot};
use crate::syntax::{CloseRule, Document, FenceRules, NodeId, OpenRule};
use crate::text::{SourceId, SourceMap};
use address::Style;
use config::Config;
use defaults::{Defaults, Exists, Target};
use filter::EntryFilter;

/// The names that the configuration can have, in Jekyll's order.
pub(in crate::site) const FILES: &[&str] = &["_config.yml", "_config.yaml", "_config.toml"];

/// What Jekyll is known by.
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Jekyll,
    configs: FILES,
    is_root: always,
    output: &["_site", ".jekyll-cache", "vendor/bundle"],
    fences: &FENCES,
    pages: "posts, drafts, the collections of `_config.yml`, and what `exclude` leaves of the other \
            folders",
    uploads: "the source itself; `_label` for a collection with `output: true`, under its URL",
    elsewhere: "`defaults` of `_config.yml`, laid under each page",
};

/// Collection documents and pages: told apart from static files by their first line, read as bytes.
pub(in crate::site) static FENCES: FenceRules = FenceRules {
    generator: "Jekyll",
    closes: &[CloseRule::Dots],
    when_unclosed: "drops all its metadata and prints these lines as the beginning of the text",
    when_missed: "publishes the file as it is, without a layout, and drops all its metadata",
    ..FenceRules::STRICT
};

/// Posts and drafts: always documents, read as text.
static POST_FENCES: FenceRules = FenceRules {
    opens: &[OpenRule::AfterByteOrderMark],
    when_missed: "drops all its metadata and prints these lines as the beginning of the text",
    ..FENCES
};

/// What an upload root of Jekyll holds.
#[derive(Debug)]
pub(in crate::site) enum Served {
    /// A folder of frontlint.toml, which Jekyll has no say in.
    Configured,
    /// All of the source.
    Source,
    /// The static files of a collection, `_label` for short.
    Collection(String),
}

/// One Jekyll site.
#[derive(Debug)]
pub(in crate::site) struct Jekyll {
    config: Config,
    filter: EntryFilter,
    defaults: Defaults,
    style: Style,
    timezone: Option<TimeZone>,
    future: bool,
}

impl Jekyll {
    pub(in crate::site) fn open(
        root: &Path,
        boundary: &Boundary,
        shown: &Path,
        dialect: Dialect,
        sources: &SourceMap,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut config, diagnostics) = config::read(root, boundary, shown, dialect, sources);
        let sets = std::mem::take(&mut config.sets);
        let setting = |key| {
            let document = config.document.as_ref()?;
            document.scalar(document.get(document.root(), key)?.value)
        };
        let timezone = setting("timezone").and_then(|scalar| TimeZone::named(&scalar.text));
        let falsy = |value: &Value| matches!(value, Value::Null | Value::Bool(false));
        let future = setting("future").is_some_and(|scalar| !falsy(&scalar.value));
        let jekyll = Self {
            style: Style::new(config.document.as_ref(), &config.collections),
            timezone,
            future,
            filter: EntryFilter::new(&config.include, &config.exclude, &config.destination),
            defaults: Defaults::new(sets, &config.collections_dir),
            config,
        };
        (jekyll, diagnostics)
    }

    pub(in crate::site) fn config_source(&self) -> Option<SourceId> {
        self.config.source
    }

    pub(in crate::site) fn source_dir(&self) -> &str {
        &self.config.source_dir
    }

    pub(in crate::site) fn baseurl(&self) -> &str {
        &self.config.baseurl
    }

    pub(in crate::site) fn fences_at(&self, place: &PagePlace<'_>) -> &'static FenceRules {
        match place.kind {
            PageKind::Post | PageKind::Draft => &POST_FENCES,
            _ => &FENCES,
        }
    }

    /// What Jekyll makes of the file at `path`, relative to the site's root.
    pub(in crate::site) fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let Some(path) = below(path, &self.config.source_dir) else {
            return PagePlace::new(PageKind::Unrendered, path);
        };
        self.collection_document(path)
            .or_else(|| self.post(path))
            .unwrap_or_else(|| {
                let kind = if self.filter.admits_path(path) {
                    PageKind::Page
                } else {
                    PageKind::Unrendered
                };
                PagePlace::new(kind, path)
            })
    }

    /// Why Jekyll makes no page of the file at `path`, relative to the site's root; a clause.
    pub(in crate::site) fn why_unrendered(&self, path: &str) -> String {
        let Some(path) = below(path, &self.config.source_dir) else {
            return format!("Jekyll reads pages only from `{}`", self.config.source_dir);
        };
        if self.filter.is_output(path) {
            return "it is the folder that Jekyll builds the site into".to_owned();
        }
        if let Some(entry) = self.filter.excluding(path) {
            return format!("Jekyll excludes `{entry}` (`exclude` of its configuration)");
        }
        match split_post(path) {
            Some((_, false, _)) => {
                "Jekyll reads posts only of names such as `2024-05-23-title.md`".to_owned()
            }
            _ => "Jekyll skips names that begin with `_`, `.`, `#` or `~`, but for the folders of \
                  its collections"
                .to_owned(),
        }
    }

    fn collection_document<'p>(&self, path: &'p str) -> Option<PagePlace<'p>> {
        let inside = below(path, &self.config.collections_dir)?;
        let slash = memchr::memchr(b'/', inside.as_bytes())?;
        let (folder, entry) = (inside.get(..slash)?, inside.get(slash + 1..)?);
        let label = folder.strip_prefix('_')?;
        let mut collections = self.config.collections.iter();
        let is_known = collections.any(|collection| *collection.label == *label);
        if !is_known || matches!(label, "posts" | "data") {
            return None;
        }
        let kind = if self.filter.admits(folder, entry, false) {
            PageKind::Collection(Cow::Borrowed(label))
        } else {
            PageKind::Unrendered
        };
        Some(PagePlace::new(kind, inside))
    }

    /// A file of `_posts` or `_drafts`, in the source or in any folder that Jekyll walks.
    fn post<'p>(&self, path: &'p str) -> Option<PagePlace<'p>> {
        let (folder, draft, entry) = split_post(path)?;
        let walked = folder.is_empty() || self.filter.admits_path(folder);
        let configured = self.config.collections_dir.is_empty()
            || folder.starts_with(&self.config.collections_dir);
        let base = path.strip_suffix(entry)?.trim_end_matches('/');
        let name = entry.rsplit('/').next().unwrap_or(entry);
        let named = if draft {
            has_extension(name)
        } else {
            has_date(name)
        };
        let hidden = entry.split('/').any(|segment| segment.starts_with('.'));
        let read =
            walked && configured && named && !hidden && self.filter.admits(base, entry, false);
        let kind = match (read, draft) {
            (false, _) => PageKind::Unrendered,
            (true, true) => PageKind::Draft,
            (true, false) => PageKind::Post,
        };
        let relative = defaults::strip_collections_dir(path, &self.config.collections_dir);
        Some(PagePlace::new(kind, relative))
    }

    /// Lays the defaults under a page. `exists` answers for a path relative to the site's root,
    /// and for folders only where its second argument says so.
    pub(in crate::site) fn with_defaults<'s>(
        &'s self,
        page: &mut Document<'s>,
        place: &PagePlace<'_>,
        exists: &dyn Fn(&str, bool) -> bool,
    ) -> Effects {
        let lay = |config, defaults: &Merged| merge::lay_under(page, config, defaults);
        self.defaults_of(place, exists, lay).unwrap_or_default()
    }

    /// The value that the defaults alone give a key of a page: a node of the configuration.
    pub(in crate::site) fn default_value(
        &self,
        place: &PagePlace<'_>,
        key: &str,
        exists: Exists<'_>,
    ) -> Option<NodeId> {
        self.defaults_of(place, exists, |_, defaults| defaults.value(key))?
    }

    /// Gives `see` the configuration and what it gives a page, if it gives anything.
    fn defaults_of<'s, T>(
        &'s self,
        place: &PagePlace<'_>,
        exists: Exists<'_>,
        see: impl FnOnce(&'s Document<'s>, &Merged) -> T,
    ) -> Option<T> {
        let kind = match &place.kind {
            PageKind::Collection(label) => label,
            PageKind::Post | PageKind::Draft => "posts",
            PageKind::Page => "pages",
            PageKind::Unrendered | PageKind::Outside => return None,
        };
        let config = self.config.document.as_ref()?;
        let target = Target {
            path: &place.path,
            kind,
        };
        let in_source = |path: &str, folder| match self.config.source_dir.as_str() {
            "" => exists(path, folder),
            source => exists(&format!("{source}/{path}"), folder),
        };
        let see = |defaults: &Merged| see(config, defaults);
        self.defaults.for_page(target, config, &in_source, see)
    }

    /// The `timezone` of the configuration, where there is such a zone.
    pub(in crate::site) fn timezone(&self) -> Option<&TimeZone> {
        self.timezone.as_ref()
    }

    /// Whether `future: true` is set.
    pub(in crate::site) fn publishes_future(&self) -> bool {
        self.future
    }

    /// The roots that serve files: each collection with output, then the source itself.
    pub(in crate::site) fn roots(&self, root: &Path, shown: &str) -> Vec<UploadRoot<Served>> {
        let shown = |folder: &str| match (shown, folder) {
            ("", folder) => folder.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, folder) => format!("{shown}/{folder}"),
        };
        let config = &self.config;
        let collections = config.collections.iter().filter(|collection| {
            collection.output && !matches!(&*collection.label, "posts" | "data")
        });
        let mut roots: Vec<_> = collections
            .filter_map(|collection| {
                let url = url_prefix(collection.permalink.as_deref(), &collection.label)?;
                let name = format!("_{}", collection.label);
                let folder = [&config.source_dir, &config.collections_dir, &name];
                let folder: Vec<_> = folder.into_iter().filter(|one| !one.is_empty()).collect();
                let folder = folder.into_iter().cloned().collect::<Vec<_>>().join("/");
                let kind = Served::Collection(name);
                Some(UploadRoot::new(
                    &url,
                    root.to_owned(),
                    &folder,
                    shown(&folder),
                    kind,
                ))
            })
            .collect();
        let source = &config.source_dir;
        roots.push(UploadRoot::new(
            "",
            root.to_owned(),
            source,
            shown(source),
            Served::Source,
        ));
        roots
    }
}

impl Publishes<Served> for Jekyll {
    fn publishes(&self, kind: &Served, path: &str) -> bool {
        match kind {
            Served::Configured => true,
            Served::Source => self.filter.admits_path(path),
            Served::Collection(folder) => self.filter.admits(folder, path, false),
        }
    }
}

/// The prefix under which a collection's static files are served, for a template that ends with
/// their path or name. Under another template they share one URL, and none can be told apart.
fn url_prefix(permalink: Option<&str>, label: &str) -> Option<String> {
    let template = permalink.unwrap_or("/:collection/:path");
    let template = template
        .replace(":output_ext", "")
        .replace(":collection", label);
    let template = template.trim_end_matches('/');
    let prefix = template
        .strip_suffix(":path")
        .or_else(|| template.strip_suffix(":name"))?;
    (!prefix.contains(':')).then(|| prefix.to_owned())
}

/// A path below a folder; the path itself where the folder is empty.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The folder before `_posts` or `_drafts`, whether it is the latter, and what is below it.
fn split_post(path: &str) -> Option<(&str, bool, &str)> {
    let mut start = 0;
    loop {
        let end = start + path[start..].find('/')?;
        let draft = &path[start..end] == "_drafts";
        if draft || &path[start..end] == "_posts" {
            let folder = path[..start].trim_end_matches('/');
            return Some((folder, draft, &path[end + 1..]));
        }
        start = end + 1;
    }
}

/// `YYYY-M-D-slug.ext`, the year with two to four digits.
fn has_date(name: &str) -> bool {
    file_date(name).is_some_and(|(_, rest)| has_extension(rest))
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| !extension.is_empty())
}

#[cfg(test)]
mod tests;
