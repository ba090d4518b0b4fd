//! One page, from its bytes to its findings.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::folder::Folder;
use super::one_fault;
use super::suppressions::Suppressions;
use crate::config::{Collection, Setting};
use crate::diagnostic::{Diagnostic, Group, Merged, RuleId, Severity};
use crate::files::Boundary;
use crate::paths;
use crate::schema::{Schema, SchemaRef, Store};
use crate::site::PagePlace;
use crate::syntax::{Document, pointer};
use crate::text::{SourceId, Span};

/// Which schemas the command line asks for.
#[derive(Clone, Debug, Default)]
pub enum SchemaChoice {
    /// The one that governs each page.
    #[default]
    Governing,
    /// This one for every page.
    Forced(SchemaRef),
    /// None at all.
    Off,
}

/// Why a page is checked against the schema it is checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Governing {
    /// `--schema` on the command line.
    CommandLine,
    /// `$schema` in the page.
    Page,
    /// The collection of this name in `frontlint.toml`.
    Collection(Arc<str>),
}

/// A schema that governs a page, and where the choice came from. One for many pages that are checked
/// together: threads that count the users of a schema page by page keep each other waiting.
pub(super) type Governed = Arc<(Arc<Schema>, Governing)>;

/// The findings of one page.
#[derive(Default)]
pub(super) struct Checked {
    /// Findings about the page, after configuration, in the order of their places.
    pub(super) findings: Vec<Diagnostic>,
    /// Findings about defaults that reach the page; their labels lie in the configuration.
    pub(super) of_defaults: Vec<Diagnostic>,
    /// What kept the page from being checked: a schema that does not load.
    pub(super) failures: Vec<Diagnostic>,
    /// The schema that governs it, and where the choice came from. `None` also for a page that
    /// has no front matter and needs none.
    pub(super) schema: Option<Governed>,
    /// How many findings `[[ignore]]` and comments suppressed.
    pub(super) suppressed: usize,
    /// Findings about the page in whose place another one is reported. Before [`Page::merge`] only
    /// those that the schema has merged.
    pub(super) merged: Vec<Merged>,
}

/// What a page is checked with.
pub(super) struct Page<'a> {
    pub(super) path: &'a Path,
    pub(super) folder: &'a Folder,
    pub(super) place: &'a PagePlace<'a>,
    pub(super) collection: Option<&'a Collection>,
    pub(super) choice: &'a SchemaChoice,
    pub(super) store: &'a Store,
    /// The working directory, which schemas are shown relative to.
    pub(super) cwd: &'a Path,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub(super) now: i64,
    /// Whether the whole site is checked.
    pub(super) whole_site: bool,
}

impl Checked {
    /// Takes findings that the schema has merged, but for those about defaults.
    pub(super) fn keep_merged(&mut self, merged: Vec<Merged>) {
        let of_page = |merged: &Merged| is_of(&merged.finding, SourceId::PAGE);
        self.merged.extend(merged.into_iter().filter(of_page));
    }

    /// Takes findings, those about defaults apart.
    pub(super) fn keep(&mut self, findings: Vec<Diagnostic>) {
        for finding in findings {
            if is_of(&finding, SourceId::PAGE) {
                self.findings.push(finding);
            } else {
                self.of_defaults.push(finding);
            }
        }
    }
}

impl Page<'_> {
    /// Where a missing key may be given elsewhere, the finding says so and weighs less.
    pub(super) fn add_origin(&self, violation: &mut Diagnostic) {
        if violation.rule != RuleId::MissingKey {
            return;
        }
        let at = violation.pointer.as_deref().unwrap_or_default();
        let Some(("", key)) = pointer::split_last(at) else {
            return;
        };
        let site = &self.folder.site;
        if let Some(origin) = site.may_come_from_elsewhere(self.path, &key) {
            violation.severity = Severity::Warning;
            violation.help = Some(match violation.help.take() {
                Some(help) => format!("{help}; {origin}"),
                None => origin,
            });
        }
    }

    /// The schema that governs the page: the first that applies of `--schema`, the collection's, and
    /// `$schema` in the front matter, which therefore cannot replace that of a collection. `last` is
    /// that of the last page of the batch that did not name one itself.
    pub(super) fn schema_of(
        &self,
        document: Option<&Document<'_>>,
        failures: &mut Vec<Diagnostic>,
        last: &mut Option<Governed>,
    ) -> Option<Governed> {
        let shown = |path: &Path| paths::shown(path, self.cwd);
        let load = |reference, within: &Boundary| match reference {
            SchemaRef::File(path) => {
                let reference = SchemaRef::File(shown(&path));
                self.store.load_within(&reference, within)
            }
            reference => self.store.load_within(&reference, within),
        };
        let mut named_in_page = None;
        let (loaded, why) = match self.choice {
            SchemaChoice::Off => return None,
            SchemaChoice::Forced(reference) => {
                let is_it = |governed: &&Governed| governed.1 == Governing::CommandLine;
                if let Some(governed) = last.as_ref().filter(is_it) {
                    return Some(Arc::clone(governed));
                }
                (
                    load(reference.clone(), &Boundary::none()),
                    Governing::CommandLine,
                )
            }
            SchemaChoice::Governing => {
                let of_collection = self
                    .collection
                    .and_then(|it| it.schema.as_ref().map(|named| (it, named)));
                if let Some((collection, named)) = of_collection {
                    let is_its = |governed: &&Governed| match &governed.1 {
                        Governing::Collection(name) => Arc::ptr_eq(name, &collection.name),
                        Governing::CommandLine | Governing::Page => false,
                    };
                    if let Some(governed) = last.as_ref().filter(is_its) {
                        return Some(Arc::clone(governed));
                    }
                    let config = &self.folder.config;
                    let within = config.boundary_of(named.source);
                    let why = Governing::Collection(Arc::clone(&collection.name));
                    let store = self.store;
                    let loaded = store.load_named(&named.value, &config.base, &within, shown);
                    (loaded, why)
                } else {
                    let (named, span) = schema_key(document?)?;
                    named_in_page = Some(span);
                    let reference = SchemaRef::parse(named, paths::folder(self.path));
                    (load(reference, &self.folder.boundary), Governing::Page)
                }
            }
        };
        match loaded {
            Ok(schema) => {
                let is_shared = why != Governing::Page;
                let governed = Arc::new((schema, why));
                if is_shared {
                    *last = Some(Arc::clone(&governed));
                }
                Some(governed)
            }
            Err(mut failure) => {
                if let (None, Some(span)) = (&failure.primary, named_in_page) {
                    *failure = failure.at(span);
                }
                if let (Governing::Collection(_), None, Some(collection)) =
                    (&why, &failure.primary, self.collection)
                    && let Some(named) = &collection.schema
                {
                    *failure = failure.at_source(named.source, named.span, "");
                }
                failures.push(*failure);
                None
            }
        }
    }

    /// Gives every finding its final severity and drops those that the configuration suppresses.
    pub(super) fn settle(&self, draft: bool, checked: &mut Checked) {
        let weigh = |finding: &mut Diagnostic| {
            let setting = self.folder.config.severity(finding.rule, self.collection);
            let Some(severity) = setting.apply(finding.severity) else {
                return false;
            };
            finding.severity = if draft && finding.rule.is_soft_on_drafts() {
                Severity::Warning
            } else {
                severity
            };
            true
        };
        checked.findings.retain_mut(weigh);
        checked.of_defaults.retain_mut(weigh);
        checked
            .merged
            .retain_mut(|merged| weigh(&mut merged.finding));
        let config = &self.folder.config;
        Self::suppress(checked, |finding| {
            config.is_ignored(self.path, finding.rule, finding.pointer.as_deref())
        });
    }

    /// Drops the findings that comments in the page allow.
    pub(super) fn allow(&self, comments: &mut Suppressions, checked: &mut Checked) {
        Self::suppress(checked, |finding| comments.allow(finding));
    }

    fn suppress(checked: &mut Checked, mut is_suppressed: impl FnMut(&Diagnostic) -> bool) {
        let before = checked.findings.len();
        let mut values = HashSet::new();
        checked.findings.retain(|finding| {
            let is_suppressed = is_suppressed(finding);
            if is_suppressed && finding.rule.group() == Group::Schema {
                values.extend(finding.pointer.clone());
            }
            !is_suppressed
        });
        checked.suppressed += before - checked.findings.len();
        // What else the schema finds wrong with the value is suppressed with it.
        checked.merged.retain(|merged| {
            let is_of_value = merged.finding.pointer.as_ref() == Some(&merged.into);
            let is_covered = is_of_value && values.contains(&merged.into);
            !is_suppressed(&merged.finding) && !is_covered
        });
    }

    /// One fault, one finding. Only now: a finding that is off or suppressed must not take the place
    /// of one that is not.
    pub(super) fn merge(checked: &mut Checked) {
        let losers = std::mem::take(&mut checked.merged);
        checked.merged = one_fault::merge(&mut checked.findings, losers);
        let _ = one_fault::merge(&mut checked.of_defaults, Vec::new());
    }

    /// Adds findings about the comments, which configuration and comments may hide in turn.
    pub(super) fn add_about_comments(
        &self,
        found: Vec<Diagnostic>,
        comments: &mut Suppressions,
        checked: &mut Checked,
    ) {
        let config = &self.folder.config;
        for mut finding in found {
            let setting = config.severity(finding.rule, self.collection);
            let Some(severity) = setting.apply(finding.severity) else {
                continue;
            };
            finding.severity = severity;
            let ignored = config.is_ignored(self.path, finding.rule, None);
            if ignored || comments.allow(&finding) {
                checked.suppressed += 1;
            } else {
                checked.findings.push(finding);
            }
        }
    }

    /// Whether a rule was applied to this page, so that its silence means something.
    pub(super) fn judges(&self, rule: RuleId, checked: &Checked) -> bool {
        let is_on = is_wanted(self.folder, self.collection, rule);
        let speaks_later = rule.compares_pages() || rule == RuleId::UnusedSuppression;
        is_on && !speaks_later && (checked.schema.is_some() || !rule.needs_schema())
    }

    pub(super) fn missing_front_matter(&self) -> Diagnostic {
        let collection = self.collection.map_or("", |it| &*it.name);
        Diagnostic::new(
            RuleId::MissingFrontMatter,
            format!("this page has no front matter, which the collection `{collection}` requires"),
        )
        .at(Span::empty(0))
        .help(
            "begin the file with a line `---`, the keys and their values, and a second line `---`",
        )
    }
}

/// The schema that a page names itself, and the place of the name.
pub(super) fn schema_key<'d>(document: &'d Document<'_>) -> Option<(&'d str, Span)> {
    let member = document.get(document.root(), "$schema")?;
    let span = document.node(member.value).span;
    Some((document.string(member.value)?, span))
}

/// Whether a rule is on for the files of a collection.
pub(super) fn is_wanted(folder: &Folder, collection: Option<&Collection>, rule: RuleId) -> bool {
    match folder.config.severity(rule, collection) {
        Setting::Unset => rule.default_severity().is_some(),
        setting => setting != Setting::Off,
    }
}

/// Whether a finding's primary label lies in this source.
fn is_of(finding: &Diagnostic, source: SourceId) -> bool {
    finding
        .primary
        .as_ref()
        .is_none_or(|label| label.source == source)
}

/// Sorts findings by their place, then by rule and message, and drops repetitions.
pub(super) fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| place(a).cmp(&place(b)));
    findings.dedup();
}

fn place(finding: &Diagnostic) -> (Option<crate::text::Span>, RuleId, &str) {
    let span = finding.primary.as_ref().map(|label| label.span);
    (span, finding.rule, &finding.message)
}
