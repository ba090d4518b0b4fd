//! Formats of scalar values.

use crate::diagnostic::RuleId;
use crate::dialect::{Style, Value};

/// A scalar as a format sees it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text after unquoting.
    pub text: &'a str,
    /// What the generator makes of it.
    pub value: &'a Value,
    /// How it is written.
    pub style: Style,
}

/// Why a scalar is not of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The text to put in place of the value's own.
    pub replacement: Option<String>,
}

/// Why a path leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProblem {
    /// The rule it breaks.
    pub rule: RuleId,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The text to put in place of the value's own.
    pub replacement: Option<String>,
}

/// Answers whether a path of a page leads to a file.
pub trait Paths: Sync {
    /// What is wrong with the path; `None` if nothing is.
    fn look_up(&self, path: &str) -> Option<PathProblem>;
}

/// Checks one scalar; a format of unknown name accepts everything.
pub fn check(name: &str, input: &Input<'_>) -> Result<(), Problem> {
    let _ = (name, input);
    Ok(())
}

/// Whether a format of this name is checked.
#[must_use]
pub fn is_known(name: &str) -> bool {
    let _ = name;
    false
}
