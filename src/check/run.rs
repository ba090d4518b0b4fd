//! A whole run: every input through [`Page`], in parallel, put together in one order.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::baseline;
use super::defaults::Gathered;
use super::folder::{Folder, Folders, unused_ignores};
use super::outcome::{FileReport, Outcome, by_file};
use super::page::{Page, SchemaChoice};
use super::partial::Partial;
use super::stages::{self, Opened};
use super::thread::Thread;
use super::vacuous;
use crate::config::{Collection, Finder};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::discover::{self, Batch, Found, Request, WalkReport};
use crate::read::Reader;
use crate::schema::Store;
use crate::site::PagePlace;
use crate::syntax::{Extraction, FenceRules};
use crate::text::{SourceFile, SourceMap};

/// What decides how a page is read.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// What its generator takes for a fence.
    pub fences: &'a FenceRules,
    /// Whose reading of scalars counts.
    pub dialect: Dialect,
}

/// What a second look at a page gave.
#[derive(Debug)]
pub struct Seen {
    /// The page as far as the findings reach.
    pub text: String,
    /// The findings about the page itself, in the order of their places.
    pub findings: Vec<Diagnostic>,
}

/// Everything the pages of a run share. Schemas, configurations and sites are loaded when the
/// first page needs them.
pub struct Checker<'a> {
    pub(super) schema: SchemaChoice,
    pub(super) finder: &'a Finder,
    pub(super) folders: Folders<'a>,
    pub(super) store: Store,
    sources: &'a Arc<SourceMap>,
    baselines: bool,
    pub(super) now: i64,
}

impl<'a> Checker<'a> {
    /// A checker for one run.
    #[must_use]
    pub fn new(schema: SchemaChoice, finder: &'a Finder, sources: &'a Arc<SourceMap>) -> Self {
        Self {
            schema,
            finder,
            folders: Folders::new(finder, sources),
            store: Store::new(Arc::clone(sources)),
            sources,
            baselines: true,
            now: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_secs()).ok())
                .unwrap_or(0),
        }
    }

    /// Whether findings that a baseline lists are hidden, as they are unless told otherwise.
    #[must_use]
    pub fn baselines(mut self, hide: bool) -> Self {
        self.baselines = hide;
        self
    }

    /// Takes another time than the clock's for now, in seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn at(mut self, now: i64) -> Self {
        self.now = now;
        self
    }

    /// Checks every input on as many threads as `jobs` says (0: one a processor). `stdin` is what
    /// the input of that origin holds; `progress` is called after each file, from any thread.
    ///
    /// The outcome is the same for any order of inputs and any number of threads, but for the
    /// order of [`Outcome::files`].
    #[must_use]
    pub fn run(
        &self,
        found: &Found,
        stdin: &[u8],
        jobs: usize,
        progress: &(dyn Fn() + Sync),
    ) -> Outcome {
        let (checked, walk) = self.check_all(found, stdin, jobs, progress);
        let mut outcome = Outcome {
            reports: checked.reports,
            files: checked.files,
            suppressed: checked.suppressed,
            ungoverned: checked.ungoverned,
            unapplied: checked.unapplied,
            other_files: checked.other_files,
            walk,
            ..Outcome::default()
        };
        outcome.other_files.sort();
        let claims = checked.claims;
        let compared = claims.compare(&outcome.files, &self.folders, self.sources);
        outcome.reports.extend(compared.reports);
        outcome.suppressed += compared.suppressed;
        let mut elsewhere = self.folders.problems();
        elsewhere.extend(checked.failures);
        elsewhere.extend(self.store.findings());
        for config in self.finder.configs() {
            elsewhere.extend(unused_ignores(&config, found.covers(&config.base)));
        }
        outcome.reports.extend(self.where_they_point(elsewhere));
        let mut defaults = Gathered::default();
        if found.whole_site {
            defaults.merge(checked.defaults);
        }
        for root in &checked.named_configs {
            if !found.covers(root) {
                defaults.merge(self.defaults_of(root.clone(), jobs));
            }
        }
        outcome.reports.extend(defaults.into_reports(self.sources));
        if self.baselines {
            let about = baseline::apply(self.finder, found, self.sources, &mut outcome);
            outcome.reports.extend(self.where_they_point(about));
        }
        outcome.reports = by_file(outcome.reports);
        for site in self.folders.sites() {
            let absent = site.absent_roots();
            outcome.notes.extend(
                absent
                    .iter()
                    .map(|(folder, paths)| absent_root(folder, *paths)),
            );
        }
        outcome.notes.extend(found.notes.iter().cloned());
        outcome.notes.extend(outcome.walk.left_out.notes());
        vacuous::report(self, found, &checked.named_configs, &mut outcome);
        outcome
    }

    /// Calls `see` with a page's site and a way to check bytes as if they were the page's; nothing
    /// is kept of what is found. `None` where the page's configuration is broken.
    pub fn look<T>(
        &self,
        path: &Path,
        see: impl FnOnce(&Surroundings<'_>, &mut dyn FnMut(&[u8]) -> Seen) -> T,
    ) -> Option<T> {
        let folder = self.folders.of(path)?;
        let place = folder.site.place(path);
        let collection = folder.config.collection_of(path);
        let page = self.page(path, &folder, &place, collection);
        let fences = folder.site.fence_rules_at(&place);
        let limit = folder.config.max_front_matter;
        let mut reader = Reader::new();
        let mut check = |mut bytes: &[u8]| match reader.read_stream(&mut bytes, fences, limit) {
            Ok(head) => Seen {
                findings: findings_of(&page, head.extraction, &head.text),
                text: head.text,
            },
            Err(failure) => Seen {
                text: String::new(),
                findings: vec![*failure],
            },
        };
        let surroundings = Surroundings {
            fences,
            dialect: folder.site.dialect(),
        };
        Some(see(&surroundings, &mut check))
    }

    /// What a page is checked with when it is checked by itself.
    pub(super) fn page<'p>(
        &'p self,
        path: &'p Path,
        folder: &'p Folder,
        place: &'p PagePlace<'p>,
        collection: Option<&'p Collection>,
    ) -> Page<'p> {
        Page {
            path,
            folder,
            place,
            collection,
            choice: &self.schema,
            store: &self.store,
            cwd: self.finder.working_directory(),
            now: self.now,
            whole_site: false,
        }
    }

    /// What is wrong with the defaults of a site, for whoever names its configuration: every page
    /// is checked, and nothing else is kept.
    fn defaults_of(&self, root: PathBuf, jobs: usize) -> Gathered {
        let request = Request {
            paths: &[root],
            stdin_filename: None,
            force_exclude: false,
        };
        let found = discover::discover(&request, self.finder);
        self.check_all(&found, &[], jobs, &|| {}).0.defaults
    }

    /// Checks what is named and what is walked; the latter while it is walked.
    fn check_all(
        &self,
        found: &Found,
        stdin: &[u8],
        jobs: usize,
        progress: &(dyn Fn() + Sync),
    ) -> (Partial, WalkReport) {
        let check_batch = |thread: &mut Thread, batch: &Batch<'_>| {
            self.check_batch(batch, (found, stdin), thread);
            batch.pages.iter().for_each(|_| progress());
        };
        let (threads, walk) =
            found.for_each_batch(self.finder, jobs, &Thread::default, &check_batch);
        let partials = threads.into_iter().map(|thread| thread.partial);
        (partials.reduce(Partial::and).unwrap_or_default(), walk)
    }

    /// Reports of the files that findings about configurations and schemas point into.
    fn where_they_point(&self, findings: Vec<Diagnostic>) -> impl Iterator<Item = FileReport> {
        // The only schema without a place is that of the command line.
        let nowhere = "--schema";
        findings.into_iter().map(move |finding| {
            let label = finding.primary.as_ref();
            let source = label
                .and_then(|label| self.sources.get(label.source))
                .unwrap_or_else(|| Arc::new(SourceFile::new(nowhere, "")));
            FileReport {
                source,
                findings: vec![finding],
                merged: Vec::new(),
                page: None,
            }
        })
    }
}

/// The findings of a page that is checked by itself.
fn findings_of(page: &Page<'_>, extraction: Extraction, text: &str) -> Vec<Diagnostic> {
    let opened = Opened {
        page,
        text,
        extraction,
    };
    let checked = stages::check(std::iter::once(opened), &mut Vec::new());
    let findings = checked.into_iter().map(|(checked, _)| checked.findings);
    findings.flatten().collect()
}

fn absent_root(folder: &str, paths: usize) -> String {
    let paths = match paths {
        1 => "the one path into it was not looked up".to_owned(),
        _ => format!("the {paths} paths into it were not looked up"),
    };
    format!("the folder `{folder}` does not exist here: {paths}")
}
