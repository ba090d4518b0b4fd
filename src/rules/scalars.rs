//! The scalars of a page and where they are, for the rules that look at every value.

use std::cell::OnceCell;

use crate::dialect::{Style, Value};
use crate::syntax::{Document, Key, Kind, NodeId, Scalar, Syntax, pointer};
use crate::text::{SourceId, Span};

/// A scalar of the front matter and its place in the document.
#[derive(Debug)]
pub(super) struct ScalarRef<'d> {
    pub id: NodeId,
    /// The nearest key above it; empty at the root.
    pub key: &'d str,
    pub in_list: bool,
    pub inner: &'d Scalar<'d>,
    pub span: Span,
    pub source: SourceId,
    /// Its index in [`ScalarPaths::steps`].
    pub step: u32,
}

/// One step of the path to a value.
#[derive(Debug)]
struct PathStep<'d> {
    /// The index of the step before, or [`ROOT`].
    above: u32,
    token: Token<'d>,
}

#[derive(Debug)]
enum Token<'d> {
    Key(&'d str),
    Index(usize),
}

/// The index of the step above the first.
const ROOT: u32 = u32::MAX;

/// The scalars of a page, those of defaults included. What an alias or a merge repeats is there once.
#[derive(Debug)]
pub struct Scalars<'d> {
    document: &'d Document<'d>,
    /// Collected on first use: most pages have no scalar whose place any rule has to know.
    paths: OnceCell<ScalarPaths<'d>>,
}

/// The scalars of a page in the order of the document, and the paths to them.
#[derive(Debug, Default)]
struct ScalarPaths<'d> {
    scalars: Vec<ScalarRef<'d>>,
    steps: Vec<PathStep<'d>>,
    /// For each node whether it was visited.
    visited: Vec<bool>,
    /// The keys that the parser reads as true or false, and their steps.
    switch_keys: Vec<(&'d Key<'d>, u32)>,
}

impl<'d> Scalars<'d> {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &'d Document<'d>) -> Self {
        Self {
            document,
            paths: OnceCell::new(),
        }
    }

    /// Each scalar, in the order of the document.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, ScalarRef<'d>> {
        self.paths().scalars.iter()
    }

    /// The scalars for which `may_report` holds, without their paths being collected where it holds
    /// for none.
    pub(super) fn suspects(
        &self,
        may_report: impl Fn(&Scalar<'_>) -> bool,
    ) -> impl Iterator<Item = &ScalarRef<'d>> {
        let is_any = self.document.nodes().iter().any(|node| match &node.kind {
            Kind::Scalar(scalar) => may_report(scalar),
            Kind::Sequence(_) | Kind::Mapping(_) => false,
        });
        let scalars = if is_any { self.iter() } else { [].iter() };
        scalars.filter(move |scalar| may_report(scalar.inner))
    }

    /// The keys other than `true` and `false` that the parser reads as true or false, and pointers to
    /// their values.
    pub(super) fn switch_keys(&self) -> impl Iterator<Item = (&'d Key<'d>, String)> {
        let mut members = self.document.all_members().iter();
        let keys = match members.any(|member| is_switch(&member.key)) {
            true => self.paths().switch_keys.as_slice(),
            false => &[],
        };
        keys.iter().map(|&(key, step)| (key, self.pointer_at(step)))
    }

    /// The RFC 6901 pointer to a scalar of this page.
    pub(super) fn pointer(&self, scalar: &ScalarRef<'_>) -> String {
        self.pointer_at(scalar.step)
    }

    fn pointer_at(&self, step: u32) -> String {
        let steps = &self.paths().steps;
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

    /// Whether a scalar is the value of a key at the root.
    pub(super) fn is_at_root(&self, scalar: &ScalarRef<'_>, key: &str) -> bool {
        let step = self.paths().steps.get(scalar.step as usize);
        step.is_some_and(|step| {
            step.above == ROOT && matches!(step.token, Token::Key(name) if name == key)
        })
    }

    fn paths(&self) -> &ScalarPaths<'d> {
        self.paths.get_or_init(|| {
            let mut paths = ScalarPaths::default();
            paths.visited.resize(self.document.len(), false);
            let root = Position {
                step: ROOT,
                key: "",
                in_list: false,
            };
            paths.collect(self.document, self.document.root(), root);
            paths
        })
    }
}

/// Where the walk through a document is.
#[derive(Clone, Copy)]
struct Position<'d> {
    step: u32,
    key: &'d str,
    in_list: bool,
}

impl<'d> ScalarPaths<'d> {
    fn collect(&mut self, document: &'d Document<'d>, id: NodeId, at: Position<'d>) {
        // An alias or a merge leads to the same node once more.
        match self.visited.get_mut(id.index() as usize) {
            Some(true) | None => return,
            Some(flag) => *flag = true,
        }
        let node = document.node(id);
        match &node.kind {
            Kind::Scalar(scalar) => self.scalars.push(ScalarRef {
                id,
                key: at.key,
                in_list: at.in_list,
                inner: scalar,
                span: node.span,
                source: node.source,
                step: at.step,
            }),
            Kind::Sequence(_) => {
                for (index, &item) in document.items(id).iter().enumerate() {
                    let step = self.add_step(at.step, Token::Index(index));
                    let below = Position {
                        step,
                        in_list: true,
                        ..at
                    };
                    self.collect(document, item, below);
                }
            }
            Kind::Mapping(_) => {
                for member in document.members(id) {
                    let key: &str = &member.key.text;
                    let step = self.add_step(at.step, Token::Key(key));
                    self.add_switch_key(&member.key, step);
                    let below = Position {
                        step,
                        key,
                        in_list: false,
                    };
                    self.collect(document, member.value, below);
                }
            }
        }
    }

    fn add_step(&mut self, above: u32, token: Token<'d>) -> u32 {
        let step = u32::try_from(self.steps.len()).unwrap_or(ROOT);
        self.steps.push(PathStep { above, token });
        step
    }

    fn add_switch_key(&mut self, key: &'d Key<'d>, step: u32) {
        // A merge repeats the key at its place in the mapping that is merged.
        let is_same =
            |(known, _): &(&Key<'_>, u32)| (known.source, known.span) == (key.source, key.span);
        if is_switch(key) && !self.switch_keys.iter().any(is_same) {
            self.switch_keys.push((key, step));
        }
    }
}

impl ScalarRef<'_> {
    /// Whether the dialect decides the scalar's type: it is an unquoted scalar of YAML, without a tag
    /// and written in its own place.
    pub(super) fn is_untyped(&self, document: &Document<'_>, text: &str) -> bool {
        if self.inner.style != Style::Plain {
            return false;
        }
        if self.source != SourceId::PAGE {
            return true;
        }
        document.block.syntax == Syntax::Yaml && !self.is_alias(text) && self.tag(text).is_none()
    }

    /// Whether an alias is written in the scalar's place.
    pub(super) fn is_alias(&self, text: &str) -> bool {
        self.source == SourceId::PAGE && self.span.slice(text).starts_with('*')
    }

    /// The tag that is written before a scalar of the page: `!!str`.
    pub(super) fn tag<'t>(&self, text: &'t str) -> Option<&'t str> {
        let before = text.get(..self.span.start as usize)?.trim_end();
        let word = before.rsplit([' ', '\t', '\n', ',', '[', '{']).next()?;
        word.starts_with('!').then_some(word)
    }
}

/// Whether the parser reads a key as true or false that is not written so.
fn is_switch(key: &Key<'_>) -> bool {
    let is_written = |word: &str| key.text.eq_ignore_ascii_case(word);
    matches!(key.value, Value::Bool(_)) && !is_written("true") && !is_written("false")
}
