//! The tree as `jsonschema` reads it: [`Tree`] is the representation, [`Node`] a handle on a value
//! that costs nothing to copy.
//!
//! To the schema a timestamp is a string, a scalar that the generator cannot read is its text, and
//! `$schema` at the root is not there. No `serde_json::Value` is built for a document.

use std::borrow::Cow;
use std::sync::OnceLock;

use jsonschema::JsonType;
use jsonschema::json::{self, Json, NodeIdentity};
use serde_json::Value as JsonValue;

mod collections;
mod compare;
mod number;
mod to_json;

use super::budget::{Budget, Excess};
use super::formats::Paths;
use crate::dialect::Value;
use crate::syntax::{Document, Kind, NodeId, Scalar};
pub(super) use collections::Mapping;
use collections::Sequence;
use number::Number;
pub(super) use to_json::to_json;

/// The key by which a page names its schema; the schema does not apply to it.
pub(super) const SCHEMA_KEY: &str = "$schema";

/// Bytes of a text that count as one step of the budget.
pub(super) const BYTES_A_STEP: usize = 16;

/// The representation of JSON that [`Document`] is.
pub(super) struct Tree;

/// A document on its way through the validator.
pub(super) struct Page<'a> {
    /// The document.
    pub(super) document: &'a Document<'a>,
    /// Answers for its paths.
    pub(super) paths: &'a dyn Paths,
    /// Whether its root has [`SCHEMA_KEY`].
    hides: OnceLock<bool>,
    value: OnceLock<JsonValue>,
    /// What validating it may cost.
    pub(super) budget: Budget,
    /// Bytes of the longest pointer to one of its values.
    longest_pointer: OnceLock<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document<'a>, paths: &'a dyn Paths) -> Self {
        Self {
            document,
            paths,
            hides: OnceLock::new(),
            value: OnceLock::new(),
            budget: Budget::new(),
            longest_pointer: OnceLock::new(),
        }
    }

    fn longest_pointer(&self) -> usize {
        *self.longest_pointer.get_or_init(|| {
            let mut open = vec![(self.document.root(), 0)];
            let mut longest = 0;
            let mut left = self.document.len().saturating_mul(2);
            while let (Some((id, len)), true) = (open.pop(), left > 0) {
                left -= 1;
                longest = longest.max(len);
                let members = self.document.members(id).iter();
                open.extend(members.map(|member| (member.value, len + 1 + member.key.text.len())));
                open.extend(self.document.items(id).iter().map(|&item| (item, len + 6)));
            }
            longest
        })
    }

    fn mapping(&'a self, id: NodeId) -> Mapping<'a> {
        let root = self.document.root();
        let has_key = || self.document.get(root, SCHEMA_KEY).is_some();
        Mapping {
            page: self,
            id,
            members: self.document.members(id),
            hides: id == root && *self.hides.get_or_init(has_key),
        }
    }

    /// Its root value.
    pub(super) fn root(&'a self) -> Node<'a> {
        Node::Value {
            page: self,
            id: self.document.root(),
        }
    }
}

/// A value of a document, or a key of a mapping as a string of its own.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// A value.
    Value {
        /// The page it stands in.
        page: &'a Page<'a>,
        /// Which of its nodes.
        id: NodeId,
    },
    /// The text of a key.
    Name(&'a Name<'a>),
}

/// A key of a mapping, or another text that is no value of a page.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    text: &'a str,
    /// The mapping that has the key.
    mapping: Option<(&'a Page<'a>, NodeId)>,
}

impl<'a> Name<'a> {
    /// A text that is of no page.
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            mapping: None,
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }
}

impl<'a> Node<'a> {
    /// The page, and the value that this is or is a key of.
    #[inline]
    fn place(&self) -> Option<(&'a Page<'a>, NodeId)> {
        match *self {
            Self::Value { page, id } => Some((page, id)),
            Self::Name(name) => name.mapping,
        }
    }

    /// Counts one access.
    #[inline]
    fn step(&self) {
        if let Some((page, id)) = self.place() {
            page.budget.step(id);
        }
    }

    /// Counts what costs as much as `steps` accesses.
    pub(super) fn spend(&self, steps: usize) {
        if let Some((page, id)) = self.place() {
            page.budget.spend(id, steps);
        }
    }

    /// Remembers what is not checked about it.
    pub(super) fn omit(&self, excess: Excess) {
        let key = match self {
            Self::Value { .. } => None,
            Self::Name(name) => Some(name.text),
        };
        if let Some((page, id)) = self.place() {
            page.budget.omit(id, key, excess);
        }
    }

    /// Its text, where it is a string.
    fn text(&self) -> Option<&'a str> {
        match *self {
            Self::Name(name) => Some(name.text),
            Self::Value { .. } => self
                .scalar()
                .filter(|scalar| type_of(&scalar.value) == JsonType::String)
                .map(|scalar| scalar.text.as_ref()),
        }
    }

    fn mapping(&self) -> Option<Mapping<'a>> {
        let Self::Value { page, id } = *self else {
            return None;
        };
        let is_mapping = matches!(page.document.node(id).kind, Kind::Mapping(_));
        is_mapping.then(|| page.mapping(id))
    }

    fn sequence(&self) -> Option<Sequence<'a>> {
        let Self::Value { page, id } = *self else {
            return None;
        };
        let items = page.document.items(id);
        let is_sequence = matches!(page.document.node(id).kind, Kind::Sequence(_));
        is_sequence.then_some(Sequence { page, id, items })
    }

    fn number(&self) -> Option<Number<'a>> {
        match &self.scalar()?.value {
            Value::Integer(number) => Some(Number::Integer(*number)),
            Value::BigInteger(digits) => Some(Number::Big(digits)),
            Value::Float(number) if !number.is_nan() => Some(Number::Float(*number)),
            _ => None,
        }
    }

    fn scalar(&self) -> Option<&'a Scalar<'a>> {
        match *self {
            Self::Value { page, id } => page.document.scalar(id),
            Self::Name(_) => None,
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
        f(Node::Name(&Name::of(string)))
    }
}

impl<'a> json::Node<'a, Tree> for Node<'a> {
    type Object = Mapping<'a>;
    type Array = Sequence<'a>;
    type Number = Number<'a>;

    fn as_object(&self) -> Option<Mapping<'a>> {
        self.step();
        self.mapping()
    }

    fn as_array(&self) -> Option<Sequence<'a>> {
        self.step();
        self.sequence()
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        let text = self.text()?;
        // What reads a text, such as a pattern, reads all of it.
        self.spend(text.len() / BYTES_A_STEP);
        Some(Cow::Borrowed(text))
    }

    fn as_number(&self) -> Option<Number<'a>> {
        self.step();
        self.number()
    }

    fn as_boolean(&self) -> Option<bool> {
        self.step();
        match self.scalar()?.value {
            Value::Bool(boolean) => Some(boolean),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        self.step();
        self.scalar()
            .is_some_and(|scalar| type_of(&scalar.value) == JsonType::Null)
    }

    fn json_type(&self) -> JsonType {
        self.step();
        let Self::Value { page, id } = *self else {
            return JsonType::String;
        };
        match &page.document.node(id).kind {
            Kind::Sequence(_) => JsonType::Array,
            Kind::Mapping(_) => JsonType::Object,
            Kind::Scalar(scalar) => type_of(&scalar.value),
        }
    }

    fn equals_value(&self, expected: &JsonValue) -> bool {
        self.equals_json(expected)
    }

    /// Asked for by errors alone. Those name their value by its place, so there is no need to
    /// build it; but a key has no place, and a pattern that was given up looks for its value in
    /// the root's.
    fn to_value(&self) -> Cow<'a, JsonValue> {
        if let Some((page, id)) = self.place() {
            page.budget.error(id, page.longest_pointer());
        }
        match *self {
            Self::Name(name) => Cow::Owned(JsonValue::String(name.text.to_owned())),
            Self::Value { page, id } if id == page.document.root() => {
                Cow::Borrowed(page.value.get_or_init(|| to_json(page.document, id)))
            }
            Self::Value { .. } => Cow::Owned(JsonValue::Null),
        }
    }

    fn identity(&self) -> Option<NodeIdentity> {
        self.step();
        Some(match *self {
            Self::Value { page, id } => {
                NodeIdentity::tagged(std::ptr::from_ref(page).addr(), id.index())
            }
            Self::Name(name) => NodeIdentity::tagged(name.text.as_ptr().addr(), u32::MAX),
        })
    }
}

/// The type that a scalar has to the schema; every number is a [`JsonType::Number`].
pub(super) fn type_of(value: &Value) -> JsonType {
    match value {
        Value::Null => JsonType::Null,
        // JSON has no such number, and JavaScript writes it as null.
        Value::Float(number) if number.is_nan() => JsonType::Null,
        Value::Bool(_) => JsonType::Boolean,
        Value::Integer(_) | Value::BigInteger(_) | Value::Float(_) => JsonType::Number,
        Value::Timestamp(_) | Value::String | Value::Binary(_) | Value::Error(_) => {
            JsonType::String
        }
    }
}
