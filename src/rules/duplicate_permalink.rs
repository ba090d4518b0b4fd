//! Owns the rule `duplicate-permalink`: its docs, and what it reports. Must not change a page.

use std::borrow::Cow;
use std::path::Path;

use super::{Claim, ClaimSink, Claimant, Context, CrossCheck};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{Address, Site};
use crate::text::{SourceId, Span, path_line};

super::rule! {
    /// ## What it does
    ///
    /// Reports two pages that get one address, or where the old address of one is the address of
    /// another. Drafts are left out; only checks of a whole site compare pages.
    ///
    /// An address is what the site's generator makes of a page, where that is certain:
    ///
    /// - Jekyll: `permalink`, or the template of the collection with the file name or `slug`; old
    ///   addresses are those of `redirect_from`.
    /// - Hugo: `url`, or the path of the file, with `slug` in place of its name; old addresses are
    ///   those of `aliases`. Each language has a folder of its own, except for a `url` that begins
    ///   with a slash. Names do not count in sections for which `permalinks` is configured, nor
    ///   anything but `url` where `uglyURLs` is.
    /// - Zola: `path`, or the path of the file, with `slug` in place of its name; old addresses are
    ///   those of `aliases`. Nothing is said of a name that Zola has to make a slug of.
    /// - Eleventy: `permalink` without template signs.
    /// - Docusaurus: `slug` that begins with `/`, among the pages of `docs` and among those of
    ///   `blog`.
    ///
    /// ## Why it matters
    ///
    /// The generator writes one page over the other, and one of them is lost; Zola and Eleventy stop
    /// instead.
    ///
    /// ## Example
    ///
    /// `_posts/2024-05-23-opening.md` and `_posts/2024-05-24-archive.md` of a Jekyll site both hold:
    ///
    /// ```md bad
    /// ---
    /// permalink: /opening/
    /// ---
    /// ```
    ///
    /// Give one of them another address:
    ///
    /// ```md good
    /// ---
    /// permalink: /opening-of-the-archive/
    /// ---
    /// ```
    DuplicatePermalink, since "0.1.0", cross CHECK
}

static CHECK: CrossCheck = CrossCheck {
    collect,
    is_certain,
    is_one_finding: false,
    compare,
    first_label,
};

/// The address is written out in the page.
const WRITTEN: u8 = 0;
/// It follows from the file's name.
const NAMED: u8 = 1;
/// Readers are sent on from it.
const REDIRECT: u8 = 2;

fn collect(context: &Context<'_>, emit: ClaimSink<'_>) {
    let document = context.document;
    let addresses = context.site.addresses(document, context.place);
    let mut claim = |address: &Address, place: &dyn Fn() -> (Span, Option<String>, u8)| {
        // The address key is the same for all pages of a site, so that it separates none.
        let key = [address.file.as_str(), context.site.address_key(), ""];
        emit(key, &|| {
            let (span, pointer, kind) = place();
            Claim {
                shown: address.url.clone(),
                span,
                pointer: pointer.map(Cow::Owned),
                kind,
                day: None,
            }
        });
    };
    if let Some(own) = &addresses.own {
        claim(own, &|| match context.site.written_address(document) {
            Some((id, pointer)) => (document.node(id).span, Some(pointer), WRITTEN),
            None => (document.block.open, None, NAMED),
        });
    }
    for (pointer, address) in &addresses.redirects {
        let span = document
            .locate(pointer)
            .filter(|at| at.source == SourceId::PAGE);
        if let Some(at) = span {
            claim(address, &|| (at.value, Some(pointer.clone()), REDIRECT));
        }
    }
}

fn is_certain(site: &Site, page: &Path) -> bool {
    site.has_certain_address(page, &site.place(page))
}

fn compare(
    site: &Site,
    first: Claimant<'_>,
    second: Claimant<'_>,
    _: &[Claimant<'_>],
) -> Option<Diagnostic> {
    if first.page == second.page {
        return None;
    }
    let (page, url) = (path_line(first.page), &second.claim.shown);
    let message = match (first.claim.kind, second.claim.kind) {
        (REDIRECT, REDIRECT) => format!("`{page}` sends readers on from `{url}`, too"),
        (_, REDIRECT) => format!("readers are sent on from `{url}`, where `{page}` is published"),
        (REDIRECT, _) => {
            format!("`{page}` sends readers on from `{url}`, the address of this page")
        }
        _ => format!("this page has the address of `{page}`: `{url}`"),
    };
    let help = match second.claim.kind {
        REDIRECT => "delete this old address, or the page that has taken it".to_owned(),
        WRITTEN => "give one of the two another address".to_owned(),
        _ => format!(
            "rename one of the two, or give it a `{}` of its own",
            site.address_key()
        ),
    };
    let mut finding = Diagnostic::new(RuleId::DuplicatePermalink, message)
        .at(second.claim.span)
        .help(help);
    finding.pointer = second.claim.pointer.as_deref().map(str::to_owned);
    Some(finding)
}

fn first_label(claim: &Claim) -> String {
    match claim.kind {
        REDIRECT => "sent on from here".to_owned(),
        WRITTEN => "the same address".to_owned(),
        _ => format!("`{}` comes of the name of this file", claim.shown),
    }
}
