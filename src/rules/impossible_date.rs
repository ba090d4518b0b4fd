//! The rule impossible-date.

use super::Context;
use super::dates::{self, Written};
use super::values;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Style, Value};
use crate::site::Generator;
use crate::syntax::{Scalar, Syntax};

super::rule! {
    /// ## What it does
    ///
    /// Reports a date that no calendar has, such as 30 February, or a time that no clock shows.
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
    for leaf in context.values.suspects(|scalar| written_fault(scalar).is_some()) {
        let Some(fault) = fault(leaf.scalar, leaf.key) else {
            continue;
        };
        let reader = context.site.dialect().reader();
        let text = leaf.scalar.text.as_ref();
        // Jekyll reads the `date` of a document again: it counts a 30 February on into March, and
        // stops at all else.
        let is_read_again = context.values.is_at_root(leaf, "date")
            && context.site.generator() == Generator::Jekyll
            && context.place.collection().is_some();
        let date = Written::read(text.trim());
        let becomes = match (&leaf.scalar.value, date.and_then(|date| date.rolled())) {
            (Value::String, Some((year, month, day))) if is_read_again => {
                format!("Jekyll dates the page {}", dates::in_words(year, month, day))
            }
            (Value::String, None) if is_read_again => "the build of the site stops here".to_owned(),
            (value, _) => format!("{reader} reads it as {}", values::becomes(value)),
        };
        // TOML and JSON mark their texts, and nobody takes them for anything else.
        let message = if context.document.block.syntax == Syntax::Yaml {
            format!("{fault}; {becomes}")
        } else {
            fault
        };
        findings.push(
            Diagnostic::new(RuleId::ImpossibleDate, message)
            .at_source(leaf.source, leaf.span, "")
            .help(format!("correct {}", values::code(text)))
            .pointer(context.values.pointer(leaf)),
        );
    }
}

/// What is impossible about a value that is written as a date.
pub(super) fn fault(scalar: &Scalar<'_>, key: &str) -> Option<String> {
    let (date, fault) = written_fault(scalar)?;
    let is_date = dates::is_date_key(key);
    // What is quoted is text unless its key says otherwise, and a number such as 2024-45-01 may be
    // that of a file.
    let meant = if scalar.style == Style::Plain {
        is_date || date.has_month()
    } else {
        is_date
    };
    meant.then_some(fault)
}

/// What would be impossible about a value if it were meant as a date.
fn written_fault(scalar: &Scalar<'_>) -> Option<(Written, String)> {
    if !may_be_date(&scalar.text) || !matches!(scalar.value, Value::String | Value::Timestamp(_)) {
        return None;
    }
    let date = Written::read(scalar.text.trim())?;
    Some((date, date.fault()?))
}

/// Whether a text begins as a date may: with a digit, or with what may be a blank.
pub(super) fn may_be_date(text: &str) -> bool {
    const SHORTEST: usize = "2024-05-23".len();
    let first = text.as_bytes().first();
    text.len() >= SHORTEST
        && first.is_some_and(|first| first.is_ascii_digit() || *first <= b' ' || !first.is_ascii())
}
