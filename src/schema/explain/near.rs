//! Near misses: a key that no schema lists and that is a slip of one it lists.

use std::collections::HashSet;
use std::sync::Arc;

use super::place::{Found, of_key};
use super::schema_side::Side;
use super::{Accusation, Explainer, Rank, Verdict, nearest, violation, words};
use crate::diagnostic::{RuleId, Severity};
use crate::schema::instance::SCHEMA_KEY;
use crate::schema::levels::Level;
use crate::schema::shape::ShapeId;
use crate::syntax::{Key, Kind, NodeId, pointer};
use crate::text::one_line;

/// A mapping with more keys than this that no schema lists is data, not front matter.
const MOST_STRANGERS: usize = 100;

/// The way to a value from the root.
enum Way<'w> {
    Root,
    Member(&'w Way<'w>, &'w str),
    Item(&'w Way<'w>, usize),
}

impl Way<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(above, key) => {
                let mut pointer = above.pointer();
                pointer::push(&mut pointer, key);
                pointer
            }
            Self::Item(above, index) => {
                let mut pointer = above.pointer();
                pointer::push_index(&mut pointer, *index);
                pointer
            }
        }
    }
}

impl<'a> Explainer<'a> {
    /// Warns of keys that are probably misspelt, in mappings that allow any.
    pub(super) fn near_misses(&mut self) {
        let mut misses = Vec::new();
        let level = self.schema.levels.root(self.schema.shapes());
        let root = self.document.root();
        self.walk(root, &level, &Way::Root, &mut misses);
        for (pointer, mapping, name, meant) in misses {
            if self
                .findings
                .iter()
                .any(|finding| finding.diagnostic.pointer.as_ref() == Some(&pointer))
            {
                continue;
            }
            let Some(Found { key: Some(key), .. }) = self.finder.step(mapping, &name) else {
                continue;
            };
            let owner = pointer::split_last(&pointer).map_or("", |(owner, _)| owner);
            let message = format!(
                "unknown key {} in {}",
                words::code(&name),
                words::subject(self.document, owner)
            );
            let mut verdict = Verdict::new(
                RuleId::UnknownKey,
                Rank::Type,
                of_key(key),
                pointer.clone(),
                message,
            )
            .help(format!("did you mean `{}`?", one_line(&meant)));
            verdict.accusation = Accusation::Unknown;
            verdict.fix = violation::rename(self.document, key, &meant);
            verdict.meant = Some(meant);
            self.accuse(&Side::none(self.schema), verdict);
            if let Some(last) = self.findings.last_mut() {
                last.diagnostic.severity = Severity::Warning;
            }
        }
    }

    fn walk(
        &self,
        id: NodeId,
        level: &Arc<Level>,
        way: &Way<'_>,
        misses: &mut Vec<(String, NodeId, String, String)>,
    ) {
        if level.shapes().is_empty() {
            return;
        }
        let (shapes, levels) = (self.schema.shapes(), &self.schema.levels);
        match self.document.node(id).kind {
            Kind::Scalar(_) => {}
            Kind::Sequence(_) => {
                let alike = shapes.items_alike_from(level.shapes());
                let mut last = Arc::clone(level);
                for (index, &item) in self.document.items(id).iter().enumerate() {
                    if index <= alike {
                        last = levels.item(shapes, level, index);
                    }
                    if last.shapes().is_empty() && index >= alike {
                        break;
                    }
                    if matches!(self.document.node(item).kind, Kind::Scalar(_)) {
                        continue;
                    }
                    self.walk(item, &last, &Way::Item(way, index), misses);
                }
            }
            Kind::Mapping(_) => {
                let members = self.document.members(id);
                if !members.iter().all(|it| level.knows(shapes, &it.key.text)) {
                    self.strangers(id, level.shapes(), &way.pointer(), misses);
                }
                for member in members {
                    if self.is_flat(member.value) {
                        continue;
                    }
                    let name = &member.key.text;
                    let below = levels.member(shapes, level, name);
                    self.walk(member.value, &below, &Way::Member(way, name), misses);
                }
            }
        }
    }

    /// Whether a value is a scalar or a list of scalars, so that there is no key in it.
    fn is_flat(&self, id: NodeId) -> bool {
        let is_scalar = |id| matches!(self.document.node(id).kind, Kind::Scalar(_));
        match self.document.node(id).kind {
            Kind::Scalar(_) => true,
            Kind::Sequence(_) => self.document.items(id).iter().all(|&item| is_scalar(item)),
            Kind::Mapping(_) => false,
        }
    }

    fn strangers(
        &self,
        id: NodeId,
        shapes: &[ShapeId],
        pointer: &str,
        misses: &mut Vec<(String, NodeId, String, String)>,
    ) {
        let members = self.document.members(id);
        let is_root = id == self.document.root();
        let strangers: Vec<&Key<'_>> = members
            .iter()
            .map(|member| &member.key)
            .filter(|key| !(is_root && key.text == SCHEMA_KEY))
            .filter(|key| !self.schema.shapes().knows(shapes, &key.text))
            .take(MOST_STRANGERS + 1)
            .collect();
        if strangers.is_empty() || strangers.len() > MOST_STRANGERS {
            return;
        }
        let known: Vec<&str> = self.schema.shapes().keys(shapes).collect();
        let keys = members.iter().map(|member| &member.key);
        let given: HashSet<_> = keys.map(|key| (&*key.text, key.source)).collect();
        for stranger in strangers {
            let name: &str = &stranger.text;
            // A key that only a default gives may well be the one that was meant here.
            let given = |known: &&str| given.contains(&(*known, stranger.source));
            let absent = known.iter().copied().filter(|known| !given(known));
            if let Some(meant) = nearest::slip_of(name, absent) {
                let mut at = pointer.to_owned();
                pointer::push(&mut at, name);
                misses.push((at, id, name.to_owned(), meant.to_owned()));
            }
        }
    }
}
