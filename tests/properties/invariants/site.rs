//! A whole small site, run by the program: configuration, schema, baseline and pages together.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::chosen;

/// The generators of the sites: the file that each is known by, and the pages of a site.
const GENERATORS: &[(&str, [&str; 4])] = &[
    (
        "_config.yml",
        [
            "_posts/2024-05-23-a.md",
            "_notes/b.md",
            "_notes/c.markdown",
            "index.md",
        ],
    ),
    (
        "hugo.toml",
        [
            "content/_index.md",
            "content/notes/a.md",
            "content/notes/b/index.md",
            "content/c.md",
        ],
    ),
    (
        "docusaurus.config.js",
        [
            "docs/a.md",
            "docs/b.mdx",
            "blog/2024-05-23-c.md",
            "src/pages/d.md",
        ],
    ),
    (
        "astro.config.mjs",
        [
            "src/content/notes/a.md",
            "src/content/notes/b.mdx",
            "src/pages/c.md",
            "src/content/d.md",
        ],
    ),
    (
        "mkdocs.yml",
        [
            "docs/a.md",
            "docs/b/index.md",
            "docs/c.md",
            "docs/blog/posts/d.md",
        ],
    ),
    (
        ".vitepress/config.mts",
        ["a.md", "guide/b.md", "guide/index.md", "c.md"],
    ),
    (
        "config.toml",
        [
            "content/_index.md",
            "content/a.md",
            "content/notes/b.md",
            "content/notes/_index.md",
        ],
    ),
    (
        "eleventy.config.js",
        ["a.md", "notes/b.md", "notes/c.md", "index.md"],
    ),
    ("unknown.cfg", ["a.md", "b.md", "notes/c.md", "SKILL.md"]),
];

/// What is not a page, in the order of the parts of a trial, after the generator's file.
const SETTINGS: [&str; 4] = [
    "frontlint.toml",
    "schema.json",
    "baseline.json",
    ".gitignore",
];

/// Ends a part of a trial.
const SEPARATOR: u8 = 0x1F;

/// The rules whose findings of severity error make the exit status 2.
const FAILURES: [&str; 3] = ["invalid-config", "invalid-schema", "unreadable-file"];

/// What a run of the program gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit status; `None` for a program that was killed.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

/// Runs the program in a folder with arguments.
pub type Program<'p> = &'p mut dyn FnMut(&Path, &[&str]) -> Run;

/// A site from the bytes of a trial, run by `program`: the same on one thread and on eight, with an
/// exit status that agrees with the findings, in formats that can be read, and with fixes that
/// leave nothing to fix.
///
/// The first byte chooses the generator. The rest is the generator's configuration, the files of
/// [`SETTINGS`] and the pages, each ended by [`SEPARATOR`]; a part that is missing is no file.
pub fn site(data: &[u8], program: Program<'_>) {
    let (choice, data) = chosen(data);
    let (configuration, pages) = GENERATORS[choice % GENERATORS.len()];
    let folder = tempfile::tempdir().expect("a folder");
    let names = [configuration].into_iter().chain(SETTINGS).chain(pages);
    for (name, bytes) in names.zip(data.split(|&byte| byte == SEPARATOR)) {
        write(folder.path(), name, bytes);
    }
    let mut run = |arguments: &[&str]| {
        let run = program(folder.path(), arguments);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    };
    let mut in_format = |format, jobs| run(&["check", "--output-format", format, "--jobs", jobs]);
    let one = in_format("json", "1");
    assert_eq!(one, in_format("json", "8"), "depends on threads");
    let findings: Vec<Value> = serde_json::from_str(&one.stdout).expect("a JSON array");
    status_agrees(&one, &findings);
    for format in ["jsonl", "sarif", "gitlab", "rdjson"] {
        json_has_all(format, &in_format(format, "2").stdout, findings.len());
    }
    for format in ["junit", "checkstyle"] {
        let text = in_format(format, "2").stdout;
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    }
    for format in ["concise", "github", "pretty"] {
        let run = in_format(format, "2");
        assert_eq!(run.status, one.status, "{format}");
        shows_no_controls(&run.stdout);
        shows_no_controls(&run.stderr);
        if format == "concise" {
            assert_eq!(run.stdout.lines().count(), findings.len(), "{}", run.stdout);
        }
    }
    run(&["check", "--fix"]);
    let fixed = contents(folder.path(), pages);
    run(&["check", "--fix"]);
    assert_eq!(fixed, contents(folder.path(), pages), "more to fix");
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn contents(folder: &Path, pages: [&str; 4]) -> [Option<Vec<u8>>; 4] {
    pages.map(|page| fs::read(folder.join(page)).ok())
}

fn status_agrees(run: &Run, findings: &[Value]) {
    let has = |wanted: &dyn Fn(&str, &str) -> bool| {
        findings.iter().any(|finding| {
            let text = |key: &str| finding[key].as_str().expect("a text").to_owned();
            wanted(&text("rule"), &text("severity"))
        })
    };
    let has_error = has(&|_, severity| severity == "error");
    let has_failure = has(&|rule, severity| severity == "error" && FAILURES.contains(&rule));
    match run.status {
        Some(0) => assert!(!has_error, "{run:?}"),
        Some(1) => assert!(has_error && !has_failure, "{run:?}"),
        Some(2) => assert!(has_failure || run.stderr.contains("error: "), "{run:?}"),
        _ => panic!("{run:?}"),
    }
}

fn json_has_all(format: &str, text: &str, expected: usize) {
    let parse = |text: &str| -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{format}: {error}: {text}"))
    };
    let found = match format {
        "jsonl" => text.lines().map(parse).collect::<Vec<_>>().len(),
        "sarif" => parse(text)["runs"][0]["results"]
            .as_array()
            .map_or(0, Vec::len),
        "rdjson" => parse(text)["diagnostics"].as_array().map_or(0, Vec::len),
        _ => parse(text).as_array().map_or(0, Vec::len),
    };
    assert_eq!(found, expected, "{format}");
}

fn shows_no_controls(text: &str) {
    let control = text.chars().find(|char| char.is_control() && *char != '\n');
    assert_eq!(control, None, "{text:?}");
}
