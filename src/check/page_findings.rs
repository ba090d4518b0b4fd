//! What is found in one page, and what configuration and comments leave of it.

use std::collections::HashSet;
use std::sync::Arc;

use super::allow_comments::AllowComments;
use super::claims::KeptClaim;
use super::context::PageContext;
use super::near_keys::NearKeyUse;
use super::outcome::sort_findings;
use super::page_schema::PageSchema;
use super::relative_uploads::RelativePath;
use super::shadowed::suppress_shadowed;
use crate::diagnostic::{Diagnostic, Group, Merged, ON_DRAFT, RuleId, Severity};
use crate::schema::Violations;
use crate::text::SourceId;

/// What is found in one page.
#[derive(Default)]
pub(super) struct PageFindings {
    /// Findings about the page; once it is finished, in the order of their places.
    pub(super) findings: Vec<Diagnostic>,
    /// Findings about defaults that reach the page; their labels are in the configuration.
    pub(super) of_defaults: Vec<Diagnostic>,
    /// Findings about a schema that does not load.
    pub(super) failures: Vec<Diagnostic>,
    /// Findings about the page in whose place another one is reported. Before
    /// [`Self::suppress_shadowed`] only those that the schema has merged.
    pub(super) merged: Vec<Merged>,
    /// How many findings `[[ignore]]` and comments suppressed.
    pub(super) suppressed: usize,
    /// `None` also for a page that has no front matter and needs none.
    pub(super) schema: Option<Arc<PageSchema>>,
    /// Whether no schema is configured for the page.
    pub(super) is_without_schema: bool,
    /// Whether the page's schema was not applied, since there is no front matter.
    pub(super) is_schema_unapplied: bool,
    pub(super) claims: Vec<KeptClaim>,
    /// The keys that are near a known one.
    pub(super) near_keys: Vec<NearKeyUse>,
    /// The places of paths that lack their slash.
    pub(super) relative_paths: Vec<RelativePath>,
}

impl PageFindings {
    /// Adds findings, those about defaults apart.
    pub(super) fn add(&mut self, findings: Vec<Diagnostic>) {
        for finding in findings {
            match is_about_page(&finding) {
                true => self.findings.push(finding),
                // A default has no habit to compare it with.
                false if finding.rule == RuleId::RelativeUpload => {}
                false => self.of_defaults.push(finding),
            }
        }
    }

    pub(super) fn add_violations(&mut self, violations: Violations) {
        self.add(violations.findings);
        let merged = violations.merged.into_iter();
        self.merged
            .extend(merged.filter(|merged| is_about_page(&merged.finding)));
    }

    /// Gives every finding its final severity and drops those of rules that are off.
    pub(super) fn apply_severities(&mut self, page: &PageContext<'_>, is_draft: bool) {
        let apply = |finding: &mut Diagnostic| {
            let is_soft = is_draft && finding.rule.is_soft_on_drafts();
            let is_on = apply_severity(finding, page);
            if is_on && is_soft && finding.severity == Severity::Error {
                finding.severity = Severity::Warning;
                finding.message.push_str(ON_DRAFT);
            }
            is_on
        };
        self.findings.retain_mut(apply);
        self.of_defaults.retain_mut(apply);
        self.merged.retain_mut(|merged| apply(&mut merged.finding));
    }

    /// Drops the findings that `[[ignore]]` entries suppress.
    pub(super) fn suppress_ignored(&mut self, page: &PageContext<'_>) {
        let config = &page.folder.config;
        self.suppress(|finding| {
            config.is_ignored(page.path, finding.rule, finding.pointer.as_deref())
        });
    }

    /// Drops the findings that comments in the page allow.
    pub(super) fn suppress_allowed(&mut self, comments: &mut AllowComments) {
        self.suppress(|finding| comments.allow(finding));
    }

    fn suppress(&mut self, mut is_suppressed: impl FnMut(&Diagnostic) -> bool) {
        let before = self.findings.len();
        let mut values = HashSet::new();
        self.findings.retain(|finding| {
            let is_suppressed = is_suppressed(finding);
            if is_suppressed && finding.rule.group() == Group::Schema {
                values.extend(finding.pointer.clone());
            }
            !is_suppressed
        });
        self.suppressed += before - self.findings.len();
        // What else the schema finds wrong with the value is suppressed with it.
        self.merged.retain(|merged| {
            let is_about_value = merged.finding.pointer.as_ref() == Some(&merged.into);
            let is_covered = is_about_value && values.contains(&merged.into);
            !is_suppressed(&merged.finding) && !is_covered
        });
    }

    /// Drops the findings about paths that lack their slash: how the other pages write theirs is not
    /// known.
    pub(super) fn drop_relative_uploads(&mut self) {
        if !self.relative_paths.is_empty() {
            self.relative_paths.clear();
            let is_other = |finding: &Diagnostic| finding.rule != RuleId::RelativeUpload;
            self.findings.retain(is_other);
        }
    }

    /// Adds findings about comments, which configuration and comments may suppress in turn.
    pub(super) fn add_about_comments(
        &mut self,
        findings: Vec<Diagnostic>,
        page: &PageContext<'_>,
        comments: &mut AllowComments,
    ) {
        for mut finding in findings {
            if !apply_severity(&mut finding, page) {
                continue;
            }
            let is_ignored = page.folder.config.is_ignored(page.path, finding.rule, None);
            if is_ignored || comments.allow(&finding) {
                self.suppressed += 1;
            } else {
                self.findings.push(finding);
            }
        }
    }

    /// One fault, one finding. Comes after all suppressions: a finding that is off or suppressed must
    /// not take the place of one that is not.
    pub(super) fn suppress_shadowed(&mut self) {
        let merged = std::mem::take(&mut self.merged);
        self.merged = suppress_shadowed(&mut self.findings, merged);
        let _ = suppress_shadowed(&mut self.of_defaults, Vec::new());
        sort_findings(&mut self.findings);
    }
}

/// Gives a finding its severity by the configuration; `false` where its rule is off.
fn apply_severity(finding: &mut Diagnostic, page: &PageContext<'_>) -> bool {
    let severity = page.setting(finding.rule).apply(finding.severity);
    finding.severity = severity.unwrap_or(finding.severity);
    severity.is_some()
}

/// Whether a finding's primary label is in the page, and not in a default.
fn is_about_page(finding: &Diagnostic) -> bool {
    let primary = finding.primary.as_ref();
    primary.is_none_or(|label| label.source == SourceId::PAGE)
}
