//! Owns the rule `impossible-date`: its docs, and what it reports. Must not change a page.

use super::dates::{self, WrittenDate};
use super::scalars::ScalarRef;
use super::{Context, words};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};
use crate::syntax::Syntax;

super::rule! {
    /// ## What it does
    ///
    /// Reports a date that no calendar has, such as 30 February, or a time that no clock shows; and
    /// in the fields that Hugo reads as dates, such as `date` and `lastmod`, a text that it cannot
    /// read.
    ///
    /// ## Why it matters
    ///
    /// One generator reads it as text, another as a day in March, a third gives up and drops all
    /// metadata of the page.
    ///
    /// ## Example
    ///
    /// A schema that takes any text for the key:
    ///
    /// ```json schema
    /// { "properties": { "closing-date": { "type": "string" } } }
    /// ```
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// closing-date: 2024-02-30
    /// ---
    /// ```
    ///
    /// Look up the day:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// closing-date: 2024-02-29
    /// ---
    /// ```
    ImpossibleDate, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let has_fields = dates::has_fields(context);
    let suspects = context
        .scalars
        .suspects(|scalar| has_fields || dates::written_fault(scalar).is_some());
    for scalar in suspects {
        match dates::fault(scalar.inner, scalar.key) {
            Some(fault) => findings.push(impossible(context, scalar, fault)),
            None if dates::is_field(context, scalar) && is_unreadable(context, scalar) => {
                findings.push(unreadable(context, scalar));
            }
            None => {}
        }
    }
}

fn impossible(context: &Context<'_>, scalar: &ScalarRef<'_>, fault: String) -> Diagnostic {
    let text = scalar.inner.text.as_ref();
    let is_field = dates::is_field(context, scalar);
    // TOML and JSON mark their texts, so that no parser reads one as anything else.
    let message = if context.document.block.syntax == Syntax::Yaml || is_field {
        format!("{fault}; {}", consequence(context, scalar, is_field))
    } else {
        fault
    };
    let may_be_text = scalar.inner.style == Style::Plain && !dates::is_date_key(scalar.key);
    let shown = words::code(text);
    let help = match words::in_single_quotes(text).filter(|_| may_be_text) {
        Some(quoted) => format!("correct {shown}; quote what is no date: {quoted}"),
        None => format!("correct {shown}"),
    };
    context
        .finding(RuleId::ImpossibleDate, scalar, message)
        .help(help)
}

/// What the generator does with an impossible date.
fn consequence(context: &Context<'_>, scalar: &ScalarRef<'_>, is_field: bool) -> String {
    let reader = context.site.reader();
    let value = &scalar.inner.value;
    let is_parsed_again = *value == Value::String
        && context.scalars.is_at_root(scalar, "date")
        && context.site.rereads_date(context.place);
    if is_parsed_again {
        let date = WrittenDate::parse(scalar.inner.text.trim());
        return match date.and_then(|date| date.rolled()) {
            Some((year, month, day)) => {
                let (generator, day) = (
                    context.site.generator_name(),
                    dates::in_words(year, month, day),
                );
                format!("{generator} dates the page {day}")
            }
            None => "the build of the site stops here".to_owned(),
        };
    }
    match value {
        Value::String if is_field => format!("{reader} {}", when_unreadable(context)),
        value => format!("{reader} reads it as {}", words::becomes(value)),
    }
}

/// Whether Hugo finds no date in a field of dates; it skips an empty one. A template tag has
/// a finding of its own.
fn is_unreadable(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    let text = scalar.inner.text.as_ref();
    let is_read = matches!(
        scalar.inner.value,
        Value::String | Value::Bool(_) | Value::Float(_) | Value::Integer(_)
    );
    is_read && !text.is_empty() && !text.starts_with("{{") && dates::read(context, scalar).is_none()
}

fn unreadable(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Diagnostic {
    let reader = context.site.reader();
    let text = words::code(&scalar.inner.text);
    let consequence = when_unreadable(context);
    let message = format!("{text} is no date to {reader}, which {consequence}");
    context
        .finding(RuleId::ImpossibleDate, scalar, message)
        .help("write it as YYYY-MM-DD, or with its time as YYYY-MM-DDTHH:MM:SS+HH:MM")
}

/// What Hugo does about a date that it cannot read: before 0.136 it goes on without one.
fn when_unreadable(context: &Context<'_>) -> &'static str {
    match context.site.dialect() {
        Dialect::HugoYamlV2 => "drops it, or stops with an error",
        _ => "stops with an error",
    }
}
