//! The last step of compiling: from what is asked to the form in which it is checked.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::asked::{Asked, Branch, Format, Items, MOST_LITERALS, Members, Shared, Texts};
use super::check::{ArrayCheck, Check, Further, ObjectCheck, TextCheck};
use super::keys::Keys;
use super::simple::{Clause, Literal};
use super::types::{Type, Types};
use crate::schema::instance::SCHEMA_KEY;

/// What was finished so far.
#[derive(Default)]
pub(super) struct Finisher<'s> {
    done: HashMap<*const Asked<'s>, Arc<Check>>,
}

impl<'s> Finisher<'s> {
    /// `None` where there are too many or too long keys.
    pub(super) fn check(&mut self, asked: &Shared<'s>) -> Option<Arc<Check>> {
        let key = Rc::as_ptr(asked);
        if let Some(done) = self.done.get(&key) {
            return Some(Arc::clone(done));
        }
        let text = text(&asked.texts);
        let object = self.object(&asked.clauses, &asked.members)?;
        let array = self.array(&asked.items)?;
        let further = self.further(asked)?;
        let mut free = asked.types;
        for (one, is_looked_at) in [
            (Type::String, !text.is_empty()),
            (Type::Object, object.is_some()),
            (Type::Array, array.is_some()),
        ] {
            if is_looked_at {
                free = free.without(Types::only(one));
            }
        }
        let check = Arc::new(Check {
            free: if further.is_some() { Types::NONE } else { free },
            types: asked.types,
            text,
            object: object.map(Box::new),
            array: array.map(Box::new),
            further: further.map(Box::new),
        });
        self.done.insert(key, Arc::clone(&check));
        Some(check)
    }

    fn checks(&mut self, asked: &[Shared<'s>]) -> Option<Vec<Arc<Check>>> {
        asked.iter().map(|asked| self.check(asked)).collect()
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is for what cannot be finished"
    )]
    fn optional(&mut self, asked: Option<&Shared<'s>>) -> Option<Option<Arc<Check>>> {
        match asked {
            None => Some(None),
            Some(asked) => Some(Some(self.check(asked)?)),
        }
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is for what cannot be finished"
    )]
    fn object(
        &mut self,
        clauses: &[Clause<'s>],
        members: &Members<'s>,
    ) -> Option<Option<ObjectCheck>> {
        if clauses.is_empty() && members.size() == 0 {
            return Some(None);
        }
        let mut facts = Facts::default();
        let (mut all, mut any) = (0, Vec::new());
        for clause in clauses {
            let bits = facts.bits(clause)?;
            match **clause {
                [_] => all |= bits,
                _ => any.push(bits),
            }
        }
        let mut listed = BTreeMap::new();
        for (&name, asked) in &members.listed {
            listed.insert(name, self.check(asked)?);
        }
        let mut patterns = Vec::new();
        for (pattern, asked) in &members.patterns {
            patterns.push((Arc::clone(pattern), self.check(asked)?));
        }
        let keys = Keys::new(listed, &facts.literals)?;
        Some(Some(ObjectCheck {
            names_schema_key: keys.find(SCHEMA_KEY).is_some(),
            keys,
            at_first: facts.at_first(),
            all,
            any,
            patterns,
            additional: self.optional(members.additional.as_ref())?,
        }))
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is for what cannot be finished"
    )]
    fn array(&mut self, items: &Items<'s>) -> Option<Option<ArrayCheck>> {
        if items.size() == 0 {
            return Some(None);
        }
        Some(Some(ArrayCheck {
            least: *items.len.start(),
            most: *items.len.end(),
            prefix: self.checks(&items.prefix)?,
            rest: self.optional(items.rest.as_ref())?,
        }))
    }

    #[expect(
        clippy::option_option,
        reason = "the outer one is for what cannot be finished"
    )]
    fn further(&mut self, asked: &Asked<'s>) -> Option<Option<Further>> {
        if asked.rest.is_empty() && asked.parts.is_empty() && asked.branches.is_empty() {
            return Some(None);
        }
        let branches = asked.branches.iter().map(|branch| self.branch(branch));
        let branches = branches.collect::<Option<_>>()?;
        Some(Some(Further {
            rest: asked.rest.clone(),
            parts: self.checks(&asked.parts)?,
            branches,
        }))
    }

    fn branch(&mut self, branch: &Branch<Shared<'s>>) -> Option<Branch<Arc<Check>>> {
        Some(match branch {
            Branch::Any(parts) => Branch::Any(self.checks(parts)?),
            Branch::One(parts) => Branch::One(self.checks(parts)?),
            Branch::Not(part) => Branch::Not(self.check(part)?),
            Branch::If {
                condition,
                then,
                otherwise,
            } => Branch::If {
                condition: self.check(condition)?,
                then: self.optional(then.as_ref())?,
                otherwise: self.optional(otherwise.as_ref())?,
            },
        })
    }
}

fn text(texts: &Texts) -> Vec<TextCheck> {
    let like = texts.like.iter().cloned().map(TextCheck::Like);
    let unlike = (!texts.unlike.is_empty())
        .then(|| TextCheck::Unlike(texts.unlike.clone(), suspects(texts)));
    let formats = texts.formats.iter().map(|format| match &**format {
        Format::Path => TextCheck::Path,
        Format::Text(format) => TextCheck::Format(*format),
    });
    like.chain(unlike).chain(formats).collect()
}

/// One to three characters, one of which each text has that must not match and does.
fn suspects(texts: &Texts) -> Option<[u8; 3]> {
    let mut all = Vec::new();
    for pattern in &texts.unlike {
        all.extend(pattern.needs()?);
    }
    all.sort_unstable();
    all.dedup();
    match *all {
        [a] => Some([a; 3]),
        [a, b] => Some([a, b, b]),
        [a, b, c] => Some([a, b, c]),
        _ => None,
    }
}

/// The literals of one mapping, a bit each.
#[derive(Default)]
struct Facts<'s> {
    literals: Vec<Literal<'s>>,
}

impl<'s> Facts<'s> {
    fn bits(&mut self, clause: &Clause<'s>) -> Option<u64> {
        clause.iter().try_fold(0, |bits, literal| {
            let known = self.literals.iter().position(|known| known == literal);
            let at = known.unwrap_or_else(|| {
                self.literals.push(*literal);
                self.literals.len() - 1
            });
            (at < MOST_LITERALS).then(|| bits | 1 << at)
        })
    }

    fn at_first(&self) -> u64 {
        let absent = |literal: &Literal<'_>| u64::from(literal.types.has(Type::Absent));
        let literals = (0..).zip(&self.literals);
        literals.fold(0, |bits, (at, literal)| bits | absent(literal) << at)
    }
}
