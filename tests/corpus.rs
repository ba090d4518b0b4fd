//! Real press releases, where they are at hand: beside the suites, or where `FRONTLINT_CORPUS` says.

use std::path::PathBuf;
use std::process::Command;

use crate::support::{frontlint, run};

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "the environment says where the corpus is, and what is left out is told"
)]
fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("FRONTLINT_CORPUS").map(PathBuf::from);
    let beside = std::env::var_os("FRONTLINT_SUITES")
        .map(|suites| PathBuf::from(suites).join("../corpus/communiques"));
    let found = named.or(beside).filter(|folder| folder.is_dir());
    let has_yaml = Command::new("python3").args(["-c", "import yaml"]).output();
    if found.is_some() && !has_yaml.is_ok_and(|output| output.status.success()) {
        println!("python3 has no yaml: the corpus is not checked");
        return None;
    }
    if found.is_none() {
        println!("neither FRONTLINT_CORPUS nor FRONTLINT_SUITES leads to the corpus");
    }
    found
}

/// What stands against real pages that have been read one by one: the uploads that are missing
/// are those that a script without a line in common with frontlint finds, and what is right is
/// left alone.
#[test]
fn real_releases_are_told_what_is_wrong_and_nothing_else() {
    let Some(corpus) = corpus() else {
        return;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/corpus-check.py");
    let site = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(script)
        .arg("site")
        .args([&corpus, site.path()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");

    let mut command = frontlint();
    command
        .current_dir(site.path())
        .args(["check", "--output-format", "json"]);
    let checked = run(command, b"");
    assert_eq!(checked.status, Some(1), "{}", checked.stderr);
    for finding in checked.findings() {
        let rule = finding["rule"].as_str().unwrap();
        assert!(
            !matches!(rule, "invalid-syntax" | "duplicate-key" | "malformed-fence"),
            "no page of the corpus is broken: {finding}"
        );
        let pointer = finding["pointer"].as_str().unwrap_or_default();
        assert!(
            rule != "missing-key" || !pointer.starts_with("/contact-presse"),
            "the default supplies the contact: {finding}"
        );
    }

    let mut compare = Command::new("python3");
    compare.args([script, "compare"]).arg(&corpus).arg("-");
    let compared = run(compare, checked.stdout.as_bytes());
    assert_eq!(compared.status, Some(0), "{}", compared.stdout);
}
