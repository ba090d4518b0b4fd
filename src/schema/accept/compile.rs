//! Schemas compiled into [`Check`]s. Whatever is not known for certain to mean here what it means
//! to the validator makes the whole schema one for the validator alone.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::sync::Arc;

use jsonschema::Draft;
use serde_json::{Map, Value};

use super::asked::{Asked, Branch, Format, Items, Joiner, Members, Shared};
use super::check::Check;
use super::finish::Finisher;
use super::pattern::{Pattern, Rest};
use super::references::References;
use super::simple::{Simple, is_annotation};
use super::types::Types;
use crate::schema::format_keyword;
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
        joiner: Joiner::default(),
        depth: 0,
    };
    let schema = &resources.files().first()?.value;
    let root = compiler.target(schema, 0)?;
    Finisher::default().check(&root)
}

struct Compiler<'s> {
    references: References<'s>,
    assert_formats: bool,
    /// What references led to so far; `None` for what is being compiled.
    targets: HashMap<*const Value, Option<Shared<'s>>>,
    joiner: Joiner,
    depth: usize,
}

impl<'s> Compiler<'s> {
    /// A subschema that references lead to.
    fn target(&mut self, schema: &'s Value, file: usize) -> Option<Shared<'s>> {
        let key = std::ptr::from_ref(schema);
        if let Some(known) = self.targets.get(&key) {
            return known.clone();
        }
        self.targets.insert(key, None);
        let asked = self.subschema(schema, file)?;
        self.targets.insert(key, Some(Rc::clone(&asked)));
        Some(asked)
    }

    fn subschema(&mut self, schema: &'s Value, file: usize) -> Option<Shared<'s>> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let asked = match schema {
            Value::Bool(true) => Asked::of_types(Types::VALUES),
            Value::Bool(false) => Asked::of_types(Types::NONE),
            Value::Object(keywords) => self.keywords(keywords, file)?,
            _ => return None,
        };
        self.depth -= 1;
        Some(Rc::new(asked))
    }

    fn subschemas(&mut self, schemas: &'s Value, file: usize) -> Option<Vec<Shared<'s>>> {
        let schemas = schemas.as_array()?.iter();
        schemas.map(|schema| self.subschema(schema, file)).collect()
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is for what is not known here"
    )]
    fn optional(&mut self, schema: Option<&'s Value>, file: usize) -> Option<Option<Shared<'s>>> {
        match schema {
            None => Some(None),
            Some(schema) => Some(Some(self.subschema(schema, file)?)),
        }
    }

    fn keywords(&mut self, keywords: &'s Map<String, Value>, file: usize) -> Option<Asked<'s>> {
        let mut asked = Asked::of_types(Types::VALUES);
        let draft = self.references.draft(file)?;
        if let (Some(reference), true) = (keywords.get("$ref"), draft <= Draft::Draft7) {
            // What is beside it counts for nothing.
            self.follow(&mut asked, reference, file)?;
            return Some(asked);
        }
        asked.members = self.members(keywords, file, draft)?;
        asked.items = self.items(keywords, file)?;
        let mut other = Map::new();
        for (keyword, value) in keywords {
            match keyword.as_str() {
                "type" if draft > Draft::Draft4 => {
                    asked.types = asked.types & Types::named(value)?;
                }
                "required" => asked.add(Simple::required(value)?),
                "pattern" => {
                    let pattern = Pattern::new(value.as_str()?, draft);
                    asked.texts.like.push(Arc::new(pattern));
                }
                "format" => asked.texts.formats.extend(self.format(value).map(Rc::new)),
                "allOf" => {
                    for part in value.as_array()? {
                        match Simple::of(part, draft) {
                            Some(simple) => asked.add(simple),
                            None => {
                                let part = self.subschema(part, file)?;
                                self.joiner.join(&mut asked, &part);
                            }
                        }
                    }
                }
                "anyOf" => match Simple::any(value, draft) {
                    Some(simple) => asked.add(simple),
                    None => {
                        let parts = self.subschemas(value, file)?;
                        asked.branches.push(Rc::new(Branch::Any(parts)));
                    }
                },
                "oneOf" => {
                    let parts = self.subschemas(value, file)?;
                    asked.branches.push(Rc::new(Branch::One(parts)));
                }
                "not" => match Simple::of(value, draft).and_then(Simple::not) {
                    Some(simple) => asked.add(simple),
                    None => asked.add_opposite(self.subschema(value, file)?),
                },
                "if" if draft >= Draft::Draft7 => match Simple::condition(keywords, draft) {
                    Some(simple) => asked.add(simple),
                    None => asked.branches.push(Rc::new(Branch::If {
                        condition: self.subschema(value, file)?,
                        then: self.optional(keywords.get("then"), file)?,
                        otherwise: self.optional(keywords.get("else"), file)?,
                    })),
                },
                "then" | "else" if draft >= Draft::Draft7 => {}
                "properties" | "patternProperties" | "additionalProperties" => {}
                "items" | "minItems" | "maxItems" => {}
                "prefixItems" if draft >= Draft::Draft202012 => {}
                "$ref" => self.follow(&mut asked, value, file)?,
                known if OTHER.contains(&known) => {
                    other.insert(keyword.clone(), value.clone());
                }
                ignored if is_annotation(ignored) => {}
                _ => return None,
            }
        }
        if !other.is_empty() {
            asked.rest.push(Arc::new(Rest::new(other, draft)));
        }
        Some(asked)
    }

    /// Adds what a reference leads to.
    fn follow(&mut self, asked: &mut Asked<'s>, reference: &Value, file: usize) -> Option<()> {
        let (schema, file) = self.references.follow(file, reference.as_str()?)?;
        let target = self.target(schema, file)?;
        self.joiner.join(asked, &target);
        Some(())
    }

    /// `None` where nothing is asked.
    fn format(&self, name: &Value) -> Option<Format> {
        let name = name.as_str().filter(|_| self.assert_formats)?;
        match format_keyword::Format::named(name) {
            format_keyword::Format::Path => Some(Format::Path),
            format_keyword::Format::Text(format) => Some(Format::Text(format)),
            format_keyword::Format::Unknown => None,
        }
    }

    fn members(
        &mut self,
        keywords: &'s Map<String, Value>,
        file: usize,
        draft: Draft,
    ) -> Option<Members<'s>> {
        let mut asked = Members::default();
        for (name, schema) in members(keywords.get("properties"))? {
            asked.listed.insert(name, self.subschema(schema, file)?);
        }
        for (pattern, schema) in members(keywords.get("patternProperties"))? {
            let pattern = Arc::new(Pattern::new(pattern, draft));
            asked
                .patterns
                .push((pattern, self.subschema(schema, file)?));
        }
        asked.additional = self.optional(keywords.get("additionalProperties"), file)?;
        Some(asked)
    }

    fn items(&mut self, keywords: &'s Map<String, Value>, file: usize) -> Option<Items<'s>> {
        let prefix = keywords.get("prefixItems");
        Some(Items {
            len: lengths(keywords)?,
            prefix: prefix.map_or(Some(Vec::new()), |prefix| self.subschemas(prefix, file))?,
            rest: self.optional(keywords.get("items"), file)?,
        })
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
