//! Owns the rule `ambiguous-scalar`: its docs, and what it reports. Must not change a page.

use super::scalars::ScalarRef;
use super::{Context, surprising_scalar, words};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};

super::rule! {
    /// ## What it does
    ///
    /// Reports an unquoted value that the generators read differently, though this site's own makes
    /// of it what it looks like. A date that some of them leave as text is none. Off by default.
    ///
    /// ## Why it matters
    ///
    /// Content that moves to another generator, or that an editor or an importer reads as well,
    /// means something else there.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: 0612345678
    /// ---
    /// ```
    ///
    /// Quote it, and everybody reads the same:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: '0612345678'
    /// ---
    /// ```
    AmbiguousScalar, since "0.1.0", check check
}

/// The dialects that read a value alike.
struct Reading {
    value: Value,
    readers: Vec<&'static str>,
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for scalar in context.scalars.iter() {
        let is_untyped = scalar.is_untyped(context.document, context.text);
        if is_untyped && !surprising_scalar::may_report(scalar) {
            let readings = readings(&scalar.inner.text);
            if readings.len() > 1 && !is_date_to_all(&readings) {
                findings.push(ambiguous(context, scalar, &readings));
            }
        }
    }
}

fn readings(text: &str) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for dialect in Dialect::ALL {
        let value = dialect.resolve(text, Style::Plain, None);
        // The two kinds of NaN and of zero make no difference here.
        let is_same = |reading: &&mut Reading| {
            reading.value == value || words::becomes(&reading.value) == words::becomes(&value)
        };
        match readings.iter_mut().find(is_same) {
            Some(reading) => reading.readers.push(dialect.reader()),
            None => readings.push(Reading {
                value,
                readers: vec![dialect.reader()],
            }),
        }
    }
    readings
}

/// Whether the readings differ only in that some leave the text of a date as it is.
fn is_date_to_all(readings: &[Reading]) -> bool {
    let is_date = |value: &Value| matches!(value, Value::Timestamp(_));
    let first = readings.iter().find(|reading| is_date(&reading.value));
    first.is_some_and(|first| {
        readings
            .iter()
            .all(|reading| reading.value == first.value || reading.value == Value::String)
    })
}

fn ambiguous(context: &Context<'_>, scalar: &ScalarRef<'_>, readings: &[Reading]) -> Diagnostic {
    let text = scalar.inner.text.as_ref();
    let readings: Vec<_> = readings
        .iter()
        .map(|reading| {
            let readers = words::listed(&reading.readers);
            format!("{} to {readers}", words::becomes(&reading.value))
        })
        .collect();
    let message = format!("{} is {}", words::code(text), readings.join("; "));
    let mut finding = context.finding(RuleId::AmbiguousScalar, scalar, message);
    finding.help =
        words::in_single_quotes(text).map(|quoted| format!("quote it where it is text: {quoted}"));
    finding
}
