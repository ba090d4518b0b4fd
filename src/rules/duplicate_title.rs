//! The rule duplicate-title.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::values;
use super::{Claim, Claimant, Context, CrossCheck, Tell};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::text::{SourceId, all_parts, path_line};

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
    holds: |_, _| true,
    judge,
    first,
};

fn collect(context: &Context<'_>, tell: Tell<'_>) {
    let document = context.document;
    let (mut title, mut languages) = (None, [None; 3]);
    for member in document.members(document.root()) {
        let place = match &*member.key.text {
            "title" => &mut title,
            "lang" => &mut languages[0],
            "language" => &mut languages[1],
            "locale" => &mut languages[2],
            _ => continue,
        };
        let text = document.string(member.value);
        *place = text.map(|text| (document.node(member.value), text));
    }
    let Some((node, title)) = title else {
        return;
    };
    if node.source != SourceId::PAGE || !context.place.is_rendered() {
        return;
    }
    let plain = plain(title);
    if plain.is_empty() {
        return;
    }
    let language = languages.into_iter().flatten().next();
    let language = language.map_or("", |(_, language)| language);
    let collection = context.place.collection().unwrap_or("");
    let key = [collection, language, &plain];
    tell(key, &|| Claim {
        shown: plain.as_ref().to_owned(),
        span: node.span,
        pointer: Some(Cow::Borrowed("/title")),
        kind: 0,
    });
}

/// A title as it is compared: normalised, one blank between its words.
fn plain(title: &str) -> Cow<'_, str> {
    if is_plain(title.as_bytes()) {
        return Cow::Borrowed(title);
    }
    let mut before = ' ';
    let spaced = title.chars().all(|c| {
        let fits = !c.is_whitespace() || (c == ' ' && before != ' ');
        before = c;
        fits
    });
    let spaced = spaced && before != ' ';
    if spaced && is_nfc_quick(title.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(title);
    }
    let words: Vec<_> = title.split_whitespace().collect();
    Cow::Owned(words.join(" ").nfc().collect())
}

/// Whether a title is as it is compared, and of letters that tell it by their first bytes: those
/// below U+0300, which are never composed, and the dashes and quotes from U+2010 to U+2027.
fn is_plain(title: &[u8]) -> bool {
    let [first, .., before, last] = title else {
        return false;
    };
    let fits = all_parts::<PART>(title, 2, |part| begin_plainly(part) || begin_well(part));
    let is_letter = |byte: &u8| matches!(byte, 0x21..=0xc1 | 0xc3..=0xcb);
    let begins = *first != b' ';
    let ends = match before {
        0xc2 => !matches!(last, 0x85 | 0xa0),
        b' ' => is_letter(last),
        before => is_letter(before) && is_letter(last),
    };
    fits && begins && ends
}

/// So many bytes of a title are looked at together: 32, and the two that they are told by.
const PART: usize = 34;

/// The same as [`begin_well`] for most parts of a title; `false` says nothing.
#[inline]
fn begin_plainly(part: &[u8; PART]) -> bool {
    let pairs = part[..PART - 2].iter().zip(&part[1..]);
    // Without a branch, so that all bytes are looked at together.
    pairs.fold(true, |fits, (a, b)| {
        let is_letter = (*a >= 0x20) & (*a <= 0xcb) & (*a != 0xc2);
        fits & is_letter & !((*a == b' ') & (*b == b' '))
    })
}

/// Whether all bytes but the last two begin a letter that is left alone, or belong to one.
#[inline]
fn begin_well(part: &[u8; PART]) -> bool {
    let threes = part.iter().zip(&part[1..]).zip(&part[2..]);
    threes.fold(true, |fits, ((a, b), c)| {
        let is_letter = (*a >= 0x20) & (*a <= 0xcb) & (*a != 0xc2);
        let is_blank = (*a == b' ') & (*b == b' ');
        let is_latin = (*a == 0xc2) & (*b != 0x85) & (*b != 0xa0);
        let is_mark = (*a == 0xe2) & (*b == 0x80) & (*c >= 0x90) & (*c <= 0xa7);
        fits & ((is_letter & !is_blank) | is_latin | is_mark)
    })
}

fn judge(_: &Site, first: Claimant<'_>, second: Claimant<'_>) -> Option<Diagnostic> {
    Some(
        Diagnostic::new(
            RuleId::DuplicateTitle,
            format!(
                "`{}` has the same title: {}",
                path_line(first.page),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_regard_to_blanks_and_normalisation() {
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
            assert_eq!(plain(title), wanted);
        }
    }

    #[test]
    fn what_is_left_alone_is_as_the_long_way_has_it() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let title = format!("a{c}b");
            let words: Vec<_> = title.split_whitespace().collect();
            let long: String = words.join(" ").nfc().collect();
            assert_eq!(plain(&title), long, "{c:?}");
        }
    }

    #[test]
    fn titles_of_all_forms_are_as_the_long_way_has_them() {
        let parts = [
            "a", " ", "é", "«", "’", "\u{85}", "\u{a0}", "\u{2009}", "\u{301}",
        ];
        let mut titles = vec![String::new()];
        for _ in 0..5 {
            let longer = |title: &String| parts.map(|next| format!("{title}{next}"));
            titles = titles.iter().flat_map(longer).collect();
            for title in &titles {
                let words: Vec<_> = title.split_whitespace().collect();
                let long: String = words.join(" ").nfc().collect();
                assert_eq!(plain(title), long, "{title:?}");
            }
        }
    }
}
