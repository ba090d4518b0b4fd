//! Compares pages with each other, once all have been checked.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::claims::{ClaimTable, PageClaim, PageId};
use super::context::{PageContext, RunContext};
use super::outcome::FileReport;
use super::page::Page;
use super::thread_outcome::ThreadOutcome;
use crate::diagnostic::RuleId;
use crate::discover::Origin;
use crate::paths;
use crate::read::Reader;
use crate::rules::{self, CrossCheck};
use crate::text::{SourceFile, SourceId};
use crate::threads;

/// To read fewer pages than this again is not worth starting threads for.
const PARALLEL_FROM: usize = 24;

/// What comparing pages found.
#[derive(Default)]
pub(super) struct Comparison {
    pub(super) reports: Vec<FileReport>,
    /// How many findings `[[ignore]]` and comments suppressed.
    pub(super) suppressed: usize,
}

/// The first claims of those that the pages of the outcomes repeat: each page that made one is read
/// again.
pub(super) fn first_claims(
    run: &RunContext<'_>,
    table: &ClaimTable,
    outcomes: &[ThreadOutcome],
    jobs: usize,
) -> Vec<PageClaim> {
    // Of one page, the hashes of all its claims that others repeat.
    let mut pages: BTreeMap<PageId, Vec<u64>> = BTreeMap::new();
    for claim in outcomes.iter().flat_map(|outcome| &outcome.claims) {
        let hash = claim.kept.hash.short();
        if let Some(page) = table.first_page(hash) {
            pages.entry(page).or_default().push(hash);
        }
    }
    let path_of = |page: PageId| {
        let outcome = outcomes
            .iter()
            .find(|outcome| outcome.worker == page.worker)?;
        Some(&*outcome.files.get(page.index as usize)?.path)
    };
    let pages: Vec<(&Path, Vec<u64>)> = pages
        .into_iter()
        .filter_map(|(page, hashes)| Some((path_of(page)?, hashes)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut reader, mut claims) = (Reader::new(), Vec::new());
        while let Some((path, hashes)) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            add_claims_again(run, path, hashes, &mut reader, &mut claims);
        }
        claims
    };
    let others = match pages.len() < PARALLEL_FROM {
        true => 0,
        false => threads::count(jobs) - 1,
    };
    threads::run(others, work).into_iter().flatten().collect()
}

/// Adds the claims of a page, of each of these hashes the first.
fn add_claims_again(
    run: &RunContext<'_>,
    path: &Path,
    hashes: &[u64],
    reader: &mut Reader,
    claims: &mut Vec<PageClaim>,
) {
    let Some(folder) = run.folders.of(path) else {
        return;
    };
    let context = PageContext::new(run, &folder, path);
    let absolute = context.absolute_path();
    let Ok(mut head) = context.read(|fences, limit| reader.read(&absolute, fences, limit)) else {
        return;
    };
    let mut kept = Page::claims_again(context, &mut head);
    // A page may claim one thing twice; its later claim was kept when it was checked.
    let mut wanted: Vec<u64> = hashes.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    kept.retain(|claim| {
        let at = wanted.binary_search(&claim.hash.short());
        at.is_ok_and(|at| {
            wanted.remove(at);
            true
        })
    });
    let source = Arc::new(SourceFile::new(path, head.text));
    claims.extend(kept.into_iter().map(|kept| PageClaim {
        source: Arc::clone(&source),
        folder: Arc::clone(&folder),
        kept,
    }));
}

/// So many of the other pages a finding points at; its message counts the rest.
const MOST_RELATED: usize = 20;

/// Compares claims, and reports on the later of two pages, by path.
pub(super) fn compare(run: &RunContext<'_>, mut claims: Vec<PageClaim>) -> Comparison {
    let key = |claim: &PageClaim| (claim.kept.hash, claim.kept.claim.day);
    claims.sort_unstable_by(|a, b| {
        let by_key = key(a).cmp(&key(b));
        by_key
            .then_with(|| paths::order(a.path(), b.path()))
            .then_with(|| a.kept.claim.span.cmp(&b.kept.claim.span))
    });
    let mut comparison = Comparison::default();
    for group in claims.chunk_by(|a, b| key(a) == key(b)) {
        if let [first, _, ..] = group {
            comparison.compare_group(run, first.kept.rule, group);
        }
    }
    comparison
}

impl Comparison {
    /// Compares the first of the claims of one hash that is certain with the others.
    fn compare_group(&mut self, run: &RunContext<'_>, rule: RuleId, group: &[PageClaim]) {
        let Some(cross) = rules::find(rule).and_then(|rule| rule.cross) else {
            return;
        };
        let is_certain = |claim: &&PageClaim| (cross.is_certain)(&claim.folder.site, claim.path());
        let mut certain = group.iter().filter(is_certain);
        let Some(first) = certain.next() else {
            return;
        };
        let later: Vec<_> = certain.collect();
        // The files of other pages are shown beside the finding's own.
        let mut shown = HashMap::new();
        let mut add = |claim: &PageClaim| {
            let key = Arc::as_ptr(&claim.source);
            let source = shown.entry(key);
            *source.or_insert_with(|| run.sources.add(Arc::clone(&claim.source)))
        };
        if !cross.is_one_finding {
            for second in later {
                self.compare_two(cross, first, second, &[], &mut add);
            }
            return;
        }
        // A page whose finding is suppressed is no part of it, so that the next is reported.
        let is_ignored = |claim: &PageClaim| claim.is_ignored() | claim.kept.is_allowed;
        let (ignored, reported): (Vec<_>, Vec<_>) =
            later.into_iter().partition(|claim| is_ignored(claim));
        self.suppressed += ignored.len();
        if let [second, others @ ..] = &*reported {
            self.compare_two(cross, first, second, others, &mut add);
        }
    }

    /// Reports about the second of two pages. `others` are part of the same finding.
    fn compare_two(
        &mut self,
        cross: &CrossCheck,
        first: &PageClaim,
        second: &PageClaim,
        others: &[&PageClaim],
        add_source: &mut dyn FnMut(&PageClaim) -> SourceId,
    ) {
        let site = &second.folder.site;
        let claimants: Vec<_> = others.iter().map(|other| other.claimant()).collect();
        let compared = (cross.compare)(site, first.claimant(), second.claimant(), &claimants);
        let Some(finding) = compared else {
            return;
        };
        // Both are looked up, so that neither entry counts as unused.
        if second.is_ignored() | first.is_ignored() {
            self.suppressed += 1;
            return;
        }
        let Some(severity) = second.kept.setting.apply(finding.severity) else {
            return;
        };
        if second.kept.is_allowed {
            self.suppressed += 1;
            return;
        }
        let mut finding = finding.severity(severity);
        for page in [first].iter().chain(others).take(MOST_RELATED) {
            let claim = &page.kept.claim;
            finding = finding.related(add_source(page), claim.span, (cross.first_label)(claim));
        }
        let source = Arc::clone(&second.source);
        let report = FileReport::new(source, vec![finding], Some(Origin::Walked));
        self.reports.push(report);
    }
}
