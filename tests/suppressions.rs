//! Comments that allow findings, in every language of front matter that has comments.

use crate::support::Site;

/// The rules found on one page of a press room.
fn rules(page: &str) -> Vec<String> {
    let site = Site::press_room().with("_communiques/a.md", page);
    site.run(&["check", "--output-format", "json"]).rules()
}

const HEAD: &str = "---\ndate: 2024-05-23 10:00:00 +02:00\n";

#[test]
fn the_line_the_line_above_and_the_whole_page() {
    let none: [&str; 0] = [];
    assert_eq!(rules(&format!("{HEAD}title: 2024\n---\n")), ["wrong-type"]);
    for allowed in [
        "title: 2024 # frontlint: allow(wrong-type)\n",
        "# frontlint: allow(wrong-type) the year is the title\ntitle: 2024\n",
        "# frontlint: allow(wrong-type)\n# the year is the title\ntitle: 2024\n",
        "title: 2024\npublished: true\n# frontlint: allow-file(wrong-type)\n",
        "title: 2024 # frontlint: allow(missing-file, wrong-type)\nimage: /uploads/no.png # frontlint: allow(missing-file)\nposition: 1 # frontlint: allow-file(unused-suppression)\n",
    ] {
        assert_eq!(rules(&format!("{HEAD}{allowed}---\n")), none, "{allowed}");
    }
    let elsewhere = "# frontlint: allow(wrong-type)\npublished: true\ntitle: 2024\n";
    assert_eq!(
        rules(&format!("{HEAD}{elsewhere}---\n")),
        ["unused-suppression", "wrong-type"]
    );
}

#[test]
fn a_hidden_finding_is_counted_and_an_unknown_rule_named() {
    let page = format!("{HEAD}title: 2024 # frontlint: allow(wrong-type, wrong-typ)\n---\n");
    let site = Site::press_room().with("_communiques/a.md", page);
    let run = site.run(&["check", "--output-format", "json"]);
    let findings = run.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0]["message"], "there is no rule `wrong-typ`");
    assert_eq!(findings[0]["help"], "did you mean `wrong-type`?");
    assert_eq!(findings[0]["start"]["line"], 3);
    assert!(run.stderr.contains("(1 suppressed)"), "{}", run.stderr);
    assert_eq!(run.status, Some(0));
}

#[test]
fn front_matter_that_does_not_parse_can_be_allowed_by_a_line_of_its_own() {
    let broken = "# frontlint: allow-file(invalid-syntax)\ntitle: a: b\n";
    assert!(rules(&format!("{HEAD}{broken}---\n")).is_empty());
    let unclosed = "# frontlint: allow-file(unclosed-front-matter)\ntitle: x\n\nText.\n";
    assert!(rules(&format!("{HEAD}{unclosed}")).is_empty());
}

#[test]
fn what_was_not_judged_is_not_called_unused() {
    let page = format!("{HEAD}title: x # frontlint: allow(wrong-type)\n---\n");
    let site = Site::press_room().with("_communiques/a.md", page);
    let json = |more: &[&str]| {
        let arguments = [&["check", "--output-format", "json"], more].concat();
        site.run(&arguments).rules()
    };
    assert_eq!(json(&[]), ["unused-suppression"]);
    assert!(json(&["--no-schema"]).is_empty());
    assert!(json(&["--config", "rules.wrong-type = 'off'"]).is_empty());
    assert!(json(&["--config", "rules.unused-suppression = 'off'"]).is_empty());
}
