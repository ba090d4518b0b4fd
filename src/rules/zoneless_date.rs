//! The rule zoneless-date.

use super::Context;
use super::values;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Value, Zone};
use crate::site::Generator;
use crate::syntax::Syntax;

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
    if context.site.timezone().is_some() {
        return;
    }
    let suspects = context.values.suspects(|scalar| match &scalar.value {
        Value::Timestamp(timestamp) => timestamp.zone == Zone::None,
        _ => false,
    });
    for leaf in suspects {
        let Value::Timestamp(timestamp) = &leaf.scalar.value else {
            continue;
        };
        if timestamp.is_date_only() || timestamp.zone != Zone::None {
            continue;
        }
        let text = leaf.scalar.text.trim();
        let reader = match context.document.block.syntax {
            Syntax::Yaml => context.site.dialect().reader(),
            Syntax::Toml | Syntax::Json => "the generator",
        };
        let set = match context.site.generator() {
            Generator::Jekyll => ", or set `timezone` in `_config.yml`",
            Generator::Hugo => ", or set `timeZone` in the site's configuration",
            _ => "",
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
                "write the offset after it (`{text} +00:00` if it is UTC){set}"
            ))
            .pointer(context.values.pointer(leaf)),
        );
    }
}
