//! `gitlab`: a GitLab Code Quality report, for the merge request's widget.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Reporter, Style, Summary, harmless, place, words};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{ColumnUnit, Sources};

/// One array of objects, each on its line, with the keys that GitLab reads.
pub(super) struct Gitlab {
    fingerprints: Fingerprints,
    begun: bool,
}

impl Gitlab {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            fingerprints: Fingerprints::default(),
            begun: false,
        }
    }
}

impl Reporter for Gitlab {
    fn file(
        &mut self,
        out: &mut dyn Write,
        sources: &Sources<'_>,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        for diagnostic in diagnostics {
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            let fingerprint = self.fingerprints.next(sources, diagnostic);
            harmless::write(out, &Degradation::new(sources, diagnostic, fingerprint))?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}

#[derive(Serialize)]
struct Degradation {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl Degradation {
    fn new(sources: &Sources<'_>, diagnostic: &Diagnostic, fingerprint: String) -> Self {
        let file = place::file_of(sources, diagnostic);
        let lines = diagnostic.primary.as_ref().map(|label| {
            let (start, end) = place::range(&file, label.span, ColumnUnit::Scalar);
            Lines {
                begin: start.line,
                end: place::last_line(start, end),
            }
        });
        Self {
            description: words::sentence(diagnostic),
            check_name: diagnostic.rule.as_str(),
            fingerprint,
            severity: severity(diagnostic),
            location: Location {
                path: place::path_text(file.path()),
                // A finding about a whole file needs a line, too.
                lines: lines.unwrap_or(Lines { begin: 1, end: 1 }),
            },
        }
    }
}

/// GitLab knows `info`, `minor`, `major`, `critical` and `blocker`.
fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        _ if diagnostic.rule.is_failure() => "blocker",
        Severity::Error => "major",
        Severity::Warning => "minor",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, render};
    use super::super::{Format, Style};

    #[test]
    fn one_object_a_finding() {
        insta::assert_snapshot!(render(Format::Gitlab, Style::default(), &all_cases()));
    }

    #[test]
    fn an_empty_run_is_an_empty_array() {
        assert_eq!(render(Format::Gitlab, Style::default(), &[]), "[]\n");
    }
}
