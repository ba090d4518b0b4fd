//! The address that Jekyll gives a page: from its `permalink`, else from the template of its
//! collection or of the site. Proved against a record of the real one.

mod slug;
mod template;

use std::borrow::Cow;
use std::sync::Arc;

use super::JekyllSite;
use super::config::Collection;
use jiff::civil::DateTime;

use crate::dialect::Value;
use crate::site::address::{Address, AddressFacts, Addresses};
use crate::site::file_date;
use crate::site::{PageKind, PagePlace};
use crate::syntax::{Document, Kind, NodeId, pointer};
use template::Template;

const MARKDOWN: &str = "markdown,mkdown,mkdn,mkd,md";

/// What the site's configuration says about addresses.
#[derive(Debug)]
pub(super) struct AddressRules {
    /// `permalink` as written.
    permalink: String,
    /// The templates of collections; `None` for one that Jekyll fails on.
    of_collections: Vec<(Arc<str>, Option<Template>)>,
    /// Extensions that become `.html`, in lower case.
    markdown: Vec<String>,
    /// The languages, without the first, each of which jekyll-polyglot builds a site of its own for.
    languages: Vec<String>,
}

impl AddressRules {
    pub(super) fn new(config: Option<&Document<'_>>, collections: &[Collection]) -> Self {
        let text = |key| {
            let config = config?;
            let value = config.get(config.root(), key)?.value;
            let scalar = config.scalar(value).filter(|_| !config.is_null(value))?;
            Some(scalar.text.clone().into_owned())
        };
        let permalink = text("permalink").unwrap_or_else(|| "date".to_owned());
        let posts = match permalink.as_str() {
            "none" => "/:categories/:title:output_ext",
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
            other => other,
        };
        let markdown = text("markdown_ext").unwrap_or_else(|| MARKDOWN.to_owned());
        let first = text("default_lang").unwrap_or_else(|| "en".to_owned());
        let listed = config.and_then(|config| {
            let list = config.get(config.root(), "languages")?.value;
            let names = config.items(list).iter();
            let names = names.filter_map(|&name| config.string(name));
            Some(
                names
                    .filter(|name| *name != first)
                    .map(str::to_owned)
                    .collect(),
            )
        });
        let mut style = Self {
            of_collections: Vec::new(),
            markdown: markdown.split(',').map(str::to_lowercase).collect(),
            permalink: permalink.clone(),
            languages: listed.unwrap_or_default(),
        };
        let documents = style.suffixed("/:collection/:path");
        let each = collections.iter().map(|collection| {
            let written = match (&collection.permalink, &*collection.label) {
                (Some(own), _) => own,
                (None, "posts") => posts,
                (None, _) => &documents,
            };
            (Arc::clone(&collection.label), Template::new(written))
        });
        style.of_collections = each.collect();
        style
    }

    /// `Utils.add_permalink_suffix`.
    fn suffixed(&self, template: &str) -> String {
        let suffix = match self.permalink.as_str() {
            "pretty" => "/",
            "date" | "ordinal" | "none" => ":output_ext",
            style if style.ends_with('/') => "/",
            style if style.ends_with(":output_ext") => ":output_ext",
            _ => "",
        };
        format!("{template}{suffix}")
    }

    fn output_extension<'p>(&self, extension: &'p str) -> &'p str {
        let bare = extension.strip_prefix('.').unwrap_or(extension);
        if self.markdown.contains(&bare.to_lowercase()) {
            return ".html";
        }
        match extension {
            ".scss" | ".sass" => ".css",
            ".coffee" => ".js",
            other => other,
        }
    }
}

/// What a page is named after.
struct Named<'p> {
    /// The path relative to the source, without the folder of the collections.
    path: &'p str,
    /// The file's name without its extension.
    basename: &'p str,
    /// With its point; may be empty.
    extension: &'p str,
}

impl<'p> Named<'p> {
    fn new(path: &'p str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let dot = name.rfind('.');
        let dot = dot.filter(|&at| at > 0 && at + 1 < name.len());
        let (basename, extension) = name.split_at(dot.unwrap_or(name.len()));
        Self {
            path,
            basename,
            extension,
        }
    }
}

/// The values of the keys that give a page its addresses, without empty ones.
#[derive(Default)]
struct AddressKeys {
    permalink: Option<NodeId>,
    slug: Option<NodeId>,
    redirects: Option<NodeId>,
}

impl AddressKeys {
    fn read(page: &Document<'_>) -> Self {
        let mut keys = Self::default();
        for member in page.members(page.root()) {
            let value = match &*member.key.text {
                "permalink" => &mut keys.permalink,
                "slug" => &mut keys.slug,
                "redirect_from" => &mut keys.redirects,
                _ => continue,
            };
            *value = Some(member.value).filter(|&id| !page.is_null(id));
        }
        keys
    }
}

impl JekyllSite {
    /// The addresses of a page that Jekyll writes.
    pub(super) fn addresses_of(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        facts: &AddressFacts<'_>,
    ) -> Addresses {
        let keys = AddressKeys::read(page);
        let permalink = match keys.permalink {
            None => None,
            // Jekyll fails on a permalink that is no text, and on an empty one.
            Some(id) => match page.string(id).filter(|text| !text.is_empty()) {
                Some(text) => Some(text),
                None => return Addresses::default(),
            },
        };
        let named = Named::new(&place.path);
        let extension = permalink
            .filter(|permalink| !permalink.ends_with('/'))
            .map(|permalink| Named::new(permalink).extension)
            .filter(|extension| !extension.is_empty())
            .unwrap_or_else(|| self.address_rules.output_extension(named.extension));
        let own = match &place.kind {
            PageKind::Page => Some(self.url_of_page(&named, permalink, extension)),
            PageKind::Post | PageKind::Draft | PageKind::Collection(_) => {
                let label = place.collection().unwrap_or_default();
                let of_defaults = || self.default_value(place, "categories", facts.exists);
                let of_name = || {
                    let (year, month, day) = file_date::day(place)?;
                    DateTime::new(year, month, day, 0, 0, 0, 0).ok()
                };
                let slug = keys.slug.map(|id| page.string(id));
                let named_slug = || undated(named.basename).trim_end_matches('.');
                let document = template::Document {
                    collection: label,
                    path: &cleaned(&named, label),
                    basename: named.basename,
                    slug: &|| slug.flatten().unwrap_or_else(named_slug),
                    categories: &|| self.categories(page, place, of_defaults()),
                    output_extension: extension,
                    date: &|| (facts.date)().or_else(of_name),
                };
                let filled = match permalink {
                    Some(own) => Template::new(own).and_then(|own| own.fill(&document)),
                    None => self.template(label).and_then(|own| own.fill(&document)),
                };
                // Jekyll fails on a slug that is no text.
                filled.filter(|_| slug != Some(None))
            }
            PageKind::Unrendered | PageKind::Outside => None,
        };
        let mut addresses = Addresses {
            own: own.map(|url| address(&url, extension)),
            redirects: keys
                .redirects
                .map_or(Vec::new(), |id| redirects_of(page, id)),
        };
        if let Some(language) = self.language_of(page) {
            let redirects = addresses
                .redirects
                .iter_mut()
                .map(|redirect| &mut redirect.1);
            for address in addresses.own.iter_mut().chain(redirects) {
                address.file = format!("/{language}{}", address.file);
                address.url = format!("/{language}{}", address.url);
            }
        }
        addresses
    }

    /// The language that gives a page a folder of its own.
    fn language_of<'p>(&self, page: &'p Document<'_>) -> Option<&'p str> {
        let languages = &self.address_rules.languages;
        if languages.is_empty() {
            return None;
        }
        let language = page.string(page.get(page.root(), "lang")?.value)?;
        let is_listed = languages.iter().any(|name| name == language);
        is_listed.then_some(language)
    }

    fn url_of_page(&self, named: &Named<'_>, permalink: Option<&str>, extension: &str) -> String {
        let folder = named.path.rsplit_once('/');
        let folder = folder.map_or(String::new(), |(folder, _)| format!("/{folder}"));
        let basename = named.basename.trim_end_matches('.');
        let template = match permalink {
            Some(permalink) => permalink.to_owned(),
            None if !matches!(extension, ".html" | ".xhtml" | ".htm") => {
                "/:path/:basename:output_ext".to_owned()
            }
            None if basename == "index" => "/:path/".to_owned(),
            None => self.address_rules.suffixed("/:path/:basename"),
        };
        template::of_page(&template, &folder, basename, extension)
    }

    /// The URL template of a collection.
    fn template(&self, label: &str) -> Option<&Template> {
        let mut templates = self.address_rules.of_collections.iter();
        let (_, template) = templates.find(|(collection, _)| **collection == *label)?;
        template.as_ref()
    }

    /// The categories of a document: those of its folders, of the defaults and its own.
    fn categories(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        of_defaults: Option<NodeId>,
    ) -> Vec<String> {
        let special = match &place.kind {
            PageKind::Draft => "_drafts",
            _ => "_posts",
        };
        let mut categories = Vec::new();
        if matches!(place.kind, PageKind::Post | PageKind::Draft)
            && let Some((before, _)) = place.path.split_once(special)
        {
            let folders = before.split('/').filter(|folder| !folder.is_empty());
            categories.extend(folders.map(str::to_owned));
        }
        if let (Some(id), Some(config)) = (of_defaults, &self.config.document) {
            words(config, id, &mut categories);
        }
        let own = |key| page.get(page.root(), key).map(|member| member.value);
        if let Some(id) = own("categories") {
            words(page, id, &mut categories);
        }
        if let Some(id) = own("category").filter(|&id| !page.is_null(id)) {
            match page.scalar(id) {
                Some(scalar) => categories.push(text(&scalar.text, &scalar.value)),
                None => words(page, id, &mut categories),
            }
        }
        categories
    }
}

/// A list of words, or one text of several.
fn words(document: &Document<'_>, id: NodeId, into: &mut Vec<String>) {
    match &document.node(id).kind {
        Kind::Scalar(scalar) if scalar.value == Value::String => {
            into.extend(scalar.text.split_whitespace().map(str::to_owned));
        }
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            let scalars = items.filter_map(|&item| document.scalar(item));
            into.extend(scalars.map(|scalar| text(&scalar.text, &scalar.value)));
        }
        Kind::Scalar(_) | Kind::Mapping(_) => {}
    }
}

/// Ruby's `to_s`.
fn text(written: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        _ => written.to_owned(),
    }
}

/// `Document#cleaned_relative_path`.
fn cleaned<'p>(named: &Named<'p>, label: &str) -> Cow<'p, str> {
    let bare = named.path.len() - named.extension.len();
    let bare = named.path.get(..bare).unwrap_or(named.path);
    let below = |rest: &'p str| rest.strip_prefix('_')?.strip_prefix(label);
    // A document is in the folder of its collection, so that this is the beginning of its path.
    if let Some(rest) = below(bare) {
        return Cow::Borrowed(rest.trim_end_matches('.'));
    }
    let cleaned = bare.replacen(&format!("_{label}"), "", 1);
    Cow::Owned(cleaned.trim_end_matches('.').to_owned())
}

/// The name of a file without the date that it begins with.
fn undated(basename: &str) -> &str {
    file_date::split(basename).map_or(basename, |(_, rest)| rest)
}

/// A URL of a template, and the file that is written for it.
fn address(url: &str, extension: &str) -> Address {
    let url = slug::sanitized(url);
    let is_folder = url.ends_with('/');
    Address::escaped(url, |file| file_ending(file, is_folder, extension))
}

/// What the name of a file has behind the address that leads to it.
fn file_ending<'e>(file: &str, is_folder: bool, extension: &'e str) -> &'e str {
    match is_folder {
        true => "index.html",
        false if file.ends_with(extension) => "",
        false => extension,
    }
}

/// `redirect_from` of the plugin jekyll-redirect-from: one address or a list.
fn redirects_of(page: &Document<'_>, value: NodeId) -> Vec<(String, Address)> {
    let mut found = Vec::new();
    let mut add = |pointer: String, id: NodeId| {
        if let Some(url) = page.string(id).filter(|url| !url.is_empty()) {
            let named = Named::new(url);
            let extension = if url.ends_with('/') || named.extension.is_empty() {
                ".html"
            } else {
                named.extension
            };
            found.push((pointer, address(url, extension)));
        }
    };
    if let Kind::Sequence(_) = page.node(value).kind {
        for (index, &item) in page.items(value).iter().enumerate() {
            let mut pointer = "/redirect_from".to_owned();
            pointer::push_index(&mut pointer, index);
            add(pointer, item);
        }
    } else {
        add("/redirect_from".to_owned(), value);
    }
    found
}
