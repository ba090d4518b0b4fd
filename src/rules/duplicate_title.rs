//! Owns the rule `duplicate-title`: its docs, and what it reports. Must not change a page.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::{Claim, ClaimSink, Claimant, Context, CrossCheck, words};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::text::path_line;

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
    is_certain: |_, _| true,
    compare,
    first_label,
};

fn collect(context: &Context<'_>, emit: ClaimSink<'_>) {
    let document = context.document;
    let Some(title) = context.page_string("title") else {
        return;
    };
    let shown = normalised(title.text);
    if shown.is_empty() || !context.place.is_rendered() {
        return;
    }
    let language = ["lang", "language", "locale"].iter().find_map(|key| {
        let member = document.get(document.root(), key)?;
        document.string(member.value)
    });
    let collection = context.place.collection().unwrap_or("");
    let key = [collection, language.unwrap_or(""), &shown];
    emit(key, &|| Claim {
        shown: shown.to_string(),
        span: title.span,
        pointer: Some(Cow::Borrowed("/title")),
        kind: 0,
    });
}

/// A title as it is compared: normalised, one space between its words.
fn normalised(title: &str) -> Cow<'_, str> {
    // Nearly all titles are so already, and the library takes some 400 instructions a letter.
    let mut before = ' ';
    let is_same = title.chars().all(|c| {
        let is_single_space = c == ' ' && before != ' ';
        before = c;
        is_single_space || is_never_composed(c)
    });
    if is_same && before != ' ' {
        return Cow::Borrowed(title);
    }
    let words: Vec<_> = title.split_whitespace().collect();
    Cow::Owned(words.join(" ").nfc().collect())
}

/// Whether a character is no white space, and is left alone beside others of these: the letters of
/// most European languages, dashes and quotes. Only what is not among them composes with them.
fn is_never_composed(c: char) -> bool {
    matches!(c, '!'..='\u{7f}' | '\u{a1}'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

fn compare(_: &Site, first: Claimant<'_>, second: Claimant<'_>) -> Option<Diagnostic> {
    Some(
        Diagnostic::new(
            RuleId::DuplicateTitle,
            format!(
                "`{}` has the same title: {}",
                path_line(first.page),
                words::code(&second.claim.shown)
            ),
        )
        .at(second.claim.span)
        .help("delete the one that is a copy, or give it a title of its own")
        .pointer("/title"),
    )
}

fn first_label(_: &Claim) -> String {
    "the same title".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_regard_to_spaces_and_normalisation() {
        for (title, wanted) in [
            ("Opening", "Opening"),
            ("Réunion de l’État", "Réunion de l’État"),
            ("Re\u{301}union", "Réunion"),
            ("  a \t b\u{a0}c\n", "a b c"),
            ("a  b", "a b"),
            ("a ", "a"),
            (" ", ""),
            ("", ""),
            ("\u{212b}", "\u{c5}"),
        ] {
            assert_eq!(normalised(title), wanted);
        }
    }

    #[test]
    fn what_is_left_alone_is_normalised() {
        for c in ('\0'..='\u{2fff}').filter(|&c| is_never_composed(c)) {
            assert!(!c.is_whitespace(), "{c:?}");
            assert!(String::from(c).nfc().eq([c]), "{c:?}");
        }
    }
}
