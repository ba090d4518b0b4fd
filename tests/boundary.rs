//! What content and configuration name must be inside the repository; what is outside is refused
//! in the same words whether it exists or not.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::{Call, Run, Site};

const CONFIG: &str =
    "[[collections]]\nname = 'p'\nfiles = ['pages/*.md']\nschema = 'schema.json'\n";

/// A site in `repo/site` without faults, beside a folder `private` that is not its own.
fn site() -> Site {
    Site::empty()
        .with("private/there.json", "hunter2: [\n")
        .with("repo/site/frontlint.toml", CONFIG)
        .with("repo/site/schema.json", "{\"required\": [\"title\"]}")
        .with("repo/site/pages/ok.md", "---\ntitle: x\n---\n")
}

fn check(site: &Site, arguments: &[&str]) -> Run {
    let mut arguments = [&["check"], arguments].concat();
    if !arguments.contains(&"--output-format") {
        arguments.extend(["--output-format", "concise"]);
    }
    Call::new(&site.path("repo/site"), &arguments).run()
}

/// Runs it on what `change` makes of a site whose files name another, which exists or not.
fn refused(what: &str, arguments: &[&str], change: impl Fn(Site, &str) -> Site) {
    let outputs = ["there.json", "gone.json"].map(|name| {
        let site = change(site(), name);
        let run = check(&site, arguments);
        let output = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(run.status, Some(2), "{what}: {output}");
        assert!(output.contains("leads out of"), "{what}: {output}");
        let pretty = [arguments, &["--output-format", "pretty"]].concat();
        let pretty = check(&site, &pretty);
        assert!(
            !pretty.stdout.contains("hunter2"),
            "{what}: {}",
            pretty.stdout
        );
        assert!(!output.contains("hunter2"), "{what}: {output}");
        let output = output.replace(name, "NAME");
        output.replace(&*site.root().to_string_lossy(), "ROOT")
    });
    assert_eq!(outputs[0], outputs[1], "{what}");
}

fn link(site: Site, at: &str, target: &str) -> Site {
    let _ = fs::remove_file(site.path(at));
    symlink(target, site.path(at)).unwrap();
    site
}

#[test]
fn what_configuration_names_outside_is_refused() {
    refused("a schema", &[], |site, name| {
        let config = CONFIG.replace("schema.json", &format!("../../private/{name}"));
        site.with("repo/site/frontlint.toml", config)
    });
    refused("a baseline", &[], |site, name| {
        let config = format!("baseline = '../../private/{name}'\n{CONFIG}");
        site.with("repo/site/frontlint.toml", config)
    });
    refused("a baseline over a link", &[], |site, name| {
        let config = format!("baseline = 'b.json'\n{CONFIG}");
        let site = site.with("repo/site/frontlint.toml", config);
        link(site, "repo/site/b.json", &format!("../../private/{name}"))
    });
    refused("an upload folder", &[], |site, name| {
        let config = format!("uploads.'/up/' = '../../private/{name}'\n{CONFIG}");
        site.with("repo/site/frontlint.toml", config)
    });
    refused("a reference", &[], |site, name| {
        let schema = format!("{{\"$ref\": \"../../private/{name}\"}}");
        site.with("repo/site/schema.json", schema)
    });
}

#[test]
fn what_a_page_names_outside_is_refused() {
    refused("a relative path", &[], |site, name| {
        let page = format!("---\n$schema: ../../../private/{name}\n---\n");
        site.with("repo/site/draft.md", page)
            .with("repo/site/frontlint.toml", "")
    });
    refused("a path from the root", &["draft.md"], |site, name| {
        let page = format!("---\n$schema: /private/{name}\n---\n");
        site.with("repo/site/draft.md", page)
    });
    refused("a URL", &["draft.md"], |site, name| {
        let page = format!("---\n$schema: file:///private/{name}\n---\n");
        site.with("repo/site/draft.md", page)
    });
}

#[test]
fn links_that_lead_out_are_refused() {
    for (at, up) in [
        ("pages/a.md", "../../.."),
        ("pages/.ignore", "../../.."),
        ("schema.json", "../.."),
        ("frontlint.toml", "../.."),
        (".gitignore", "../.."),
        ("_config.yml", "../.."),
        ("hugo.toml", "../.."),
        ("docusaurus.config.js", "../.."),
    ] {
        refused(at, &[], |site, name| {
            let target = format!("{up}/private/{name}");
            link(site, &format!("repo/site/{at}"), &target)
        });
    }
    refused(
        "a page that a glob matches",
        &["pages/*.md"],
        |site, name| {
            link(
                site,
                "repo/site/pages/a.md",
                &format!("../../../private/{name}"),
            )
        },
    );
}

#[test]
fn folders_of_a_generators_configuration_that_lead_out_are_refused() {
    for (at, up) in [
        ("config/_default/hugo.toml", "../../../.."),
        ("config/_default", "../../.."),
        ("config", "../.."),
        (".vitepress/config.ts", "../../.."),
        (".vitepress", "../.."),
        (".eleventy.js", "../.."),
    ] {
        refused(at, &[], |site, name| {
            let site = site.with("repo/site/content/ok.md", "---\ntitle: x\n---\n");
            fs::create_dir_all(site.path(&format!("repo/site/{at}")).parent().unwrap()).unwrap();
            let target = format!("{up}/private/{name}");
            link(site, &format!("repo/site/{at}"), &target)
        });
    }
    // A folder `config` may be anybody's.
    let site = link(site(), "repo/site/config", "../../private");
    let run = check(&site, &[]);
    assert_eq!(run.status, Some(0), "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_folder_of_git_is_refused() {
    let secret = "[remote]\n\turl = https://hunter2@example.org\n";
    for (at, target) in [
        ("frontlint.toml", ".git/config"),
        ("schema.json", ".git/config"),
        ("_config.yml", ".git/config"),
        ("hugo.toml", ".git/config"),
        (".ignore", ".git/config"),
        ("pages/a.md", "../.git/config"),
    ] {
        let site = site().with("repo/site/.git/config", secret);
        let site = link(site, &format!("repo/site/{at}"), target);
        for format in ["concise", "pretty", "json"] {
            let run = check(&site, &["--output-format", format]);
            let output = format!("{}{}", run.stdout, run.stderr);
            assert_eq!(run.status, Some(2), "{at}: {output}");
            assert!(!output.contains("hunter2"), "{at}: {output}");
            assert!(output.contains("is git's own"), "{at}: {output}");
        }
    }
    for name in [".git/config", "./.git/config", ".git"] {
        let config = CONFIG.replace("schema.json", name);
        let site = site().with("repo/site/frontlint.toml", config);
        let site = match name {
            ".git" => site.with("repo/site/.git", secret),
            _ => site.with("repo/site/.git/config", secret),
        };
        let run = check(&site, &[]);
        let output = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(run.status, Some(2), "{name}: {output}");
        assert!(output.contains("is git's own"), "{name}: {output}");
    }
}

#[test]
fn uploads_are_not_looked_up_over_links_that_lead_out() {
    for name in ["there.json", "gone.json"] {
        let page = format!("---\ntitle: x\nfile: /up/{name}\n---\n");
        let schema = "{\"properties\": {\"file\": {\"format\": \"existing-path\"}}}";
        let site = site()
            .with("repo/site/pages/ok.md", page)
            .with("repo/site/schema.json", schema);
        let run = check(&link(site, "repo/site/up", "../../private"), &[]);
        assert_eq!(run.status, Some(1), "{}", run.stdout);
        assert!(
            run.stdout.contains("leads out of the site"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn what_the_command_line_names_is_free() {
    let site = site()
        .with("private/page.md", "---\nname: x\n---\n")
        .with("private/part.json", "{\"required\": [\"name\"]}")
        .with("private/schema.json", "{\"$ref\": \"part.json\"}")
        .with("private/base.json", "{\"version\": 1, \"findings\": []}")
        .with(
            "repo/site/ours.toml",
            "baseline = '../../private/base.json'\n[[collections]]\nname = 'p'\n\
             files = ['pages/*.md']\nschema = '../../private/schema.json'\n",
        );
    let site = link(site, "repo/site/draft.md", "../../private/page.md");
    let free = |arguments: &[&str], status| {
        let run = check(&site, arguments);
        assert_eq!(run.status, Some(status), "{}{}", run.stdout, run.stderr);
    };
    let schema = "../../private/schema.json";
    free(&["--schema", schema, "../../private/page.md"], 0);
    free(&["--schema", schema, "draft.md"], 0);
    free(&["--schema", schema, "pages"], 1);
    free(&["--config", "ours.toml", "pages"], 1);
    free(
        &["--config", "baseline = '../../private/base.json'", "pages"],
        0,
    );
}

#[test]
fn the_repository_is_the_nearest_folder_with_git() {
    let config = CONFIG.replace("schema.json", "../schema.json");
    let site = site()
        .with("repo/site/frontlint.toml", config)
        .with("repo/schema.json", r#"{"required": ["title"]}"#);
    assert_eq!(check(&site, &[]).status, Some(2));
    let site = site.with("repo/.git/HEAD", "");
    assert_eq!(check(&site, &[]).status, Some(0));
    // As in a work tree or a submodule.
    let site = site.with("repo/site/.git", "gitdir: ../.git/modules/site\n");
    assert_eq!(check(&site, &[]).status, Some(2));
}

#[test]
fn a_repository_may_be_reached_over_a_link() {
    let config = CONFIG.replace("schema.json", "../schema.json");
    let site = site()
        .with("repo/.git/HEAD", "")
        .with("repo/site/frontlint.toml", config)
        .with("repo/schema.json", "{\"required\": [\"title\"]}");
    let site = link(site, "alias", "repo");
    for (cwd, path) in [
        ("alias/site", "."),
        ("", "alias/site"),
        ("", "alias/site/pages/ok.md"),
    ] {
        let run = Call::new(&site.path(cwd), &["check", path]).run();
        assert_eq!(run.status, Some(0), "{path}: {}{}", run.stdout, run.stderr);
    }
}
