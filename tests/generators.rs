//! One small site of each generator: clean as it is, and one finding for each fault put into it.

use std::fs;
use std::path::Path;

use super::support::Site;

/// A copy of a fixture site.
fn copy(name: &str) -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites");
    let root = root.join(name);
    let mut site = Site::empty();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                site = site.with(name, fs::read(&path).unwrap());
            }
        }
    }
    site
}

/// Each site with its pages, as `--show-files` lists them.
const SITES: &[(&str, &[&str])] = &[
    (
        "hugo",
        &[
            "content/_index.md",
            "content/berths.md",
            "content/notices/_index.md",
            "content/notices/dredging/index.md",
            "content/notices/new-light.md",
        ],
    ),
    (
        "astro",
        &[
            "src/content/notices/berths.md",
            "src/content/notices/dredging.md",
            "src/content/notices/new-light.mdx",
            "src/pages/about.md",
        ],
    ),
    (
        "docusaurus",
        &[
            "blog/2024-03-12-dredging.md",
            "docs/berths/lights.md",
            "docs/berths/visitors.mdx",
            "docs/intro.md",
            "src/pages/about.md",
        ],
    ),
    (
        "vitepress",
        &["guide/berths.md", "guide/lights.md", "index.md"],
    ),
    (
        "mkdocs",
        &[
            "docs/berths/lights.md",
            "docs/berths/visitors.md",
            "docs/index.md",
        ],
    ),
    (
        "eleventy",
        &[
            "content/index.md",
            "content/notices/dredging.md",
            "content/notices/new-light.md",
        ],
    ),
    (
        "zola",
        &[
            "content/_index.md",
            "content/berths.md",
            "content/notices/dredging/index.md",
            "content/notices/new-light.md",
        ],
    ),
];

#[test]
fn a_site_of_each_generator_is_clean_and_its_pages_are_found() {
    for (name, pages) in SITES {
        let site = copy(name)
            .with("node_modules/theme/readme.md", "no page\n")
            .with("_site/index.md", "no page\n");
        let run = site.run(&["check", "--output-format", "json"]);
        assert_eq!(run.findings(), Vec::<serde_json::Value>::new(), "{name}");
        assert_eq!(run.status, Some(0), "{name}: {}", run.stderr);
        let shown = site.run(&["check", "--show-files"]);
        let listed: Vec<_> = shown
            .stdout
            .lines()
            .filter_map(|line| line.split_once(": ").map(|(path, _)| path))
            .collect();
        assert_eq!(&listed, pages, "{name}:\n{}", shown.stdout);
    }
}

/// A site, a page in it, what is replaced by what, and the finding as
/// `line:column severity[rule] words of the message or the help`.
type Fault = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const FAULTS: &[Fault] = &[
    (
        "hugo",
        "content/notices/new-light.md",
        "/images/light.jpg",
        "/images/Light.jpg",
        "5:9 error[missing-file]",
        "`assets/images/light.jpg` does: the case of the name differs",
    ),
    (
        "hugo",
        "content/notices/new-light.md",
        "tags = [\"lights\", \"north mole\"]",
        "draft = False",
        "4:9 error[invalid-syntax]",
        "TOML booleans are lower case",
    ),
    (
        "hugo",
        "content/berths.md",
        "\"draft\": true",
        "\"draft\": \"true\"",
        "4:12 error[wrong-type]",
        "remove the quotes: true",
    ),
    (
        "hugo",
        "content/notices/dredging/index.md",
        "\n---\n",
        "\n",
        "1:1 error[unclosed-front-matter]",
        "is never closed, so Hugo stops with an error",
    ),
    (
        "hugo",
        "content/notices/dredging/index.md",
        "\n---\n",
        "\n-----\n",
        "8:4 warning[malformed-fence]",
        "prints the rest of the line, `--`, as text",
    ),
    (
        "astro",
        "src/content/notices/dredging.md",
        "../../assets/basin.png",
        "../assets/basin.png",
        "4:8 error[missing-file]",
        "does not exist",
    ),
    (
        "astro",
        "src/content/notices/new-light.mdx",
        "~/assets/basin.png",
        "~/assets/Basin.png",
        "3:8 error[missing-file]",
        "`src/assets/basin.png` does: the case of the name differs",
    ),
    (
        "docusaurus",
        "docs/berths/visitors.mdx",
        "tags:",
        "tgas:",
        "4:1 warning[unknown-key]",
        "did you mean `tags`?",
    ),
    (
        "docusaurus",
        "docs/intro.md",
        "---\nid: intro\ntitle: Welcome aboard\nsidebar_position: 1\nimage: /img/quay.png\n---\n",
        "+++\ntitle = \"Welcome aboard\"\n+++\n",
        "1:1 error[malformed-fence]",
        "front matter in TOML, which Docusaurus does not read",
    ),
    (
        "docusaurus",
        "docs/berths/lights.md",
        "\"title\": \"Lights\"",
        "\"title\": 12",
        "2:12 error[wrong-type]",
        "quote it to make it text: \"12\"",
    ),
    (
        "vitepress",
        "guide/lights.md",
        "/logo.svg",
        "/public/logo.svg",
        "3:8 error[missing-file]",
        "does not exist",
    ),
    (
        "vitepress",
        "guide/berths.md",
        "---\ntitle",
        "\n---\ntitle",
        "1:1 error[misplaced-front-matter]",
        "so VitePress prints these lines as text and drops all metadata",
    ),
    (
        "mkdocs",
        "docs/berths/visitors.md",
        "title: Berths for visitors",
        "title:",
        "2:7 error[wrong-type]",
        "expected text",
    ),
    (
        "mkdocs",
        "docs/index.md",
        "---\ntitle",
        "\n---\ntitle",
        "1:1 error[misplaced-front-matter]",
        "so MkDocs prints these lines as text and drops all metadata",
    ),
    (
        "eleventy",
        "content/notices/new-light.md",
        "\"draft\": false",
        "\"draft\": False",
        "5:12 error[invalid-syntax]",
        "write `false`",
    ),
    (
        "eleventy",
        "content/notices/dredging.md",
        "/notices/basin.png",
        "/notices/basin.jpg",
        "4:8 error[missing-file]",
        "the extension differs",
    ),
    (
        "zola",
        "content/notices/dredging/index.md",
        "berths = 12",
        "berths = \"12\"",
        "6:10 error[wrong-type]",
        "remove the quotes: 12",
    ),
    (
        "zola",
        "content/notices/new-light.md",
        "\n---\n",
        "\n",
        "1:1 error[unclosed-front-matter]",
        "so Zola stops with an error, since every page needs front matter",
    ),
];

#[test]
fn each_fault_put_into_a_site_is_found_once() {
    let mut wrong = String::new();
    for (name, page, from, to, expected, words) in FAULTS {
        let site = copy(name);
        let text = fs::read_to_string(site.path(page)).unwrap();
        assert!(text.contains(from), "{name}/{page}: no {from:?}");
        let site = site.with(page, text.replacen(from, to, 1));
        let run = site.run(&["check", "--output-format", "json"]);
        let findings: Vec<_> = run
            .findings()
            .iter()
            .map(|finding| {
                let get = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
                let start = &finding["start"];
                let place = format!("{}:{}", start["line"], start["column"]);
                let said = format!("{} | {}", get("message"), get("help"));
                let head = format!("{place} {}[{}]", get("severity"), get("rule"));
                (get("path"), head, said)
            })
            .collect();
        let right = matches!(
            findings.as_slice(),
            [(path, head, said)] if path == page && head == expected && said.contains(words)
        );
        if !right {
            wrong += &format!("{name}/{page} {to:?}: expected {expected}, {words}\n");
            wrong += &format!("  {findings:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_missing_key_that_may_come_from_elsewhere_says_so() {
    let asks_for_author = |site: Site| {
        let schema = fs::read_to_string(site.path("page.schema.yaml")).unwrap();
        let schema = schema.replace("required: [title]", "required: [title, author]");
        site.with("page.schema.yaml", schema)
    };
    for (name, page, origin) in [
        (
            "astro",
            "src/content/notices/berths.md",
            "`src/content.config.ts` gives `author` a default",
        ),
        (
            "eleventy",
            "content/notices/dredging.md",
            "the data file `content/notices/notices.json` may give `author`",
        ),
        (
            "mkdocs",
            "docs/berths/visitors.md",
            "`docs/berths/.meta.yml` gives `author`",
        ),
    ] {
        let site = asks_for_author(copy(name));
        let run = site.run(&["check", "--output-format", "json", page]);
        let findings = run.findings();
        assert_eq!(findings.len(), 1, "{name}: {}", run.stdout);
        assert_eq!(findings[0]["rule"], "missing-key");
        assert_eq!(findings[0]["severity"], "warning", "{name}");
        let help = findings[0]["help"].as_str().unwrap();
        assert!(help.contains(origin), "{name}: {help}");
        assert_eq!(run.status, Some(0), "{name}");
    }
    // What Hugo's cascade gives is there.
    let site = asks_for_author(copy("hugo"));
    let run = site.run(&["check", "content/notices/dredging/index.md"]);
    assert_eq!(run.status, Some(0), "{}", run.stdout);
    // Where nothing gives it, it is missing.
    let site = asks_for_author(copy("hugo"));
    let run = site.run(&["check", "--output-format", "json", "content/berths.md"]);
    let finding = &run.findings()[0];
    let help = finding["help"].as_str().unwrap_or_default();
    assert!(!help.contains("may give"), "{help}");
}

#[test]
fn the_configured_generator_wins() {
    let site = copy("hugo").with(
        "frontlint.toml",
        "generator = \"mkdocs\"\n[[collections]]\nname = \"pages\"\nfiles = [\"content/**/*.md\"]\n\
         schema = \"page.schema.yaml\"\n",
    );
    let run = site.run(&[
        "check",
        "--output-format",
        "concise",
        "content/notices/new-light.md",
    ]);
    assert!(
        run.stdout.contains("TOML, which MkDocs does not read"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn findings_name_the_generator_unless_another_parser_is_configured() {
    let site = || {
        Site::empty()
            .with("astro.config.mjs", "export default {};\n")
            .with("src/content/a.md", "---\nversion: 010\n---\n")
    };
    let check = ["check", "--no-schema", "--output-format", "concise"];
    let run = site().run(&check);
    assert!(
        run.stdout.contains("Astro reads `010` as the integer 10"),
        "{}",
        run.stdout
    );
    let site = site().with("frontlint.toml", "dialect = \"js-yaml-3\"\n");
    let run = site.run(&check);
    let reads = "js-yaml 3 (gray-matter) reads `010` as the integer 8";
    assert!(run.stdout.contains(reads), "{}{}", run.stdout, run.stderr);
}

#[test]
fn keys_of_a_hugo_site_are_those_of_the_schema_in_capital_letters_too() {
    let schema = r#"{
        "type": "object",
        "required": ["title", "place"],
        "additionalProperties": false,
        "properties": {
            "title": { "type": "string" },
            "place": {
                "type": "object",
                "required": ["town"],
                "additionalProperties": false,
                "properties": { "town": { "type": "string" } }
            }
        }
    }"#;
    let config =
        "[[collections]]\nname = \"pages\"\nfiles = [\"content/**\"]\nschema = \"s.json\"\n";
    let site = Site::empty()
        .with("hugo.toml", "")
        .with("s.json", schema)
        .with("frontlint.toml", config)
        .with("content/a.md", "---\nTitle: A\nPlace:\n  Town: Lyon\n---\n")
        .with("content/b.md", "---\nTitle: B\nPlace:\n  Twon: Lyon\n---\n");
    let run = site.run(&["check", "--output-format", "json"]);
    let findings = run.findings();
    let told: Vec<_> = findings
        .iter()
        .map(|it| (it["path"].as_str().unwrap(), it["rule"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("content/b.md", "missing-key")], "{}", run.stdout);
}
