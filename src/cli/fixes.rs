//! `--fix` and `--diff`: fixes applied to the pages of a run, or shown.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::Host;
use super::args::FixArgs;
use super::notes::Notes;
use super::terminal::Terminal;
use crate::check::{Checker, FileReport, Outcome};
use crate::diagnostic::{Applicability, Identity};
use crate::discover::Origin;
use crate::files::write::{self, Basis, Links, Original, WriteError};
use crate::fix::{self, FixedPage, Fixer};
use crate::text::{SourceFile, path_line};

/// What was fixed.
#[derive(Debug, Default)]
pub(super) struct Fixes {
    /// How many findings were fixed.
    pub(super) fixed: usize,
    files: usize,
    diff: Vec<u8>,
    failures: Vec<String>,
    /// The folders of the files that were written.
    folders: BTreeSet<PathBuf>,
}

impl Fixes {
    /// Fixes every page that has a finding with a fix: writes it, or only notes the difference.
    /// `stdin_page` is the page on standard input, which is replaced.
    pub(super) fn apply(
        args: &FixArgs,
        checker: &Checker<'_>,
        outcome: &Outcome,
        host: &Host,
        links: &Links<'_>,
        stdin_page: &mut Option<Vec<u8>>,
    ) -> Self {
        let mut fixes = Self::default();
        let Some(least) = args.least() else {
            return fixes;
        };
        for report in &outcome.reports {
            let has_fix = report
                .findings
                .iter()
                .filter_map(|finding| finding.fix.as_ref())
                .any(|fix| fix.applicability >= least);
            let Some(origin) = report.page.filter(|_| has_fix) else {
                continue;
            };
            let path = report.source.path();
            let read = match (origin, stdin_page.as_ref()) {
                (Origin::Stdin, Some(bytes)) => Ok(Original::of_bytes(bytes.clone())),
                _ => Original::read(&host.absolute(path)),
            };
            let before = match read {
                Ok(before) => before,
                Err(error) => {
                    fixes.fail("read", path, &error);
                    continue;
                }
            };
            if !begins_with(before.bytes(), &report.source) {
                fixes.fail("fix", path, &WriteError::Changed);
                continue;
            }
            let after = apply_fixes(checker, report, before.bytes().to_owned(), least);
            let Some(after) = after.filter(|after| after.fixed > 0) else {
                continue;
            };
            let written = if args.diff {
                fix::unified_diff(&mut fixes.diff, path, before.bytes(), &after.bytes)
                    .map_err(WriteError::Io)
            } else if origin == Origin::Stdin {
                *stdin_page = Some(after.bytes);
                Ok(())
            } else {
                fixes.replace(path, &after.bytes, &before, links)
            };
            match written {
                Ok(()) => {
                    fixes.fixed += after.fixed;
                    fixes.files += 1;
                }
                Err(error) => fixes.fail("write", path, &error),
            }
        }
        for folder in &fixes.folders {
            write::sync_folder(folder);
        }
        fixes
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

    /// Prints the diff and how much would be fixed; returns the exit status of printing.
    pub(super) fn print_diff(&self, terminal: &Terminal, notes: &Notes<'_>) -> u8 {
        let printed = terminal.print_patch(&self.diff);
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        notes.print(&match self.fixed {
            0 => "there is nothing to fix".to_owned(),
            fixed => format!(
                "{fixed} finding{} in {} file{} would be fixed",
                plural(fixed),
                self.files,
                plural(self.files)
            ),
        });
        printed
    }

    /// Prints what could not be fixed; returns whether there was anything.
    pub(super) fn print_failures(&self, notes: &Notes<'_>) -> bool {
        for failure in &self.failures {
            notes.print_error(failure);
        }
        !self.failures.is_empty()
    }

    fn fail(&mut self, verb: &str, path: &Path, error: &dyn Display) {
        let path = path_line(path);
        self.failures
            .push(format!("cannot {verb} `{path}`: {error}"));
    }
}

/// Whether a page still begins with the text that was checked. Where that is not UTF-8, the text is
/// not that of the file, and no fix applies.
fn begins_with(bytes: &[u8], checked: &SourceFile) -> bool {
    let text = checked.text().as_bytes();
    let beginning = bytes.get(..text.len());
    beginning.is_some_and(|bytes| bytes == text || std::str::from_utf8(bytes).is_err())
}

/// Applies the fixes of one page. Findings that were not reported are not fixed.
fn apply_fixes(
    checker: &Checker<'_>,
    report: &FileReport,
    bytes: Vec<u8>,
    least: Applicability,
) -> Option<FixedPage> {
    let reported: BTreeSet<Identity<'_>> = report
        .findings
        .iter()
        .map(|finding| finding.identity())
        .collect();
    checker.with_page(report.source.path(), |settings, check| {
        let all = check(&bytes).findings;
        let excluded: BTreeSet<Identity<'static>> = all
            .iter()
            .map(|finding| finding.identity())
            .filter(|identity| !reported.contains(identity))
            .map(Identity::into_owned)
            .collect();
        let fixer = Fixer {
            fences: settings.fences,
            dialect: settings.dialect,
            least,
            excluded: &excluded,
        };
        fixer.apply_fixes(bytes, check)
    })
}
