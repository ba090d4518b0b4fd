//! Jekyll: what it reads, as which kind of page, under which defaults, and what it serves where.
//!
//! Follows Jekyll 4.3, quirks included: a scope's path is compared letter by letter
//! (`_posts/20` reaches `_posts/2020-…`), a draft has the type `posts`, so that the documented
//! type `drafts` reaches nothing.

mod address;
mod config;
mod date_text;
mod dates;
mod defaults;
mod filter;
mod ruby;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Timestamp, Value};
use crate::files;
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::{Opening, boundary_around, has_file};
use crate::site::date_field::NameDate;
use crate::site::file_date;
use crate::site::folders::{Folders, ServedFolder, below};
use crate::site::generator::{Generator, Profile};
use crate::site::merge::{self, Effects, Merged};
use crate::site::model::{SiteModel, has_bool};
use crate::site::place::{Exists, PageKind, PagePlace};
use crate::site::timezone::TimeZone;
use crate::syntax::{CloseRule, Document, FenceRules, Member, NodeId, OpenRule};
use address::AddressRules;
use config::{Collection, Config};
use defaults::{Defaults, Target};
use filter::EntryFilter;

/// What Jekyll is known by, its configuration files in the order in which it looks for them.
static PROFILE: Profile = Profile {
    name: "jekyll",
    display_name: "Jekyll",
    // It comes last, since `_config.yml` also configures how GitHub publishes a repository.
    precedence: 8,
    configs: &["_config.yml", "_config.yaml", "_config.toml"],
    output: &["_site", ".jekyll-cache", "vendor/bundle"],
    // It renders whatever begins with `---`:
    // https://github.com/jekyll/jekyll/blob/master/lib/jekyll/reader.rb
    other_page_types: &[
        "html",
        "htm",
        "xhtml",
        "xml",
        "rss",
        "atom",
        "css",
        "scss",
        "sass",
        "less",
        "js",
        "coffee",
        "json",
        "webmanifest",
        "txt",
        "svg",
        "ics",
        "textile",
        "",
    ],
    fences: &FENCES,
    dialect: Dialect::Jekyll,
    date_fields: dates::FIELDS,
    publish_early: "`future: true` in `_config.yml`",
    set_timezone: "`timezone` in `_config.yml`",
    pages: "posts, drafts, the collections of `_config.yml`, and what `exclude` leaves of the other \
            folders; beside Markdown all text files that begin with a fence",
    uploads: "the source itself; `_label` for a collection with `output: true`, under its URL",
    dates: "`date` of posts, drafts and documents of collections, read from its text, quoted \
            or not: an empty or unreadable one stops the build; without it the day in the file's \
            name",
    other_sources: "`defaults` of `_config.yml`, laid under each page",
    ..Profile::COMMON
};

/// Pages and documents of collections, which are static files unless they begin with front matter:
/// Jekyll reads their first line as bytes.
static FENCES: FenceRules = FenceRules {
    generator: "Jekyll",
    closes: &[CloseRule::Dots],
    when_unclosed: "drops all its metadata and prints these lines as the beginning of the text",
    when_missed: "publishes the file as it is, without a layout, and drops all its metadata",
    ..FenceRules::STRICT
};

/// Posts and drafts, which are never static files: Jekyll reads them as text.
static POST_FENCES: FenceRules = FenceRules {
    opens: &[OpenRule::AfterByteOrderMark],
    when_missed: "drops all its metadata and prints these lines as the beginning of the text",
    ..FENCES
};

pub(super) struct Jekyll;

impl Generator for Jekyll {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    /// Jupyter Book and Hexo have a `_config.yml` too, the one beside its table of contents, the other
    /// beside a manifest that names it.
    fn recognizes(&self, root: &Path, _: &str) -> bool {
        let is_hexo = || {
            let manifest = files::read(&root.join("package.json"), &boundary_around(root));
            let text = manifest.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            text.is_ok_and(|text| text.contains("\"hexo\""))
        };
        !has_file(root, "_toc.yml") && !is_hexo()
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let mut config = config::read(opening);
        let setting = |key| {
            let document = config.document.as_ref()?;
            document.scalar(document.get(document.root(), key)?.value)
        };
        let timezone = setting("timezone").and_then(|scalar| TimeZone::named(&scalar.text));
        let is_false = |value: &Value| matches!(value, Value::Null | Value::Bool(false));
        let future = setting("future").is_some_and(|scalar| !is_false(&scalar.value));
        let sets = std::mem::take(&mut config.sets);
        Box::new(JekyllSite {
            folders: Folders {
                source: config.source_dir.clone(),
                base: config.baseurl.clone(),
                served: served(&config),
                has_bare_urls: false,
                ..Folders::default()
            },
            address_rules: AddressRules::new(config.document.as_ref(), &config.collections),
            timezone,
            future,
            filter: EntryFilter::new(&config.include, &config.exclude, &config.destination),
            defaults: Defaults::new(sets, &config.collections_dir),
            config,
        })
    }
}

/// The folders that are served: each collection with output, then the source itself.
fn served(config: &Config) -> Vec<ServedFolder> {
    let of_collection = |collection: &Collection| {
        let url = url_prefix(collection.permalink.as_deref(), &collection.label)?;
        let name = format!("_{}", collection.label);
        let folder = [&config.source_dir, &config.collections_dir, &name];
        let folder = folder.map(String::as_str).into_iter();
        let folder: Vec<_> = folder.filter(|part| !part.is_empty()).collect();
        Some(ServedFolder {
            url,
            folder: folder.join("/"),
            filter: Some(name),
        })
    };
    let source = ServedFolder {
        url: String::new(),
        folder: config.source_dir.clone(),
        filter: Some(String::new()),
    };
    let collections = config.collections.iter();
    collections
        .filter(|collection| collection.output && !is_special(&collection.label))
        .filter_map(of_collection)
        .chain([source])
        .collect()
}

/// Whether a collection is one that Jekyll treats in a way of its own.
fn is_special(label: &str) -> bool {
    matches!(label, "posts" | "data")
}

/// One Jekyll site.
#[derive(Debug)]
struct JekyllSite {
    folders: Folders,
    config: Config,
    filter: EntryFilter,
    defaults: Defaults,
    address_rules: AddressRules,
    timezone: Option<TimeZone>,
    /// Whether pages are published before their date.
    future: bool,
}

impl SiteModel for JekyllSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn bundled_schema(&self, place: &PagePlace<'_>) -> Option<&'static str> {
        Some(match place.kind {
            PageKind::Post | PageKind::Draft => "jekyll-post",
            _ => "jekyll-page",
        })
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let Some(path) = below(path, &self.config.source_dir) else {
            return PagePlace::new(PageKind::Unrendered, path);
        };
        let document = self.collection_document(path).or_else(|| self.post(path));
        document.unwrap_or_else(|| {
            let kind = match self.filter.admits_path(path) {
                true => PageKind::Page,
                false => PageKind::Unrendered,
            };
            PagePlace::new(kind, path)
        })
    }

    fn why_unrendered(&self, path: &str, _: &str) -> String {
        let Some(path) = below(path, &self.config.source_dir) else {
            return format!("Jekyll reads pages only from `{}`", self.config.source_dir);
        };
        if self.filter.is_output(path) {
            return "it is the folder that Jekyll builds the site into".to_owned();
        }
        if let Some(entry) = self.filter.excluding(path) {
            return format!("Jekyll excludes `{entry}` (`exclude` of its configuration)");
        }
        match PostPath::split(path) {
            Some(PostPath {
                is_draft: false, ..
            }) => "Jekyll reads posts only of names such as `2024-05-23-title.md`".to_owned(),
            _ => "Jekyll skips names that begin with `_`, `.`, `#` or `~`, but for the folders of \
                  its collections"
                .to_owned(),
        }
    }

    fn fences_at(&self, place: &PagePlace<'_>) -> Option<&'static FenceRules> {
        matches!(place.kind, PageKind::Post | PageKind::Draft).then_some(&POST_FENCES)
    }

    fn publishes(&self, folder: &str, path: &str) -> bool {
        match folder {
            "" => self.filter.admits_path(path),
            _ => self.filter.admits(folder, path, false),
        }
    }

    fn lay_defaults<'s>(
        &'s self,
        page: &mut Document<'s>,
        place: &PagePlace<'_>,
        exists: Exists<'_>,
    ) -> Effects {
        let defaults = self.defaults_of(place, exists);
        let lay = |(config, defaults): (_, Arc<Merged>)| merge::lay_under(page, config, &defaults);
        defaults.map(lay).unwrap_or_default()
    }

    fn is_draft(&self, page: &Document<'_>, place: &PagePlace<'_>) -> bool {
        place.kind == PageKind::Draft || has_bool(page, self.field(page, "published"), false)
    }

    fn addresses(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        facts: &AddressFacts<'_>,
    ) -> Addresses {
        match self.writes(place) {
            true => self.addresses_of(page, place, facts),
            false => Addresses::default(),
        }
    }

    /// `validate_permalink!` in `convertible.rb` stops at an empty one in a page; of a document
    /// `generate_url` makes `/`.
    fn refusals(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Vec<Diagnostic> {
        let member = page.get(page.root(), "permalink");
        let is_empty = |member: &&Member<'_>| page.string(member.value).is_some_and(str::is_empty);
        let is_page = place.kind == PageKind::Page;
        let empty = member
            .filter(is_empty)
            .filter(|_| is_page || self.writes(place));
        let finding = empty.map(|member| {
            let message = match is_page {
                true => "Jekyll stops at a `permalink` that is empty text",
                false => "this page replaces the home page: its `permalink` is empty text",
            };
            Diagnostic::new(RuleId::InvalidValue, message)
                .at(page.node(member.value).span)
                .help("delete the key, or write the address: `permalink: /an-address/`")
                .pointer("/permalink")
        });
        finding.into_iter().collect()
    }

    fn timezone(&self) -> Option<&TimeZone> {
        self.timezone.as_ref()
    }

    /// `Time#localtime`
    fn shows_time_of_builder(&self) -> bool {
        true
    }

    /// The date of a page outside collections is a key like any other.
    fn reads_date_field(&self, _: &str, place: &PagePlace<'_>) -> bool {
        place.collection().is_some()
    }

    fn date_in_name<'n>(&self, place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        dates::in_name(place)
    }

    fn tolerated_days(&self, _: &Document<'_>, date: &Timestamp) -> i64 {
        dates::tolerated_days(date)
    }

    fn withholds_future(&self, place: &PagePlace<'_>) -> bool {
        let is_dated = matches!(place.kind, PageKind::Post | PageKind::Collection(_));
        is_dated && !self.future && self.writes(place)
    }
}

impl JekyllSite {
    /// Whether Jekyll writes a file for a page at this place.
    fn writes(&self, place: &PagePlace<'_>) -> bool {
        match &place.kind {
            PageKind::Collection(label) => {
                let collection = self.config.collection(label);
                collection.is_some_and(|collection| collection.output)
            }
            PageKind::Page | PageKind::Post | PageKind::Draft => true,
            PageKind::Unrendered | PageKind::Outside => false,
        }
    }

    fn collection_document<'p>(&self, path: &'p str) -> Option<PagePlace<'p>> {
        let inside = below(path, &self.config.collections_dir)?;
        let (folder, entry) = inside.split_once('/')?;
        let label = folder.strip_prefix('_')?;
        if is_special(label) || self.config.collection(label).is_none() {
            return None;
        }
        let kind = match self.filter.admits(folder, entry, false) {
            true => PageKind::Collection(Cow::Borrowed(label)),
            false => PageKind::Unrendered,
        };
        Some(PagePlace::new(kind, inside))
    }

    /// A file of `_posts` or `_drafts`, in the source or in any folder that Jekyll walks.
    fn post<'p>(&self, path: &'p str) -> Option<PagePlace<'p>> {
        let post = PostPath::split(path)?;
        let (folder, entry) = (post.folder, post.entry);
        let collections_dir = &self.config.collections_dir;
        let base = path.strip_suffix(entry)?.trim_end_matches('/');
        let name = entry.rsplit('/').next().unwrap_or(entry);
        let is_read = (folder.is_empty() || self.filter.admits_path(folder))
            && (collections_dir.is_empty() || folder.starts_with(collections_dir))
            && (if post.is_draft {
                has_extension(name)
            } else {
                has_date(name)
            })
            && !entry.split('/').any(|segment| segment.starts_with('.'))
            && self.filter.admits(base, entry, false);
        let kind = match (is_read, post.is_draft) {
            (false, _) => PageKind::Unrendered,
            (true, true) => PageKind::Draft,
            (true, false) => PageKind::Post,
        };
        let relative = defaults::strip_collections_dir(path, collections_dir);
        Some(PagePlace::new(kind, relative))
    }

    /// The value that the defaults alone give a key of a page: a node of the configuration.
    fn default_value(
        &self,
        place: &PagePlace<'_>,
        key: &str,
        exists: Exists<'_>,
    ) -> Option<NodeId> {
        self.defaults_of(place, exists)?.1.value(key)
    }

    /// The configuration and what it gives a page, if it gives anything.
    fn defaults_of(
        &self,
        place: &PagePlace<'_>,
        exists: Exists<'_>,
    ) -> Option<(&Document<'static>, Arc<Merged>)> {
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
        let defaults = self.defaults.for_page(target, config, &in_source)?;
        Some((config, defaults))
    }
}

/// The prefix under which a collection's static files are served, for a template that ends with
/// their path or name. Under another template they share one URL.
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

/// The path of a file in `_posts` or `_drafts`.
struct PostPath<'p> {
    /// The folder before it.
    folder: &'p str,
    is_draft: bool,
    /// The path below it.
    entry: &'p str,
}

impl<'p> PostPath<'p> {
    fn split(path: &'p str) -> Option<Self> {
        let mut start = 0;
        loop {
            let end = start + path[start..].find('/')?;
            let name = &path[start..end];
            if matches!(name, "_drafts" | "_posts") {
                return Some(Self {
                    folder: path[..start].trim_end_matches('/'),
                    is_draft: name == "_drafts",
                    entry: &path[end + 1..],
                });
            }
            start = end + 1;
        }
    }
}

/// `YYYY-M-D-slug.ext`, the year with two to four digits.
fn has_date(name: &str) -> bool {
    file_date::split(name).is_some_and(|(_, rest)| has_extension(rest))
}

fn has_extension(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| !extension.is_empty())
}
