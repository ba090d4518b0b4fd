//! `frontlint init`: what it draws from pages, what it writes, and that the site passes with it.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Run, Site};

/// A folder of no generator with so many posts; `front_matter` is that of each, by its number.
fn posts(count: usize, front_matter: impl Fn(usize) -> String) -> Site {
    (0..count).fold(Site::empty(), |site, number| {
        let path = format!("posts/2024-01-01-post-{number:03}.md");
        site.with(&path, format!("---\n{}---\nText\n", front_matter(number)))
    })
}

fn schema(site: &Site, name: &str) -> Value {
    let path = site.path(&format!("schemas/{name}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn files(site: &Site) -> Vec<String> {
    let mut names = Vec::new();
    for folder in [site.root().to_owned(), site.path("schemas")] {
        let entries = fs::read_dir(folder).into_iter().flatten();
        names.extend(entries.map(|it| it.unwrap().file_name().into_string().unwrap()));
    }
    names.sort();
    names
}

/// Runs `init`, which must succeed, and then `check`, which must find no error.
fn init(site: &Site, arguments: &[&str]) -> Run {
    let mut all = vec!["init"];
    all.extend(arguments);
    let run = site.run(&all);
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
    let check = site.run(&["check"]);
    assert_eq!(check.status, Some(0), "{}{}", check.stdout, check.stderr);
    run
}

#[test]
fn types_formats_and_values_are_those_of_the_pages() {
    let site = posts(40, |number| {
        let kind = ["news", "event", "notice"][number % 3];
        let count = if number % 2 == 0 { "7" } else { "7.5" };
        let tags = if number == 3 {
            "boats"
        } else {
            "[boats, tides]"
        };
        format!(
            "title: Post {number}\ndate: 2024-01-01T10:00:00+01:00\nkind: {kind}\ncount: {count}\n\
             tags: {tags}\nauthor:\n  name: Keeper {number}\n  email: keeper{number}@harbour.example\n\
             source: https://harbour.example/{number}\nsubtitle:{}\n",
            if number == 0 { "" } else { " Text" }
        )
    });
    let run = init(&site, &[]);
    let drawn = schema(&site, "posts");
    assert_eq!(
        drawn["required"],
        json!(["author", "count", "date", "kind", "source", "tags", "title"])
    );
    let properties = &drawn["properties"];
    for (pointer, expected) in [
        ("/title/type", json!("string")),
        ("/title/$comment", json!("on 40 of 40 pages")),
        ("/date/format", json!("timestamp")),
        ("/count/type", json!("number")),
        // One page in forty is too much for an outlier.
        ("/tags/type", json!(["array", "string"])),
        ("/tags/items/allOf/0/enum", json!(["boats", "tides"])),
        ("/author/required", json!(["email", "name"])),
        ("/author/properties/email/format", json!("email")),
        ("/source/format", json!("uri")),
        ("/subtitle/type", json!(["string", "null"])),
        (
            "/kind/allOf/0",
            json!({"enum": ["news", "event", "notice"], "x-severity": "warning"}),
        ),
    ] {
        assert_eq!(properties.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert!(drawn.get("additionalProperties").is_none());
    assert!(
        run.stdout
            .contains("`subtitle` is missing or empty on 1 of 40 pages"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .ends_with("0 errors, 0 warnings; 1 outlier listed\n")
    );

    // What is told of the next pages.
    let page = "---\ntitle: [A]\ndate: 2024-01-01\nkind: novelty\ncount: 7\ntags: []\nauthor: {name: A}\n\
                source: https://harbour.example\n---\n";
    let site = site.with("posts/2024-02-01-new.md", page);
    let check = site.run(&["check", "--output-format", "concise"]);
    let lines: Vec<_> = check.stdout.lines().collect();
    assert_eq!(check.status, Some(1), "{}", check.stdout);
    for expected in [
        "error[wrong-type]",
        "warning[invalid-value]",
        "error[missing-key]",
    ] {
        assert!(
            lines.iter().any(|line| line.contains(expected)),
            "{expected}: {lines:#?}"
        );
    }
}

#[test]
fn an_outlier_is_listed_with_its_place_and_is_a_warning() {
    let site = posts(120, |number| {
        let order = if number == 7 { "soon" } else { "12" };
        let slip = if number == 9 { "sumary" } else { "summary" };
        format!("title: Post\norder: {order}\n{slip}: Text\n")
    });
    let run = init(&site, &[]);
    for expected in [
        "`order` is text on 1 page, and a whole number on nearly all",
        "    posts/2024-01-01-post-007.md:3\n",
        "`sumary` is on 1 page only, and is likely meant to be `summary`",
        "    posts/2024-01-01-post-009.md:4\n",
        "`summary` is missing or empty on 1 of 120 pages: it is not required",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
    let properties = &schema(&site, "posts")["properties"];
    assert_eq!(properties["order"]["type"], "integer");
    assert_eq!(properties["order"]["x-severity"], "warning");
    assert!(properties.get("sumary").is_none());
    assert!(!files(&site).contains(&"frontlint-baseline.json".to_owned()));
}

#[test]
fn few_pages_require_nothing() {
    let site = posts(9, |_| "title: Post\n".to_owned());
    init(&site, &[]);
    // Nor are they a collection of their own.
    assert!(schema(&site, "pages").get("required").is_none());
}

#[test]
fn a_draft_counts_for_types_alone() {
    let site = posts(12, |number| match number {
        0 => "draft: true\norder: [1]\n".to_owned(),
        _ => "title: Post\norder: 1\n".to_owned(),
    });
    init(&site, &[]);
    let drawn = schema(&site, "posts");
    assert_eq!(drawn["required"], json!(["order", "title"]));
    assert_eq!(
        drawn["properties"]["order"]["type"],
        json!(["integer", "array"])
    );
}

#[test]
fn on_request_keys_are_closed_and_nearly_all_is_enough() {
    let site = posts(40, |number| match number {
        0 => "title: Post\nonly-here: 1\n".to_owned(),
        _ => "title: Post\nsummary: Text\n".to_owned(),
    });
    let run = init(&site, &["--closed", "--required", "95"]);
    let drawn = schema(&site, "posts");
    assert_eq!(drawn["required"], json!(["title", "summary"]));
    assert_eq!(drawn["additionalProperties"], false);
    // The page without the key that is required now is known.
    assert!(run.stdout.contains("missing-key (1)"), "{}", run.stdout);
    let site = site.with(
        "posts/2024-02-01-new.md",
        "---\ntitle: A B\nsummary: B\nzebra: C\n---\n",
    );
    let check = site.run(&["check", "--output-format", "json"]);
    assert!(check.rules().contains(&"unknown-key".to_owned()));
    assert_eq!(check.status, Some(1));
}

#[test]
fn what_was_wrong_before_goes_into_a_baseline() {
    let broken = "---\ntitle: 'Post\n---\n";
    let site = posts(12, |_| "title: 'Post '\n".to_owned()).with("posts/2024-01-02-b.md", broken);
    let run = init(&site, &[]);
    assert!(run.stdout.contains("invalid-syntax (1)"), "{}", run.stdout);
    let run = init(&site, &["--force", "--baseline"]);
    assert!(
        run.stdout.contains("0 errors, 0 warnings"),
        "{}",
        run.stdout
    );
}

#[test]
fn nothing_is_overwritten_and_the_same_pages_give_the_same_files() {
    let site = posts(30, |number| {
        format!("title: Post {number}\ntags: [a, b{number}]\n")
    });
    init(&site, &[]);
    let read = |name| fs::read_to_string(site.path(name)).unwrap();
    let names = ["frontlint.toml", "schemas/posts.schema.json"];
    let before = names.map(read);
    let again = site.run(&["init"]);
    assert_eq!(again.status, Some(2));
    assert!(
        again.stderr.contains("`frontlint.toml` exists already"),
        "{}",
        again.stderr
    );
    init(&site, &["--force", "--jobs", "1"]);
    assert_eq!(names.map(read), before);

    fs::remove_file(site.path("frontlint.toml")).unwrap();
    fs::write(site.path(names[1]), "mine").unwrap();
    let refused = site.run(&["init"]);
    assert_eq!(refused.status, Some(2));
    assert!(
        refused.stderr.contains("posts.schema.json` exists already"),
        "{}",
        refused.stderr
    );
    assert_eq!(read(names[1]), "mine");
    assert!(!site.path("frontlint.toml").exists());
}

#[test]
fn a_dry_run_prints_and_writes_nothing() {
    let site = posts(12, |_| "title: Post\n".to_owned());
    let before = files(&site);
    let run = site.run(&["init", "--dry-run"]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.starts_with("==> frontlint.toml <==\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("\n==> schemas/posts.schema.json <==\n{\n"),
        "{}",
        run.stdout
    );
    assert_eq!(files(&site), before);
}

#[test]
fn without_front_matter_there_is_nothing_to_draw() {
    let site = Site::empty().with("a.md", "Text\n");
    let run = site.run(&["init"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.contains("no page here has front matter"),
        "{}",
        run.stderr
    );
    assert_eq!(files(&site), ["a.md"]);
}

#[test]
fn collections_are_folders_where_the_generator_names_none() {
    let page = |number: usize| format!("+++\nTitle = 'A {number}'\nweight = {number}\n+++\n");
    let mut site = Site::empty().with("hugo.toml", "title = 'Harbour'\n");
    for number in 0..12 {
        site = site
            .with(&format!("content/boats/b{number}.md"), page(number))
            .with(&format!("content/tides [old]/t{number}.md"), page(number));
    }
    let site = site
        .with("content/about.md", page(1))
        .with("content/contact/index.md", page(2));
    let run = init(&site, &[]);
    let config = fs::read_to_string(site.path("frontlint.toml")).unwrap();
    let lines: Vec<_> = config
        .lines()
        .filter(|line| line.starts_with("files"))
        .collect();
    assert_eq!(
        lines,
        [
            r#"files = ["content/boats/**/*.md"]"#,
            r#"files = ["content/tides [[]old[]]/**/*.md"]"#,
            r#"files = ["content/**/*.md"]"#,
        ],
        "{config}"
    );
    assert!(run.stdout.starts_with("found Hugo\n"), "{}", run.stdout);
    // Hugo reads keys in any case.
    assert_eq!(
        schema(&site, "boats")["required"],
        json!(["Title", "weight"])
    );
    let shown = site.run(&["check", "--show-files"]).stdout;
    assert!(!shown.contains("none"), "{shown}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_out_of_the_repository() {
    let outside = Site::empty();
    let site = posts(12, |_| "title: Post\n".to_owned()).with(".git/HEAD", "");
    std::os::unix::fs::symlink(outside.root(), site.path("schemas")).unwrap();
    let run = site.run(&["init"]);
    assert_eq!(run.status, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    assert_eq!(fs::read_dir(outside.root()).unwrap().count(), 0);
}

#[test]
fn names_of_strangers_are_harmless() {
    let page = "---\n\"a\\u001b[31m\\u202e\": 1\n? |\n  two\n  lines\n: x\n---\n";
    let folder = "con\u{1b}[2J\"x";
    let mut site = Site::empty();
    for number in 0..11 {
        site = site.with(&format!("{folder}/p{number}.md"), page);
    }
    let run = init(&site, &[]);
    assert!(!run.stdout.contains('\u{1b}'), "{:?}", run.stdout);
}

#[test]
fn a_skill_keeps_the_schema_of_its_name() {
    let skill =
        |name: &str| format!("---\nname: {name}\ndescription: Tells when the tide turns\n---\n");
    let mut site = Site::empty();
    for number in 0..12 {
        let name = format!("tide-{number}");
        site = site
            .with(&format!("skills/{name}/SKILL.md"), skill(&name))
            .with(
                &format!("skills/{name}/notes.md"),
                "---\nsource: almanac\n---\n",
            );
    }
    init(&site, &[]);
    let config = fs::read_to_string(site.path("frontlint.toml")).unwrap();
    let entry =
        "name = \"agent-skill\"\nfiles = [\"**/SKILL.md\"]\nschema = \"bundled:agent-skill\"\n";
    assert!(config.contains(entry), "{config}");
    assert!(
        schema(&site, "skills")["properties"]
            .get("description")
            .is_none()
    );
}

#[test]
fn a_bundled_schema_is_begun_with_and_files_of_another_kind_are_apart() {
    let page = |number: usize| {
        format!(
            "+++\ntitle = \"Tide {number}\"\nweight = {number}\n[extra]\nheight = {number}\n+++\n"
        )
    };
    let section = "+++\ntitle = \"Tides\"\nsort_by = \"weight\"\n+++\n";
    let site = Site::empty().with("config.toml", "base_url = \"https://harbour.example\"\n");
    let site = (0..12).fold(site, |site, number| {
        let path = format!("content/tides/t{number}.md");
        site.with(&path, page(number))
    });
    let site = site
        .with("content/_index.md", section)
        .with("content/tides/_index.md", section);
    let run = init(&site, &[]);
    assert!(run.stdout.starts_with("found Zola\n"), "{}", run.stdout);
    let pages = schema(&site, "tides");
    assert_eq!(pages["allOf"], json!([{"$ref": "bundled:zola-page"}]));
    assert_eq!(pages["required"], json!(["extra", "title", "weight"]));
    assert!(pages.get("properties").is_none());
    let sections = schema(&site, "zola-section");
    assert_eq!(sections["allOf"], json!([{"$ref": "bundled:zola-section"}]));
}
