//! A baseline lets old content rest and still tells of new faults.

use std::fs;

use crate::support::{Run, Site};

const OLD: &str =
    "---\ntitle: 2024\ndate: 2024-05-23 10:00:00 +02:00\nimage: /uploads/no.png\n---\n";

fn site() -> Site {
    Site::press_room()
        .with("_communiques/a.md", OLD)
        .with("_communiques/b.md", "---\ntitle: B\n---\n")
        .with(
            "_communiques/c.md",
            "---\ntitle: C\ndate: 2024-05-23 10:00:00 +02:00\n\nText.\n",
        )
}

fn written() -> Site {
    let site = site();
    let config = fs::read_to_string(site.path("frontlint.toml")).unwrap();
    let run = site.run(&["check", "--write-baseline", "baseline.json"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(
        run.stderr.contains("4 findings written to `baseline.json`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("`baseline = \"baseline.json\"`"),
        "{}",
        run.stderr
    );
    site.with(
        "frontlint.toml",
        format!("baseline = \"baseline.json\"\n{config}"),
    )
}

fn check(site: &Site) -> Run {
    site.run(&["check", "--output-format", "json"])
}

#[test]
fn what_it_lists_is_hidden_and_counted() {
    let site = written();
    let run = check(&site);
    assert!(run.findings().is_empty(), "{}", run.stdout);
    assert_eq!(run.status, Some(0));
    assert!(run.stderr.contains("(4 in the baseline)"), "{}", run.stderr);
    let before = fs::read_to_string(site.path("baseline.json")).unwrap();
    let again = site.run(&["check", "--write-baseline", "baseline.json"]);
    assert!(!again.stderr.contains("baseline ="), "{}", again.stderr);
    assert_eq!(
        fs::read_to_string(site.path("baseline.json")).unwrap(),
        before
    );
}

#[test]
fn lines_and_keys_may_move_and_a_new_fault_is_told() {
    let comments: String = (0..20).map(|n| format!("# line {n}\n")).collect();
    let moved = OLD
        .replace("---\ntitle: 2024\n", &format!("---\n{comments}"))
        .replace("no.png\n", "no.png\ntitle: 2024\npublished: oui\n");
    let lines: String = (0..20).map(|n| format!("key{n}: x\n")).collect();
    let site = written()
        .with("_communiques/a.md", moved)
        .with(
            "_communiques/b.md",
            format!("---\n{comments}title: B\n---\n"),
        )
        .with(
            "_communiques/c.md",
            format!("---\n{lines}title: C\ndate: 2024-05-23 10:00:00 +02:00\n\nText.\n"),
        );
    let run = check(&site);
    let told: Vec<_> = run.findings();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["pointer"], "/published");
    assert_eq!(run.status, Some(1));
}

#[test]
fn entries_that_are_gone_are_told_of_files_that_were_checked() {
    let site = written().with("_communiques/b.md", OLD.replace("2024\n", "B\n"));
    let run = check(&site);
    let gone = run.findings();
    let gone: Vec<_> = gone
        .iter()
        .filter(|it| it["path"] == "baseline.json")
        .collect();
    assert_eq!(gone.len(), 1, "{gone:#?}");
    assert_eq!(gone[0]["rule"], "unused-suppression");
    let message = gone[0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "the `missing-key` finding of `_communiques/b.md` that the baseline lists is gone"
    );
    let other = site.run(&["check", "_communiques/a.md", "--output-format", "json"]);
    assert!(other.findings().is_empty(), "{}", other.stdout);
}

#[test]
fn one_more_of_a_kind_is_told() {
    let twice = |n: usize| {
        let items = "- nom: X\n  file: /uploads/no.pdf\n".repeat(n);
        format!("---\ntitle: T\ndate: 2024-05-23 10:00:00 +02:00\nfiles:\n{items}---\n")
    };
    let site = written().with("_communiques/a.md", twice(1));
    site.run(&["check", "--write-baseline", "baseline.json"]);
    let site = site.with("_communiques/a.md", twice(2));
    assert_eq!(check(&site).rules(), ["missing-file"]);
}

#[test]
fn a_partial_run_keeps_the_entries_of_other_files() {
    let site = written();
    let before = fs::read_to_string(site.path("baseline.json")).unwrap();
    let run = site.run(&[
        "check",
        "_communiques/a.md",
        "--write-baseline",
        "baseline.json",
    ]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_eq!(
        fs::read_to_string(site.path("baseline.json")).unwrap(),
        before
    );
}

#[test]
fn a_baseline_that_is_absent_or_broken_is_status_2() {
    for text in [
        "",
        "[]",
        "{\"version\": 2}",
        "{\"version\": 1, \"findings\": [{}]}",
    ] {
        let site = written().with("baseline.json", text);
        let run = check(&site);
        assert_eq!(run.status, Some(2), "{text}: {}", run.stdout);
        let rules = run.rules();
        assert!(
            rules.contains(&"invalid-config".to_owned()),
            "{text}: {rules:?}"
        );
    }
    let site = written();
    fs::remove_file(site.path("baseline.json")).unwrap();
    let run = check(&site);
    assert_eq!(run.status, Some(2), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("frontlint check --write-baseline baseline.json"),
        "{}",
        run.stdout
    );
}
