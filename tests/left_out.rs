//! Where there are more findings than are reported one by one, a finding counts the others, and no
//! baseline is written.

use std::fmt::Write as _;

use crate::support::{Run, Site};

fn site(page: &str) -> Site {
    Site::empty()
        .with(
            "frontlint.toml",
            "[[collections]]\nname = \"pages\"\nfiles = [\"*.md\"]\nschema = \"schema.json\"\n",
        )
        .with(
            "schema.json",
            r#"{"type": "object", "properties": {"tags": {"items": {"type": "string"}}}}"#,
        )
        .with("a.md", page)
}

/// A page whose list has so many items of the wrong type, each on a line.
fn wrong_items(count: usize, first: &str) -> String {
    let mut page = format!("---\n{first}tags:\n");
    for item in 0..count {
        let _ = writeln!(page, "- {item}");
    }
    page + "---\n"
}

fn check(site: &Site) -> Run {
    site.run(&["check", "--output-format", "json"])
}

/// The finding that counts the others.
fn count_of(run: &Run) -> Option<String> {
    let findings = run.findings();
    let messages = findings.iter().map(|it| it["message"].as_str().unwrap());
    let mut counts = messages.filter(|it| it.contains("left out"));
    let first = counts.next().map(str::to_owned);
    assert_eq!(counts.next(), None);
    first
}

#[test]
fn findings_of_the_schema_and_duplicate_keys_are_counted() {
    let duplicates = |line: &dyn Fn(usize) -> String| (0..130).map(line).collect::<String>();
    let yaml = format!(
        "---\n{}---\n",
        duplicates(&|n| format!("k{n}: 1\nk{n}: 2\n"))
    );
    let toml = format!(
        "+++\n{}+++\n",
        duplicates(&|n| format!("k{n} = 1\nk{n} = 2\n"))
    );
    let json = format!(
        "{{{}\"x\": 1}}\n",
        duplicates(&|n| format!("\"k{n}\": 1, \"k{n}\": 2,\n"))
    );
    for (page, said) in [
        (wrong_items(1_000, ""), None),
        (
            wrong_items(1_001, ""),
            Some("1 more `wrong-type` finding is left out"),
        ),
        (
            wrong_items(3_000, ""),
            Some("2000 more `wrong-type` findings are left out"),
        ),
        (yaml, Some("30 more `duplicate-key` findings are left out")),
        (toml, Some("30 more `duplicate-key` findings are left out")),
        (json, Some("30 more `duplicate-key` findings are left out")),
    ] {
        let site = site(&page).with("hugo.toml", "title = \"Site\"\n");
        let run = check(&site);
        assert_eq!(count_of(&run).as_deref(), said, "{}", run.stderr);
        assert_eq!(run.status, Some(1));
    }
}

#[test]
fn keys_that_are_one_to_hugo_are_counted() {
    let keys: String = (0..130).map(|n| format!("k{n}: 1\nK{n}: 2\n")).collect();
    let site = site(&format!("---\n{keys}---\n"));
    let site = site.with("hugo.toml", "title = \"Site\"\n");
    let said = count_of(&check(&site));
    assert_eq!(
        said.as_deref(),
        Some("30 more `duplicate-key` findings are left out")
    );
}

#[test]
fn a_comment_for_a_line_does_not_suppress_what_is_left_out() {
    let mut page = wrong_items(1_002, "");
    page = page.replace("- 1000\n", "- 1000 # frontlint: allow(wrong-type)\n");
    let run = check(&site(&page));
    assert!(count_of(&run).is_some());
    let all = wrong_items(1_002, "# frontlint: allow-file(wrong-type)\n");
    let run = check(&site(&all));
    assert_eq!(
        (run.findings().len(), run.status),
        (0, Some(0)),
        "{}",
        run.stdout
    );
}

#[test]
fn no_baseline_is_written_from_a_part_of_the_findings() {
    let site = site(&wrong_items(1_002, ""));
    let run = site.run(&["check", "--write-baseline", "known.json"]);
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("`a.md` has more findings"),
        "{}",
        run.stderr
    );
    assert!(!site.path("known.json").exists());
}

#[test]
fn a_baseline_does_not_suppress_what_is_left_out() {
    let site = site(&wrong_items(1_000, ""));
    let run = site.run(&["check", "--write-baseline", "known.json"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let config = std::fs::read_to_string(site.path("frontlint.toml")).unwrap();
    let site = site
        .with(
            "frontlint.toml",
            format!("baseline = \"known.json\"\n{config}"),
        )
        .with("a.md", wrong_items(1_002, ""));
    let run = check(&site);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert_eq!(run.findings().len(), 1);
    assert_eq!(
        count_of(&run).as_deref(),
        Some("2 more `wrong-type` findings are left out")
    );
}
