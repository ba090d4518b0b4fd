//! The findings of a run into every output that was asked for.

use std::io;

use clap::ColorChoice;

use super::args::CheckArgs;
use super::terminal::{self, OutputFile, Stream};
use crate::check::FileReport;
use crate::report::{Counting, Summary, Tally};
use crate::text::{SourceMap, Sources};

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
    let unit = args.column_unit;
    let mut files = Vec::new();
    let mut counting = Counting::new();
    for (format, path) in args.outputs() {
        match path {
            Some(path) => files.push((format, OutputFile::new(path))),
            None => {
                let style = terminal::style(out, color, unit);
                match out {
                    Stream::Stdout => counting.add(format, style, terminal::stdout()),
                    Stream::Stderr => counting.add(format, style, terminal::stderr()),
                }
            }
        }
    }
    for (format, file) in &mut files {
        counting.add(*format, terminal::file_style(unit), file);
    }
    let written = report(&mut counting, reports, others, summary);
    let tally = counting.tally().clone();
    drop(counting);
    written.map_err(|error| format!("cannot write the findings: {error}"))?;
    for (_, file) in &files {
        file.commit()
            .map_err(|error| format!("cannot write `{}`: {error}", file.path().display()))?;
    }
    Ok(tally)
}

fn report(
    counting: &mut Counting<'_>,
    reports: &[FileReport],
    others: &SourceMap,
    summary: &mut Summary,
) -> io::Result<()> {
    for report in reports {
        counting.file(&Sources::new(&report.source, others), &report.findings)?;
    }
    counting.finish(summary)
}
