//! Schemas compiled into [`Check`]s. Whatever is not known for certain to mean here what it means
//! to the validator makes the whole schema one for the validator alone.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::Arc;

use jsonschema::{Draft, JsonTypeSet};
use serde_json::{Map, Value};

use super::check::{ArrayCheck, Branch, Check, Further, ObjectCheck, TextCheck};
use super::keys::Keys;
use super::pattern::{Pattern, Rest};
use super::references::References;
use super::simple::{Simple, is_annotation, names, types};
use crate::schema::format_keyword::Format;
use crate::schema::resources::Resources;

/// Subschemas within subschemas, references followed; deeper ones are left to the validator.
const DEEPEST: usize = 64;

/// Keywords without subschemas that are not looked into here.
const OTHER: [&str; 16] = [
    "const",
    "contentEncoding",
    "contentMediaType",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "maxProperties",
    "maximum",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "type",
    "uniqueItems",
];

/// Compiles a schema from its root.
pub(super) fn root(resources: &Resources, assert_formats: bool) -> Option<Arc<Check>> {
    let mut compiler = Compiler {
        references: References::new(resources),
        assert_formats,
        targets: HashMap::new(),
        depth: 0,
    };
    let schema = &resources.files().first()?.value;
    compiler.target(schema, 0)
}

struct Compiler<'s> {
    references: References<'s>,
    assert_formats: bool,
    /// What references led to so far; `None` for what is being compiled.
    targets: HashMap<*const Value, Option<Arc<Check>>>,
    depth: usize,
}

impl<'s> Compiler<'s> {
    /// A subschema that references lead to.
    fn target(&mut self, schema: &'s Value, file: usize) -> Option<Arc<Check>> {
        let key = std::ptr::from_ref(schema);
        if let Some(known) = self.targets.get(&key) {
            return known.clone();
        }
        self.targets.insert(key, None);
        let check = self.subschema(schema, file)?;
        self.targets.insert(key, Some(Arc::clone(&check)));
        Some(check)
    }

    fn subschema(&mut self, schema: &'s Value, file: usize) -> Option<Arc<Check>> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let check = match schema {
            Value::Bool(true) => Check::of_types(JsonTypeSet::all()),
            Value::Bool(false) => Check::of_types(JsonTypeSet::empty()),
            Value::Object(keywords) => self.keywords(keywords, file)?,
            _ => return None,
        };
        self.depth -= 1;
        Some(Arc::new(check))
    }

    fn subschemas(&mut self, schemas: &'s Value, file: usize) -> Option<Vec<Arc<Check>>> {
        let schemas = schemas.as_array()?.iter();
        schemas.map(|schema| self.subschema(schema, file)).collect()
    }

    fn optional(&mut self, schema: Option<&'s Value>, file: usize) -> Option<Option<Arc<Check>>> {
        match schema {
            None => Some(None),
            Some(schema) => Some(Some(self.subschema(schema, file)?)),
        }
    }

    fn keywords(&mut self, keywords: &'s Map<String, Value>, file: usize) -> Option<Check> {
        let mut check = Check::of_types(JsonTypeSet::all());
        let mut text = TextCheck::default();
        let mut further = Further::default();
        let draft = self.references.draft(file)?;
        if let Some(reference) = keywords.get("$ref") {
            let (schema, file) = self.references.follow(file, reference.as_str()?)?;
            further.all.push(self.target(schema, file)?);
            if draft <= Draft::Draft7 {
                // What is beside it counts for nothing.
                check.further = Some(Box::new(further));
                return Some(check);
            }
        }
        let mut required = Vec::new();
        let mut other = Map::new();
        for (keyword, value) in keywords {
            match keyword.as_str() {
                "type" if draft > Draft::Draft4 => {
                    check.types = check.types.intersect(types(value)?);
                }
                "pattern" => text.pattern = Some(Pattern::new(value.as_str()?, draft)),
                "format" => {
                    let format = value.as_str().map(Format::named);
                    text.format = format.filter(|_| self.assert_formats);
                }
                "allOf" => {
                    for part in value.as_array()? {
                        match Simple::of(part, draft) {
                            Some(simple) => {
                                check.types = check.types.intersect(simple.types);
                                required.extend(simple.required);
                            }
                            None => further.all.push(self.subschema(part, file)?),
                        }
                    }
                }
                "anyOf" => further
                    .branches
                    .push(Branch::Any(self.subschemas(value, file)?)),
                "oneOf" => further
                    .branches
                    .push(Branch::One(self.subschemas(value, file)?)),
                "not" => match Simple::of(value, draft).filter(|not| not.required.is_empty()) {
                    Some(not) => {
                        check.types = not.types.iter().fold(check.types, JsonTypeSet::remove)
                    }
                    None => further
                        .branches
                        .push(Branch::Not(self.subschema(value, file)?)),
                },
                "if" if draft >= Draft::Draft7 => further.branches.push(Branch::If {
                    condition: self.subschema(value, file)?,
                    then: self.optional(keywords.get("then"), file)?,
                    otherwise: self.optional(keywords.get("else"), file)?,
                }),
                "then" | "else" if draft >= Draft::Draft7 => {}
                "required" => required.extend(names(value)?),
                "properties" | "patternProperties" | "additionalProperties" => {}
                "items" | "minItems" | "maxItems" => {}
                "prefixItems" if draft >= Draft::Draft202012 => {}
                "$ref" => {}
                known if OTHER.contains(&known) => {
                    other.insert(keyword.clone(), value.clone());
                }
                ignored if is_annotation(ignored) => {}
                _ => return None,
            }
        }
        check.object = self.object(keywords, required, file, draft)?;
        check.array = self.array(keywords, file)?;
        further.other = (!other.is_empty()).then(|| Rest::new(other, draft));
        check.further = (!further.is_empty()).then(|| Box::new(further));
        let asks_of_text = text.pattern.is_some() || text.format.is_some();
        check.text = asks_of_text.then_some(text);
        Some(check)
    }

    /// What is asked of mappings, if anything.
    #[expect(
        clippy::option_option,
        reason = "the outer one is for what is not known here"
    )]
    fn object(
        &mut self,
        keywords: &'s Map<String, Value>,
        mut required: Vec<&'s str>,
        file: usize,
        draft: Draft,
    ) -> Option<Option<ObjectCheck>> {
        let speak = ["properties", "patternProperties", "additionalProperties"];
        if required.is_empty() && !speak.iter().any(|name| keywords.contains_key(*name)) {
            return Some(None);
        }
        let mut listed = BTreeMap::new();
        for (name, schema) in members(keywords.get("properties"))? {
            listed.insert(name.as_str(), self.subschema(schema, file)?);
        }
        required.sort_unstable();
        required.dedup();
        let (keys, required) = Keys::new(listed, &required)?;
        let mut patterns = Vec::new();
        for (pattern, schema) in members(keywords.get("patternProperties"))? {
            patterns.push((Pattern::new(pattern, draft), self.subschema(schema, file)?));
        }
        let additional = self.optional(keywords.get("additionalProperties"), file)?;
        let speaks_of_any = additional.is_some() || !patterns.is_empty();
        Some(Some(ObjectCheck {
            awaited: if speaks_of_any {
                usize::MAX
            } else {
                keys.len()
            },
            keys,
            required,
            patterns,
            additional,
        }))
    }

    /// What is asked of lists, if anything.
    #[expect(
        clippy::option_option,
        reason = "the outer one is for what is not known here"
    )]
    fn array(
        &mut self,
        keywords: &'s Map<String, Value>,
        file: usize,
    ) -> Option<Option<ArrayCheck>> {
        let names = ["prefixItems", "items", "minItems", "maxItems"];
        if !names.iter().any(|name| keywords.contains_key(*name)) {
            return Some(None);
        }
        let prefix = keywords.get("prefixItems");
        Some(Some(ArrayCheck {
            len: lengths(keywords)?,
            prefix: prefix.map_or(Some(Vec::new()), |prefix| self.subschemas(prefix, file))?,
            items: self.optional(keywords.get("items"), file)?,
        }))
    }
}

fn members(value: Option<&Value>) -> Option<impl Iterator<Item = (&String, &Value)>> {
    let members = value.map_or(Some(None), |value| Some(Some(value.as_object()?)))?;
    Some(members.into_iter().flatten())
}

/// `minItems` and `maxItems`, where they are written as integers.
fn lengths(keywords: &Map<String, Value>) -> Option<RangeInclusive<usize>> {
    let bound = |name: &str, default: usize| match keywords.get(name) {
        None => Some(default),
        Some(value) => usize::try_from(value.as_u64()?).ok(),
    };
    Some(bound("minItems", 0)?..=bound("maxItems", usize::MAX)?)
}
