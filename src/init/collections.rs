//! Which pages belong together: the collections of the site's generator, else its folders of the first
//! level.
//!
//! A collection is a set of folders, so that the patterns of `frontlint.toml` match the pages that its
//! schema is drawn from, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::collection::{FoundCollection, extension_of};
use crate::check::Checker;
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
    let mut collections = well_known(&pages);
    collections.extend(by_file_name(&mut pages));
    merge_small(&mut pages);
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

impl Kind {
    /// The name of its collection.
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.folder_name())
    }

    /// The name of the folder with all pages.
    fn folder_name(&self) -> &str {
        let content = self.content.trim_end_matches('/');
        content.rsplit('/').next().unwrap_or_default()
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
            let collection = collections
                .entry(base)
                .or_insert_with(|| FoundCollection::new(base, Some(base)));
            collection.well_known.insert(page.path.clone());
        }
    }
    collections.into_values().collect()
}

/// The pages of one file name that the generator reads in another way than all others. They are no
/// part of other collections then.
fn by_file_name(pages: &mut [Page]) -> Vec<FoundCollection> {
    let mut names: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut bases: BTreeMap<String, BTreeSet<Option<&'static str>>> = BTreeMap::new();
    for page in pages.iter() {
        if let Some(kind) = &page.kind {
            let name = page.path.rsplit('/').next().unwrap_or_default();
            let of_name = bases.entry(name.to_owned()).or_default();
            of_name.insert(kind.base);
            if let Some(base) = kind.base {
                names.entry(base).or_default().insert(name.to_owned());
            }
        }
    }
    // Where all pages have one schema, names say nothing.
    if names.len() < 2 {
        return Vec::new();
    }
    let mut collections = Vec::new();
    for (base, names) in names {
        let name = names.first().filter(|_| names.len() == 1);
        let Some(name) = name.filter(|name| bases.get(*name).is_some_and(|all| all.len() == 1))
        else {
            continue;
        };
        let mut collection = FoundCollection::new(base, Some(base));
        collection.file_name = Some(name.clone());
        for page in pages.iter_mut() {
            if let Some(kind) = page.kind.take_if(|kind| kind.base == Some(base)) {
                collection.folders.insert(kind.content);
            }
        }
        collections.push(collection);
    }
    collections
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
                .or_insert_with(|| FoundCollection::new(kind.name(), kind.base));
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
        let collection = collections
            .entry(&kind.content)
            .or_insert_with(|| FoundCollection::new(kind.folder_name(), kind.base));
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
