//! What a run says, and the exit status, where pages are not read or no schema governs them.

use crate::support::{Run, Site};

const PAGE: &str = "---\nname: A\n---\n";
const CONFIG: &str =
    "[[collections]]\nname = \"pages\"\nfiles = [\"pages/**/*.md\"]\nschema = \"schema.json\"\n";

/// A site with one page that has a schema.
fn site() -> Site {
    Site::empty()
        .with("frontlint.toml", CONFIG)
        .with("schema.json", "{\"required\": [\"name\"]}")
        .with("pages/ok.md", PAGE)
}

/// Runs a check that must exit with 2 and give this reason.
fn refuses(site: &Site, arguments: &[&str], reason: &str) -> Run {
    let run = site.run(&[&["check"], arguments].concat());
    assert_eq!(run.status, Some(2), "{arguments:?}: {}", run.stderr);
    assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    run
}

/// Runs a check that must pass.
fn passes(site: &Site, arguments: &[&str]) -> Run {
    let run = site.run(&[&["check"], arguments].concat());
    assert_eq!(run.status, Some(0), "{arguments:?}: {}", run.stderr);
    run
}

#[test]
fn an_argument_in_which_no_page_is_read_is_refused_with_its_reason() {
    let config = format!("exclude = [\"drafts\"]\n{CONFIG}");
    let site = site()
        .with("frontlint.toml", config)
        .with(".gitignore", "build/*\n")
        .with("drafts/a.md", PAGE)
        .with("build/a.md", PAGE)
        .with("text/a.txt", "text")
        .with("made/_site/a.md", PAGE)
        .with("secret/.a.md", PAGE);
    std::fs::create_dir(site.path("empty")).unwrap();
    for (argument, reason) in [
        (
            "drafts",
            "no page is read in `drafts`: the pattern `drafts` of `frontlint.toml` excludes 1 page, \
             `drafts/a.md`",
        ),
        (
            "build",
            "no page is read in `build`: `.gitignore` leaves out 1 page, `build/a.md`",
        ),
        (
            "text",
            "no page is read in `text`: there is no Markdown file, only 1 `.txt` file",
        ),
        (
            "made",
            "no page is read in `made`: `made/_site` is filled by a generator or a package manager",
        ),
        (
            "secret",
            "no page is read in `secret`: hidden files and folders hold 1 page, `secret/.a.md`",
        ),
        ("empty", "no page is read in `empty`: there is no file"),
        (
            "e*ty",
            "no page is read in the folders that match `e*ty`: there is no file",
        ),
        ("text/a.txt", "`text/a.txt` is not a page"),
        (
            "text/*.txt",
            "no page is read in the files that match `text/*.txt`",
        ),
        ("text/*", "no page matches `text/*`"),
        ("made/**/*.md", "`made/_site/a.md` does, but a generator"),
    ] {
        refuses(&site, &[argument], reason);
        // The others are checked all the same.
        let both = refuses(&site, &[argument, "pages"], reason);
        assert!(both.stderr.contains("1 file checked against schema.json"));
        refuses(&site, &["--exit-zero", "--show-files", argument], reason);
    }
    for named in ["drafts/a.md", "build/a.md", "made/_site", "secret/.a.md"] {
        passes(&site, &[named]);
    }
    // Of a glob it is enough that one file is a page.
    passes(&site, &["{text,pages}/*.*"]);
}

#[test]
fn a_folder_of_which_the_generator_makes_no_page_is_refused() {
    let jekyll = site()
        .with("_config.yml", "exclude: [notes]\n")
        .with("notes/a.md", PAGE)
        .with("_odd/a.md", PAGE)
        .with("_posts/a.md", PAGE)
        .with("_site/a.md", PAGE);
    for (folder, reason) in [
        ("notes", "Jekyll excludes `notes` (`exclude` of its"),
        ("_odd", "Jekyll skips names that begin with `_`"),
        ("_posts", "Jekyll reads posts only of names such as"),
        ("_site", "it is the folder that Jekyll builds the site into"),
    ] {
        refuses(&jekyll, &[folder], reason);
    }
    let hugo = site()
        .with("hugo.toml", "title = \"A\"\n")
        .with("docs/a.md", PAGE)
        .with("public/a.md", PAGE);
    for (folder, reason) in [
        ("docs", "`docs`: Hugo reads pages only from `content`"),
        ("public", "`public`: Hugo reads no pages from `public`"),
    ] {
        refuses(&hugo, &[folder], reason);
        passes(&hugo, &[&format!("{folder}/a.md")]);
    }
    passes(&hugo, &["pages"]);
}

#[test]
fn what_force_exclude_leaves_out_is_a_success() {
    let site = site().with(
        "frontlint.toml",
        format!("exclude = [\"drafts\"]\n{CONFIG}"),
    );
    let site = site.with("drafts/a.md", PAGE).with("made/_site/a.md", PAGE);
    for (arguments, note) in [
        (&["drafts/a.md"][..], "1 named file left out by `exclude`"),
        (&["drafts"], "1 named folder left out by `exclude`"),
        (&["made/_site/a.md"], "1 named file left out as generated"),
        (
            &["drafts", "drafts/a.md", "made/_site/a.md"],
            "3 named files and folders left out by `exclude` or as generated",
        ),
    ] {
        let run = passes(&site, &[&["--force-exclude"], arguments].concat());
        assert!(run.stderr.contains(note), "{}", run.stderr);
    }
    let site = site.with("a.html", "<html>").with("b.css", "");
    let run = passes(&site, &["--force-exclude", "a.html", "b.css"]);
    let note = "note: 2 named files left out, which are not pages: `a.html` and others\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
}

#[test]
fn a_config_kept_elsewhere_changes_only_where_its_patterns_begin() {
    let site = Site::empty()
        .with("ci/frontlint.toml", CONFIG)
        .with("schema.json", "{\"required\": [\"title\"]}")
        .with("pages/a.md", PAGE);
    let named = ["check", "--config", "ci/frontlint.toml"];
    let forced = [&named[..], &["--schema", "schema.json", "pages"]].concat();
    assert_eq!(site.run(&forced).status, Some(1));
    let run = site.run(&[&named[..], &["pages"]].concat());
    assert_eq!(run.status, Some(0));
    assert!(run.stderr.contains("no schema governs 1 of 1 page"));
    // Its collection can have no page of this site.
    refuses(&site, &named[1..], "the collection `pages` has no file");
    let elsewhere = Site::empty().with("frontlint.toml", CONFIG);
    let config = elsewhere.path("frontlint.toml");
    let config = config.to_str().unwrap();
    refuses(
        &site,
        &["--config", config],
        "the collection `pages` has no file",
    );
}

#[test]
fn a_site_below_has_its_root_whatever_config_is_named() {
    let site = Site::empty()
        .with("site/frontlint.toml", "")
        .with("site/a.md", "---\nfile: /a.pdf\n---\n")
        .with("site/a.pdf", "%PDF")
        .with(
            "schema.json",
            "{\"properties\": {\"file\": {\"format\": \"existing-path\"}}}",
        )
        .with("other.toml", "");
    for more in [&["--isolated"][..], &["--config", "other.toml"], &[]] {
        passes(
            &site,
            &[&["--schema", "schema.json", "site"], more].concat(),
        );
    }
}

#[test]
fn pages_without_a_schema_pass_with_a_note() {
    let bare = Site::empty().with("a.md", PAGE).with("notes/b.md", PAGE);
    let run = passes(&bare, &[]);
    assert!(run.stderr.contains("no schema governs 2 of 2 pages"));
    assert!(
        run.stderr
            .contains("files = [\"notes/**/*.{md,markdown}\"]")
    );
    assert!(passes(&bare, &["-q"]).stderr.is_empty());
    let off = passes(&bare, &["--no-schema"]);
    assert!(!off.stderr.contains("governs"), "{}", off.stderr);
    let wrong = bare.with("c.md", "---\nname: [\n---\n");
    assert_eq!(wrong.run(&["check"]).status, Some(1));
    // A collection governs a page without front matter too.
    let site = site().with("pages/plain.md", "text").with("b.md", PAGE);
    let run = passes(&site, &[]);
    assert!(run.stderr.contains("no schema governs 1 of 3 pages"));
    assert!(run.stderr.contains("entry of `frontlint.toml` gives"));
    assert!(!passes(&site, &["pages"]).stderr.contains("governs"));
}

#[test]
fn pages_of_a_collection_that_an_ignore_file_leaves_out_are_counted() {
    let site = site()
        .with(".gitignore", "old/\n*.bak.md\ntarget/\n")
        .with("pages/old/a.md", PAGE)
        .with("pages/old/deep/b.md", PAGE)
        .with("pages/old/c.txt", "text")
        .with("pages/d.bak.md", PAGE)
        .with("target/e.md", PAGE);
    let run = passes(&site, &[]);
    let note = "note: 3 pages of the collection `pages` are left out by `.gitignore`: \
                `pages/d.bak.md` and others\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let site = site.with(".gitignore", "pages/\ntarget/\n");
    refuses(
        &site,
        &[],
        "no page is read in the working directory: `.gitignore` leaves out 5 pages",
    );
    let site = site.with("a.md", PAGE);
    refuses(
        &site,
        &[],
        "the collection `pages` has no file: `.gitignore` leaves out 4 pages",
    );
}

#[test]
fn what_changed_decides_only_among_what_is_read() {
    let site = site().with("docs/a.txt", "text");
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        let output = command.current_dir(site.root()).args(arguments).output();
        assert!(output.unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "-q", "."]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    let run = passes(&site, &["--since", "HEAD"]);
    assert!(run.stderr.contains("0 of 1 file changed since `HEAD`"));
    passes(&site, &["--since", "HEAD", "pages"]);
    refuses(
        &site,
        &["--since", "HEAD", "docs", "pages"],
        "no page is read in `docs`: there is no Markdown file",
    );
}

#[cfg(unix)]
#[test]
fn links_and_special_files_of_a_walk_are_counted() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let site = site().with("other/a.md", PAGE).with("data/a.csv", "1");
    symlink("../other", site.path("pages/linked")).unwrap();
    symlink("../other", site.path("pages/.linked")).unwrap();
    symlink("gone.md", site.path("pages/gone-1.md")).unwrap();
    symlink("gone.md", site.path("pages/gone-2.md")).unwrap();
    symlink("gone.csv", site.path("pages/gone.csv")).unwrap();
    let _listener = UnixListener::bind(site.path("pages/socket.md")).unwrap();
    std::fs::create_dir(site.path("links")).unwrap();
    symlink("../other", site.path("links/other")).unwrap();
    let run = passes(&site, &["pages"]);
    let notes: Vec<_> = run
        .stderr
        .lines()
        .filter(|it| it.contains("note:"))
        .collect();
    assert_eq!(
        notes,
        [
            "note: 1 linked folder is not followed; name it to check its pages: `pages/linked`",
            "note: 2 links lead to nothing: `pages/gone-1.md` and others",
            "note: 1 entry with the name of a page is a pipe, a socket or a device: \
             `pages/socket.md`",
        ]
    );
    refuses(
        &site,
        &["links"],
        "no page is read in `links`: `links/other` is a link to the folder `../other`",
    );
    passes(&site, &["links/other"]);
    let excluded = format!("exclude = [\"linked\", \"gone-*\", \"socket.md\"]\n{CONFIG}");
    let site = site.with("frontlint.toml", excluded);
    assert!(!passes(&site, &["pages"]).stderr.contains("note:"));
}

#[cfg(unix)]
#[test]
fn links_to_folders_that_are_gone_are_counted() {
    use std::os::unix::fs::symlink;

    let site = site()
        .with("tools/a.txt", "text")
        .with("posts/a.txt", "text");
    for (target, link) in [
        ("../2018", "pages/2018"),
        ("../v1.2", "pages/v1.2"),
        ("gone.csv", "pages/gone.csv"),
        ("../node_modules", "pages/node_modules"),
        ("../2018", "posts/2018"),
    ] {
        symlink(target, site.path(link)).unwrap();
    }
    let run = passes(&site, &["pages"]);
    let note = "note: 2 links lead to nothing: `pages/2018` and others\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let reason = "`posts/2018` is a link to `../2018`, which does not exist";
    refuses(&site, &["posts"], reason);
    refuses(&site, &["posts/*"], reason);
    for ignored in ["2018/\nv1.2\n", "2018\nv1.2/\n"] {
        let site = Site::empty()
            .with("pages/ok.md", PAGE)
            .with(".gitignore", ignored);
        symlink("../2018", site.path("pages/2018")).unwrap();
        symlink("../v1.2", site.path("pages/v1.2")).unwrap();
        let run = passes(&site, &["pages"]);
        assert!(!run.stderr.contains("to nothing"), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_glob_that_matches_nothing_is_refused_with_the_reason() {
    let site = site()
        .with("other/a.md", PAGE)
        .with(".hidden/a.md", PAGE)
        .with("deep/a.txt", "text");
    std::os::unix::fs::symlink("../other", site.path("deep/linked")).unwrap();
    std::fs::create_dir(site.path("empty")).unwrap();
    for (glob, reason) in [
        (
            "deep/**/*.md",
            "no file matches `deep/**/*.md`: `deep/linked` is a link to the folder `../other`",
        ),
        ("empty/*", "no file matches `empty/*`: there is no file"),
        (
            ".*/*.md",
            "no file matches `.*/*.md`: patterns match no hidden files and folders",
        ),
        // Where there are files that it could match, they are named as before.
        ("pages/*.mdx", "`pages` holds 1 `.md` file"),
    ] {
        refuses(&site, &[glob], reason);
    }
    passes(&site, &["deep/*/*.md", ".hidden/*.md"]);
}

#[test]
fn pages_without_front_matter_are_counted_where_a_schema_is_meant_for_them() {
    let note = "note: 1 page has no front matter, so no schema was applied to it\n  help: \
                `front-matter = \"required\"` in a `[[collections]]` entry of ";
    let has_note = |run: &Run| run.stderr.contains("no front matter");
    let site = site().with("pages/plain.md", "text").with("README.md", "A");
    let run = passes(&site, &["pages"]);
    assert!(run.stderr.contains(note), "{}", run.stderr);
    assert!(!run.stderr.contains("no schema governs"), "{}", run.stderr);
    // It is one note, beside that of pages for which no schema is meant.
    assert!(passes(&site, &[]).stderr.contains(note));
    for arguments in [
        &["--no-schema"][..],
        &["-q"],
        &["--show-files"],
        &["--diff"],
        &["README.md"],
    ] {
        assert!(!has_note(&passes(&site, arguments)), "{arguments:?}");
    }
    let forced = ["--isolated", "--schema", "schema.json"];
    let run = passes(&site, &[&forced[..], &["README.md"]].concat());
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let run = passes(&site, &forced);
    let note = "note: 2 pages have no front matter, so no schema was applied to them\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let run = site.run(&["explain", "--file", "pages/plain.md"]);
    let reason = "schema: none; the page has no front matter that the one of the collection `pages` \
                  of frontlint.toml could apply to\n";
    assert!(run.stdout.contains(reason), "{}", run.stdout);
    let run = site.run(&["explain", "--file", "README.md"]);
    let reason = "schema: none; no collection of frontlint.toml has this page";
    assert!(run.stdout.contains(reason), "{}", run.stdout);

    let site = site.with(
        "frontlint.toml",
        format!("{CONFIG}front-matter = \"required\"\n"),
    );
    let run = site.run(&["check", "pages"]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
    assert!(!has_note(&run), "{}", run.stderr);
}

#[test]
fn pages_that_an_ignore_file_leaves_out_of_one_schema_are_counted() {
    let site = site()
        .with("pages/.ignore", "bad.md\nold/\nnode_modules/\n")
        .with("pages/bad.md", "---\n---\n")
        .with("pages/old/a.md", PAGE)
        .with("pages/old/a.txt", "text")
        .with("pages/node_modules/a.md", PAGE);
    let forced = ["--isolated", "--schema", "schema.json", "pages"];
    let run = passes(&site, &forced);
    let note = "note: 2 pages are left out by `pages/.ignore`: `pages/bad.md` and others\n";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let run = passes(&site, &["--isolated", "pages"]);
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
    let run = passes(&site, &["--schema", "schema.json", "pages"]);
    let note = "note: 2 pages of the collection `pages` are left out by `pages/.ignore`";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    let site = Site::empty()
        .with("schema.json", "{\"required\": [\"name\"]}")
        .with("pages/ok.md", PAGE)
        .with("pages/.ignore", "many/\n");
    let site = (0..300).fold(site, |site, page| {
        site.with(&format!("pages/many/{page}.md"), PAGE)
    });
    let run = passes(&site, &forced);
    let note = "note: at least 256 pages are left out by `pages/.ignore`";
    assert!(run.stderr.contains(note), "{}", run.stderr);
}
