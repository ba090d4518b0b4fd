//! `frontlint check`: from arguments to reports and an exit status.

use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::ColorChoice;

use super::actions::Step;
use super::args::{CheckArgs, ConfigArg};
use super::baseline;
use super::fixes::Fixes;
use super::notes::Notes;
use super::terminal::{self, Progress, Stream};
use super::{FAILURE, output};
use crate::check::{Checker, FileReport, Outcome, SchemaChoice, SchemaSource};
use crate::config::Finder;
use crate::diagnostic::{Diagnostic, Problem};
use crate::discover::{self, Changes, Found, Input, Origin, Request};
use crate::report::visible;
use crate::report::{Summary, statistics_text};
use crate::schema::SchemaRef;
use crate::text::{SourceFile, SourceMap, path_line, path_text};

/// What was handed in on standard input, read once.
type Stdin = Option<Vec<u8>>;

/// One round over all files, and what it needs to be reported.
struct Round {
    sources: Arc<SourceMap>,
    found: Found,
    outcome: Outcome,
}

/// Checks what the arguments name.
#[must_use]
pub(super) fn run(args: &CheckArgs, color: ColorChoice) -> ExitCode {
    let begun = Instant::now();
    let notes = Notes {
        style: terminal::style(Stream::Stderr, color, args.column_unit),
        quiet: args.quiet,
    };
    let mut stdin = None;
    let mut fixes = Fixes::default();
    loop {
        let sources = Arc::new(SourceMap::default());
        let finder = match finder(args, &sources) {
            Ok(finder) => finder,
            Err(findings) => return broken_arguments(args, color, &notes, &sources, findings),
        };
        let begun_round = begin(args, &finder, &mut stdin);
        let (found, changes) = match begun_round {
            Ok(begun_round) => begun_round,
            Err(failure) => {
                notes.error(&failure.message, failure.help.as_deref());
                return ExitCode::from(FAILURE);
            }
        };
        let checker = Checker::new(schema_choice(args), &finder, &sources)
            .baselines(args.write_baseline.is_none());
        let progress = Progress::new(!args.quiet);
        let input = stdin.as_deref().unwrap_or_default();
        let jobs = args.jobs.map_or(0, usize::from);
        let mut outcome = checker.run(&found, input, jobs, &|| progress.advance());
        progress.clear();
        if let Some(changes) = changes.as_ref().filter(|_| args.changed_lines) {
            checker.keep_changed(&mut outcome, changes);
        }
        if let (Some(least), false) = (args.fixes(), fixes.done) {
            fixes.apply(args, &checker, &outcome, &mut stdin, least);
            if args.diff {
                let failed = notes.not_found(&found, &outcome) | notes.failures(&outcome);
                return fixes.conclude_diff(args, &notes, failed || has_failure(&outcome));
            }
            if fixes.fixed > 0 {
                continue;
            }
        }
        let round = Round {
            sources: Arc::clone(&sources),
            found,
            outcome,
        };
        if let Some(file) = &args.write_baseline
            && !has_failure(&round.outcome)
            && round.outcome.failures.is_empty()
            && round.found.failures.is_empty()
            && round.outcome.walk.failures.is_empty()
        {
            return baseline::write(file, &round.outcome, &round.found, &finder, &notes);
        }
        if let Some(changes) = &changes {
            notes.note(&changes.summary());
        }
        let status = conclude(args, color, &notes, &round, &fixes, stdin.as_deref(), begun);
        // The system takes all memory back at once; to give it back page by page takes longer.
        std::mem::forget((round, checker));
        return status;
    }
}

fn finder(args: &CheckArgs, sources: &Arc<SourceMap>) -> Result<Finder, Vec<Diagnostic>> {
    let arguments: Vec<String> = args.config.iter().map(config_argument).collect();
    Finder::new(&arguments, args.isolated, Arc::clone(sources))
}

fn broken_arguments(
    args: &CheckArgs,
    color: ColorChoice,
    notes: &Notes,
    sources: &SourceMap,
    findings: Vec<Diagnostic>,
) -> ExitCode {
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
    let out = Stream::Stdout;
    let written = output::write(args, color, out, &reports, sources, &mut Summary::default());
    if let Err(message) = written {
        notes.error(&message, None);
    }
    ExitCode::from(FAILURE)
}

/// Finds the files, of those the changed ones where that is asked for, and reads standard input.
fn begin(
    args: &CheckArgs,
    finder: &Finder,
    stdin: &mut Stdin,
) -> Result<(Found, Option<Changes>), Problem> {
    let paths = args.inputs();
    if let Some(name) = &args.stdin_filename
        && !paths.iter().any(|path| path == Path::new("-"))
    {
        return Err(Problem::new(
            "`--stdin-filename` names standard input, which is not among the paths",
        )
        .help(format!(
            "add `-` to check standard input as `{}`, or leave `--stdin-filename` out",
            path_line(name)
        )));
    }
    let mut found = discover::discover(
        &Request {
            paths: &paths,
            stdin_filename: args.stdin_filename.as_deref(),
            force_exclude: args.force_exclude,
        },
        finder,
    );
    found.has_one_schema = matches!(schema_choice(args), SchemaChoice::Forced(_));
    let mut changes = None;
    if let Some(revision) = &args.since {
        let cwd = finder.working_directory();
        found.gather(finder, args.jobs.map_or(0, usize::from));
        let lines = args.changed_lines;
        changes = Some(Changes::select(revision, lines, cwd, &mut found)?);
    }
    if stdin.is_none() {
        let read = read_stdin(&found)
            .map_err(|error| Problem::new(format!("cannot read standard input: {error}")))?;
        *stdin = read;
    }
    Ok((found, changes))
}

fn schema_choice(args: &CheckArgs) -> SchemaChoice {
    match (&args.schema, args.no_schema) {
        (_, true) => SchemaChoice::Off,
        (Some(named), _) => SchemaChoice::Forced(SchemaRef::parse(named, Path::new(""))),
        (None, false) => SchemaChoice::Governing,
    }
}

/// Whether a finding says that frontlint could not do its job.
fn has_failure(outcome: &Outcome) -> bool {
    let mut findings = outcome.reports.iter().flat_map(|report| &report.findings);
    findings.any(Diagnostic::is_failure)
}

/// Writes everything there is to say, and decides the exit status.
fn conclude(
    args: &CheckArgs,
    color: ColorChoice,
    notes: &Notes,
    round: &Round,
    fixes: &Fixes,
    stdin: Option<&[u8]>,
    begun: Instant,
) -> ExitCode {
    let outcome = &round.outcome;
    let not_found = notes.not_found(&round.found, outcome);
    if args.show_files {
        let failed = notes.failures(outcome) || not_found;
        let shown = terminal::print(&files_text(outcome));
        return if failed {
            ExitCode::from(FAILURE)
        } else {
            shown
        };
    }
    let mut summary = summary(outcome, args, begun);
    summary.fixed = fixes.fixed;
    // The mended text of standard input has standard output to itself.
    let mended = stdin.filter(|_| args.fix);
    let out = match mended {
        Some(_) => Stream::Stderr,
        None => Stream::Stdout,
    };
    if let Some(text) = mended {
        let printed = terminal::print_page(text);
        if printed != ExitCode::SUCCESS {
            return printed;
        }
    }
    let written = output::write(
        args,
        color,
        out,
        &outcome.reports,
        &round.sources,
        &mut summary,
    );
    if let Err(message) = &written {
        notes.error(message, None);
    }
    for note in &outcome.notes {
        notes.note(note);
    }
    let about_schemas = [&outcome.without_schema, &outcome.without_front_matter];
    for note in about_schemas.into_iter().flatten() {
        notes.note_with_help(note);
    }
    if let Some(dropped) = round.found.dropped_note() {
        notes.note(&dropped);
    }
    if args.statistics {
        terminal::note(&statistics_text(&summary));
    }
    if args.fix && !args.unsafe_fixes {
        fixes.note_unsafe(outcome, notes);
    }
    let failed = notes.failures(outcome) | fixes.tell_failures(notes) | not_found;
    notes.summary(&summary);
    let tally = match written {
        Ok(tally) if !failed && !tally.has_failure() => tally,
        _ => return ExitCode::from(FAILURE),
    };
    let fails = args
        .fail_on
        .severity()
        .is_some_and(|least| tally.reaches(least));
    ExitCode::from(u8::from(fails && !args.exit_zero))
}

fn config_argument(argument: &ConfigArg) -> String {
    match argument {
        ConfigArg::File(path) => path.to_string_lossy().into_owned(),
        ConfigArg::Inline(line) => line.clone(),
    }
}

fn read_stdin(found: &Found) -> io::Result<Stdin> {
    let is_input = |input: &Input| input.origin == Origin::Stdin;
    if !found.inputs.iter().any(is_input) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn summary(outcome: &Outcome, args: &CheckArgs, begun: Instant) -> Summary {
    let mut by_schema: Vec<(String, usize)> = Vec::new();
    let mut without_schema = 0;
    for file in &outcome.files {
        match file.schema.as_deref() {
            None => without_schema += 1,
            Some(schema) => {
                let name = schema.name();
                match by_schema.iter_mut().find(|(known, _)| known == name) {
                    Some((_, files)) => *files += 1,
                    None => by_schema.push((name.to_owned(), 1)),
                }
            }
        }
    }
    by_schema.sort();
    // To look at every path takes long, and few want to see them.
    let outputs = args.outputs(Step::current().is_some());
    let names_all = outputs.iter().any(|(format, _)| format.names_clean_files());
    let files = outcome.files.iter().filter(|_| names_all);
    let checked = files.map(|file| Arc::clone(&file.path)).collect();
    Summary {
        files: outcome.files.len(),
        by_schema,
        without_schema,
        suppressed: outcome.suppressed,
        checked,
        fail_on: args.fail_on.severity(),
        baselined: outcome.baselined,
        elapsed: begun.elapsed(),
        ..Summary::default()
    }
}

/// One line a file: its path, its schema and where that choice came from.
fn files_text(outcome: &Outcome) -> String {
    let lines = outcome.files_by_path().into_iter().map(|file| {
        let path = visible::line(&path_text(&file.path), true);
        let name_of = |name: &str| visible::line(name, true);
        let Some(schema) = &file.schema else {
            return format!("{path}: no schema\n");
        };
        let source = match &schema.source {
            SchemaSource::CommandLine => "--schema".to_owned(),
            SchemaSource::Page => "$schema in the page".to_owned(),
            SchemaSource::Collection(name) => format!("collection `{}`", name_of(name)),
        };
        format!("{path}: {} ({source})\n", name_of(schema.name()))
    });
    lines.collect()
}
