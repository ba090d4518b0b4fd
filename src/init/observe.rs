//! Counts the values of every page, each thread for itself.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::collections::Plan;
use super::formats;
use super::tally::{JsonKind, MappingTally, PageKeys, PagesTally, ValueTally};
use crate::check::{Checker, VisitedPage};
use crate::dialect::Value;
use crate::discover::Found;
use crate::syntax::{Kind, NodeId};
use crate::text::SourceId;

/// Mappings and lists that are deeper in one another are not looked into.
const DEPTH: usize = 3;

/// The counts of one thread, by the number of the collection.
#[derive(Default)]
struct Counts {
    page: u32,
    collections: HashMap<usize, PagesTally>,
}

/// Counts the values of the pages of each collection.
pub(super) fn count(
    checker: &Checker<'_>,
    found: &Found,
    plan: &Plan,
    threads: usize,
) -> Vec<PagesTally> {
    let counts = checker.visit(found, threads, &Counts::default, &|counts, page| {
        if let Some(collection) = plan.collection_of(page.path) {
            counts.page += 1;
            let tally = counts.collections.entry(collection).or_default();
            let number = counts.page;
            Observer { page, number }.page(tally);
        }
    });
    let mut tallies: Vec<PagesTally> = Vec::new();
    tallies.resize_with(plan.collections.len(), PagesTally::default);
    for (collection, tally) in counts.into_iter().flat_map(|counts| counts.collections) {
        if let Some(sum) = tallies.get_mut(collection) {
            sum.add(tally);
        }
    }
    for tally in &mut tallies {
        tally.pages.sort_by(|a, b| a.path.cmp(&b.path));
    }
    tallies
}

/// The hash of a key's name.
pub(super) fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Looks at one page, the one of this number in its thread.
struct Observer<'p> {
    page: &'p VisitedPage<'p>,
    number: u32,
}

impl Observer<'_> {
    fn page(&self, tally: &mut PagesTally) {
        let document = self.page.document;
        let root = document.root();
        if !matches!(document.node(root).kind, Kind::Mapping(_)) {
            return;
        }
        self.mapping(&mut tally.root, root, 0);
        let members = document.members(root).iter();
        let filled = members.filter(|member| self.is_filled(member.value));
        let dialect = self.page.site.dialect();
        tally.pages.push(PageKeys {
            path: self.page.path.to_owned(),
            is_draft: self.page.is_draft,
            filled: filled
                .map(|member| hash(&dialect.folded(&member.key.text)))
                .collect(),
        });
        tally.refuses_dates_as_text |= self.page.site.refuses_dates_as_text();
    }

    fn mapping(&self, tally: &mut MappingTally, id: NodeId, depth: usize) {
        tally.published += u32::from(!self.page.is_draft);
        let dialect = self.page.site.dialect();
        for member in self.page.document.members(id) {
            let name = member.key.text.as_ref();
            // The key by which a page names its schema.
            if depth == 0 && name == "$schema" {
                continue;
            }
            let folded = dialect.folded(name);
            let key = match tally.keys.get_mut(&*folded) {
                Some(key) => key,
                None => tally.keys.entry(folded.clone().into_owned()).or_default(),
            };
            if folded != name {
                *key.spellings.entry(name.to_owned()).or_default() += 1;
            }
            key.own += u32::from(member.key.source == SourceId::PAGE);
            let is_filled = !self.page.is_draft && self.is_filled(member.value);
            key.filled += u32::from(is_filled);
            let root_key = (depth == 0).then_some(name);
            self.value(&mut key.value, member.value, root_key, depth);
        }
    }

    fn value(&self, tally: &mut ValueTally, id: NodeId, root_key: Option<&str>, depth: usize) {
        let node = self.page.document.node(id);
        let line = || {
            let before = self.page.text.get(..node.span.range().start);
            let is_own = node.source == SourceId::PAGE;
            let breaks = before.map_or(0, |before| before.matches('\n').count());
            if is_own { breaks + 1 } else { 1 }
        };
        let kind = match &node.kind {
            Kind::Sequence(_) => JsonKind::List,
            Kind::Mapping(_) => JsonKind::Mapping,
            Kind::Scalar(scalar) => match &scalar.value {
                Value::Null => JsonKind::Null,
                Value::Bool(_) => JsonKind::Boolean,
                Value::Integer(_) | Value::BigInteger(_) => JsonKind::Integer,
                Value::Float(_) => JsonKind::Number,
                Value::Timestamp(_) | Value::String | Value::Binary(_) | Value::Error(_) => {
                    formats::count(&mut tally.texts, scalar, root_key, self.page);
                    JsonKind::Text
                }
            },
        };
        tally.count(kind, self.number, self.page.path, line);
        if depth >= DEPTH {
            return;
        }
        match &node.kind {
            Kind::Sequence(_) => {
                let items = tally.items.get_or_insert_default();
                for &item in self.page.document.items(id) {
                    self.value(items, item, None, depth + 1);
                }
            }
            Kind::Mapping(_) => {
                let mappings = tally.mappings.get_or_insert_default();
                self.mapping(mappings, id, depth + 1);
            }
            Kind::Scalar(_) => {}
        }
    }

    fn is_filled(&self, id: NodeId) -> bool {
        match &self.page.document.node(id).kind {
            Kind::Scalar(scalar) => scalar.value != Value::Null && !scalar.text.trim().is_empty(),
            Kind::Sequence(children) | Kind::Mapping(children) => !children.is_empty(),
        }
    }
}
