//! `gitlab`: a GitLab Code Quality report, for the merge request's widget.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Located, Reporter, Style, Summary, harmless, words};
use crate::diagnostic::{Diagnostic, Severity};

/// One array of objects, each on its line, with the keys that GitLab reads.
pub(super) struct Gitlab {
    fingerprints: Fingerprints,
    has_findings: bool,
}

impl Gitlab {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            fingerprints: Fingerprints::default(),
            has_findings: false,
        }
    }
}

impl Reporter for Gitlab {
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        out.write_all(if self.has_findings { b",\n" } else { b"[\n" })?;
        self.has_findings = true;
        let fingerprint = self.fingerprints.next(located);
        harmless::write(out, &Degradation::new(located, fingerprint))
    }

    fn end(&mut self, out: &mut dyn Write, _summary: &Summary) -> io::Result<()> {
        out.write_all(if self.has_findings { b"\n]\n" } else { b"[]\n" })
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
    fn new(located: &Located<'_>, fingerprint: String) -> Self {
        let (begin, end) = located.lines();
        Self {
            description: words::sentence(located.finding),
            check_name: located.finding.rule.as_str(),
            fingerprint,
            severity: severity(located.finding),
            location: Location {
                path: located.path.clone(),
                lines: Lines { begin, end },
            },
        }
    }
}

/// GitLab knows `info`, `minor`, `major`, `critical` and `blocker`.
fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        _ if finding.rule.is_failure() => "blocker",
        Severity::Error => "major",
        Severity::Warning => "minor",
    }
}
