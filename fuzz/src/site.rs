//! The program in this process, for the target `site`: what `frontlint check` does, without its
//! arguments and streams, so that the fuzzer sees which code a trial reaches.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use frontlint::testing::check::{Checker, Outcome, SchemaChoice};
use frontlint::testing::config::finder;
use frontlint::testing::diagnostic::{Applicability, Severity};
use frontlint::testing::discover::{Found, Request, discover};
use frontlint::testing::fix::Fixer;
use frontlint::testing::report::{Format, Outputs, Sanitizer, Style, Summary, visible};
use frontlint::testing::text::{ColumnUnit, SourceMap, Sources};

use crate::invariants::Run;

/// Runs `check` in a folder, with `--fix` or with `--output-format` and `--jobs`.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    std::env::set_current_dir(folder).expect("a folder");
    let value_of = |option: &str| {
        let mut arguments = arguments.iter().skip_while(|word| **word != option);
        arguments.nth(1).copied()
    };
    let jobs = value_of("--jobs").and_then(|jobs| jobs.parse().ok());
    let sources = Arc::new(SourceMap::default());
    let finder = finder(&[], Arc::clone(&sources)).expect("no arguments");
    let request = Request {
        paths: &[],
        stdin_filename: None,
        force_exclude: false,
    };
    let found = discover(&request, &finder);
    let checker = Checker::new(SchemaChoice::Governing, &finder, &sources);
    let outcome = checker.run(&found, &[], jobs.unwrap_or(1), &|| {});
    if arguments.contains(&"--fix") {
        fix(&checker, &outcome);
        return Run {
            status: None,
            stdout: String::new(),
            stderr: String::new(),
        };
    }
    let format = value_of("--output-format").and_then(|name| name.parse().ok());
    report(&found, &outcome, &sources, format.unwrap_or(Format::Pretty))
}

fn report(found: &Found, outcome: &Outcome, sources: &SourceMap, format: Format) -> Run {
    let mut stdout = Vec::new();
    let notation = format.notation();
    let mut outputs = Outputs::new(ColumnUnit::Scalar);
    let writer = Sanitizer::new(&mut stdout, notation);
    outputs.add(format, Style::default(), writer);
    let files = outcome.reports.iter().map(|report| {
        let sources = Sources::new(&report.source, sources);
        (sources, report.findings.as_slice())
    });
    let written = outputs.write(files, &mut Summary::default());
    let tally = written.expect("memory takes everything");
    let failures = found.failures.iter().chain(&outcome.walk.failures);
    let messages = failures.map(|failure| &failure.message);
    let messages = messages.chain(outcome.failures.iter().map(|failure| &failure.message));
    let stderr: String = messages
        .map(|message| format!("error: {}\n", visible::line(message, true)))
        .collect();
    let status = match tally.has_failure() || !stderr.is_empty() {
        true => 2,
        false => i32::from(tally.reaches(Severity::Error)),
    };
    Run {
        status: Some(status),
        stdout: String::from_utf8(stdout).expect("UTF-8"),
        stderr,
    }
}

/// Applies the safe fixes of every page.
fn fix(checker: &Checker<'_>, outcome: &Outcome) {
    for report in outcome
        .reports
        .iter()
        .filter(|report| report.page.is_some())
    {
        let path = report.source.path();
        let Ok(bytes) = std::fs::read(path) else {
            continue;
        };
        let fixed = checker.with_page(path, |settings, check| {
            let fixer = Fixer {
                fences: settings.fences,
                dialect: settings.dialect,
                least: Applicability::Safe,
                excluded: &BTreeSet::new(),
            };
            fixer.apply_fixes(bytes, check)
        });
        if let Some(fixed) = fixed {
            std::fs::write(path, fixed.bytes).expect("a file");
        }
    }
}
