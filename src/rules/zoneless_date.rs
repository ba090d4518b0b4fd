//! Owns the rule `zoneless-date`: its docs, and what it reports. Must not change a page.

use super::scalars::ScalarRef;
use super::{Context, dates, words};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Timestamp, Value, Zone};
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

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if context.site.timezone().is_some() || !context.site.shows_time_of_builder() {
        return;
    }
    // A text without an offset is what the clocks of the builder show, and stays what it is.
    let is_suspect = |scalar: &Scalar<'_>| match &scalar.value {
        Value::Timestamp(timestamp) => is_zoneless(timestamp),
        _ => false,
    };
    for scalar in context.scalars.suspects(is_suspect) {
        // A time that no clock shows is left to impossible-date.
        if dates::fault(scalar.inner, scalar.key).is_none() {
            findings.push(zoneless(context, scalar));
        }
    }
}

fn is_zoneless(timestamp: &Timestamp) -> bool {
    timestamp.zone == Zone::None && !timestamp.is_date_only()
}

fn zoneless(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Diagnostic {
    let text = scalar.inner.text.trim();
    let syntax = context.document.block.syntax;
    let is_joined = text.contains(['T', 't']) || syntax == Syntax::Toml;
    let space = if is_joined { "" } else { " " };
    let reader = match syntax {
        Syntax::Yaml => context.site.reader(),
        Syntax::Toml | Syntax::Json => "the generator",
    };
    let setting = match context.site.timezone_setting() {
        "" => String::new(),
        setting => format!(", or set {setting}"),
    };
    let message = format!(
        "{} does not say how far it is from UTC, and {reader} takes it for UTC",
        words::code(text)
    );
    context
        .finding(RuleId::ZonelessDate, scalar, message)
        .help(format!(
            "write the offset after it (`{text}{space}+00:00` if it is UTC){setting}"
        ))
}
