//! Compiles a schema into tests.

use std::sync::OnceLock;

use foldhash::HashMap;
use jsonschema::{Draft, JsonType, JsonTypeSet};
use serde_json::{Map, Value};

use super::{Check, Leaves, Members, Test};
use crate::schema::format_keyword::Format;
use crate::schema::lint;
use crate::schema::patterns::Pattern;
use crate::schema::resources::{File, Location, Resources, base_of, percent_decoded};

/// The checks of the root and of what references lead to, the root's first.
pub(super) fn targets(resources: &Resources, assert_formats: bool) -> Option<Vec<Check>> {
    let root: &Value = &resources.files().first()?.value;
    let mut compiler = Compiler {
        drafts: drafts(resources)?,
        resources,
        assert_formats,
        indices: HashMap::from_iter([(std::ptr::from_ref(root), 0)]),
        open: vec![(root, 0)],
    };
    let mut targets = Vec::new();
    // A target is compiled after the check that refers to it, so that references may be recursive.
    while let Some(&(schema, file)) = compiler.open.get(targets.len()) {
        targets.push(compiler.check(schema, file)?);
    }
    Some(targets)
}

struct Compiler<'s> {
    resources: &'s Resources,
    /// Of each file.
    drafts: Vec<Draft>,
    assert_formats: bool,
    /// The places in `open` of what references lead to.
    indices: HashMap<*const Value, usize>,
    /// The root and the targets of references, each with its file.
    open: Vec<(&'s Value, usize)>,
}

impl<'s> Compiler<'s> {
    fn check(&mut self, schema: &'s Value, file: usize) -> Option<Check> {
        let mut check = Check::any();
        self.add(&mut check, schema, file)?;
        Some(check)
    }

    fn is_root(&self, schema: &Value, file: usize) -> bool {
        let root = self.resources.files().get(file);
        root.is_some_and(|root| std::ptr::eq(schema, &*root.value))
    }

    fn optional(&mut self, schema: Option<&'s Value>, file: usize) -> Option<Check> {
        schema.map_or_else(|| Some(Check::any()), |schema| self.check(schema, file))
    }

    fn list(&mut self, schemas: Option<&'s Value>, file: usize) -> Option<Vec<Check>> {
        let schemas = schemas.map_or(Some(&[][..]), |list| list.as_array().map(Vec::as_slice))?;
        let checks = schemas.iter().map(|schema| self.check(schema, file));
        checks.collect()
    }

    /// Adds the tests of a schema to those of a check.
    fn add(&mut self, check: &mut Check, schema: &'s Value, file: usize) -> Option<()> {
        if let Value::Bool(accepts) = schema {
            if !accepts {
                check.types = JsonTypeSet::empty();
            }
            return Some(());
        }
        let keywords = schema.as_object()?;
        let draft = *self.drafts.get(file)?;
        let has = |keyword: &str| keywords.contains_key(keyword);
        let mut leaves = Map::new();
        for (keyword, value) in keywords {
            let test = match keyword.as_str() {
                "$schema" if !self.is_root(schema, file) => return None,
                "$ref" => Test::Reference(self.target(value.as_str()?, file)?),
                // These drafts ignore what is beside a reference.
                _ if draft <= Draft::Draft7 && has("$ref") => continue,
                "type" if draft > Draft::Draft4 => {
                    check.types = check.types.intersect(types(value)?);
                    continue;
                }
                "allOf" => {
                    let mut parts = value.as_array()?.iter();
                    parts.try_for_each(|part| self.add(check, part, file))?;
                    continue;
                }
                "required" => {
                    let keys = value.as_array()?.iter();
                    let keys = keys.map(|key| key.as_str().map(str::to_owned));
                    Test::Required(keys.collect::<Option<_>>()?)
                }
                "pattern" => Test::Pattern(Pattern::new(value.as_str()?)),
                "format" if self.assert_formats => Test::Format(Format::named(value.as_str()?)),
                "format" => continue,
                "minItems" => Test::ItemCount(usize::try_from(value.as_u64()?).ok()?..=usize::MAX),
                "maxItems" => Test::ItemCount(0..=usize::try_from(value.as_u64()?).ok()?),
                "items" if has("prefixItems") => continue,
                "items" | "prefixItems" if keyword == "items" || draft > Draft::Draft201909 => {
                    Test::Items {
                        prefix: self.list(keywords.get("prefixItems"), file)?,
                        rest: self.optional(keywords.get("items"), file)?,
                    }
                }
                "anyOf" => Test::AnyOf(self.list(Some(value), file)?),
                "oneOf" => Test::OneOf(self.list(Some(value), file)?),
                "not" => Test::Not(self.check(value, file)?),
                "if" if draft >= Draft::Draft7 => Test::If(Box::new([
                    self.check(value, file)?,
                    self.optional(keywords.get("then"), file)?,
                    self.optional(keywords.get("else"), file)?,
                ])),
                "then" | "else" if draft >= Draft::Draft7 => continue,
                "additionalProperties" if has("patternProperties") || has("properties") => continue,
                "patternProperties" if has("properties") => continue,
                "properties" | "patternProperties" | "additionalProperties" => {
                    Test::Members(self.members(keywords, file)?)
                }
                leaf if lint::is_leaf(leaf) => {
                    leaves.insert(keyword.clone(), value.clone());
                    continue;
                }
                ignored if lint::is_annotation(ignored) => continue,
                _ => return None,
            };
            check.tests.push(test);
        }
        if !leaves.is_empty() {
            check.tests.push(Test::Leaves(Leaves {
                schema: Value::Object(leaves),
                draft,
                validator: OnceLock::new(),
            }));
        }
        Some(())
    }

    fn members(&mut self, keywords: &'s Map<String, Value>, file: usize) -> Option<Members> {
        let schemas = |keyword| keywords.get(keyword).and_then(Value::as_object);
        let mut listed = HashMap::default();
        for (name, schema) in schemas("properties").into_iter().flatten() {
            listed.insert(name.clone(), self.check(schema, file)?);
        }
        let mut patterns = Vec::new();
        for (pattern, schema) in schemas("patternProperties").into_iter().flatten() {
            patterns.push((Pattern::new(pattern), self.check(schema, file)?));
        }
        Some(Members {
            listed,
            patterns,
            additional: self.optional(keywords.get("additionalProperties"), file)?,
        })
    }

    /// The place of what a reference leads to.
    fn target(&mut self, reference: &str, file: usize) -> Option<usize> {
        let (_, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let at = match fragment {
            _ if !(fragment.is_empty() || fragment.starts_with('/')) => return None,
            _ if reference.starts_with('#') => Location {
                file,
                pointer: percent_decoded(fragment),
            },
            _ => {
                let from = &self.resources.files().get(file)?.uri;
                self.resources.resolve(from, reference)?.0
            }
        };
        let schema = self.resources.value(&at)?;
        let index = self.indices.entry(schema).or_insert_with(|| {
            self.open.push((schema, at.file));
            self.open.len() - 1
        });
        Some(*index)
    }
}

/// What `type` names: with every number, integers.
fn types(value: &Value) -> Option<JsonTypeSet> {
    let one = std::slice::from_ref(value);
    let mut names = value.as_array().map_or(one, Vec::as_slice).iter();
    names.try_fold(JsonTypeSet::empty(), |types, name| {
        let of: JsonType = name.as_str()?.parse().ok()?;
        let types = types.insert(of);
        Some(match of {
            JsonType::Number => types.insert(JsonType::Integer),
            _ => types,
        })
    })
}

/// The draft of each file, where it is certain what its references and keywords mean: a file that is
/// referred to names its draft, and nothing has a URI of its own but the root of a lone file.
fn drafts(resources: &Resources) -> Option<Vec<Draft>> {
    let files = resources.files();
    let has_uri = |file: &File| base_of(&file.value, &file.uri) != file.uri;
    let more = usize::from(files.len() == 1 && files.first().is_some_and(has_uri));
    if resources.uri_count() != files.len() + more {
        return None;
    }
    let drafts = files.iter().enumerate().map(|(index, File { value, .. })| {
        let draft = Draft::default().detect(value);
        let is_named = index == 0 || value.get("$schema").is_some();
        (draft != Draft::Unknown && is_named).then_some(draft)
    });
    drafts.collect()
}
