//! Findings: the one type for everything that is reported, and the table of rules.
//!
//! Must not format, sort or count; that is for `check` and `report`.

mod fix;
mod identity;
mod left_out;
mod merged;
mod problem;
mod rule_id;

pub use fix::{Applicability, Edit, Fix};
pub use identity::{Identity, ON_DRAFT};
pub use left_out::LeftOut;
pub use merged::Merged;
pub use problem::{PathProblem, Problem};
pub use rule_id::{Group, RuleId};

use crate::text::{SourceId, Span};

/// A page that was checked alone.
#[derive(Clone, Debug, Default)]
pub struct CheckedPage {
    /// Its text from the first byte on, as far as the findings reach.
    pub text: String,
    /// The findings about it, in the order of their places; suppressed ones are left out.
    pub findings: Vec<Diagnostic>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; does not fail a run by default.
    Warning,
    /// Wrong; fails a run.
    Error,
}

impl Severity {
    /// The lower-case name used on the command line and in every output format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a source file, with a few words to put beside its underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file the span counts in.
    pub source: SourceId,
    /// Byte offsets in that file; empty where something is missing.
    pub span: Span,
    /// What is here, in a few words; may be empty for the primary label.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that made it.
    pub rule: RuleId,
    /// Its weight, after configuration.
    pub severity: Severity,
    /// What is wrong with this value, in the reader's words; no trailing full stop.
    pub message: String,
    /// The place to change. `None` where the finding is about the file as a whole.
    pub primary: Option<Label>,
    /// Further places, in this file or in others.
    pub related: Vec<Label>,
    /// What to write instead, derived from what is written.
    pub help: Option<String>,
    /// RFC 6901 pointer to the value in the front matter.
    pub pointer: Option<String>,
    /// Where to read more.
    pub url: Option<String>,
    /// A change that repairs it.
    pub fix: Option<Fix>,
    /// How many findings of the rule this one stands for, where not all are reported; else 0.
    pub left_out: usize,
}

impl Diagnostic {
    /// A finding of `rule` at its default severity, about the file as a whole.
    #[must_use]
    pub fn new(rule: RuleId, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.default_severity().unwrap_or(Severity::Warning),
            message: message.into(),
            primary: None,
            related: Vec::new(),
            help: None,
            pointer: None,
            url: None,
            fix: None,
            left_out: 0,
        }
    }

    /// Points at a place in the page that is being checked.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.at_source(SourceId::PAGE, span, "")
    }

    /// Points at a place in any source, with a few words beside the underline.
    #[must_use]
    pub fn at_source(mut self, source: SourceId, span: Span, label: impl Into<String>) -> Self {
        self.primary = Some(Label {
            source,
            span,
            message: label.into(),
        });
        self
    }

    /// Puts words beside the primary underline.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.message = label.into();
        }
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, source: SourceId, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Label {
            source,
            span,
            message: label.into(),
        });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the value by its RFC 6901 pointer.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Sets the severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Attaches a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Whether this means that frontlint could not do its job (exit status 2). A warning does not: it
    /// is about a configuration that works all the same.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.rule.is_failure() && self.severity == Severity::Error
    }
}
