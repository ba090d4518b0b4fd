//! Which schema a page is checked against, and schemas that have no effect.

use crate::support::{Run, Site};

const CONFIG: &str =
    "[[collections]]\nname = \"pages\"\nfiles = [\"pages/*.md\"]\nschema = \"schema.json\"\n";

const TITLE: &str = r#"{"type": "object", "required": ["title"], "additionalProperties": false,
 "properties": {"title": {"type": "string"}}}"#;

fn site(schema: &str) -> Site {
    Site::empty()
        .with("frontlint.toml", CONFIG)
        .with("schema.json", schema)
        .with("pages/a.md", "---\ntitle: A\n---\n")
}

fn check(site: &Site) -> Run {
    site.run(&["check", "--output-format", "json"])
}

/// The status, and of each finding the rule, the severity, the path and the line.
fn found(run: &Run) -> (Option<i32>, Vec<String>) {
    let findings = run.findings();
    let lines = findings.iter().map(|finding| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        let line = &finding["start"]["line"];
        let (rule, severity, path) = (text("rule"), text("severity"), text("path"));
        format!("{rule} {severity} {path}:{line}")
    });
    (run.status, lines.collect())
}

#[test]
fn a_page_cannot_replace_the_schema_of_its_collection() {
    for named in ["../loose.json", "bundled:press-release", "none.json", "5"] {
        let page = format!("---\n$schema: {named}\nn: 1\n---\n");
        let site = site(TITLE)
            .with("loose.json", r#"{"properties": {"n": {}}}"#)
            .with("pages/b.md", page);
        let (status, lines) = found(&check(&site));
        let expected = [
            "missing-key error pages/b.md:1",
            "unknown-key error pages/b.md:3",
        ];
        assert_eq!(
            (status, lines),
            (Some(1), expected.map(str::to_owned).into()),
            "{named}"
        );
    }
}

#[test]
fn the_pages_own_schema_counts_where_no_collection_has_one() {
    let own = "---\n$schema: ../note.json\nn: 1\n---\n";
    let site = site(TITLE)
        .with(
            "note.json",
            r#"{"required": ["author"], "additionalProperties": {"type": "string"}}"#,
        )
        .with("notes/b.md", own)
        .with("plain/c.md", own)
        .with(
            "frontlint.toml",
            format!("{CONFIG}[[collections]]\nname = \"plain\"\nfiles = [\"plain/*.md\"]\n"),
        );
    let (status, lines) = found(&check(&site));
    let expected = [
        "missing-key error notes/b.md:1",
        "wrong-type error notes/b.md:3",
        "missing-key error plain/c.md:1",
        "wrong-type error plain/c.md:3",
    ];
    assert_eq!(
        (status, lines),
        (Some(1), expected.map(str::to_owned).into())
    );
    let forced = site.run(&[
        "check",
        "--schema",
        "schema.json",
        "--output-format",
        "json",
        "notes",
    ]);
    assert!(
        forced.stdout.contains("lacks the key `title`"),
        "{}",
        forced.stdout
    );
}

#[test]
fn the_choice_is_explained() {
    let site = site(TITLE).with("pages/b.md", "---\n$schema: ../loose.json\ntitle: B\n---\n");
    let shown = site.run(&["check", "--show-files"]);
    let line = "pages/b.md: schema.json (collection `pages`); no generator\n";
    assert!(shown.stdout.contains(line), "{}", shown.stdout);
    let explained = site.run(&["explain", "--file", "pages/b.md"]);
    let line = "`$schema` in the page, `../loose.json`, is not used";
    assert!(explained.stdout.contains(line), "{}", explained.stdout);
    let explained = site.run(&["explain", "--file", "pages/a.md"]);
    assert!(
        !explained.stdout.contains("is not used"),
        "{}",
        explained.stdout
    );
}

#[test]
fn a_misspelt_keyword_is_a_warning_where_the_schema_has_others() {
    let schema = "{\n \"type\": \"object\",\n \"requird\": [\"title\"],\n \"properties\": {\n  \
                  \"title\": {\"x-severity\": \"warn\"},\n  \"image\": {\"format\": \"exist-path\"}\n }\n}";
    let site = site(schema).with("pages/b.md", "---\ntitle: B\n---\n");
    let (status, lines) = found(&check(&site));
    let expected = [3, 5, 6].map(|line| format!("invalid-schema warning schema.json:{line}"));
    assert_eq!((status, lines), (Some(0), expected.into()));
    let run = site.run(&["check", "--fail-on", "warning"]);
    assert_eq!(run.status, Some(1), "{}", run.stdout);
    let run = site.run(&[
        "check",
        "--schema",
        "schema.json",
        "--output-format",
        "json",
    ]);
    assert_eq!(found(&run).1.len(), 3, "{}", run.stdout);
}

#[test]
fn a_schema_that_no_page_can_fail_is_a_failure() {
    for schema in [
        "{}",
        "true",
        r#"{"title": "A page", "description": "x"}"#,
        r#"{"requird": ["title"], "propertys": {"title": {}}}"#,
        r#"{"$defs": {"page": {"required": ["title"]}}}"#,
    ] {
        let run = check(&site(schema));
        let (status, lines) = found(&run);
        assert_eq!(status, Some(2), "{schema}: {}", run.stdout);
        let is_error = |line: &String| line == "invalid-schema error schema.json:1";
        assert!(
            !lines.is_empty() && lines.iter().all(is_error),
            "{schema}: {lines:?}"
        );
        let lenient = site(schema).run(&["check", "--exit-zero"]);
        assert_eq!(lenient.status, Some(2), "{schema}");
    }
}

#[test]
fn a_schema_that_only_lists_keys_is_a_warning() {
    let run = check(&site(
        r#"{"properties": {"n": {"description": "A number"}}}"#,
    ));
    let (status, lines) = found(&run);
    assert_eq!(status, Some(0), "{}", run.stdout);
    assert_eq!(lines, ["invalid-schema warning schema.json:1"]);
}

#[test]
fn a_schema_that_is_a_text_is_called_a_schema() {
    let run = check(&site("\"x\""));
    assert_eq!(run.status, Some(2), "{}", run.stdout);
    let message = "the schema must be true or false or a group of keys, but is the text `x`";
    assert!(run.stdout.contains(message), "{}", run.stdout);
}

#[test]
fn of_one_value_the_most_severe_finding_is_reported() {
    let schema = r#"{"type": "object", "properties": {
        "date": {"type": "string", "pattern": "T", "format": "slug", "x-severity": {"pattern": "error", "format": "warning"}}}}"#;
    let page = |line: &str| format!("---\n{line}\n---\n");
    let site = |config: &str, line: &str| {
        site(schema)
            .with(
                "frontlint.toml",
                format!("generator = \"hugo\"\n{CONFIG}{config}"),
            )
            .with("pages/a.md", page(line))
    };
    let rules = |config: &str, line: &str| found(&check(&site(config, line)));
    let one = |status, line: &str| (Some(status), vec![line.to_owned()]);
    let bad = "date: 2024-02-30";
    // An error of the schema comes before one of the dialect.
    assert_eq!(rules("", bad), one(1, "invalid-value error pages/a.md:2"));
    // Not where the configuration makes it a warning, switches it off, or it is suppressed.
    let impossible = one(1, "impossible-date error pages/a.md:2");
    assert_eq!(
        rules("[rules]\ninvalid-value = \"warning\"\n", bad),
        impossible
    );
    assert_eq!(rules("[rules]\ninvalid-value = \"off\"\n", bad), impossible);
    let ignored = "[[ignore]]\npath = \"pages/*\"\nrule = \"invalid-value\"\nreason = \"x\"\n";
    assert_eq!(rules(ignored, bad), impossible);
    let allowed = format!("{bad} # frontlint: allow(invalid-value)");
    assert_eq!(rules("", &allowed), impossible);
    // What the schema finds wrong besides counts then as well.
    let other = "date: A b";
    assert_eq!(rules("", other), one(1, "invalid-value error pages/a.md:2"));
    let (_, lines) = rules(
        "[rules]\ninvalid-value = \"off\"\nimpossible-date = \"off\"\n",
        other,
    );
    assert_eq!(lines, ["invalid-format warning pages/a.md:2"]);
    let all = format!("{bad} # frontlint: allow(invalid-value, impossible-date)");
    assert_eq!(rules("", &all), (Some(0), Vec::new()));
}

#[test]
fn a_baseline_covers_only_what_it_lists() {
    let schema =
        r#"{"type": "object", "properties": {"date": {"type": "string", "pattern": "T"}}}"#;
    let config = format!("generator = \"hugo\"\nbaseline = \"known.json\"\n{CONFIG}");
    let site = site(schema)
        .with("frontlint.toml", config)
        .with("known.json", "{\"version\": 1, \"findings\": []}")
        .with("pages/a.md", "---\ndate: 2024-02-30\n---\n");
    let lines = found(&check(&site)).1;
    assert_eq!(lines, ["invalid-value error pages/a.md:2"]);
    let run = site.run(&["check", "--write-baseline", "known.json"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_eq!(found(&check(&site)), (Some(0), Vec::new()));
    let text = std::fs::read_to_string(site.path("known.json")).unwrap();
    let kept: Vec<_> = text
        .lines()
        .filter(|line| !line.contains("impossible-date"))
        .collect();
    assert!(kept.len() < text.lines().count(), "{text}");
    // The last entry has no comma behind it.
    let kept = kept
        .join("\n")
        .replace("},\n]", "}\n]")
        .replace("},\n  ]", "}\n  ]");
    let site = site.with("known.json", kept);
    let lines = found(&check(&site)).1;
    assert_eq!(lines, ["impossible-date error pages/a.md:2"]);
}

#[test]
fn a_schema_builds_on_a_bundled_one() {
    let skill = r#"{"allOf": [{"$ref": "bundled:agent-skill"}], "required": ["license"]}"#;
    let part = r#"{"properties": {"name": {"$ref": "bundled:agent-skill#/properties/name"}}}"#;
    let page = "---\nname: A-B\ndescription: x\n---\n";
    for (schema, expected) in [
        (
            skill,
            &[
                "missing-key error pages/a.md:1",
                "invalid-value error pages/a.md:2",
            ][..],
        ),
        (part, &["invalid-value error pages/a.md:2"]),
    ] {
        let site = site(schema).with("pages/a.md", page);
        let (status, lines) = found(&check(&site));
        assert_eq!(status, Some(1));
        assert_eq!(lines, expected);
    }
    let site = site(r#"{"$ref": "bundled:agent-skil"}"#);
    let run = check(&site);
    assert_eq!(run.status, Some(2));
    assert!(run.stdout.contains("did you mean `bundled:agent-skill`?"));
}

#[test]
fn a_skill_is_checked_wherever_it_is() {
    let site = Site::empty()
        .with("skills/a/SKILL.md", "---\nname: a\n---\n")
        .with(".claude/skills/b/SKILL.md", "---\nname: b\n---\n")
        .with(".claude/skills/b/notes.md", "---\na: [\n---\n")
        .with(
            ".claude/worktrees/x/skills/c/SKILL.md",
            "---\nname: c\n---\n",
        );
    let (status, lines) = found(&check(&site));
    let expected = [
        "missing-key error .claude/skills/b/SKILL.md:1",
        "missing-key error skills/a/SKILL.md:1",
    ];
    assert_eq!(
        (status, lines),
        (Some(1), expected.map(str::to_owned).into())
    );
    let shown = site.run(&["check", "--show-files"]);
    let line = "skills/a/SKILL.md: bundled:agent-skill (the name of the file); no generator\n";
    assert!(shown.stdout.contains(line), "{}", shown.stdout);
}
