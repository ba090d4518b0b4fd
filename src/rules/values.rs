//! Walking the scalars of a page, and words for what a parser makes of them; for the rules that
//! look at every value.

use std::cell::OnceCell;

use super::concerns::{Concern, Concerns};
use crate::dialect::{Style, Value};
use crate::syntax::{Document, Key, Kind, NodeId, Scalar, Syntax, pointer};
pub(super) use crate::text::{LONGEST_SHOWN, code, in_single_quotes};
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
    /// Its step in [`Ways::steps`].
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
#[derive(Debug)]
pub struct Values<'d> {
    document: &'d Document<'d>,
    concerns: OnceCell<Concerns>,
    /// Most pages have no scalar that a rule has to know the place of.
    ways: OnceCell<Ways<'d>>,
}

/// Where the scalars of a page stand.
#[derive(Debug, Default)]
struct Ways<'d> {
    leaves: Vec<Leaf<'d>>,
    /// The ways to them, for pointers to be written where a finding needs one.
    steps: Vec<Step<'d>>,
    /// For each node whether it was met.
    seen: Vec<bool>,
    /// The keys that the parser makes true or false of, and their steps.
    switched: Vec<(&'d Key<'d>, u32)>,
}

/// Above the root.
const TOP: u32 = u32::MAX;

impl<'d> Values<'d> {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &'d Document<'d>) -> Self {
        Self {
            document,
            concerns: OnceCell::new(),
            ways: OnceCell::new(),
        }
    }

    /// Each scalar, in the order of the document.
    pub(super) fn each(&self) -> std::slice::Iter<'_, Leaf<'d>> {
        self.ways().leaves.iter()
    }

    /// Whether any scalar by itself, wherever it stands, may be a rule's concern.
    pub(super) fn are_concern(&self, concern: Concern) -> bool {
        let concerns = self.concerns.get_or_init(|| Concerns::of(self.document));
        concerns.has(concern)
    }

    /// Each scalar that by itself, wherever it stands, may be a rule's concern.
    pub(super) fn suspects(
        &self,
        may_be: impl Fn(&Scalar<'_>) -> bool,
    ) -> impl Iterator<Item = &Leaf<'d>> {
        let mut nodes = self.document.nodes().iter();
        let is_any = nodes.any(|node| match &node.kind {
            Kind::Scalar(scalar) => may_be(scalar),
            Kind::Sequence(_) | Kind::Mapping(_) => false,
        });
        let leaves = match is_any {
            true => self.each(),
            false => [].iter(),
        };
        leaves.filter(move |leaf| may_be(leaf.scalar))
    }

    /// The words among the keys that the parser makes true or false of, and pointers to their
    /// values.
    pub(super) fn switched_keys(&self) -> impl Iterator<Item = (&'d Key<'d>, String)> {
        let mut members = self.document.all_members().iter();
        let switched = match members.any(|member| is_switched(&member.key)) {
            true => self.ways().switched.as_slice(),
            false => &[],
        };
        let each = switched.iter();
        each.map(|&(key, step)| (key, self.pointer_of(step)))
    }

    /// The RFC 6901 pointer to a scalar of this page.
    pub(super) fn pointer(&self, leaf: &Leaf<'_>) -> String {
        self.pointer_of(leaf.step)
    }

    fn pointer_of(&self, step: u32) -> String {
        let steps = &self.ways().steps;
        let mut tokens = Vec::new();
        let mut next = step;
        while let Some(step) = steps.get(next as usize) {
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
        let step = self.ways().steps.get(leaf.step as usize);
        step.is_some_and(|step| {
            step.above == TOP && matches!(step.token, Token::Key(name) if name == key)
        })
    }

    fn ways(&self) -> &Ways<'d> {
        self.ways.get_or_init(|| {
            let mut ways = Ways::default();
            ways.seen.resize(self.document.len(), false);
            ways.walk(self.document, self.document.root(), TOP, ("", false));
            ways
        })
    }
}

impl<'d> Ways<'d> {
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
                    // A merge brings the same key again.
                    let is_known = |(known, _): &(&Key<'_>, u32)| {
                        (known.source, known.span) == (member.key.source, member.key.span)
                    };
                    if is_switched(&member.key) && !self.switched.iter().any(is_known) {
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

/// Whether the parser makes true or false of a key that is not written so.
#[inline]
fn is_switched(key: &Key<'_>) -> bool {
    let is_written = |word: &str| key.text.eq_ignore_ascii_case(word);
    matches!(key.value, Value::Bool(_)) && !is_written("true") && !is_written("false")
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
