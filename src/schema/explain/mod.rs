//! Violations in words: each becomes a finding of the right rule, at the place to change, with
//! what was expected and what was found.
//!
//! Decides nothing about validity: the validator does.

mod branches;
mod dates_as_text;
mod key_faults;
mod keyword_notes;
mod list_items;
mod meant_names;
mod merge;
mod near_misses;
mod over_budget;
mod renamed;
mod rewrite;
mod scalars;
mod target;
mod trial;
mod types;
mod violation;
mod words;

use std::collections::{HashMap, HashSet};

use super::budget::Omissions;
use super::compiled::Schema;
use super::formats::Paths;
use super::instance::{Node, Page};
use super::resources::Location;
use super::subschemas::{Search, SubschemaId, Subschemas};
use crate::diagnostic::{Diagnostic, Fix, LeftOut, Merged, RuleId, Severity};
use crate::syntax::{Document, Kind};
use crate::text::SourceId;
use keyword_notes::KeywordNotes;
use target::{KeyedNode, NodeFinder, Target, value_target};

/// A document with more findings than this is not the work of a person; the rest is counted.
const MOST: usize = 1_000;
/// Unknown keys of one mapping that are reported one by one; the rest is counted.
const MOST_KEYS: usize = 100;
/// Pairs of a subschema and a value that are remembered from searches.
const MOST_SEARCHED: usize = 200_000;

/// What is wrong with a document.
#[derive(Debug, Default)]
pub struct Violations {
    /// One finding for each fault.
    pub findings: Vec<Diagnostic>,
    /// Findings for which `findings` has another one, of another rule, about the same value. They are
    /// reported where that one is suppressed or the configuration makes it less severe.
    pub merged: Vec<Merged>,
    /// The keys of the page that are near a known one, whether or not that is reported.
    pub near_keys: Vec<NearKey>,
}

/// A key that no schema lists and that is near one that a schema lists. Where several pages of a
/// collection have it, it is no slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearKey {
    /// The pointer to it, with `*` for the places in lists.
    pub pattern: String,
    /// The pointer of the finding about it, where there is one.
    pub pointer: Option<String>,
}

/// Of several findings about one value the lowest is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Type,
    Choice,
    Branch,
    Format,
    Pattern,
    Bound,
    Rest,
}

/// What is wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyFault {
    None,
    Missing,
    Unknown,
}

/// A finding before it is compared with the others.
struct Finding {
    rank: Rank,
    key_fault: KeyFault,
    /// For an unknown key, the known one it looks like.
    meant: Option<String>,
    /// What would be wrong with its value under the known key.
    problem_as_meant: Option<String>,
    diagnostic: Diagnostic,
}

/// What is wrong with a value or a key, before the schema's own words are added.
struct Explanation {
    rule: RuleId,
    rank: Rank,
    key_fault: KeyFault,
    target: Target,
    pointer: String,
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
    meant: Option<String>,
    problem_as_meant: Option<String>,
    /// For `errorMessage` by key.
    key: Option<String>,
    /// The label of the keyword in the schema file.
    schema_label: &'static str,
    related: Vec<(Target, String)>,
}

impl Explanation {
    fn new(
        rule: RuleId,
        rank: Rank,
        target: Target,
        pointer: impl Into<String>,
        message: String,
    ) -> Self {
        let pointer = pointer.into();
        Self {
            rule,
            rank,
            key_fault: KeyFault::None,
            target,
            pointer,
            message,
            help: None,
            fix: None,
            meant: None,
            problem_as_meant: None,
            key: None,
            schema_label: "the schema says so here",
            related: Vec::new(),
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn schema_label(mut self, label: &'static str) -> Self {
        self.schema_label = label;
        self
    }
}

struct Explainer<'a> {
    schema: &'a Schema,
    document: &'a Document<'a>,
    page: &'a Page<'a>,
    reader: &'a str,
    finder: NodeFinder<'a>,
    findings: Vec<Finding>,
    left_out: LeftOut,
    /// The values that findings are about, once there are [`MOST`] of them.
    known: HashSet<String>,
    searches: Searches,
    comparisons: meant_names::ComparisonBudget,
    /// How many renamings may still be tried.
    renamings: usize,
    /// How many values may still be tried.
    trials: usize,
    /// What is wrong with the page as it is, once a renaming or a value is tried.
    before_renaming: Option<HashSet<renamed::Fault>>,
    near_keys: Vec<NearKey>,
}

/// The subschemas that were searched for, by the values' pointers: many violations may be about one
/// value.
#[derive(Default)]
struct Searches {
    by_pointer: HashMap<String, Search>,
    size: usize,
}

impl Searches {
    fn chain(
        &mut self,
        subschemas: &Subschemas,
        at: &str,
        tokens: &[String],
        owner: &Location,
    ) -> Vec<SubschemaId> {
        if self.size > MOST_SEARCHED {
            self.by_pointer.clear();
            self.size = 0;
        }
        let search = self.by_pointer.entry(at.to_owned()).or_default();
        let before = search.len();
        let chain = subschemas.chain(search, tokens, owner);
        self.size += search.len() - before + 1;
        chain
    }
}

/// Everything that violates the schema in a document.
pub(super) fn explain(
    schema: &Schema,
    document: &Document<'_>,
    paths: &dyn Paths,
    reader: &str,
) -> Violations {
    let checked = schema.within_budget(document, paths, |page| explain_page(schema, page, reader));
    match checked {
        Ok((mut violations, omissions)) => {
            if !omissions.is_empty() {
                add_omissions(
                    &mut violations.findings,
                    &omissions,
                    document,
                    schema.name(),
                );
            }
            violations
        }
        Err(omission) => Violations {
            findings: vec![over_budget::explain(&omission, document, schema.name())],
            ..Violations::default()
        },
    }
}

/// Adds what was not checked. It replaces findings about the values around it: a value that is not
/// checked counts as valid, so that those findings may be wrong.
#[cold]
fn add_omissions(
    findings: &mut Vec<Diagnostic>,
    omissions: &Omissions,
    document: &Document<'_>,
    schema: &str,
) {
    let omitted: Vec<_> = omissions
        .first
        .iter()
        .map(|omission| over_budget::explain(omission, document, schema))
        .collect();
    let holds = |outer: &str, inner: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    findings.retain(|finding| {
        let outer = finding.pointer.as_deref().unwrap_or_default();
        let mut inner = omitted
            .iter()
            .filter_map(|finding| finding.pointer.as_deref());
        !inner.any(|inner| holds(outer, inner))
    });
    findings.extend(omitted);
    let mut left_out = LeftOut::default();
    let next = omissions.next.unwrap_or(document.root());
    let span = document.node(next).span;
    for _ in 0..omissions.more() {
        left_out.add(RuleId::InvalidSchema, Severity::Error, SourceId::PAGE, span);
    }
    findings.extend(left_out.into_diagnostics());
}

fn explain_page(schema: &Schema, page: &Page<'_>, reader: &str) -> Violations {
    let document = page.document;
    let fast = schema.fast.as_ref();
    let is_valid = fast.and_then(|fast| fast.is_valid(page));
    let is_mapping = matches!(document.node(document.root()).kind, Kind::Mapping(_));
    let lists_all_keys = fast.is_some_and(|fast| fast.lists_all_keys);
    if is_valid == Some(true) && is_mapping && lists_all_keys && !dates_as_text::may_be_any(page) {
        return Violations::default();
    }
    explain_all(schema, page, reader, is_valid)
}

#[cold]
fn explain_all(
    schema: &Schema,
    page: &Page<'_>,
    reader: &str,
    is_valid: Option<bool>,
) -> Violations {
    let document = page.document;
    let mut explainer = Explainer::new(schema, page, reader);
    let root = page.root();
    let is_valid = is_valid.unwrap_or_else(|| schema.holds(root));
    if !is_valid {
        for error in schema.errors(root) {
            explainer.violation(&error);
        }
    }
    if dates_as_text::may_be_any(page) {
        explainer.dates_as_text();
    }
    let is_mapping = matches!(document.node(document.root()).kind, Kind::Mapping(_));
    let lists_all_keys = schema.fast.as_ref().is_some_and(|fast| fast.lists_all_keys);
    if !(is_valid && is_mapping && lists_all_keys) {
        explainer.near_misses();
    }
    explainer.finish()
}

impl<'a> Explainer<'a> {
    fn new(schema: &'a Schema, page: &'a Page<'a>, reader: &'a str) -> Self {
        let document = page.document;
        Self {
            schema,
            document,
            page,
            reader,
            finder: NodeFinder::new(document),
            findings: Vec::new(),
            left_out: LeftOut::default(),
            known: HashSet::new(),
            searches: Searches::default(),
            comparisons: meant_names::ComparisonBudget::default(),
            renamings: renamed::MOST_RENAMINGS,
            trials: trial::MOST_TRIALS,
            before_renaming: None,
            near_keys: Vec::new(),
        }
    }

    fn node(&self, found: KeyedNode<'_>) -> Node<'a> {
        Node::Value {
            page: self.page,
            id: found.id,
        }
    }

    fn subject(&self, pointer: &str) -> String {
        words::subject(self.document, pointer)
    }

    fn plainly(&self, found: KeyedNode<'_>) -> String {
        words::plainly(self.document, found.id)
    }

    fn target_of(&self, found: KeyedNode<'_>) -> Target {
        value_target(self.document, found)
    }

    /// Adds the schema's own words and keeps the finding.
    fn report(&mut self, notes: &KeywordNotes<'_>, explanation: Explanation) {
        let mut diagnostic = Diagnostic::new(explanation.rule, explanation.message)
            .at_source(
                explanation.target.source,
                explanation.target.span,
                explanation.target.label,
            )
            .pointer(explanation.pointer);
        if let Some(severity) = notes.severity() {
            diagnostic.severity = severity;
        }
        if let Some(wording) = notes.wording(explanation.key.as_deref()) {
            let ours = std::mem::replace(&mut diagnostic.message, wording);
            // Beside an underline there is room for a few words.
            if ours.chars().count() <= 80 {
                diagnostic = diagnostic.label(ours);
            }
        }
        // The site has looked the path up; what the schema says of paths in general adds nothing.
        let of_site = matches!(
            explanation.rule,
            RuleId::MissingFile | RuleId::RelativeUpload
        );
        diagnostic.help = match (
            explanation.help,
            notes.description(explanation.key.as_deref()),
        ) {
            (Some(help), Some(_)) if of_site => Some(help),
            (Some(help), Some(said)) => Some(format!("{help}; the schema says: {said}")),
            (None, Some(said)) => Some(format!("the schema says: {said}")),
            (help, None) => help,
        };
        diagnostic.fix = explanation.fix;
        for (target, label) in explanation.related {
            diagnostic = diagnostic.related(target.source, target.span, label);
        }
        if let Some((source, span)) = notes.span() {
            diagnostic = diagnostic.related(source, span, explanation.schema_label);
        }
        self.findings.push(Finding {
            rank: explanation.rank,
            key_fault: explanation.key_fault,
            meant: explanation.meant,
            problem_as_meant: explanation.problem_as_meant,
            diagnostic,
        });
    }
}
