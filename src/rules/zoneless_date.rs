//! The rule zoneless-date.

use super::concerns::Concern;
use super::values;
use super::{Context, dates, impossible_date};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Value, Zone};
use crate::syntax::{Scalar, Syntax};

super::rule! {
    /// ## What it does
    ///
    /// Reports a date with a time of day that does not say how far it is from UTC, on a site that
    /// names no time zone.
    ///
    /// ## Why it matters
    ///
    /// The generator takes the time for UTC and shows it in the time zone of the computer that
    /// builds the site. A page may move by hours, and to another day, from one build to the next.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 23:30:00
    /// ---
    /// ```
    ///
    /// Write the offset, or name the `timezone` in the generator's configuration:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 23:30:00 +02:00
    /// ---
    /// ```
    ZonelessDate, since "0.1.0", check check
}

/// Whether a value is a time without an offset.
#[inline]
pub(super) fn may_be_zoneless(scalar: &Scalar<'_>) -> bool {
    match &scalar.value {
        Value::Timestamp(timestamp) => timestamp.zone == Zone::None && !timestamp.is_date_only(),
        _ => false,
    }
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if context.site.timezone().is_some() {
        return;
    }
    if !dates::has_fields(context) && !context.values.are_concern(Concern::Zoneless) {
        return;
    }
    for leaf in context.values.each() {
        let Some(timestamp) = dates::read(context, leaf) else {
            continue;
        };
        let is_zoned = timestamp.is_date_only() || timestamp.zone != Zone::None;
        // What no clock shows is another rule's.
        if is_zoned || impossible_date::fault(leaf.scalar, leaf.key).is_some() {
            continue;
        }
        let text = leaf.scalar.text.trim();
        let is_joined = text.contains(['T', 't']) || context.document.block.syntax == Syntax::Toml;
        let blank = if is_joined { "" } else { " " };
        let reader = match context.document.block.syntax {
            Syntax::Yaml => context.site.reader(),
            Syntax::Toml | Syntax::Json => "the generator",
        };
        let set = match context.site.timezone_setting() {
            "" => String::new(),
            setting => format!(", or set {setting}"),
        };
        findings.push(
            Diagnostic::new(
                RuleId::ZonelessDate,
                format!(
                    "{} does not say how far it is from UTC, and {reader} takes it for UTC",
                    values::code(text)
                ),
            )
            .at_source(leaf.source, leaf.span, "")
            .help(format!(
                "write the offset after it (`{text}{blank}+00:00` if it is UTC){set}"
            ))
            .pointer(context.values.pointer(leaf)),
        );
    }
}
