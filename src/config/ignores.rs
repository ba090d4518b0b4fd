//! `[[ignore]]` entries: findings that are known and accepted.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use globset::GlobSet;

use super::Patterns;
use super::patterns::set_of;
use crate::diagnostic::RuleId;
use crate::text::{SourceId, Span};

/// How many entries have one set of globs. Baselines by another name, with an entry for each of
/// thousands of findings, must not be compared with every finding one by one.
const GROUP_SIZE: usize = 256;

/// All `[[ignore]]` entries of a config.
#[derive(Debug, Default)]
pub struct Ignores {
    entries: Vec<Ignore>,
    /// The globs of each group of entries together; `None` where they are too many for one set.
    groups: OnceLock<Vec<Option<GlobSet>>>,
}

impl Ignores {
    /// The entries in their order.
    pub fn entries(&self) -> &[Ignore] {
        &self.entries
    }

    pub(super) fn extend(&mut self, entries: Vec<Ignore>) {
        self.entries.extend(entries);
        self.groups = OnceLock::new();
    }

    /// The entries that may be about a file: whole groups, for most files none.
    pub(super) fn candidates(&self, relative: &Path) -> impl Iterator<Item = &Ignore> {
        let group_of = |entries: &[Ignore]| {
            let globs = entries.iter().flat_map(|entry| entry.path.globs());
            set_of(globs).ok()
        };
        let groups = self.groups.get_or_init(|| {
            let groups = self.entries.chunks(GROUP_SIZE);
            groups.map(group_of).collect()
        });
        let groups = groups.iter().zip(self.entries.chunks(GROUP_SIZE));
        groups
            .filter(move |(globs, _)| globs.as_ref().is_none_or(|globs| globs.is_match(relative)))
            .flat_map(|(_, entries)| entries)
    }
}

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
    /// The file that the entry is in.
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
