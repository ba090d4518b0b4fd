//! Near misses: a key that no schema lists and that is a slip of one it lists.

use super::place::{Found, of_key};
use super::schema_side::Side;
use super::{Accusation, Explainer, Rank, Verdict, nearest, violation, words};
use crate::diagnostic::{RuleId, Severity};
use crate::schema::instance::SCHEMA_KEY;
use crate::schema::shape::ShapeId;
use crate::syntax::{Key, Kind, NodeId, pointer};

/// A mapping with more keys than this that no schema lists is data, not front matter.
const MOST_STRANGERS: usize = 100;

impl<'a> Explainer<'a> {
    /// Warns of keys that are probably misspelt, in mappings that allow any.
    pub(super) fn near_misses(&mut self) {
        let mut misses = Vec::new();
        let shapes = self.schema.shapes.root();
        self.walk(
            self.document.root(),
            &shapes,
            &mut String::new(),
            &mut misses,
        );
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
                words::subject(owner)
            );
            let mut verdict = Verdict::new(
                RuleId::UnknownKey,
                Rank::Type,
                of_key(key),
                pointer.clone(),
                message,
            )
            .help(format!("did you mean `{meant}`?"));
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
        shapes: &[ShapeId],
        pointer: &mut String,
        misses: &mut Vec<(String, NodeId, String, String)>,
    ) {
        if shapes.is_empty() {
            return;
        }
        let length = pointer.len();
        match self.document.node(id).kind {
            Kind::Scalar(_) => {}
            Kind::Sequence(_) => {
                let alike = self.schema.shapes.items_alike_from(shapes);
                let mut last = Vec::new();
                for (index, &item) in self.document.items(id).iter().enumerate() {
                    if index <= alike {
                        last = self.schema.shapes.item(shapes, index);
                    }
                    if last.is_empty() && index >= alike {
                        break;
                    }
                    pointer::push_index(pointer, index);
                    self.walk(item, &last, pointer, misses);
                    pointer.truncate(length);
                }
            }
            Kind::Mapping(_) => {
                self.strangers(id, shapes, pointer, misses);
                for member in self.document.members(id) {
                    if matches!(self.document.node(member.value).kind, Kind::Scalar(_)) {
                        continue;
                    }
                    let below = self.schema.shapes.member(shapes, &member.key.text);
                    pointer::push(pointer, &member.key.text);
                    self.walk(member.value, &below, pointer, misses);
                    pointer.truncate(length);
                }
            }
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
            .filter(|key| !self.schema.shapes.knows(shapes, &key.text))
            .take(MOST_STRANGERS + 1)
            .collect();
        if strangers.is_empty() || strangers.len() > MOST_STRANGERS {
            return;
        }
        let known: Vec<&str> = self.schema.shapes.keys(shapes).collect();
        for stranger in strangers {
            let name: &str = &stranger.text;
            // A key that only a default gives may well be the one that was meant here.
            let given = |known: &&str| {
                members
                    .iter()
                    .any(|it| it.key.text == *known && it.key.source == stranger.source)
            };
            let absent = known.iter().copied().filter(|known| !given(known));
            if let Some(meant) = nearest::slip_of(name, absent) {
                let mut at = pointer.to_owned();
                pointer::push(&mut at, name);
                misses.push((at, id, name.to_owned(), meant.to_owned()));
            }
        }
    }
}
