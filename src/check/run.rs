//! A whole run: every input through [`Page`], in parallel, put together in one order.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;

use super::baseline;
use super::cross::Claims;
use super::defaults::Gathered;
use super::folder::{Folder, Folders, unused_ignores};
use super::page::{self, Checked, Governing, Page, SchemaChoice};
use super::vacuous;
use crate::config::Finder;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::discover::{self, Changes, Found, Input, Origin, Request};
use crate::read::Reader;
use crate::schema::Store;
use crate::site::PagePlace;
use crate::syntax::FenceRules;
use crate::text::{ColumnUnit, SourceFile, SourceId, SourceMap};

/// Fewer inputs than this are not worth starting threads for.
const PARALLEL_FROM: usize = 24;

/// One file with findings.
#[derive(Debug)]
pub struct FileReport {
    /// The file the findings are about.
    pub source: Arc<SourceFile>,
    /// Its findings, in the order of their places.
    pub findings: Vec<Diagnostic>,
}

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

/// A file as `--show-files` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFile {
    /// The path as given, or relative to the working directory.
    pub path: PathBuf,
    /// The schema's name and where the choice came from.
    pub schema: Option<(String, Governing)>,
}

/// What kept frontlint from doing its job, beside findings of the meta rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What could not be done.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files with findings, by path.
    pub reports: Vec<FileReport>,
    /// Every file checked, by path.
    pub files: Vec<ShownFile>,
    /// What makes the exit status 2 though no finding says it.
    pub failures: Vec<Failure>,
    /// Remarks about the run itself.
    pub notes: Vec<String>,
    /// How many findings `[[ignore]]` hid.
    pub suppressed: usize,
    /// How many findings a baseline hid.
    pub baselined: usize,
}

impl Outcome {
    /// Drops findings on lines that have not changed. Those about a file as a whole stay where it
    /// has changed at all, and failures always.
    pub fn keep_changed(&mut self, changes: &Changes) {
        for report in &mut self.reports {
            let source = &report.source;
            let line = |offset| source.position(offset, ColumnUnit::Byte).line;
            report.findings.retain(|finding| {
                let changed = match &finding.primary {
                    None => changes.has(source.path()),
                    Some(label) => {
                        let last = label.span.end.saturating_sub(1).max(label.span.start);
                        changes.touch(source.path(), line(label.span.start), line(last))
                    }
                };
                changed || finding.rule.is_failure()
            });
        }
        self.reports.retain(|report| !report.findings.is_empty());
    }
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

/// What one thread has put together so far.
#[derive(Default)]
struct Partial {
    reports: Vec<FileReport>,
    files: Vec<ShownFile>,
    defaults: Gathered,
    /// Findings about schemas, each once.
    failures: Vec<Diagnostic>,
    suppressed: usize,
    claims: Claims,
    /// The roots of sites whose generator's configuration is among the inputs.
    named_configs: BTreeSet<PathBuf>,
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
    /// The outcome is the same for any order of inputs and any number of threads.
    #[must_use]
    pub fn run(
        &self,
        found: &Found,
        stdin: &[u8],
        jobs: usize,
        progress: &(dyn Fn() + Sync),
    ) -> Outcome {
        let check = |mut work: (Partial, Reader), input: &Input| {
            self.check(input, (found, stdin), &mut work.1, &mut work.0);
            progress();
            work
        };
        let checked = in_parallel(&found.inputs, jobs, check);
        let mut outcome = Outcome {
            reports: checked.reports,
            files: checked.files,
            suppressed: checked.suppressed,
            ..Outcome::default()
        };
        let compared = checked.claims.compare(&self.folders, self.sources);
        outcome.reports.extend(compared.reports);
        outcome.suppressed += compared.suppressed;
        let mut elsewhere = self.folders.problems();
        elsewhere.extend(checked.failures);
        for config in self.finder.configs() {
            elsewhere.extend(unused_ignores(&config, found.covers(&config.base)));
        }
        outcome.reports.extend(self.where_they_point(elsewhere));
        let mut defaults = Gathered::default();
        if found.whole_site {
            defaults.merge(checked.defaults);
        }
        for root in checked.named_configs {
            if !found.covers(&root) {
                defaults.merge(self.defaults_of(root, jobs));
            }
        }
        outcome.reports.extend(defaults.into_reports(self.sources));
        if self.baselines {
            let about = baseline::apply(self.finder, found, self.sources, &mut outcome);
            outcome.reports.extend(self.where_they_point(about));
        }
        outcome.reports = by_file(outcome.reports);
        outcome.files.sort_by(|a, b| a.path.cmp(&b.path));
        for site in self.folders.sites() {
            let absent = site.absent_roots();
            outcome.notes.extend(
                absent
                    .iter()
                    .map(|(folder, paths)| absent_root(folder, *paths)),
            );
        }
        vacuous::judge(found, &self.schema, &self.finder.configs(), &mut outcome);
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
        let page = self.page(path, &folder, &place);
        let fences = folder.site.fence_rules_at(&place);
        let limit = folder.config.max_front_matter;
        let mut reader = Reader::new();
        let mut check = |mut bytes: &[u8]| match reader.read_stream(&mut bytes, fences, limit) {
            Ok(head) => {
                let checked = page.check(head);
                Seen {
                    text: checked.text,
                    findings: checked.findings,
                }
            }
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
        place: &'p PagePlace,
    ) -> Page<'p> {
        Page {
            path,
            folder,
            place,
            collection: folder.config.collection_of(path),
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
            threads: jobs,
        };
        let found = discover::discover(&request, self.finder);
        let check = |mut work: (Partial, Reader), input: &Input| {
            self.check(input, (&found, &[]), &mut work.1, &mut work.0);
            work
        };
        in_parallel(&found.inputs, jobs, check).defaults
    }

    fn check(
        &self,
        input: &Input,
        (found, stdin): (&Found, &[u8]),
        reader: &mut Reader,
        partial: &mut Partial,
    ) {
        let path = input.path.as_path();
        let Some(folder) = self.folders.of(path) else {
            return;
        };
        if folder.site.is_config(path) {
            partial.named_configs.insert(folder.site.root().to_owned());
            return;
        }
        let place = folder.site.place(path);
        let page = Page {
            whole_site: found.covers(folder.site.root()),
            ..self.page(path, &folder, &place)
        };
        let collection = page.collection;
        if input.origin == Origin::Walked && collection.is_none() && !place.is_rendered() {
            return;
        }
        let fences = folder.site.fence_rules_at(&place);
        let limit = folder.config.max_front_matter;
        let head = if input.origin == Origin::Stdin {
            reader.read_stream(&mut &*stdin, fences, limit)
        } else {
            reader.read(path, fences, limit)
        };
        let head = match head {
            Ok(head) => head,
            Err(failure) => {
                let source = Arc::new(SourceFile::new(path, ""));
                partial.reports.push(FileReport {
                    source,
                    findings: vec![*failure],
                });
                return;
            }
        };
        folder.config.mark_checked(path);
        if let Some(collection) = collection {
            collection.mark_seen();
        }
        partial.keep(page.check(head), path, reader);
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
            }
        })
    }
}

impl Partial {
    fn keep(&mut self, mut checked: Checked, path: &Path, reader: &mut Reader) {
        self.suppressed += checked.suppressed;
        self.claims.add(path, checked.claims);
        self.defaults.add(checked.of_defaults);
        for failure in checked.failures {
            let in_page = failure
                .primary
                .as_ref()
                .is_some_and(|label| label.source == SourceId::PAGE);
            if in_page {
                checked.findings.push(failure);
            } else {
                self.fail(failure);
            }
        }
        self.files.push(ShownFile {
            path: path.to_owned(),
            schema: checked
                .schema
                .map(|(schema, why)| (schema.name().to_owned(), why)),
        });
        if checked.findings.is_empty() {
            reader.recycle(checked.text);
        } else {
            let source = Arc::new(SourceFile::new(path, checked.text));
            let findings = checked.findings;
            self.reports.push(FileReport { source, findings });
        }
    }

    fn fail(&mut self, failure: Diagnostic) {
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.reports.extend(other.reports);
        self.files.extend(other.files);
        self.defaults.merge(other.defaults);
        for failure in other.failures {
            self.fail(failure);
        }
        self.suppressed += other.suppressed;
        self.named_configs.extend(other.named_configs);
        self.claims.merge(other.claims);
        self
    }
}

fn in_parallel<F>(inputs: &[Input], jobs: usize, check: F) -> Partial
where
    F: Fn((Partial, Reader), &Input) -> (Partial, Reader) + Sync,
{
    let start = || (Partial::default(), Reader::default());
    if inputs.len() < PARALLEL_FROM || jobs == 1 {
        return inputs.iter().fold(start(), check).0;
    }
    let all = || {
        inputs
            .par_iter()
            .fold(start, &check)
            .map(|(partial, _)| partial)
            .reduce(Partial::default, Partial::and)
    };
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool.install(all),
        Err(_) => inputs.iter().fold(start(), &check).0,
    }
}

/// One report a file, by path; what reached a file from several sides is put together.
fn by_file(reports: Vec<FileReport>) -> Vec<FileReport> {
    let mut files: BTreeMap<PathBuf, FileReport> = BTreeMap::new();
    for report in reports {
        match files.entry(report.source.path().to_owned()) {
            Entry::Vacant(free) => {
                free.insert(report);
            }
            Entry::Occupied(mut taken) => taken.get_mut().findings.extend(report.findings),
        }
    }
    let mut reports: Vec<_> = files.into_values().collect();
    for report in &mut reports {
        page::sort(&mut report.findings);
    }
    reports
}

fn absent_root(folder: &str, paths: usize) -> String {
    let paths = match paths {
        1 => "the one path into it was not looked up".to_owned(),
        _ => format!("the {paths} paths into it were not looked up"),
    };
    format!("the folder `{folder}` does not exist here: {paths}")
}
