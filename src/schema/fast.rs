//! The fast path of validation. Most pages are valid; the validator takes several times as long to
//! find that out, and that of a bundled schema takes longer to build than a page to check.
//!
//! [`FastPath::new`] turns a schema of common keywords into a tree of tests. Rare keywords without
//! subschemas are left to a small validator; anything else makes the whole schema one without a fast
//! path. It exists for speed alone: `tests/acceptance.rs` and the JSON Schema test suite compare it
//! with the validator.

use std::cell::Cell;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use foldhash::HashMap;
use jsonschema::{Draft, JsonType, JsonTypeSet, Validator};
use serde_json::{Map, Value};

use super::format_keyword::Format;
use super::instance::{BYTES_A_STEP, Node, Page, SCHEMA_KEY, Tree, type_of};
use super::lint;
use super::patterns::{self, Pattern};
use super::resources::{File, Location, Resources, percent_decoded};
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
        let root = &resources.files().first()?.value;
        let mut compiler = Compiler {
            drafts: drafts(resources.files())?,
            resources,
            assert_formats,
            indices: HashMap::from_iter([(std::ptr::from_ref(root), 0)]),
            open: vec![(root, 0)],
        };
        let mut targets = Vec::new();
        while let Some(&(schema, file)) = compiler.open.get(targets.len()) {
            targets.push(compiler.check(schema, file)?);
        }
        Some(Self {
            lists_all_keys: targets.first()?.lists_all_keys(true),
            targets,
        })
    }

    /// Whether a page is valid; `None` where only the validator can tell.
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

/// One page on its way through the tests. `None` stands for "only the validator can tell".
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
        let rest = (!is_known).then_some(&members.additional);
        let passes = |check| self.passes(check, member.value);
        Some(fits_patterns? && all(listed.into_iter().chain(rest), passes)?)
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

struct Compiler<'s> {
    resources: &'s Resources,
    /// Of each file.
    drafts: Vec<Draft>,
    assert_formats: bool,
    /// The places in `open` of what references lead to.
    indices: HashMap<*const Value, usize>,
    /// The root and the targets of references, each with its file.
    open: Vec<(&'s Value, usize)>,
}

impl<'s> Compiler<'s> {
    fn check(&mut self, schema: &'s Value, file: usize) -> Option<Check> {
        let mut check = Check::any();
        self.add(&mut check, schema, file)?;
        Some(check)
    }

    fn optional(&mut self, schema: Option<&'s Value>, file: usize) -> Option<Check> {
        schema.map_or_else(|| Some(Check::any()), |schema| self.check(schema, file))
    }

    fn list(&mut self, schemas: Option<&'s Value>, file: usize) -> Option<Vec<Check>> {
        let schemas = schemas.map_or(Some(&[][..]), |it| it.as_array().map(Vec::as_slice))?;
        let checks = schemas.iter().map(|schema| self.check(schema, file));
        checks.collect()
    }

    /// Adds the tests of a schema to those of a check.
    fn add(&mut self, check: &mut Check, schema: &'s Value, file: usize) -> Option<()> {
        if let Value::Bool(accepts) = schema {
            if !accepts {
                check.types = JsonTypeSet::empty();
            }
            return Some(());
        }
        let keywords = schema.as_object()?;
        let draft = *self.drafts.get(file)?;
        let has = |keyword: &str| keywords.contains_key(keyword);
        let mut leaves = Map::new();
        for (keyword, value) in keywords {
            let test = match keyword.as_str() {
                "$ref" => Test::Reference(self.target(value.as_str()?, file)?),
                // These drafts ignore what is beside a reference.
                _ if draft <= Draft::Draft7 && has("$ref") => continue,
                "type" if draft > Draft::Draft4 => {
                    check.types = check.types.intersect(types(value)?);
                    continue;
                }
                "allOf" => {
                    let mut parts = value.as_array()?.iter();
                    parts.try_for_each(|part| self.add(check, part, file))?;
                    continue;
                }
                "required" => {
                    let keys = value.as_array()?.iter();
                    let keys = keys.map(|key| key.as_str().map(str::to_owned));
                    Test::Required(keys.collect::<Option<_>>()?)
                }
                "pattern" => Test::Pattern(Pattern::new(value.as_str()?)),
                "format" if self.assert_formats => Test::Format(Format::named(value.as_str()?)),
                "format" => continue,
                "minItems" => Test::ItemCount(usize::try_from(value.as_u64()?).ok()?..=usize::MAX),
                "maxItems" => Test::ItemCount(0..=usize::try_from(value.as_u64()?).ok()?),
                "items" if has("prefixItems") => continue,
                "items" | "prefixItems" if keyword == "items" || draft > Draft::Draft201909 => {
                    Test::Items {
                        prefix: self.list(keywords.get("prefixItems"), file)?,
                        rest: self.optional(keywords.get("items"), file)?,
                    }
                }
                "anyOf" => Test::AnyOf(self.list(Some(value), file)?),
                "oneOf" => Test::OneOf(self.list(Some(value), file)?),
                "not" => Test::Not(self.check(value, file)?),
                "if" if draft >= Draft::Draft7 => Test::If(Box::new([
                    self.check(value, file)?,
                    self.optional(keywords.get("then"), file)?,
                    self.optional(keywords.get("else"), file)?,
                ])),
                "then" | "else" if draft >= Draft::Draft7 => continue,
                "additionalProperties" if has("patternProperties") || has("properties") => continue,
                "patternProperties" if has("properties") => continue,
                "properties" | "patternProperties" | "additionalProperties" => {
                    Test::Members(self.members(keywords, file)?)
                }
                leaf if lint::is_leaf(leaf) => {
                    leaves.insert(keyword.clone(), value.clone());
                    continue;
                }
                ignored if lint::is_annotation(ignored) => continue,
                _ => return None,
            };
            check.tests.push(test);
        }
        if !leaves.is_empty() {
            check.tests.push(Test::Leaves(Leaves {
                schema: Value::Object(leaves),
                draft,
                validator: OnceLock::new(),
            }));
        }
        Some(())
    }

    fn members(&mut self, keywords: &'s Map<String, Value>, file: usize) -> Option<Members> {
        let schemas = |keyword| keywords.get(keyword).and_then(Value::as_object);
        let mut listed = HashMap::default();
        for (name, schema) in schemas("properties").into_iter().flatten() {
            listed.insert(name.clone(), self.check(schema, file)?);
        }
        let mut patterns = Vec::new();
        for (pattern, schema) in schemas("patternProperties").into_iter().flatten() {
            patterns.push((Pattern::new(pattern), self.check(schema, file)?));
        }
        Some(Members {
            listed,
            patterns,
            additional: self.optional(keywords.get("additionalProperties"), file)?,
        })
    }

    /// The place of what a reference leads to.
    fn target(&mut self, reference: &str, file: usize) -> Option<usize> {
        let (_, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let at = match fragment {
            _ if !(fragment.is_empty() || fragment.starts_with('/')) => return None,
            _ if reference.starts_with('#') => Location {
                file,
                pointer: percent_decoded(fragment),
            },
            _ => {
                let from = &self.resources.files().get(file)?.uri;
                self.resources.resolve(from, reference)?.0
            }
        };
        let schema = self.resources.value(&at)?;
        let index = self.indices.entry(schema).or_insert_with(|| {
            self.open.push((schema, at.file));
            self.open.len() - 1
        });
        Some(*index)
    }
}

/// What `type` names: with every number, integers.
fn types(value: &Value) -> Option<JsonTypeSet> {
    let one = std::slice::from_ref(value);
    let mut names = value.as_array().map_or(one, Vec::as_slice).iter();
    names.try_fold(JsonTypeSet::empty(), |types, name| {
        let of: JsonType = name.as_str()?.parse().ok()?;
        let types = types.insert(of);
        Some(match of {
            JsonType::Number => types.insert(JsonType::Integer),
            _ => types,
        })
    })
}

/// The draft of each file, where it is certain what its references and keywords mean: a file that is
/// referred to names its draft, and nothing has a URI of its own but the root of a lone file.
fn drafts(files: &[File]) -> Option<Vec<Draft>> {
    let drafts = files.iter().enumerate().map(|(index, File { value, .. })| {
        let draft = Draft::default().detect(value);
        let is_known = draft != Draft::Unknown && (index == 0 || value.get("$schema").is_some());
        let has_id = value.get(draft.id_keyword()).is_some_and(Value::is_string);
        let is_plain = !has_identity_below(value, draft) && (files.len() == 1 || !has_id);
        (is_known && is_plain).then_some(draft)
    });
    drafts.collect()
}

fn has_identity_below(schema: &Value, draft: Draft) -> bool {
    let names = [draft.id_keyword(), "$schema"];
    let is_named = |value: &Value| {
        let mut ids = names.iter().filter_map(|name| value.get(*name));
        ids.any(Value::is_string) || has_identity_below(value, draft)
    };
    match schema {
        Value::Object(members) => members.values().any(is_named),
        Value::Array(items) => items.iter().any(is_named),
        _ => false,
    }
}
