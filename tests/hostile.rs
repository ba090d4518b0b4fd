//! Input made to break a checker: each gets a clear finding in reasonable time and memory, and
//! the other files go on.

use std::fs;
use std::time::Duration;

use crate::support::{Run, Site};

const PEAK_KIB: u64 = 200 * 1024;

/// A second in a release build; a debug build is many times slower and only must not hang.
fn time_limit() -> Duration {
    if cfg!(debug_assertions) {
        Duration::from_secs(30)
    } else {
        Duration::from_secs(1)
    }
}

/// Checks one page beside a good one: the good one is still checked, within the limits.
fn check(page: impl AsRef<[u8]>) -> Run {
    let site = Site::press_room()
        .with("_communiques/hostile.md", page)
        .with(
            "_communiques/wrong.md",
            "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
        );
    check_site(&site)
}

fn check_site(site: &Site) -> Run {
    let run = site.run(&["check", "--output-format", "json"]);
    assert!(
        run.elapsed < time_limit(),
        "took {:?}: {}",
        run.elapsed,
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

#[test]
fn deep_nesting_is_a_syntax_finding() {
    for opening in ["[", "{a: ", "- "] {
        let run = check(page(&format!("x: \n  {}", opening.repeat(100_000))));
        assert_eq!(rules_of(&run), ["invalid-syntax"], "{opening}");
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
    assert!(rules_of(&check(page(&bomb))).contains(&"invalid-syntax".to_owned()));
}

#[test]
fn a_merge_bomb_stays_within_its_budget() {
    let keys: String = (0..200).map(|key| format!("k{key}: 1, ")).collect();
    let mut bomb = format!("a0: &a0 {{{keys}}}\n");
    for level in 1..40 {
        let before = level - 1;
        let own: String = (0..200).map(|key| format!("k{level}_{key}: 1, ")).collect();
        bomb.push_str(&format!(
            "a{level}: &a{level}\n  <<: [*a{before}, *a{before}, *a{before}]\n  own: {{<<: *a{before}, {own}}}\n"
        ));
    }
    check(page(&bomb));
}

#[test]
fn large_but_honest_input_is_read() {
    let scalar = "x".repeat(10_000_000);
    assert_eq!(
        rules_of(&check(page(&format!("subtitle: {scalar}")))),
        ["unclosed-front-matter"],
        "beyond max-front-matter"
    );
    let comments = "# a comment\n".repeat(80_000);
    assert!(rules_of(&check(page(&comments))).is_empty());
    let keys: String = (0..60_000).map(|key| format!("k{key}: 1\n")).collect();
    check(page(&keys));
}

#[test]
fn a_large_file_without_a_closing_fence_is_not_read_whole() {
    let body = "A line of text without any colon in it.\n".repeat(1_300_000);
    let run = check(format!("---\ntitle: x\n\n{body}"));
    assert_eq!(rules_of(&run), ["unclosed-front-matter"]);
}

#[test]
fn bytes_that_are_no_text_are_named() {
    assert_eq!(rules_of(&check(page("subtitle: a\0b"))), ["invalid-syntax"]);
    let mut bytes = page("subtitle: caf").into_bytes();
    let at = bytes.len() - "\n---\n".len();
    bytes.insert(at, 0xe9);
    assert_eq!(rules_of(&check(&bytes)), ["invalid-syntax"]);
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
    assert_eq!(rules_of(&check(page(&long))), ["missing-file"]);
    for path in [
        "/uploads/%252e%252e/%252e%252e/etc/passwd",
        "/uploads/%2e%2e/%2e%2e/etc/passwd",
        "/uploads/../../../../../../etc/passwd",
        "../../../../../../etc/passwd",
        "\"/uploads/a\\0b.pdf\"",
        "/uploads/a%00b.pdf",
    ] {
        let run = check(page(&format!("image: {path}")));
        assert_eq!(rules_of(&run), ["missing-file"], "{path}");
    }
}

#[test]
fn broken_site_configurations_do_not_stop_the_pages() {
    for config in ["collections: [", "", "- a\n- b\n", "defaults: 3\n", "\0"] {
        let site = Site::press_room().with("_config.yml", config).with(
            "_communiques/wrong.md",
            "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
        );
        check_site(&site);
    }
}

#[test]
fn ten_thousand_defaults_are_no_burden() {
    let mut config = "collections:\n  communiques:\n    output: true\ndefaults:\n".to_owned();
    for number in 0..10_000 {
        config.push_str(&format!(
            "- scope: {{path: 'folder{number}', type: communiques}}\n  values: {{layout: l{number}}}\n"
        ));
    }
    let site = Site::press_room().with("_config.yml", config).with(
        "_communiques/wrong.md",
        "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
    );
    check_site(&site);
}

#[test]
fn schemas_cannot_hang_a_run() {
    let schemas = [
        r##"{"$ref": "#", "properties": {"position": {"type": "integer"}}}"##,
        r##"{"properties": {"position": {"type": "integer"}, "a": {"$ref": "#"}}, "allOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"$ref": "#/$defs/x"}}}"##,
        r##"{"properties": {"position": {"type": "integer"}, "subtitle": {"pattern": "^(a+)+$"}}}"##,
        r##"{"properties": {"position": {"type": "integer"}, "subtitle": {"pattern": "^(?=(a+)+b)(a|aa)+$"}}}"##,
    ];
    for schema in schemas {
        let site = Site::press_room()
            .with("schema.json", schema)
            .with(
                "frontlint.toml",
                "[[collections]]\nname = \"c\"\nfiles = [\"_communiques/*.md\"]\nschema = \"schema.json\"\n",
            )
            .with("_communiques/hostile.md", page(&format!("subtitle: {}!", "a".repeat(5_000))))
            .with(
                "_communiques/wrong.md",
                "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
            );
        check_site(&site);
    }
}

#[cfg(unix)]
#[test]
fn odd_files_are_told_and_never_block() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let site = Site::press_room().with(
        "_communiques/wrong.md",
        "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
    );
    symlink("nowhere.md", site.path("_communiques/dangling.md")).unwrap();
    symlink("..", site.path("_communiques/loop")).unwrap();
    let made = Command::new("mkfifo")
        .arg(site.path("_communiques/pipe.md"))
        .status();
    assert!(made.unwrap().success());
    fs::create_dir(site.path("_communiques/folder.md")).unwrap();
    check_site(&site);
    for odd in ["_communiques/dangling.md", "_communiques/pipe.md"] {
        let run = site.run(&[
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
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let site = Site::press_room()
        .with("_communiques/secret.md", page(""))
        .with(
            "_communiques/wrong.md",
            "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
        );
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
        fs::copy(command.get_program(), &program).unwrap();
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
