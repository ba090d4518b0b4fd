//! Rules that compare pages, and `explain --file`.

use crate::support::Site;

#[test]
fn pages_are_compared_only_where_the_whole_site_is_checked() {
    let page = "---\ntitle: The archive opens\npermalink: /archive/\n---\n";
    let site = Site::empty()
        .with("_config.yml", "timezone: Europe/Paris\n")
        .with("a.md", page)
        .with("b.md", page);
    let check = |paths: &[&str]| {
        let arguments = [&["check", "--no-schema", "--output-format", "json"], paths].concat();
        site.run(&arguments)
    };
    let whole = check(&[]);
    assert_eq!(whole.rules(), ["duplicate-title", "duplicate-permalink"]);
    let findings = whole.findings();
    assert!(findings.iter().all(|it| it["path"] == "b.md"));
    assert!(findings.iter().all(|it| it["related"][0]["path"] == "a.md"));
    assert_eq!(findings[1]["related"][0]["start"]["line"], 3);
    assert_eq!(whole.status, Some(1));
    assert!(check(&["a.md", "b.md"]).rules().is_empty());
}

#[test]
fn comparisons_are_ignored_as_other_findings_are() {
    let page = "---\ntitle: The archive opens\npermalink: /archive/\n---\n";
    let ignore = "[[ignore]]\npath = \"a.md\"\nrule = \"duplicate-permalink\"\nreason = \"known\"\n\n\
                  [rules]\nduplicate-title = \"off\"\n";
    let site = Site::empty()
        .with("_config.yml", "timezone: Europe/Paris\n")
        .with("frontlint.toml", ignore)
        .with("a.md", page)
        .with("b.md", page);
    let run = site.run(&["check", "--no-schema", "--output-format", "json"]);
    assert!(run.rules().is_empty(), "{}", run.stdout);
}

#[test]
fn one_value_has_one_finding_that_tells_what_the_others_know() {
    let site = Site::press_room().with(
        "_communiques/a.md",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille Martin\n  \
         email: 'camille.martin@archives '\n  tel: 0171211250\n---\n",
    );
    let run = site.run(&["check", "--output-format", "json"]);
    assert_eq!(run.rules(), ["invalid-format", "wrong-type"]);
    let help = |index: usize| run.findings()[index]["help"].as_str().unwrap().to_owned();
    assert!(
        help(0).contains("the value ends with a space"),
        "{}",
        help(0)
    );
    assert_eq!(help(1).matches("31789736").count(), 1, "{}", help(1));
}

#[test]
fn a_page_is_explained_value_by_value() {
    let site = Site::press_room().with(
        "_communiques/a.md",
        "---\ntitle: x\ndate: 2024-05-23 14:00:00 +02:00\nnumber: 010\n---\n",
    );
    let run = site.run(&["explain", "--file", "_communiques/a.md"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "\
_communiques/a.md: a document of the collection `communiques` to Jekyll, served at /communiques/a.html
read as: Jekyll
schema: bundled:press-release, because the page is in the collection `communiques` of frontlint.toml

KEY                    VALUE                      TYPE           FROM
title                  x                          text           the page, 2:8
date                   2024-05-23T14:00:00+02:00  date and time  the page, 3:7
number                 8                          integer        the page, 4:9
contact-presse.name    Press office               text           the default at _config.yml:12:13
contact-presse.email   press@archives.example     text           the default at _config.yml:13:14
contact-presse.tel[0]  01 70 20 30 40             text           the default at _config.yml:15:9
"
    );
    let run = site.run(&[
        "explain",
        "--file",
        "_communiques/a.md",
        "--output-format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["url"], "/communiques/a.html");
    assert_eq!(json["schema"]["collection"], "communiques");
    assert_eq!(json["values"][2]["value"], 8);
    assert_eq!(json["values"][2]["text"], "010");
    assert_eq!(json["values"][3]["default"], true);
    assert_eq!(json["seen"], true);
    let run = site.run(&["explain", "--file", "absent.md"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("absent.md"), "{}", run.stderr);
}

#[test]
fn keys_are_explained_as_they_are_read() {
    let page = "---\non: push\n1:\n- {010: x}\n'no': y\n---\n";
    let site = Site::press_room().with("a.md", page);
    let run = site.run(&["explain", "--file", "a.md"]);
    let keys: Vec<_> = run
        .stdout
        .lines()
        .filter(|line| line.ends_with(|last: char| last.is_ascii_digit()))
        .map(|line| line.split("  ").next().unwrap())
        .collect();
    assert_eq!(
        keys[..3],
        ["on (read as true)", "1[0].010 (read as 8)", "no"],
        "{}",
        run.stdout
    );
}

#[test]
fn a_page_that_is_not_read_is_explained_as_such() {
    let site = Site::press_room()
        .with("_communiques/mark.md", "\u{feff}---\ntitle: x\n---\n")
        .with("_communiques/broken.md", "---\ntitle: a: b\n---\n")
        .with("_communiques/none.md", "Text.\n");
    let explain = |path: &str| site.run(&["explain", "--file", path]);
    let run = explain("_communiques/mark.md");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(
        run.stdout.contains("Jekyll does not see this front matter")
            && !run.stdout.contains("served at"),
        "{}",
        run.stdout
    );
    let because = "bundled:press-release, because the page is in the collection `communiques`";
    for (path, end) in [
        (
            "_communiques/broken.md",
            "\nfront matter that cannot be read\n",
        ),
        ("_communiques/none.md", "\nno front matter\n"),
    ] {
        let run = explain(path);
        assert!(run.stdout.ends_with(end), "{}", run.stdout);
        assert!(run.stdout.contains(because), "{}", run.stdout);
    }
}
