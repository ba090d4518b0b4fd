//! What identifies a finding after the file has changed.

use std::borrow::Cow;

use super::{Diagnostic, RuleId};

/// A finding without its place: its message, without line numbers, and its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity<'d> {
    /// The rule.
    pub rule: RuleId,
    /// The value that it is about.
    pub pointer: Option<Cow<'d, str>>,
    /// The message, its line numbers replaced by `…`.
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
            message: without_line_numbers(&self.message),
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
