//! The commands of the README.
//!
//! Every line of a `sh` block is run from the project's root, every `toml` block is tried on a
//! small site, and a block between `<!-- output: COMMAND -->` and `<!-- /output -->` is what
//! COMMAND prints (`scripts/update` writes it).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Call, Run};

/// Commands that would start this very test, or a build of their own, again.
const NOT_RUN: &[&str] = &["cargo test", "cargo install --path ."];
const CARGO_RUN: &str = "cargo run --release -- ";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> (PathBuf, String) {
    let path = root().join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The lines of each fenced block in this language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<Vec<&'t str>> {
    let opening = format!("```{language}");
    let mut lines = text.lines();
    let mut blocks = Vec::new();
    while lines.by_ref().any(|line| line == opening) {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").collect());
    }
    blocks
}

/// Runs a `frontlint …` command in a folder, with the binary under test.
fn run(command: &str, folder: &Path) -> Run {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("frontlint"), "not ours: {command}");
    Call::new(folder, &words.collect::<Vec<_>>()).run()
}

/// The exit status that a `# exits with N` comment after a command promises; 0 without one.
fn promised(comment: &str) -> i32 {
    let status = comment.trim().strip_prefix("exits with ");
    status.map_or(0, |status| status.trim().parse().unwrap())
}

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let (_, text) = readme();
    let mut ran = 0;
    for line in blocks(&text, "sh").into_iter().flatten() {
        let (command, comment) = line.split_once(" # ").unwrap_or((line, ""));
        let command = command.trim();
        if NOT_RUN.contains(&command) || command.is_empty() {
            continue;
        }
        let ours = command.strip_prefix(CARGO_RUN);
        let command = ours.map_or_else(|| command.to_owned(), |rest| format!("frontlint {rest}"));
        let output = run(&command, root());
        let status = Some(promised(comment));
        assert_eq!(output.status, status, "{line}\n{}", output.stderr);
        ran += 1;
    }
    assert!(ran >= 2, "only {ran} commands were run");
}

#[test]
fn the_configurations_of_the_readme_work() {
    let (_, text) = readme();
    let configs = blocks(&text, "toml");
    assert!(!configs.is_empty());
    for config in configs {
        let site = tempfile::tempdir().unwrap();
        for folder in ["_communiques", "_uploads", "static/media", "schemas"] {
            fs::create_dir_all(site.path().join(folder)).unwrap();
        }
        let write = |path: &str, text: &str| fs::write(site.path().join(path), text).unwrap();
        write(
            "_config.yml",
            "collections:\n  uploads:\n    output: true\n",
        );
        write("schemas/page.json", "{\"type\": \"object\"}");
        write(
            "_communiques/2018-a.markdown",
            "---\ntitle: A\ndate: 2018-03-12 09:30:00 +01:00\n\
             files:\n- {nom: B, file: /uploads/b.pdf}\n\
             contact-presse: {name: C, email: c@example.org, tel: 01 99 00 12 34}\n---\n",
        );
        if !config.contains(&"[[ignore]]") {
            write("_uploads/b.pdf", "");
        }
        write("frontlint.toml", &config.join("\n"));
        let output = run("frontlint check", site.path());
        assert_eq!(
            output.status,
            Some(0),
            "{config:#?}\n{}{}",
            output.stdout,
            output.stderr
        );
    }
}

#[test]
fn the_output_shown_in_the_readme_is_real() {
    let (path, text) = readme();
    let (opening, closing) = ("<!-- output: ", "<!-- /output -->");
    let mut made = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(opening) {
        let end = at + rest[at..].find('\n').unwrap() + 1;
        let command = rest[at + opening.len()..end].trim().trim_end_matches("-->");
        let after = end + rest[end..].find(closing).unwrap();
        let output = run(command, root());
        let shown = output.stdout + &output.stderr;
        let trimmed: Vec<_> = shown.trim_end().lines().map(str::trim_end).collect();
        made += &rest[..end];
        made += &format!("```text\n{}\n```\n", trimmed.join("\n"));
        rest = &rest[after..];
    }
    made += rest;
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, made).unwrap();
    } else {
        assert_eq!(text, made, "run scripts/update to write it");
    }
}
