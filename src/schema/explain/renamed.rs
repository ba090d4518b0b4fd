//! The key that was meant in place of an unknown one. Each is tried on the page: nothing is proposed
//! that would be refused.

use serde_json::Value as JsonValue;

use super::rewrite::{quoted, syntax_of};
use super::target::child;
use super::{Explainer, Explanation};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::schema::compiled::Schema;
use crate::schema::instance::Page;
use crate::syntax::{Document, Key, NodeId, pointer};
use crate::text::one_line;

/// So many renamings are tried for a page; each is a validation.
pub(super) const MOST_RENAMINGS: usize = 16;

/// So many names are tried in place of one key.
const MOST_NAMES: usize = 3;

/// A key that may have been meant.
pub(super) struct Suggestion {
    meant: String,
    /// What is wrong with the value under that key.
    problem: Option<String>,
    /// Renames it; `None` where the page would be wrong in another way then.
    fix: Option<Fix>,
}

/// What the schema says of a page with one key renamed.
struct Renamed {
    /// Whether the page may have the new key: the branch of the schema that lists it applies.
    is_known: bool,
    /// What is wrong with the value under the new key.
    problem: Option<String>,
    /// Whether something else is wrong that was not before.
    spoils_others: bool,
}

impl Explanation {
    /// Says which key was meant.
    pub(super) fn suggest(&mut self, suggestion: Suggestion) {
        let Suggestion {
            meant,
            problem,
            fix,
        } = suggestion;
        let question = format!("did you mean `{}`?", one_line(&meant));
        self.help = Some(match &problem {
            Some(problem) => format!("{question} its value would be wrong, too: {problem}"),
            None => question,
        });
        self.fix = fix;
        self.meant = Some(meant);
        self.problem_as_meant = problem;
    }
}

/// Puts another name in place of a key.
fn rename(document: &Document<'_>, key: &Key<'_>, name: &str) -> Option<Fix> {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let written_plainly = key.span.len() as usize == key.text.len();
    let content = if plain && written_plainly {
        name.to_owned()
    } else {
        quoted(name, syntax_of(document, key.source))?
    };
    Some(Fix {
        title: format!("Rename to `{name}`"),
        edits: vec![Edit {
            source: key.source,
            span: key.span,
            content,
        }],
        applicability: Applicability::Unsafe,
    })
}

impl Explainer<'_> {
    /// The first of `meant` that the page may have in place of `key`, in the mapping whose pointer is
    /// `owner`.
    pub(super) fn suggest<'c>(
        &mut self,
        mapping: NodeId,
        key: &Key<'_>,
        owner: &str,
        meant: impl IntoIterator<Item = &'c (impl AsRef<str> + 'c)>,
    ) -> Option<Suggestion> {
        for meant in meant.into_iter().map(AsRef::as_ref).take(MOST_NAMES) {
            let (problem, fix) = match self.try_renaming(mapping, owner, &key.text, meant) {
                Some(Renamed {
                    is_known: false, ..
                }) => continue,
                Some(renamed) => {
                    let fits = renamed.problem.is_none() && !renamed.spoils_others;
                    let fix = fits.then(|| rename(self.document, key, meant)).flatten();
                    (renamed.problem, fix)
                }
                None => (None, None),
            };
            return Some(Suggestion {
                meant: meant.to_owned(),
                problem,
                fix,
            });
        }
        None
    }

    /// Tries a renaming of the key `name` in a mapping, whose pointer is `owner`. `None` where it is
    /// not tried.
    fn try_renaming(
        &mut self,
        mapping: NodeId,
        owner: &str,
        name: &str,
        meant: &str,
    ) -> Option<Renamed> {
        let mut members = self.document.members(mapping).iter();
        let index = members.position(|member| member.key.text == name)?;
        self.renamings = self.renamings.checked_sub(1)?;
        let before = self.before_renaming.get_or_insert_with(|| {
            let findings = violations(self.schema, self.page, self.reader);
            findings.into_iter().map(fault_of).collect()
        });
        let mut document = self.document.clone();
        document.rename_member(mapping, index, meant.to_owned());
        let target = child(owner, meant);
        let (schema, reader) = (self.schema, self.reader);
        let outcome = schema.within_budget(&document, self.page.paths, |page| {
            let findings = violations(schema, page, reader);
            let validator = schema.validator.as_ref();
            let evaluation = validator.map(|validator| validator.evaluate(page.root()));
            let units = evaluation
                .and_then(|evaluation| serde_json::to_value(evaluation.list()).ok())
                .unwrap_or_default();
            (findings, applies(&units, &target, meant))
        });
        let ((findings, is_applied), _) = outcome.ok()?;
        let is_at_target = |finding: &Diagnostic| {
            let at = finding.pointer.as_deref();
            at.is_some_and(|at| is_within(at, &target))
        };
        let (at_target, others): (Vec<_>, Vec<_>) = findings.into_iter().partition(is_at_target);
        let is_refused = at_target.iter().any(|finding| {
            finding.rule == RuleId::UnknownKey && finding.pointer.as_deref() == Some(&*target)
        });
        Some(Renamed {
            is_known: is_applied && !is_refused,
            problem: at_target.first().map(|finding| finding.message.clone()),
            spoils_others: others
                .into_iter()
                .any(|finding| !before.contains(&fault_of(finding))),
        })
    }
}

/// What is wrong and where.
pub(super) type Fault = (RuleId, Option<String>);

pub(super) fn fault_of(finding: Diagnostic) -> Fault {
    (finding.rule, finding.pointer)
}

/// What violates the schema in a page; no key or value is tried in place of another.
pub(super) fn violations(schema: &Schema, page: &Page<'_>, reader: &str) -> Vec<Diagnostic> {
    let mut explainer = Explainer::new(schema, page, reader);
    explainer.renamings = 0;
    explainer.trials = 0;
    for error in schema.errors(page.root()) {
        explainer.violation(&error);
    }
    explainer.finish().findings
}

/// Whether a `properties` that lists a key was applied to the value at `target`, in a branch that is
/// that of the page: `then` whose `if` holds, and a choice of which nothing but this value is wrong.
fn applies(units: &JsonValue, target: &str, key: &str) -> bool {
    let units: Vec<Unit<'_>> = units
        .get("details")
        .and_then(JsonValue::as_array)
        .into_iter()
        .flatten()
        .filter_map(Unit::of)
        .collect();
    let mut listing = "/properties".to_owned();
    pointer::push(&mut listing, key);
    let mut applied = units
        .iter()
        .filter(|unit| unit.at == target && unit.path.ends_with(&listing));
    applied.any(|unit| {
        choices(unit.path).all(|choice| {
            let mut errors = units.iter().filter(|unit| unit.has_errors);
            errors.all(|error| !is_within(error.path, choice) || is_within(error.at, target))
        })
    })
}

/// One unit of the validator's output: a keyword or a subschema, applied to a value.
struct Unit<'u> {
    path: &'u str,
    at: &'u str,
    has_errors: bool,
}

impl<'u> Unit<'u> {
    fn of(unit: &'u JsonValue) -> Option<Self> {
        let text = |key| unit.get(key).and_then(JsonValue::as_str);
        Some(Self {
            path: text("evaluationPath")?,
            at: text("instanceLocation")?,
            has_errors: unit.get("errors").is_some(),
        })
    }
}

/// The branches of `anyOf` and `oneOf` on the way to a keyword.
fn choices(path: &str) -> impl Iterator<Item = &str> {
    let starts = ["/anyOf/", "/oneOf/"]
        .into_iter()
        .flat_map(|keyword| path.match_indices(keyword));
    starts.map(|(start, keyword)| {
        let index = start + keyword.len();
        let rest = path.get(index..).unwrap_or_default();
        let end = index + rest.find('/').unwrap_or(rest.len());
        path.get(..end).unwrap_or(path)
    })
}

/// Whether a pointer is another, or leads on from it.
pub(super) fn is_within(pointer: &str, outer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
