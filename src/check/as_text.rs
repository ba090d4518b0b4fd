//! Asks a schema whether it would take a value as text.

use crate::diagnostic::{PathProblem, RuleId};
use crate::dialect::Value;
use crate::schema::{Paths, Schema};
use crate::syntax::{Document, NodeId};

/// Whether a schema wants something else than text where a scalar stands.
pub(super) fn is_refused(
    schema: &Schema,
    document: &Document<'_>,
    id: NodeId,
    pointer: &str,
) -> bool {
    let mut as_text = document.clone();
    as_text.set_value(id, Value::String);
    let violations = schema.validate(&as_text, &NoPaths, "");
    violations.iter().any(|violation| {
        violation.rule == RuleId::WrongType && violation.pointer.as_deref() == Some(pointer)
    })
}

/// Paths are of no interest where types are asked about.
struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}
