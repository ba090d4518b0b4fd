//! `--changed-lines`: what is missing counts where the front matter has changed.

use std::process::Command;

use crate::support::{Run, Site};

const SCHEMA: &str = r#"{
    "required": ["title"],
    "properties": {
        "day": {"type": "string"},
        "contact": {"type": "object", "required": ["name"]},
        "files": {"items": {"required": ["file"]}},
        "names": {"minItems": 2},
        "some": {"minProperties": 2},
        "with": {"contains": {"const": "a"}},
        "unless": {"not": {"required": ["a"], "maxProperties": 1}},
        "number": {"type": "integer"}
    }
}"#;

fn git(site: &Site, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@archives.example"])
        .args(arguments)
        .current_dir(site.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// The run over a page that was changed, staged or not.
fn change(before: &str, after: &str, stage: bool) -> Run {
    let site = Site::empty()
        .with(
            "frontlint.toml",
            "[[collections]]\nname = \"pages\"\nfiles = [\"*.md\"]\nschema = \"schema.json\"\n\
             front-matter = \"required\"\n",
        )
        .with("schema.json", SCHEMA)
        .with("a.md", before);
    git(&site, &["init", "--quiet", "--initial-branch", "main"]);
    git(&site, &["add", "--all"]);
    git(&site, &["commit", "--quiet", "-m", "x"]);
    let site = site.with("a.md", after);
    if stage {
        git(&site, &["add", "--all"]);
    }
    let arguments = ["check", "--output-format", "json", "--since", "main"];
    site.run(&[&arguments[..], &["--changed-lines", "a.md"]].concat())
}

/// Deletes a part of a page: its findings with `--changed-lines`.
fn delete(page: &str, part: &str) -> Vec<String> {
    assert!(page.contains(part), "{part}");
    replace(page, part, "")
}

fn replace(page: &str, part: &str, by: &str) -> Vec<String> {
    let after = page.replacen(part, by, 1);
    let rules = change(page, &after, false).rules();
    assert_eq!(change(page, &after, true).rules(), rules);
    rules
}

const PAGE: &str = "---\nday: a\ncontact:\n  tel: b\n  name: c\nfiles:\n- file: d\n  name: e\n\
    text: |\n  First.\n\n  Second.\ntitle: f\n---\nText.\n\nMore.\n\n---\n\nEnd.\n";

#[test]
fn what_was_deleted_is_missed() {
    for (part, rule) in [
        ("title: f\n", "missing-key"),
        ("  name: c\n", "missing-key"),
        ("file: d\n  ", "missing-key"),
        ("---\n", "missing-front-matter"),
        (&PAGE[..PAGE.find("Text").unwrap()], "missing-front-matter"),
    ] {
        assert_eq!(delete(PAGE, part), [rule], "{part}");
        let crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(delete(&crlf(PAGE), &crlf(part)), [rule], "{part} and CRLF");
    }
    let unclosed = PAGE.replace("\n---\n\nEnd", "\nEnd");
    assert_eq!(delete(&unclosed, "---\nText"), ["unclosed-front-matter"]);
    assert_eq!(
        replace(&unclosed, "---\nText", "Title\nText"),
        ["unclosed-front-matter"]
    );
}

#[test]
fn a_part_below_an_empty_line_or_a_comment_is_missed() {
    for (entry, part, rule) in [
        ("contact:\n\n  name: c\n", "  name: c\n", "wrong-type"),
        (
            "contact:\n  # Who?\n  name: c\n",
            "  name: c\n",
            "wrong-type",
        ),
        (
            "contact:\n  tel: b\n\n  # Who?\n  name: c\n",
            "  name: c\n",
            "missing-key",
        ),
        ("names:\n- a\n\n- b\n", "- b\n", "invalid-value"),
        ("names:\n\n- a\n# More.\n\n- b\n", "- b\n", "invalid-value"),
        ("some:\n  a: 1\n\n  b: 2\n", "  b: 2\n", "invalid-value"),
        (
            "with:\n- b\n\n# The one.\n- a\n",
            "- a\n",
            "schema-mismatch",
        ),
        ("unless:\n  a: 1\n\n  b: 2\n", "  b: 2\n", "schema-mismatch"),
        ("number:\n\n  # Of pages.\n\n  5\n", "  5\n", "wrong-type"),
    ] {
        let page = format!("---\ntitle: f\n{entry}\n# The end.\nlast: g\n---\nText.\n");
        assert_eq!(delete(&page, part), [rule], "{entry}");
    }
    let page = "---\ntitle: f\ncount:\n\n  # Of pages.\n  many\n---\nText.\n";
    assert_eq!(replace(page, "count", "number"), ["wrong-type"]);
}

#[test]
fn toml_and_json_as_well() {
    let toml = "+++\nday = \"a\"\ntitle = \"b\"\n+++\nText.\n";
    assert_eq!(delete(toml, "title = \"b\"\n"), ["missing-key"]);
    assert_eq!(delete(toml, "+++\nText"), ["unclosed-front-matter"]);
    let json =
        "{\n\"title\": \"b\",\n\"contact\": {\n  \"name\": \"c\"\n},\n\"day\": \"a\"\n}\n\nText.\n";
    assert_eq!(delete(json, "\"title\": \"b\",\n"), ["missing-key"]);
    assert_eq!(delete(json, "  \"name\": \"c\"\n"), ["missing-key"]);
    assert_eq!(delete(json, "}\n\nText"), ["unclosed-front-matter"]);
}

#[test]
fn what_was_missing_before_counts_with_the_front_matter_alone() {
    let old = PAGE.replace("title: f\n", "").replace("  name: c\n", "");
    let both = ["missing-key", "missing-key"];
    assert_eq!(replace(&old, "day: a", "day: b"), both);
    assert_eq!(delete(&old, "day: a\n"), both);
    assert_eq!(replace(&old, "---\n", "---\nnew: a\n"), both);
    for (part, by) in [
        ("Text.\n", ""),
        ("Text.\n", "Word.\n"),
        ("---\nText", "---\n\nNew.\nText"),
        ("\nEnd.\n", ""),
    ] {
        assert_eq!(replace(&old, part, by), [""; 0], "{part}");
    }
    let none = "Text.\n\nMore.\n";
    assert_eq!(delete(none, "\nMore.\n"), [""; 0]);
    let unclosed = "---\ntitle: a\n\nText.\n\nMore.\n";
    assert_eq!(delete(unclosed, "\nMore.\n"), [""; 0]);
    assert_eq!(
        replace(unclosed, "title: a", "title: b"),
        ["unclosed-front-matter"]
    );
}

#[test]
fn what_is_wrong_counts_by_its_own_line() {
    let wrong = PAGE.replace("day: a", "day: 1");
    assert_eq!(replace(&wrong, "tel: b", "tel: c"), [""; 0]);
    assert_eq!(delete(&wrong, "  tel: b\n"), [""; 0]);
    assert_eq!(replace(&wrong, "day: 1", "day: 2"), ["wrong-type"]);
}

#[test]
fn what_does_not_parse_counts_with_the_front_matter() {
    let quoted = "---\ntitle: \"a\n  b\n  c\"\nday: d\n---\nText.\n";
    assert_eq!(replace(quoted, "c\"", "c"), ["invalid-syntax"]);
    assert_eq!(delete(quoted, "  c\"\n"), ["invalid-syntax"]);
    let broken = quoted.replace("c\"", "c");
    assert_eq!(replace(&broken, "Text", "Word"), [""; 0]);
}

#[test]
fn a_line_before_the_front_matter() {
    assert_eq!(
        replace(PAGE, "---\n", "New.\n---\n"),
        ["missing-front-matter"]
    );
    let below = format!("New.\n{PAGE}");
    assert_eq!(replace(&below, "End", "Fin"), [""; 0]);
}
