//! Whole sites and single files under `fixtures/`.
//!
//! A site is checked as its owner would check it, from its own folder. Its findings are those of the
//! table `sites/NAME.expected`, one a line; a site without a table has none. Under `rules/RULE/ok`
//! there are no findings; under `rules/RULE/err` there is one of that rule, and of others only where
//! the case's name holds their names. A case is a page, checked by name within the rule's folder, or a
//! folder, checked as a site.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use frontlint::testing::diagnostic::RuleId;
use serde_json::Value;

use crate::support::Call;

struct Run {
    status: Option<i32>,
    findings: Vec<Value>,
    stderr: String,
}

fn check(folder: &Path, path: Option<&str>) -> Run {
    let arguments = ["check", "--output-format", "json"].into_iter().chain(path);
    let run = Call::new(folder, &arguments.collect::<Vec<_>>()).run();
    Run {
        status: run.status,
        findings: run.findings(),
        stderr: run.stderr,
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
fn sites_have_the_findings_of_their_tables() {
    let (sites, tables): (Vec<_>, Vec<_>) = entries(&fixtures("sites"))
        .into_iter()
        .partition(|path| path.is_dir());
    for table in tables {
        assert!(sites.contains(&table.with_extension("")), "{table:?}");
    }
    let wrong: String = sites.iter().map(|site| difference(site)).collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// How the findings of a site differ from its table; empty where they do not.
fn difference(site: &Path) -> String {
    let run = check(site, None);
    let table = fs::read_to_string(site.with_extension("expected")).unwrap_or_default();
    let mut missed: Vec<&str> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let has_error = missed.iter().any(|line| line.ends_with(" error"));
    let mut unexpected = Vec::new();
    for finding in run.findings {
        let found = line(&finding);
        match missed.iter().position(|expected| *expected == found) {
            Some(at) => drop(missed.remove(at)),
            None => unexpected.push(finding),
        }
    }
    let mut difference: String = missed
        .iter()
        .map(|line| format!("  missed: {line}\n"))
        .collect();
    if !unexpected.is_empty() {
        difference += &format!("  not expected:\n{}", shown(&unexpected));
    }
    if run.status != Some(i32::from(has_error)) {
        difference += &format!("  exits with {:?}: {}\n", run.status, run.stderr);
    }
    if difference.is_empty() {
        return difference;
    }
    format!("sites/{}:\n{difference}", name(site))
}

#[test]
fn every_bundled_schema_has_its_site() {
    let configs: String = entries(&fixtures("sites"))
        .iter()
        .filter_map(|site| fs::read_to_string(site.join("frontlint.toml")).ok())
        .collect();
    for bundled in frontlint::testing::schema::bundled() {
        let named = format!("\"bundled:{}\"", bundled.name);
        assert!(configs.contains(&named), "no site names {named}");
    }
}

#[test]
fn all_releases_of_the_press_room_are_counted() {
    let site = fixtures("sites/press-room");
    let run = check(&site, None);
    let releases = entries(&site.join("_communiques")).len().to_string();
    let is_count = |line: &str| line.contains(&releases) && line.contains("press-release");
    assert!(run.stderr.lines().any(is_count), "{}", run.stderr);
}

#[test]
fn every_rule_has_its_fixtures() {
    let folders = entries(&fixtures("rules"));
    let shown: BTreeSet<_> = folders.iter().map(|folder| name(folder)).collect();
    let rules: BTreeSet<_> = RuleId::ALL.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(shown, rules);
}

#[test]
fn rules_report_where_they_should_and_nowhere_else() {
    let mut wrong = String::new();
    for folder in entries(&fixtures("rules")) {
        for kind in ["ok", "err"] {
            for case in entries(&folder.join(kind)) {
                // A page may lie beside files that it refers to.
                let page = case.extension().is_some_and(|extension| extension == "md");
                if page || case.is_dir() {
                    wrong += &problem(&folder, kind, &case);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is wrong with the outcome of one case; empty where nothing is.
fn problem(folder: &Path, kind: &str, case: &Path) -> String {
    let (wanted, case_name) = (name(folder), name(case));
    let run = if case.is_dir() {
        check(case, None)
    } else {
        check(folder, Some(&format!("{kind}/{case_name}")))
    };
    let problem = if kind == "ok" {
        let is_clean = run.findings.is_empty() && run.status == Some(0);
        (!is_clean).then(|| format!("should pass, exits with {:?}", run.status))
    } else if !run.findings.iter().any(|finding| rule(finding) == wanted) {
        Some(format!("{wanted} reports nothing"))
    } else {
        let other = run.findings.iter().map(rule).find(|rule| *rule != wanted);
        other
            .filter(|rule| !case_name.contains(rule))
            .map(|rule| format!("{rule} reports too"))
    };
    problem.map_or_else(String::new, |problem| {
        let findings = shown(&run.findings);
        format!("rules/{wanted}/{kind}/{case_name}: {problem}\n{findings}")
    })
}
