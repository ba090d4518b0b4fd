//! Lists with too many items, equal items or none of those that the schema wants.

use jsonschema::json::Node as _;

use super::keyword_notes::KeywordNotes;
use super::target::{KeyedNode, child, value_target};
use super::{Explainer, Explanation, Rank, words};
use crate::diagnostic::RuleId;

impl Explainer<'_> {
    /// A list that is too long: the first item too many is the place.
    pub(super) fn surplus(&self, found: KeyedNode<'_>, at: &str, most: usize) -> Explanation {
        let items = self.document.items(found.id);
        let message = format!(
            "{} has {}, at most {most} {} allowed",
            self.subject(at),
            words::count(items.len(), "item"),
            words::is_or_are(most)
        );
        let first = items
            .get(most)
            .map_or(found, |&id| KeyedNode { id, key: None });
        let mut target = value_target(self.document, first);
        if first.id != found.id {
            target.label = "the first one too many";
        }
        Explanation::new(RuleId::InvalidValue, Rank::Bound, target, at, message)
            .schema_label("the limit is set here")
    }

    /// A list with one item twice.
    pub(super) fn repeated(&self, found: KeyedNode<'_>, at: &str) -> Option<Explanation> {
        let (first, second) = self.node(found).as_array()?.duplicate()?;
        let items = self.document.items(found.id);
        let at_index = |index: usize| KeyedNode {
            id: items.get(index).copied().unwrap_or(found.id),
            key: None,
        };
        let message = format!(
            "{} lists {} twice",
            self.subject(at),
            words::plainly(self.document, at_index(second).id)
        );
        let pointer = child(at, &second.to_string());
        let target = value_target(self.document, at_index(second));
        let mut explanation =
            Explanation::new(RuleId::InvalidValue, Rank::Bound, target, pointer, message)
                .help("delete one of the two")
                .schema_label("repetition is excluded here");
        let before = value_target(self.document, at_index(first));
        explanation
            .related
            .push((before, "listed here first".to_owned()));
        Some(explanation)
    }

    /// A list without the items that `contains` wants.
    pub(super) fn lacks_item(
        &self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
    ) -> Explanation {
        let subject = self.subject(at);
        let owner = notes.owner();
        let number = |keyword: &str| owner?.get(keyword)?.as_u64();
        let wanted = notes.at.as_ref().and_then(|place| {
            let (owner, _) = place.owner()?;
            self.describer().describe(&owner.child(&["contains"]))
        });
        let wanted = wanted.unwrap_or_else(|| "what the schema asks for".to_owned());
        let message = match (number("minContains"), number("maxContains")) {
            (None | Some(0 | 1), None) => {
                format!("no item of {subject} is {wanted}; at least one must be")
            }
            (Some(least), None) => format!("at least {least} items of {subject} must be {wanted}"),
            (None | Some(0 | 1), Some(most)) => {
                format!("between 1 and {most} items of {subject} must be {wanted}")
            }
            (Some(least), Some(most)) => {
                format!("between {least} and {most} items of {subject} must be {wanted}")
            }
        };
        let target = self.target_of(found);
        Explanation::new(RuleId::SchemaMismatch, Rank::Rest, target, at, message)
    }
}
