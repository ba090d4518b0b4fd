//! What happens to one page: it is parsed, validated against its schema, given to the rules, and its
//! findings are finished.
//!
//! The four steps of [`Page`] stand in this order. Pages know nothing of each other; what they claim
//! for themselves alone, such as their address, is compared when all have been checked.

use std::cell::OnceCell;
use std::sync::Arc;

use super::allow_comments::AllowComments;
use super::claims::{ClaimFilter, ClaimKey, KeptClaim};
use super::context::PageContext;
use super::near_keys::NearKeyUse;
use super::page_findings::PageFindings;
use super::page_paths::PagePaths;
use super::page_schema::PageSchema;
use super::relative_uploads::{PathGroup, RelativePath};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::read::Head;
use crate::rules;
use crate::site::{DateReading, Effects};
use crate::syntax::{self, Block, Document, Extraction, pointer};
use crate::text::{SourceId, Span};

/// A page whose beginning has been read.
pub(super) struct Page<'p> {
    context: PageContext<'p>,
    /// Taken by [`Self::parse`].
    extraction: Extraction,
    /// Whether the page has no front matter at all.
    has_no_block: bool,
    /// Up to the end of the front matter.
    text: &'p str,
    /// `None` where there is no front matter, or none that parses.
    document: Option<Document<'p>>,
    /// The comments in the document.
    comments: Option<AllowComments>,
    /// Whether the page has no front matter and needs none, so that no schema is chosen for it.
    needs_no_schema: bool,
    /// What laying the generator's defaults under the document changed.
    effects: Effects,
    is_draft: bool,
    found: PageFindings,
}

impl<'p> Page<'p> {
    pub(super) fn new(context: PageContext<'p>, extraction: Extraction) -> Self {
        Self {
            context,
            has_no_block: matches!(extraction, Extraction::Absent),
            extraction,
            text: "",
            document: None,
            comments: None,
            needs_no_schema: false,
            effects: Effects::default(),
            is_draft: false,
            found: PageFindings::default(),
        }
    }

    /// Takes a page that is checked alone through all steps, and returns its findings.
    pub(super) fn check_alone(context: PageContext<'p>, head: &'p mut Head) -> Vec<Diagnostic> {
        let mut page = Self::new(context, std::mem::take(&mut head.extraction));
        page.parse(&head.text);
        page.validate(&mut None);
        page.apply_rules(&ClaimFilter::Nothing);
        page.finish().findings
    }

    /// Takes a page that has been checked before to the claims that it makes.
    pub(super) fn claims_again(context: PageContext<'p>, head: &'p mut Head) -> Vec<KeptClaim> {
        let mut page = Self::new(context, std::mem::take(&mut head.extraction));
        page.parse(&head.text);
        page.validate(&mut None);
        page.apply_rules(&ClaimFilter::All);
        page.found.claims
    }

    /// The first step: reads the front matter in `text`, the beginning of the page.
    pub(super) fn parse(&mut self, text: &'p str) {
        self.text = text;
        let Some(block) = self.take_block() else {
            return;
        };
        let dialect = self.context.folder.site.dialect();
        let parsed = syntax::parse(text, &block, dialect, SourceId::PAGE);
        self.found.findings.extend(parsed.diagnostics);
        if let Some(document) = parsed.document {
            self.comments = Some(AllowComments::of_document(&document, text));
            let site = &self.context.folder.site;
            let refusals = site.refusals(&document, &self.context.place);
            self.found.findings.extend(refusals);
            self.document = Some(document);
        }
    }

    /// The front matter to parse.
    fn take_block(&mut self) -> Option<Block> {
        match std::mem::take(&mut self.extraction) {
            Extraction::Found(block) => Some(block),
            Extraction::Broken(finding, block) => {
                self.found.findings.push(*finding);
                block
            }
            Extraction::Foreign => {
                self.needs_no_schema = true;
                None
            }
            Extraction::Absent | Extraction::Incomplete => {
                let is_required = self.context.is_front_matter_required();
                self.needs_no_schema = !is_required;
                if is_required || self.context.generator_requires_front_matter() {
                    self.found.findings.push(self.missing_front_matter());
                }
                None
            }
        }
    }

    fn missing_front_matter(&self) -> Diagnostic {
        let message = match self.context.collection {
            Some(collection) if collection.front_matter_required => format!(
                "this page has no front matter, which the collection `{}` requires",
                collection.name
            ),
            _ => {
                let rules = self.context.fences();
                format!(
                    "this page has no front matter, so {} {}",
                    rules.generator, rules.when_missed
                )
            }
        };
        Diagnostic::new(RuleId::MissingFrontMatter, message)
        .at(Span::empty(0))
        .help(
            "begin the file with a line `---`, the keys and their values, and a second line `---`",
        )
    }

    /// The second step: lays the generator's defaults under the page and validates both against the
    /// schema. `last_schema` is as in [`PageContext::choose_schema`].
    pub(super) fn validate(&mut self, last_schema: &mut Option<Arc<PageSchema>>) {
        if self.document.is_none() && self.needs_no_schema {
            return;
        }
        let chosen = self
            .context
            .choose_schema(self.document.as_ref(), last_schema);
        match chosen {
            Ok(schema) => self.found.schema = schema,
            Err(failure) => self.found.failures.push(*failure),
        }
        let Some(document) = &mut self.document else {
            return;
        };
        let site = &*self.context.folder.site;
        self.effects = site.with_defaults(
            document,
            &self.context.place,
            self.context.folder.defaults.as_deref(),
        );
        let Some(schema) = self.found.schema.as_ref().map(|chosen| &chosen.schema) else {
            return;
        };
        let dialect = site.dialect();
        if dialect.key_folder().is_some() {
            schema.respell(document, &|one, other| dialect.same_key(one, other));
        }
        let paths = PagePaths::new(&self.context, document);
        let mut violations = schema.violations(document, &paths, site.reader());
        if !violations.findings.is_empty() && gives_date(&self.context) {
            let is_date = |finding: &Diagnostic| {
                finding.rule == RuleId::MissingKey && finding.pointer.as_deref() == Some("/date")
            };
            violations.findings.retain(|finding| !is_date(finding));
            violations.merged.retain(|merged| !is_date(&merged.finding));
        }
        // The keys that a generator knows are not all that its configuration gives to pages.
        if self
            .found
            .schema
            .as_ref()
            .is_some_and(|chosen| chosen.is_of_generator())
        {
            violations.findings.retain(|finding| {
                let label = finding.primary.as_ref();
                finding.rule != RuleId::UnknownKey
                    || label.is_none_or(|label| label.source == SourceId::PAGE)
            });
        }
        for violation in &mut violations.findings {
            soften_external(violation, &self.context);
        }
        let group = PathGroup::new(&self.context, schema.name());
        let near_keys = violations.near_keys.drain(..).map(|key| NearKeyUse {
            group: group.hash(RuleId::UnknownKey, &key.pattern),
            pointer: key.pointer,
        });
        self.found.near_keys.extend(near_keys);
        self.found.add_violations(violations);
    }

    /// The third step: applies the rules, and collects what the page claims, as far as
    /// `filter` keeps it.
    pub(super) fn apply_rules(&mut self, filter: &ClaimFilter<'_>) {
        let Some(document) = self.document.take() else {
            return;
        };
        let context = &self.context;
        let site = &*context.folder.site;
        self.is_draft = site.is_draft(&document, &context.place);
        // A schema that takes too long on the page is not applied again for each value.
        let is_slow = |finding: &Diagnostic| finding.rule == RuleId::InvalidSchema;
        let is_schema_slow = self.found.findings.iter().any(is_slow);
        let schema = self.found.schema.as_ref();
        let refuses_text = |id, pointer: &str| {
            is_schema_slow
                || schema.is_some_and(|schema| schema.refuses_text(&document, id, pointer))
        };
        let is_on = |rule: RuleId| context.is_on(rule);
        // A finding of a rule that is off must not suppress another.
        let earlier = match is_on(RuleId::UnknownKey) {
            true => self.found.findings.as_slice(),
            false => &[],
        };
        let for_rules = rules::Context {
            document: &document,
            scalars: rules::Scalars::of(&document),
            field_dates: OnceCell::new(),
            effects: &self.effects,
            findings: earlier,
            text: self.text,
            path: context.path,
            place: &context.place,
            site,
            is_in_collection: context.collection.is_some(),
            is_draft: self.is_draft,
            now: context.run.now,
            refuses_text: &refuses_text,
        };
        let mut findings = Vec::new();
        rules::check(&for_rules, &is_on, &mut findings);
        if !self.is_draft && !matches!(filter, ClaimFilter::Nothing) {
            let (claims, comments) = (&mut self.found.claims, &mut self.comments);
            rules::collect(&for_rules, &is_on, &mut |rule, parts, claim| {
                let key = ClaimKey { site, rule, parts };
                if filter.keeps(&key) {
                    let claim = claim();
                    let at = Some(claim.span.start);
                    claims.push(KeptClaim {
                        rule,
                        hash: key.hash(),
                        setting: context.setting(rule),
                        is_allowed: comments
                            .as_mut()
                            .is_some_and(|comments| comments.allow_at(rule, at)),
                        claim,
                    });
                }
            });
        }
        self.found.add(findings);
    }

    /// The last step: severities and suppressions, and one finding for one fault.
    pub(super) fn finish(mut self) -> PageFindings {
        let context = &self.context;
        self.found.apply_severities(context, self.is_draft);
        self.found.suppress_ignored(context);
        match self.comments.take() {
            Some(mut comments) => {
                self.found.suppress_allowed(&mut comments);
                let about_comments = comments.findings(|rule| self.was_applied(rule));
                self.found
                    .add_about_comments(about_comments, context, &mut comments);
            }
            None if !self.found.findings.is_empty() => {
                let mut comments = AllowComments::of_lines(self.text);
                self.found.suppress_allowed(&mut comments);
            }
            None => {}
        }
        self.found.suppress_shadowed();
        if let Some(schema) = &self.found.schema {
            let group = PathGroup::new(&self.context, schema.name());
            let findings = self.found.findings.iter();
            let relative = findings.filter_map(|finding| RelativePath::of(finding, group));
            self.found.relative_paths = relative.collect();
        }
        self.found.is_without_schema = self.found.schema.is_none() && !context.has_known_schema();
        self.found.is_schema_unapplied = self.is_schema_unapplied();
        self.found
    }

    /// Whether a rule was applied to this page, so that a comment that allows it may be unused.
    fn was_applied(&self, rule: RuleId) -> bool {
        let comes_later = rule.compares_pages() || rule == RuleId::UnusedSuppression;
        let lacks_schema = rule.needs_schema() && self.found.schema.is_none();
        self.context.is_on(rule) && !comes_later && !lacks_schema
    }

    /// Whether the page's schema was not applied, since there is no front matter.
    fn is_schema_unapplied(&self) -> bool {
        self.has_no_block
            && self.found.schema.is_none()
            && !self.context.is_front_matter_required()
            && self.context.has_schema()
    }
}

/// Whether the generator takes a page's date from the name of its file where it has none of its own.
fn gives_date(page: &PageContext<'_>) -> bool {
    let named = page.folder.site.date_in_name(&page.place);
    named.is_some_and(|named| matches!(named.reading, DateReading::Date(_)))
}

/// Makes a missing key that may be given elsewhere a warning that says so.
fn soften_external(violation: &mut Diagnostic, page: &PageContext<'_>) {
    if violation.rule != RuleId::MissingKey {
        return;
    }
    let at = violation.pointer.as_deref().unwrap_or_default();
    let Some(("", key)) = pointer::split_last(at) else {
        return;
    };
    let site = &page.folder.site;
    if let Some(origin) = site.external_source_of(page.path, &key) {
        violation.severity = Severity::Warning;
        violation.help = Some(match violation.help.take() {
            Some(help) => format!("{help}; {origin}"),
            None => origin,
        });
    }
}
