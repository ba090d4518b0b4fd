//! What Hugo lays under a page: the cascades of its own, of the pages above it and of the
//! configuration, and then `params` over all of it.

use crate::site::settings::ReadSettings as _;
use std::borrow::Cow;
use std::sync::Arc;

use foldhash::HashMap;

use super::cascade::{Cascade, TargetPage};
use super::configuration::Configuration;
use super::content::Content;
use super::dates;
use super::keys::Keys;
use super::languages::Languages;
use crate::dialect::hugo_key;
use crate::site::external_keys::in_folder;
use crate::site::model::FolderDefaults;
use crate::site::place::PagePlace;
use crate::site::shared_pages::SharedPages;
use crate::syntax::{Document, Kind, Member, NodeId};
use crate::threads::Lock;

/// The names of the pages of sections.
const SECTIONS: &[&str] = &["_index.md", "_index.markdown", "_index.html"];

/// What `params` does not give a page: Hugo reads these keys itself, and only beside `params`.
const READ_BESIDE_PARAMS: &[&str] = &[
    "draft",
    "published",
    "url",
    "slug",
    "aliases",
    "headless",
    "outputs",
    "build",
    "_build",
    "cascade",
    "params",
    "lang",
    "kind",
    "path",
    "sites",
    "iscjklanguage",
];

/// The cascades of a site.
#[derive(Debug)]
pub(super) struct Cascades {
    /// Of the configuration, with the file that has each.
    configured: Vec<(Arc<Document<'static>>, Cascade)>,
    languages: Arc<Languages>,
    /// The keys of the pages that list others.
    taxonomies: Vec<String>,
    /// The pages of sections with a cascade read so far, by their folders.
    pages: Lock<HashMap<Box<str>, SectionPages>>,
}

/// A page that gives keys to the pages below it.
#[derive(Debug)]
struct CascadePage {
    /// Below the content folder.
    path: String,
    document: Document<'static>,
    cascade: Cascade,
    language: Option<Cow<'static, str>>,
}

type SectionPages = Vec<Arc<CascadePage>>;

/// What the pages of one folder get.
#[derive(Debug)]
struct OfFolder {
    site: Arc<Cascades>,
    /// The nearest first.
    pages: Vec<Arc<CascadePage>>,
    /// Whether a target is of some paths only.
    reads_paths: bool,
}

/// The files of the configuration that have cascades, each copied once.
#[derive(Default)]
struct Files<'c> {
    copies: Vec<(&'c Document<'static>, Arc<Document<'static>>)>,
}

impl<'c> Files<'c> {
    fn share(&mut self, file: &'c Document<'static>) -> Arc<Document<'static>> {
        let mut known = self.copies.iter();
        if let Some((_, copy)) = known.find(|(known, _)| std::ptr::eq(*known, file)) {
            return Arc::clone(copy);
        }
        let copy = Arc::new(file.clone());
        self.copies.push((file, Arc::clone(&copy)));
        copy
    }
}

impl Cascades {
    pub(super) fn new(configuration: &Configuration, languages: Arc<Languages>) -> Self {
        let mut configured = Vec::new();
        let mut files = Files::default();
        for name in languages.names() {
            if let Some((document, node)) = configuration.value(&["languages", name, "cascade"]) {
                let cascade = Cascade::new(document, node).in_language(name);
                configured.push((files.share(document), cascade));
            }
        }
        let (values, lists): (Vec<_>, Vec<_>) = configuration
            .values(&["cascade"])
            .partition(|(document, node)| matches!(document.node(*node).kind, Kind::Mapping(_)));
        // A list replaces what weaker files say, mappings are laid over each other.
        let strongest = configuration.value(&["cascade"]);
        let is_list = |(document, node): &(&Document<'_>, NodeId)| {
            matches!(document.node(*node).kind, Kind::Sequence(_))
        };
        let used = match strongest.is_some_and(|value| is_list(&value)) {
            true => lists.into_iter().take(1).collect(),
            false => values,
        };
        configured.extend(used.into_iter().map(|(document, node)| {
            let cascade = Cascade::new(document, node);
            (files.share(document), cascade)
        }));
        configured.retain(|(_, cascade)| !cascade.is_empty());
        let mut taxonomies: Vec<String> = match configuration.value(&["taxonomies"]) {
            Some((document, node)) => document
                .members(node)
                .iter()
                .filter_map(|member| document.string(member.value))
                .map(str::to_lowercase)
                .collect(),
            None => vec!["categories".to_owned(), "tags".to_owned()],
        };
        taxonomies.retain(|name| !name.is_empty());
        Self {
            configured,
            languages,
            taxonomies,
            pages: Lock::default(),
        }
    }

    /// What the pages of a section get. It has one place in all folders with content, so that its own
    /// page may be in any.
    pub(super) fn of_folder(
        self: &Arc<Self>,
        section: &str,
        content: &Content,
        reader: &SharedPages<'_>,
    ) -> Option<Box<dyn FolderDefaults>> {
        let mut pages = Vec::new();
        let mut above = Some(section);
        while let Some(section) = above {
            for folder in content.folders_of(section) {
                self.add_pages_of(&folder, content, reader, &mut pages);
            }
            above = match section {
                "" => None,
                _ => Some(section.rsplit_once('/').map_or("", |(above, _)| above)),
            };
        }
        let is_some = !self.configured.is_empty() || !pages.is_empty();
        is_some.then(|| {
            let site = Arc::clone(self);
            let inherited = pages.iter().map(|page| &page.cascade);
            let configured = self.configured.iter().map(|(_, cascade)| cascade);
            let mut cascades = inherited.chain(configured);
            let reads_paths = cascades.any(Cascade::reads_paths);
            Box::new(OfFolder {
                site,
                pages,
                reads_paths,
            }) as Box<dyn FolderDefaults>
        })
    }

    fn add_pages_of(
        &self,
        folder: &str,
        content: &Content,
        reader: &SharedPages<'_>,
        pages: &mut SectionPages,
    ) {
        let known = self.pages.read().get(folder).cloned();
        let of_folder = known.unwrap_or_else(|| {
            let found = self.pages_of(folder, content, reader);
            let mut all = self.pages.write();
            // Another thread may have been faster: one page has one place in the list of sources.
            all.entry(folder.into()).or_insert(found).clone()
        });
        pages.extend(of_folder);
    }

    /// The pages of sections in a folder that have a cascade.
    fn pages_of(&self, folder: &str, content: &Content, reader: &SharedPages<'_>) -> SectionPages {
        let names: Vec<Cow<'static, str>> = match self.languages.names().next() {
            None => SECTIONS.iter().copied().map(Cow::Borrowed).collect(),
            Some(_) => reader
                .names(folder)
                .into_iter()
                .filter(|name| is_section(name))
                .map(Cow::Owned)
                .collect(),
        };
        let page = |name: Cow<'static, str>| {
            let name = in_folder(folder, &name);
            let document = reader.read(&name, "cascade")?;
            let cascade = own_cascade(&document)?;
            let holder = content.holder(&name)?;
            Some(Arc::new(CascadePage {
                path: holder.section_of(&name)?.into_owned(),
                document,
                cascade,
                language: self.languages.of_page(&name, holder.language.as_deref()),
            }))
        };
        names.into_iter().filter_map(page).collect()
    }

    /// What a target compares with.
    fn kind_of(&self, path: &str) -> &'static str {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (first, below) = folder.split_once('/').unwrap_or((folder, ""));
        let is_taxonomy = || {
            let mut names = self.taxonomies.iter();
            names.any(|name| name.eq_ignore_ascii_case(first))
        };
        match () {
            () if !is_section(name) => "page",
            () if folder.is_empty() => "home",
            () if !is_taxonomy() => "section",
            () if below.is_empty() => "taxonomy",
            () => "term",
        }
    }
}

fn is_section(name: &str) -> bool {
    name.starts_with("_index.")
}

fn own_cascade(document: &Document<'_>) -> Option<Cascade> {
    let member = member_of(document, "cascade")?;
    let cascade = Cascade::new(document, member.value);
    (!cascade.is_empty()).then_some(cascade)
}

/// The member at the root of a page with a key, which is in small letters.
fn member_of<'d, 's>(document: &'d Document<'s>, key: &str) -> Option<&'d Member<'s>> {
    let mut members = document.members(document.root()).iter();
    members.find(|member| member.key.text.eq_ignore_ascii_case(key))
}

impl FolderDefaults for OfFolder {
    fn lay_under<'s>(&'s self, page: &mut Document<'s>, place: &PagePlace<'_>) {
        let Kind::Mapping(_) = page.node(page.root()).kind else {
            return;
        };
        let own = own_cascade(page);
        let reads_paths = self.reads_paths || own.as_ref().is_some_and(Cascade::reads_paths);
        let path = match reads_paths {
            true => target_path(&place.path, &self.site.languages),
            false => String::new(),
        };
        let target = TargetPage {
            path: &path,
            kind: self.site.kind_of(&place.path),
            language: place
                .language
                .as_deref()
                .unwrap_or(&self.site.languages.default),
        };
        let mut members = page.members(page.root()).to_vec();
        let before = members.len();
        let mut keys = Keys::default();
        if let Some(cascade) = own {
            for (key, mapping, index) in cascade.given(&target) {
                let member = page.members(mapping).get(index);
                members.extend(member.filter(|_| !keys.has(&members, key)).cloned());
            }
        }
        // A page whose own cascade has just been read is not read from the disk as well.
        let inherited = self
            .pages
            .iter()
            .filter(|given| given.language == place.language && given.path != *place.path);
        let inherited = inherited.map(|page| (&page.document, &page.cascade));
        let configured = self.site.configured.iter();
        let configured = configured.map(|(document, cascade)| (&**document, cascade));
        for (document, cascade) in inherited.chain(configured) {
            for (key, mapping, index) in cascade.given(&target) {
                let given = document.members(mapping).get(index);
                if let Some(given) = given.filter(|_| !keys.has(&members, key)) {
                    members.push(Member {
                        key: given.key.borrowed(),
                        value: page.import(document, given.value),
                    });
                }
            }
        }
        if members.len() > before {
            set_members(page, members);
        }
    }
}

fn set_members<'s>(page: &mut Document<'s>, members: Vec<Member<'s>>) {
    let (span, source) = (page.node(page.root()).span, page.node(page.root()).source);
    let root = page.push_mapping(members, span, source);
    page.set_root(root);
}

/// Lays what is in `params` over the keys beside it, since 0.123.
pub(super) fn lift_params(page: &mut Document<'_>) {
    let Some(params) = member_of(page, "params").map(|member| member.value) else {
        return;
    };
    // Hugo stops at anything else.
    let Kind::Mapping(_) = page.node(params).kind else {
        return;
    };
    let mut members = page.members(page.root()).to_vec();
    let (stay, lifted): (Vec<_>, Vec<_>) = page
        .members(params)
        .iter()
        .cloned()
        .partition(|member| is_read_beside_params(&hugo_key(&member.key.text)));
    members.retain(|member| member.value != params);
    let mut keys = Keys::default();
    for member in lifted {
        let key = hugo_key(&member.key.text);
        let known = keys.position(&members, &key);
        match known.and_then(|at| members.get_mut(at)) {
            Some(known) => *known = member.clone(),
            None => members.push(member.clone()),
        }
    }
    if !stay.is_empty()
        && let Some(own) = member_of(page, "params").cloned()
    {
        let (span, source) = (page.node(params).span, page.node(params).source);
        let value = page.push_mapping(stay, span, source);
        members.push(Member { value, ..own });
    }
    set_members(page, members);
}

fn is_read_beside_params(key: &str) -> bool {
    READ_BESIDE_PARAMS.contains(&key) || dates::FIELDS.iter().any(|field| field.key == key)
}

/// The path that a target compares with: without the extension and the language of the file, and
/// without the name of the page of a section or bundle.
fn target_path(path: &str, languages: &Languages) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = languages.without_suffix(stem);
    let named = Some(stem).filter(|stem| !matches!(*stem, "_index" | "index"));
    let segments = folder
        .split('/')
        .chain(named)
        .filter(|name| !name.is_empty());
    let mut target = String::with_capacity(path.len() + 1);
    for segment in segments {
        target.push('/');
        let letters = segment.chars().map(|letter| match letter {
            ' ' => '-',
            other => other,
        });
        target.extend(letters.flat_map(char::to_lowercase));
    }
    target
}
