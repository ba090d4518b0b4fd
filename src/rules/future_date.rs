//! Owns the rule `future-date`: its docs, and what it reports. Must not change a page.

use super::Context;
use super::dates;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceId, Span};

super::rule! {
    /// ## What it does
    ///
    /// Reports a date in the future where the generator leaves such a page out: the `date` of
    /// Jekyll's posts and collections, or the one in their names, and of Hugo's pages `publishDate`, or where there is none
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
        .publication_after(context.now, context.document, context.place)
    else {
        return;
    };
    let node = date.value.map(|(node, _)| context.document.node(node));
    if node.is_some_and(|node| node.source != SourceId::PAGE) {
        return;
    }
    let generator = context.site.generator_name();
    let setting = context.site.publish_early_setting();
    let (year, month, day) = date.day;
    let day = dates::in_words(year, month, day);
    let leaves_out = format!("{generator} leaves the page out until a build after it");
    let (message, what) = match node {
        Some(_) => (
            format!("{day} is still to come, and {leaves_out}"),
            "correct the date",
        ),
        None => (
            format!("{day}, the date in the file's name, is still to come, and {leaves_out}"),
            "rename the file",
        ),
    };
    let finding = Diagnostic::new(RuleId::FutureDate, message)
        .at(node.map_or(Span::empty(0), |node| node.span))
        .help(format!("{what}, or set {setting} to publish at once"));
    findings.push(match date.value {
        Some((_, key)) => finding.pointer(format!("/{key}")),
        None => finding,
    });
}
