//! What makes two findings one and the same, though the file has changed between them.

use std::borrow::Cow;

use super::{Diagnostic, RuleId};

/// A finding without its place: what is told, and of which value. Line numbers in messages do not
/// count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'d> {
    /// The rule that spoke.
    pub rule: RuleId,
    /// The value it spoke of.
    pub pointer: Option<Cow<'d, str>>,
    /// The message, its line numbers replaced by `…`.
    pub message: Cow<'d, str>,
}

impl Identity<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Identity<'static> {
        Identity {
            rule: self.rule,
            pointer: self.pointer.map(|it| Cow::Owned(it.into_owned())),
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
            message: without_line_numbers(&self.message),
        }
    }
}

fn without_line_numbers(message: &str) -> Cow<'_, str> {
    const LINE: &str = "line ";
    let mut kept = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(LINE) {
        let (before, after) = rest.split_at(at + LINE.len());
        let number = after.trim_start_matches(|c: char| c.is_ascii_digit());
        kept.push_str(before);
        if number.len() < after.len() {
            kept.push('…');
        }
        rest = number;
    }
    if kept.is_empty() {
        return Cow::Borrowed(message);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_number_is_no_part_of_a_message() {
        let of = |message: &str| without_line_numbers(message).into_owned();
        assert_eq!(
            of("opened on line 12, so line 3 is"),
            "opened on line …, so line … is"
        );
        assert_eq!(of("in one line of 3"), "in one line of 3");
        assert_eq!(of("`title` is 12"), "`title` is 12");
    }
}
