//! `--write-baseline`: the findings of a run into a file that suppresses them from then on.

use std::io::ErrorKind;
use std::path::Path;

use super::notes::Notes;
use super::terminal::OutputFile;
use super::{FAILURE, Host, SUCCESS};
use crate::check::{FileReport, Outcome, baseline_of};
use crate::config::{Baseline, Finder, baseline_text};
use crate::diagnostic::Problem;
use crate::discover::Found;
use crate::files::Boundary;
use crate::files::write::{Basis, Original};
use crate::paths;
use crate::text::{SourceMap, path_line};

/// The file as it is before it is written.
#[derive(Default)]
struct Old {
    original: Option<Original>,
    baseline: Option<Baseline>,
}

/// Writes the baseline, and prints what to do with it; returns the exit status.
pub(super) fn write(
    file: &Path,
    outcome: &Outcome,
    found: &Found,
    finder: &Finder,
    host: &Host,
    notes: &Notes<'_>,
) -> u8 {
    match try_write(file, outcome, found, finder, host) {
        Ok(listed) => {
            let findings = if listed == 1 { "finding" } else { "findings" };
            let file_name = path_line(file);
            notes.print(&format!("{listed} {findings} written to `{file_name}`"));
            print_setting(file, finder, notes);
            SUCCESS
        }
        Err(problem) => {
            notes.print_problem(&problem);
            FAILURE
        }
    }
}

/// Writes the baseline; returns how many findings it lists.
pub(super) fn try_write(
    file: &Path,
    outcome: &Outcome,
    found: &Found,
    finder: &Finder,
    host: &Host,
) -> Result<usize, Problem> {
    check_is_whole(file, outcome)?;
    let cwd = finder.working_directory();
    let absolute = paths::absolute(file, cwd);
    let folder = absolute.parent().unwrap_or(&absolute);
    // Where not everything below its folder was checked, the other entries of the file are kept.
    let replaces_all = found.covers(folder);
    let old = if replaces_all {
        Old::default()
    } else {
        read_old(file, cwd, host)?
    };
    let entries = baseline_of(outcome, found, old.baseline.as_ref(), folder, cwd);
    let listed = entries.iter().map(|entry| entry.count).sum();
    let basis = match &old.original {
        _ if replaces_all => Basis::Nothing,
        Some(original) => Basis::Original(original),
        None => Basis::Absent,
    };
    let output = OutputFile::new(file, baseline_text(entries).into_bytes());
    let written = output.commit_regular(&host.links(&[]), basis);
    written
        .map_err(|error| Problem::new(format!("cannot write `{}`: {error}", path_line(file))))?;
    Ok(listed)
}

/// Refuses a run in which a page has more findings than are kept.
fn check_is_whole(file: &Path, outcome: &Outcome) -> Result<(), Problem> {
    let is_cut = |report: &&FileReport| report.findings.iter().any(|finding| finding.left_out > 0);
    let Some(report) = outcome.reports.iter().find(is_cut) else {
        return Ok(());
    };
    let (file, page) = (path_line(file), path_line(report.source.path()));
    let message = format!(
        "`{file}` is not written: `{page}` has more findings than are reported one by one, and a \
         baseline would list only those"
    );
    Err(Problem::new(message).help("correct some of them, or leave the page out by `exclude`"))
}

fn read_old(file: &Path, cwd: &Path, host: &Host) -> Result<Old, Problem> {
    let shown = path_line(file);
    // Nothing is shown of a file that would not be written to.
    if let Err(error) = host.links(&[]).follow(file) {
        return Err(Problem::new(format!("cannot write `{shown}`: {error}")));
    }
    let original = match Original::read(&host.absolute(file)) {
        Ok(original) => Some(original),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Problem::new(format!("cannot read `{shown}`: {error}"))),
    };
    let read = Baseline::read(file, cwd, &Boundary::none(), &SourceMap::default());
    let baseline = read.map_err(|problem| {
        let message = format!("`{shown}` is no baseline: {}", problem.message);
        Problem::new(message).help("delete it, or check the whole site")
    })?;
    Ok(Old { original, baseline })
}

/// Prints the setting that makes frontlint read the baseline, unless a configuration has it.
fn print_setting(file: &Path, finder: &Finder, notes: &Notes<'_>) {
    let cwd = finder.working_directory();
    let absolute = paths::absolute(file, cwd);
    let is_named = finder.configs().iter().any(|config| {
        let named = config.baseline.as_ref();
        named.is_some_and(|named| paths::absolute(&config.base.join(&named.value), cwd) == absolute)
    });
    if !is_named && let Ok(config) = finder.for_folder(Path::new("")) {
        let relative = paths::shown(&absolute, &config.base);
        notes.print(&format!(
            "`baseline = \"{}\"` in frontlint.toml hides them from now on",
            path_line(&relative)
        ));
    }
}
