//! The findings of a run into every output that was asked for.

use std::io;

use clap::ColorChoice;

use super::actions::{self, Step};
use super::args::CheckArgs;
use super::links;
use super::terminal::{self, OutputFile, Stream};
use crate::check::FileReport;
use crate::files::write::{Basis, WriteError};
use crate::report::{self, Counting, Format, Sanitizer, Style, Summary, Tally};
use crate::text::{SourceMap, Sources, path_line};

/// Writes all reports to `out` and to the files of `--output-file`, and gives the
/// counts of what was written.
///
/// # Errors
/// A sentence that names the output that could not be written.
pub(super) fn write(
    args: &CheckArgs,
    color: ColorChoice,
    out: Stream,
    reports: &[FileReport],
    others: &SourceMap,
    summary: &mut Summary,
) -> Result<Tally, String> {
    let step = Step::current();
    let outputs = args.outputs(step.is_some());
    let to_stdout = |(_, path): &&(Format, Option<_>)| path.is_none();
    let shares_log = outputs.iter().filter(to_stdout).count() > 1;
    let unit = args.column_unit;
    let mut files = Vec::new();
    let mut counting = Counting::new();
    for (format, path) in outputs {
        match path {
            Some(path) => files.push((format, OutputFile::new(path, Vec::new()))),
            None => {
                let style = terminal::style(out, color, unit);
                let (reporter, own) = match &step {
                    Some(step) if format == Format::Github => (
                        report::annotations(style, step.folder()),
                        report::own_commands(),
                    ),
                    None if format == Format::Github => {
                        (report::reporter(format, style), report::own_commands())
                    }
                    _ if shares_log => {
                        let inner = report::reporter(format, style);
                        let token = actions::secret_token();
                        let own = vec![
                            format!("::stop-commands::{token}\n"),
                            format!("::{token}::\n"),
                        ];
                        (report::without_commands(inner, token), own)
                    }
                    _ => (report::reporter(format, style), Vec::new()),
                };
                match out {
                    Stream::Stdout => {
                        let stdout = terminal::stdout(format.notation());
                        counting.add_reporter(reporter, in_style(stdout, style, own));
                    }
                    Stream::Stderr => {
                        let stderr = terminal::stderr(format.notation());
                        counting.add_reporter(reporter, in_style(stderr, style, own));
                    }
                }
            }
        }
    }
    for (format, file) in &mut files {
        counting.add(*format, terminal::file_style(unit), file);
    }
    let jobs = args.jobs.map_or(0, usize::from);
    let written = write_all(&mut counting, reports, others, jobs, summary);
    let tally = counting.tally().clone();
    drop(counting);
    if written.is_err() {
        // What could not be written was found all the same.
        let mut found = Tally::default();
        for report in reports {
            found.count(&report.findings);
        }
        summary.take_counts(&found);
    }
    written.map_err(|error| format!("cannot write the findings: {error}"))?;
    for (format, file) in &files {
        let written = match terminal::stream_at(file.path()) {
            Some(stream) => {
                let own = match format {
                    Format::Github => report::own_commands(),
                    _ => Vec::new(),
                };
                terminal::pass_on(file.text(), stream, format.notation(), own)
                    .map_err(WriteError::from)
            }
            None => file.commit(&links(&[]), Basis::Nothing),
        };
        written.map_err(|error| format!("cannot write `{}`: {error}", path_line(file.path())))?;
    }
    if let Some(step) = step {
        step.summarize(&report::step_summary(summary))?;
    }
    Ok(tally)
}

/// A stream for a report in its style, which in a log begins lines with commands of its own.
fn in_style<W: io::Write>(stream: Sanitizer<W>, style: Style, own: Vec<String>) -> Sanitizer<W> {
    let stream = stream.with_color(style.color);
    if actions::is_log() {
        stream.into_log(own)
    } else {
        stream
    }
}

fn write_all(
    counting: &mut Counting<'_>,
    reports: &[FileReport],
    others: &SourceMap,
    jobs: usize,
    summary: &mut Summary,
) -> io::Result<()> {
    let files: Vec<_> = reports
        .iter()
        .map(|it| (Sources::new(&it.source, others), it.findings.as_slice()))
        .collect();
    counting.files(&files, jobs)?;
    counting.finish(summary)
}
