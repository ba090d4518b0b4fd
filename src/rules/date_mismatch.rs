//! Owns the rule `date-mismatch`: its docs, and what it reports. Must not change a page.

use super::Context;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::SourceId;
use crate::text::calendar::Day;

super::rule! {
    /// ## What it does
    ///
    /// Reports a post whose `date` is another day than the one its file name begins with, as the
    /// clocks of the site count days: a post of Jekyll or of Docusaurus' blog, or a page of Eleventy.
    /// One day is no difference in Eleventy, nor in Jekyll where `date` has a time with the offset of
    /// its author's clocks (`2024-05-24 09:00:00 +0200`): posts are finished a day late, or near midnight.
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
    let named = context.site.date_in_name(context.place);
    // A name without a readable date is a finding of `impossible-date`.
    let named = named
        .filter(|named| named.is_compared)
        .and_then(|named| named.reading.date());
    let Some(named) = named.map(|date| date.timestamp) else {
        return;
    };
    let Some(date) = context.site.date(context.document, context.place) else {
        return;
    };
    let node = context.document.node(date.node);
    let named_day = Day::new(named.year, named.month, named.day);
    let tolerated = context
        .site
        .tolerated_days(context.document, &date.timestamp);
    let differs = |day: Day| (day.days() - named_day.days()).abs() > tolerated;
    let mut days = date.days();
    if node.source != SourceId::PAGE || !days.all(differs) {
        return;
    }
    let shown = date.day();
    let stamp = &date.timestamp;
    let zone = match context.site.timezone() {
        _ if shown == Day::new(stamp.year, stamp.month, stamp.day) => String::new(),
        Some(zone) => format!(" on the clocks of {}", zone.name()),
        None => " in UTC".to_owned(),
    };
    let message = format!(
        "`date` is {}{zone}, but the file's name says {}",
        shown.in_words(),
        named_day.in_words()
    );
    findings.push(
        Diagnostic::new(RuleId::DateMismatch, message)
            .at(node.span)
            .help("`date` wins; correct it, or rename the file")
            .pointer("/date"),
    );
}
