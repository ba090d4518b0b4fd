//! Owns the rule `future-date`: its docs, and what it reports. Must not change a page.

use super::Context;
use super::dates;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::SourceId;

super::rule! {
    /// ## What it does
    ///
    /// Reports a date in the future where the generator leaves such a page out: the `date` of
    /// Jekyll's posts and collections, and of Hugo's pages `publishDate`, or where there is none
    /// `date`. Drafts are not looked at, nor is a site that asks for such pages (`future: true` in
    /// Jekyll, `buildFuture: true` in Hugo), or that tells Hugo where else to look for dates.
    ///
    /// ## Why it matters
    ///
    /// The page is not published, without a word; and when its time has come, only the next build
    /// publishes it. Often the year is a slip.
    ///
    /// ## Example
    ///
    /// In `_posts/2924-05-23-opening.md` of a Jekyll site:
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2924-05-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// Correct the date, and the name: `_posts/2024-05-23-opening.md`.
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    FutureDate, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if context.is_draft || !context.site.withholds_future(context.place) {
        return;
    }
    let Some(date) = context
        .site
        .publication_after(context.now, context.document)
    else {
        return;
    };
    let node = context.document.node(date.node);
    if node.source != SourceId::PAGE {
        return;
    }
    let generator = context.site.generator_name();
    let setting = context.site.publish_early_setting();
    let (year, month, day) = date.day;
    findings.push(
        Diagnostic::new(
            RuleId::FutureDate,
            format!(
                "{} is still to come, and {generator} leaves the page out until a build after it",
                dates::in_words(year, month, day)
            ),
        )
        .at(node.span)
        .help(format!(
            "correct the date, or set {setting} to publish at once"
        ))
        .pointer(format!("/{}", date.key)),
    );
}
