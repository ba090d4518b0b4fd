//! The report formats against the schemas of those who read them.
//!
//! The SARIF and rdjson schemas are among the public suites; GitLab publishes none, so that its
//! documentation stands here as one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Call, Run, Site};

fn broken_site() -> &'static Path {
    const SITE: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/sites/press-room-broken"
    );
    Path::new(SITE)
}

fn check_in(folder: &Path, arguments: &[&str]) -> Run {
    Call::new(folder, &[&["check"], arguments].concat()).run()
}

/// What a format makes of the broken press room.
fn report(format: &str) -> Value {
    let run = check_in(broken_site(), &["--output-format", format]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// How many findings the broken press room has.
fn expected_findings() -> usize {
    report("json").as_array().unwrap().len()
}

fn assert_valid(instance: &Value, schema: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let faults: Vec<_> = validator
        .iter_errors(instance)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A published schema of an output format.
fn schema(name: &str) -> Value {
    let path = crate::suites::suite("output-formats").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn reports_satisfy_their_published_schemas() {
    for (format, name) in [
        ("sarif", "sarif-schema-2.1.0.json"),
        ("rdjson", "rdjson/DiagnosticResult.json"),
    ] {
        let schema = schema(name);
        assert_valid(&report(format), &schema);
        assert_valid(&clean(format), &schema);
    }
}

#[test]
fn sarif_has_a_result_for_each_finding() {
    let log = report("sarif");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), expected_findings());
    let fingerprints: BTreeSet<_> = results
        .iter()
        .map(|result| {
            result["partialFingerprints"]["frontlint/v1"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert_eq!(fingerprints.len(), results.len());
}

#[test]
fn sarif_regions_hold_the_bytes_they_name() {
    let log = report("sarif");
    let mut looked_at = 0;
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let region = &place["region"];
        let Some(offset) = region["byteOffset"].as_u64() else {
            continue;
        };
        let path = place["artifactLocation"]["uri"].as_str().unwrap();
        if path.contains('%') {
            continue;
        }
        let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
        let bytes = fs::read(broken_site().join(path)).unwrap();
        let start = usize::try_from(offset).unwrap();
        let named = String::from_utf8_lossy(&bytes[start..start + number("byteLength")]);
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let line = text.split('\n').nth(number("startLine") - 1).unwrap();
        let from: String = line.chars().skip(number("startColumn") - 1).collect();
        let first_line = named.split('\n').next().unwrap();
        assert!(from.starts_with(first_line), "{path}: {region}: {named:?}");
        looked_at += 1;
    }
    assert!(looked_at > 40, "only {looked_at} regions");
}

#[test]
fn rdjson_has_a_diagnostic_for_each_finding() {
    let result = report("rdjson");
    let diagnostics = result["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), expected_findings());
    let suggested = |it: &&Value| it["suggestions"].is_array();
    assert!(diagnostics.iter().any(|it| suggested(&it)));
}

#[test]
fn gitlab_is_as_its_documentation_says() {
    let text = || json!({"type": "string", "minLength": 1});
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "location", "severity"],
            "additionalProperties": false,
            "properties": {
                "description": text(),
                "check_name": text(),
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "additionalProperties": false,
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^./][^\\\\]*$"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "additionalProperties": false,
                            "properties": {
                                "begin": {"type": "integer", "minimum": 1},
                                "end": {"type": "integer", "minimum": 1},
                            },
                        },
                    },
                },
            },
        },
    });
    let report = report("gitlab");
    let findings = report.as_array().unwrap();
    assert_eq!(findings.len(), expected_findings());
    let fingerprints: BTreeSet<_> = findings
        .iter()
        .map(|it| it["fingerprint"].as_str())
        .collect();
    assert_eq!(fingerprints.len(), findings.len());
    assert_valid(&report, &schema);
    assert_valid(&clean("gitlab"), &schema);
}

/// What a format makes of a site without findings.
fn clean(format: &str) -> Value {
    let run = site(PAGE).run(&["check", "--output-format", format]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

const PAGE: &str = "---\ntitle: Opening\ndate: 2024-05-23 14:00:00 +02:00\n---\n";

fn site(page: &str) -> Site {
    Site::press_room().with("_communiques/a.md", page)
}

/// The fingerprints of a page's findings, sorted.
fn fingerprints(page: &str) -> Vec<String> {
    let run = site(page).run(&["check", "--output-format", "gitlab"]);
    let report: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let mut all: Vec<_> = report
        .iter()
        .map(|it| it["fingerprint"].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn fingerprints_stay_when_lines_shift_and_items_are_added() {
    let page = |above: &str, first: &str| {
        format!(
            "---\n{above}title: Opening\ndate: 2024-05-23 14:00:00 +02:00\nfiles:\n{first}\
             - {{nom: A, file: /uploads/no.pdf}}\n- {{nom: B, file: /uploads/no.pdf}}\n\
             - {{nom: C, url: x}}\n---\n"
        )
    };
    let before = fingerprints(&page("", ""));
    assert!(before.len() >= 3, "{before:?}");
    let unique: BTreeSet<_> = before.iter().collect();
    assert_eq!(unique.len(), before.len(), "equal faults differ");
    let comments = "# a comment\n".repeat(20);
    let good = "- {nom: Z, file: /uploads/release.pdf}\n";
    assert_eq!(fingerprints(&page(&comments, good)), before);
}

#[test]
fn junit_has_a_case_for_each_file() {
    let site = site(PAGE).with("_communiques/b.md", "---\ntitle: x\n---\n");
    let run = site.run(&["check", "--output-format", "junit"]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    for part in [
        r#"tests="2" failures="1" errors="0""#,
        r#"<testcase name="_communiques/a.md" classname="frontlint" file="_communiques/a.md"/>"#,
        r#"<failure message="1 error" type="finding">_communiques/b.md:1:1: error[missing-key]"#,
    ] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.stdout);
    }
}

/// A run in a step of GitHub Actions.
fn in_actions(site: &Site, arguments: &[&str]) -> Run {
    Call::new(site.root(), &[&["check"], arguments].concat())
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", site.path("summary.md"))
        .run()
}

#[test]
fn github_actions_gets_excerpts_annotations_and_a_summary() {
    let hostile = "---\ntitle: x\ndate: 2024-05-23 14:00:00 +02:00\n\
                   image: \"/uploads/a.pdf##[add-mask]x\"\nposition: |-\n  x\n  ::add-mask::y\n---\n";
    let site = site(hostile).with("summary.md", "before\n");
    let run = in_actions(
        &site,
        &[
            "--output-file",
            "sarif=a.sarif",
            "--output-file",
            "junit=a.xml",
        ],
    );
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    let lines: Vec<_> = run.stdout.lines().collect();
    let token = lines[0].strip_prefix("::stop-commands::").unwrap();
    let resumed = lines
        .iter()
        .position(|line| *line == format!("::{token}::"))
        .unwrap();
    let commands = |lines: &[&str]| {
        let is_command = |line: &&&str| line.trim_start().starts_with("::");
        lines.iter().filter(is_command).count()
    };
    assert!(
        lines[..resumed]
            .iter()
            .any(|line| line.contains("error[missing-file]"))
    );
    assert_eq!(commands(&lines[resumed + 1..]), lines.len() - resumed - 1);
    assert!(lines[resumed + 1].starts_with("::error file=_communiques/a.md,line=4,col="));
    let summary = fs::read_to_string(site.path("summary.md")).unwrap();
    assert!(summary.starts_with("before\n### frontlint: "), "{summary}");
    assert!(summary.contains("| missing-file | 1 | "), "{summary}");
    let sarif = fs::read_to_string(site.path("a.sarif")).unwrap();
    assert!(sarif.contains("\"ruleId\":\"missing-file\""));
    assert!(
        fs::read_to_string(site.path("a.xml"))
            .unwrap()
            .contains("<failure")
    );
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let repository = Site::empty().with("press/a.md", "---\ntitle: [\n---\n");
    let arguments = ["check", "--no-schema", "--output-format", "github"];
    let run = Call::new(&repository.path("press"), &arguments)
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_WORKSPACE", repository.root())
        .run();
    assert!(
        run.stdout.starts_with("::error file=press/a.md,line="),
        "{}",
        run.stdout
    );
}

#[test]
fn a_format_that_is_asked_for_is_the_only_one() {
    let run = in_actions(
        &site("---\ntitle: x\n---\n"),
        &["--output-format", "concise"],
    );
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    let outside = site("---\ntitle: x\n---\n").run(&["check"]);
    assert!(!outside.stdout.contains("::"), "{}", outside.stdout);
}
