//! Comparing pages with each other, once all of a site have been read.
//!
//! Keeps of each page only what it claims; the few pages that are in each other's way are read
//! again for the report.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{Folder, Folders};
use super::outcome::FileReport;
use super::suppressions::Suppressions;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::Dialect;
use crate::discover::Origin;
use crate::read::Reader;
use crate::rules::{self, Claim, Claimant};
use crate::syntax::{self, Block, Extraction};
use crate::text::{SourceFile, SourceId, SourceMap};

/// What the pages of a run claim.
#[derive(Default)]
pub(super) struct Claims {
    claims: Vec<(RuleId, Claim, Arc<Path>)>,
}

/// What comparing found.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) reports: Vec<FileReport>,
    /// How many findings `[[ignore]]` hid.
    pub(super) suppressed: usize,
}

impl Claims {
    /// Takes the claims of a page.
    pub(super) fn add(&mut self, page: &Path, claims: Vec<(RuleId, Claim)>) {
        if claims.is_empty() {
            return;
        }
        let page: Arc<Path> = page.into();
        let claims = claims.into_iter();
        self.claims
            .extend(claims.map(|(rule, claim)| (rule, claim, Arc::clone(&page))));
    }

    /// Puts what another thread gathered beside this.
    pub(super) fn merge(&mut self, other: Self) {
        self.claims.extend(other.claims);
    }

    /// Compares the claims of each site, and reports on the later of two pages, by path.
    pub(super) fn compare(mut self, folders: &Folders<'_>, sources: &SourceMap) -> Compared {
        let mut roots: HashMap<PathBuf, usize> = HashMap::new();
        let mut site_of: HashMap<Arc<Path>, usize> = HashMap::new();
        for (.., page) in &self.claims {
            if !site_of.contains_key(page)
                && let Some(folder) = folders.of(page)
            {
                let next = roots.len();
                let site = *roots.entry(folder.site.root().to_owned()).or_insert(next);
                site_of.insert(Arc::clone(page), site);
            }
        }
        let place =
            |(rule, _, page): &(RuleId, Claim, Arc<Path>)| (site_of.get(page).copied(), *rule);
        let same = |a: &(RuleId, Claim, Arc<Path>), b: &(RuleId, Claim, Arc<Path>)| {
            place(a) == place(b) && a.1.key == b.1.key
        };
        self.claims.sort_unstable_by(|a, b| {
            place(a)
                .cmp(&place(b))
                .then_with(|| a.1.key.cmp(&b.1.key))
                .then_with(|| a.2.cmp(&b.2))
                .then_with(|| a.1.span.cmp(&b.1.span))
        });
        let mut compared = Compared::default();
        let mut again = Again {
            folders,
            sources,
            reader: Reader::default(),
            files: HashMap::new(),
        };
        for group in self.claims.chunk_by(same) {
            let [first, others @ ..] = group else {
                continue;
            };
            for other in others {
                again.judge(first, other, &mut compared);
            }
        }
        compared
    }
}

/// Reads pages again.
struct Again<'a> {
    folders: &'a Folders<'a>,
    sources: &'a SourceMap,
    reader: Reader,
    files: HashMap<Arc<Path>, Option<PageAgain>>,
}

/// A page that was read again.
#[derive(Clone)]
struct PageAgain {
    file: Arc<SourceFile>,
    id: SourceId,
    block: Option<Block>,
}

impl Again<'_> {
    fn judge(
        &mut self,
        (rule, first, first_page): &(RuleId, Claim, Arc<Path>),
        (_, second, second_page): &(RuleId, Claim, Arc<Path>),
        compared: &mut Compared,
    ) {
        let Some(cross) = rules::find(*rule).and_then(|rule| rule.cross) else {
            return;
        };
        let claimant = |page, claim| Claimant { page, claim };
        let finding = (cross.judge)(
            claimant(first_page.as_ref(), first),
            claimant(second_page.as_ref(), second),
        );
        let (Some(finding), Some(folder)) = (finding, self.folders.of(second_page)) else {
            return;
        };
        let ignored = |folder: &Folder, page: &Path, claim: &Claim| {
            let pointer = claim.pointer.as_deref();
            folder.config.is_ignored(page, *rule, pointer)
        };
        let other = self.folders.of(first_page);
        let hidden = ignored(&folder, second_page, second)
            | other.is_some_and(|folder| ignored(&folder, first_page, first));
        if hidden {
            compared.suppressed += 1;
            return;
        }
        let collection = folder.config.collection_of(second_page);
        let setting = folder.config.severity(*rule, collection);
        let Some(severity) = setting.apply(finding.severity) else {
            return;
        };
        let mut finding: Diagnostic = finding.severity(severity);
        if let Some(first_page) = self.read(first_page) {
            finding = finding.related(first_page.id, first.span, (cross.first)(first));
        }
        let Some(page) = self.read(second_page) else {
            return;
        };
        if page.allows(&finding, folder.site.dialect()) {
            compared.suppressed += 1;
            return;
        }
        compared.reports.push(FileReport {
            source: page.file,
            findings: vec![finding],
            page: Some(Origin::Walked),
        });
    }

    fn read(&mut self, page: &Arc<Path>) -> Option<PageAgain> {
        if let Some(known) = self.files.get(page) {
            return known.clone();
        }
        let folder = self.folders.of(page)?;
        let place = folder.site.place(page);
        let fences = folder.site.fence_rules_at(&place);
        let head = self
            .reader
            .read(page, fences, folder.config.max_front_matter)
            .ok();
        let read = head.map(|head| {
            let block = match head.extraction {
                Extraction::Found(block) => Some(block),
                _ => None,
            };
            let file = Arc::new(SourceFile::new(page.as_ref(), head.text));
            let id = self.sources.add(Arc::clone(&file));
            PageAgain { file, id, block }
        });
        self.files.insert(Arc::clone(page), read.clone());
        read
    }
}

impl PageAgain {
    /// Whether a comment of the page allows a finding.
    fn allows(&self, finding: &Diagnostic, dialect: Dialect) -> bool {
        let text = self.file.text();
        let parsed = self
            .block
            .and_then(|block| syntax::parse(text, &block, dialect, SourceId::PAGE).document);
        parsed.is_some_and(|document| Suppressions::of_document(&document, text).allow(finding))
    }
}
