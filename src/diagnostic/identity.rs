//! What identifies a finding after the file has changed.

use std::borrow::Cow;

use super::{Diagnostic, RuleId};

/// The end of a message whose finding would be an error on a published page.
pub const ON_DRAFT: &str = " (draft)";

/// A finding without its place: its message, without line numbers, and its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'d> {
    /// The rule.
    pub rule: RuleId,
    /// The value that it is about.
    pub pointer: Option<Cow<'d, str>>,
    /// The message, its line numbers replaced by `…`, and without [`ON_DRAFT`]: it is the same
    /// finding once the page is published.
    pub message: Cow<'d, str>,
}

impl Identity<'_> {
    /// A copy that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Identity<'static> {
        Identity {
            rule: self.rule,
            pointer: self.pointer.map(|pointer| Cow::Owned(pointer.into_owned())),
            message: Cow::Owned(self.message.into_owned()),
        }
    }
}

impl Diagnostic {
    /// What stays of the finding when lines are inserted above it or keys change places.
    #[must_use]
    pub fn identity(&self) -> Identity<'_> {
        Identity {
            rule: self.rule,
            pointer: self.pointer.as_deref().map(Cow::Borrowed),
            message: without_line_numbers(
                self.message.strip_suffix(ON_DRAFT).unwrap_or(&self.message),
            ),
        }
    }
}

fn without_line_numbers(message: &str) -> Cow<'_, str> {
    const LINE: &str = "line ";
    let mut stripped = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(LINE) {
        let (before, after) = rest.split_at(at + LINE.len());
        let number = after.trim_start_matches(|c: char| c.is_ascii_digit());
        stripped.push_str(before);
        if number.len() < after.len() {
            stripped.push('…');
        }
        rest = number;
    }
    if stripped.is_empty() {
        return Cow::Borrowed(message);
    }
    stripped.push_str(rest);
    Cow::Owned(stripped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_stays_the_same_when_its_page_is_published() {
        let of = |message| Diagnostic::new(RuleId::MissingFile, message);
        let (draft, published) = (
            of("`a.png` does not exist (draft)"),
            of("`a.png` does not exist"),
        );
        assert_eq!(draft.identity(), published.identity());
    }

    #[test]
    fn a_line_number_is_no_part_of_a_message() {
        for (message, stripped) in [
            (
                "opened on line 12, so line 3 is",
                "opened on line …, so line … is",
            ),
            ("in one line of 3", "in one line of 3"),
            ("`title` is 12", "`title` is 12"),
        ] {
            assert_eq!(without_line_numbers(message), stripped);
        }
    }
}
