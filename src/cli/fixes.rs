//! `--fix` and `--diff`: the pages of a run mended, or what would be mended shown.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::CheckArgs;
use super::notes::Notes;
use super::{FAILURE, links, terminal};
use crate::check::{Checker, FileReport, Outcome};
use crate::diagnostic::{Applicability, Identity};
use crate::discover::Origin;
use crate::files::write::{self, Basis, Links, Original, WriteError};
use crate::fix::{self, Look, Mended, Mender};
use crate::text::{SourceFile, path_line};

/// What was mended.
#[derive(Debug, Default)]
pub(super) struct Fixes {
    /// Whether fixes have been applied already.
    pub(super) done: bool,
    /// How many findings were mended.
    pub(super) fixed: usize,
    files: usize,
    diff: Vec<u8>,
    failures: Vec<String>,
    /// The folders of the files that were written.
    folders: BTreeSet<PathBuf>,
}

impl Fixes {
    /// Mends every page that has a finding with a fix: writes it, or keeps the difference.
    pub(super) fn apply(
        &mut self,
        args: &CheckArgs,
        checker: &Checker<'_>,
        outcome: &Outcome,
        stdin: &mut Option<Vec<u8>>,
        least: Applicability,
    ) {
        self.done = true;
        let links = links(&args.paths);
        for report in &outcome.reports {
            let path = report.source.path();
            let mut fixes = report.findings.iter().filter_map(|it| it.fix.as_ref());
            let Some(origin) = report.page else {
                continue;
            };
            if !fixes.any(|fix| fix.applicability >= least) {
                continue;
            }
            let read = match (origin, stdin.as_ref()) {
                (Origin::Stdin, Some(bytes)) => Ok(Original::of_bytes(bytes.clone())),
                _ => Original::read(path),
            };
            let before = match read {
                Ok(before) => before,
                Err(error) => {
                    self.fail("read", path, &error);
                    continue;
                }
            };
            if !begins_with(before.bytes(), &report.source) {
                self.fail("fix", path, &WriteError::Changed);
                continue;
            }
            let Some(after) = mend(checker, report, before.bytes().to_owned(), least) else {
                continue;
            };
            if after.fixed == 0 {
                continue;
            }
            let kept = if args.diff {
                fix::unified_diff(&mut self.diff, path, before.bytes(), &after.bytes)
                    .map_err(WriteError::Io)
            } else if origin == Origin::Stdin {
                *stdin = Some(after.bytes);
                Ok(())
            } else {
                self.replace(path, &after.bytes, &before, &links)
            };
            match kept {
                Ok(()) => {
                    self.fixed += after.fixed;
                    self.files += 1;
                }
                Err(error) => self.fail("write", path, &error),
            }
        }
        for folder in &self.folders {
            write::sync_folder(folder);
        }
    }

    fn replace(
        &mut self,
        path: &Path,
        bytes: &[u8],
        before: &Original,
        links: &Links<'_>,
    ) -> Result<(), WriteError> {
        let target = links.follow(path)?;
        write::replace(&target, bytes, Basis::Original(before))?;
        self.folders.extend(target.parent().map(Path::to_owned));
        Ok(())
    }

    /// Prints the diff and decides the exit status.
    pub(super) fn conclude_diff(&self, args: &CheckArgs, notes: &Notes, failed: bool) -> ExitCode {
        let printed = terminal::print_patch(&self.diff);
        let findings = if self.fixed == 1 {
            "finding"
        } else {
            "findings"
        };
        let files = if self.files == 1 { "file" } else { "files" };
        notes.note(&match self.fixed {
            0 => "there is nothing to fix".to_owned(),
            fixed => format!(
                "{fixed} {findings} in {} {files} would be fixed",
                self.files
            ),
        });
        let failed = self.tell_failures(notes) || failed;
        if failed {
            ExitCode::from(FAILURE)
        } else if self.fixed > 0 && !args.exit_zero {
            ExitCode::from(1)
        } else {
            printed
        }
    }

    /// Says what could not be mended; whether there was anything.
    pub(super) fn tell_failures(&self, notes: &Notes) -> bool {
        for failure in &self.failures {
            notes.error(failure, None);
        }
        !self.failures.is_empty()
    }

    /// Says how many findings only `--unsafe-fixes` would mend.
    pub(super) fn note_unsafe(&self, outcome: &Outcome, notes: &Notes) {
        let findings = outcome.reports.iter().flat_map(|report| &report.findings);
        let fixes = findings.filter_map(|finding| finding.fix.as_ref());
        let left = fixes.filter(|fix| fix.applicability == Applicability::Unsafe);
        let (left, have) = match left.count() {
            0 => return,
            1 => ("one more finding".to_owned(), "has"),
            left => (format!("{left} more findings"), "have"),
        };
        notes.note(&format!(
            "{left} {have} a fix that may change what the page means; `--unsafe-fixes` applies it"
        ));
    }

    fn fail(&mut self, what: &str, path: &Path, error: &dyn Display) {
        let path = path_line(path);
        self.failures
            .push(format!("cannot {what} `{path}`: {error}"));
    }
}

/// Whether a page still begins with the text that was checked. Where that is not UTF-8, the text is
/// not that of the file, and no fix applies.
fn begins_with(bytes: &[u8], checked: &SourceFile) -> bool {
    let text = checked.text().as_bytes();
    let beginning = bytes.get(..text.len());
    beginning.is_some_and(|bytes| bytes == text || std::str::from_utf8(bytes).is_err())
}

/// A page after its fixes. Findings that were not reported keep their bytes.
fn mend(
    checker: &Checker<'_>,
    report: &FileReport,
    bytes: Vec<u8>,
    least: Applicability,
) -> Option<Mended> {
    let reported: BTreeSet<Identity<'_>> = report.findings.iter().map(|it| it.identity()).collect();
    checker.with_page(report.source.path(), |settings, check| {
        let all = check(&bytes).findings;
        let spared: BTreeSet<Identity<'static>> = all
            .iter()
            .map(|finding| finding.identity())
            .filter(|identity| !reported.contains(identity))
            .map(Identity::into_owned)
            .collect();
        let mender = Mender {
            fences: settings.fences,
            dialect: settings.dialect,
            least,
            spared: &spared,
        };
        mender.mend(bytes, &mut |bytes| {
            let seen = check(bytes);
            Look {
                text: seen.text,
                findings: seen.findings,
            }
        })
    })
}
