//! The rule impossible-date.

use super::Context;
use super::concerns::Concern;
use super::dates::{self, Written};
use super::values::{self, Leaf};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};
use crate::syntax::{Scalar, Syntax};

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
    if !dates::has_fields(context) && !context.values.are_concern(Concern::Impossible) {
        return;
    }
    for leaf in context.values.each() {
        let is_field = dates::is_field(context, leaf);
        let Some(fault) = fault(leaf.scalar, leaf.key) else {
            if is_field && is_unreadable(context, leaf) {
                findings.push(unreadable(context, leaf));
            }
            continue;
        };
        let reader = context.site.reader();
        let generator = context.site.generator_name();
        let text = leaf.scalar.text.as_ref();
        let is_read_again =
            context.values.is_at_root(leaf, "date") && context.site.rereads_date(context.place);
        let date = Written::read(text.trim());
        let becomes = match (&leaf.scalar.value, date.and_then(|date| date.rolled())) {
            (Value::String, Some((year, month, day))) if is_read_again => {
                format!(
                    "{generator} dates the page {}",
                    dates::in_words(year, month, day)
                )
            }
            (Value::String, None) if is_read_again => "the build of the site stops here".to_owned(),
            (Value::String, _) if is_field => format!("{reader} {}", when_unreadable(context)),
            (value, _) => format!("{reader} reads it as {}", values::becomes(value)),
        };
        // TOML and JSON mark their texts, and nobody takes them for anything else.
        let message = if context.document.block.syntax == Syntax::Yaml || is_field {
            format!("{fault}; {becomes}")
        } else {
            fault
        };
        let may_be_text = leaf.scalar.style == Style::Plain && !dates::is_date_key(leaf.key);
        let help = match values::in_single_quotes(text).filter(|_| may_be_text) {
            Some(quoted) => format!(
                "correct {}; quote what is no date: {quoted}",
                values::code(text)
            ),
            None => format!("correct {}", values::code(text)),
        };
        findings.push(
            Diagnostic::new(RuleId::ImpossibleDate, message)
                .at_source(leaf.source, leaf.span, "")
                .help(help)
                .pointer(context.values.pointer(leaf)),
        );
    }
}

/// Whether Hugo finds no date in a field of dates; it passes over an empty one. A template tag has a
/// finding of its own.
fn is_unreadable(context: &Context<'_>, leaf: &Leaf<'_>) -> bool {
    let text = leaf.scalar.text.as_ref();
    let is_read = matches!(
        leaf.scalar.value,
        Value::String | Value::Bool(_) | Value::Float(_) | Value::Integer(_)
    );
    is_read && !text.is_empty() && !text.starts_with("{{") && dates::read(context, leaf).is_none()
}

fn unreadable(context: &Context<'_>, leaf: &Leaf<'_>) -> Diagnostic {
    let reader = context.site.reader();
    let text = values::code(&leaf.scalar.text);
    let consequence = when_unreadable(context);
    let message = format!("{text} is no date to {reader}, which {consequence}");
    Diagnostic::new(RuleId::ImpossibleDate, message)
        .at_source(leaf.source, leaf.span, "")
        .help("write it as YYYY-MM-DD, or with its time as YYYY-MM-DDTHH:MM:SS+HH:MM")
        .pointer(context.values.pointer(leaf))
}

/// What Hugo does about a date that it cannot read: before 0.136 it goes on without one.
fn when_unreadable(context: &Context<'_>) -> &'static str {
    match context.site.dialect() {
        Dialect::HugoYamlV2 => "drops it, or stops with an error",
        _ => "stops with an error",
    }
}

/// What is impossible about a value that is written as a date.
pub(super) fn fault(scalar: &Scalar<'_>, key: &str) -> Option<String> {
    let (date, fault) = written_fault(scalar)?;
    let is_date = dates::is_date_key(key);
    // What is quoted is text unless its key says otherwise, and a number such as 2024-45-01 may be
    // that of a file, where the parser makes no date of it.
    let meant = if scalar.style == Style::Plain {
        is_date || date.has_month() || matches!(scalar.value, Value::Timestamp(_))
    } else {
        is_date
    };
    meant.then_some(fault)
}

/// Whether a value is impossible if it is meant as a date.
#[inline]
pub(super) fn may_be_impossible(scalar: &Scalar<'_>) -> bool {
    may_be_date(&scalar.text) && written_fault(scalar).is_some()
}

/// What would be impossible about a value if it were meant as a date.
fn written_fault(scalar: &Scalar<'_>) -> Option<(Written, String)> {
    if !may_be_date(&scalar.text) || !matches!(scalar.value, Value::String | Value::Timestamp(_)) {
        return None;
    }
    let text: &str = &scalar.text;
    let ends = [text.as_bytes().first()?, text.as_bytes().last()?];
    let is_trimmed = ends.iter().all(|end| end.is_ascii_graphic());
    let date = Written::read(if is_trimmed { text } else { text.trim() })?;
    Some((date, date.fault()?))
}

/// Whether a text begins as a date may: with a year and `-`, or with what may be a blank.
#[inline]
pub(super) fn may_be_date(text: &str) -> bool {
    const SHORTEST: usize = "2024-05-23".len();
    text.len() >= SHORTEST
        && match text.as_bytes() {
            [b'0'..=b'9', _, _, _, after, ..] => *after == b'-',
            [first, ..] => begins_date(*first),
            [] => false,
        }
}

/// Whether a date may begin with a byte.
pub(super) const fn begins_date(byte: u8) -> bool {
    byte.is_ascii_digit() || byte <= b' ' || !byte.is_ascii()
}
