//! Owns the rule `date-mismatch`: its docs, and what it reports. Must not change a page.

use super::Context;
use super::dates;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::SourceId;

super::rule! {
    /// ## What it does
    ///
    /// Reports a post whose `date` is another day than the one its file name begins with, as the
    /// clocks of the site count days: a post of Jekyll or of Docusaurus' blog, or a page of Eleventy.
    ///
    /// ## Why it matters
    ///
    /// The `date` decides where the post is listed and mostly what its address is; whoever looks
    /// for the file goes by its name.
    ///
    /// ## Example
    ///
    /// In `_posts/2024-05-23-opening.md` of a Jekyll site:
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-06-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// Mend the one that is wrong:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    DateMismatch, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(named) = context.site.day_of_name(context.place) else {
        return;
    };
    let Some(date) = context.site.date(context.document) else {
        return;
    };
    let node = context.document.node(date.node);
    let (clock, stamp) = (&date.clock, &date.timestamp);
    let day = (clock.year(), clock.month(), clock.day());
    if day == named || node.source != SourceId::PAGE {
        return;
    }
    let (year, month, number) = day;
    let shown = dates::in_words(year.into(), month, number);
    let is_as_written = (year.into(), month, number) == (stamp.year, stamp.month, stamp.day);
    let zone = match context.site.timezone() {
        _ if is_as_written => String::new(),
        Some(zone) => format!(" on the clocks of {}", zone.name()),
        None => " in UTC".to_owned(),
    };
    let (year, month, day) = named;
    findings.push(
        Diagnostic::new(
            RuleId::DateMismatch,
            format!(
                "`date` is {shown}{zone}, but the file's name says {}",
                dates::in_words(year.into(), month, day)
            ),
        )
        .at(node.span)
        .help("`date` wins; correct it, or rename the file")
        .pointer("/date"),
    );
}
