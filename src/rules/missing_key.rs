//! Owns the rule `missing-key`: its docs, and the dates without which a generator stops. What a schema
//! requires is found by `schema`. Must not change a page.

use super::Context;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::syntax::pointer;

super::rule! {
    /// ## What it does
    ///
    /// Reports a key that the schema requires and that neither the page nor a default of the
    /// generator gives, and the `date` without which Material for MkDocs stops at a blog post. A
    /// `date` that the generator takes from the name of the file is not missing. On a draft it is a
    /// warning.
    ///
    /// ## Why it matters
    ///
    /// The page is published without it: no date in the list, no contact for journalists.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// ---
    /// ```
    ///
    /// Give the key a value:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    MissingKey, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for key in context.site.missing_dates(context.document, context.place) {
        let mut at = String::new();
        pointer::push(&mut at, key);
        let is_same = |finding: &Diagnostic| {
            finding.rule == RuleId::MissingKey && finding.pointer.as_ref() == Some(&at)
        };
        let is_elsewhere = || context.site.external_source_of(context.path, key).is_some();
        if context.findings.iter().any(is_same) || is_elsewhere() {
            continue;
        }
        let generator = context.site.generator_name();
        let message =
            format!("the front matter lacks the key `{key}`, without which {generator} stops");
        findings.push(
            Diagnostic::new(RuleId::MissingKey, message)
                .at(context.document.block.open)
                .help(format!("add the key `{key}`, such as `{key}: 2024-05-23`"))
                .pointer(at),
        );
    }
}
