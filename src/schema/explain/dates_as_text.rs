//! Dates where the schema wants text, for a generator whose schemas refuse them: its parser makes an
//! object of a date, which to JSON Schema is a string.

use jsonschema::JsonType;
use serde_json::Value as Json;

use super::Explainer;
use super::keyword_notes::KeywordNotes;
use super::target::child;
use crate::dialect::Value;
use crate::schema::instance::Page;
use crate::schema::subschemas::SubschemaId;
use crate::syntax::{Kind, pointer};

/// Formats that a date is of.
const DATES: &[&str] = &["date", "date-time", "timestamp"];

/// Whether a page has dates, and its generator refuses them as text.
pub(super) fn may_be_any(page: &Page<'_>) -> bool {
    let mut nodes = page.document.nodes().iter();
    page.paths.refuses_dates_as_text()
        && nodes.any(|node| match &node.kind {
            Kind::Scalar(scalar) => matches!(scalar.value, Value::Timestamp(_)),
            Kind::Sequence(_) | Kind::Mapping(_) => false,
        })
}

impl Explainer<'_> {
    /// Reports the dates at places where the schema wants text and nothing else.
    pub(super) fn dates_as_text(&mut self) {
        let subschemas = self.schema.subschemas();
        let mut open = vec![(self.document.root(), subschemas.root(), String::new())];
        // An alias leads to the same node once more.
        let mut left = self.document.len().saturating_mul(2);
        while let (Some((id, applied, at)), true) = (open.pop(), left > 0) {
            left -= 1;
            for member in self.document.members(id) {
                let key = &*member.key.text;
                let below = subschemas.member(&applied, key);
                open.push((member.value, below, child(&at, key)));
            }
            for (index, &item) in self.document.items(id).iter().enumerate() {
                let mut below = at.clone();
                pointer::push_index(&mut below, index);
                open.push((item, subschemas.item(&applied, index), below));
            }
            let scalar = self.document.scalar(id);
            let is_date = scalar.is_some_and(|scalar| matches!(scalar.value, Value::Timestamp(_)));
            if is_date && self.wants_text(&applied) {
                self.refuse_date(&at);
            }
        }
    }

    fn refuse_date(&mut self, at: &str) {
        let mut findings = self.findings.iter();
        let is_known = findings.any(|finding| finding.diagnostic.pointer.as_deref() == Some(at));
        if let Some(found) = self.finder.find(at).filter(|_| !is_known) {
            let explanation = self.not_of_type(found, at, "text", &[JsonType::String]);
            self.report(&KeywordNotes::none(self.schema), explanation);
        }
    }

    /// Whether subschemas of one value ask for text, and none of them for a date.
    fn wants_text(&self, applied: &[SubschemaId]) -> bool {
        let subschemas = self.schema.subschemas();
        let locations = applied.iter().filter_map(|&id| subschemas.location(id));
        let mut wants = false;
        for schema in locations.filter_map(|at| self.schema.resources.value(at)) {
            let format = schema.get("format").and_then(Json::as_str);
            if format.is_some_and(|format| DATES.contains(&format)) {
                return false;
            }
            wants |= match schema.get("type") {
                Some(Json::String(name)) => name == "string",
                Some(Json::Array(names)) => names.iter().any(|name| name == "string"),
                _ => false,
            };
        }
        wants
    }
}
