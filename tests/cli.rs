//! The program as a stranger calls it: what each mistake is told with, and the exit status.
//! `scripts/update` writes the snapshots.

use std::process::{Command, Stdio};

use crate::support::{Call, Run, Site, frontlint};

const GOOD: &str = "---\ntitle: The archive opens\ndate: 2024-05-23 14:00:00 +02:00\n---\n";
const WRONG: &str = "---\ntitle: Archive: the opening\ndate: 2024-05-23 14:00:00 +02:00\n---\n";
const WARNED: &str =
    "---\ntitle: The archive opens\ndate: 2024-05-23 14:00:00 +02:00\nsubtitl: x\n---\n";

fn press_room() -> Site {
    Site::press_room().with("_communiques/good.md", GOOD)
}

/// What was called and what came of it, as a terminal shows it.
fn transcript(arguments: &[&str], run: &Run) -> String {
    let quoted = arguments.iter().map(|argument| {
        if argument.contains([' ', '*', '{']) || argument.is_empty() {
            format!("'{argument}'")
        } else {
            (*argument).to_owned()
        }
    });
    let command: Vec<_> = quoted.collect();
    let seconds = regex::Regex::new(r"\d+\.\d+ s\b").unwrap();
    let stderr = seconds.replace_all(&run.stderr, "N s");
    let status = run.status.unwrap_or(-1);
    let command = command.join(" ");
    format!(
        "$ frontlint {command}\n{}{stderr}(exits with {status})\n",
        run.stdout
    )
}

/// Calls the program and puts down what came of it, one call after the other.
fn session(site: &Site, calls: &[&[&str]]) -> String {
    let each = calls.iter().map(|call| transcript(call, &site.run(call)));
    each.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_folder_without_configuration() {
    let site = Site::empty().with("notes/a.md", GOOD).with("b.md", GOOD);
    let calls: &[&[&str]] = &[
        &["check"],
        &["check", "b.md"],
        &["check", "--no-schema"],
        &["check", "--schema", "bundled:press-relase"],
        &["check", "--schema", "nope.json"],
        &["check", "--schema", "https://example.org/schema.json"],
    ];
    insta::assert_snapshot!(session(&site, calls));
}

#[test]
fn nothing_to_check() {
    let site = Site::empty().with("text/a.txt", "hello");
    std::fs::create_dir(site.path("empty")).unwrap();
    let calls: &[&[&str]] = &[
        &["check"],
        &["check", "empty"],
        &["check", "text"],
        &["check", "--exit-zero", "empty"],
        &["check", "--show-files"],
    ];
    insta::assert_snapshot!(session(&site, calls));
}

#[test]
fn paths_that_name_nothing() {
    let site = press_room().with("_communiques/wrong.md", WRONG);
    let calls: &[&[&str]] = &[
        &["check", "_communiques/godo.md"],
        &["check", "_communique/good.md"],
        &["check", "quite/another.md"],
        &["check", "_communiques/*.mdx"],
        &["check", ""],
        // What there is is checked all the same.
        &[
            "check",
            "-q",
            "--output-format",
            "concise",
            "gone.md",
            "_communiques/wrong.md",
        ],
        &["check", "--exit-zero", "gone.md"],
    ];
    insta::assert_snapshot!(session(&site, calls));
}

#[test]
fn mistakes_in_the_configuration() {
    let with_status = |status: i32, text: &str| {
        let site = press_room().with("frontlint.toml", text);
        let run = site.run(&["check"]);
        assert_eq!(run.status, Some(status), "{text}");
        format!("{text}\n{}", transcript(&["check"], &run))
    };
    let config = |text: &str| with_status(2, text);
    let sessions = [
        config(
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_communiques/*.md\"]\n\
             schma = \"bundled:press-release\"\n\n[rules]\nmissing-fil = \"warning\"\n\
             wrong-type = \"loud\"\n",
        ),
        config("[[collections]\nname = \"communiques\"\n"),
        config(
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_comuniques/*.md\"]\n\
             schema = \"bundled:press-release\"\n",
        ),
        config(
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_communiques/*.md\"]\n\
             schema = \"schemas/release.json\"\n",
        ),
        // Without a schema, what needs none is checked.
        with_status(
            0,
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_communiques/*.md\"]\n",
        ),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
}

#[test]
fn mistakes_in_a_schema() {
    let mut all = String::new();
    for schema in [
        "type: objekt\n",
        "type: [object\n",
        "properties:\n  title: {pattern: '('}\n",
        "$ref: other.yaml\n",
        "$ref: '#/$defs/title'\n",
        "",
        "- type\n",
    ] {
        let site = press_room().with("schemas/release.yaml", schema).with(
            "frontlint.toml",
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_communiques/*.md\"]\n\
                 schema = \"schemas/release.yaml\"\n",
        );
        let run = site.run(&["check", "-q"]);
        assert_eq!(run.status, Some(2), "{schema}{}{}", run.stdout, run.stderr);
        all += &format!("{schema}{}\n", run.stdout);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_schema_may_be_written_in_yaml() {
    let site = press_room()
        .with("schemas/release.yaml", "type: object\nrequired: [place]\n")
        .with(
            "frontlint.toml",
            "[[collections]]\nname = \"communiques\"\nfiles = [\"_communiques/*.md\"]\n\
             schema = \"schemas/release.yaml\"\n",
        );
    let calls: &[&[&str]] = &[&["check"], &["check", "--show-files"]];
    insta::assert_snapshot!(session(&site, calls));
}

#[test]
fn a_release_is_piped_in() {
    let site = press_room();
    let pipe = |arguments: &[&str], text: &str| {
        transcript(arguments, &site.run_with_input(arguments, text.as_bytes()))
    };
    let sessions = [
        pipe(
            &["check", "-", "--stdin-filename", "_communiques/new.md"],
            GOOD,
        ),
        pipe(
            &["check", "-", "--stdin-filename", "_communiques/new.md"],
            WRONG,
        ),
        pipe(
            &["check", "--stdin-filename", "_communiques/new.md", "-q"],
            WRONG,
        ),
        pipe(&["check", "-"], WRONG),
        pipe(
            &[
                "check",
                "_communiques/good.md",
                "--stdin-filename",
                "_communiques/new.md",
            ],
            WRONG,
        ),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
}

#[test]
fn findings_go_into_files() {
    let site = press_room().with("_communiques/wrong.md", WRONG);
    let calls: &[&[&str]] = &[
        &[
            "check",
            "--output-format",
            "concise",
            "--output-file",
            "found.txt",
        ],
        &[
            "check",
            "--output-format",
            "concise",
            "--output-file",
            "jsonl=found.jsonl",
        ],
        &["check", "-q", "--output-file", "gone/found.txt"],
        &["check", "-q", "--output-file", "_communiques"],
        &["check", "--output-file", "jsn=found.json"],
    ];
    let told = session(&site, calls);
    let read = |name: &str| std::fs::read_to_string(site.path(name)).unwrap();
    assert!(read("found.txt").starts_with("_communiques/wrong.md:2:15: error"));
    let line: serde_json::Value = serde_json::from_str(&read("found.jsonl")).unwrap();
    assert_eq!(line["rule"], "invalid-syntax");
    insta::assert_snapshot!(told);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let mut site = press_room();
    for number in 0..200 {
        site = site.with(&format!("_communiques/{number}.md"), WRONG);
    }
    let mut child = frontlint()
        .current_dir(site.root())
        .arg("check")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let head = Command::new("head")
        .args(["-n", "1"])
        .stdin(child.stdout.take().unwrap())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&head.stdout).contains("error[invalid-syntax]"));
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("201 files checked"), "{stderr}");
}

#[test]
fn settings_on_the_command_line() {
    let site = press_room().with("_communiques/wrong.md", WRONG);
    let quiet = ["check", "-q", "--output-format", "concise", "--config"];
    let with = |setting| [&quiet[..], &[setting]].concat();
    let calls = [
        with("rules.invalid-syntax = \"off\""),
        with("rules.invalid-syntax = \"warning\""),
        with("rules.missing-file = \"loud\""),
        with("rules.missing-file ="),
        with("rles.missing-file = \"off\""),
        with("gone.toml"),
        vec!["check", "--isolated", "_communiques/good.md"],
    ];
    let calls: Vec<&[&str]> = calls.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(session(&site, &calls));
}

#[test]
fn globs_in_quotes_and_parts_of_a_site() {
    let site = press_room()
        .with("_communiques/old/2018.markdown", GOOD)
        .with("_communiques/wrong.md", WRONG);
    let quiet = ["check", "--output-format", "concise"];
    let with = |path| [&quiet[..], &[path]].concat();
    let calls = [
        with("_communiques/*.{md,markdown}"),
        with("_communiques/**/*.markdown"),
        with("_communiques"),
        with("**/20*"),
    ];
    let calls: Vec<&[&str]> = calls.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(session(&site, &calls));
}

#[test]
fn two_sites_in_one_tree() {
    let pages = "[[collections]]\nname = \"pages\"\nfiles = [\"*.md\"]\nschema = \"page.yaml\"\n";
    let site = press_room()
        .with("docs/frontlint.toml", pages)
        .with("docs/page.yaml", "required: [weight]\n")
        .with("docs/a.md", "---\ntitle: x\n---\n")
        .with("_communiques/wrong.md", WRONG);
    let calls: &[&[&str]] = &[
        &["check", "--output-format", "concise"],
        &["check", "--show-files"],
        &["check", "-q", "--output-format", "concise", "docs"],
    ];
    insta::assert_snapshot!(session(&site, calls));
}

#[test]
fn from_a_folder_of_the_site() {
    let site = press_room().with(
        "_communiques/2024/image.md",
        "---\ntitle: x\ndate: 2024-05-23\nimage: /uploads/Release.pdf\n---\n",
    );
    let run_in = |folder: &str, arguments: &[&str]| {
        let run = Call::new(&site.path(folder), arguments).run();
        transcript(arguments, &run)
    };
    let sessions = [
        run_in("_communiques/2024", &["check"]),
        run_in(
            "_communiques/2024",
            &["check", "-q", "../good.md", "image.md"],
        ),
        run_in("_communiques/2024", &["check", "--show-files", ".."]),
        run_in("_uploads", &["check"]),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
}

#[test]
fn how_much_is_said_and_what_fails() {
    let site = press_room()
        .with("_communiques/warned.md", WARNED)
        .with("index.md", "---\ntitle: Home\n---\n");
    let concise = ["check", "--output-format", "concise"];
    let with = |more: &[&'static str]| [&concise[..], more].concat();
    let calls = [
        with(&[]),
        with(&["--quiet"]),
        with(&["--statistics"]),
        with(&["--fail-on", "warning"]),
        with(&["--fail-on", "warning", "--exit-zero", "-q"]),
        with(&["--fail-on", "never", "-q"]),
        with(&["--select", "duplicate-title,hygiene"]),
        with(&["--ignore", "schema", "--level", "warning"]),
        with(&["--level", "error", "--fail-on", "warning"]),
        vec!["check", "--show-files"],
        vec![
            "check",
            "--force-exclude",
            "--config",
            "exclude = ['_communiques']",
            "_communiques/good.md",
        ],
        vec!["check", "--config", "exclude = ['**']"],
    ];
    let calls: Vec<&[&str]> = calls.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(session(&site, &calls));
}

#[test]
fn slips_in_the_command() {
    let site = press_room();
    let calls: &[&[&str]] = &[
        &["check", "--fial-on", "warning"],
        &["check", "--output-format", "pritty"],
        &["check", "--no-schema", "--schema", "x"],
        &["explain", "missing-fle"],
        &["schema", "press"],
    ];
    for call in calls {
        let run = site.run(call);
        assert_eq!(run.status, Some(2), "{call:?}");
        assert!(run.stdout.is_empty(), "{call:?}");
        let hint = ["a similar", "cannot be used with", "lists them"];
        assert!(
            hint.iter().any(|hint| run.stderr.contains(hint)),
            "{call:?}: {}",
            run.stderr
        );
    }
}
