//! Which pages belong together: the collections of the site's generator, else its folders of the first
//! level.
//!
//! A collection is a set of folders, so that the patterns of `frontlint.toml` match the pages that its
//! schema is drawn from, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::check::Checker;
use crate::config::literal;
use crate::discover::Found;
use crate::site::{BundledFor, PagePlace};
use crate::text::path_text;

/// A folder with fewer pages is no collection of its own, unless the generator says so.
const FEWEST: usize = 10;

/// The collections of a site.
#[derive(Debug)]
pub(super) struct Plan {
    /// The names of the generators, in their order.
    pub(super) generators: Vec<&'static str>,
    /// In the order of the configuration: the first that has a page is the page's.
    pub(super) collections: Vec<FoundCollection>,
}

/// Pages that belong together.
#[derive(Debug)]
pub(super) struct FoundCollection {
    pub(super) name: String,
    /// The bundled schema of its pages.
    pub(super) base: Option<&'static str>,
    /// The folders all pages of which belong to it, with `/` at their ends.
    folders: BTreeSet<String>,
    /// The folder whose own files belong to it, with `/` at its end; empty for the working directory.
    own_files: Option<String>,
    /// The extensions of its pages.
    extensions: BTreeSet<String>,
    /// Its pages, where their paths alone choose `base`: nothing is drawn from them.
    well_known: BTreeSet<String>,
}

/// What pages of one collection share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    /// The folder with the pages of the site, with `/` at its end unless it is empty.
    content: String,
    /// The label of the collection or the folder; `None` for pages in no folder.
    name: Option<String>,
    /// Whether it is a collection to the generator.
    is_labelled: bool,
    base: Option<&'static str>,
}

/// A page of which nothing is read yet.
struct Page {
    path: String,
    /// The bundled schema that the name of the file chooses.
    well_known: Option<&'static str>,
    /// `None` where the generator makes no page of the file.
    kind: Option<Kind>,
}

impl Plan {
    /// The number of the collection that a page belongs to.
    pub(super) fn collection_of(&self, path: &Path) -> Option<usize> {
        let path = path_text(path);
        let mut collections = self.collections.iter();
        collections.position(|collection| collection.has(&path))
    }
}

impl FoundCollection {
    /// Whether the paths of its pages choose their schema.
    pub(super) fn is_well_known(&self) -> bool {
        !self.well_known.is_empty()
    }

    /// Whether one of its patterns matches a file.
    fn has(&self, path: &str) -> bool {
        self.extensions.contains(extension_of(path)) && self.covers(path)
    }

    /// Whether a file is in one of its folders.
    fn covers(&self, path: &str) -> bool {
        let is_own = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str());
            rest.is_some_and(|rest| !rest.contains('/'))
        };
        let is_in_folder = || {
            let ends = path.match_indices('/').map(|(at, _)| at + 1);
            let mut above = ends.map(|end| &path[..end]);
            above.any(|folder| self.folders.contains(folder))
        };
        self.well_known.contains(path)
            || self.own_files.as_ref().is_some_and(is_own)
            || is_in_folder()
    }

    /// The patterns that match its pages.
    pub(super) fn patterns(&self) -> Vec<String> {
        if self.is_well_known() {
            return self.well_known_patterns();
        }
        let extensions: Vec<_> = self.extensions.iter().map(String::as_str).collect();
        let files = match extensions.as_slice() {
            [extension] => format!("*.{extension}"),
            extensions => format!("*.{{{}}}", extensions.join(",")),
        };
        let own = self.own_files.iter();
        let own = own.map(|folder| format!("{}{files}", literal(folder)));
        let folders = self.folders.iter();
        let below = folders.map(|folder| format!("{}**/{files}", literal(folder)));
        own.chain(below).collect()
    }
}

impl FoundCollection {
    /// One pattern for all pages of one name, as `SKILL.md`; else one for each folder.
    fn well_known_patterns(&self) -> Vec<String> {
        let split = |path: &'_ String| {
            let at = path.rfind('/').map_or(0, |at| at + 1);
            (path[..at].to_owned(), path[at..].to_owned())
        };
        let names: BTreeSet<_> = self.well_known.iter().map(|path| split(path).1).collect();
        match names.iter().next() {
            Some(name) if names.len() == 1 => vec![format!("**/{}", literal(name))],
            _ => {
                let folders: BTreeSet<_> =
                    self.well_known.iter().map(|path| split(path).0).collect();
                let folders = folders.iter();
                folders
                    .map(|folder| format!("{}*.md", literal(folder)))
                    .collect()
            }
        }
    }
}

/// Finds the collections of the pages in `found`.
pub(super) fn find(checker: &Checker<'_>, found: &Found) -> Plan {
    let mut pages = Vec::new();
    let mut generators = BTreeSet::new();
    // Files of other types are pages where they begin with a fence, which a pattern cannot ask for.
    for input in found.inputs.iter().filter(|input| !input.needs_fence) {
        let path = path_text(&input.path).into_owned();
        let page = checker.with_place(&input.path, |site, place| {
            if site.generator().is_some() {
                generators.insert(site.generator_name());
            }
            let (base, reason) = site.bundled_schema(&input.path, place).unzip();
            let well_known = base.filter(|_| reason == Some(BundledFor::FileName));
            Page {
                well_known,
                kind: kind_of(place, &path, base).filter(|_| well_known.is_none()),
                path,
            }
        });
        pages.extend(page);
    }
    merge_small(&mut pages);
    let mut collections = well_known(&pages);
    collections.extend(by_folder(&pages));
    collections.extend(rest(&pages, &collections));
    for page in &pages {
        let owner = collections
            .iter_mut()
            .find(|collection| collection.covers(&page.path));
        if let Some(owner) = owner {
            let extensions = ["md", extension_of(&page.path)].map(str::to_owned);
            owner.extensions.extend(extensions);
        }
    }
    collections.retain(|collection| !collection.extensions.is_empty());
    name_apart(&mut collections);
    Plan {
        generators: generators.into_iter().collect(),
        collections,
    }
}

impl FoundCollection {
    fn new(kind: &Kind) -> Self {
        let of_content = || {
            let content = kind.content.trim_end_matches('/');
            content.rsplit('/').next().unwrap_or_default().to_owned()
        };
        let name = kind.name.clone().unwrap_or_else(of_content);
        let name = match name.as_str() {
            "" => "pages",
            name => name,
        };
        Self {
            name: file_name(name),
            base: kind.base,
            folders: BTreeSet::new(),
            own_files: None,
            extensions: BTreeSet::new(),
            well_known: BTreeSet::new(),
        }
    }
}

/// What a page shares with others; `None` where the generator makes no page of it.
fn kind_of(place: &PagePlace<'_>, path: &str, base: Option<&'static str>) -> Option<Kind> {
    if !place.is_rendered() {
        return None;
    }
    let content = path.strip_suffix(&*place.path).unwrap_or_default();
    let folder = place.path.split_once('/').map(|(folder, _)| folder);
    let name = place.collection().or(folder);
    Some(Kind {
        content: content.to_owned(),
        name: name.map(str::to_owned),
        is_labelled: place.collection().is_some(),
        base,
    })
}

/// Makes folders with few pages part of what is in no folder.
fn merge_small(pages: &mut [Page]) {
    let mut sizes: BTreeMap<Kind, usize> = BTreeMap::new();
    for kind in pages.iter().filter_map(|page| page.kind.as_ref()) {
        *sizes.entry(kind.clone()).or_default() += 1;
    }
    for kind in pages.iter_mut().filter_map(|page| page.kind.as_mut()) {
        if !kind.is_labelled && sizes.get(kind).is_some_and(|&size| size < FEWEST) {
            kind.name = None;
        }
    }
}

/// The pages whose paths choose a bundled schema, which must not become part of another collection.
fn well_known(pages: &[Page]) -> Vec<FoundCollection> {
    let mut collections: BTreeMap<&str, FoundCollection> = BTreeMap::new();
    for page in pages {
        if let Some(base) = page.well_known {
            let collection = collections.entry(base).or_insert_with(|| {
                FoundCollection::new(&Kind {
                    content: String::new(),
                    name: Some(base.to_owned()),
                    is_labelled: false,
                    base: Some(base),
                })
            });
            collection.well_known.insert(page.path.clone());
        }
    }
    collections.into_values().collect()
}

/// The collections whose pages fill folders of their own.
fn by_folder(pages: &[Page]) -> Vec<FoundCollection> {
    let mut kinds_in: BTreeMap<&str, BTreeSet<&Kind>> = BTreeMap::new();
    for page in pages {
        for folder in folders_of(page) {
            let kinds = kinds_in.entry(folder).or_default();
            kinds.extend(&page.kind);
        }
    }
    let mut collections: BTreeMap<(Option<&str>, Option<&str>), FoundCollection> = BTreeMap::new();
    for page in pages {
        let Some(kind) = page.kind.as_ref().filter(|kind| kind.name.is_some()) else {
            continue;
        };
        let is_alone = |folder: &&str| {
            let is_below_content = folder.len() > kind.content.len();
            is_below_content && kinds_in.get(folder).is_some_and(|kinds| kinds.len() == 1)
        };
        if let Some(folder) = folders_of(page).find(is_alone) {
            let key = (kind.name.as_deref(), kind.base);
            let collection = collections
                .entry(key)
                .or_insert_with(|| FoundCollection::new(kind));
            collection.folders.insert(folder.to_owned());
        }
    }
    collections.into_values().collect()
}

/// The folders above a page, the outermost first, each with `/` at its end.
fn folders_of(page: &Page) -> impl Iterator<Item = &str> {
    let ends = page.path.match_indices('/').map(|(at, _)| at + 1);
    ends.map(|end| &page.path[..end])
}

/// What is left: one collection for the pages of each folder of content.
fn rest(pages: &[Page], taken: &[FoundCollection]) -> Vec<FoundCollection> {
    let mut collections: BTreeMap<&str, FoundCollection> = BTreeMap::new();
    for page in pages {
        let Some(kind) = &page.kind else {
            continue;
        };
        if taken.iter().any(|collection| collection.covers(&page.path)) {
            continue;
        }
        let collection = collections.entry(&kind.content).or_insert_with(|| {
            FoundCollection::new(&Kind {
                name: None,
                ..kind.clone()
            })
        });
        if collection.base != kind.base {
            collection.base = None;
        }
        // A pattern for all below the working directory would take files in that are no pages.
        let folder = page.path.strip_prefix(&kind.content);
        match folder.and_then(|rest| rest.split_once('/')) {
            _ if !kind.content.is_empty() => {
                collection.folders.insert(kind.content.clone());
            }
            Some((folder, _)) => {
                collection.folders.insert(format!("{folder}/"));
            }
            None => collection.own_files = Some(String::new()),
        }
    }
    let mut collections: Vec<_> = collections.into_iter().collect();
    // Of folders in one another the innermost comes first.
    collections.sort_by_key(|(content, _)| std::cmp::Reverse(content.len()));
    collections.into_iter().map(|(_, found)| found).collect()
}

/// Gives collections of the same name different ones.
fn name_apart(collections: &mut [FoundCollection]) {
    let mut taken = BTreeSet::new();
    for collection in collections {
        let name = collection.name.clone();
        let mut number = 2;
        while !taken.insert(collection.name.to_lowercase()) {
            collection.name = format!("{name}-{number}");
            number += 1;
        }
    }
}

/// A name that is one of a file on every system.
fn file_name(name: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name
        .chars()
        .map(|c| if is_kept(c) { c } else { '-' })
        .take(60)
        .collect();
    match name.trim_matches('-') {
        "" => "pages".to_owned(),
        name => name.to_owned(),
    }
}

fn extension_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
