//! `--since` in throw-away repositories.

use std::fs;
use std::process::Command;

use crate::support::{Call, Run, Site};

const WRONG: &str = "---\ntitle: 2024\ndate: 2024-05-23 10:00:00 +02:00\n---\n";

fn git(site: &Site, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@archives.example",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(site.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn commit(site: &Site) {
    git(site, &["add", "--all"]);
    git(site, &["commit", "--quiet", "-m", "x"]);
}

/// A repository with a wrong page of each name on `main`, and a branch `work` at the same place.
fn repository(names: &[&str]) -> Site {
    let mut site = Site::press_room();
    for (index, name) in names.iter().enumerate() {
        let page = format!("{WRONG}{}", format!("Text {index}.\n").repeat(20));
        site = site.with(&format!("_communiques/{name}"), page);
    }
    git(&site, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&site);
    git(&site, &["switch", "--quiet", "--create", "work"]);
    site
}

fn paths(run: &Run) -> Vec<String> {
    let findings = run.findings();
    let paths = findings.iter().map(|it| it["path"].as_str().unwrap());
    paths
        .map(|it| it.trim_start_matches("_communiques/").to_owned())
        .collect()
}

fn since(site: &Site, more: &[&str]) -> Run {
    let arguments = [
        &["check", "--output-format", "json", "--since", "main"],
        more,
    ]
    .concat();
    site.run(&arguments)
}

#[test]
fn every_kind_of_change_against_the_merge_base() {
    let names = [
        "a.md",
        "committed.md",
        "deleted.md",
        "main-only.md",
        "old name.md",
        "staged.md",
        "unstaged.md",
    ];
    let mut site = repository(&names);
    let add = |site: Site, name: &str| {
        let text = fs::read_to_string(site.path(&format!("_communiques/{name}"))).unwrap();
        site.with(&format!("_communiques/{name}"), text + "more\n")
    };
    site = add(site, "committed.md");
    git(
        &site,
        &["mv", "_communiques/old name.md", "_communiques/né \"w\".md"],
    );
    git(&site, &["rm", "--quiet", "_communiques/deleted.md"]);
    commit(&site);
    // What happens on main meanwhile is not ours.
    git(&site, &["switch", "--quiet", "main"]);
    site = add(site, "main-only.md");
    commit(&site);
    git(&site, &["switch", "--quiet", "work"]);
    site = add(site, "staged.md");
    git(&site, &["add", "_communiques/staged.md"]);
    site = add(site, "unstaged.md");
    site = site
        .with("_communiques/untracked.md", WRONG)
        .with(".gitignore", "ignored.md\n")
        .with("_communiques/ignored.md", WRONG);
    let run = since(&site, &[]);
    let expected = [
        "committed.md",
        "né \"w\".md",
        "staged.md",
        "unstaged.md",
        "untracked.md",
    ];
    assert_eq!(paths(&run), expected, "{}", run.stderr);
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.contains("5 of 7 files changed since `main`"),
        "{}",
        run.stderr
    );
    // The same from a folder of the site, and for named files.
    let folder = site.path("_communiques");
    let arguments = [
        "check",
        "--output-format",
        "concise",
        "--since",
        "main",
        "a.md",
        "staged.md",
    ];
    let run = Call::new(&folder, &arguments).run();
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    assert!(run.stdout.starts_with("staged.md:2:8"), "{}", run.stdout);
}

#[test]
fn only_lines_that_changed() {
    let site = repository(&["a.md", "b.md", "renamed.md"]);
    git(
        &site,
        &["mv", "_communiques/renamed.md", "_communiques/new.md"],
    );
    let a = fs::read_to_string(site.path("_communiques/a.md")).unwrap();
    let site = site
        .with(
            "_communiques/a.md",
            a.replace("+02:00\n", "+02:00\npublished: oui\n"),
        )
        .with("_communiques/b.md", a.replace("Text", "Words"))
        .with("_communiques/untracked.md", WRONG);
    let run = since(&site, &["--changed-lines"]);
    let findings = run.findings();
    let found: Vec<_> = findings
        .iter()
        .map(|it| it["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["/published", "/title"], "{}", run.stdout);
    assert_eq!(paths(&run), ["a.md", "untracked.md"]);
}

#[test]
fn nothing_changed_is_fine_and_counted() {
    let site = repository(&["a.md", "b.md"]);
    let run = since(&site, &[]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(
        run.stderr.contains("0 of 2 files changed since `main`"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("no files checked"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_compared_is_status_2() {
    let site = Site::press_room().with("_communiques/a.md", WRONG);
    let refused = |site: &Site, revision: &str, words: &str| {
        let run = site.run(&["check", &format!("--since={revision}")]);
        assert_eq!(run.status, Some(2), "{revision}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{revision}: {}", run.stderr);
    };
    refused(&site, "main", "in no git repository");
    let site = repository(&["a.md"]);
    refused(
        &site,
        "no-such-branch",
        "git knows no revision `no-such-branch`",
    );
    refused(&site, "--output=x", "`--output=x` is no git revision");
    refused(&site, "", "is no git revision");
    git(&site, &["switch", "--quiet", "--orphan", "other"]);
    git(&site, &["commit", "--quiet", "--allow-empty", "-m", "x"]);
    git(&site, &["switch", "--quiet", "work"]);
    refused(&site, "other", "no history in common");
    let run = site.run_with_input(&["check", "-", "--since", "main"], b"");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert_eq!(site.run(&["check", "--changed-lines"]).status, Some(2));
}
