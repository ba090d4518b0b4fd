//! What the schema says next to a violated keyword: severity, wording, description and place.

use serde_json::Value;

use super::super::compiled::Schema;
use super::super::resources::Location;
use super::super::subschemas::SubschemaId;
use crate::diagnostic::Severity;
use crate::text::{SourceId, Span};

/// What the schema says about one violation.
pub(super) struct KeywordNotes<'a> {
    schema: &'a Schema,
    /// The place of the keyword.
    pub(super) at: Option<Location>,
    keyword: Option<String>,
    owner: Option<&'a Value>,
    /// The subschemas that lead from the property to the keyword's owner.
    pub(super) chain: Vec<SubschemaId>,
    /// Whether the value is the root, which is no property.
    is_root: bool,
}

impl<'a> KeywordNotes<'a> {
    pub(super) fn new(
        schema: &'a Schema,
        at: Location,
        is_root: bool,
        chain: impl FnOnce(&Location) -> Vec<SubschemaId>,
    ) -> Self {
        let mut notes = Self {
            is_root,
            ..Self::none(schema)
        };
        if let Some((owner, keyword)) = at.owner() {
            notes.chain = chain(&owner);
            notes.owner = schema.resources.value(&owner);
            notes.keyword = Some(keyword);
        }
        notes.at = Some(at);
        notes
    }

    /// No notes, for findings that no keyword leads to.
    pub(super) fn none(schema: &'a Schema) -> Self {
        Self {
            schema,
            at: None,
            keyword: None,
            owner: None,
            chain: Vec::new(),
            is_root: false,
        }
    }

    /// The keyword.
    pub(super) fn keyword(&self) -> Option<&str> {
        self.keyword.as_deref()
    }

    /// The schema that owns the keyword.
    pub(super) fn owner(&self) -> Option<&'a Value> {
        self.owner
    }

    /// The owner and the subschemas around it up to the property, the innermost first. At the root
    /// only the owner: notes of the root schema are not meant for each of its properties.
    fn enclosing(&self) -> impl Iterator<Item = &'a Value> {
        let owner = self.owner().into_iter();
        let chain = if self.is_root { &[][..] } else { &self.chain };
        let outer = chain.iter().rev().skip(1);
        let outer = outer.filter_map(|&id| {
            let at = self.schema.subschemas().location(id)?;
            self.schema.resources.value(at)
        });
        owner.chain(outer)
    }

    /// The value of `x-severity`: one for all keywords, or an object with one a keyword.
    pub(super) fn severity(&self) -> Option<Severity> {
        let keyword = self.keyword();
        self.enclosing().find_map(|schema| {
            let said = match schema.get("x-severity")? {
                Value::Object(by_keyword) => by_keyword.get(keyword?)?,
                said => said,
            };
            match said.as_str()? {
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                _ => None,
            }
        })
    }

    /// The value of `errorMessage`: one text, or one a keyword, or for a keyword one a key.
    pub(super) fn wording(&self, key: Option<&str>) -> Option<String> {
        let keyword = self.keyword();
        self.enclosing().enumerate().find_map(|(distance, schema)| {
            let said = match schema.get("errorMessage")? {
                Value::Object(by_keyword) if distance == 0 => by_keyword.get(keyword?)?,
                said => said,
            };
            let said = match said {
                Value::Object(by_key) if distance == 0 => by_key.get(key?)?,
                said => said,
            };
            let said = said.as_str()?.trim();
            (!said.is_empty()).then(|| said.to_owned())
        })
    }

    /// The `description` of the property, or its `title`; that of `key` where a key is missing.
    pub(super) fn description(&self, key: Option<&str>) -> Option<String> {
        let subschemas = self.schema.subschemas();
        let chain = match key {
            Some(key) => subschemas.member(&subschemas.with_closures(&self.chain), key),
            None if self.is_root => return None,
            None => self.chain.iter().rev().copied().collect(),
        };
        let schemas: Vec<_> = chain
            .iter()
            .filter_map(|&id| self.schema.resources.value(subschemas.location(id)?))
            .collect();
        let say = |keyword: &str| {
            schemas
                .iter()
                .find_map(|schema| schema.get(keyword)?.as_str())
                .map(|said| said.trim().trim_end_matches('.').to_owned())
        };
        say("description")
            .or_else(|| say("title"))
            .filter(|said| !said.is_empty())
    }

    /// The keyword's value in the schema file; `None` for bundled schemas.
    pub(super) fn span(&self) -> Option<(SourceId, Span)> {
        self.schema.resources.span(self.at.as_ref()?)
    }
}
