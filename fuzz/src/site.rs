//! The program in this process, for the target `site`: what `frontlint check` does, without its
//! arguments and streams, so that the fuzzer sees which code a trial reaches.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use frontlint::check::{Checker, Outcome, SchemaChoice};
use frontlint::config::Finder;
use frontlint::diagnostic::{Applicability, Severity};
use frontlint::discover::{Found, Request, discover};
use frontlint::fix::Fixer;
use frontlint::report::{Counting, Format, Sanitizer, Style, Summary, visible};
use frontlint::text::{SourceMap, Sources};

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
    let finder = Finder::new(&[], false, Arc::clone(&sources)).expect("no arguments");
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
    let mut counting = Counting::new();
    let notation = format.notation();
    counting.add(
        format,
        Style::default(),
        Sanitizer::new(&mut stdout, notation),
    );
    let files: Vec<_> = outcome
        .reports
        .iter()
        .map(|report| {
            (
                Sources::new(&report.source, sources),
                report.findings.as_slice(),
            )
        })
        .collect();
    let written = counting.files(&files, 1);
    let written = written.and_then(|()| counting.finish(&mut Summary::default()));
    written.expect("memory takes everything");
    let tally = counting.tally().clone();
    drop(counting);
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
            fixer.apply_fixes(bytes, &mut |bytes| {
                let checked = check(bytes);
                frontlint::fix::Recheck {
                    text: checked.text,
                    findings: checked.findings,
                }
            })
        });
        if let Some(fixed) = fixed {
            std::fs::write(path, fixed.bytes).expect("a file");
        }
    }
}
