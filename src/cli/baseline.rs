//! `--write-baseline`: the findings of a run into a file that hides them from then on.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::FAILURE;
use super::notes::Notes;
use super::terminal::OutputFile;
use crate::check::{Outcome, baseline_of};
use crate::config::{Baseline, Finder, baseline_text};
use crate::discover::Found;
use crate::paths;
use crate::text::{SourceMap, path_text};

/// Writes the baseline, and says what to do with it.
pub(super) fn write(
    file: &Path,
    outcome: &Outcome,
    found: &Found,
    finder: &Finder,
    notes: &Notes,
) -> ExitCode {
    let cwd = finder.working_directory();
    let absolute = paths::absolute(file, cwd);
    let folder = absolute.parent().unwrap_or(&absolute);
    let before = if found.covers(folder) {
        None
    } else {
        match Baseline::read(&absolute, cwd, &SourceMap::default()) {
            Ok(before) => before,
            Err(failure) => {
                notes.error(
                    &format!("`{}` is no baseline: {}", path_text(file), failure.message),
                    Some("delete it, or check the whole site"),
                );
                return ExitCode::from(FAILURE);
            }
        }
    };
    let entries = baseline_of(outcome, found, before.as_ref(), folder, cwd);
    let listed: usize = entries.iter().map(|entry| entry.count).sum();
    let mut output = OutputFile::new(file);
    let written = output.write_all(baseline_text(entries).as_bytes());
    if let Err(error) = written.and_then(|()| output.commit()) {
        notes.error(
            &format!("cannot write `{}`: {error}", path_text(file)),
            None,
        );
        return ExitCode::from(FAILURE);
    }
    let findings = if listed == 1 { "finding" } else { "findings" };
    notes.note(&format!(
        "{listed} {findings} written to `{}`",
        path_text(file)
    ));
    let is_named = finder.configs().iter().any(|config| {
        let named = config.baseline.as_ref();
        named.is_some_and(|it| paths::absolute(&config.base.join(&it.value), cwd) == absolute)
    });
    if !is_named && let Ok(config) = finder.for_folder(Path::new("")) {
        let relative = paths::shown(&absolute, &config.base);
        notes.note(&format!(
            "`baseline = \"{}\"` in frontlint.toml hides them from now on",
            path_text(&relative)
        ));
    }
    ExitCode::SUCCESS
}
