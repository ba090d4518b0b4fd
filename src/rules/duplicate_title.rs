//! The rule duplicate-title.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::values;
use super::{Claim, Claimant, Context, CrossCheck, Tell};
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
    holds: |_, _| true,
    judge,
    first,
};

fn collect(context: &Context<'_>, claim: Tell<'_>) {
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
    let plain = plain(title);
    if plain.is_empty() {
        return;
    }
    let language = ["lang", "language", "locale"].iter().find_map(|key| text(key));
    let language = language.map_or("", |(_, language)| language);
    let collection = context.place.collection().unwrap_or("");
    claim(Claim {
        key: [collection.into(), language.into(), Cow::Borrowed(&plain)],
        shown: Cow::Borrowed(&plain),
        span: node.span,
        pointer: Some("/title".into()),
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
    const IS_LETTER: [bool; 256] = {
        let mut is_letter = [false; 256];
        let mut byte = 0;
        while byte < is_letter.len() {
            is_letter[byte] = matches!(byte, 0x21..=0xc1 | 0xc3..=0xcb);
            byte += 1;
        }
        is_letter
    };
    let mut word = 0;
    let mut from = 0;
    while let Some(found) = title[from..].iter().position(|&byte| !IS_LETTER[usize::from(byte)]) {
        let at = from + found;
        let fits = match title[at] {
            b' ' => {
                let is_first = at == word;
                word = at + 1;
                !is_first
            }
            0xc2 => !matches!(title.get(at + 1), Some(0x85 | 0xa0)),
            0xe2 => matches!(title.get(at + 1..at + 3), Some([0x80, 0x90..=0xa7])),
            _ => false,
        };
        if !fits {
            return false;
        }
        from = at + 1;
    }
    word < title.len()
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

fn first(_: &Claim<'_>) -> String {
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
}
