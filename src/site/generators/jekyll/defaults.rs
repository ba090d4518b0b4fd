//! The `defaults` of `_config.yml`: which of them reach a page, and in which order they win.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::ruby::DirGlob;
use crate::site::merge::Merged;
use crate::site::model::Exists;
use crate::syntax::{Document, NodeId};
use crate::threads::Lock;

/// One entry of `defaults`.
#[derive(Debug)]
pub(super) struct Set {
    /// `scope.path` as written; `None` without a scope.
    pub path: Option<String>,
    /// `scope.type`, its deprecated names mapped.
    pub kind: Option<String>,
    /// The mapping `values`.
    pub values: NodeId,
}

impl Set {
    /// The length that decides the precedence.
    fn length(&self) -> usize {
        let path = self.path.as_deref().unwrap_or_default();
        path.strip_prefix('/').unwrap_or(path).chars().count()
    }

    /// Whether this scope wins over one that was laid down before it.
    fn wins_over(&self, old: &Self) -> bool {
        let (new_length, old_length) = (self.length(), old.length());
        if new_length == old_length {
            self.kind.is_some() || old.kind.is_none()
        } else {
            new_length > old_length
        }
    }
}

/// A page as scopes see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'p> {
    /// Relative to the source, without the collections' folder for a document.
    pub path: &'p str,
    /// The collection's label, or `pages`.
    pub kind: &'p str,
}

/// All sets, indexed so that a page meets only those that can reach it.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    sets: Vec<Set>,
    /// By type; types are few.
    groups: Vec<(Option<String>, Group)>,
    globs: Vec<(u32, DirGlob)>,
    collections_dir: String,
    /// By type, the last for all that no set names.
    types: Vec<Type>,
    merged: Lock<HashMap<Box<[u32]>, Arc<Merged>>>,
}

/// A type of pages.
#[derive(Debug)]
struct Type {
    name: Option<String>,
    /// What reaches all its pages, where their paths make no difference.
    of_all: Option<OnceLock<Option<Arc<Merged>>>>,
}

/// The sets of one type (or of none), by the literal prefix that a page's path must have.
#[derive(Debug, Default)]
struct Group {
    by_prefix: HashMap<Box<str>, Vec<u32>>,
    /// The lengths of those prefixes, ascending, each once.
    lengths: Vec<usize>,
}

impl Defaults {
    pub(super) fn new(sets: Vec<Set>, collections_dir: &str) -> Self {
        let mut defaults = Self {
            collections_dir: collections_dir.to_owned(),
            ..Self::default()
        };
        for (index, set) in sets.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let path = set.path.as_deref().unwrap_or_default();
            if path.contains('*') {
                defaults.globs.push((index, DirGlob::new(path)));
                continue;
            }
            let prefix = strip_collections_dir(path, collections_dir);
            let known = defaults.groups.iter().position(|it| it.0 == set.kind);
            let at = known.unwrap_or_else(|| {
                defaults.groups.push((set.kind.clone(), Group::default()));
                defaults.groups.len() - 1
            });
            let Some((_, group)) = defaults.groups.get_mut(at) else {
                continue;
            };
            group
                .by_prefix
                .entry(prefix.into())
                .or_default()
                .push(index);
            if let Err(at) = group.lengths.binary_search(&prefix.len()) {
                group.lengths.insert(at, prefix.len());
            }
        }
        defaults.types = defaults.types(&sets);
        defaults.sets = sets;
        defaults
    }

    fn types(&self, sets: &[Set]) -> Vec<Type> {
        let named = sets.iter().filter_map(|set| set.kind.as_deref());
        let named: BTreeSet<&str> = named.collect();
        let of_type = |name: Option<&str>| {
            let reaches = |kind: Option<&str>| kind.is_none() || kind == name;
            let mut groups = self.groups.iter();
            let by_prefix =
                groups.any(|(kind, group)| reaches(kind.as_deref()) && group.lengths != [0]);
            let mut globs = self.globs.iter();
            let by_glob = globs.any(|(index, _)| {
                let set = sets.get(*index as usize);
                set.is_none_or(|set| reaches(set.kind.as_deref()))
            });
            Type {
                name: name.map(str::to_owned),
                of_all: (!by_prefix && !by_glob).then(OnceLock::new),
            }
        };
        let names = named.into_iter().map(Some).chain([None]);
        names.map(of_type).collect()
    }

    /// Gives `see` the merged values for a page; `None` where no default reaches it.
    pub(super) fn for_page<T>(
        &self,
        target: Target<'_>,
        config: &Document<'_>,
        exists: Exists<'_>,
        see: impl FnOnce(&Merged) -> T,
    ) -> Option<T> {
        let mut types = self.types.iter();
        let of_page = |it: &&Type| it.name.as_deref().is_none_or(|name| name == target.kind);
        match types.find(of_page).and_then(|it| it.of_all.as_ref()) {
            Some(of_all) => {
                let merged = of_all.get_or_init(|| self.matching_page(target, config, exists));
                merged.as_deref().map(see)
            }
            None => self
                .matching_page(target, config, exists)
                .as_deref()
                .map(see),
        }
    }

    fn matching_page(
        &self,
        target: Target<'_>,
        config: &Document<'_>,
        exists: Exists<'_>,
    ) -> Option<Arc<Merged>> {
        let matching = self.matching(target, exists);
        if matching.is_empty() {
            return None;
        }
        {
            let merged = self.merged.read();
            if let Some(merged) = merged.get(matching.as_slice()) {
                return Some(Arc::clone(merged));
            }
        }
        let fresh = Arc::new(self.merge(&matching, config));
        let mut merged = self.merged.write();
        let kept = merged.entry(matching.into()).or_insert(fresh);
        Some(Arc::clone(kept))
    }

    fn matching(&self, target: Target<'_>, exists: Exists<'_>) -> Vec<u32> {
        let mut matching = Vec::with_capacity(4);
        let of_page = |(kind, _): &&(Option<String>, Group)| {
            kind.as_deref().is_none_or(|kind| kind == target.kind)
        };
        for (_, group) in self.groups.iter().filter(of_page) {
            for &length in &group.lengths {
                let Some(prefix) = target.path.get(..length) else {
                    continue;
                };
                matching.extend(group.by_prefix.get(prefix).into_iter().flatten());
            }
        }
        for (index, glob) in &self.globs {
            let set = self.sets.get(*index as usize);
            let kind = set.and_then(|set| set.kind.as_deref());
            if kind.is_none_or(|kind| kind == target.kind)
                && self.globs_to(glob, target.path, exists)
            {
                matching.push(*index);
            }
        }
        matching.sort_unstable();
        matching
    }

    /// Whether the pattern finds a path that, without the collections' folder, the page's path
    /// begins with: mostly one of its folders, but `sec` for `section/page.md` too.
    fn globs_to(&self, glob: &DirGlob, page: &str, exists: Exists<'_>) -> bool {
        let ends = page.char_indices().map(|(at, c)| at + c.len_utf8());
        let prefixes: Vec<&str> = ends
            .map(|end| &page[..end])
            .filter(|prefix| !prefix.ends_with('/'))
            .collect();
        let stays = |path: &str| strip_collections_dir(path, &self.collections_dir) == path;
        prefixes
            .iter()
            .any(|path| stays(path) && glob.finds(path, &|folder| exists(path, folder)))
            || (!self.collections_dir.is_empty()
                && prefixes.iter().any(|path| {
                    let path = format!("{}/{path}", self.collections_dir);
                    glob.finds(&path, &|folder| exists(&path, folder))
                }))
    }

    fn merge(&self, matching: &[u32], config: &Document<'_>) -> Merged {
        let mut merged = Merged::default();
        let mut old: Option<&Set> = None;
        for set in matching
            .iter()
            .filter_map(|&index| self.sets.get(index as usize))
        {
            let wins = old.is_none_or(|old| set.wins_over(old));
            merged.add(config, set.values, wins);
            if wins {
                // A set without a scope leaves no scope to compare with.
                old = set.path.is_some().then_some(set);
            }
        }
        merged
    }
}

/// A path without the folder that holds the collections.
pub(super) fn strip_collections_dir<'p>(path: &'p str, collections_dir: &str) -> &'p str {
    if collections_dir.is_empty() {
        return path;
    }
    path.strip_prefix(collections_dir)
        .and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(path)
}
