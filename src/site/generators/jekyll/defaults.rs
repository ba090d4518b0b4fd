//! The `defaults` of `_config.yml`: which of them reach a page, and in which order they win.

use std::sync::Arc;

use foldhash::HashMap;

use super::ruby::DirGlob;
use crate::site::merge::Merged;
use crate::site::place::Exists;
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

    /// Whether this scope wins over one before it.
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

/// All sets, indexed so that for a page only those are compared that can reach it.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    sets: Vec<Set>,
    /// By type; types are few.
    groups: Vec<(Option<String>, Group)>,
    globs: Vec<(u32, DirGlob)>,
    collections_dir: String,
    merged: Lock<HashMap<Box<[u32]>, Arc<Merged>>>,
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
            let known = defaults.groups.iter().position(|group| group.0 == set.kind);
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
        defaults.sets = sets;
        defaults
    }

    /// The merged values for a page; `None` where no default reaches it.
    pub(super) fn for_page(
        &self,
        target: Target<'_>,
        config: &Document<'_>,
        exists: Exists<'_>,
    ) -> Option<Arc<Merged>> {
        let matching = self.matching(target, exists);
        if matching.is_empty() {
            return None;
        }
        let known = self.merged.read().get(matching.as_slice()).cloned();
        if known.is_some() {
            return known;
        }
        let merged = Arc::new(self.merge(&matching, config));
        let mut all = self.merged.write();
        Some(Arc::clone(all.entry(matching.into()).or_insert(merged)))
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
