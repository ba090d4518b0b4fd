//! Wrong defaults of a generator: told once, and only to whom they concern.

use crate::support::Site;

#[test]
fn a_wrong_default_is_told_where_the_configuration_is_named() {
    let page = "---\ntitle: A page\ndate: 2024-05-23 14:00:00 +02:00\n---\n";
    let config = "collections:\n  communiques:\n    output: true\n  uploads:\n    output: true\n\
                  defaults:\n- scope:\n    type: communiques\n  values:\n    position: first\n    \
                  contact-presse:\n      name: A\n      email: a@b.example\n      tel: 01 70 20 30 40\n";
    let site = Site::press_room()
        .with("_config.yml", config)
        .with("_communiques/a.md", page)
        .with("_communiques/b.md", page.replace("A page", "Another"));
    let rules = |arguments: &[&str]| {
        let all = [&["check", "--output-format", "json"], arguments].concat();
        let run = site.run(&all);
        let findings = run.findings();
        assert!(findings.iter().all(|it| it["path"] == "_config.yml"));
        assert_eq!(
            run.status,
            Some(i32::from(!findings.is_empty())),
            "{}",
            run.stderr
        );
        for finding in &findings {
            let help = finding["help"].as_str().unwrap();
            assert!(help.contains("this default reaches 2 pages"), "{help}");
        }
        run.rules()
    };
    assert_eq!(rules(&[]), ["wrong-type"]);
    assert!(rules(&["_communiques/a.md"]).is_empty());
    assert_eq!(rules(&["_config.yml"]), ["wrong-type"]);
    assert_eq!(rules(&["_config.yml", "_communiques/a.md"]), ["wrong-type"]);
}

/// A site of Hugo whose section gives its four pages text where the schema asks for a number.
fn hugo_with_a_wrong_cascade() -> Site {
    let section = "---\ntitle: Docs\ncascade:\n  version: v1\n---\n";
    let page = "---\ntitle: A\n---\n";
    Site::empty()
        .with("hugo.toml", "title = \"Archive\"\n")
        .with("frontlint.toml", "[[collections]]\nname = \"pages\"\nfiles = [\"content/**/*.md\"]\nschema = \"page.json\"\n")
        .with("page.json", "{\"type\": \"object\", \"properties\": {\"version\": {\"type\": \"integer\"}}}")
        .with("content/docs/_index.md", section)
        .with("content/docs/a.md", page)
        .with("content/docs/b.md", page.replace('A', "B"))
        .with("content/docs/sub/c.md", page.replace('A', "C"))
}

#[test]
fn a_wrong_cascade_is_one_finding_at_the_cascade() {
    let site = hugo_with_a_wrong_cascade();
    let run = site.run(&["check", "--output-format", "json"]);
    let findings = run.findings();
    assert_eq!(findings.len(), 1, "{}", run.stdout);
    assert_eq!(findings[0]["path"], "content/docs/_index.md");
    assert_eq!(findings[0]["start"]["line"], 4);
    let help = findings[0]["help"].as_str().unwrap();
    assert!(help.contains("this default reaches 4 pages"), "{help}");

    // The section itself is checked where it is named, and other pages are not.
    let named = |page| {
        site.run(&["check", "--output-format", "json", page])
            .rules()
    };
    assert_eq!(named("content/docs/_index.md"), ["wrong-type"]);
    assert!(named("content/docs/a.md").is_empty());

    let allowed =
        "---\ntitle: Docs\ncascade:\n  # frontlint: allow(wrong-type)\n  version: v1\n---\n";
    let site = site.with("content/docs/_index.md", allowed);
    assert!(
        site.run(&["check", "--output-format", "json"])
            .rules()
            .is_empty()
    );
}

#[test]
fn a_value_of_a_cascade_is_explained_with_its_place() {
    let site = hugo_with_a_wrong_cascade();
    let run = site.run(&["explain", "--file", "content/docs/sub/c.md"]);
    let row = run.stdout.lines().find(|line| line.starts_with("version"));
    let row = row.unwrap();
    assert!(row.contains("v1"), "{row}");
    assert!(row.contains("content/docs/_index.md:4"), "{row}");
}
