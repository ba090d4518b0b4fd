//! What is opened, what is inside, and what is not looked at.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::open::{Listed, open_listed};
use super::*;

/// A folder `site` in a repository, beside what is outside of it.
struct Tree(tempfile::TempDir);

impl Tree {
    fn new() -> Self {
        let tree = Self(tempfile::tempdir().unwrap());
        for folder in ["repo/.git", "repo/site/pages", "repo/shared", "other"] {
            fs::create_dir_all(tree.at(folder)).unwrap();
        }
        for file in ["repo/shared/a.json", "repo/site/b.json", "other/c.json"] {
            fs::write(tree.at(file), file).unwrap();
        }
        tree
    }

    fn at(&self, path: &str) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap().join(path)
    }

    fn boundary(&self) -> Boundary {
        self.boundary_of("repo/site")
    }

    fn boundary_of(&self, start: &str) -> Boundary {
        let folder = self.at("repo/site");
        let name = "the working directory";
        Boundary::of(self.at(start), Place { folder, name })
    }

    /// A link in `repo/site`.
    fn link(&self, name: &str, target: impl AsRef<Path>) -> PathBuf {
        let link = self.at("repo/site").join(name);
        symlink(target, &link).unwrap();
        link
    }
}

fn text(path: &Path, within: &Boundary) -> String {
    match read(path, within) {
        Ok(bytes) => String::from_utf8(bytes).unwrap(),
        Err(error) => error.to_string(),
    }
}

const OUTSIDE: &str = "it leads out of the repository";

#[test]
fn what_is_inside_is_read_over_links_and_dots() {
    let tree = Tree::new();
    let within = tree.boundary();
    let site = tree.at("repo/site");
    tree.link("one", "../shared/a.json");
    tree.link("two", "one");
    tree.link("folder", "../shared");
    tree.link("absolute", tree.at("repo/shared/a.json"));
    for path in [
        "../shared/a.json",
        "./pages/../../shared/./a.json",
        "one",
        "two",
        "folder/a.json",
        "folder/../shared/a.json",
        "absolute",
        "../../repo/shared/a.json",
    ] {
        assert_eq!(
            text(&site.join(path), &within),
            "repo/shared/a.json",
            "{path}"
        );
    }
    assert_eq!(
        text(&tree.at("repo/shared/a.json"), &within),
        "repo/shared/a.json"
    );
    assert_eq!(within.root(), Some(&*tree.at("repo")));
}

#[test]
fn what_is_outside_is_refused_alike_whether_it_exists_or_not() {
    let tree = Tree::new();
    let within = tree.boundary();
    let site = tree.at("repo/site");
    for (name, target) in [
        ("file", "../../other/c.json"),
        ("gone", "../../other/d.json"),
    ] {
        tree.link(name, target);
        tree.link(&format!("{name}-far"), tree.at("other").join(target));
        tree.link(&format!("{name}-twice"), name);
    }
    tree.link("folder", "../../other");
    tree.link("no-folder", "../../nowhere");
    for path in [
        "file",
        "gone",
        "file-far",
        "gone-far",
        "file-twice",
        "gone-twice",
        "folder/c.json",
        "folder/d.json",
        "no-folder/d.json",
        "folder/../repo/site/b.json",
        "../../other/c.json",
        "../../other/d.json",
        "missing/../../../other/c.json",
        "../..",
        "/",
        "/etc/passwd",
        "/etc/no-such-file",
        "../../../../../../../../../../etc/passwd",
    ] {
        assert_eq!(text(&site.join(path), &within), OUTSIDE, "{path}");
        assert!(!within.has_file(&site.join(path)) && !within.has_folder(&site.join(path)));
    }
    assert_eq!(
        text(&tree.at("other/c.json"), &Boundary::none()),
        "other/c.json"
    );
    assert_eq!(text(&site.join("file"), &Boundary::none()), "other/c.json");
}

#[test]
fn links_in_a_circle_end() {
    let tree = Tree::new();
    tree.link("a", "b");
    tree.link("b", "a");
    tree.link("self", "self/x");
    for name in ["a", "self"] {
        let said = text(&tree.at("repo/site").join(name), &tree.boundary());
        assert_eq!(said, "its links lead in a circle");
    }
}

#[test]
fn the_nearest_repository_counts_and_git_may_be_a_file() {
    let tree = Tree::new();
    let site = tree.at("repo/site");
    assert_eq!(
        text(&site.join("../shared/a.json"), &tree.boundary()),
        "repo/shared/a.json"
    );
    fs::write(site.join(".git"), "gitdir: ../.git/modules/site").unwrap();
    assert_eq!(
        text(&site.join("../shared/a.json"), &tree.boundary()),
        OUTSIDE
    );
    assert_eq!(
        text(&site.join("b.json"), &tree.boundary()),
        "repo/site/b.json"
    );
}

#[test]
fn without_a_repository_the_other_folder_counts() {
    let tree = Tree::new();
    fs::remove_dir(tree.at("repo/.git")).unwrap();
    let within = tree.boundary_of("repo/site/pages");
    let pages = tree.at("repo/site/pages");
    assert_eq!(text(&pages.join("../b.json"), &within), "repo/site/b.json");
    let outside = text(&pages.join("../../shared/a.json"), &within);
    assert_eq!(outside, "it leads out of the working directory");
    let alone = Boundary::at(pages.clone(), "the site");
    assert_eq!(
        text(&pages.join("../b.json"), &alone),
        "it leads out of the site"
    );
}

#[test]
fn a_repository_that_is_reached_over_a_link_is_the_same() {
    let tree = Tree::new();
    symlink("repo", tree.at("alias")).unwrap();
    symlink("repo/site", tree.at("deep")).unwrap();
    for start in ["alias/site", "deep"] {
        let within = tree.boundary_of(start);
        let start = tree.at(start);
        for path in [
            start.join("b.json"),
            start.join("pages/../b.json"),
            start.join("../site/b.json"),
            tree.at("alias/site/b.json"),
            tree.at("repo/site/b.json"),
        ] {
            assert_eq!(text(&path, &within), "repo/site/b.json", "{path:?}");
        }
        assert_eq!(
            text(&start.join("../shared/a.json"), &within),
            "repo/shared/a.json"
        );
        assert_eq!(text(&start.join("../../other/c.json"), &within), OUTSIDE);
        assert_eq!(text(&tree.at("alias/../other/c.json"), &within), OUTSIDE);
    }
    tree.link("by-alias", tree.at("alias/shared/a.json"));
    let link = tree.at("repo/site/by-alias");
    assert_eq!(text(&link, &tree.boundary()), "repo/shared/a.json");
}

#[test]
fn only_regular_files_are_opened_and_nothing_is_waited_for() {
    let tree = Tree::new();
    let site = tree.at("repo/site");
    let pipe = site.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(site.join("socket")).unwrap();
    let free = Boundary::none();
    for within in [&free, &tree.boundary()] {
        assert_eq!(text(&pipe, within), "it is a named pipe, not a file");
        assert_eq!(
            text(&site.join("pages"), within),
            "it is a folder, not a file"
        );
        assert_eq!(text(&site.join("x"), within), "there is no such file");
        let socket = text(&site.join("socket"), &free);
        assert_eq!(socket, "it is a socket, not a file");
    }
    assert_eq!(
        text(Path::new("/dev/zero"), &free),
        "it is a device, not a file"
    );
    assert!(matches!(open_listed(&pipe), Ok(Listed::File(_))));
    assert!(matches!(
        open_listed(&tree.link("l", "b.json")),
        Ok(Listed::Link)
    ));
    assert!(matches!(
        open_listed(&tree.link("d", "gone")),
        Ok(Listed::Link)
    ));
    assert!(open_listed(&site.join("x")).is_err());
}

#[test]
fn no_more_is_read_than_the_limit() {
    let tree = Tree::new();
    let file = tree.at("repo/site/b.json");
    fs::write(&file, "12345").unwrap();
    let read = |limit| read_up_to(limit, &file, &tree.boundary()).map_err(|it| it.to_string());
    assert_eq!(read(5), Ok(b"12345".to_vec()));
    assert_eq!(read(4), Err("it is larger than 4 bytes".to_owned()));
    let endless = Path::new("/proc/self/pagemap");
    if endless.exists() {
        assert!(super::read(endless, &Boundary::none()).is_err());
    }
    let proc = Path::new("/proc/self/status");
    if proc.exists() {
        assert!(text(proc, &Boundary::none()).starts_with("Name:"));
    }
}
