//! `frontlint check`: from arguments to reports and an exit status.

use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::ColorChoice;

use super::args::{CheckArgs, ConfigArg};
use super::notes::Notes;
use super::terminal::{self, Progress, Stream};
use super::{FAILURE, output};
use crate::check::{Checker, FileReport, Governing, Outcome, SchemaChoice};
use crate::config::Finder;
use crate::diagnostic::Severity;
use crate::discover::{self, Found, Origin, Request};
use crate::report::{Summary, statistics_text};
use crate::schema::SchemaRef;
use crate::text::{SourceFile, SourceMap};

/// Checks what the arguments name.
#[must_use]
pub(super) fn run(args: &CheckArgs, color: ColorChoice) -> ExitCode {
    let begun = Instant::now();
    let sources = Arc::new(SourceMap::default());
    let notes = Notes {
        style: terminal::style(Stream::Stderr, color, args.column_unit),
        quiet: args.quiet,
    };
    let arguments: Vec<String> = args.config.iter().map(config_argument).collect();
    let finder = match Finder::new(&arguments, args.isolated, Arc::clone(&sources)) {
        Ok(finder) => finder,
        Err(findings) => {
            let reports = findings.into_iter().map(|finding| {
                let label = finding.primary.as_ref();
                let source = label
                    .and_then(|label| sources.get(label.source))
                    .unwrap_or_else(|| Arc::new(SourceFile::new("--config", "")));
                FileReport {
                    source,
                    findings: vec![finding],
                }
            });
            let reports: Vec<_> = reports.collect();
            let written = output::write(args, color, &reports, &sources, &mut Summary::default());
            if let Err(message) = written {
                notes.error(&message, None);
            }
            return ExitCode::from(FAILURE);
        }
    };
    let jobs = args.jobs.map_or(0, usize::from);
    let found = discover::discover(
        &Request {
            paths: &args.inputs(),
            stdin_filename: args.stdin_filename.as_deref(),
            force_exclude: args.force_exclude,
            threads: jobs,
        },
        &finder,
    );
    for failure in &found.failures {
        notes.error(&failure.message, failure.help.as_deref());
    }
    let stdin = match read_stdin(&found) {
        Ok(stdin) => stdin,
        Err(error) => {
            notes.error(&format!("cannot read standard input: {error}"), None);
            return ExitCode::from(FAILURE);
        }
    };
    let schema = match (&args.schema, args.no_schema) {
        (_, true) => SchemaChoice::Off,
        (Some(named), _) => SchemaChoice::Forced(SchemaRef::parse(named, Path::new(""))),
        (None, false) => SchemaChoice::Governing,
    };
    let checker = Checker::new(schema, &finder, &sources);
    let progress = Progress::new(found.inputs.len(), !args.quiet);
    let outcome = checker.run(&found, &stdin, jobs, &|| progress.advance());
    progress.clear();

    if args.show_files {
        let failed = notes.failures(&outcome) || !found.failures.is_empty();
        let shown = terminal::print(files_text(&outcome).as_bytes());
        return if failed {
            ExitCode::from(FAILURE)
        } else {
            shown
        };
    }
    let mut summary = summary(&outcome, args.fail_on.severity(), begun);
    let written = output::write(args, color, &outcome.reports, &sources, &mut summary);
    if let Err(message) = &written {
        notes.error(message, None);
    }
    for note in &outcome.notes {
        notes.note(note);
    }
    if found.dropped > 0 {
        let files = if found.dropped == 1 { "file" } else { "files" };
        notes.note(&format!(
            "{} named {files} left out by `exclude`",
            found.dropped
        ));
    }
    if args.statistics {
        terminal::note(&statistics_text(&summary));
    }
    notes.summary(&summary);
    let failed = notes.failures(&outcome);
    let tally = match written {
        Ok(tally) if !failed && found.failures.is_empty() && !tally.has_failure() => tally,
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

fn read_stdin(found: &Found) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if found
        .inputs
        .iter()
        .any(|input| input.origin == Origin::Stdin)
    {
        io::stdin().lock().read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn summary(outcome: &Outcome, fail_on: Option<Severity>, begun: Instant) -> Summary {
    let mut by_schema: Vec<(String, usize)> = Vec::new();
    let mut without_schema = 0;
    for file in &outcome.files {
        match &file.schema {
            None => without_schema += 1,
            Some((name, _)) => match by_schema.iter_mut().find(|(known, _)| known == name) {
                Some((_, files)) => *files += 1,
                None => by_schema.push((name.clone(), 1)),
            },
        }
    }
    by_schema.sort();
    Summary {
        files: outcome.files.len(),
        by_schema,
        without_schema,
        suppressed: outcome.suppressed,
        checked: outcome.files.iter().map(|file| file.path.clone()).collect(),
        fail_on,
        elapsed: begun.elapsed(),
        ..Summary::default()
    }
}

/// One line a file: its path, its schema and where that choice came from.
fn files_text(outcome: &Outcome) -> String {
    let lines = outcome.files.iter().map(|file| {
        let path = file.path.display();
        match &file.schema {
            None => format!("{path}: no schema\n"),
            Some((name, Governing::CommandLine)) => format!("{path}: {name} (--schema)\n"),
            Some((name, Governing::Page)) => format!("{path}: {name} ($schema in the page)\n"),
            Some((name, Governing::Collection(collection))) => {
                format!("{path}: {name} (collection `{collection}`)\n")
            }
        }
    });
    lines.collect()
}
