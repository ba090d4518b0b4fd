//! `[[ignore]]` entries: findings that are known and accepted.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Patterns;
use crate::diagnostic::RuleId;
use crate::text::{SourceId, Span};

/// One `[[ignore]]` entry.
#[derive(Debug)]
pub struct Ignore {
    /// The files it is about, relative to the folder of the config.
    pub path: Patterns,
    /// The rule whose findings it suppresses.
    pub rule: RuleId,
    /// The value it is about (RFC 6901); every value of the file where it is not given.
    pub pointer: Option<String>,
    /// Why, for those who read the config.
    pub reason: Option<String>,
    /// The file the entry stands in.
    pub source: SourceId,
    /// The bytes of its `path`, for the finding that the entry is unused.
    pub span: Span,
    used: AtomicBool,
    checked: AtomicBool,
}

impl Ignore {
    pub(super) fn new(path: Patterns, rule: RuleId, source: SourceId, span: Span) -> Self {
        Self {
            path,
            rule,
            pointer: None,
            reason: None,
            source,
            span,
            used: AtomicBool::new(false),
            checked: AtomicBool::new(false),
        }
    }

    /// Whether the entry suppressed a finding of this run.
    #[must_use]
    pub fn used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }

    /// Whether a file it is about was checked in this run.
    #[must_use]
    pub fn checked(&self) -> bool {
        self.checked.load(Ordering::Relaxed)
    }

    pub(super) fn mark_checked(&self, relative: &Path) {
        if !self.checked() && self.path.matches(relative) {
            self.checked.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn suppresses(&self, relative: &Path, rule: RuleId, pointer: Option<&str>) -> bool {
        let same_value = self.pointer.is_none() || self.pointer.as_deref() == pointer;
        let suppresses = self.rule == rule && same_value && self.path.matches(relative);
        if suppresses {
            self.used.store(true, Ordering::Relaxed);
        }
        suppresses
    }
}
