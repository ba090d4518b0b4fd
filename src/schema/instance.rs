//! The tree as `jsonschema` reads it: [`Tree`] is the representation, [`Node`] a handle on a value
//! that costs nothing to copy.
//!
//! To the schema a timestamp is a string, a scalar that the generator cannot read is its text, and
//! `$schema` at the root is not there. No `serde_json::Value` is built for a document.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use jsonschema::JsonType;
use jsonschema::json::{self, Json, JsonNumber, NodeIdentity};
use serde_json::Value as JsonValue;

use super::formats::Paths;
use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId, Scalar};

/// The key by which a page names its schema; the schema has no say about it.
pub(super) const SCHEMA_KEY: &str = "$schema";

/// A mapping of this many members or more is compared through an index.
const LARGE: usize = 32;

/// The representation of JSON that [`Document`] is.
pub(super) struct Tree;

/// A value of a document, or a key of a mapping as a string of its own.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// A value.
    Value {
        /// The document it stands in.
        document: &'a Document<'a>,
        /// Which of its nodes.
        id: NodeId,
        /// Answers for the page's paths.
        paths: &'a dyn Paths,
    },
    /// The text of a key.
    Name(&'a str),
}

impl<'a> Node<'a> {
    /// The root of a document.
    pub(super) fn root(document: &'a Document<'a>, paths: &'a dyn Paths) -> Self {
        Self::Value {
            document,
            id: document.root(),
            paths,
        }
    }

    fn scalar(&self) -> Option<&'a Scalar<'a>> {
        match *self {
            Self::Value { document, id, .. } => document.scalar(id),
            Self::Name(_) => None,
        }
    }

    fn hash_into(&self, state: &mut impl Hasher) {
        if let Some(items) = json::Node::as_array(self) {
            3_u8.hash(state);
            for item in json::Array::elements(&items) {
                item.hash_into(state);
            }
        } else if let Some(mapping) = json::Node::as_object(self) {
            let mut sum = 0_u64;
            for (name, value) in json::Object::members(&mapping) {
                let mut hasher = std::hash::DefaultHasher::new();
                name.hash(&mut hasher);
                value.hash_into(&mut hasher);
                sum ^= hasher.finish();
            }
            sum.hash(state);
        } else if let Some(text) = json::Node::as_string(self) {
            text.hash(state);
        } else if let Some(number) = json::Node::as_number(self) {
            let number = number.approximate();
            let bits = if number == 0.0 { 0 } else { number.to_bits() };
            bits.hash(state);
        } else {
            json::Node::as_boolean(self).hash(state);
        }
    }

    /// Equality as JSON Schema has it: numbers by value, mappings in any order.
    pub(super) fn equals(&self, other: &Self) -> bool {
        use json::{Array, Node as _, Object};
        match (self.json_type(), other.json_type()) {
            (JsonType::Null, JsonType::Null) => true,
            (JsonType::Boolean, JsonType::Boolean) => self.as_boolean() == other.as_boolean(),
            (JsonType::String, JsonType::String) => self.as_string() == other.as_string(),
            (JsonType::Number, JsonType::Number) => match (self.as_number(), other.as_number()) {
                (Some(Number::Big(left)), Some(Number::Big(right))) => left == right,
                (Some(Number::Integer(left)), Some(Number::Integer(right))) => left == right,
                (Some(left), Some(right)) => left.approximate() == right.approximate(),
                _ => false,
            },
            (JsonType::Array, JsonType::Array) => match (self.as_array(), other.as_array()) {
                (Some(left), Some(right)) => {
                    left.len() == right.len()
                        && left
                            .elements()
                            .zip(right.elements())
                            .all(|(l, r)| l.equals(&r))
                }
                _ => false,
            },
            (JsonType::Object, JsonType::Object) => match (self.as_object(), other.as_object()) {
                (Some(left), Some(right)) => {
                    let right_values = right.lookup();
                    left.len() == right.len()
                        && left.members().all(|(name, value)| {
                            right_values(name).is_some_and(|r| value.equals(&r))
                        })
                }
                _ => false,
            },
            _ => false,
        }
    }
}

impl Json for Tree {
    type Node<'a> = Node<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    // A lookup reads every key, so one pass over the members is never dearer.
    const KEYS_PER_LOOKUP: usize = 4;
    // An alias is resolved when its target is complete.
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        f(Node::Name(string))
    }
}

/// A number as the dialect reads it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number<'a> {
    /// Within `i64`.
    Integer(i64),
    /// Decimal digits beyond `i64`.
    Big(&'a str),
    /// Infinities and NaN included.
    Float(f64),
}

impl Number<'_> {
    #[expect(clippy::cast_precision_loss, reason = "as JSON numbers are compared")]
    fn approximate(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Big(digits) => digits.parse().unwrap_or(f64::NAN),
            Self::Float(number) => number,
        }
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Integer(number) => u64::try_from(*number).ok(),
            Self::Big(digits) => digits.parse().ok(),
            Self::Float(_) => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Big(_) | Self::Float(_) => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        Some(self.approximate()).filter(|number| number.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        match self {
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Big(digits) => Cow::Borrowed(digits),
            Self::Float(number) => Cow::Owned(number.to_string()),
        }
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(match self {
            Self::Integer(number) => serde_json::Number::from(*number),
            _ => self.as_u64().map_or_else(
                || serde_json::Number::from_f64(self.approximate()).unwrap_or_else(|| 0.into()),
                serde_json::Number::from,
            ),
        })
    }

    fn is_integer(&self) -> bool {
        match self {
            Self::Integer(_) | Self::Big(_) => true,
            Self::Float(number) => number.is_finite() && number.fract() == 0.0,
        }
    }

    fn is_written_as_integer(&self) -> bool {
        !matches!(self, Self::Float(_))
    }
}

impl<'a> json::Node<'a, Tree> for Node<'a> {
    type Object = Mapping<'a>;
    type Array = Sequence<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<Mapping<'a>> {
        let Self::Value {
            document,
            id,
            paths,
        } = *self
        else {
            return None;
        };
        matches!(document.node(id).kind, Kind::Mapping(_)).then(|| {
            let members = document.members(id);
            let hides =
                id == document.root() && members.iter().any(|member| member.key.text == SCHEMA_KEY);
            Mapping {
                document,
                members,
                hides,
                paths,
            }
        })
    }

    fn as_array(&self) -> Option<Sequence<'a>> {
        let Self::Value {
            document,
            id,
            paths,
        } = *self
        else {
            return None;
        };
        matches!(document.node(id).kind, Kind::Sequence(_)).then(|| Sequence {
            document,
            items: document.items(id),
            paths,
        })
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match *self {
            Self::Name(name) => Some(Cow::Borrowed(name)),
            Self::Value { .. } => self
                .scalar()
                .filter(|scalar| is_string(&scalar.value))
                .map(|scalar| Cow::Borrowed(scalar.text.as_ref())),
        }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        match &self.scalar()?.value {
            Value::Integer(number) => Some(Number::Integer(*number)),
            Value::BigInteger(digits) => Some(Number::Big(digits)),
            Value::Float(number) => Some(Number::Float(*number)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.scalar()?.value {
            Value::Bool(boolean) => Some(boolean),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.scalar()
            .is_some_and(|scalar| scalar.value == Value::Null)
    }

    fn json_type(&self) -> JsonType {
        let Self::Value { document, id, .. } = *self else {
            return JsonType::String;
        };
        match &document.node(id).kind {
            Kind::Sequence(_) => JsonType::Array,
            Kind::Mapping(_) => JsonType::Object,
            Kind::Scalar(scalar) => match scalar.value {
                Value::Null => JsonType::Null,
                Value::Bool(_) => JsonType::Boolean,
                Value::Integer(_) | Value::BigInteger(_) | Value::Float(_) => JsonType::Number,
                Value::Timestamp(_) | Value::String | Value::Binary(_) | Value::Error(_) => {
                    JsonType::String
                }
            },
        }
    }

    fn equals_value(&self, expected: &JsonValue) -> bool {
        use json::{Array, Object};
        match expected {
            JsonValue::Null => self.is_null(),
            JsonValue::Bool(expected) => self.as_boolean() == Some(*expected),
            JsonValue::String(expected) => self.as_string().is_some_and(|text| text == *expected),
            JsonValue::Number(_) => self.as_number().is_some_and(|number| {
                // A number without a JSON value equals nothing.
                number.as_f64().is_some()
                    && json::cmp::equal(
                        &JsonValue::Number(number.to_number().into_owned()),
                        expected,
                    )
            }),
            JsonValue::Array(expected) => self.as_array().is_some_and(|items| {
                items.len() == expected.len()
                    && items
                        .elements()
                        .zip(expected)
                        .all(|(item, expected)| item.equals_value(expected))
            }),
            JsonValue::Object(expected) => self.as_object().is_some_and(|mapping| {
                mapping.len() == expected.len()
                    && mapping.members().all(|(name, value)| {
                        expected
                            .get(name)
                            .is_some_and(|expected| value.equals_value(expected))
                    })
            }),
        }
    }

    /// Asked for by errors alone, and those name their value by its place; but for a key, which
    /// has none, there is no need to build it.
    fn to_value(&self) -> Cow<'a, JsonValue> {
        Cow::Owned(match *self {
            Self::Name(name) => JsonValue::String(name.to_owned()),
            Self::Value { .. } => JsonValue::Null,
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(match *self {
            Self::Value { document, id, .. } => {
                NodeIdentity::tagged(std::ptr::from_ref(document).addr(), id.index())
            }
            Self::Name(name) => NodeIdentity::tagged(name.as_ptr().addr(), u32::MAX),
        })
    }
}

fn is_string(value: &Value) -> bool {
    matches!(
        value,
        Value::String | Value::Timestamp(_) | Value::Binary(_) | Value::Error(_)
    )
}

/// A mapping; at the root, without `$schema`.
#[derive(Clone, Copy)]
pub(super) struct Mapping<'a> {
    document: &'a Document<'a>,
    members: &'a [Member<'a>],
    hides: bool,
    paths: &'a dyn Paths,
}

impl<'a> Mapping<'a> {
    fn child(&self, member: &Member<'_>) -> Node<'a> {
        Node::Value {
            document: self.document,
            id: member.value,
            paths: self.paths,
        }
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hides && name == SCHEMA_KEY
    }

    /// A lookup by key that stays quick when it is asked for every key of a large mapping.
    fn lookup(self) -> impl Fn(&str) -> Option<Node<'a>> {
        let index: Option<HashMap<&str, &Member<'_>>> = (self.members.len() >= LARGE).then(|| {
            let entry = |member: &'a Member<'a>| (member.key.text.as_ref(), member);
            self.members.iter().map(entry).collect()
        });
        move |name| {
            let member = match &index {
                Some(index) => index.get(name).copied(),
                None => self.members.iter().find(|member| member.key.text == name),
            };
            member
                .filter(|_| !self.is_hidden(name))
                .map(|member| self.child(member))
        }
    }
}

impl<'a> json::Object<'a, Tree> for Mapping<'a> {
    type Node = Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.members.len() - usize::from(self.hides)
    }

    fn get(&self, key: &Box<str>) -> Option<Node<'a>> {
        if self.is_hidden(key) {
            return None;
        }
        self.members
            .iter()
            .find(|member| *member.key.text == **key)
            .map(|member| self.child(member))
    }

    fn members(&self) -> Members<'a> {
        Members {
            mapping: *self,
            next: 0,
        }
    }
}

/// The members of a [`Mapping`].
pub(super) struct Members<'a> {
    mapping: Mapping<'a>,
    next: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let member = self.mapping.members.get(self.next)?;
            self.next += 1;
            let name = member.key.text.as_ref();
            if !self.mapping.is_hidden(name) {
                return Some((name, self.mapping.child(member)));
            }
        }
    }
}

/// A list.
#[derive(Clone, Copy)]
pub(super) struct Sequence<'a> {
    document: &'a Document<'a>,
    items: &'a [NodeId],
    paths: &'a dyn Paths,
}

impl<'a> Sequence<'a> {
    fn child(&self, id: NodeId) -> Node<'a> {
        Node::Value {
            document: self.document,
            id,
            paths: self.paths,
        }
    }

    /// The first item that equals an earlier one, and that earlier one, by index.
    pub(super) fn duplicate(&self) -> Option<(usize, usize)> {
        let mut seen = HashMap::new();
        self.items.iter().enumerate().find_map(|(index, &id)| {
            let first = *seen.entry(Hashed(self.child(id))).or_insert(index);
            (first != index).then_some((first, index))
        })
    }
}

impl<'a> json::Array<'a, Tree> for Sequence<'a> {
    type Node = Node<'a>;
    type ElementsIter = Elements<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> Elements<'a> {
        Elements {
            sequence: *self,
            next: 0,
        }
    }

    fn is_unique(&self) -> bool {
        let mut seen = HashSet::new();
        self.items.len() < 2 || self.elements().all(|item| seen.insert(Hashed(item)))
    }
}

/// The items of a [`Sequence`].
pub(super) struct Elements<'a> {
    sequence: Sequence<'a>,
    next: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let id = *self.sequence.items.get(self.next)?;
        self.next += 1;
        Some(self.sequence.child(id))
    }
}

struct Hashed<'a>(Node<'a>);

impl PartialEq for Hashed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(&other.0)
    }
}

impl Eq for Hashed<'_> {}

impl Hash for Hashed<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash_into(state);
    }
}

/// A node as JSON: for schemas, which are documents themselves. A number without a JSON value
/// becomes null.
pub(super) fn to_json(document: &Document<'_>, id: NodeId) -> JsonValue {
    match &document.node(id).kind {
        Kind::Sequence(_) => JsonValue::Array(
            document
                .items(id)
                .iter()
                .map(|&item| to_json(document, item))
                .collect(),
        ),
        Kind::Mapping(_) => JsonValue::Object(
            document
                .members(id)
                .iter()
                .map(|member| {
                    (
                        member.key.text.clone().into_owned(),
                        to_json(document, member.value),
                    )
                })
                .collect(),
        ),
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => JsonValue::Null,
            Value::Bool(boolean) => JsonValue::Bool(*boolean),
            Value::Integer(number) => JsonValue::from(*number),
            Value::BigInteger(digits) => digits.parse::<u64>().map_or_else(
                |_| JsonValue::from(digits.parse::<f64>().unwrap_or(f64::NAN)),
                JsonValue::from,
            ),
            Value::Float(number) => JsonValue::from(*number),
            Value::String | Value::Timestamp(_) | Value::Binary(_) | Value::Error(_) => {
                JsonValue::String(scalar.text.clone().into_owned())
            }
        },
    }
}
