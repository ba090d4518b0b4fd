//! `--write-baseline`: the findings of a run into a file that hides them from then on.

use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use super::notes::Notes;
use super::terminal::OutputFile;
use super::{FAILURE, links};
use crate::check::{FileReport, Outcome, baseline_of};
use crate::config::{Baseline, Finder, baseline_text};
use crate::discover::Found;
use crate::files::Boundary;
use crate::files::write::{Basis, Original};
use crate::paths;
use crate::text::{SourceMap, path_line};

/// Writes the baseline, and says what to do with it.
pub(super) fn write(
    file: &Path,
    outcome: &Outcome,
    found: &Found,
    finder: &Finder,
    notes: &Notes,
) -> ExitCode {
    let is_cut = |report: &&FileReport| report.findings.iter().any(|it| it.left_out > 0);
    if let Some(report) = outcome.reports.iter().find(is_cut) {
        let page = path_line(report.source.path());
        notes.error(
            &format!(
                "`{}` is not written: `{page}` has more findings than are reported one by one, and \
                 a baseline would list only those",
                path_line(file)
            ),
            Some("correct some of them, or leave the page out by `exclude`"),
        );
        return ExitCode::from(FAILURE);
    }
    let cwd = finder.working_directory();
    let absolute = paths::absolute(file, cwd);
    let folder = absolute.parent().unwrap_or(&absolute);
    let fail = |message: &str, help| {
        notes.error(message, help);
        ExitCode::from(FAILURE)
    };
    let is_anew = found.covers(folder);
    let mut original = None;
    let before = if is_anew {
        None
    } else {
        // Nothing is shown of a file that would not be written to.
        if let Err(error) = links(&[]).follow(file) {
            return fail(
                &format!("cannot write `{}`: {error}", path_line(file)),
                None,
            );
        }
        match Original::read(file) {
            Ok(read) => original = Some(read),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return fail(&format!("cannot read `{}`: {error}", path_line(file)), None);
            }
        }
        match Baseline::read(file, cwd, &Boundary::none(), &SourceMap::default()) {
            Ok(before) => before,
            Err(failure) => {
                return fail(
                    &format!("`{}` is no baseline: {}", path_line(file), failure.message),
                    Some("delete it, or check the whole site"),
                );
            }
        }
    };
    let entries = baseline_of(outcome, found, before.as_ref(), folder, cwd);
    let listed: usize = entries.iter().map(|entry| entry.count).sum();
    // The entries of files that were not checked are those of the old file.
    let basis = match &original {
        _ if is_anew => Basis::Nothing,
        Some(original) => Basis::Original(original),
        None => Basis::Absent,
    };
    let output = OutputFile::new(file, baseline_text(entries).into_bytes());
    if let Err(error) = output.commit_regular(&links(&[]), basis) {
        return fail(
            &format!("cannot write `{}`: {error}", path_line(file)),
            None,
        );
    }
    let findings = if listed == 1 { "finding" } else { "findings" };
    notes.note(&format!(
        "{listed} {findings} written to `{}`",
        path_line(file)
    ));
    let is_named = finder.configs().iter().any(|config| {
        let named = config.baseline.as_ref();
        named.is_some_and(|it| paths::absolute(&config.base.join(&it.value), cwd) == absolute)
    });
    if !is_named && let Ok(config) = finder.for_folder(Path::new("")) {
        let relative = paths::shown(&absolute, &config.base);
        notes.note(&format!(
            "`baseline = \"{}\"` in frontlint.toml hides them from now on",
            path_line(&relative)
        ));
    }
    ExitCode::SUCCESS
}
