//! The rules: what each is, why it matters, and its check where it has one of its own.
//!
//! One file a rule. A rule whose findings are made elsewhere (fences and syntax by `syntax`, the
//! schema's by `schema`, the configuration's by `config`) has its documentation here all the same,
//! so that every name is explained in one way. Must not read files or know of configuration.

mod addresses;
mod context;
mod dates;
mod scalars;
mod words;

mod ambiguous_scalar;
mod date_mismatch;
mod duplicate_key;
mod duplicate_permalink;
mod duplicate_title;
mod empty_value;
mod future_date;
mod impossible_date;
mod invalid_config;
mod invalid_format;
mod invalid_schema;
mod invalid_syntax;
mod invalid_value;
mod malformed_fence;
mod misplaced_front_matter;
mod missing_file;
mod missing_front_matter;
mod missing_key;
mod mixed_default;
mod padded_value;
mod relative_upload;
mod schema_mismatch;
mod surprising_scalar;
mod unclosed_front_matter;
mod unknown_key;
mod unreadable_file;
mod unused_suppression;
mod wrong_offset;
mod wrong_type;
mod zoneless_date;

use std::borrow::Cow;
use std::path::Path;

pub use context::Context;
pub use scalars::Scalars;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::text::Span;
use crate::text::calendar::Day;

/// What a page takes that no other page may have, for the rule that compares pages by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// As findings show it.
    pub shown: String,
    /// The bytes in the page that make the claim.
    pub span: Span,
    /// The value in the front matter, where there is one.
    pub pointer: Option<Cow<'static, str>>,
    /// Whatever the rule distinguishes.
    pub kind: u8,
    /// The day of the page, where only pages of one day are compared.
    pub day: Option<Day>,
}

/// Takes the claims of a page: the key of each, which two pages must not share, and a function that
/// makes the claim itself, for the few that are needed.
pub type ClaimSink<'t> = &'t mut dyn FnMut([&str; 3], &dyn Fn() -> Claim);

/// The same for the claims of several rules.
pub type RuleClaimSink<'t> = &'t mut dyn FnMut(RuleId, [&str; 3], &dyn Fn() -> Claim);

/// A claim and the page that makes it.
#[derive(Clone, Copy, Debug)]
pub struct Claimant<'a> {
    /// The page as shown to users.
    pub page: &'a Path,
    /// What it claims.
    pub claim: &'a Claim,
}

/// The check of a rule that compares pages with each other, in runs over the whole site only.
#[derive(Debug)]
pub struct CrossCheck {
    /// Emits what a page claims. It is not called for drafts.
    pub collect: fn(&Context<'_>, ClaimSink<'_>),
    /// Whether a page's claims are certain. It is called only for the few pages whose keys others
    /// share, so that it may read files.
    pub is_certain: fn(&Site, &Path) -> bool,
    /// Whether all pages that share a key are one finding, about the second of them; else there is
    /// one about each but the first.
    pub is_one_finding: bool,
    /// What is wrong with the second of two pages that share a key; `None` where they may. `others`
    /// are the pages that are part of the same finding. The primary label is in the second page; the
    /// caller adds the others as related places.
    pub compare: fn(
        site: &Site,
        first: Claimant<'_>,
        second: Claimant<'_>,
        others: &[Claimant<'_>],
    ) -> Option<Diagnostic>,
    /// The words beside the first page's place.
    pub first_label: fn(&Claim) -> String,
}

/// The check of a rule that looks at one page.
pub type Check = fn(&Context<'_>, &mut Vec<Diagnostic>);

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
    pub check: Option<Check>,
    /// Its comparison of pages, where it makes one.
    pub cross: Option<&'static CrossCheck>,
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
/// `, check function` at the end where it has a check of its own, `, cross STATIC` where it compares
/// pages.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $id:ident, since $since:literal $(, check $check:ident)? $(, cross $cross:ident)?) => {
        pub(super) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $crate::diagnostic::RuleId::$id,
            since: $since,
            doc_comment: concat!($($line, "\n"),+),
            check: $crate::rules::rule!(@check $($check)?),
            cross: $crate::rules::rule!(@cross $($cross)?),
        };
    };
    (@check) => { None };
    (@check $check:ident) => { Some($check) };
    (@cross) => { None };
    (@cross $cross:ident) => { Some(&$cross) };
}
use rule;

/// Every rule, in the order of the table in `diagnostic/rule_id.rs`.
pub static RULES: &[Rule] = &[
    unclosed_front_matter::RULE,
    missing_front_matter::RULE,
    misplaced_front_matter::RULE,
    malformed_fence::RULE,
    invalid_syntax::RULE,
    duplicate_key::RULE,
    missing_key::RULE,
    unknown_key::RULE,
    wrong_type::RULE,
    invalid_format::RULE,
    invalid_value::RULE,
    schema_mismatch::RULE,
    missing_file::RULE,
    relative_upload::RULE,
    mixed_default::RULE,
    date_mismatch::RULE,
    future_date::RULE,
    wrong_offset::RULE,
    duplicate_permalink::RULE,
    duplicate_title::RULE,
    ambiguous_scalar::RULE,
    surprising_scalar::RULE,
    impossible_date::RULE,
    zoneless_date::RULE,
    padded_value::RULE,
    empty_value::RULE,
    invalid_config::RULE,
    invalid_schema::RULE,
    unreadable_file::RULE,
    unused_suppression::RULE,
];

/// Runs every rule that has a check of its own and is wanted.
pub fn check(
    context: &Context<'_>,
    wanted: &dyn Fn(RuleId) -> bool,
    findings: &mut Vec<Diagnostic>,
) {
    for rule in RULES {
        if let Some(check) = rule.check
            && wanted(rule.id)
        {
            check(context, findings);
        }
    }
}

/// Emits what a page claims for every rule that compares pages and is wanted.
pub fn collect(context: &Context<'_>, wanted: &dyn Fn(RuleId) -> bool, emit: RuleClaimSink<'_>) {
    for rule in RULES {
        if let Some(cross) = rule.cross
            && wanted(rule.id)
        {
            (cross.collect)(context, &mut |key, claim| emit(rule.id, key, claim));
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
    fn rules_that_compare_pages_are_marked_so_in_the_table() {
        for rule in RULES {
            assert_eq!(
                rule.cross.is_some(),
                rule.id.compares_pages(),
                "{}",
                rule.id
            );
        }
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
