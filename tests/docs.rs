//! The pages under `docs/`: their commands are run, in a copy of a site.
//!
//! Every line of a `sh` block is run and exits with 0, or with what a comment `# exits with N` says.
//! A `yaml` block parses, and the frontlint commands in it do what they are asked.

mod changes;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, Site};

/// Pages, and the site under `fixtures/sites` on which their commands are run.
const PAGES: &[(&str, &str)] = &[
    ("output-formats.md", "press-room-broken"),
    ("fixes.md", "press-room-broken"),
    ("suppression.md", "press-room"),
    ("baseline.md", "press-room-broken"),
    ("since.md", "press-room-broken"),
    ("init.md", "jekyll-oracle"),
    ("security.md", "press-room-broken"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Makes a folder a git repository in which nothing is changed.
fn commit(folder: &Path) {
    let author = ["-c", "user.name=A", "-c", "user.email=a@archives.example"];
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["commit", "--quiet", "-m", "x"],
    ] {
        let mut git = Command::new("git");
        git.args(author).args(arguments).current_dir(folder);
        assert!(git.output().unwrap().status.success());
    }
}

/// The text of each fenced block in this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}");
    let mut lines = text.lines();
    let mut blocks = Vec::new();
    while lines.by_ref().any(|line| line == opening) {
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(block.join("\n"));
    }
    blocks
}

fn run_in(site: &Site, command: &str) -> Run {
    let words = command.split_whitespace().skip(1);
    let words: Vec<_> = words.map(|word| word.trim_matches('\'')).collect();
    site.run(&words)
}

#[test]
fn the_commands_of_the_pages_do_what_they_say() {
    for (page, fixture) in PAGES {
        let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
        let site = Site::empty();
        copy(&root().join("fixtures/sites").join(fixture), site.root());
        commit(site.root());
        let mut ran = 0;
        for line in blocks(&text, "sh").iter().flat_map(|block| block.lines()) {
            let (command, comment) = line.split_once(" # ").unwrap_or((line, ""));
            assert!(
                command.starts_with("frontlint "),
                "{page}: not ours: {line}"
            );
            let status = comment.strip_prefix("exits with ").unwrap_or("0");
            let run = run_in(&site, command);
            assert_eq!(
                run.status,
                status.parse().ok(),
                "{page}: {line}\n{}",
                run.stderr
            );
            ran += 1;
        }
        for block in blocks(&text, "yaml") {
            let parsed = serde_yaml::from_str::<serde_yaml::Value>(&block);
            assert!(parsed.is_ok(), "{page}: {parsed:?}\n{block}");
            for (at, _) in block.match_indices("frontlint check") {
                let line = block[at..].lines().next().unwrap();
                let command = line.split(" |").next().unwrap();
                let run = run_in(&site, command);
                assert_eq!(run.status, Some(1), "{page}: {line}\n{}", run.stderr);
                ran += 1;
            }
        }
        assert!(ran > 0, "{page}: no command was run");
    }
}
