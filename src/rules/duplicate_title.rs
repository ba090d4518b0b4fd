//! The rule duplicate-title.

use unicode_normalization::UnicodeNormalization as _;

use super::values;
use super::{Claim, Claimant, Context, CrossCheck};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::SourceId;

super::rule! {
    /// ## What it does
    ///
    /// Reports two pages of one collection with one title. Pages in different languages (`lang`)
    /// may share theirs, and drafts are left out; only checks of a whole site compare pages.
    ///
    /// ## Why it matters
    ///
    /// Readers cannot tell the two apart in lists and search results. Often one is a copy that was
    /// saved twice.
    ///
    /// ## Example
    ///
    /// `_posts/2024-05-23-opening.md` and `_posts/2024-05-24-opening.md` of a Jekyll site both hold:
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// ---
    /// ```
    ///
    /// Delete the copy, or give it a title of its own:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive, second part
    /// ---
    /// ```
    DuplicateTitle, since "0.1.0", cross CHECK
}

static CHECK: CrossCheck = CrossCheck {
    collect,
    judge,
    first,
};

fn collect(context: &Context<'_>, claims: &mut Vec<Claim>) {
    let document = context.document;
    let text = |key: &str| {
        let member = document.get(document.root(), key)?;
        Some((member.value, document.string(member.value)?))
    };
    let Some((id, title)) = text("title") else {
        return;
    };
    let node = document.node(id);
    if node.source != SourceId::PAGE || !context.place.is_rendered() {
        return;
    }
    let words: Vec<_> = title.split_whitespace().collect();
    let plain: String = words.join(" ").nfc().collect();
    if plain.is_empty() {
        return;
    }
    let language = ["lang", "language", "locale"].iter().find_map(|key| text(key));
    let language = language.map_or("", |(_, language)| language);
    let collection = context.place.collection().unwrap_or("");
    claims.push(Claim {
        key: format!("{collection}\0{language}\0{plain}").into(),
        shown: plain.into(),
        span: node.span,
        pointer: Some("/title".into()),
        kind: 0,
    });
}

fn judge(first: Claimant<'_>, second: Claimant<'_>) -> Option<Diagnostic> {
    Some(
        Diagnostic::new(
            RuleId::DuplicateTitle,
            format!(
                "`{}` has the same title: {}",
                first.page.display(),
                values::code(&second.claim.shown)
            ),
        )
        .at(second.claim.span)
        .help("delete the one that is a copy, or give it a title of its own")
        .pointer("/title"),
    )
}

fn first(_: &Claim) -> String {
    "the same title".to_owned()
}
