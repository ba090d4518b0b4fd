//! What is wrong with something, before it is known which rule reports it and in which file.

use super::{Diagnostic, RuleId};
use crate::text::{SourceId, Span, visible_code};

/// A message with its help, without a rule and a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The place in the text that was read; `None` for the whole of it.
    pub span: Option<Span>,
    /// The whole value in its right spelling, where there is no doubt about it.
    pub replacement: Option<String>,
}

impl Problem {
    /// A problem without help.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            span: None,
            replacement: None,
        }
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the help, or leaves none.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// A problem at a place of the text that was read.
    #[must_use]
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            ..Self::new(message)
        }
    }

    /// Sets the replacement, and a help that names it where there is no help yet.
    #[must_use]
    pub fn replace(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        self.help
            .get_or_insert_with(|| format!("write {}", visible_code(&value)));
        self.replacement = Some(value);
        self
    }

    /// The finding of a rule at this place of a source.
    #[must_use]
    pub fn into_diagnostic(self, rule: RuleId, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(rule, self.message);
        diagnostic.help = self.help;
        match self.span {
            Some(span) => diagnostic.at_source(source, span, ""),
            None => diagnostic,
        }
    }
}

/// What is wrong with a path that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProblem {
    /// `missing-file` or `relative-upload`.
    pub rule: RuleId,
    /// What is wrong with the path.
    pub problem: Problem,
}
