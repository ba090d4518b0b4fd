//! The documentation of the rules: its examples are tried, and its pages under `docs/rules` are
//! what `frontlint explain` prints (`scripts/update` writes them anew).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use frontlint::testing::diagnostic::Group;
use frontlint::testing::rules::{RULES, Rule};

use crate::support::{Run, Site};

const GOOD_PAGE: &str = "---\ntitle: The archive is open\n\
                         date: 2024-05-23 14:00:00 +02:00\n---\n\nThe archive opens today.\n";

/// A fenced block of the documentation: `md bad`, `toml good`, …, with the site it is tried on. A
/// block `json schema` is what the blocks after it are checked against; without one that is
/// `bundled:press-release`, or nothing where the rule needs no schema. A block `yaml config` is added
/// to `_config.yml`, a block `md beside` is held by ten other pages, and pages that the prose names hold
/// the block below it.
struct Example {
    language: String,
    bad: bool,
    text: String,
    schema: Option<String>,
    config: String,
    beside: Option<String>,
    /// Pages and what they hold; the last is the one to check.
    pages: Vec<(String, String)>,
}

fn explain(rule: &str) -> String {
    let run = Site::empty().run(&["explain", rule]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    run.stdout
}

fn examples(docs: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let (mut schema, mut config, mut beside) = (None, String::new(), None);
    let mut paths = vec!["_communiques/page.md".to_owned()];
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let Some(opening) = line.strip_prefix("```") else {
            let spans = line.split('`').skip(1).step_by(2);
            let named: Vec<_> = spans.filter(|span| span.ends_with(".md")).collect();
            if !named.is_empty() {
                paths = named.into_iter().map(str::to_owned).collect();
            }
            continue;
        };
        let (language, kind) = opening.split_once(' ').unwrap_or((opening, ""));
        let body = lines.by_ref().take_while(|line| *line != "```");
        let text: String = body.flat_map(|line| [line, "\n"]).collect();
        match kind {
            "schema" => schema = Some(text),
            "config" => config = text,
            "beside" => beside = Some(text),
            _ => {
                let bad = kind != "good";
                // Of several pages one is corrected.
                let others = paths[1..].iter().map(|path| {
                    let before = found.iter().rev().find(|example| example.bad && !bad);
                    let held = before.map_or(&text, |example| &example.text);
                    (path.clone(), held.clone())
                });
                let mut pages: Vec<_> = others.collect();
                pages.push((paths[0].clone(), text.clone()));
                found.push(Example {
                    language: language.to_owned(),
                    bad,
                    schema: schema.clone(),
                    config: config.clone(),
                    beside: beside.clone(),
                    pages,
                    text,
                });
            }
        }
    }
    found
}

/// The example checked in the press room, with the rule switched on.
fn check(rule: &Rule, example: &Example) -> Run {
    let mut site = Site::press_room().with("_communiques/page.md", GOOD_PAGE);
    let mut config = fs::read_to_string(site.path("frontlint.toml")).unwrap();
    let generator = fs::read_to_string(site.path("_config.yml")).unwrap();
    site = site.with("_config.yml", format!("{generator}{}", example.config));
    if let Some(schema) = &example.schema {
        config = config.replace("bundled:press-release", "schema.json");
        site = site.with("schema.json", schema);
    }
    for (number, text) in (0..10).zip(example.beside.iter().cycle()) {
        site = site.with(&format!("_communiques/beside-{number}.md"), text);
    }
    let mut all = vec!["check", "--output-format", "json"];
    let switch = format!("rules.{} = \"warning\"", rule.id);
    if rule.id.default_severity().is_none() {
        all.extend(["--config", &switch]);
    }
    // The keys that a schema requires would be in the way of a rule that needs none.
    let needs_schema = rule.id.needs_schema() || rule.id.group() == Group::Meta;
    if !needs_schema && example.schema.is_none() {
        all.push("--no-schema");
    }
    let mut arguments = all.clone();
    let site = match example.language.as_str() {
        "md" => {
            let pages = example.pages.iter();
            pages.fold(site, |site, (path, text)| site.with(path, text))
        }
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
        let examples = examples(&explain(id));
        assert!(
            examples.iter().any(|example| example.bad),
            "{id} has no bad example"
        );
        for example in examples {
            if cfg!(not(unix)) && example.language == "console" {
                continue;
            }
            let run = check(rule, &example);
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
    let present: BTreeSet<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<_> = pages.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(present, expected, "run scripts/update");
    for (name, text) in pages {
        let written = fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(written, text, "{name}: run scripts/update");
    }
}
