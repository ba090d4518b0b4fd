//! Real press releases: beside the suites, or where `FRONTLINT_CORPUS` says.

use std::path::PathBuf;
use std::process::Command;

use crate::support::{Call, run};

fn corpus() -> PathBuf {
    match std::env::var_os("FRONTLINT_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => crate::suites::suite("../corpus/communiques"),
    }
}

/// Pages that have been read one by one: the uploads that are missing are those that a script without
/// a line in common with frontlint finds, and what is right is left alone.
#[test]
#[ignore = "needs FRONTLINT_CORPUS or FRONTLINT_SUITES, and python3 with yaml"]
fn real_releases_are_told_what_is_wrong_and_nothing_else() {
    let corpus = corpus();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/corpus-check.py");
    let site = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(script)
        .arg("site")
        .args([&corpus, site.path()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");

    let checked = Call::new(site.path(), &["check", "--output-format", "json"]).run();
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
