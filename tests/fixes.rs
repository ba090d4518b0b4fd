//! Fixes: each mends its finding and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Site};

mod mutations;
#[cfg(unix)]
mod writing;

const GOOD: &str = "---\ntitle: T\ndate: 2024-05-23 10:00:00 +02:00\n";

/// What makes two findings the same though their lines moved.
fn identity(finding: &Value) -> String {
    let part = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let (path, rule, pointer) = (part("path"), part("rule"), part("pointer"));
    format!("{path} {rule} {pointer} {}", part("message"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn check(site: &Site, more: &[&str]) -> Run {
    site.run(&[&["check", "--output-format", "json"], more].concat())
}

fn page(text: &str) -> Site {
    Site::press_room().with("_communiques/a.md", text)
}

fn read(site: &Site) -> String {
    fs::read_to_string(site.path("_communiques/a.md")).unwrap()
}

#[test]
fn every_fix_of_the_broken_site_mends_its_finding() {
    let site = Site::empty();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites/press-room-broken");
    copy(&fixtures, site.root());
    let before = check(&site, &[]).findings();
    let has_fix = |finding: &&Value| !finding["fix"].is_null();
    let applicable: BTreeSet<_> = before.iter().filter(has_fix).map(identity).collect();
    assert!(applicable.len() > 25, "{applicable:#?}");
    let before: BTreeSet<_> = before.iter().map(identity).collect();

    let diff = site.run(&["check", "--diff", "--unsafe-fixes"]);
    assert_eq!(diff.status, Some(1));
    let run = check(&site, &["--fix", "--unsafe-fixes"]);
    let after: BTreeSet<_> = run.findings().iter().map(identity).collect();
    let left: Vec<_> = after.intersection(&applicable).collect();
    assert!(left.is_empty(), "still there: {left:#?}");
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "new: {new:#?}");
    let fixed = format!("; {} fixed", applicable.len());
    assert!(run.stderr.contains(&fixed), "{fixed}: {}", run.stderr);

    let files = || {
        let names = fs::read_dir(site.path("_communiques")).unwrap();
        let read = names.map(|name| {
            let path = name.unwrap().path();
            (fs::read(&path).unwrap(), path)
        });
        read.collect::<BTreeSet<_>>()
    };
    let once = files();
    check(&site, &["--fix", "--unsafe-fixes"]);
    assert!(files() == once, "a second run changed something");
    let diff = site.run(&["check", "--diff", "--unsafe-fixes"]);
    assert_eq!((diff.status, diff.stdout.as_str()), (Some(0), ""));
}

#[test]
fn the_diff_is_what_the_fix_does_and_touches_only_what_it_names() {
    let text = format!("{GOOD}published: oui # yes\ntags: [ 'a' ,\"b\" ]\n---\nBody\n");
    let site = page(&text);
    let diff = site.run(&["check", "--diff", "--unsafe-fixes"]);
    let changed: Vec<_> = diff
        .stdout
        .lines()
        .filter(|line| line.starts_with(['-', '+']))
        .collect();
    assert_eq!(
        changed,
        [
            "--- a/_communiques/a.md",
            "+++ b/_communiques/a.md",
            "-published: oui # yes",
            "+published: true # yes",
        ]
    );
    assert_eq!(read(&site), text, "--diff wrote");
    assert_eq!(site.run(&["check", "--diff"]).status, Some(0));
    check(&site, &["--fix"]);
    assert_eq!(
        read(&site),
        text,
        "--fix applied what may change the meaning"
    );
    let run = check(&site, &["--fix", "--unsafe-fixes"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    assert_eq!(read(&site), text.replace("oui", "true"));
}

#[test]
fn the_rest_is_reported_at_its_new_place() {
    let site = page("\n\n---\ntitle: 2024\ndate: 2024-05-23 10:00:00 +02:00\nposition: x\n---\n");
    let run = check(&site, &["--fix"]);
    let left = run.findings();
    assert_eq!(left.len(), 1, "{left:#?}");
    assert_eq!(left[0]["start"]["line"], 4);
    assert!(run.stderr.contains("; 2 fixed"), "{}", run.stderr);
    assert_eq!(run.status, Some(1));
}

#[test]
fn line_endings_marks_and_bodies_stay() {
    let body = b"\r\nBody \xff\xfe\r\n---\n\0\n";
    let head = format!("{GOOD}image: /uploads/RELEASE.pdf\npublished: 'true'\n----\n");
    let mut bytes = head.replace('\n', "\r\n").into_bytes();
    bytes.extend(body);
    let site = Site::press_room().with("_communiques/a.md", &bytes);
    let run = check(&site, &["--fix"]);
    let after = fs::read(site.path("_communiques/a.md")).unwrap();
    let mut expected = head
        .replace("RELEASE", "release")
        .replace("'true'", "true")
        .replace("----", "---")
        .replace('\n', "\r\n")
        .into_bytes();
    expected.extend(body);
    let shown = String::from_utf8_lossy(&after);
    assert!(after == expected, "{shown}\n{}", run.stdout);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
}

#[test]
fn a_value_that_others_share_is_left_alone() {
    // The anchor's value is read through the alias too: quoting it would change both.
    let text = format!("{GOOD}weight: &n 2024\nchapeau: *n\n---\n");
    let site = page(&text);
    let fix = check(&site, &[]).findings();
    check(&site, &["--fix", "--unsafe-fixes"]);
    let after = read(&site);
    if after != text {
        assert!(after.contains("weight: &n 2024"), "{after}\n{fix:#?}");
    }
}

#[test]
fn two_keys_that_would_become_one_become_one_only() {
    let text = format!("{GOOD}chapeu: a\nchapea: b\n---\n");
    let site = page(&text);
    check(&site, &["--fix", "--unsafe-fixes"]);
    let after = read(&site);
    assert_eq!(after.matches("chapeau:").count(), 1, "{after}");
}

#[test]
fn hidden_findings_keep_their_bytes() {
    let text = format!(
        "{}published: 'true' # frontlint: allow(wrong-type)\n---\n",
        GOOD.replace("title: T", "title: 2024")
    );
    let site = page(&text);
    check(&site, &["--fix"]);
    assert_eq!(read(&site), text.replace("2024\n", "'2024'\n"));
    let site = page(&text);
    site.run(&["check", "--write-baseline", "b.json"]);
    let run = check(&site, &["--fix", "--config", "baseline = 'b.json'"]);
    assert_eq!(read(&site), text, "{}", run.stderr);
}

#[test]
fn standard_input_comes_back_mended() {
    let site = Site::press_room();
    let text = format!("{GOOD}published: 'true'\nposition: x\n---\nBody\n");
    let arguments = [
        "check",
        "-",
        "--stdin-filename",
        "_communiques/a.md",
        "--fix",
    ];
    let run = site.run_with_input(&arguments, text.as_bytes());
    assert_eq!(run.stdout, text.replace("'true'", "true"));
    assert!(run.stderr.contains("wrong-type"), "{}", run.stderr);
    assert_eq!(run.status, Some(1));
    let good = format!("{GOOD}---\n");
    let run = site.run_with_input(&arguments, good.as_bytes());
    assert_eq!((run.status, run.stdout), (Some(0), good));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_are_kept_and_read_only_files_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let text = format!("{GOOD}published: 'true'\n---\n");
    let site = Site::press_room().with("kept/real.md", &text);
    fs::create_dir_all(site.path("_communiques")).unwrap();
    symlink("../kept/real.md", site.path("_communiques/a.md")).unwrap();
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(site.path("kept/real.md"), mode(0o640)).unwrap();
    let fix = ["check", "_communiques/a.md", "--fix"];
    assert_eq!(site.run(&fix).status, Some(0));
    let link = fs::symlink_metadata(site.path("_communiques/a.md")).unwrap();
    assert!(link.is_symlink());
    let real = fs::metadata(site.path("kept/real.md")).unwrap();
    assert_eq!(real.permissions().mode() & 0o777, 0o640);
    assert_eq!(read(&site), text.replace("'true'", "true"));
    let site = site.with("_communiques/b.md", &text);
    fs::set_permissions(site.path("_communiques/b.md"), mode(0o444)).unwrap();
    let run = site.run(&["check", "_communiques/b.md", "--fix"]);
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("read-only"), "{}", run.stderr);
    let left = fs::read_dir(site.path("_communiques")).unwrap().count();
    assert_eq!(left, 2, "a temporary file stayed");
}

#[test]
fn wrong_usage_is_refused() {
    let site = Site::press_room();
    for arguments in [
        &["check", "--unsafe-fixes"][..],
        &["check", "--fix", "--diff"],
        &["check", "--fix", "--show-files"],
        &["check", "--fix", "--write-baseline", "b.json"],
    ] {
        assert_eq!(site.run(arguments).status, Some(2), "{arguments:?}");
    }
}
