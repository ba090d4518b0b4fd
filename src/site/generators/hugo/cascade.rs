//! `cascade`: what the configuration and the pages of sections give to the pages below
//! (<https://gohugo.io/content-management/front-matter/#cascade>).
//!
//! As `setMetaPost` in <https://github.com/gohugoio/hugo/blob/master/hugolib/page__meta.go> has it:
//! a page keeps every key that it has, an empty one too; of others the nearest cascade wins, and
//! within one the first entry whose `target` the page is. Nothing is merged below the root.

use super::glob::Glob;
use crate::dialect::hugo_key;
use crate::syntax::{Document, Kind, Member, NodeId};

/// What Hugo builds for unless it is told otherwise.
const ENVIRONMENT: &str = "production";

/// The keys at which Hugo stops in a cascade.
const REFUSED: &[&str] = &["kind", "path", "lang", "cascade"];

/// The entries of one `cascade`, in their order.
#[derive(Debug, Default)]
pub(super) struct Cascade {
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    target: Target,
    /// The keys that it gives, those of `params` first.
    members: Vec<Given>,
}

/// A key that a cascade gives: the mapping that has it, and its place in there.
#[derive(Debug)]
struct Given {
    /// As Hugo compares it.
    key: Box<str>,
    mapping: NodeId,
    index: usize,
}

/// Which pages an entry is for.
#[derive(Debug, Default)]
struct Target {
    path: Option<Glob>,
    kind: Option<Glob>,
    languages: Vec<Glob>,
    /// Whether it is for something that is not built, or that is not known here.
    is_other: bool,
}

/// A page as a target sees it.
pub(super) struct TargetPage<'p> {
    /// `/docs/a`, in small letters; empty for the home page.
    pub(super) path: &'p str,
    pub(super) kind: &'static str,
    pub(super) language: &'p str,
}

impl Cascade {
    /// The entries at a node: a mapping, or a list of them.
    pub(super) fn new(document: &Document<'_>, node: NodeId) -> Self {
        let one = match document.node(node).kind {
            Kind::Mapping(_) => Some(node),
            _ => None,
        };
        let mappings = one.into_iter().chain(document.items(node).iter().copied());
        let entries = mappings.map(|mapping| Entry::new(document, mapping));
        Self {
            entries: entries.filter(|entry| !entry.target.is_other).collect(),
        }
    }

    /// The same for one language only, unless the target says which.
    pub(super) fn in_language(mut self, language: &str) -> Self {
        for entry in &mut self.entries {
            if entry.target.languages.is_empty() {
                entry.target.languages.push(Glob::new(language));
            }
        }
        self
    }

    /// Whether a target is of some paths only.
    pub(super) fn reads_paths(&self) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.target.path.is_some())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The keys for a page, the strongest first: the mapping that has each, and its place there.
    pub(super) fn given<'c>(
        &'c self,
        page: &'c TargetPage<'_>,
    ) -> impl Iterator<Item = (&'c str, NodeId, usize)> {
        let entries = self.entries.iter();
        let entries = entries.filter(move |entry| entry.target.is_met_by(page));
        let members = entries.flat_map(|entry| &entry.members);
        members.map(|given| (&*given.key, given.mapping, given.index))
    }
}

impl Entry {
    fn new(document: &Document<'_>, mapping: NodeId) -> Self {
        let mut entry = Self::default();
        let mut own = Vec::new();
        for (index, member) in document.members(mapping).iter().enumerate() {
            match &*hugo_key(&member.key.text) {
                "target" | "_target" => entry.target = Target::new(document, member.value),
                "params" => {
                    let params = document.members(member.value).iter().enumerate();
                    let given = params.map(|(index, param)| Given::new(member.value, index, param));
                    entry.members.extend(given);
                }
                key if REFUSED.contains(&key) => {}
                _ => own.push(Given::new(mapping, index, member)),
            }
        }
        entry.members.extend(own);
        entry
    }
}

impl Given {
    fn new(mapping: NodeId, index: usize, member: &Member<'_>) -> Self {
        Self {
            key: hugo_key(&member.key.text).into(),
            mapping,
            index,
        }
    }
}

impl Target {
    fn new(document: &Document<'_>, node: NodeId) -> Self {
        let mut target = Self::default();
        for member in document.members(node) {
            let glob = || {
                document
                    .string(member.value)
                    .filter(|text| !text.is_empty())
            };
            match &*hugo_key(&member.key.text) {
                "path" => target.path = glob().map(Glob::new),
                "kind" => target.kind = glob().map(Glob::new),
                "lang" => target.languages.extend(glob().map(Glob::new)),
                "environment" => {
                    let environment = glob().map(Glob::new);
                    target.is_other |= environment.is_some_and(|glob| !glob.matches(ENVIRONMENT));
                }
                "sites" => target.add_sites(document, member.value),
                _ => {}
            }
        }
        target
    }

    /// `sites.matrix`, since 0.153: languages, versions and roles.
    fn add_sites(&mut self, document: &Document<'_>, node: NodeId) {
        let below = |node, name: &str| {
            let mut members = document.members(node).iter();
            members.find(|member| *hugo_key(&member.key.text) == *name)
        };
        let Some(matrix) = below(node, "matrix") else {
            return;
        };
        for member in document.members(matrix.value) {
            if *hugo_key(&member.key.text) != *"languages" {
                self.is_other = true;
                continue;
            }
            let one = document.string(member.value).into_iter();
            let items = document.items(member.value).iter();
            let names = one.chain(items.filter_map(|&item| document.string(item)));
            self.languages.extend(names.map(Glob::new));
        }
    }

    fn is_met_by(&self, page: &TargetPage<'_>) -> bool {
        let is_met = |glob: &Option<Glob>, text: &str| {
            let glob = glob.as_ref();
            glob.is_none_or(|glob| glob.matches(text))
        };
        let is_of_language = self.languages.is_empty()
            || self
                .languages
                .iter()
                .any(|glob| glob.matches(page.language));
        is_of_language && is_met(&self.kind, page.kind) && is_met(&self.path, page.path)
    }
}
