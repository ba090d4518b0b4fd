//! Whether a page can fail a schema at all.

use std::collections::HashSet;

use jsonschema::Draft;
use serde_json::{Map, Value};
use url::Url;

use super::keywords::{self, Keyword, Role, Subschemas};
use crate::schema::resources::{Resources, base_of};

/// What a schema has an effect on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// A page may fail it.
    Some,
    /// No page can fail it, but it lists keys: an editor may show them.
    Listing,
    /// None.
    None,
}

/// Whether a page may fail a schema, itself or where it refers to. In doubt one may. Each schema is
/// looked at once.
pub(super) fn of(resources: &Resources) -> Effect {
    let Some((root, base)) = resources.root() else {
        return Effect::Some;
    };
    let Some(value) = resources.value(&root) else {
        return Effect::Some;
    };
    let default = Draft::default().detect(value);
    let mut open = vec![(value, base, default)];
    let mut visited = HashSet::new();
    let mut lists_keys = false;
    while let Some((value, base, draft)) = open.pop() {
        let members = match value {
            Value::Bool(true) => continue,
            Value::Object(members) => members,
            _ => return Effect::Some,
        };
        if !visited.insert(std::ptr::from_ref(value).addr()) {
            continue;
        }
        let base = base_of(value, &base);
        for (keyword, value) in heeded(members, draft) {
            lists_keys |= matches!(keyword.name, "properties" | "patternProperties")
                && value.as_object().is_some_and(|keys| !keys.is_empty());
            match demand(keyword, value, members, draft) {
                Demand::None => {}
                Demand::Some => return Effect::Some,
                Demand::OfTarget => match follow(resources, &base, value, default) {
                    Some(target) => open.push(target),
                    None => return Effect::Some,
                },
                Demand::OfOne(schema) => open.push((schema, base.clone(), draft)),
                Demand::OfItems(schemas) => {
                    open.extend(schemas.iter().map(|schema| (schema, base.clone(), draft)));
                }
                Demand::OfMembers(schemas) => {
                    open.extend(schemas.values().map(|schema| (schema, base.clone(), draft)));
                }
            }
        }
    }
    match lists_keys {
        true => Effect::Listing,
        false => Effect::None,
    }
}

/// The keywords of a schema that count in a draft. Before 2019-09 nothing beside a `$ref` does.
fn heeded(
    members: &Map<String, Value>,
    draft: Draft,
) -> impl Iterator<Item = (&'static Keyword, &Value)> {
    let is_alone = draft < Draft::Draft201909 && members.contains_key("$ref");
    members.iter().filter_map(move |(name, value)| {
        let keyword = keywords::find(name).filter(|keyword| keyword.is_of(draft))?;
        (!is_alone || keyword.name == "$ref").then_some((keyword, value))
    })
}

/// What a keyword demands of a value.
enum Demand<'a> {
    None,
    Some,
    /// What the schema that it refers to does.
    OfTarget,
    /// What the schemas in it do.
    OfOne(&'a Value),
    OfItems(&'a [Value]),
    OfMembers(&'a Map<String, Value>),
}

fn demand<'a>(
    keyword: &Keyword,
    value: &'a Value,
    members: &Map<String, Value>,
    draft: Draft,
) -> Demand<'a> {
    match keyword.role {
        Role::Wording | Role::Annotation => return Demand::None,
        Role::Reference => return Demand::OfTarget,
        Role::Assertion | Role::InPlace => {}
    }
    let is_idle = match (keyword.name, value) {
        ("then" | "else", _) => !members.contains_key("if"),
        ("anyOf", Value::Array(branches)) => {
            branches.iter().any(|branch| accepts_all(branch, draft))
        }
        ("not", value) => *value == Value::Bool(false),
        ("contains", _) => {
            draft >= Draft::Draft201909
                && members.get("minContains").is_some_and(is_zero)
                && !members.contains_key("maxContains")
        }
        // Without `contains` they are not heeded; with it, that is what counts.
        ("minContains" | "maxContains", _) => true,
        ("minItems" | "minLength" | "minProperties", value) => is_zero(value),
        ("uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum", value) => {
            *value == Value::Bool(false)
        }
        ("required", Value::Array(names)) => names.is_empty(),
        ("dependentRequired", Value::Object(by_key)) => by_key.values().all(is_empty_list),
        ("dependencies", Value::Object(by_key)) => by_key
            .values()
            .all(|part| is_empty_list(part) || accepts_all(part, draft)),
        _ => false,
    };
    if is_idle {
        return Demand::None;
    }
    match (keyword.name, value) {
        // A value may fit more than one.
        ("oneOf", Value::Array(branches)) if branches.len() > 1 => Demand::Some,
        ("not" | "contains" | "dependencies", _) => Demand::Some,
        (_, Value::Array(schemas)) if keyword.subschemas == Subschemas::Value => {
            Demand::OfItems(schemas)
        }
        (_, value) if keyword.subschemas == Subschemas::Value => Demand::OfOne(value),
        (_, Value::Object(schemas)) if keyword.subschemas == Subschemas::Members => {
            Demand::OfMembers(schemas)
        }
        _ => Demand::Some,
    }
}

/// Whether a schema has nothing that a value may fail. Of one with schemas in it, that is not known.
fn accepts_all(schema: &Value, draft: Draft) -> bool {
    match schema {
        Value::Object(members) => heeded(members, draft)
            .all(|(keyword, _)| matches!(keyword.role, Role::Wording | Role::Annotation)),
        schema => *schema == Value::Bool(true),
    }
}

fn is_zero(value: &Value) -> bool {
    value.as_f64() == Some(0.0)
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// Where a reference leads, with the base URI and the draft there. `None` where that is not known,
/// as of the metaschemas.
pub(super) fn follow<'r>(
    resources: &'r Resources,
    base: &Url,
    reference: &Value,
    default: Draft,
) -> Option<(&'r Value, Url, Draft)> {
    let (location, base) = resources.resolve(base, reference.as_str()?)?;
    let file = resources.files().get(location.file)?;
    Some((
        resources.value(&location)?,
        base,
        default.detect(&file.value),
    ))
}
