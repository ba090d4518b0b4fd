//! Subschemas that ask for nothing but types, of the value or of its members, in whatever way they
//! combine that: `required`, `not`, `anyOf`, `if`. All that such a one says can be told while the
//! members are gone through once.

use jsonschema::Draft;
use serde_json::{Map, Value};

use super::types::{Type, Types};

/// Keywords that no validity depends on.
const ANNOTATIONS: [&str; 14] = [
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "errorMessage",
    "examples",
    "id",
    "readOnly",
    "title",
    "writeOnly",
];

/// With more clauses than this, or more literals in one, a subschema is no simple one.
const MOST: usize = 8;

/// The types that the value under a key may have; [`Type::Absent`] where it need not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Literal<'s> {
    pub(super) key: &'s str,
    pub(super) types: Types,
}

/// Literals of which one must hold.
pub(super) type Clause<'s> = Vec<Literal<'s>>;

/// What such a subschema says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Simple<'s> {
    pub(super) types: Types,
    /// Of mappings, all of which must hold.
    pub(super) clauses: Vec<Clause<'s>>,
}

impl<'s> Simple<'s> {
    /// `None` for any other subschema.
    pub(super) fn of(schema: &'s Value, draft: Draft) -> Option<Self> {
        let keywords = match schema {
            Value::Bool(true) => return Some(Self::of_types(Types::VALUES)),
            Value::Bool(false) => return Some(Self::of_types(Types::NONE)),
            schema => schema.as_object()?,
        };
        let mut simple = Self::of_types(Types::VALUES);
        for (keyword, value) in keywords {
            let said = match keyword.as_str() {
                "type" if draft > Draft::Draft4 => Self::of_types(Types::named(value)?),
                "required" => Self::required(value)?,
                "properties" => Self::properties(value, draft)?,
                "not" => Self::of(value, draft)?.not()?,
                "allOf" => Self::all(value, draft)?,
                "anyOf" => Self::any(value, draft)?,
                "if" if draft >= Draft::Draft7 => Self::condition(keywords, draft)?,
                "then" | "else" if draft >= Draft::Draft7 => continue,
                ignored if is_annotation(ignored) => continue,
                _ => return None,
            };
            simple = simple.and(said)?;
        }
        Some(simple)
    }

    /// What `required` says; of any number of keys.
    pub(super) fn required(value: &'s Value) -> Option<Self> {
        let names = value.as_array()?.iter().map(|name| {
            Some(vec![Literal {
                key: name.as_str()?,
                types: Types::VALUES,
            }])
        });
        Some(Self {
            types: Types::VALUES,
            clauses: names.collect::<Option<_>>()?,
        })
    }

    fn properties(value: &'s Value, draft: Draft) -> Option<Self> {
        let mut all = Self::of_types(Types::VALUES);
        for (key, schema) in value.as_object()? {
            let inner = Self::of(schema, draft).filter(|inner| inner.clauses.is_empty())?;
            let types = inner.types | Types::only(Type::Absent);
            let clause = vec![Literal { key, types }];
            all = all.and(Self {
                types: Types::VALUES,
                clauses: if types == Types::ALL {
                    Vec::new()
                } else {
                    vec![clause]
                },
            })?;
        }
        Some(all)
    }

    fn all(value: &'s Value, draft: Draft) -> Option<Self> {
        let mut parts = value.as_array()?.iter();
        parts.try_fold(Self::of_types(Types::VALUES), |all, part| {
            all.and(Self::of(part, draft)?)
        })
    }

    /// What `anyOf` says.
    pub(super) fn any(value: &'s Value, draft: Draft) -> Option<Self> {
        let mut parts = value.as_array()?.iter();
        parts.try_fold(Self::of_types(Types::NONE), |any, part| {
            any.or(Self::of(part, draft)?)
        })
    }

    /// What `if` says, with the `then` and `else` beside it.
    pub(super) fn condition(keywords: &'s Map<String, Value>, draft: Draft) -> Option<Self> {
        let condition = Self::of(keywords.get("if")?, draft)?;
        let next = |name| match keywords.get(name) {
            Some(schema) => Self::of(schema, draft),
            None => Some(Self::of_types(Types::VALUES)),
        };
        let then = condition.clone().not()?.or(next("then")?)?;
        then.and(condition.or(next("else")?)?)
    }

    fn of_types(types: Types) -> Self {
        Self {
            types,
            clauses: Vec::new(),
        }
    }

    fn and(mut self, other: Self) -> Option<Self> {
        self.types = self.types & other.types;
        for clause in other.clauses {
            let known = match *clause {
                [only] => self.single(only.key),
                _ => None,
            };
            match (known, clause.first()) {
                (Some(known), Some(only)) => known.types = known.types & only.types,
                _ => self.clauses.push(clause),
            }
        }
        self.if_small()
    }

    /// What must hold of a key by itself.
    fn single(&mut self, key: &str) -> Option<&mut Literal<'s>> {
        self.clauses
            .iter_mut()
            .find_map(|clause| match &mut **clause {
                [only] if only.key == key => Some(only),
                _ => None,
            })
    }

    fn or(self, other: Self) -> Option<Self> {
        let types = self.types | other.types;
        let has = |simple: &Self| simple.types.has(Type::Object);
        let clauses = match (has(&self), has(&other)) {
            (true, false) => self.clauses,
            (false, _) => other.clauses,
            (true, true) => {
                let pairs = self.clauses.iter().flat_map(|one| {
                    let others = other.clauses.iter();
                    others.filter_map(move |other| either(one, other))
                });
                pairs.collect()
            }
        };
        Self { types, clauses }.if_small()
    }

    /// What says the opposite.
    pub(super) fn not(self) -> Option<Self> {
        let others = Self::of_types(Types::VALUES.without(self.types));
        if others.types.has(Type::Object) {
            return Some(others);
        }
        // One clause at least must fail, with all that is in it.
        self.clauses.into_iter().try_fold(others, |any, clause| {
            let opposites = clause.into_iter().map(|literal| Literal {
                types: Types::ALL.without(literal.types),
                ..literal
            });
            let open = opposites.filter(|literal| literal.types != Types::ALL);
            any.or(Self {
                types: Types::only(Type::Object),
                clauses: open.map(|literal| vec![literal]).collect(),
            })
        })
    }

    fn if_small(mut self) -> Option<Self> {
        if !self.types.has(Type::Object) {
            self.clauses.clear();
        }
        let is_small = |clause: &Clause<'_>| clause.len() <= MOST;
        (self.clauses.len() <= MOST && self.clauses.iter().all(is_small)).then_some(self)
    }
}

/// The clause that holds where one of two does; `None` where that is always so.
fn either<'s>(one: &Clause<'s>, other: &Clause<'s>) -> Option<Clause<'s>> {
    let mut both = one.clone();
    for literal in other {
        match both.iter_mut().find(|known| known.key == literal.key) {
            Some(known) => known.types = known.types | literal.types,
            None => both.push(*literal),
        }
    }
    let may_fail = |literal: &Literal<'_>| literal.types != Types::ALL;
    both.iter().all(may_fail).then_some(both)
}

/// Whether no validity depends on a keyword.
pub(super) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    type Owned = (String, Types);

    fn simple(schema: &Value) -> Option<(Types, Vec<Vec<Owned>>)> {
        let simple = Simple::of(schema, Draft::Draft202012)?;
        let literal = |literal: &Literal<'_>| (literal.key.to_owned(), literal.types);
        let clauses = simple.clauses.iter();
        let clauses = clauses.map(|clause| clause.iter().map(literal).collect());
        Some((simple.types, clauses.collect()))
    }

    #[test]
    fn types_alone() {
        let string = Types::only(Type::String);
        let null = Types::only(Type::Null);
        for (schema, expected) in [
            (json!(true), Types::VALUES),
            (json!(false), Types::NONE),
            (json!({ "title": "x" }), Types::VALUES),
            (json!({ "type": ["string", "null"] }), string | null),
            (
                json!({ "not": { "type": "string" } }),
                Types::VALUES.without(string),
            ),
            (json!({ "not": true }), Types::NONE),
            (
                json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
                string | null,
            ),
            (
                json!({ "allOf": [{ "type": "string" }, { "not": { "type": "string" } }] }),
                Types::NONE,
            ),
            // Of what is no mapping, `required` asks nothing.
            (
                json!({ "not": { "type": ["string", "null"], "required": ["a"] }, "type": "string" }),
                Types::NONE,
            ),
        ] {
            assert_eq!(simple(&schema), Some((expected, vec![])), "{schema}");
        }
    }

    #[test]
    fn keys() {
        let (absent, string) = (Types::only(Type::Absent), Types::only(Type::String));
        let key = |key: &str, types| (key.to_owned(), types);
        for (schema, expected) in [
            (
                json!({ "required": ["a"] }),
                vec![vec![key("a", Types::VALUES)]],
            ),
            (
                json!({ "required": ["a"], "properties": { "a": { "type": "string" }, "b": {} } }),
                vec![vec![key("a", string)]],
            ),
            (
                json!({ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
                vec![vec![key("a", Types::VALUES), key("b", Types::VALUES)]],
            ),
            (
                json!({
                    "if": { "required": ["a"], "properties": { "a": { "type": "string" } } },
                    "then": { "required": ["b"] }
                }),
                vec![vec![
                    key("a", Types::ALL.without(string)),
                    key("b", Types::VALUES),
                ]],
            ),
            (
                json!({ "if": { "required": ["a"] }, "else": { "properties": { "b": false } } }),
                vec![vec![key("a", Types::VALUES), key("b", absent)]],
            ),
        ] {
            assert_eq!(simple(&schema), Some((Types::VALUES, expected)), "{schema}");
        }
        let neither = json!({ "not": { "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] } });
        let expected = vec![vec![key("a", absent)], vec![key("b", absent)]];
        assert_eq!(
            simple(&neither),
            Some((Types::only(Type::Object), expected))
        );
    }

    #[test]
    fn what_asks_for_more() {
        for schema in [
            json!({ "minLength": 1 }),
            json!({ "$ref": "#" }),
            json!({ "properties": { "a": { "required": ["b"] } } }),
            json!({ "not": { "pattern": "a" } }),
            json!({ "oneOf": [true] }),
            json!({ "additionalProperties": false }),
            json!({ "required": ["a", "b", "c", "d", "e", "f", "g", "h", "i"] }),
        ] {
            assert_eq!(simple(&schema), None, "{schema}");
        }
    }
}
