//! The rule surprising-scalar: one file for each kind of surprise.

mod comment;
mod keys;
mod number;
mod order;
mod seconds;
mod switch;
mod tab;
mod tag;

use super::scalars::ScalarRef;
use super::{Context, dates, words};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::syntax::Scalar;

super::rule! {
    /// ## What it does
    ///
    /// Reports an unquoted value that this site's generator makes something else of than it looks:
    /// a number in base 8 (`010`) or base 60 (`12:30`), a number that loses its zeros, its sign or
    /// its separators (`1.10`, `0171211250`, `1,5`), a word that becomes true, false or nothing
    /// (`no`, `Null`), a `yes` that stays text where a switch is meant, or a tab that is dropped;
    /// a key that becomes true or false (`on:`), and a number that Hugo takes for seconds since
    /// 1970 in its date fields (`date: 20200504`). Where the schema asks for such a value, or has
    /// something to say itself, this rule is silent. A word that may well be meant as a switch is a
    /// warning, and so is a text that ends at a `#`: `Issue #12` is `Issue`, and `#fff` nothing.
    ///
    /// ## Why it matters
    ///
    /// The page shows something else than what its author wrote, and nobody is told: a telephone
    /// number becomes another number, version 1.10 becomes 1.1, Norwegian (`no`) becomes false.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// position: 010
    /// ---
    /// ```
    ///
    /// Write the number as it is meant, or quote what is text:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// position: 10
    /// ---
    /// ```
    SurprisingScalar, since "0.1.0", check check
}

/// The kinds of surprise about a value; the first that applies is reported.
const KINDS: &[fn(&Context<'_>, &ScalarRef<'_>) -> Option<Diagnostic>] = &[
    tab::check,
    comment::check,
    seconds::check,
    tag::check,
    switch::check,
    number::check,
    order::check,
];

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    keys::check(context, findings);
    // A comment may follow any value, and Hugo reads values of every type in ways of its own.
    let is_any =
        context.site.dialect().key_folder().is_some() || !context.document.comments.is_empty();
    let is_suspect = |scalar: &Scalar<'_>| {
        is_any
            || number::is_surprising(scalar)
            || switch::is_surprising(scalar)
            || order::is_surprising(scalar)
    };
    for scalar in context.scalars.suspects(is_suspect) {
        findings.extend(KINDS.iter().find_map(|check| check(context, scalar)));
    }
}

/// Whether this rule, or the one about impossible dates, may report a value by its text.
pub(super) fn may_report(scalar: &ScalarRef<'_>) -> bool {
    number::is_surprising(scalar.inner)
        || switch::is_surprising_at(scalar)
        || order::is_surprising_at(scalar)
        || dates::fault(scalar.inner, scalar.key).is_some()
}

/// Whether the type of a value follows from how it is written.
fn is_untyped(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    scalar.is_untyped(context.document, context.text) || tag::is_ignored(context, scalar)
}

/// Whether the schema requires something other than text, so that the author had to write it so.
fn is_required(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    (context.refuses_text)(scalar.id, &context.scalars.pointer(scalar))
}

fn finding(context: &Context<'_>, scalar: &ScalarRef<'_>, message: String) -> Diagnostic {
    context.finding(RuleId::SurprisingScalar, scalar, message)
}

/// That the generator reads a value as something else than it looks.
fn misread(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Diagnostic {
    let message = format!(
        "{} reads {} as {}",
        context.site.reader(),
        words::code(&scalar.inner.text),
        words::becomes(&scalar.inner.value)
    );
    finding(context, scalar, message)
}

/// The same, with the fix to quote the value.
fn misread_unless_quoted(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Diagnostic {
    let finding = misread(context, scalar);
    match words::in_single_quotes(&scalar.inner.text) {
        Some(content) => finding
            .help(format!("quote it to keep it as it is: {content}"))
            .fix(replacement("Quote the value", scalar, content)),
        None => finding,
    }
}

fn replacement(title: &str, scalar: &ScalarRef<'_>, content: String) -> Fix {
    Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            source: scalar.source,
            span: scalar.span,
            content,
        }],
        applicability: Applicability::Unsafe,
    }
}
