//! The rule ambiguous-scalar.

use super::Context;
use super::surprising_scalar;
use super::values;
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

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let document = context.document;
    for leaf in context.values.each() {
        if !leaf.is_untyped(document, context.text) || surprising_scalar::speaks_of(leaf) {
            continue;
        }
        let text = leaf.scalar.text.as_ref();
        let mut readings: Vec<(Value, Vec<&str>)> = Vec::new();
        for dialect in Dialect::ALL {
            let value = dialect.resolve(text, Style::Plain, None);
            let same = |known: &Value| {
                // The two kinds of NaN and of zero make no difference here.
                *known == value || values::becomes(known) == values::becomes(&value)
            };
            match readings.iter_mut().find(|(known, _)| same(known)) {
                Some((_, readers)) => readers.push(dialect.reader()),
                None => readings.push((value, vec![dialect.reader()])),
            }
        }
        if readings.len() < 2 || is_date_to_all(&readings) {
            continue;
        }
        let readings: Vec<String> = readings
            .iter()
            .map(|(value, readers)| format!("{} to {}", values::becomes(value), list(readers)))
            .collect();
        let mut finding = Diagnostic::new(
            RuleId::AmbiguousScalar,
            format!("{} is {}", values::code(text), readings.join("; ")),
        )
        .at_source(leaf.source, leaf.span, "")
        .pointer(context.values.pointer(leaf));
        finding.help = values::in_single_quotes(text)
            .map(|quoted| format!("quote it where it is text: {quoted}"));
        findings.push(finding);
    }
}

/// Whether the readings differ only in that some leave the text of a date as it is.
fn is_date_to_all(readings: &[(Value, Vec<&str>)]) -> bool {
    let mut times = readings.iter().filter_map(|(value, _)| match value {
        Value::Timestamp(timestamp) => Some(timestamp),
        _ => None,
    });
    let first = times.next();
    let others = readings.iter().map(|(value, _)| value);
    first.is_some()
        && times.all(|time| Some(time) == first)
        && others
            .into_iter()
            .all(|value| matches!(value, Value::Timestamp(_) | Value::String))
}

fn list(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
