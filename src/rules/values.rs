//! Walking the scalars of a page, and words for what a parser makes of them; for the rules that
//! look at every value.

use std::cell::Cell;

use crate::diagnostic::LONGEST_SHOWN;
pub(super) use crate::diagnostic::code;
use crate::dialect::{Style, Value};
use crate::syntax::{Document, Key, Kind, NodeId, Scalar, Syntax, emptied, pointer};
use crate::text::{SourceId, Span};

/// A scalar of the front matter and its place.
#[derive(Debug)]
pub(super) struct Leaf<'d> {
    pub id: NodeId,
    /// The nearest key above it; empty at the root.
    pub key: &'d str,
    pub in_list: bool,
    pub scalar: &'d Scalar<'d>,
    pub span: Span,
    pub source: SourceId,
    /// Its step in [`Values::steps`].
    pub step: u32,
}

/// One step on the way to a value.
#[derive(Debug)]
struct Step<'d> {
    /// The step before; beyond the end at the root.
    above: u32,
    token: Token<'d>,
}

#[derive(Debug)]
enum Token<'d> {
    Key(&'d str),
    Index(usize),
}

/// The scalars of a page, those of defaults too; what an alias or a merge brings again, once.
#[derive(Debug, Default)]
pub struct Values<'d> {
    leaves: Vec<Leaf<'d>>,
    /// The ways to them, for pointers to be written where a finding needs one.
    steps: Vec<Step<'d>>,
    /// For each node whether it was met.
    seen: Vec<bool>,
    /// The keys that the parser makes true or false of, and their steps.
    switched: Vec<(&'d Key<'d>, u32)>,
}

thread_local! {
    /// The memory of those of the last page.
    static SPARE: Cell<Option<Values<'static>>> = const { Cell::new(None) };
}

/// Above the root.
const TOP: u32 = u32::MAX;

impl<'d> Values<'d> {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &'d Document<'d>) -> Self {
        let mut values: Self = SPARE.take().unwrap_or_default();
        values.leaves.reserve(document.len());
        values.steps.reserve(document.len());
        values.seen.resize(document.len(), false);
        values.walk(document, document.root(), TOP, ("", false));
        values
    }

    /// Keeps the memory for the next page of this thread.
    pub fn recycle(self) {
        SPARE.set(Some(Values {
            leaves: emptied(self.leaves),
            steps: emptied(self.steps),
            seen: emptied(self.seen),
            switched: emptied(self.switched),
        }));
    }

    /// Each scalar, in the order of the document.
    pub(super) fn each(&self) -> std::slice::Iter<'_, Leaf<'d>> {
        self.leaves.iter()
    }

    /// The words among the keys that the parser makes true or false of, and pointers to their
    /// values.
    pub(super) fn switched_keys(&self) -> impl Iterator<Item = (&'d Key<'d>, String)> {
        let each = self.switched.iter();
        each.map(|&(key, step)| (key, self.pointer_of(step)))
    }

    /// The RFC 6901 pointer to a scalar of this page.
    pub(super) fn pointer(&self, leaf: &Leaf<'_>) -> String {
        self.pointer_of(leaf.step)
    }

    fn pointer_of(&self, step: u32) -> String {
        let mut tokens = Vec::new();
        let mut next = step;
        while let Some(step) = self.steps.get(next as usize) {
            tokens.push(&step.token);
            next = step.above;
        }
        let mut written = String::new();
        for token in tokens.into_iter().rev() {
            match token {
                Token::Key(key) => pointer::push(&mut written, key),
                Token::Index(index) => pointer::push_index(&mut written, *index),
            }
        }
        written
    }

    /// Whether a scalar is the value of a key of the root.
    pub(super) fn is_at_root(&self, leaf: &Leaf<'_>, key: &str) -> bool {
        let step = self.steps.get(leaf.step as usize);
        step.is_some_and(|step| {
            step.above == TOP && matches!(step.token, Token::Key(name) if name == key)
        })
    }

    fn walk(
        &mut self,
        document: &'d Document<'d>,
        id: NodeId,
        step: u32,
        (key, in_list): (&'d str, bool),
    ) {
        match self.seen.get_mut(id.index() as usize) {
            Some(true) | None => return,
            Some(flag) => *flag = true,
        }
        let node = document.node(id);
        match &node.kind {
            Kind::Scalar(scalar) => self.leaves.push(Leaf {
                id,
                key,
                in_list,
                scalar,
                span: node.span,
                source: node.source,
                step,
            }),
            Kind::Sequence(_) => {
                for (index, &item) in document.items(id).iter().enumerate() {
                    let below = self.step(step, Token::Index(index));
                    self.walk(document, item, below, (key, true));
                }
            }
            Kind::Mapping(_) => {
                for member in document.members(id) {
                    let key: &str = &member.key.text;
                    let below = self.step(step, Token::Key(key));
                    if matches!(member.key.value, Value::Bool(_)) && !is_boolean(key) {
                        self.switched.push((&member.key, below));
                    }
                    self.walk(document, member.value, below, (key, false));
                }
            }
        }
    }

    fn step(&mut self, above: u32, token: Token<'d>) -> u32 {
        let step = u32::try_from(self.steps.len()).unwrap_or(TOP);
        self.steps.push(Step { above, token });
        step
    }
}

impl Leaf<'_> {
    /// Whether the scalar's type is up to the dialect: a plain scalar of YAML, without a tag and
    /// written in its own place.
    pub(super) fn is_untyped(&self, document: &Document<'_>, text: &str) -> bool {
        if self.scalar.style != Style::Plain {
            return false;
        }
        if self.source != SourceId::PAGE {
            return true;
        }
        document.block.syntax == Syntax::Yaml
            && !self.span.slice(text).starts_with('*')
            && self.tag(text).is_none()
    }

    /// The tag that is written before a scalar of the page: `!!str`.
    pub(super) fn tag<'t>(&self, text: &'t str) -> Option<&'t str> {
        let before = text.get(..self.span.start as usize)?.trim_end();
        let word = before.rsplit([' ', '\t', '\n', ',', '[', '{']).next()?;
        word.starts_with('!').then_some(word)
    }
}

/// Whether a key is written as what it becomes.
fn is_boolean(key: &str) -> bool {
    key.eq_ignore_ascii_case("true") || key.eq_ignore_ascii_case("false")
}

/// What a parser makes of a scalar, after "reads it as".
pub(super) fn becomes(value: &Value) -> String {
    match value {
        Value::Null => "null, as if nothing were written".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => format!("the integer {number}"),
        Value::BigInteger(digits) => {
            format!(
                "the integer {}",
                digits.get(..LONGEST_SHOWN).unwrap_or(digits)
            )
        }
        Value::Float(number) if number.is_finite() => format!("the number {number}"),
        Value::Float(number) if number.is_nan() => "no number at all (NaN)".to_owned(),
        Value::Float(_) => "an infinite number".to_owned(),
        Value::Timestamp(timestamp) if timestamp.is_date_only() => format!("the date {timestamp}"),
        Value::Timestamp(timestamp) => format!("the time {timestamp}"),
        Value::String => "text".to_owned(),
        Value::Binary(_) => "binary data".to_owned(),
        Value::Error(_) => "an error".to_owned(),
    }
}

/// A text in single quotes, as YAML has it; `None` where that takes more than quotes.
pub(super) fn quoted(text: &str) -> Option<String> {
    let plain = !text.chars().any(char::is_control);
    plain.then(|| format!("'{}'", text.replace('\'', "''")))
}
