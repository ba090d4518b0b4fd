//! Whatever names, pages, schemas and arguments hold: nothing of it reaches a terminal or a log
//! raw, no name is confused with another, and every name works.

use std::fs;
use std::path::Path;

use crate::support::{self, Call, Run, Site};

const FORMATS: [&str; 10] = [
    "pretty",
    "concise",
    "json",
    "jsonl",
    "github",
    "sarif",
    "gitlab",
    "junit",
    "rdjson",
    "checkstyle",
];

const CONFIG: &str = "[[collections]]\nname = \"pages\"\nfiles = [\"pages/**/*.md\"]\n\
                      schema = \"schema.json\"\n";

const SCHEMA: &str = r#"{"type": "object", "required": ["title"], "properties": {"title": {
    "type": "string", "pattern": "^[a-z]", "errorMessage":
    "no\n::add-mask::a\r::error::b\u001b[31m\u202e ##[add-mask]c"}}}"#;

fn site() -> Site {
    Site::empty()
        .with("frontlint.toml", CONFIG)
        .with("schema.json", SCHEMA)
        .with(
            "pages/a.md",
            "---\ntitle: \"1 ##[add-mask]x \\e[31m\\u202e\\n::set-env::y\"\n---\n",
        )
        .with(
            "pages/c.md",
            "---\ntitle: \"a \"\n---\n  ::error::body\u{1b}[31m\n",
        )
}

fn in_actions(site: &Site, arguments: &[&str]) -> Run {
    Call::new(site.root(), arguments)
        .env("GITHUB_ACTIONS", "true")
        .run()
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}')
}

/// Nothing hidden, and no command that frontlint does not mean.
fn assert_harmless(run: &Run, what: &str) {
    let both = format!("{}\n{}", run.stdout, run.stderr);
    assert!(!both.contains(is_hidden), "{what}: {both}");
    let own = [
        "::error file=",
        "::warning file=",
        "::notice title=frontlint::",
    ];
    for line in both.lines() {
        let is_command = line.trim_start().starts_with("::") || line.contains("##[");
        let is_own = own.iter().any(|own| line.starts_with(own)) && !line.contains("##[");
        assert!(
            !is_command || (is_own && what == "github"),
            "{what}: {line}"
        );
    }
}

#[test]
fn a_log_gets_no_command_in_any_format() {
    let site = site()
        .with("::set-output name=x::y/a.md", "---\nt: 1\n---\n")
        .with("frontlint.toml", CONFIG.replace("pages/**/*.md", "**/*.md"));
    for format in FORMATS {
        let run = in_actions(&site, &["check", "--output-format", format]);
        assert_eq!(run.status, Some(1), "{format}: {}", run.stderr);
        assert!(run.stdout.contains("add-mask"), "{format}: {}", run.stdout);
        assert_harmless(&run, format);
    }
    for arguments in [
        &["check", "--show-files"][..],
        &["check", "--diff"],
        &["check", "--statistics", "--color", "never"],
        &["explain", "--file", "pages/a.md"],
        &["explain", "--file", "pages/a.md", "--output-format", "json"],
        &["schema", "x\n::error::y\u{1b}"],
        &[
            "check",
            "--output-format",
            "json",
            "gone\n::error::y\u{202e}##[x]",
        ],
        &["check", "--gone\n::error::y\u{1b}[31m"],
        &["check", "--output-format", "\n::error::y"],
        &[
            "check",
            "--output-format",
            "json",
            "--schema",
            "gone\n::error::y",
        ],
        &[
            "check",
            "--output-format",
            "json",
            "--config",
            "a.\u{1b} = \"\n::error::y\"",
        ],
    ] {
        let run = in_actions(&site, arguments);
        if arguments.contains(&"--statistics") {
            // Excerpts and annotations share the log.
            assert!(!run.stdout.contains("##["), "{}", run.stdout);
        } else {
            assert_harmless(&run, &arguments.join(" "));
        }
    }
}

#[test]
fn values_are_the_same_for_programs() {
    let site = site();
    let plain = site.run(&["check", "--output-format", "json"]);
    let logged = in_actions(&site, &["check", "--output-format", "json"]);
    assert_ne!(plain.stdout, logged.stdout);
    assert_eq!(plain.findings(), logged.findings());
}

#[test]
fn wrong_usage_keeps_its_colours_and_loses_those_of_the_argument() {
    let run = Call::new(Path::new("."), &["check", "--x\u{1b}[36my"])
        .env("FORCE_COLOR", "1")
        .run();
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("\u{1b}[31merror:"), "{:?}", run.stderr);
    assert!(run.stderr.contains("--x␛[36my"), "{:?}", run.stderr);
    assert!(!run.stderr.contains("\u{1b}[36m"), "{:?}", run.stderr);
}

#[test]
fn a_fixed_page_is_written_as_it_is_or_not_at_all() {
    let site = site();
    let arguments = ["check", "--fix", "-", "--stdin-filename", "pages/b.md"];
    let page = "---\ntitle: \"a \"\n---\n::x\u{1b}\u{202e}\r\n";
    let fixed = site.run_with_input(&arguments, page.as_bytes());
    assert_eq!(fixed.stdout, page.replace("a ", "a"), "{}", fixed.stderr);
    let refused = Call::new(site.root(), &arguments)
        .env("GITHUB_ACTIONS", "true")
        .input(page.as_bytes())
        .run();
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(2), ""));
}

#[test]
fn sarif_is_written_as_it_comes() {
    let schema = r#"{"properties": {"l": {"items": {"type": "integer"}}}}"#;
    let mut site = Site::empty()
        .with("frontlint.toml", CONFIG)
        .with("schema.json", schema);
    for page in 0..20 {
        let items = "- a\n".repeat(500);
        site = site.with(
            &format!("pages/{page}.md"),
            format!("---\nl:\n{items}---\n"),
        );
    }
    let run = site.run(&[
        "check",
        "--output-format",
        "sarif",
        "--output-file",
        "json=a.json",
    ]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 10_000);
    assert!(run.peak_kib.unwrap_or(0) < 80 * 1024, "{:?}", run.peak_kib);
}

#[test]
fn only_one_module_writes_to_the_streams() {
    fn look(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, found);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            if text.contains("io::stdout(") || text.contains("io::stderr(") {
                found.push(
                    path.strip_prefix(env!("CARGO_MANIFEST_DIR"))
                        .unwrap()
                        .display()
                        .to_string(),
                );
            }
        }
    }
    let mut found = Vec::new();
    look(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    found.sort();
    assert_eq!(found, ["src/cli/terminal/mod.rs"]);
}

#[cfg(unix)]
mod names {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    fn pages(names: &[&[u8]]) -> Site {
        let site = Site::empty()
            .with("frontlint.toml", CONFIG)
            .with(
                "schema.json",
                r#"{"type": "object", "required": ["title"]}"#,
            )
            .with("pages/ok.md", "---\ntitle: a\n---\n");
        for name in names {
            let path = site.path("pages").join(OsStr::from_bytes(name));
            fs::write(path, "---\nn: 1\n---\n").unwrap();
        }
        site
    }

    #[test]
    fn names_that_are_not_utf_8_are_told_apart_everywhere() {
        let site = pages(&[b"caf\xe9.md", b"caf\xea.md", br"caf\xE9.md"]);
        for format in FORMATS {
            let run = site.run(&["check", "--output-format", format]);
            let all = match format {
                "json" | "jsonl" | "gitlab" | "rdjson" => {
                    [r"caf\\xE9.md", r"caf\\xEA.md", r"caf\\\\xE9.md"]
                }
                "sarif" => ["caf%E9.md", "caf%EA.md", "caf%5CxE9.md"],
                _ => [r"caf\xE9.md", r"caf\xEA.md", r"caf\\xE9.md"],
            };
            for name in all {
                assert!(run.stdout.contains(name), "{format} {name}: {}", run.stdout);
            }
        }
    }

    #[test]
    fn globs_match_names_that_are_not_utf_8() {
        let site = pages(&[b"caf\xe9.md"]);
        let check = |glob: &[u8]| {
            Call::new(site.root(), &["check", "--output-format", "concise"])
                .argument(OsStr::from_bytes(glob))
                .run()
        };
        for glob in [&b"pages/**/*.md"[..], b"pages/caf?.md", b"*/caf\xe9*"] {
            let run = check(glob);
            assert_eq!(run.status, Some(1), "{glob:?}: {}", run.stderr);
            assert!(
                run.stdout.starts_with(r"pages/caf\xE9.md:"),
                "{}",
                run.stdout
            );
        }
        assert_eq!(check(b"*/caf\xea*").status, Some(2));
    }

    #[test]
    fn no_file_is_suggested_that_does_not_exist() {
        let site = pages(&[b"caf\xe9.md"]);
        fs::write(
            site.path("pages/ok.md"),
            "---\ntitle: a\nfile: /pages/cafe.md\n---\n",
        )
        .unwrap();
        let run = site.run(&["check", "pages/cafes.md"]);
        assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
        let run = site.run(&["check", "pages/*.txt"]);
        assert!(run.stderr.contains("holds 2 `.md` files"), "{}", run.stderr);
    }

    #[test]
    fn pages_whose_names_are_not_utf_8_have_addresses_of_their_own() {
        let site = pages(&[b"caf\xe9.md", b"caf\xea.md"]).with("_config.yml", "title: a\n");
        let run = site.run(&["check", "--output-format", "json"]);
        assert!(
            !run.stdout.contains("duplicate-permalink"),
            "{}",
            run.stdout
        );
    }

    #[test]
    fn a_name_begins_no_line_of_its_own() {
        let site = pages(&[b"gone\nFORGED.md"]);
        let folder = "f\"\nFORGED[x]";
        let site = site.with(
            &format!("{folder}/a.md"),
            "---\n$schema: \"./a\\nFORGED\"\n---\n",
        );
        for arguments in [
            &["check", "pages/gone\nFORGE.md"][..],
            &["check", "pages/*\nFORGED.txt"],
            &["check", "--isolated", folder],
            &["check", "--isolated", "."],
            &["explain", "--file", "pages/gone\nFORGED.md"],
        ] {
            let run = site.run(arguments);
            let both = format!("{}\n{}", run.stdout, run.stderr);
            assert!(
                !both.lines().any(|line| line.starts_with("FORGED")),
                "{both}"
            );
        }
        fs::remove_file(site.path("frontlint.toml")).unwrap();
        fs::remove_dir_all(site.path("pages")).unwrap();
        let run = site.run(&["check", "--no-schema"]);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        let run = site.run(&["check"]);
        assert!(!run.stderr.contains("\nFORGED"), "{}", run.stderr);
    }

    #[test]
    fn a_page_shows_its_unused_schema_on_one_line() {
        let site = pages(&[]);
        fs::write(
            site.path("pages/ok.md"),
            "---\n$schema: \"./a\\nFORGED\"\ntitle: a\n---\n",
        )
        .unwrap();
        let run = site.run(&["explain", "--file", "pages/ok.md"]);
        assert!(
            run.stdout.contains("`./a↵FORGED`, is not used"),
            "{}",
            run.stdout
        );
    }

    #[test]
    fn annotations_keep_names_with_control_characters_apart() {
        let site = pages(&[b"a\x1b.md", b"a\x1c.md", "a\u{202e}.md".as_bytes()]);
        let run = site.run(&["check", "--output-format", "github"]);
        for name in ["a␛.md", "a␜.md", r"a\u{202e}.md"] {
            assert!(
                run.stdout.contains(&format!("file=pages/{name},")),
                "{}",
                run.stdout
            );
        }
    }

    #[test]
    fn a_report_for_a_stream_goes_through_the_one_writer() {
        let site = pages(&[b"##[add-mask].md", b"\x1b.md"]);
        let quiet = ["check", "-q", "--output-format", "concise", "--output-file"];
        for target in ["/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/2"] {
            if !Path::new(target).exists() {
                continue;
            }
            for format in FORMATS {
                let file = format!("{format}={target}");
                let start = |is_log: bool| {
                    let mut command = support::frontlint();
                    command.current_dir(site.root()).args(quiet).arg(&file);
                    if is_log {
                        command.env("GITHUB_ACTIONS", "true");
                    }
                    support::run(command, b"")
                };
                let run = start(true);
                assert_harmless(&run, format);
                assert_eq!(run.status, Some(1), "{file}: {}", run.stderr);
                let run = start(false);
                assert!(!run.stdout.contains(is_hidden), "{file}: {}", run.stdout);
            }
        }
    }

    #[test]
    fn a_baseline_suppresses_no_finding_of_another_file() {
        let site = pages(&[b"caf\xe9.md"]);
        assert_eq!(
            site.run(&["check", "--write-baseline", "b.json"]).status,
            Some(0)
        );
        let site = site.with("frontlint.toml", format!("baseline = \"b.json\"\n{CONFIG}"));
        assert_eq!(site.run(&["check"]).status, Some(0));
        for name in [
            &b"caf\xea.md"[..],
            br"caf\xE9.md",
            "caf\u{fffd}.md".as_bytes(),
        ] {
            let path = site.path("pages").join(OsStr::from_bytes(name));
            fs::write(&path, "---\nn: 1\n---\n").unwrap();
            assert_eq!(site.run(&["check"]).status, Some(1), "{name:?}");
            fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn schemas_and_globs_are_found_whatever_the_folder_is_called() {
        for name in [
            &b"[new]"[..],
            b"{x}",
            b"*",
            b"a ^|`",
            b"%41#?'\"",
            "\u{e9}\u{65b0}".as_bytes(),
            b"\xff",
        ] {
            let holder = Site::empty();
            let site = holder.root().join(OsStr::from_bytes(name));
            fs::create_dir_all(site.join("a[b]")).unwrap();
            let write = |path: &str, text: &str| fs::write(site.join(path), text).unwrap();
            write(
                "frontlint.toml",
                "[[collections]]\nname = \"pages\"\nfiles = [\"a[[]b]/*.md\"]\nschema = \"a [b].json\"\n",
            );
            write(
                "a [b].json",
                r##"{"properties": {"t": {"$ref": "a[b]/p%20é.json#/$defs/é"},
                     "u": {"$ref": "a%5Bb%5D/p é.json#/%24defs/é"}, "v": {"$ref": "%2541.json"}}}"##,
            );
            write("a[b]/p é.json", r#"{"$defs": {"é": {"type": "integer"}}}"#);
            write("%41.json", r#"{"type": "integer"}"#);
            write("a[b]/a.md", "---\nt: x\nu: x\nv: x\n---\n");
            for arguments in [
                &["check", "--output-format", "json"][..],
                &["check", "--output-format", "json", "a[b]/*.md"],
                &[
                    "check",
                    "--output-format",
                    "json",
                    "--schema",
                    "a [b].json",
                    "a[b]/a.md",
                ],
            ] {
                let run = Call::new(&site, arguments).run();
                let found = run.rules();
                assert_eq!(
                    found, ["wrong-type"; 3],
                    "{name:?} {arguments:?} {}",
                    run.stderr
                );
            }
        }
    }
}
