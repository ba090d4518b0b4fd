//! A whole run: batches of pages, a worker for each thread, and what is said once all are checked.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::baseline;
use super::claims::ClaimTable;
use super::compare_pages::{compare, first_claims};
use super::context::{PageContext, RunContext, SchemaChoice};
use super::defaults::DefaultFindings;
use super::folders::{Folders, unused_ignores};
use super::near_keys;
use super::nothing_checked;
use super::outcome::{FileReport, Outcome, by_file};
use super::page::Page;
use super::relative_uploads;
use super::thread_outcome::ThreadOutcome;
use super::worker::{CheckWorker, WorkerInput};
use crate::config::Finder;
use crate::diagnostic::{CheckedPage, Diagnostic};
use crate::dialect::Dialect;
use crate::discover::{self, Found, Request, WalkReport};
use crate::read::Reader;
use crate::schema::Store;
use crate::syntax::FenceRules;
use crate::text::{SourceFile, SourceMap};

/// What decides how a page is read.
#[derive(Clone, Copy, Debug)]
pub struct PageSettings<'a> {
    /// What its generator takes for a fence.
    pub fences: &'a FenceRules,
    /// How its generator's parser reads scalars.
    pub dialect: Dialect,
}

/// Checks pages. Schemas, configurations and sites are loaded when the first page needs them.
pub struct Checker<'a> {
    pub(super) context: RunContext<'a>,
    applies_baselines: bool,
}

impl<'a> Checker<'a> {
    /// A checker for one run.
    #[must_use]
    pub fn new(
        schema_choice: SchemaChoice,
        finder: &'a Finder,
        sources: &'a Arc<SourceMap>,
    ) -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        let context = RunContext {
            schema_choice,
            finder,
            folders: Folders::new(finder, sources),
            store: Store::new(Arc::clone(sources)).at(finder.working_directory()),
            sources,
            now: since_1970
                .and_then(|duration| i64::try_from(duration.as_secs()).ok())
                .unwrap_or(0),
        };
        Self {
            context,
            applies_baselines: true,
        }
    }

    /// Sets whether findings that a baseline lists are suppressed, as they are by default.
    #[must_use]
    pub fn baselines(mut self, apply: bool) -> Self {
        self.applies_baselines = apply;
        self
    }

    /// Takes another time than the clock's for now, in seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn at(mut self, now: i64) -> Self {
        self.context.now = now;
        self
    }

    /// Checks every input on as many threads as `jobs` says (0: one a processor). `stdin` is what
    /// the page on standard input holds; `progress` is called after each file, from any thread.
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
        let claims = ClaimTable::default();
        let (outcomes, walk) = self.check_pages(found, stdin, &claims, jobs, progress);
        let first = first_claims(&self.context, &claims, &outcomes, jobs);
        let mut checked = merge(outcomes);
        checked.claims.extend(first);
        let compared = compare(&self.context, checked.claims);
        near_keys::drop_common(&mut checked.reports, &checked.near_keys);
        relative_uploads::drop_habitual(
            &self.context,
            &mut checked.reports,
            &checked.files,
            &checked.relative_paths,
        );
        let mut outcome = Outcome {
            reports: checked.reports,
            files: checked.files,
            suppressed: checked.suppressed + compared.suppressed,
            without_schema_count: checked.without_schema,
            schema_unapplied: checked.schema_unapplied,
            other_files: checked.other_files,
            walk,
            ..Outcome::default()
        };
        outcome.other_files.sort();
        outcome.reports.extend(compared.reports);
        let problems = self.problems(found, checked.failures);
        outcome.reports.extend(self.reports_of(problems));

        let mut defaults = DefaultFindings::default();
        if found.whole_site {
            defaults.merge(checked.defaults);
        }
        for root in &checked.named_configs {
            if !found.covers(root) {
                let of_site = self.defaults_of(root.clone(), jobs);
                defaults.merge(of_site.of_configuration(self.context.sources));
            }
        }
        defaults.report(&self.context, &mut outcome);
        let sources = self.context.sources;
        if self.applies_baselines {
            let findings = baseline::apply(self.context.finder, found, sources, &mut outcome);
            outcome.reports.extend(self.reports_of(findings));
        }
        outcome.reports = by_file(outcome.reports);
        self.add_notes(found, &mut outcome);
        nothing_checked::report(&self.context, found, &checked.named_configs, &mut outcome);
        outcome
    }

    /// Calls `see` with a page's settings and a way to check bytes as if they were the page's; nothing
    /// is kept of what is found. `None` where the page's configuration is broken.
    pub fn with_page<T>(
        &self,
        path: &Path,
        see: impl FnOnce(&PageSettings<'_>, &mut dyn FnMut(&[u8]) -> CheckedPage) -> T,
    ) -> Option<T> {
        let folder = self.context.folders.of(path)?;
        let mut reader = Reader::new();
        let mut check = |mut bytes: &[u8]| {
            let page = PageContext::new(&self.context, &folder, path);
            let read = |fences: &FenceRules, limit| reader.read_stream(&mut bytes, fences, limit);
            match page.read(read) {
                Ok(mut head) => CheckedPage {
                    findings: Page::check_alone(page, &mut head),
                    text: head.text,
                },
                Err(failure) => CheckedPage {
                    text: String::new(),
                    findings: vec![*failure],
                },
            }
        };
        let page = PageContext::new(&self.context, &folder, path);
        let settings = PageSettings {
            fences: page.fences(),
            dialect: folder.site.dialect(),
        };
        Some(see(&settings, &mut check))
    }

    /// Checks every page on its own, those of folders while these are walked.
    fn check_pages(
        &self,
        found: &Found,
        stdin: &[u8],
        claims: &ClaimTable,
        jobs: usize,
        progress: &(dyn Fn() + Sync),
    ) -> (Vec<ThreadOutcome>, WalkReport) {
        let input = WorkerInput {
            run: &self.context,
            found,
            stdin,
            claims,
        };
        let workers = AtomicU32::new(0);
        let new_worker = || CheckWorker::new(input, workers.fetch_add(1, Ordering::Relaxed));
        let (workers, walk) =
            found.for_each_batch(self.context.finder, jobs, &new_worker, &|worker, batch| {
                worker.check_batch(batch);
                batch.pages.iter().for_each(|_| progress());
            });
        let outcomes = workers.into_iter().map(|worker| worker.outcome).collect();
        (outcomes, walk)
    }

    /// What is wrong with configurations and schemas.
    fn problems(&self, found: &Found, failures: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut problems = self.context.folders.problems();
        problems.extend(failures);
        problems.extend(self.context.store.findings());
        for config in self.context.finder.configs() {
            problems.extend(unused_ignores(&config, found.covers(&config.base)));
        }
        problems
    }

    /// What is wrong with the defaults of a site whose configuration is named: every page is checked,
    /// and nothing else is kept.
    fn defaults_of(&self, root: PathBuf, jobs: usize) -> DefaultFindings {
        let request = Request {
            paths: &[root],
            stdin_filename: None,
            force_exclude: false,
        };
        let found = discover::discover(&request, self.context.finder);
        let claims = ClaimTable::default();
        let (outcomes, _) = self.check_pages(&found, &[], &claims, jobs, &|| {});
        merge(outcomes).defaults
    }

    /// Reports of the files that findings about configurations and schemas point into.
    fn reports_of(&self, findings: Vec<Diagnostic>) -> impl Iterator<Item = FileReport> {
        findings.into_iter().map(|finding| {
            let primary = finding.primary.as_ref();
            let source = primary.and_then(|label| self.context.sources.get(label.source));
            // The only schema without a place is that of the command line.
            let source = source.unwrap_or_else(|| Arc::new(SourceFile::new("--schema", "")));
            FileReport::new(source, vec![finding], None)
        })
    }

    fn add_notes(&self, found: &Found, outcome: &mut Outcome) {
        for site in self.context.folders.sites() {
            let absent = site.absent_roots();
            let notes = absent
                .iter()
                .map(|(folder, paths)| absent_root_note(folder, *paths));
            outcome.notes.extend(notes);
        }
        outcome.notes.extend(found.notes.iter().cloned());
        outcome.notes.extend(outcome.walk.left_out.notes());
    }
}

fn merge(outcomes: Vec<ThreadOutcome>) -> ThreadOutcome {
    outcomes
        .into_iter()
        .reduce(ThreadOutcome::merge)
        .unwrap_or_default()
}

fn absent_root_note(folder: &str, paths: usize) -> String {
    let paths = match paths {
        1 => "the one path into it was not looked up".to_owned(),
        _ => format!("the {paths} paths into it were not looked up"),
    };
    format!("the folder `{folder}` does not exist here: {paths}")
}
