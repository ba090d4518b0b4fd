//! What is configured for each rule.

use super::Collection;
use crate::diagnostic::{RuleId, Severity};

/// The configuration of one rule for one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// Nothing is configured: the finding keeps its own severity.
    #[default]
    Unset,
    /// Its findings are errors.
    Error,
    /// Its findings are warnings.
    Warning,
    /// It says nothing.
    Off,
}

impl Setting {
    /// The names in a config file.
    pub(super) const NAMES: &'static [&'static str] = &["error", "warning", "off"];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "error" => Some(Self::Error),
            "warning" => Some(Self::Warning),
            "off" => Some(Self::Off),
            _ => None,
        }
    }

    /// The severity of a finding that carries `own`; `None` where the rule says nothing.
    #[must_use]
    pub fn apply(self, own: Severity) -> Option<Severity> {
        match self {
            Self::Unset => Some(own),
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Off => None,
        }
    }
}

/// A `[rules]` table, or the `rules` of a collection.
#[derive(Clone, Debug)]
pub struct RuleSettings {
    /// By rule, in the order of [`RuleId::ALL`].
    settings: [Setting; RuleId::ALL.len()],
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self {
            settings: [Setting::Unset; RuleId::ALL.len()],
        }
    }
}

impl RuleSettings {
    pub(super) fn set(&mut self, rule: RuleId, setting: Setting) {
        if let Some(own) = self.settings.get_mut(rule as usize) {
            *own = setting;
        }
    }

    /// Lays other settings over these.
    pub(super) fn extend(&mut self, other: &Self) {
        for (own, &other) in self.settings.iter_mut().zip(&other.settings) {
            if other != Setting::Unset {
                *own = other;
            }
        }
    }

    /// What this table says of a rule.
    #[must_use]
    pub fn get(&self, rule: RuleId) -> Setting {
        self.settings
            .get(rule as usize)
            .copied()
            .unwrap_or_default()
    }

    /// What the collection says of a rule, else what this table says.
    #[must_use]
    pub fn severity(&self, rule: RuleId, collection: Option<&Collection>) -> Setting {
        match collection.map_or(Setting::Unset, |collection| collection.rules.get(rule)) {
            Setting::Unset => self.get(rule),
            setting => setting,
        }
    }
}
