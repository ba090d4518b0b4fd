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
    /// Reports pages of one folder and one day with one title, as one finding about the second of
    /// them. Pages in different languages (`lang`, or as the generator has them) may share theirs,
    /// and drafts are left out; only checks of a whole site compare pages. The page of a bundle
    /// or section (`a/index.md`, `a/_index.md` in Hugo and Zola) is in the folder that holds `a`. Where no generator is found,
    /// only pages of a collection in `frontlint.toml` are compared.
    ///
    /// ## Why it matters
    ///
    /// Readers cannot tell the pages apart in lists and search results. Often one is a copy that was
    /// saved twice. A series with one title, such as the minutes of each month, is none: its pages
    /// are of different days.
    ///
    /// ## Example
    ///
    /// `_posts/2024-05-23-opening.md` and `_posts/2024-05-23-opening-2.md` of a Jekyll site both hold:
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
    is_one_finding: true,
    compare,
    first_label,
};

/// How many pages a message names in full.
const MOST_NAMED: usize = 3;

fn collect(context: &Context<'_>, emit: ClaimSink<'_>) {
    let document = context.document;
    let Some(title) = context.page_string("title") else {
        return;
    };
    let shown = normalised(title.text);
    if shown.is_empty() || !context.place.is_rendered() || !context.is_of_site() {
        return;
    }
    let written = ["lang", "language", "locale"].iter().find_map(|key| {
        let member = document.get(document.root(), key)?;
        document.string(member.value)
    });
    let place = context.place;
    let language = written.or(place.language.as_deref()).unwrap_or("");
    let language = match &place.version {
        Some(version) => Cow::Owned(format!("{language}/{version}")),
        None => Cow::Borrowed(language),
    };
    let key = [context.site.folder_of(place), &*language, &*shown];
    emit(key, &|| Claim {
        shown: shown.to_string(),
        span: title.span,
        pointer: Some(Cow::Borrowed("/title")),
        kind: 0,
        day: context.site.day_of(document, place),
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

fn compare(
    _: &Site,
    first: Claimant<'_>,
    second: Claimant<'_>,
    others: &[Claimant<'_>],
) -> Option<Diagnostic> {
    let title = words::code(&second.claim.shown);
    let pages = std::iter::once(&first).chain(others);
    let mut names: Vec<_> = pages
        .take(MOST_NAMED)
        .map(|page| format!("`{}`", path_line(page.page)))
        .collect();
    let more = (others.len() + 1).saturating_sub(MOST_NAMED);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let (message, help) = match names.split_last() {
        Some((last, before @ [_, ..])) => (
            format!(
                "{} and {last} have the same title: {title}",
                before.join(", ")
            ),
            "delete those that are copies, or give each page a title of its own",
        ),
        _ => (
            format!("{} has the same title: {title}", names.concat()),
            "delete the one that is a copy, or give it a title of its own",
        ),
    };
    Some(
        Diagnostic::new(RuleId::DuplicateTitle, message)
            .at(second.claim.span)
            .help(help)
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
