//! The fast path of validation. Most pages are valid; the validator takes several times as long to
//! find out, and that of a bundled schema takes longer to build than a page to check.
//!
//! [`FastPath::new`] turns a schema of common keywords into a tree of tests. Rare keywords without
//! subschemas are left to a small validator; anything else makes the whole schema one without a fast
//! path. It exists for speed alone: `tests/acceptance.rs` and the JSON Schema test suite compare it
//! with the validator.

mod compile;

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use foldhash::HashMap;
use jsonschema::{Draft, JsonType, JsonTypeSet, Validator};
use serde_json::Value;

use super::format_keyword::Format;
use super::instance::{BYTES_A_STEP, Node, Page, SCHEMA_KEY, Tree, type_of};
use super::patterns::{self, Pattern};
use super::resources::Resources;
use crate::dialect;
use crate::syntax::{Document, Kind, Member, NodeId};

/// Tests within tests. More could take more stack than there is.
const DEEPEST: usize = 64;
/// Subschemas that refer to each other may ask for more tests than anyone has time for.
const TESTS_A_VALUE: usize = 200;

/// A schema as a tree of tests.
pub(super) struct FastPath {
    /// What references lead to; the first is the root.
    targets: Vec<Check>,
    /// Whether a valid page whose root is a mapping has no key that the schema does not list.
    pub(super) lists_all_keys: bool,
}

/// One subschema: a value has one of the types and passes every test.
struct Check {
    types: JsonTypeSet,
    tests: Vec<Test>,
}

enum Test {
    Required(Vec<String>),
    Members(Members),
    ItemCount(RangeInclusive<usize>),
    Items {
        prefix: Vec<Check>,
        rest: Check,
    },
    Pattern(Pattern),
    Format(Format),
    /// Its place in [`FastPath::targets`].
    Reference(usize),
    AnyOf(Vec<Check>),
    OneOf(Vec<Check>),
    Not(Check),
    If(Box<[Check; 3]>),
    Leaves(Leaves),
}

struct Members {
    listed: HashMap<String, Check>,
    patterns: Vec<(Pattern, Check)>,
    /// For members that are neither listed nor matched.
    additional: Check,
}

/// Keywords for a validator, which is built for the first value that reaches it.
struct Leaves {
    schema: Value,
    draft: Draft,
    validator: OnceLock<Option<Validator<Tree>>>,
}

impl FastPath {
    /// Compiles a schema that is known to be valid; `None` for one without a fast path.
    pub(super) fn new(resources: &Resources, assert_formats: bool) -> Option<Self> {
        let targets = compile::targets(resources, assert_formats)?;
        Some(Self {
            lists_all_keys: targets.first()?.lists_all_keys(true),
            targets,
        })
    }

    /// Whether a page is valid; `None` where only the validator knows.
    pub(super) fn is_valid(&self, page: &Page<'_>) -> Option<bool> {
        let run = Run {
            targets: &self.targets,
            page,
            document: page.document,
            depth: Cell::new(0),
            tests_left: Cell::new(1_000 + TESTS_A_VALUE * page.document.len()),
        };
        run.passes(self.targets.first()?, page.document.root())
    }
}

impl Check {
    /// The check that every value passes.
    fn any() -> Self {
        Self {
            types: JsonTypeSet::all(),
            tests: Vec::new(),
        }
    }

    /// Whether a value that passes, and is a mapping where `is_mapping`, has no key at any depth that
    /// is not listed. What references say is not looked into: then the answer may be a wrong no.
    fn lists_all_keys(&self, is_mapping: bool) -> bool {
        let may_be_list = self.types.contains(JsonType::Array) && !is_mapping;
        let lists_members = self.tests.iter().any(|test| match test {
            Test::Members(members) => {
                members.patterns.is_empty()
                    && members.additional.types.is_empty()
                    && members
                        .listed
                        .values()
                        .all(|check| check.lists_all_keys(false))
            }
            _ => false,
        });
        let lists_items = self.tests.iter().any(|test| match test {
            Test::Items { prefix, rest } => prefix.is_empty() && rest.lists_all_keys(false),
            _ => false,
        });
        (lists_members || !self.types.contains(JsonType::Object)) && (lists_items || !may_be_list)
    }
}

/// One page on its way through the tests. `None` stands for "only the validator knows".
struct Run<'a> {
    targets: &'a [Check],
    page: &'a Page<'a>,
    document: &'a Document<'a>,
    depth: Cell<usize>,
    tests_left: Cell<usize>,
}

impl Run<'_> {
    fn passes(&self, check: &Check, id: NodeId) -> Option<bool> {
        self.tests_left.set(self.tests_left.get().checked_sub(1)?);
        if !check.types.contains(self.type_of(id)) {
            return Some(false);
        }
        // Most values only have a type to them.
        if check.tests.is_empty() {
            return Some(true);
        }
        let depth = self.depth.get() + 1;
        if depth > DEEPEST {
            return None;
        }
        self.depth.set(depth);
        let passes = all(&check.tests, |test| self.passes_test(test, id));
        self.depth.set(depth - 1);
        passes
    }

    fn passes_test(&self, test: &Test, id: NodeId) -> Option<bool> {
        let node = Node::Value {
            page: self.page,
            id,
        };
        Some(match test {
            Test::Required(keys) => {
                let has = |key: &String| self.members(id).any(|member| member.key.text == *key);
                !matches!(self.document.node(id).kind, Kind::Mapping(_)) || keys.iter().all(has)
            }
            Test::Members(members) => {
                let passes = |member| self.member_passes(members, member);
                all(self.members(id), passes)?
            }
            Test::ItemCount(allowed) => match self.document.node(id).kind {
                Kind::Sequence(_) => allowed.contains(&self.document.items(id).len()),
                _ => true,
            },
            Test::Items { prefix, rest } => {
                let items = self.document.items(id).iter().enumerate();
                let check = |index| prefix.get(index).unwrap_or(rest);
                all(items, |(index, &item)| self.passes(check(index), item))?
            }
            Test::Pattern(pattern) => match self.text(id) {
                Some(text) => self.matches(pattern, text, id)?,
                None => true,
            },
            // Looking up a path that is not there is counted: that is left to the validator.
            Test::Format(Format::Path) => match self.text(id) {
                Some(text) => self.page.paths.is_surely_there(text).then_some(true)?,
                None => true,
            },
            Test::Format(format) => format.check(&node).is_ok(),
            Test::Reference(index) => self.passes(self.targets.get(*index)?, id)?,
            Test::AnyOf(checks) => !all(checks, |check| Some(!self.passes(check, id)?))?,
            Test::OneOf(checks) => {
                let mut count = 0;
                all(checks, |check| {
                    count += usize::from(self.passes(check, id)?);
                    Some(count < 2)
                })?;
                count == 1
            }
            Test::Not(check) => !self.passes(check, id)?,
            Test::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                let next = match self.passes(condition, id)? {
                    true => then,
                    false => otherwise,
                };
                self.passes(next, id)?
            }
            Test::Leaves(leaves) => leaves.validator()?.is_valid(node),
        })
    }

    fn member_passes(&self, members: &Members, member: &Member<'_>) -> Option<bool> {
        let name = &*member.key.text;
        let listed = members.listed.get(name);
        let mut is_known = listed.is_some();
        let fits_patterns = all(&members.patterns, |(pattern, check)| {
            let matches = self.matches(pattern, name, member.value)?;
            is_known |= matches;
            Some(!matches || self.passes(check, member.value)?)
        });
        if !fits_patterns? {
            return Some(false);
        }
        match listed {
            Some(check) => self.passes(check, member.value),
            None if is_known => Some(true),
            None => self.passes(&members.additional, member.value),
        }
    }

    fn matches(&self, pattern: &Pattern, text: &str, id: NodeId) -> Option<bool> {
        let steps = text.len() / BYTES_A_STEP + pattern.steps(text);
        self.page.budget.spend(id, steps);
        pattern.matches(text).ok()
    }

    /// The members of a mapping; the schema does not apply to `$schema` at the root.
    fn members(&self, id: NodeId) -> impl Iterator<Item = &Member<'_>> {
        let is_root = id == self.document.root();
        let members = self.document.members(id).iter();
        members.filter(move |member| !is_root || member.key.text != SCHEMA_KEY)
    }

    /// The text of a value that is a string to the schema.
    fn text(&self, id: NodeId) -> Option<&str> {
        let scalar = self.document.scalar(id)?;
        (type_of(&scalar.value) == JsonType::String).then_some(&*scalar.text)
    }

    /// The type of a value; [`JsonType::Number`] for numbers that are no integers.
    fn type_of(&self, id: NodeId) -> JsonType {
        match &self.document.node(id).kind {
            Kind::Mapping(_) => JsonType::Object,
            Kind::Sequence(_) => JsonType::Array,
            Kind::Scalar(scalar) => match &scalar.value {
                dialect::Value::Integer(_) | dialect::Value::BigInteger(_) => JsonType::Integer,
                dialect::Value::Float(number) if number.fract() == 0.0 => JsonType::Integer,
                value => type_of(value),
            },
        }
    }
}

/// Whether all parts pass; `None` as soon as that of one is not certain.
fn all<T>(
    parts: impl IntoIterator<Item = T>,
    mut passes: impl FnMut(T) -> Option<bool>,
) -> Option<bool> {
    for part in parts {
        if !passes(part)? {
            return Some(false);
        }
    }
    Some(true)
}

impl Leaves {
    fn validator(&self) -> Option<&Validator<Tree>> {
        let build = || {
            let options = jsonschema::options_for::<Tree>().with_draft(self.draft);
            let options = options.with_pattern_options(patterns::options());
            options.build(&self.schema).ok()
        };
        self.validator.get_or_init(build).as_ref()
    }
}
