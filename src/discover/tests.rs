//! Tests of what arguments and walks find.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;

struct Site(tempfile::TempDir);

/// What is named and what a walk found, together.
fn all(request: &Request<'_>, finder: &Finder) -> Found {
    let mut found = discover(request, finder);
    let keep = |pages: &mut Vec<Input>, batch: &Batch<'_>| {
        pages.extend_from_slice(batch.pages);
    };
    let (pages, report) = found.for_each_batch(finder, 2, &Vec::new, &keep);
    found.inputs = pages.concat();
    found.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    found.failures.extend(report.failures);
    let files = found.inputs.iter().map(|input| &*input.path);
    let unread = found.unread(files, &HashSet::new(), finder);
    let failures: Vec<_> = unread.iter().map(Unread::failure).collect();
    found.failures.extend(failures);
    found
}

impl Site {
    fn new(files: &[&str]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        for file in files {
            site.write(file, "");
        }
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn finder(&self, cwd: &str) -> Finder {
        Finder::new(self.0.path().join(cwd), &[], &[], false, Arc::default()).unwrap()
    }

    fn run(&self, paths: &[&str]) -> Found {
        self.request(paths, |_| {})
    }

    fn request(&self, paths: &[&str], change: impl FnOnce(&mut Request<'_>)) -> Found {
        let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
        let mut request = Request {
            paths: &paths,
            stdin_filename: None,
            force_exclude: false,
        };
        change(&mut request);
        all(&request, &self.finder(""))
    }
}

fn names(found: &Found) -> Vec<&str> {
    let pages = found.inputs.iter().filter(|input| !input.needs_fence);
    pages.map(|input| input.path.to_str().unwrap()).collect()
}

fn failures_of(found: &Found) -> Vec<String> {
    let failures = found.failures.iter();
    failures
        .map(|failure| {
            format!(
                "{} ({})",
                failure.message,
                failure.help.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

#[test]
fn a_walk_takes_content_and_leaves_out_what_is_generated() {
    let site = Site::new(&[
        "index.md",
        "_communiques/a.markdown",
        "_communiques/b.MD",
        "docs/c.mdx",
        "docs/d.txt",
        "ignored/e.md",
        "hidden/.f.md",
        ".hidden/f.md",
        "_site/g.md",
        "x/node_modules/h/h.md",
        "vendor/bundle/i.md",
        "vendor/j.md",
        "public/k.md",
        "hugo/public/l.md",
        "hugo/hugo.toml",
    ]);
    site.write(".gitignore", "ignored/\n");
    let found = site.run(&[]);
    let expected = [
        "_communiques/a.markdown",
        "_communiques/b.MD",
        "docs/c.mdx",
        "index.md",
        "public/k.md",
        "vendor/j.md",
    ];
    assert_eq!(names(&found), expected);
    assert!(found.whole_site && found.failures.is_empty());
    assert!(found.covers(&site.0.path().join("docs")));
    assert_eq!(names(&site.run(&["_site"])), ["_site/g.md"]);
    assert_eq!(names(&site.run(&["ignored/e.md"])), ["ignored/e.md"]);
}

#[test]
fn a_walk_goes_into_hidden_folders_that_a_pattern_spells() {
    let site = Site::new(&[
        ".claude/README.md",
        ".claude/skills/a/SKILL.md",
        ".claude/skills/.b/SKILL.md",
        ".agents/skills/c/SKILL.md",
        "app/.agents/skills/d/SKILL.md",
        ".git/skills/e/SKILL.md",
    ]);
    let config = "[[collections]]\nname = 'a'\nfiles = ['.claude/skills/*/SKILL.md', \
                  '**/.agents/**/SKILL.md', '.git/**']\n";
    site.write("frontlint.toml", config);
    let expected = [
        ".agents/skills/c/SKILL.md",
        ".claude/skills/a/SKILL.md",
        "app/.agents/skills/d/SKILL.md",
    ];
    assert_eq!(names(&site.run(&[])), expected);
}

#[test]
fn collections_and_exclusions_shape_a_walk() {
    let site = Site::new(&[
        "a/x.html",
        "a/x.md",
        "b/x.html",
        "b/sub/y.md",
        "c/z.md",
        "c/k.md",
    ]);
    let config = "exclude = ['c/z.md', 'sub']\n\
                  [[collections]]\nname = 'a'\nfiles = ['a/*.{html,md}']\n\
                  [[collections]]\nname = 'b'\nfiles = ['b/**']\n";
    site.write("frontlint.toml", config);
    let found = site.run(&["."]);
    assert_eq!(names(&found), ["a/x.html", "a/x.md", "c/k.md"]);
    assert!(found.whole_site);
    let found = site.run(&["a", "c"]);
    assert!(!found.whole_site);
    let found = site.request(&["c/z.md", "c/k.md", "_site/x.md"], |request| {
        request.force_exclude = true;
    });
    assert_eq!((names(&found), found.dropped), (vec!["c/k.md"], 1));
    assert_eq!(found.failures.len(), 1);
}

#[test]
fn a_file_is_checked_once_under_all_its_spellings() {
    let site = Site::new(&["a/x.md", "b/y.md"]);
    let absolute = site.0.path().join("a/x.md");
    let paths = [
        "./a/x.md",
        "a/x.md",
        "a//x.md",
        "b/../a/x.md",
        absolute.to_str().unwrap(),
        "a",
        "a/*.md",
        ".",
    ];
    let found = site.run(&paths);
    assert_eq!(names(&found), ["a/x.md", "b/y.md"]);
    assert_eq!(found.inputs[0].origin, Origin::Named);
    assert_eq!(found.inputs[1].origin, Origin::Walked);
    let mut reversed = paths;
    reversed.reverse();
    assert_eq!(site.run(&reversed).inputs, found.inputs);
}

#[test]
fn globs_are_expanded_but_a_name_that_exists_wins() {
    let site = Site::new(&[
        "a/x.md",
        "a/y.markdown",
        "a/z.jpg",
        "a/[b].md",
        "a/b.md",
        "a/sub/w.md",
        "a/node_modules/n.md",
    ]);
    assert_eq!(names(&site.run(&["a/[b].md"])), ["a/[b].md"]);
    assert_eq!(names(&site.run(&["a/[bx].md"])), ["a/b.md", "a/x.md"]);
    let all = ["a/[b].md", "a/b.md", "a/sub/w.md", "a/x.md", "a/y.markdown"];
    assert_eq!(names(&site.run(&["**/*.{md,markdown}"])), all);
    assert_eq!(names(&site.run(&["a/*"])), all);
    assert_eq!(names(&site.run(&["a/**"])), all);
    assert_eq!(names(&site.run(&["a/*.jpg"])), ["a/z.jpg"]);
    let absolute = site.0.path().join("a/x*");
    assert_eq!(names(&site.run(&[absolute.to_str().unwrap()])), ["a/x.md"]);
}

#[test]
fn a_path_that_names_nothing_is_reported_with_the_nearest_name() {
    let site = Site::new(&["_communiques/a.md", "_communiques/b.markdown", "x.txt"]);
    fs::create_dir(site.0.path().join("empty")).unwrap();
    let found = site.run(&[
        "_communique/a.md",
        "_communique/c.md",
        "_communiques/A.md",
        "_communiques/*.mdx",
        "_comuniques/*.md",
        "x.txt/a.md",
        "quite-other",
        "empty",
        "e*ty",
        "a/[.md",
        "",
    ]);
    insta::assert_snapshot!(failures_of(&found).join("\n"), @r#"
    no such file: `_communique/a.md` (did you mean `_communiques/a.md`?)
    no such file: `_communique/c.md` (did you mean `_communiques`?)
    no such file: `_communiques/A.md` (did you mean `_communiques/a.md`?)
    no file matches `_communiques/*.mdx` (`_communiques` holds 1 `.markdown` file, 1 `.md` file)
    no file matches `_comuniques/*.md` (did you mean `_communiques`?)
    no such file: `x.txt/a.md` (`x.txt` is a file, not a folder)
    no such file: `quite-other` (a path is taken from the working directory)
    the glob `a/[.md` cannot be read: invalid range pattern (a name that has `[` itself is written with `[[]`)
    one of the paths is empty (without any path the working directory is checked)
    no page is read in `empty`: there is no file (pages are `.md`, `.markdown`, `.mdown`, `.mkd`, `.mkdn` and `.mdx` files; others are read where `files` of a `[[collections]]` entry names them)
    no page is read in the folders that match `e*ty`: there is no file (pages are `.md`, `.markdown`, `.mdown`, `.mkd`, `.mkdn` and `.mdx` files; others are read where `files` of a `[[collections]]` entry names them)
    "#);
    assert!(found.inputs.is_empty());
}

#[test]
fn standard_input_is_an_input_with_a_name() {
    let site = Site::new(&["a.md"]);
    let found = site.run(&["-", "a.md", "-"]);
    assert_eq!(names(&found), ["<stdin>", "a.md"]);
    assert_eq!(found.inputs[0].origin, Origin::Stdin);
    let found = site.request(&["-"], |request| {
        request.stdin_filename = Some(Path::new("./_communiques/new.md"));
    });
    assert_eq!(names(&found), ["_communiques/new.md"]);
}

#[test]
fn a_walk_of_a_part_is_no_walk_of_the_site() {
    let site = Site::new(&["site/_config.yml", "site/_posts/a.md", "site/index.md"]);
    assert!(site.run(&[]).whole_site);
    assert!(site.run(&["site"]).whole_site);
    assert!(!site.run(&["site/_posts"]).whole_site);
    assert!(!site.run(&["site/index.md"]).whole_site);
    let request = Request {
        paths: &[],
        stdin_filename: None,
        force_exclude: false,
    };
    assert!(!discover(&request, &site.finder("site/_posts")).whole_site);
    let found = all(&request, &site.finder("site"));
    assert!(found.whole_site);
    assert_eq!(names(&found), ["_posts/a.md", "index.md"]);
    let up = PathBuf::from("../index.md");
    let request = Request {
        paths: std::slice::from_ref(&up),
        ..request
    };
    let found = all(&request, &site.finder("site/_posts"));
    assert_eq!(names(&found), ["../index.md"]);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_taken_and_loops_end() {
        let site = Site::new(&["a/x.md", "other/d/e.md", "other/x.md", "x.md"]);
        let at = |path: &str| site.0.path().join(path);
        symlink(at("a"), at("a/loop")).unwrap();
        symlink(at("x.md"), at("a/link.md")).unwrap();
        symlink(at("gone.md"), at("a/dangling.md")).unwrap();
        symlink(at("other/d"), at("d")).unwrap();
        assert_eq!(names(&site.run(&["a"])), ["a/link.md", "a/x.md"]);
        assert_eq!(names(&site.run(&["d"])), ["d/e.md"]);
        let found = site.run(&["a/dangling.md", "a/loop/x.md"]);
        assert_eq!(names(&found), ["a/dangling.md", "a/loop/x.md"]);
        // `d/..` is `other`, not the folder that holds `d`.
        assert_eq!(
            names(&site.run(&["d/../x.md", "x.md"])),
            ["d/../x.md", "x.md"]
        );
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_reported() {
        use std::os::unix::fs::PermissionsExt as _;

        let site = Site::new(&["a.md", "closed/b.md"]);
        let closed = site.0.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
        // The superuser may list it all the same.
        let expected = match fs::read_dir(&closed) {
            Ok(_) => 0,
            Err(_) => 1,
        };
        let found = site.run(&[]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(found.failures.len(), expected);
        for failure in &found.failures {
            assert_eq!(
                failure.message,
                "`closed` cannot be read: permission denied"
            );
        }
    }

    #[test]
    fn names_that_are_no_utf_8_do_no_harm() {
        let site = Site::new(&["a.md"]);
        let name = OsStr::from_bytes(b"caf\xe9.md");
        fs::write(site.0.path().join(name), "").unwrap();
        assert_eq!(site.run(&[]).inputs.len(), 2);
        let paths = [
            PathBuf::from(name),
            PathBuf::from(OsStr::from_bytes(b"\xff*")),
        ];
        let found = site.request(&[], |request| {
            // Leaked so that the closure can hand out a longer borrow.
            request.paths = Box::leak(Box::new(paths));
        });
        assert_eq!((found.inputs.len(), found.failures.len()), (1, 1));
    }
}
