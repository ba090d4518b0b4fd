//! What a subschema asks, while more may still be joined to it: what `allOf` and `$ref` say of the
//! same value becomes one, so that the value is looked at once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::sync::Arc;

use super::pattern::{Pattern, Rest};
use super::simple::{Clause, Simple};
use super::types::{Type, Types};
use crate::schema::formats;

/// As many literals can be told apart in one [`Asked`].
pub(super) const MOST_LITERALS: usize = 64;

/// A subschema that others may share.
pub(super) type Shared<'s> = Rc<Asked<'s>>;

/// What one subschema asks of a value; everything at once.
#[derive(Clone)]
pub(super) struct Asked<'s> {
    pub(super) types: Types,
    /// Of mappings.
    pub(super) clauses: Vec<Clause<'s>>,
    pub(super) texts: Texts,
    pub(super) members: Members<'s>,
    pub(super) items: Items<'s>,
    /// Keywords for the validator.
    pub(super) rest: Vec<Arc<Rest>>,
    pub(super) branches: Vec<Rc<Branch<Shared<'s>>>>,
    /// What could not be joined.
    pub(super) parts: Vec<Shared<'s>>,
}

/// What is asked of texts.
#[derive(Clone, Default)]
pub(super) struct Texts {
    pub(super) like: Vec<Arc<Pattern>>,
    /// Patterns that must not match.
    pub(super) unlike: Vec<Arc<Pattern>>,
    pub(super) formats: Vec<Rc<Format>>,
}

/// A `format`.
pub(super) enum Format {
    Path,
    Text(formats::Format),
}

/// What is asked of the members of mappings.
#[derive(Clone, Default)]
pub(super) struct Members<'s> {
    pub(super) listed: BTreeMap<&'s str, Shared<'s>>,
    pub(super) patterns: Vec<(Arc<Pattern>, Shared<'s>)>,
    /// For the members that are neither listed nor matched.
    pub(super) additional: Option<Shared<'s>>,
}

/// What is asked of the items of lists.
#[derive(Clone)]
pub(super) struct Items<'s> {
    pub(super) len: RangeInclusive<usize>,
    /// For the first items, one each.
    pub(super) prefix: Vec<Shared<'s>>,
    /// For the items after those.
    pub(super) rest: Option<Shared<'s>>,
}

/// A keyword that weighs subschemas against each other.
pub(super) enum Branch<T> {
    Any(Vec<T>),
    One(Vec<T>),
    Not(T),
    If {
        condition: T,
        then: Option<T>,
        otherwise: Option<T>,
    },
}

impl<'s> Asked<'s> {
    /// Accepts values of these types.
    pub(super) fn of_types(types: Types) -> Self {
        Self {
            types,
            clauses: Vec::new(),
            texts: Texts::default(),
            members: Members::default(),
            items: Items {
                len: 0..=usize::MAX,
                prefix: Vec::new(),
                rest: None,
            },
            rest: Vec::new(),
            branches: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Adds what a simple subschema asks.
    pub(super) fn add(&mut self, simple: Simple<'s>) {
        if self.clauses.is_empty() || literals(&self.clauses, &simple.clauses) <= MOST_LITERALS {
            self.types = self.types & simple.types;
            self.clauses.extend(simple.clauses);
        } else {
            let mut part = Self::of_types(simple.types);
            part.clauses = simple.clauses;
            self.parts.push(Rc::new(part));
        }
    }

    /// Adds that another does not hold.
    pub(super) fn add_opposite(&mut self, other: Shared<'s>) {
        match &*other.texts.like {
            [pattern] if other.size() == 1 && other.types == Types::VALUES => {
                self.types = self.types & Types::only(Type::String);
                self.texts.unlike.push(Arc::clone(pattern));
            }
            _ => self.branches.push(Rc::new(Branch::Not(other))),
        }
    }

    /// How much there is to it, types aside.
    fn size(&self) -> usize {
        let texts = &self.texts;
        texts.like.len()
            + texts.unlike.len()
            + texts.formats.len()
            + self.clauses.len()
            + self.members.size()
            + self.items.size()
            + self.rest.len()
            + self.branches.len()
            + self.parts.len()
    }
}

impl Members<'_> {
    pub(super) fn size(&self) -> usize {
        self.listed.len() + self.patterns.len() + usize::from(self.additional.is_some())
    }
}

impl Items<'_> {
    pub(super) fn size(&self) -> usize {
        let asks_for_len = self.len != (0..=usize::MAX);
        self.prefix.len() + usize::from(self.rest.is_some()) + usize::from(asks_for_len)
    }
}

/// Joins subschemas, as long as that does not get out of hand: where many refer to many, all that
/// could be joined has no end.
pub(super) struct Joiner {
    room: usize,
}

impl Default for Joiner {
    fn default() -> Self {
        Self { room: 8_000 }
    }
}

impl Joiner {
    /// Adds what another subschema asks of the same value.
    pub(super) fn join<'s>(&mut self, asked: &mut Asked<'s>, other: &Shared<'s>) {
        if !self.can_join(asked, other) {
            asked.parts.push(Rc::clone(other));
            return;
        }
        let other = Asked::clone(other);
        asked.types = asked.types & other.types;
        add_new(&mut asked.clauses, other.clauses, Vec::eq);
        add_new(&mut asked.texts.like, other.texts.like, Arc::ptr_eq);
        add_new(&mut asked.texts.unlike, other.texts.unlike, Arc::ptr_eq);
        add_new(&mut asked.texts.formats, other.texts.formats, Rc::ptr_eq);
        add_new(&mut asked.rest, other.rest, Arc::ptr_eq);
        add_new(&mut asked.branches, other.branches, Rc::ptr_eq);
        add_new(&mut asked.parts, other.parts, Rc::ptr_eq);
        self.join_members(&mut asked.members, other.members);
        self.join_items(&mut asked.items, other.items);
    }

    fn can_join(&mut self, asked: &Asked<'_>, other: &Asked<'_>) -> bool {
        let (one, two) = (&asked.members, &other.members);
        // Which members are neither listed nor matched is not known beforehand.
        let are_known = one.patterns.is_empty() && two.patterns.is_empty();
        let can_tell = are_known || one.size() == 0 || two.size() == 0;
        let left = self.room.checked_sub(1 + asked.size() + other.size());
        match left {
            Some(left) if can_tell && literals(&asked.clauses, &other.clauses) <= MOST_LITERALS => {
                self.room = left;
                true
            }
            _ => false,
        }
    }

    fn join_members<'s>(&mut self, one: &mut Members<'s>, mut other: Members<'s>) {
        if let Some(additional) = &other.additional {
            for (key, asked) in &mut one.listed {
                let beside = other.listed.remove(key);
                *asked = self.both(asked, beside.as_ref().unwrap_or(additional));
            }
        }
        for (key, beside) in other.listed {
            let asked = match one.listed.get(key).or(one.additional.as_ref()) {
                Some(asked) => self.both(asked, &beside),
                None => beside,
            };
            one.listed.insert(key, asked);
        }
        one.patterns.extend(other.patterns);
        one.additional = self.either_or_both(one.additional.as_ref(), other.additional.as_ref());
    }

    fn join_items<'s>(&mut self, one: &mut Items<'s>, other: Items<'s>) {
        let count = one.prefix.len().max(other.prefix.len());
        let items = (0..count).filter_map(|index| {
            let at = |items: &'_ Items<'s>| {
                let first = items.prefix.get(index);
                first.or(items.rest.as_ref()).cloned()
            };
            self.either_or_both(at(one).as_ref(), at(&other).as_ref())
        });
        let prefix = items.collect();
        one.prefix = prefix;
        one.rest = self.either_or_both(one.rest.as_ref(), other.rest.as_ref());
        let (from, to) = (one.len.start(), one.len.end());
        one.len = *from.max(other.len.start())..=*to.min(other.len.end());
    }

    fn either_or_both<'s>(
        &mut self,
        one: Option<&Shared<'s>>,
        other: Option<&Shared<'s>>,
    ) -> Option<Shared<'s>> {
        match (one, other) {
            (Some(one), Some(other)) => Some(self.both(one, other)),
            (one, other) => one.or(other).cloned(),
        }
    }

    fn both<'s>(&mut self, one: &Shared<'s>, other: &Shared<'s>) -> Shared<'s> {
        if Rc::ptr_eq(one, other) {
            return Rc::clone(one);
        }
        let mut both = Asked::of_types(Types::VALUES);
        self.join(&mut both, one);
        self.join(&mut both, other);
        Rc::new(both)
    }
}

/// Adds what is not there yet: a subschema that many refer to comes along with each.
fn add_new<T>(all: &mut Vec<T>, others: Vec<T>, is_same: impl Fn(&T, &T) -> bool) {
    for other in others {
        if !all.iter().any(|known| is_same(known, &other)) {
            all.push(other);
        }
    }
}

/// How many literals there are in two.
fn literals(one: &[Clause<'_>], other: &[Clause<'_>]) -> usize {
    one.iter().chain(other).map(Vec::len).sum()
}
