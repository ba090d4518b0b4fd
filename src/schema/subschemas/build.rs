//! Builds the graph of the subschemas of a schema.

use std::collections::{HashMap, VecDeque};

use serde_json::{Map, Value};
use url::Url;

use super::{Subschema, SubschemaId, Subschemas};
use crate::schema::patterns::Pattern;
use crate::schema::resources::{Location, Resources, base_of};

/// Keywords with subschemas of the same value.
const SAME: [&str; 6] = ["if", "then", "else", "allOf", "anyOf", "oneOf"];
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// Walks a schema from its root.
pub(super) fn build(resources: &Resources) -> Subschemas {
    let mut builder = Builder {
        resources,
        subschemas: Vec::new(),
        ids: HashMap::new(),
        queue: VecDeque::new(),
        has_severities: false,
    };
    if let Some((location, base)) = resources.root() {
        builder.subschema(location, &base);
    }
    while let Some((id, location, base)) = builder.queue.pop_front() {
        builder.fill(id, &location, &base);
    }
    Subschemas {
        subschemas: builder.subschemas,
        ids: builder.ids,
        has_severities: builder.has_severities,
    }
}

struct Builder<'a> {
    resources: &'a Resources,
    subschemas: Vec<Subschema>,
    ids: HashMap<Location, SubschemaId>,
    queue: VecDeque<(SubschemaId, Location, Url)>,
    has_severities: bool,
}

impl Builder<'_> {
    fn subschema(&mut self, location: Location, base: &Url) -> SubschemaId {
        if let Some(&id) = self.ids.get(&location) {
            return id;
        }
        let id = SubschemaId(self.subschemas.len());
        self.subschemas.push(Subschema {
            at: Some(location.clone()),
            ..Subschema::default()
        });
        self.ids.insert(location.clone(), id);
        self.queue.push_back((id, location, base.clone()));
        id
    }

    fn fill(&mut self, id: SubschemaId, location: &Location, base: &Url) {
        let Some(value @ Value::Object(schema)) = self.resources.value(location) else {
            return;
        };
        let base = base_of(value, base);
        self.has_severities |= schema.contains_key("x-severity");
        let mut subschema = Subschema {
            at: Some(location.clone()),
            ..Subschema::default()
        };
        for keyword in REFERENCES {
            let target = schema.get(keyword).and_then(Value::as_str);
            let target = target.and_then(|target| self.resources.resolve(&base, target));
            if let Some((location, base)) = target {
                subschema.same.push(self.subschema(location, &base));
            }
        }
        for keyword in SAME {
            match schema.get(keyword) {
                Some(Value::Array(branches)) => {
                    for index in 0..branches.len() {
                        let at = location.child(&[keyword, &index.to_string()]);
                        subschema.same.push(self.subschema(at, &base));
                    }
                }
                Some(_) => subschema
                    .same
                    .push(self.subschema(location.child(&[keyword]), &base)),
                None => {}
            }
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            for (key, schema) in members(schema.get(keyword)) {
                if !schema.is_array() {
                    subschema
                        .same
                        .push(self.subschema(location.child(&[keyword, key]), &base));
                }
            }
        }
        self.fill_members(&mut subschema, schema, location, &base);
        self.fill_items(&mut subschema, schema, location, &base);
        self.subschemas[id.0] = subschema;
    }

    fn fill_members(
        &mut self,
        subschema: &mut Subschema,
        schema: &Map<String, Value>,
        location: &Location,
        base: &Url,
    ) {
        for (key, _) in members(schema.get("properties")) {
            let at = location.child(&["properties", key]);
            subschema
                .properties
                .insert(key.clone(), self.subschema(at, base));
        }
        for (pattern, _) in members(schema.get("patternProperties")) {
            let at = location.child(&["patternProperties", pattern]);
            subschema
                .patterns
                .push((Pattern::new(pattern), self.subschema(at, base)));
        }
        subschema.required.extend(texts(schema.get("required")));
        for keyword in ["dependentRequired", "dependencies"] {
            for (key, keys) in members(schema.get(keyword)) {
                subschema.required.push(key.clone());
                subschema.required.extend(texts(Some(keys)));
            }
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if schema.contains_key(keyword) {
                subschema
                    .additional
                    .push(self.subschema(location.child(&[keyword]), base));
            }
        }
    }

    fn fill_items(
        &mut self,
        subschema: &mut Subschema,
        schema: &Map<String, Value>,
        location: &Location,
        base: &Url,
    ) {
        for keyword in ["prefixItems", "items"] {
            if let Some(Value::Array(items)) = schema.get(keyword) {
                for index in 0..items.len() {
                    let at = location.child(&[keyword, &index.to_string()]);
                    subschema.prefix.push(self.subschema(at, base));
                }
            }
        }
        for keyword in ["items", "additionalItems", "unevaluatedItems", "contains"] {
            if schema.get(keyword).is_some_and(|items| !items.is_array()) {
                subschema
                    .rest
                    .push(self.subschema(location.child(&[keyword]), base));
            }
        }
    }
}

fn texts(value: Option<&Value>) -> impl Iterator<Item = String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned)
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
