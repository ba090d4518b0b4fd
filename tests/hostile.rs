//! Input made to break a checker: each gets a clear finding in reasonable time and memory, and
//! the other files go on.

use std::fs;
use std::time::Duration;

use crate::support::{Run, Site};

const PEAK_KIB: u64 = 200 * 1024;

/// A second of processor time in a release build; a debug build is many times slower and only must not
/// hang.
fn time_limit() -> Duration {
    if cfg!(debug_assertions) {
        Duration::from_secs(30)
    } else {
        Duration::from_secs(1)
    }
}

/// The press room with a page that has one finding of its own.
fn press_room() -> Site {
    let page = "---\ntitle: Another\ndate: 2024-05-23\nposition: first\n---\n";
    Site::press_room().with("_communiques/wrong.md", page)
}

/// Checks one page beside that one: the other is still checked, within the limits.
fn check(page: impl AsRef<[u8]>) -> Run {
    let site = press_room().with("_communiques/hostile.md", page);
    check_site(&site)
}

fn check_site(site: &Site) -> Run {
    let run = site.start(&["check", "--output-format", "json"]);
    assert!(
        run.time < time_limit(),
        "took {:?}: {}",
        run.time,
        run.stderr
    );
    assert!(run.peak_kib.unwrap_or(0) < PEAK_KIB, "{:?}", run.peak_kib);
    let wrong = run.findings();
    let other = wrong
        .iter()
        .any(|it| it["path"] == "_communiques/wrong.md" && it["rule"] == "wrong-type");
    assert!(other, "the other page was not checked: {}", run.stdout);
    run
}

/// What is said about the hostile page.
fn messages_of(run: &Run) -> String {
    let findings = run.findings();
    let mine = findings
        .iter()
        .filter(|it| it["path"] == "_communiques/hostile.md");
    mine.map(|it| format!("{}\n", it["message"].as_str().unwrap()))
        .collect()
}

/// The rules found on the hostile page.
fn rules_of(run: &Run) -> Vec<String> {
    let findings = run.findings();
    let mine = findings
        .iter()
        .filter(|it| it["path"] == "_communiques/hostile.md");
    mine.map(|it| it["rule"].as_str().unwrap().to_owned())
        .collect()
}

fn page(body: &str) -> String {
    format!("---\ntitle: x\ndate: 2024-05-23\n{body}\n---\n")
}

/// As [`check`], for a page with a schema of its own.
fn check_schema(schema: &serde_json::Value, page: &str) -> Run {
    let config = "[[collections]]\nname = \"a\"\nfiles = [\"_communiques/wrong.md\"]\n\
                  schema = \"bundled:press-release\"\n\
                  [[collections]]\nname = \"b\"\nfiles = [\"_communiques/hostile.md\"]\n\
                  schema = \"hostile.json\"\n";
    let site = press_room()
        .with("frontlint.toml", config)
        .with("hostile.json", schema.to_string())
        .with("_communiques/hostile.md", page);
    check_site(&site)
}

/// A schema of so many steps, each of which refers to the next.
fn chain(count: usize, step: impl Fn(serde_json::Value) -> serde_json::Value) -> serde_json::Value {
    let target = |index: usize| serde_json::json!({ "$ref": format!("#/$defs/t{index}") });
    let mut defs: serde_json::Map<_, _> = (0..count)
        .map(|index| (format!("t{index}"), step(target(index + 1))))
        .collect();
    defs.insert(
        format!("t{count}"),
        serde_json::json!({ "type": "integer" }),
    );
    serde_json::json!({ "$defs": defs, "properties": { "n": target(0) } })
}

#[test]
fn a_schema_that_takes_too_much_is_one_finding_of_the_page() {
    use serde_json::json;
    let again = json!({ "$ref": "#/$defs/t" });
    let recursive = json!({
        "$defs": { "t": {
            "type": "object",
            "properties": { "c": { "oneOf": [again, { "allOf": [again] }] } },
        } },
        "properties": { "n": again },
    });
    let deep = format!("n: {}1{}", "{c: ".repeat(100), "}".repeat(100));
    for (schema, body) in [
        (chain(30, |next| json!({ "anyOf": [next, next] })), "n: b"),
        (chain(30, |next| json!({ "allOf": [next, next] })), "n: b"),
        (chain(4_000, |next| next), "n: b"),
        (chain(4_000, |next| json!({ "allOf": [next] })), "n: b"),
        (recursive, &*deep),
        (
            json!({ "properties": { "n": { "pattern": r"(a*)*(a*)*(a*)*\1c" } } }),
            &*format!("n: {}", "a".repeat(1_000)),
        ),
        (
            json!({ "properties": { "n": { "pattern": "(?=.*b)c" } } }),
            &*format!("n: {}", "a".repeat(100_000)),
        ),
    ] {
        let run = check_schema(&schema, &format!("---\n{body}\n---\n"));
        assert_eq!(rules_of(&run), ["invalid-schema"], "{}", run.stdout);
        assert_eq!(run.status, Some(2));
    }
}

#[test]
fn deep_nesting_is_a_syntax_finding() {
    for opening in ["[", "{a: ", "- "] {
        let run = check(page(&format!("x: \n  {}", opening.repeat(100_000))));
        assert_eq!(rules_of(&run), ["invalid-syntax"], "{opening}");
        assert!(messages_of(&run).contains("nested more than 128 levels"));
    }
}

#[test]
fn an_alias_bomb_stays_within_its_budget() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = level - 1;
        let aliases = vec![format!("*a{before}"); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let run = check(page(&bomb));
    assert_eq!(rules_of(&run), ["invalid-syntax"]);
    assert!(messages_of(&run).contains("stand for more than 100000 values"));
}

#[test]
fn a_merge_bomb_stays_within_its_budget() {
    let keys: String = (0..1000).map(|key| format!("k{key}: 1, ")).collect();
    let mut long = format!("a0: &a0 {{{keys}}}\n");
    let mut branching = "a0: &a0 {k: 1}\n".to_owned();
    for level in 1..400 {
        let before = level - 1;
        long += &format!("a{level}: &a{level} {{<<: *a{before}, own{level}: 1}}\n");
        branching += &format!(
            "a{level}: &a{level} {{<<: *a{before}, x{level}: *a{before}, y{level}: *a{before}}}\n"
        );
    }
    let wide = format!("a0: &a0 {{{keys}}}\nx:\n{}", "- {<<: *a0}\n".repeat(10_000));
    for bomb in [long, branching, wide] {
        let run = check(page(&bomb));
        assert_eq!(rules_of(&run), ["invalid-syntax"]);
        assert!(messages_of(&run).contains("stand for more than 100000 values"));
    }
}

/// Without the usual limit, so that all of it is read.
fn check_whole(page: &str) -> Run {
    let config = "max-front-matter = 20000000\n\n[[collections]]\nname = \"communiques\"\n\
                  files = [\"_communiques/*.md\"]\nschema = \"bundled:press-release\"\n";
    let site = press_room()
        .with("frontlint.toml", config)
        .with("_communiques/hostile.md", page);
    check_site(&site)
}

#[test]
fn large_but_honest_input_is_read() {
    let scalar = page(&format!("subtitle: {}", "x".repeat(10_000_000)));
    let run = check(&scalar);
    assert_eq!(rules_of(&run), ["unclosed-front-matter"]);
    assert!(messages_of(&run).contains("in the first 1048576 bytes, where frontlint stops"));
    assert!(rules_of(&check_whole(&scalar)).is_empty());

    let comments = page(&"# a comment\n".repeat(100_000));
    assert_eq!(rules_of(&check(&comments)), ["unclosed-front-matter"]);
    assert!(rules_of(&check_whole(&comments)).is_empty());

    let keys: String = (0..100_000).map(|key| format!("k{key}: 1\n")).collect();
    let run = check_whole(&page(&keys));
    assert_eq!(rules_of(&run), vec!["unknown-key"; 101]);
    let counted = messages_of(&run).contains("99900 more `unknown-key` findings are left out");
    assert!(counted, "what is left out is counted");

    let run = check_whole(&page(&"k: 1\n".repeat(100_000)));
    assert_eq!(rules_of(&run), ["duplicate-key", "unknown-key"]);

    let tabs: String = (0..50_000)
        .map(|key| format!("k{key}:\t1 # \t\n"))
        .collect();
    let run = check(page(&tabs));
    assert_eq!(rules_of(&run), vec!["unknown-key"; 101]);

    let items: String = "- 1\n".repeat(100_000);
    let run = check_whole(&page(&format!("tags:\n{items}")));
    assert_eq!(rules_of(&run), vec!["wrong-type"; 1_001]);
    let counted = messages_of(&run).contains("99000 more `wrong-type` findings are left out");
    assert!(counted, "what is left out is counted");
}

#[test]
fn a_large_file_without_a_closing_fence_is_not_read_whole() {
    let body = "A line of text without any colon in it.\n".repeat(1_300_000);
    let run = check(format!("---\ntitle: x\n\n{body}"));
    assert_eq!(rules_of(&run), ["unclosed-front-matter"]);
    let run = check("\n".repeat(50_000_000));
    assert_eq!(rules_of(&run), ["missing-front-matter"]);
    let run = check("A".repeat(50_000_000));
    assert_eq!(rules_of(&run), ["missing-front-matter"]);
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let run = check(page("subtitle: a\0b"));
    assert_eq!(rules_of(&run), ["invalid-syntax"]);
    assert_eq!(
        messages_of(&run),
        "a NUL character (U+0000) stands in the value of `subtitle`, and YAML allows none\n"
    );
    let mut bytes = page("subtitle: caf").into_bytes();
    let at = bytes.len() - "\n---\n".len();
    bytes.insert(at, 0xe9);
    let run = check(&bytes);
    assert_eq!(rules_of(&run), ["invalid-syntax"]);
    assert!(messages_of(&run).contains("the byte 0xE9 is not UTF-8"));
    let mut bytes = page("subtitle: text").into_bytes();
    bytes.extend([0xff, 0xfe, 0x00, 0xe9]);
    assert!(
        rules_of(&check(&bytes)).is_empty(),
        "the body may be anything"
    );
}

#[test]
fn hostile_paths_are_answered_at_once_and_never_leave_the_site() {
    let long = format!("image: /uploads/{}.pdf", "a/".repeat(500_000 - 100));
    let run = check(page(&long));
    assert_eq!(rules_of(&run), ["missing-file"]);
    assert!(messages_of(&run).contains("longer than any file system takes"));
    let one_name = format!("image: /uploads/{}.pdf", "a".repeat(1_000_000));
    assert_eq!(rules_of(&check(page(&one_name))), ["missing-file"]);
    for (path, said) in [
        (
            "/uploads/%252e%252e/%252e%252e/etc/passwd",
            "leads out of the site",
        ),
        ("/uploads/%2e%2e/%2e%2e/etc/passwd", "leads out of the site"),
        (
            "/uploads/../../../../../../etc/passwd",
            "leads out of the site",
        ),
        ("../../../../../../etc/passwd", "leads out of the site"),
        ("\"/uploads/a\\0b.pdf\"", "holds a NUL character"),
        ("/uploads/a%00b.pdf", "holds a NUL character"),
        ("/etc/passwd", "does not exist"),
        ("file:///etc/passwd", "is a file on one computer"),
    ] {
        let run = check(page(&format!("image: {path}")));
        assert_eq!(rules_of(&run), ["missing-file"], "{path}");
        assert!(messages_of(&run).contains(said), "{path}: {}", run.stdout);
    }
}

#[test]
fn broken_site_configurations_do_not_stop_the_pages() {
    let deep = "[".repeat(100_000);
    for (config, status, said) in [
        ("collections: [", 2, "never closed"),
        ("", 1, "the configuration is empty"),
        ("- a\n- b\n", 2, "this is a list"),
        ("defaults: 3\n", 1, "`defaults` is not a list"),
        ("\0", 2, "a NUL character"),
        ("a: &a [*a]\n", 2, "would contain itself"),
        (&deep, 2, "nested more than 128 levels"),
    ] {
        let site = press_room().with("_config.yml", config);
        let run = check_site(&site);
        assert_eq!(run.status, Some(status), "{config:.40}: {}", run.stdout);
        let findings = run.findings();
        let of_config = findings.iter().find(|it| it["path"] == "_config.yml");
        let message = of_config.unwrap()["message"].as_str().unwrap();
        assert!(message.contains(said), "{config:.40}: {message}");
        assert_eq!(of_config.unwrap()["rule"], "invalid-config");
    }
}

#[test]
fn ten_thousand_defaults_are_no_burden() {
    for path in ["folder", "", "**/folder*/**"] {
        let mut config = "collections:\n  communiques:\n    output: true\ndefaults:\n".to_owned();
        for number in 0..10_000 {
            let path = path.replace("folder", &format!("folder{number}"));
            config.push_str(&format!(
                "- scope: {{path: '{path}', type: communiques}}\n  values: {{layout: l{number}}}\n"
            ));
        }
        let site = press_room().with("_config.yml", config);
        check_site(&site);
    }
}

fn with_schema(schema: &str, body: &str) -> Site {
    press_room()
        .with("schema.json", schema)
        .with(
            "frontlint.toml",
            "[[collections]]\nname = \"c\"\nfiles = [\"_communiques/*.md\"]\nschema = \"schema.json\"\n",
        )
        .with("_communiques/hostile.md", page(body))
}

#[test]
fn schemas_cannot_hang_a_run() {
    let long = format!("subtitle: {}!", "a".repeat(5_000));
    let nested = format!("x: {}1{}", "{a: ".repeat(60), "}".repeat(60));
    let cases: [(&str, &str, &[&str]); 6] = [
        (r##"{"$ref": "#"}"##, &long, &[]),
        (
            r##"{"allOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"$ref": "#/$defs/x"}}}"##,
            &long,
            &[],
        ),
        (
            r##"{"properties": {"subtitle": {"pattern": "^(a+)+$"}}}"##,
            &long,
            &["invalid-value"],
        ),
        (
            r##"{"properties": {"subtitle": {"pattern": "^(?=(a+)+b)(a|aa)+$"}}}"##,
            &long,
            &["invalid-schema"],
        ),
        (
            r##"{"properties": {"subtitle": {"pattern": "^(?!x)(a|a|b?)+c\\1$"}}}"##,
            &long,
            &["invalid-schema"],
        ),
        (
            r##"{"properties": {"x": {"$ref": "#/$defs/t"}}, "$defs": {"t": {"properties": {"a": {"allOf": [{"$ref": "#/$defs/t"}, {"$ref": "#/$defs/t"}]}}}}}"##,
            &nested,
            &[],
        ),
    ];
    for (schema, body, rules) in cases {
        let mut schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        schema["properties"]["position"]["type"] = "integer".into();
        let schema = schema.to_string();
        let run = check_site(&with_schema(&schema, body));
        assert_eq!(rules_of(&run), rules, "{schema}: {}", run.stdout);
    }
}

#[test]
fn schemas_that_are_too_much_are_refused() {
    for (schema, said) in [
        (
            r##"{"properties": {"subtitle": {"pattern": "(a{1000}){1000}{1000}"}}}"##.to_owned(),
            "come to more than 1000000 characters",
        ),
        ("[".repeat(100_000), "nested more than 128"),
        (
            format!("{}{{}}{}", "{\"allOf\":".repeat(3_000), "}".repeat(3_000)),
            "nested more than 128",
        ),
        ("{\"$ref\": \"schema.json/x\"}".to_owned(), "schema.json"),
    ] {
        let site = with_schema(&schema, "subtitle: a");
        let run = site.start(&["check", "--output-format", "json"]);
        assert!(run.time < time_limit(), "{:?}", run.time);
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert_eq!(run.rules(), ["invalid-schema"], "{}", run.stdout);
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
}

#[cfg(unix)]
#[test]
fn odd_files_are_told_and_never_block() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let site = press_room();
    symlink("nowhere.md", site.path("_communiques/dangling.md")).unwrap();
    symlink("..", site.path("_communiques/loop")).unwrap();
    let made = Command::new("mkfifo")
        .arg(site.path("_communiques/pipe.md"))
        .status();
    assert!(made.unwrap().success());
    fs::create_dir(site.path("_communiques/folder.md")).unwrap();
    check_site(&site);
    for odd in ["_communiques/dangling.md", "_communiques/pipe.md"] {
        let run = site.start(&[
            "check",
            "--output-format",
            "json",
            odd,
            "_communiques/wrong.md",
        ]);
        assert_eq!(run.status, Some(2), "{odd}: {}", run.stderr);
        assert_eq!(run.rules(), ["unreadable-file", "wrong-type"], "{odd}");
    }
}

#[cfg(unix)]
#[test]
fn configurations_of_a_generator_that_are_no_files_are_findings() {
    let odd = |name: &str, make: &dyn Fn(&std::path::Path)| {
        let site = Site::empty()
            .with("schema.json", "{\"required\": [\"title\"]}")
            .with(
                "frontlint.toml",
                "[[collections]]\nname = 'p'\nfiles = ['content/*.md']\nschema = 'schema.json'\n",
            )
            .with("content/ok.md", "---\ntitle: x\n---\n");
        let path = site.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        make(&path);
        for pages in [&[][..], &["content/ok.md"]] {
            let run = site.start(&[&["check", "--output-format", "json"], pages].concat());
            assert_eq!(run.status, Some(2), "{name} {pages:?}: {}", run.stderr);
            assert_eq!(run.rules(), ["invalid-config"], "{name}");
            assert!(run.time < time_limit());
        }
    };
    let pipe = |path: &std::path::Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    };
    for name in [
        "_config.yml",
        "hugo.toml",
        "config/_default/hugo.toml",
        "mkdocs.yml",
        "astro.config.mjs",
        ".vitepress/config.ts",
        "docusaurus.config.js",
        "eleventy.config.js",
    ] {
        odd(name, &pipe);
    }
    let large = |path: &std::path::Path| {
        let file = fs::File::create(path).unwrap();
        file.set_len(20 << 20).unwrap();
    };
    for name in ["hugo.toml", "astro.config.mjs"] {
        odd(name, &large);
    }
    // A link that leads nowhere is there as well.
    odd("astro.config.mjs", &|path| {
        std::os::unix::fs::symlink("nowhere", path).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let site = press_room().with("_communiques/secret.md", page(""));
    let everyone = |path: &str, mode| {
        fs::set_permissions(site.path(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    everyone("", 0o755);
    everyone("_communiques/secret.md", 0o000);
    let mut command = crate::support::frontlint();
    command
        .current_dir(site.root())
        .args(["check", "--output-format", "json", "_communiques"]);
    if fs::read(site.path("_communiques/secret.md")).is_ok() {
        // The test runs as root, which may read anything: let another user run it, and reach the
        // program.
        let program = site.path("frontlint");
        // Copied by another process: a file that this one has open for writing, and so every
        // child that another test starts just then, cannot be run.
        let copied = std::process::Command::new("cp")
            .arg(command.get_program())
            .arg(&program)
            .status();
        assert!(copied.unwrap().success());
        everyone("frontlint", 0o755);
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = std::process::Command::new(program);
        command
            .current_dir(site.root())
            .args(arguments)
            .uid(65_534)
            .gid(65_534);
    }
    let run = crate::support::run(command, b"");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert_eq!(run.rules(), ["unreadable-file", "wrong-type"]);
}
