//! The values of `format`: JSON Schema's own and frontlint's, one file a family.
//!
//! Judges one scalar at a time and says what is wrong with it. Reads no files: `existing-path` is
//! answered by whoever implements [`Paths`]. Imports `diagnostic` and `dialect` only.

mod dates;
mod email;
#[cfg(test)]
mod email_tests;
mod phone;
mod slug;
mod standard;
mod text;
mod times;

use crate::diagnostic::RuleId;
use crate::dialect::{Style, Value};

/// One scalar, as written and as read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text of the scalar, without quotes and escapes.
    pub text: &'a str,
    /// What the dialect makes of it.
    pub value: &'a Value,
    /// How it is written.
    pub style: Style,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong with this value.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The whole value in its right spelling, where there is no doubt about it.
    pub replacement: Option<String>,
}

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            replacement: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the replacement, and the help to it where there is none yet.
    fn replace(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        self.help
            .get_or_insert_with(|| format!("write {}", text::quoted(&value)));
        self.replacement = Some(value);
        self
    }
}

/// Answers `existing-path`.
pub trait Paths: Sync {
    /// What is wrong with a path; `None` where it is there.
    fn look_up(&self, path: &str) -> Option<PathProblem>;
}

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProblem {
    /// The rule that speaks.
    pub rule: RuleId,
    /// What is wrong with this path.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The whole path in its right spelling, where there is no doubt about it.
    pub replacement: Option<String>,
}

/// Checks a scalar against a format. Formats are for strings: a value of another type is accepted,
/// and so is any value where the format is unknown. A timestamp counts as the string it is written
/// as, except where the format is one of dates.
///
/// # Errors
///
/// The [`Problem`] with a value that is not of the format.
pub fn check(name: &str, input: &Input<'_>) -> Result<(), Problem> {
    if !matches!(input.value, Value::String | Value::Timestamp(_)) {
        return Ok(());
    }
    match name {
        "date" => dates::check(dates::Wanted::Date, input),
        "date-time" => dates::check(dates::Wanted::DateTime, input),
        "timestamp" => dates::check(dates::Wanted::Either, input),
        "time" => times::check(input.text),
        "email" => email::check(input.text, false),
        "idn-email" => email::check(input.text, true),
        "slug" => slug::check(input.text),
        "phone" => phone::check_international(input.text),
        _ => match name.strip_prefix("phone-") {
            Some(region) => phone::check_region(region, input.text),
            None => standard::check(name, input.text),
        },
    }
}

/// Whether [`check`] or [`Paths`] knows a format of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    match name {
        "date" | "date-time" | "timestamp" | "time" | "email" | "idn-email" | "slug" | "phone"
        | "existing-path" => true,
        _ => match name.strip_prefix("phone-") {
            Some(region) => phone::is_region(region),
            None => standard::is_known(name),
        },
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the suites are files")]
mod tests;
