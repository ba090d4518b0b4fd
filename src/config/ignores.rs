//! `[[ignore]]` entries: findings that are known and accepted.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use globset::GlobSet;

use super::Patterns;
use super::patterns::set_of;
use crate::diagnostic::RuleId;
use crate::text::{SourceId, Span};

/// How many entries share one set of globs. A site may have an entry for each of thousands of
/// findings, which must not all be compared one by one.
const GROUP_SIZE: usize = 256;

/// All `[[ignore]]` entries of a config.
#[derive(Debug, Default)]
pub struct Ignores {
    entries: Vec<Ignore>,
    groups: OnceLock<Vec<Group>>,
}

/// The globs of some entries.
#[derive(Debug)]
struct Group {
    /// `None` where they are too large for one set.
    globs: Option<GlobSet>,
    /// The index of the entry of each glob.
    owners: Vec<usize>,
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

    /// The entries about a file.
    pub(super) fn entries_about(&self, relative: &Path) -> impl Iterator<Item = &Ignore> {
        let mut indices = Vec::new();
        for group in self.groups.get_or_init(|| self.groups()) {
            let owners = &group.owners;
            match &group.globs {
                Some(globs) => {
                    let matching = globs.matches(relative).into_iter();
                    indices.extend(matching.filter_map(|glob| owners.get(glob).copied()));
                }
                None => indices.extend(owners.iter().copied().filter(|&index| {
                    let entry = self.entries.get(index);
                    entry.is_some_and(|entry| entry.path.matches(relative))
                })),
            }
        }
        indices
            .into_iter()
            .filter_map(|index| self.entries.get(index))
    }

    fn groups(&self) -> Vec<Group> {
        let indices: Vec<usize> = (0..self.entries.len()).collect();
        let group_of = |indices: &[usize]| {
            let mut owners = Vec::new();
            let mut globs = Vec::new();
            for &index in indices {
                let own = self.entries.get(index).map(|entry| entry.path.globs());
                for glob in own.unwrap_or_default() {
                    owners.push(index);
                    globs.push(glob);
                }
            }
            let globs = set_of(globs).ok();
            Group { globs, owners }
        };
        indices.chunks(GROUP_SIZE).map(group_of).collect()
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

    /// Notes that a file that it is about was checked.
    pub(super) fn mark_checked(&self) {
        // Threads that write a value that is there already would wait for each other.
        if !self.checked() {
            self.checked.store(true, Ordering::Relaxed);
        }
    }

    /// Whether it suppresses a finding of a file that it is about; it is used from then on.
    pub(super) fn suppresses(&self, rule: RuleId, pointer: Option<&str>) -> bool {
        let is_about_value = self.pointer.is_none() || self.pointer.as_deref() == pointer;
        let suppresses = self.rule == rule && is_about_value;
        if suppresses {
            self.used.store(true, Ordering::Relaxed);
        }
        suppresses
    }
}
