//! Values that were not checked because that would take too long: one finding for each.

use std::borrow::Cow;

use super::target::{NodeFinder, key_target, value_target};
use super::words;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::schema::budget::{Excess, Omission, STEPS};
use crate::syntax::{Document, NodeId, pointer};

/// The finding about what was not checked. `schema` is the schema's name.
pub(super) fn explain(omission: &Omission, document: &Document<'_>, schema: &str) -> Diagnostic {
    let mut at = pointer_of(document, omission.node);
    if let Some(key) = &omission.key {
        pointer::push(&mut at, key);
    }
    // Many values together exceed these budgets: point at the root key that holds them.
    let is_of_page = matches!(
        omission.excess,
        Excess::Steps | Excess::Errors | Excess::Depth
    );
    if is_of_page && let Some(end) = at.get(1..).and_then(|rest| rest.find('/')) {
        at.truncate(end + 1);
    }
    let subject = match &omission.key {
        Some(key) => format!("the key {}", words::code(key)),
        None => words::subject(document, &at),
    };
    let (message, help) = words_of(&omission.excess, &subject, schema);
    let finding = Diagnostic::new(RuleId::InvalidSchema, message)
        .pointer(at.clone())
        .help(help);
    let Some(found) = NodeFinder::new(document).find(&at) else {
        return finding;
    };
    let target = match (found.key, &omission.key) {
        (Some(key), Some(_)) => key_target(key),
        _ => value_target(document, found),
    };
    finding.at_source(target.source, target.span, target.label)
}

fn words_of(excess: &Excess, subject: &str, schema: &str) -> (String, String) {
    let millions = STEPS / 1_000_000;
    match excess {
        Excess::Steps => (
            format!(
                "{subject} cannot be checked: the schema `{schema}` takes more than {millions} million steps on this page"
            ),
            "write fewer alternatives (`anyOf`, `oneOf`, `if`) and references below each other in the schema, since their ways multiply, or a smaller value".to_owned(),
        ),
        Excess::Errors => (
            format!(
                "{subject} cannot be checked: the schema `{schema}` finds more errors on this page than can be kept, those of all alternatives counted"
            ),
            "write fewer alternatives (`anyOf`, `oneOf`) below each other in the schema, or a smaller value".to_owned(),
        ),
        Excess::Depth => (
            format!("{subject} is nested too deep to be checked against the schema `{schema}`"),
            "nest the value less deep, or write fewer references one after the other in the schema"
                .to_owned(),
        ),
        Excess::Subschema => (
            format!(
                "{subject} cannot be checked: references in the schema `{schema}` are chained too long, or lead to one subschema in too many ways"
            ),
            "write fewer references (`$ref`) one after the other in the schema, and refer to each subschema once".to_owned(),
        ),
        Excess::LongText { pattern, len, most } => (
            format!(
                "{subject} has {len} characters, too many to test them against the pattern {}",
                words::code(pattern)
            ),
            format!(
                "shorten the text to {most} characters, or write the pattern without look-around and back-references in the schema `{schema}`"
            ),
        ),
        Excess::SlowPattern(pattern) => (
            format!(
                "{subject} cannot be tested against the pattern {}, which takes too long on this text",
                words::code(pattern)
            ),
            format!(
                "simplify the pattern in the schema `{schema}`: repetitions within repetitions make it slow"
            ),
        ),
    }
}

/// The pointer to a node; that of the root for a node that nothing leads to.
fn pointer_of(document: &Document<'_>, wanted: NodeId) -> String {
    struct Step<'d> {
        id: NodeId,
        above: usize,
        token: Cow<'d, str>,
    }
    let mut steps = vec![Step {
        id: document.root(),
        above: 0,
        token: "".into(),
    }];
    let mut next = 0;
    // Aliases may lead to a node in more than one way.
    while let Some(step) = steps.get(next).filter(|_| next <= 2 * document.len()) {
        let id = step.id;
        if id == wanted {
            break;
        }
        let members = document.members(id).iter();
        steps.extend(members.map(|member| Step {
            id: member.value,
            above: next,
            token: Cow::Borrowed(&*member.key.text),
        }));
        let items = document.items(id).iter().enumerate();
        steps.extend(items.map(|(index, &id)| Step {
            id,
            above: next,
            token: index.to_string().into(),
        }));
        next += 1;
    }
    let mut tokens = Vec::new();
    let mut at = next;
    while let Some(step) = steps.get(at).filter(|_| at != 0) {
        tokens.push(&*step.token);
        at = step.above;
    }
    let mut pointer = String::new();
    for token in tokens.into_iter().rev() {
        pointer::push(&mut pointer, token);
    }
    pointer
}
