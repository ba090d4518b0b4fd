//! Pages from their bytes to their findings, one step after the other.
//!
//! Each step takes all pages of a batch before the next begins: the processor keeps the instructions
//! of one step at hand, and not those of all. The pages know nothing of each other.

use std::ops::Range;

use super::as_text;
use super::cross::Mark;
use super::page::{Checked, Governed, Page, is_wanted, sort};
use super::page_paths;
use super::suppressions::Suppressions;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::rules;
use crate::site::Effects;
use crate::syntax::{self, Block, Document, Extraction};
use crate::text::SourceId;

/// A page whose head has been read.
pub(super) struct Opened<'p> {
    pub(super) page: &'p Page<'p>,
    pub(super) text: &'p str,
    pub(super) extraction: Extraction,
}

/// Checks pages. What they claim that no other page may is added to `claims`, where their whole site
/// is checked; each comes with the range of its own.
pub(super) fn check<'p>(
    pages: impl Iterator<Item = Opened<'p>>,
    claims: &mut Vec<Mark>,
) -> Vec<(Checked, Range<usize>)> {
    let mut pages: Vec<_> = pages.map(Stage::parsed).collect();
    let mut schema = None;
    for page in &mut pages {
        page.hold_against_schema(&mut schema);
    }
    for page in &mut pages {
        page.apply_rules(claims);
    }
    pages.into_iter().map(Stage::settled).collect()
}

/// A page between two steps.
struct Stage<'p> {
    page: &'p Page<'p>,
    text: &'p str,
    /// `None` where there is none, or none that can be read.
    document: Option<Document<'p>>,
    effects: Effects,
    comments: Option<Suppressions>,
    is_draft: bool,
    /// Whether a schema governs the page though it has no document.
    governed: bool,
    checked: Checked,
    claims: Range<usize>,
}

impl<'p> Stage<'p> {
    fn parsed(opened: Opened<'p>) -> Self {
        let mut stage = Self {
            page: opened.page,
            text: opened.text,
            document: None,
            effects: Effects::default(),
            comments: None,
            is_draft: false,
            governed: true,
            checked: Checked::default(),
            claims: 0..0,
        };
        if let Some(block) = stage.block(opened.extraction) {
            let dialect = stage.page.folder.site.dialect();
            let parsed = syntax::parse(stage.text, &block, dialect, SourceId::PAGE);
            stage.checked.findings.extend(parsed.diagnostics);
            if let Some(document) = parsed.document {
                stage.governed = false;
                stage.comments = Some(Suppressions::of_document(&document, stage.text));
                stage.document = Some(document);
            }
        }
        stage
    }

    /// The front matter to be parsed.
    fn block(&mut self, extraction: Extraction) -> Option<Block> {
        match extraction {
            Extraction::Found(block) => Some(block),
            Extraction::Broken(finding, block) => {
                self.checked.findings.push(*finding);
                block
            }
            Extraction::Foreign => {
                self.governed = false;
                None
            }
            Extraction::Absent | Extraction::Incomplete => {
                let collection = self.page.collection;
                self.governed = collection.is_some_and(|it| it.front_matter_required);
                if self.governed {
                    let finding = self.page.missing_front_matter();
                    self.checked.findings.push(finding);
                }
                None
            }
        }
    }

    fn hold_against_schema(&mut self, last: &mut Option<Governed>) {
        let page = self.page;
        let checked = &mut self.checked;
        let Some(document) = &mut self.document else {
            if self.governed {
                checked.schema = page.schema_of(None, &mut checked.failures, last);
            }
            return;
        };
        let site = &*page.folder.site;
        checked.schema = page.schema_of(Some(document), &mut checked.failures, last);
        self.effects = site.with_defaults(document, page.place);
        if let Some(governed) = &checked.schema {
            let schema = &governed.0;
            if site.dialect().folds_keys() {
                schema.respell(document);
            }
            let paths = page_paths::OfPage::new(site, page.path);
            let reader = site.reader();
            let mut violations = schema.violations(document, &paths, reader);
            for violation in &mut violations.findings {
                page.add_origin(violation);
            }
            checked.keep(violations.findings);
            checked.keep_merged(violations.merged);
        }
    }

    fn apply_rules(&mut self, claims: &mut Vec<Mark>) {
        let first = claims.len();
        self.claims = first..first;
        let Some(document) = self.document.take() else {
            return;
        };
        let page = self.page;
        let checked = &mut self.checked;
        let site = &*page.folder.site;
        let is_draft = site.is_draft(&document, page.place);
        // A schema that takes too long on the page is not applied again for each value.
        let is_omitted = |finding: &Diagnostic| finding.rule == RuleId::InvalidSchema;
        let has_omissions = checked.findings.iter().any(is_omitted);
        let refuses_text = |id, pointer: &str| {
            let schema = checked.schema.as_ref();
            has_omissions
                || schema.is_some_and(|it| as_text::is_refused(&it.0, &document, id, pointer))
        };
        let wanted = |rule: RuleId| is_wanted(page.folder, page.collection, rule);
        // What nobody is told explains nothing.
        let known = match wanted(RuleId::UnknownKey) {
            true => checked.findings.as_slice(),
            false => &[],
        };
        let context = rules::Context {
            document: &document,
            values: rules::Values::of(&document),
            effects: &self.effects,
            found: known,
            text: self.text,
            path: page.path,
            place: page.place,
            site,
            is_draft,
            now: page.now,
            refuses_text: &refuses_text,
        };
        let mut findings = Vec::new();
        rules::check(&context, &wanted, &mut findings);
        if page.whole_site && !is_draft {
            rules::collect(&context, &wanted, &mut |rule, key, _| {
                claims.push(Mark::of(site, rule, key));
            });
        }
        checked.keep(findings);
        document.recycle();
        self.is_draft = is_draft;
        self.claims = first..claims.len();
    }

    fn settled(self) -> (Checked, Range<usize>) {
        let page = self.page;
        let mut checked = self.checked;
        page.settle(self.is_draft, &mut checked);
        match self.comments {
            Some(mut comments) => {
                page.allow(&mut comments, &mut checked);
                let judged = |rule| page.judges(rule, &checked);
                let found = comments.findings(judged);
                page.add_about_comments(found, &mut comments, &mut checked);
            }
            None if !checked.findings.is_empty() => {
                page.allow(&mut Suppressions::of_lines(self.text), &mut checked);
            }
            None => {}
        }
        Page::merge(&mut checked);
        sort(&mut checked.findings);
        (checked, self.claims)
    }
}
