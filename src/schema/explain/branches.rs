//! `anyOf` and `oneOf`: the branch that was meant, or all of them in words.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};

use super::keyword_notes::KeywordNotes;
use super::target::{KeyedNode, gap_target};
use super::{Explainer, Explanation, KeyFault, Rank, words};
use crate::diagnostic::RuleId;
use crate::dialect::Value;
use crate::syntax::pointer;

/// More branches than this are not named one by one.
const MOST_NAMED: usize = 64;

type Branches = [Vec<ValidationError<'static>>];

impl Explainer<'_> {
    /// No branch accepts the value.
    pub(super) fn no_branch(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        branches: &Branches,
    ) {
        if let Some(keys) = alternatives(branches, at) {
            self.lacks_all(notes, found, at, &keys);
            return;
        }
        if let Some(branch) = nearest_branch(branches, at).and_then(|index| branches.get(index)) {
            for error in branch {
                self.violation(error);
            }
            return;
        }
        let nouns = self.nouns(notes, branches.len());
        let mismatched = branches
            .iter()
            .all(|branch| branch.iter().any(|error| is_of_other_type(error, at)));
        if mismatched {
            let expected: Vec<JsonType> = branches.iter().flatten().flat_map(types).collect();
            let noun = nouns.map_or_else(
                || words::types(&expected, None),
                |nouns| words::join(&nouns, "or"),
            );
            let explanation = self.not_of_type(found, at, &noun, &expected);
            self.report(notes, explanation);
            return;
        }
        self.no_form(notes, found, at, nouns, branches);
    }

    /// A value of a right type that has none of the forms.
    fn no_form(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        nouns: Option<Vec<String>>,
        branches: &Branches,
    ) {
        let subject = self.subject(at);
        let is_null = self.document.is_null(found.id);
        let is = match self.document.scalar(found.id).map(|scalar| &scalar.value) {
            Some(Value::Null) => "empty".to_owned(),
            _ => self.plainly(found),
        };
        let message = match nouns {
            Some(nouns) if !is_null || !nouns.is_empty() => {
                format!(
                    "{subject} must be {}, but is {is}",
                    words::join(&nouns, "or")
                )
            }
            _ => format!("{subject} is {is}, which has none of the forms that the schema allows"),
        };
        let all_values = branches.iter().flatten().all(|error| {
            error.instance_path().as_str() == at
                && matches!(
                    error.kind(),
                    Kind::Enum { .. }
                        | Kind::Constant { .. }
                        | Kind::Pattern { .. }
                        | Kind::Type { .. }
                )
        });
        let all_formats = branches.iter().flatten().all(|error| {
            error.instance_path().as_str() == at && matches!(error.kind(), Kind::Custom { .. })
        });
        let rule = match (all_formats, all_values) {
            (true, _) => RuleId::InvalidFormat,
            (_, true) => RuleId::InvalidValue,
            _ => RuleId::SchemaMismatch,
        };
        let target = self.target_of(found);
        let explanation = Explanation::new(rule, Rank::Branch, target, at, message)
            .schema_label("the forms allowed are given here");
        self.report(notes, explanation);
    }

    /// More than one branch of `oneOf` accepts the value.
    pub(super) fn many_branches(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        branches: &Branches,
    ) {
        let subject = self.subject(at);
        let fitting: Vec<usize> = (0..branches.len())
            .filter(|&index| branches[index].is_empty())
            .collect();
        let keys: Option<Vec<String>> = fitting
            .iter()
            .map(|&index| self.required_key(notes, index))
            .collect();
        let message = match keys {
            Some(keys) if keys.len() > 1 => {
                let keys: Vec<_> = keys.iter().map(|key| words::code(key)).collect();
                format!(
                    "{subject} has {}, but only one of them is allowed",
                    words::join(&keys, "and")
                )
            }
            _ => {
                let all = self.nouns(notes, branches.len());
                let nouns: Option<Vec<String>> = all.map(|all| {
                    fitting
                        .iter()
                        .filter_map(|&index| all.get(index).cloned())
                        .collect()
                });
                match nouns {
                    Some(nouns) if nouns.len() > 1 => format!(
                        "{subject} is {} at once; the schema allows exactly one of these",
                        words::join(&nouns, "and")
                    ),
                    _ => format!(
                        "{subject} fits several forms of which the schema allows exactly one"
                    ),
                }
            }
        };
        let target = self.target_of(found);
        let explanation =
            Explanation::new(RuleId::SchemaMismatch, Rank::Branch, target, at, message)
                .schema_label("exactly one of these must fit");
        self.report(notes, explanation);
    }

    fn lacks_all(
        &mut self,
        notes: &KeywordNotes<'_>,
        found: KeyedNode<'_>,
        at: &str,
        keys: &[String],
    ) {
        let names: Vec<_> = keys.iter().map(|key| words::code(key)).collect();
        let message = format!(
            "{} lacks the key {}",
            self.subject(at),
            words::join(&names, "or")
        );
        let mut pointer = at.to_owned();
        if let Some(first) = keys.first() {
            pointer::push(&mut pointer, first);
        }
        let target = gap_target(self.document, found);
        let mut explanation =
            Explanation::new(RuleId::MissingKey, Rank::Type, target, pointer, message)
                .schema_label("one of these is required");
        explanation.key_fault = KeyFault::Missing;
        explanation.help = Some(format!("add one of them, {}", words::join(&names, "or")));
        self.report(notes, explanation);
    }

    /// Every branch as a noun, where each has one and they differ.
    fn nouns(&self, notes: &KeywordNotes<'_>, branches: usize) -> Option<Vec<String>> {
        let at = notes.at.as_ref().filter(|_| branches <= MOST_NAMED)?;
        let describer = self.describer();
        let mut nouns = Vec::new();
        for index in 0..branches {
            let noun = describer.describe(&at.child(&[&index.to_string()]))?;
            if !nouns.contains(&noun) {
                nouns.push(noun);
            }
        }
        Some(nouns)
    }

    fn required_key(&self, notes: &KeywordNotes<'_>, index: usize) -> Option<String> {
        let at = notes.at.as_ref()?.child(&[&index.to_string(), "required"]);
        let keys = self.schema.resources.value(&at)?.as_array()?;
        match keys.as_slice() {
            [only] => only.as_str().map(str::to_owned),
            _ => None,
        }
    }
}

/// The keys of which one is enough, where every branch requires one key and nothing else.
fn alternatives(branches: &Branches, at: &str) -> Option<Vec<String>> {
    if branches.len() > MOST_NAMED {
        return None;
    }
    let mut keys = Vec::new();
    for branch in branches {
        let [error] = branch.as_slice() else {
            return None;
        };
        match error.kind() {
            Kind::Required { property } if error.instance_path().as_str() == at => {
                let key = property.as_str()?.to_owned();
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            _ => return None,
        }
    }
    (keys.len() > 1).then_some(keys)
}

/// The branch with the fewest errors, of those that the value's type and fixed values allow; `None`
/// where several have as few.
fn nearest_branch(branches: &Branches, at: &str) -> Option<usize> {
    let fitting = |index: &usize| {
        branches
            .get(*index)
            .is_some_and(|branch| !branch.iter().any(|error| is_of_other_type(error, at)))
    };
    let mut candidates: Vec<usize> = (0..branches.len()).filter(fitting).collect();
    let chosen: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&index| {
            !branches[index]
                .iter()
                .any(|error| is_discriminator(error, at))
        })
        .collect();
    if !chosen.is_empty() {
        candidates = chosen;
    }
    let cost = |index: usize| {
        let here = branches[index]
            .iter()
            .filter(|error| error.instance_path().as_str() == at);
        (here.count(), branches[index].len())
    };
    let best = candidates
        .iter()
        .copied()
        .min_by_key(|&index| cost(index))?;
    let ties = candidates
        .iter()
        .filter(|&&index| cost(index) == cost(best))
        .count();
    (ties == 1).then_some(best)
}

/// Whether an error excludes its branch by the value's type.
fn is_of_other_type(error: &ValidationError<'_>, at: &str) -> bool {
    if error.instance_path().as_str() != at {
        return false;
    }
    match error.kind() {
        Kind::Type { .. } | Kind::FalseSchema => true,
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => context
            .iter()
            .all(|branch| branch.iter().any(|error| is_of_other_type(error, at))),
        _ => false,
    }
}

/// Whether the error is about a member with a fixed value, which selects another branch.
fn is_discriminator(error: &ValidationError<'_>, at: &str) -> bool {
    matches!(error.kind(), Kind::Constant { .. } | Kind::Enum { .. })
        && pointer::split_last(error.instance_path().as_str()).is_some_and(|(owner, _)| owner == at)
}

fn types(error: &ValidationError<'static>) -> Vec<JsonType> {
    match error.kind() {
        Kind::Type {
            kind: TypeKind::Single(one),
        } => vec![*one],
        Kind::Type {
            kind: TypeKind::Multiple(set),
        } => set.iter().collect(),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            context.iter().flatten().flat_map(types).collect()
        }
        _ => Vec::new(),
    }
}
