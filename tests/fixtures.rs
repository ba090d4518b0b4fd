//! Whole sites and single files under `fixtures/`.
//!
//! A site is checked as its owner would check it, from its own folder. Beside `sites/NAME` stands
//! `NAME.expected`, made by hand: one finding a line. Under `rules/RULE/ok` nothing is found;
//! under `rules/RULE/err` that rule speaks, and no other unless the case's name holds its name.
//! A case is a page, checked by name within the rule's folder, or a folder, checked as a site.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use frontlint::diagnostic::RuleId;
use serde_json::Value;

struct Run {
    status: Option<i32>,
    findings: Vec<Value>,
    stderr: String,
}

fn check(folder: &Path, path: Option<&str>) -> Run {
    let output = crate::support::frontlint()
        .args(["check", "--output-format", "json"])
        .args(path)
        .current_dir(folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let findings = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let stdout = String::from_utf8_lossy(&output.stdout);
        panic!("{}: no JSON ({error}):\n{stdout}{stderr}", folder.display())
    });
    Run {
        status: output.status.code(),
        findings,
        stderr,
    }
}

fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(folder)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut entries: Vec<_> = read.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn rule(finding: &Value) -> &str {
    finding["rule"].as_str().unwrap()
}

/// A finding as the tables of expected findings have it.
fn line(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let place = &finding["start"];
    let (line, column) = (&place["line"], &place["column"]);
    let (path, rule, severity) = (text("path"), text("rule"), text("severity"));
    format!("{path}:{line}:{column} {rule} {severity}")
}

fn shown(findings: &[Value]) -> String {
    findings
        .iter()
        .map(|finding| format!("  {}: {}\n", line(finding), finding["message"]))
        .collect()
}

#[test]
fn a_press_room_in_order_is_clean() {
    let site = fixtures("sites/press-room");
    let run = check(&site, None);
    assert!(run.findings.is_empty(), "found:\n{}", shown(&run.findings));
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let releases = entries(&site.join("_communiques")).len().to_string();
    let counted = |line: &str| line.contains(&releases) && line.contains("press-release");
    assert!(run.stderr.lines().any(counted), "{}", run.stderr);
}

#[test]
fn every_planted_fault_is_found_once_and_nothing_else() {
    let run = check(&fixtures("sites/press-room-broken"), None);
    let table = fs::read_to_string(fixtures("sites/press-room-broken.expected")).unwrap();
    let mut missed: Vec<&str> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let mut unexpected = Vec::new();
    for finding in run.findings {
        let found = line(&finding);
        match missed.iter().position(|expected| *expected == found) {
            Some(at) => drop(missed.remove(at)),
            None => unexpected.push(finding),
        }
    }
    assert!(
        missed.is_empty() && unexpected.is_empty(),
        "missed:\n  {}\nnot expected:\n{}",
        missed.join("\n  "),
        shown(&unexpected)
    );
    assert_eq!(run.status, Some(1), "{}", run.stderr);
}

#[test]
fn every_rule_has_its_fixtures() {
    let folders = entries(&fixtures("rules"));
    let shown: BTreeSet<_> = folders.iter().map(|folder| name(folder)).collect();
    let rules: BTreeSet<_> = RuleId::ALL.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(shown, rules);
}

#[test]
fn rules_speak_where_they_should_and_nowhere_else() {
    let mut wrong = String::new();
    for folder in entries(&fixtures("rules")) {
        for kind in ["ok", "err"] {
            for case in entries(&folder.join(kind)) {
                // A page may lie beside files that it refers to.
                let page = case.extension().is_some_and(|extension| extension == "md");
                if page || case.is_dir() {
                    wrong += &judge(&folder, kind, &case);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is wrong with the outcome of one case; empty where nothing is.
fn judge(folder: &Path, kind: &str, case: &Path) -> String {
    let (wanted, case_name) = (name(folder), name(case));
    let run = if case.is_dir() {
        check(case, None)
    } else {
        check(folder, Some(&format!("{kind}/{case_name}")))
    };
    let problem = if kind == "ok" {
        let quiet = run.findings.is_empty() && run.status == Some(0);
        (!quiet).then(|| format!("should pass, exits with {:?}", run.status))
    } else if !run.findings.iter().any(|finding| rule(finding) == wanted) {
        Some(format!("{wanted} does not speak"))
    } else {
        let other = run.findings.iter().map(rule).find(|rule| *rule != wanted);
        other
            .filter(|rule| !case_name.contains(rule))
            .map(|rule| format!("{rule} speaks too"))
    };
    problem.map_or_else(String::new, |problem| {
        let findings = shown(&run.findings);
        format!("rules/{wanted}/{kind}/{case_name}: {problem}\n{findings}")
    })
}
