//! The names of a directory in which many names are looked for in vain, arranged so that those near
//! a name are found without comparing it with each: a folder may hold 200 000 files, and thousands
//! of pages may name one that is not there. Finds what the scan of [`super::nearest`] finds.

use std::collections::BTreeMap;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::difference::{Difference, Written, bounded_distance};
use super::entry::{Entry, fold, stem};
use super::percent;

/// So many near names are wanted.
pub(super) const MOST: usize = 4;

/// So few names are compared one by one.
const FEW: usize = 8;

/// Names by what may be known of them. Lists of places are in the order of the names' bytes.
#[derive(Debug)]
pub(super) struct NearNames {
    /// By the name in composed Unicode form.
    composed: HashMap<String, Vec<u32>>,
    /// By the name with its percent-escapes decoded, where it has any.
    decoded: HashMap<Vec<u8>, Vec<u32>>,
    /// By the name without its extension.
    stems: HashMap<String, Vec<u32>>,
    /// By the folded name, in the order of those.
    folded: Vec<(String, Vec<u32>)>,
    /// The folded names as a tree, a letter or more an edge; its root comes first.
    nodes: Vec<Node>,
}

/// The folded names that begin alike.
#[derive(Debug, Default)]
struct Node {
    /// The names, among the folded ones: the first and the one after the last.
    names: (usize, usize),
    /// How many bytes they have in common at their beginning.
    common: usize,
    /// The nodes of those that differ behind it; none where the names are few.
    children: (usize, usize),
}

impl NearNames {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let all = (0..).zip(entries);
        let mut sorted: Vec<(u32, &Entry)> = all.filter(|(_, entry)| entry.is_text()).collect();
        sorted.sort_unstable_by_key(|(_, entry)| entry.bytes());
        let mut composed = HashMap::<String, Vec<u32>>::default();
        let mut decoded = HashMap::<Vec<u8>, Vec<u32>>::default();
        let mut stems = HashMap::<String, Vec<u32>>::default();
        let mut folded = BTreeMap::<String, Vec<u32>>::new();
        for (place, entry) in sorted {
            let text = entry.text();
            composed
                .entry(text.nfc().collect())
                .or_default()
                .push(place);
            if entry.bytes().contains(&b'%') {
                let name = percent::decode(entry.bytes()).into_owned();
                decoded.entry(name).or_default().push(place);
            }
            stems.entry(stem(&text).to_owned()).or_default().push(place);
            folded.entry(fold(&text)).or_default().push(place);
        }
        let folded: Vec<_> = folded.into_iter().collect();
        Self {
            composed,
            decoded,
            stems,
            nodes: nodes(&folded),
            folded,
        }
    }

    /// The entries near a name, nearest first; searched for only as far as they are taken.
    pub(super) fn near<'l>(
        &'l self,
        written: Written<'l>,
        entries: &'l [Entry],
        as_written: Option<usize>,
    ) -> impl Iterator<Item = (Difference, &'l Entry)> {
        let alike = self.alike(&written, entries, as_written);
        let known: Vec<u32> = alike.iter().map(|&(_, place)| place).collect();
        let spelled = (1..=written.limit).flat_map(move |distance| {
            let places = self.spelled(&written, entries, distance, &known);
            places
                .into_iter()
                .map(|place| (Difference::Spelling, place))
        });
        let entry = |(why, place): (_, u32)| Some((why, entries.get(place as usize)?));
        alike
            .into_iter()
            .chain(spelled)
            .filter_map(entry)
            .take(MOST)
    }

    /// Those that differ otherwise than by a letter or two.
    fn alike(
        &self,
        written: &Written<'_>,
        entries: &[Entry],
        as_written: Option<usize>,
    ) -> Vec<(Difference, u32)> {
        let composed: String = written.text.nfc().collect();
        let bytes = |place: &u32| entries.get(*place as usize).map(Entry::bytes);
        let mut near = Vec::new();
        let mut take = |why: Difference, places: &mut dyn Iterator<Item = u32>| {
            for place in places {
                if near.len() == MOST {
                    break;
                }
                let is_known = near.iter().any(|&(_, known)| known == place);
                if !is_known && bytes(&place) != Some(written.name) {
                    near.push((why, place));
                }
            }
        };
        let is_folded = |place: &&u32| {
            let entry = entries.get(**place as usize);
            entry.is_some_and(|entry| fold(&entry.text()) == written.folded)
        };
        let composed = self.composed.get(&composed).into_iter().flatten();
        take(
            Difference::Normalisation,
            &mut composed.filter(is_folded).copied(),
        );
        let folded = self.folded_places(&written.folded).into_iter().flatten();
        take(Difference::Case, &mut folded.copied());
        let decoded = self.decoded.get(written.name).into_iter().flatten();
        // One of them may be the name itself, and some may be near already.
        let mut encoded: Vec<u32> = decoded.take(2 * MOST + 1).copied().collect();
        encoded.extend(as_written.and_then(|place| u32::try_from(place).ok()));
        encoded.sort_unstable_by_key(&bytes);
        take(Difference::Encoding, &mut encoded.into_iter());
        if !written.stem().is_empty() {
            let stems = self.stems.get(written.stem()).into_iter().flatten();
            take(Difference::Extension, &mut stems.copied());
        }
        near
    }

    /// Those at exactly this distance from the folded name, without those that are `known`.
    fn spelled(
        &self,
        written: &Written<'_>,
        entries: &[Entry],
        distance: usize,
        known: &[u32],
    ) -> Vec<u32> {
        let mut search = Search {
            names: self,
            written: &written.folded,
            letters: written.folded.chars().collect(),
            distance,
            found: Vec::new(),
        };
        let row: Vec<usize> = (0..=search.letters.len()).collect();
        search.visit(0, 0, &row);
        let bytes = |place: &u32| entries.get(*place as usize).map(Entry::bytes);
        let lists = search
            .found
            .into_iter()
            .filter_map(|name| self.folded.get(name));
        let mut places: Vec<u32> = lists
            .flat_map(|(_, places)| {
                let others = places
                    .iter()
                    .filter(|place| !known.contains(place) && bytes(place) != Some(written.name));
                others.take(MOST)
            })
            .copied()
            .collect();
        places.sort_unstable_by_key(&bytes);
        places
    }

    fn folded_places(&self, name: &str) -> Option<&Vec<u32>> {
        let at = self
            .folded
            .binary_search_by(|(known, _)| known.as_str().cmp(name));
        at.ok()
            .and_then(|at| self.folded.get(at))
            .map(|(_, places)| places)
    }
}

/// The tree of names that are sorted.
fn nodes(folded: &[(String, Vec<u32>)]) -> Vec<Node> {
    let name = |at: usize| folded.get(at).map_or("", |(name, _)| name.as_str());
    let node = |start: usize, end: usize| Node {
        names: (start, end),
        // The first and the last of sorted names have in common what all have.
        common: common(name(start), name(end.saturating_sub(1))),
        children: (0, 0),
    };
    let mut nodes = vec![node(0, folded.len())];
    let mut at = 0;
    while let Some(parent) = nodes.get(at) {
        let (mut start, end) = parent.names;
        let offset = parent.common;
        if end - start > FEW {
            let first = nodes.len();
            while start < end {
                let letter = |name: &str| name.get(offset..).and_then(|rest| rest.chars().next());
                let next = letter(name(start));
                let rest = folded.get(start..end).unwrap_or_default();
                let same = rest.partition_point(|(name, _)| letter(name) == next);
                nodes.push(node(start, start + same.max(1)));
                start += same.max(1);
            }
            let children = (first, nodes.len());
            if let Some(parent) = nodes.get_mut(at) {
                parent.children = children;
            }
        }
        at += 1;
    }
    nodes
}

/// How many bytes two names have in common at their beginning, in whole letters.
fn common(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    let alike = pairs.take_while(|(a, b)| a == b);
    alike.map(|(letter, _)| letter.len_utf8()).sum()
}

/// A search for the names at one distance from another.
struct Search<'s> {
    names: &'s NearNames,
    written: &'s str,
    letters: Vec<char>,
    distance: usize,
    /// Names, among the folded ones.
    found: Vec<usize>,
}

impl Search<'_> {
    /// Looks through the names of a node. `row` holds the distances of the first `done` bytes of
    /// these names from each beginning of the name that is searched for.
    fn visit(&mut self, node: usize, done: usize, row: &[usize]) {
        let names = self.names;
        let Some(node) = names.nodes.get(node) else {
            return;
        };
        let (start, end) = node.names;
        if node.children == (0, 0) {
            for at in start..end {
                let name = names.folded.get(at).map_or("", |(name, _)| name);
                if bounded_distance(self.written, name, self.distance) == Some(self.distance) {
                    self.found.push(at);
                }
            }
            return;
        }
        let first = names.folded.get(start).map_or("", |(name, _)| name);
        let edge = first.get(done..node.common).unwrap_or_default();
        let mut row = row.to_vec();
        for letter in edge.chars() {
            self.add(letter, &mut row);
            if row.iter().all(|&distance| distance > self.distance) {
                return;
            }
        }
        for child in node.children.0..node.children.1 {
            self.visit(child, node.common, &row);
        }
    }

    /// The distances with one letter more.
    fn add(&self, letter: char, row: &mut [usize]) {
        let mut before = 0;
        let mut diagonal = 0;
        for (at, distance) in row.iter_mut().enumerate() {
            let above = *distance;
            *distance = match at.checked_sub(1).and_then(|at| self.letters.get(at)) {
                None => above + 1,
                Some(&other) => {
                    let substituted = diagonal + usize::from(other != letter);
                    substituted.min(above + 1).min(before + 1)
                }
            };
            diagonal = above;
            before = *distance;
        }
    }
}
