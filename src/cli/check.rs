//! `frontlint check`: from arguments to reports and an exit status.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::args::CheckArgs;
use super::file_list::file_list;
use super::fixes::Fixes;
use super::notes::Notes;
use super::output;
use super::terminal::{Progress, Stream};
use super::{FAILURE, FINDINGS, Host, SUCCESS, baseline};
use crate::check::{Checker, FileReport, Outcome, SchemaChoice};
use crate::config::Finder;
use crate::diagnostic::{Diagnostic, Problem};
use crate::discover::{self, Changes, Found, Input, Origin, Request};
use crate::report::{Format, Summary, Tally, statistics_text};
use crate::site::generator_names;
use crate::text::{SourceFile, SourceMap, path_line};

/// One check of all pages, and what it needs to be reported.
struct Run {
    sources: Arc<SourceMap>,
    found: Found,
    outcome: Outcome,
}

/// One call of `frontlint check`.
struct Check<'a> {
    args: &'a CheckArgs,
    host: &'a Host,
    notes: Notes<'a>,
    begun: Instant,
    stdin: Box<dyn Read>,
    /// The page on standard input, once it has been read; after its fixes where there were any.
    stdin_page: Option<Vec<u8>>,
    /// `None` until fixes have been applied.
    fixes: Option<Fixes>,
}

/// Checks what the arguments name.
pub(super) fn run(args: &CheckArgs, host: &Host, stdin: Box<dyn Read>) -> u8 {
    let mut check = Check {
        args,
        host,
        notes: Notes::new(host, args.output.quiet),
        begun: Instant::now(),
        stdin,
        stdin_page: None,
        fixes: None,
    };
    // After fixes the pages are checked once more. Nothing is fixed then, so that there is a status.
    let status = check.check().or_else(|| check.check());
    status.unwrap_or(FAILURE)
}

impl Check<'_> {
    /// Checks everything and reports it; returns the exit status. `None` where pages were fixed
    /// instead and have to be checked again.
    fn check(&mut self) -> Option<u8> {
        let args = self.args;
        let sources = Arc::new(SourceMap::default());
        let finder = match self.finder(&sources) {
            Ok(finder) => finder,
            Err(findings) => return Some(self.report_broken_config(&sources, findings)),
        };
        let (found, changes) = match self.discover(&finder) {
            Ok(discovered) => discovered,
            Err(problem) => {
                self.notes.print_problem(&problem);
                return Some(FAILURE);
            }
        };
        let checker = Checker::new(args.rules.schema_choice(), &finder, &sources)
            .baselines(args.rules.write_baseline.is_none());
        let mut outcome = self.check_pages(&checker, &found);
        if let Some(changes) = changes.as_ref().filter(|_| args.files.changed_lines) {
            checker.keep_changed(&mut outcome, changes);
        }
        outcome.keep(|finding| args.selection.keeps(finding));
        if self.fixes.is_none() && args.fixes.least().is_some() {
            let fixes = self.fix(&checker, &outcome);
            if args.fixes.diff {
                return Some(self.print_diff(&fixes, &found, &outcome));
            }
            let is_changed = fixes.fixed > 0;
            self.fixes = Some(fixes);
            if is_changed {
                return None;
            }
        }
        let run = Run {
            sources: Arc::clone(&sources),
            found,
            outcome,
        };
        // A baseline lists findings; one of a run that failed would lack some.
        if let Some(file) = args
            .rules
            .write_baseline
            .as_deref()
            .filter(|_| !run.failed())
        {
            let (outcome, found) = (&run.outcome, &run.found);
            let status = baseline::write(file, outcome, found, &finder, self.host, &self.notes);
            return Some(status);
        }
        if let Some(changes) = &changes {
            self.notes.print(&changes.summary());
        }
        let status = self.report(&run, &checker);
        // The system takes all memory back at once; to give it back page by page takes longer.
        std::mem::forget((run, checker));
        Some(status)
    }

    fn finder(&self, sources: &Arc<SourceMap>) -> Result<Finder, Vec<Diagnostic>> {
        let rules = &self.args.rules;
        let folder = self.host.working_directory.clone();
        Finder::new(
            folder,
            generator_names(),
            &rules.config,
            rules.isolated,
            Arc::clone(sources),
        )
    }

    /// Reports what is wrong with `--config`, or with the file it names.
    fn report_broken_config(&self, sources: &SourceMap, findings: Vec<Diagnostic>) -> u8 {
        let reports = findings.into_iter().map(|finding| {
            let label = finding.primary.as_ref();
            let source = label
                .and_then(|label| sources.get(label.source))
                .unwrap_or_else(|| Arc::new(SourceFile::new("--config", "")));
            FileReport {
                source,
                findings: vec![finding],
                merged: Vec::new(),
                page: None,
            }
        });
        let reports: Vec<_> = reports.collect();
        let mut summary = Summary::default();
        let written = self.write_reports(Stream::Stdout, &reports, sources, &mut summary);
        if let Err(message) = written {
            self.notes.print_error(&message);
        }
        FAILURE
    }

    /// Finds the files, with `--since` the changed ones, and reads standard input.
    fn discover(&mut self, finder: &Finder) -> Result<(Found, Option<Changes>), Problem> {
        let files = &self.args.files;
        let paths = files.inputs();
        if let Some(name) = &files.stdin_filename
            && !paths.iter().any(|path| path == Path::new("-"))
        {
            let message = "`--stdin-filename` names standard input, which is not among the paths";
            return Err(Problem::new(message).help(format!(
                "add `-` to check standard input as `{}`, or leave `--stdin-filename` out",
                path_line(name)
            )));
        }
        let request = Request {
            paths: &paths,
            stdin_filename: files.stdin_filename.as_deref(),
            force_exclude: files.force_exclude,
        };
        let mut found = discover::discover(&request, finder);
        let schema = self.args.rules.schema_choice();
        found.has_one_schema = matches!(schema, SchemaChoice::Forced(_));
        let mut changes = None;
        if let Some(revision) = &files.since {
            let folder = finder.working_directory();
            found.gather(finder, self.args.threads());
            let selected = Changes::select(revision, files.changed_lines, folder, &mut found)?;
            changes = Some(selected);
        }
        self.read_stdin(&found)
            .map_err(|error| Problem::new(format!("cannot read standard input: {error}")))?;
        Ok((found, changes))
    }

    /// Reads standard input if it is among the inputs and has not been read yet.
    fn read_stdin(&mut self, found: &Found) -> io::Result<()> {
        let is_stdin = |input: &Input| input.origin == Origin::Stdin;
        if self.stdin_page.is_none() && found.inputs.iter().any(is_stdin) {
            let mut bytes = Vec::new();
            self.stdin.read_to_end(&mut bytes)?;
            self.stdin_page = Some(bytes);
        }
        Ok(())
    }

    fn check_pages(&self, checker: &Checker<'_>, found: &Found) -> Outcome {
        let progress = Progress::new(&self.host.terminal, !self.args.output.quiet);
        let stdin = self.stdin_page.as_deref().unwrap_or_default();
        checker.run(found, stdin, self.args.threads(), &|| progress.advance())
    }

    fn fix(&mut self, checker: &Checker<'_>, outcome: &Outcome) -> Fixes {
        Fixes::apply(
            &self.args.fixes,
            checker,
            outcome,
            self.host,
            &self.host.links(&self.args.files.paths),
            &mut self.stdin_page,
        )
    }

    fn print_diff(&self, fixes: &Fixes, found: &Found, outcome: &Outcome) -> u8 {
        let not_found = self.notes.print_not_found(found, outcome);
        let failed = self.notes.print_failures(outcome) | not_found | has_failure(outcome);
        let printed = fixes.print_diff(&self.host.terminal, &self.notes);
        if fixes.print_failures(&self.notes) || failed {
            FAILURE
        } else if fixes.fixed > 0 && !self.args.exit.exit_zero {
            FINDINGS
        } else {
            printed
        }
    }

    /// Writes the reports, notes and summary, and decides the exit status.
    fn report(&self, run: &Run, checker: &Checker<'_>) -> u8 {
        let terminal = &self.host.terminal;
        if self.args.files.show_files {
            let failed = self.notes.print_not_found(&run.found, &run.outcome)
                | self.notes.print_failures(&run.outcome);
            let printed = terminal.print(&file_list(&run.outcome, checker));
            return if failed { FAILURE } else { printed };
        }
        // The fixed page has standard output to itself.
        let fixed_page = self.stdin_page.as_ref().filter(|_| self.args.fixes.fix);
        let stream = match fixed_page {
            Some(_) => Stream::Stderr,
            None => Stream::Stdout,
        };
        if let Some(page) = fixed_page {
            let printed = terminal.print_page(page);
            if printed != SUCCESS {
                return printed;
            }
        }
        let mut summary = self.summary(run);
        let reports = &run.outcome.reports;
        let written = self.write_reports(stream, reports, &run.sources, &mut summary);
        if let Err(message) = &written {
            self.notes.print_error(message);
        }
        self.notes.print_about_run(&run.found, &run.outcome);
        if self.args.output.statistics {
            terminal.note(&statistics_text(&summary));
        }
        if self.args.fixes.fix && !self.args.fixes.unsafe_fixes {
            self.notes.print_unsafe_fixes(&run.outcome);
        }
        self.notes.print_summary(&summary);
        // What kept frontlint from its job comes last, beside the prompt.
        let fixes = self.fixes.as_ref();
        let failed = self.notes.print_not_found(&run.found, &run.outcome)
            | fixes.is_some_and(|fixes| fixes.print_failures(&self.notes))
            | self.notes.print_failures(&run.outcome);
        self.notes.repeat_failures(&run.outcome);
        match written {
            Ok(tally) if !failed && !tally.has_failure() => {
                let least = self.args.exit.least();
                let fails = least.is_some_and(|least| tally.reaches(least));
                u8::from(fails && !self.args.exit.exit_zero)
            }
            _ => FAILURE,
        }
    }

    fn write_reports(
        &self,
        stream: Stream,
        reports: &[FileReport],
        sources: &SourceMap,
        summary: &mut Summary,
    ) -> Result<Tally, String> {
        output::write(
            &self.args.output,
            self.host,
            stream,
            reports,
            sources,
            summary,
        )
    }

    fn summary(&self, run: &Run) -> Summary {
        let outcome = &run.outcome;
        let mut by_schema: BTreeMap<&str, usize> = BTreeMap::new();
        let mut without_schema = 0;
        let mut generators = BTreeSet::new();
        for file in &outcome.files {
            match &file.schema {
                None => without_schema += 1,
                Some(schema) => {
                    *by_schema.entry(schema.name()).or_default() += 1;
                    generators.extend(schema.generator());
                }
            }
        }
        let by_schema = by_schema.into_iter();
        let outputs = self.args.output.outputs(self.host.step.is_some());
        // Most formats name no clean files, and a site may have many.
        let names_all = outputs.iter().any(|(format, _)| format.names_clean_files());
        let checked = outcome.files.iter().filter(|_| names_all);
        Summary {
            files: outcome.files.len(),
            by_schema: by_schema
                .map(|(name, files)| (name.to_owned(), files))
                .collect(),
            generators: generators.into_iter().collect(),
            without_schema,
            suppressed: outcome.suppressed,
            checked: checked.map(|file| Arc::clone(&file.path)).collect(),
            fail_on: self.args.exit.least(),
            baselined: outcome.baselined,
            unselected: outcome.unselected,
            fixed: self.fixes.as_ref().map_or(0, |fixes| fixes.fixed),
            marks_fixes: outputs.contains(&(Format::Pretty, None)),
            offers_fixes: !self.args.fixes.fix,
            may_write_baseline: run.found.whole_site && outcome.baselined == 0,
            elapsed: self.begun.elapsed(),
            ..Summary::default()
        }
    }
}

impl Run {
    /// Whether something kept frontlint from doing its job.
    fn failed(&self) -> bool {
        has_failure(&self.outcome)
            || !self.outcome.failures.is_empty()
            || !self.found.failures.is_empty()
            || !self.outcome.walk.failures.is_empty()
    }
}

/// Whether a finding says that frontlint could not do its job.
fn has_failure(outcome: &Outcome) -> bool {
    let mut findings = outcome.reports.iter().flat_map(|report| &report.findings);
    findings.any(Diagnostic::is_failure)
}
