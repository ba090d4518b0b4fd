//! Numbers in the fields that Hugo reads as dates: it counts them as seconds since 1970.

use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::Value;
use crate::rules::values::{self, Leaf};
use crate::rules::{Context, dates};
use crate::syntax::Scalar;
use crate::text::SourceId;

/// So many seconds after 1970 no page was dated yet: it is the digits of a day or a year.
const FIRST_MEANT: i64 = 100_000_000;

/// Whether the generator reads numbers so.
pub(super) fn may_be_any(context: &Context<'_>) -> bool {
    dates::has_fields(context)
}

/// Whether a value is one in a field of dates.
pub(super) fn may_be(context: &Context<'_>, scalar: &Scalar<'_>) -> bool {
    matches!(scalar.value, Value::Integer(1..FIRST_MEANT)) && may_be_any(context)
}

pub(super) fn check(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let Value::Integer(seconds @ 1..FIRST_MEANT) = leaf.scalar.value else {
        return None;
    };
    let is_alias = leaf.source == SourceId::PAGE && leaf.span.slice(context.text).starts_with('*');
    if is_alias || !dates::is_field(context, leaf) {
        return None;
    }
    let read = dates::read(context, leaf)?;
    let message = format!(
        "Hugo takes {} for seconds since 1970, and so for {}",
        values::code(&leaf.scalar.text),
        dates::in_words(read.year, read.month, read.day)
    );
    let (year, month, day) = (seconds / 10_000, seconds / 100 % 100, seconds % 100);
    let date = format!("{year:04}-{month:02}-{day:02}");
    let is_day = dates::Written::read(&date).is_some_and(|date| date.fault().is_none());
    let help = match is_day {
        true => format!("write `{date}`"),
        false => "write it as YYYY-MM-DD".to_owned(),
    };
    let finding = Diagnostic::new(RuleId::SurprisingScalar, message)
        .at_source(leaf.source, leaf.span, "")
        .help(help)
        .pointer(context.values.pointer(leaf));
    Some(finding)
}
