//! The rules: what each is, why it matters, and its check where it has one of its own.
//!
//! One file a rule. A rule whose findings are made elsewhere (fences and syntax by `syntax`, the
//! schema's by `schema`, the configuration's by `config`) has its documentation here all the same,
//! so that every name is explained in one way. Must not read files or know of configuration.

use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Effects;
use crate::syntax::Document;

/// What a rule may look at.
pub struct Context<'a> {
    /// The page's front matter over the generator's defaults.
    pub document: &'a Document<'a>,
    /// What laying the defaults under the page did.
    pub effects: &'a Effects,
}

/// A rule as users know it.
#[derive(Debug)]
pub struct Rule {
    /// Its name and default severity.
    pub id: RuleId,
    /// The first release that has it.
    pub since: &'static str,
    /// The doc comment in the rule's file; read it through [`Rule::docs`].
    doc_comment: &'static str,
    /// Its check, where it has one of its own.
    pub check: Option<fn(&Context<'_>, &mut Vec<Diagnostic>)>,
}

impl Rule {
    /// What `explain` prints, in Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        let lines = self.doc_comment.lines();
        lines
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .flat_map(|line| [line, "\n"])
            .collect()
    }

    /// The first sentence of the documentation: what the rule is about.
    #[must_use]
    pub fn about(&self) -> String {
        let docs = self.docs();
        let text: Vec<_> = docs
            .lines()
            .skip_while(|line| line.starts_with('#') || line.is_empty())
            .take_while(|line| !line.is_empty())
            .collect();
        let text = text.join(" ");
        match text.split_once(". ") {
            Some((first, _)) => format!("{first}."),
            None => text,
        }
    }

    /// Its page on the web; `None` as long as `Cargo.toml` names no `homepage`.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        let home = env!("CARGO_PKG_HOMEPAGE").trim_end_matches('/');
        (!home.is_empty()).then(|| format!("{home}/rules/{}", self.id))
    }
}

/// Declares a rule from its documentation: `rule! { /// docs… RuleId, since "0.1.0" }`, with
/// `, check function` at the end where it has a check of its own.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $id:ident, since $since:literal $(, check $check:ident)?) => {
        pub(super) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $crate::diagnostic::RuleId::$id,
            since: $since,
            doc_comment: concat!($($line, "\n"),+),
            check: rule!(@check $($check)?),
        };
    };
    (@check) => { None };
    (@check $check:ident) => { Some($check) };
}
use rule;

macro_rules! rules {
    ($($module:ident)+) => {
        $(mod $module;)+

        /// Every rule, in the order of the documentation.
        pub const RULES: &[Rule] = &[$($module::RULE),+];
    };
}

rules! {
    unclosed_front_matter
    missing_front_matter
    misplaced_front_matter
    malformed_fence
    invalid_syntax
    duplicate_key
    missing_key
    unknown_key
    wrong_type
    invalid_format
    invalid_value
    schema_mismatch
    missing_file
    relative_upload
    mixed_default
    invalid_config
    invalid_schema
    unreadable_file
    unused_suppression
}

/// Runs every rule that has a check of its own.
pub fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for rule in RULES {
        if let Some(check) = rule.check {
            check(context, findings);
        }
    }
}

/// The rule with this id.
#[must_use]
pub fn find(id: RuleId) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_file_in_the_same_order() {
        let files: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(files, RuleId::ALL);
    }

    #[test]
    fn documentation_has_the_same_headings_everywhere() {
        for rule in RULES {
            for heading in ["## What it does", "## Why it matters", "## Example"] {
                assert!(rule.docs().contains(heading), "{} lacks {heading}", rule.id);
            }
        }
    }
}
