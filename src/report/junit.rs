//! `junit`: a test case for each file, for the test reports of build servers.
//!
//! A case fails where its findings would fail the run, so that a report in red and an exit status
//! of 0 do not contradict each other; what is below that is in the case's `system-out`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::summary::count;
use super::{Located, Reporter, Style, Summary, shown_path, visible, words, xml};
use crate::diagnostic::Severity;

/// Kept until the end, since the counts come first.
pub(super) struct Junit {
    cases: BTreeMap<String, Case>,
}

/// What was found in one file.
#[derive(Default)]
struct Case {
    errors: usize,
    warnings: usize,
    has_failure: bool,
    text: String,
}

impl Junit {
    pub(super) fn new(_style: Style) -> Self {
        Self {
            cases: BTreeMap::new(),
        }
    }
}

impl Reporter for Junit {
    fn finding(&mut self, _out: &mut dyn Write, located: &Located<'_>) -> io::Result<()> {
        let case = self.cases.entry(located.path.clone()).or_default();
        case.add(located);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        for path in &summary.checked {
            self.cases.entry(shown_path(path)).or_default();
        }
        let number = |wanted: Outcome| {
            let outcomes = self
                .cases
                .values()
                .map(|case| case.outcome(summary.fail_on));
            outcomes.filter(|outcome| *outcome == wanted).count()
        };
        let counts = format!(
            r#"tests="{}" failures="{}" errors="{}""#,
            self.cases.len(),
            number(Outcome::Failed),
            number(Outcome::Broken)
        );
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<testsuites name="frontlint" {counts}>"#)?;
        writeln!(
            out,
            r#"  <testsuite name="frontlint" {counts} skipped="0">"#
        )?;
        for (path, case) in &self.cases {
            case.write(out, path, summary.fail_on)?;
        }
        writeln!(out, "  </testsuite>\n</testsuites>")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// frontlint could not do its job.
    Broken,
}

impl Case {
    fn add(&mut self, located: &Located<'_>) {
        let finding = located.finding;
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.has_failure |= finding.rule.is_failure();
        self.text.push_str(&words::line(located));
        self.text.push('\n');
        if let Some(help) = &finding.help {
            let help = visible::paragraph(help, true);
            self.text.push_str(&format!("  help: {help}\n"));
        }
    }

    fn outcome(&self, fail_on: Option<Severity>) -> Outcome {
        let fails = match fail_on {
            None => false,
            Some(Severity::Error) => self.errors > 0,
            Some(Severity::Warning) => self.errors + self.warnings > 0,
        };
        match fails {
            _ if self.has_failure => Outcome::Broken,
            true => Outcome::Failed,
            false => Outcome::Passed,
        }
    }

    fn write(&self, out: &mut dyn Write, path: &str, fail_on: Option<Severity>) -> io::Result<()> {
        let path = xml::attribute(&visible::line(path, true));
        write!(
            out,
            r#"    <testcase name="{path}" classname="frontlint" file="{path}""#
        )?;
        if self.text.is_empty() {
            return writeln!(out, "/>");
        }
        let text = xml::text(&self.text);
        let message = self.counts();
        match self.outcome(fail_on) {
            Outcome::Passed => writeln!(out, ">\n      <system-out>{text}</system-out>")?,
            Outcome::Failed => writeln!(
                out,
                ">\n      <failure message=\"{message}\" type=\"finding\">{text}</failure>"
            )?,
            Outcome::Broken => writeln!(
                out,
                ">\n      <error message=\"{message}\" type=\"failure\">{text}</error>"
            )?,
        }
        writeln!(out, "    </testcase>")
    }

    fn counts(&self) -> String {
        let errors = (self.errors > 0).then(|| count(self.errors, "error"));
        let warnings = (self.warnings > 0).then(|| count(self.warnings, "warning"));
        let counts: Vec<_> = errors.into_iter().chain(warnings).collect();
        counts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::testing::{Case as Findings, all_cases, case, render_with};
    use super::*;
    use crate::text::ColumnUnit;

    fn report(cases: &[Findings], summary: Summary) -> String {
        let junit = Box::new(Junit::new(Style::default()));
        render_with(junit, ColumnUnit::Scalar, cases, summary)
    }

    #[test]
    fn a_case_for_each_file() {
        let summary = Summary {
            checked: vec![
                Path::new("_communiques/clean.md").into(),
                Path::new("./_communiques/accents.md").into(),
            ],
            fail_on: Some(Severity::Error),
            ..Summary::default()
        };
        insta::assert_snapshot!(report(&all_cases(), summary));
    }

    #[test]
    fn a_case_fails_where_the_run_does() {
        let with = |fail_on| {
            let summary = Summary {
                fail_on,
                ..Summary::default()
            };
            report(&[case("long-line")], summary).contains("<failure")
        };
        assert!(!with(None));
        assert!(!with(Some(Severity::Error)));
        assert!(with(Some(Severity::Warning)));
    }
}
