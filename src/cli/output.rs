//! The findings of a run into every output that the arguments name.

use super::Host;
use super::actions;
use super::args::OutputArgs;
use super::terminal::{FILE_STYLE, OutputFile, Stream};
use crate::check::FileReport;
use crate::files::write::{Basis, WriteError};
use crate::report::{self, Format, Outputs, Summary, Tally};
use crate::text::{SourceMap, Sources, path_line};

/// Writes all reports to `stream` and to the files of `--output-file`; returns the counts of what
/// was written.
///
/// # Errors
/// A sentence that names the output that could not be written.
pub(super) fn write(
    args: &OutputArgs,
    host: &Host,
    stream: Stream,
    reports: &[FileReport],
    sources: &SourceMap,
    summary: &mut Summary,
) -> Result<Tally, String> {
    let mut files = Vec::new();
    let mut outputs = Outputs::new(args.column_unit);
    add_streams(&mut outputs, args, host, stream);
    for (format, path) in args.outputs(host.step.is_some()) {
        if let Some(path) = path {
            files.push((format, OutputFile::new(path, Vec::new())));
        }
    }
    for (format, file) in &mut files {
        outputs.add(*format, FILE_STYLE, file);
    }
    let findings = reports.iter().map(|report| {
        let sources = Sources::new(&report.source, sources);
        (sources, report.findings.as_slice())
    });
    let written = outputs.write(findings, summary);
    if written.is_err() {
        // Findings count even where they could not be written.
        let mut counted = Tally::default();
        for report in reports {
            counted.count(&report.findings);
        }
        summary.take_counts(&counted);
    }
    let tally = written.map_err(|error| format!("cannot write the findings: {error}"))?;
    for (format, file) in &files {
        let written = commit(*format, file, host);
        written.map_err(|error| format!("cannot write `{}`: {error}", path_line(file.path())))?;
    }
    if let Some(step) = &host.step {
        step.summarize(&report::step_summary(summary))?;
    }
    Ok(tally)
}

/// Adds the outputs that go to a stream.
fn add_streams<'w>(outputs: &mut Outputs<'w>, args: &OutputArgs, host: &'w Host, stream: Stream) {
    let wanted = args.outputs(host.step.is_some());
    let formats = || wanted.iter().filter(|(_, path)| path.is_none());
    // GitHub Actions obeys lines of its log that look like commands, which those of `github` are.
    let shares_log = formats().count() > 1;
    let style = host.terminal.style(stream, host.color);
    for (format, _) in formats() {
        let (reporter, own) = match (format, &host.step) {
            (Format::Github, Some(step)) => {
                let folder = step.folder(&host.working_directory);
                (report::annotations(style, folder), report::own_commands())
            }
            (Format::Github, None) => (report::reporter(*format, style), report::own_commands()),
            _ if shares_log => {
                let token = actions::secret_token();
                let own = vec![
                    format!("::stop-commands::{token}\n"),
                    format!("::{token}::\n"),
                ];
                let reporter = report::reporter(*format, style);
                (report::without_commands(reporter, token), own)
            }
            _ => (report::reporter(*format, style), Vec::new()),
        };
        let writer = host.terminal.writer(stream, format.notation(), own);
        outputs.add_reporter(reporter, writer.with_color(style.color));
    }
}

/// Puts a file in its place, or writes its text to the stream that its path leads to.
fn commit(format: Format, file: &OutputFile, host: &Host) -> Result<(), WriteError> {
    match host.terminal.stream_at(&host.absolute(file.path())) {
        Some(stream) => {
            let own = match format {
                Format::Github => report::own_commands(),
                _ => Vec::new(),
            };
            host.terminal
                .print_report(file.text(), stream, format.notation(), own)
                .map_err(WriteError::from)
        }
        None => file.commit(&host.links(&[]), Basis::Nothing),
    }
}
