//! The documentation of the rules: its examples are tried, and its pages under `docs/rules` are
//! what `frontlint explain` prints (`UPDATE=1 cargo test rule_docs` writes them anew).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use frontlint::rules::RULES;

use crate::examples::RULES_WITHOUT_SCHEMA;
use crate::support::{Run, Site};

const GOOD_PAGE: &str = "---\ntitle: Opening of the archive\n\
                         date: 2024-05-23 14:00:00 +02:00\n---\n\nThe archive opens today.\n";

/// A fenced block of the documentation: `md bad`, `toml good`, …, and its lines. A block
/// `json schema` is what the blocks after it are checked against.
struct Example {
    language: String,
    bad: bool,
    text: String,
    schema: Option<String>,
}

fn explain(rule: &str) -> String {
    let run = Site::empty().run(&["explain", rule]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    run.stdout
}

fn examples(docs: &str) -> Vec<Example> {
    let mut lines = docs.lines();
    let mut found = Vec::new();
    let mut schema = None;
    while let Some(opening) = lines.find_map(|line| line.strip_prefix("```")) {
        let (language, kind) = opening.split_once(' ').unwrap_or((opening, ""));
        let body = lines.by_ref().take_while(|line| *line != "```");
        let text = body.flat_map(|line| [line, "\n"]).collect();
        if kind == "schema" {
            schema = Some(text);
            continue;
        }
        found.push(Example {
            language: language.to_owned(),
            bad: kind != "good",
            text,
            schema: schema.clone(),
        });
    }
    found
}

/// The example checked in the press room.
fn check(example: &Example) -> Run {
    let mut site = Site::press_room().with("_communiques/page.md", GOOD_PAGE);
    let mut config = fs::read_to_string(site.path("frontlint.toml")).unwrap();
    if let Some(schema) = &example.schema {
        config = config.replace("bundled:press-release", "schema.json");
        site = site.with("schema.json", schema);
    }
    let all = ["check", "--output-format", "json"];
    let mut arguments = all.to_vec();
    let site = match example.language.as_str() {
        "md" => site.with("_communiques/page.md", &example.text),
        "toml" => {
            config = format!("{config}\n{}", example.text);
            site
        }
        "json" => {
            config = config.replace("bundled:press-release", "schema.json");
            site.with("schema.json", &example.text)
        }
        "console" => {
            #[cfg(unix)]
            std::os::unix::fs::symlink("gone.md", site.path("_communiques/broken-link.md"))
                .unwrap();
            let command = example.text.trim().strip_prefix("$ frontlint ").unwrap();
            arguments = command.split(' ').chain(all[1..].iter().copied()).collect();
            site
        }
        other => panic!("nothing is known about examples in `{other}`"),
    };
    site.with("frontlint.toml", config).run(&arguments)
}

#[test]
fn examples_show_what_they_say() {
    let mut wrong = String::new();
    for rule in RULES {
        let id = rule.id.as_str();
        if RULES_WITHOUT_SCHEMA.contains(&id) {
            continue;
        }
        let examples = examples(&explain(id));
        assert!(examples.iter().any(|it| it.bad), "{id} has no bad example");
        for example in examples {
            if cfg!(not(unix)) && example.language == "console" {
                continue;
            }
            let run = check(&example);
            let rules = run.rules();
            let as_said = if example.bad {
                rules.iter().any(|found| found == id)
            } else {
                rules.is_empty() && run.status == Some(0)
            };
            if !as_said {
                let kind = if example.bad { "bad" } else { "good" };
                wrong += &format!(
                    "the {kind} example of {id} gives {rules:?}:\n{}{}{}\n",
                    example.text, run.stdout, run.stderr
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn pages_are_what_explain_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let pages: Vec<_> = RULES
        .iter()
        .map(|rule| (format!("{}.md", rule.id), explain(rule.id.as_str())))
        .collect();
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &pages {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let there: BTreeSet<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(there, expected, "UPDATE=1 cargo test rule_docs");
    for (name, text) in pages {
        let written = fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(written, text, "{name}: UPDATE=1 cargo test rule_docs");
    }
}
