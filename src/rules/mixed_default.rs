//! Owns the rule `mixed-default`: its docs, and what it reports. Must not change a page.

use super::{Context, words};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{MixedKey, MixedMapping};
use crate::syntax::pointer;

super::rule! {
    /// ## What it does
    ///
    /// Reports a mapping of which the page gives one part and the generator's defaults the rest.
    ///
    /// ## Why it matters
    ///
    /// A page that names its own press contact and no e-mail address gets the address of the
    /// default contact: journalists write to the wrong person.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   tel: 01 70 20 30 40
    /// ---
    /// ```
    ///
    /// Give the whole mapping on the page:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: 01 70 20 30 40
    /// ---
    /// ```
    MixedDefault, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for mixed in &context.effects.mixed {
        let (Some(own), Some(filled)) = (mixed.own.first(), mixed.filled.first()) else {
            continue;
        };
        if is_misspelt(mixed, context.findings) {
            continue;
        }
        let name = pointer::readable(&mixed.pointer);
        let place = context.document.locate(&mixed.pointer);
        let span = place.and_then(|place| place.key).unwrap_or(own.span);
        let finding = Diagnostic::new(
            RuleId::MixedDefault,
            format!(
                "`{name}` is half this page's ({}) and half the default's ({})",
                names(&mixed.own),
                names(&mixed.filled)
            ),
        )
        .at(span)
        .label("given here in part")
        .related(filled.source, filled.span, "the default fills in the rest")
        .help(format!(
            "give {} here too, or delete `{name}` to take the default whole",
            names(&mixed.filled)
        ))
        .pointer(mixed.pointer.as_str());
        findings.push(finding);
    }
}

/// Whether the page gives all that the default fills in, under names that are to be corrected: that
/// is one fault, and told already.
fn is_misspelt(mixed: &MixedMapping, findings: &[Diagnostic]) -> bool {
    let renamed: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.rule == RuleId::UnknownKey)
        .filter(|finding| {
            let at = finding.pointer.as_deref().and_then(pointer::split_last);
            at.is_some_and(|(owner, _)| owner == mixed.pointer)
        })
        .filter_map(|finding| Some(finding.fix.as_ref()?.edits.first()?.content.as_str()))
        .collect();
    let filled = &mixed.filled;
    filled.iter().all(|key| renamed.contains(&&*key.key))
}

fn names(keys: &[MixedKey]) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{}`", key.key)).collect();
    words::listed(&names)
}
