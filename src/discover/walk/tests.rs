//! The walk against the one of the `ignore` library, and how its threads share it.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{WalkBuilder, WalkState};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::config::is_markdown;
use crate::discover::batches::BATCH_SIZE;
use crate::discover::{Batch, Input, Origin, Request, discover};
use crate::site::is_output;

/// A tree of files, folders, links and ignore files; paths are within `top/site`.
#[derive(Debug)]
struct Tree {
    files: Vec<String>,
    /// What leads where.
    links: Vec<(String, String)>,
    /// The folder, the name of the ignore file, its lines.
    ignores: Vec<(String, &'static str, Vec<String>)>,
}

impl Tree {
    /// Writes what can be: a file may be in the way of a folder.
    fn write(&self, site: &Path) {
        fs::create_dir_all(site).unwrap();
        let put = |path: &Path, text: &str| {
            let _ = fs::create_dir_all(path.parent().unwrap());
            let _ = fs::write(path, text);
        };
        for file in &self.files {
            put(&site.join(file), "");
        }
        for (folder, name, lines) in &self.ignores {
            put(&site.join(folder).join(name), &lines.join("\n"));
        }
        #[cfg(unix)]
        for (from, to) in &self.links {
            let _ = std::os::unix::fs::symlink(site.join(to), site.join(from));
        }
    }
}

fn folder() -> impl Strategy<Value = String> {
    let name = select(vec!["a", "b", "_c", ".h", "_site"]);
    vec(name, 0..4).prop_map(|names| names.join("/"))
}

fn file() -> impl Strategy<Value = String> {
    let name = select(vec!["a.md", "b.md", ".h.md", "é.markdown", "a", "x.txt"]);
    (folder(), name).prop_map(|(folder, name)| format!("./{folder}/{name}"))
}

fn line() -> impl Strategy<Value = String> {
    let pattern = select(vec![
        "a",
        "b",
        "a.md",
        "*.md",
        "a/",
        "a/*",
        "a/**",
        "**/b",
        "b/a.md",
        "a/b/",
        ".*",
        ".h",
        ".h/",
        ".h.md",
        "[ab].md",
        "{a,b}",
        "*",
        "?",
        "[",
        "a{",
        "site",
        "site/a",
        "top/site/b/",
        "#",
        "",
        "é*",
        "\\!a",
        "b.md ",
        "_c/**/b.md",
        "**",
    ]);
    let before = select(vec!["", "", "!", "!", "/", "!/", "\\"]);
    (before, pattern).prop_map(|(before, pattern)| format!("{before}{pattern}"))
}

fn tree() -> impl Strategy<Value = Tree> {
    let above = select(vec!["../..", "..", "."]).prop_map(str::to_owned);
    let name = select(vec![".ignore", ".gitignore"]);
    let ignore = (prop_oneof![above, folder()], name, vec(line(), 0..5));
    let links = vec((file(), prop_oneof![file(), folder()]), 0..3);
    (vec(file(), 0..25), links, vec(ignore, 0..5)).prop_map(|(files, links, ignores)| Tree {
        files,
        links,
        ignores,
    })
}

/// What the walk visits, absolute.
fn visited(cwd: &Path, roots: &[PathBuf], threads: usize) -> BTreeSet<PathBuf> {
    let finder = Finder::new(cwd.to_owned(), &[], &[], true, Arc::default()).unwrap();
    let request = Request {
        paths: roots,
        stdin_filename: None,
        force_exclude: false,
    };
    let keep = |files: &mut Vec<PathBuf>, batch: &Batch<'_>| {
        // A root that is not a folder is a named file.
        let pages = batch.pages.iter();
        let pages = pages.filter(|page| page.origin == Origin::Walked && !page.needs_fence);
        files.extend(pages.map(|page| paths::absolute(&page.path, cwd)));
    };
    let (workers, _) =
        discover(&request, &finder).for_each_batch(&finder, threads, &Vec::new, &keep);
    let all: Vec<PathBuf> = workers.into_iter().flatten().collect();
    let count = all.len();
    let files: BTreeSet<PathBuf> = all.into_iter().collect();
    assert_eq!(files.len(), count, "a file was visited twice");
    files
}

/// What the library's own walk meets, absolute.
fn expected(roots: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut roots: Vec<&PathBuf> = roots.iter().filter(|root| root.is_dir()).collect();
    roots.sort();
    roots.dedup_by(|next, kept| next.starts_with(kept));
    let Some((first, others)) = roots.split_first() else {
        return BTreeSet::new();
    };
    let mut builder = WalkBuilder::new(first);
    for root in others {
        builder.add(root);
    }
    builder
        .threads(1)
        .follow_links(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false);
    let files = Mutex::new(BTreeSet::new());
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            let Ok(entry) = entry else {
                return WalkState::Continue;
            };
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                let is_left_out = entry.depth() > 0 && is_output(entry.path());
                return match is_left_out {
                    true => WalkState::Skip,
                    false => WalkState::Continue,
                };
            }
            if is_markdown(entry.path()) && entry.path().is_file() {
                files.lock().unwrap().insert(entry.into_path());
            }
            WalkState::Continue
        })
    });
    files.into_inner().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn the_walk_meets_what_the_library_meets(
        tree in tree(),
        roots in vec(select(vec!["", "a", "a/b", ".h", "link", "link/a", "b/a"]), 1..3),
        cwd in select(vec!["", "..", "a", "../.."]),
        threads in 1_usize..4,
    ) {
        let base = tempfile::tempdir().unwrap();
        let base = base.path().canonicalize().unwrap();
        let site = base.join("top/site");
        // Links within one repository are followed from any working directory.
        let _ = fs::create_dir(base.join(".git"));
        tree.write(&site);
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink(site.join("b"), site.join("link"));
        let mut roots: Vec<PathBuf> = roots.into_iter().map(|root| site.join(root)).collect();
        roots.iter_mut().for_each(|root| *root = paths::absolute(root, &base));
        let cwd = paths::absolute(&site.join(cwd), &base);
        prop_assert_eq!(visited(&cwd, &roots, threads), expected(&roots));
    }
}

#[test]
fn the_nearest_ignore_file_decides_and_dot_ignore_before_all() {
    let base = tempfile::tempdir().unwrap();
    let tree = Tree {
        files: [
            "a.md", "b.md", "c/a.md", "c/b.md", "c/.d.md", "e/f.md", ".g/h.md",
        ]
        .map(str::to_owned)
        .to_vec(),
        links: Vec::new(),
        ignores: vec![
            (
                "..".to_owned(),
                ".gitignore",
                vec!["b.md".to_owned(), "e/".to_owned()],
            ),
            (
                ".".to_owned(),
                ".ignore",
                vec!["/a.md".to_owned(), "!.g".to_owned()],
            ),
            (".".to_owned(), ".gitignore", vec!["!a.md".to_owned()]),
            (
                "c".to_owned(),
                ".gitignore",
                vec!["!b.md".to_owned(), "!.d.md".to_owned()],
            ),
        ],
    };
    let site = base.path().join("top/site");
    tree.write(&site);
    let files = visited(&site, &[PathBuf::from(".")], 1);
    let expected = [".g/h.md", "c/.d.md", "c/a.md", "c/b.md"].map(|file| site.join(file));
    assert_eq!(files, BTreeSet::from(expected));
}

/// Where the walk begins in a folder with so many pages.
fn site_with(pages: usize) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    for page in 0..pages {
        fs::write(site.path().join(format!("{page}.md")), "").unwrap();
    }
    site
}

fn walk<W: Send>(
    site: &Path,
    threads: usize,
    new_worker: &(dyn Fn() -> W + Sync),
    check_batch: &(dyn Fn(&mut W, &Batch<'_>) + Sync),
) -> Vec<W> {
    let finder = Finder::new(site.to_owned(), &[], &[], true, Arc::default()).unwrap();
    let request = Request {
        paths: &[],
        stdin_filename: None,
        force_exclude: false,
    };
    let found = discover(&request, &finder);
    found
        .for_each_batch(&finder, threads, new_worker, check_batch)
        .0
}

#[test]
fn more_files_than_may_lie_ready_are_all_visited_once() {
    let pages = BATCH_SIZE * 300;
    let site = site_with(pages);
    for threads in [1, 2, 5] {
        let files = visited(site.path(), &[PathBuf::from(".")], threads);
        assert_eq!(files.len(), pages);
    }
}

#[test]
fn threads_are_started_where_there_is_enough_to_do() {
    let threads_for = |pages, most| {
        let site = site_with(pages);
        let here = std::thread::current().id();
        let new_worker = || std::thread::current().id();
        let threads = walk(site.path(), most, &new_worker, &|_, _| {});
        assert!(threads.contains(&here));
        threads.len()
    };
    assert_eq!(threads_for(30, 4), 1);
    assert_eq!(threads_for(200, 1), 1);
    assert!(threads_for(200, 4) > 1);
}

#[test]
fn a_panic_ends_the_walk() {
    let site = site_with(200);
    let check_batch = |(): &mut (), batch: &Batch<'_>| {
        let is_last = |page: &Input| page.path == Path::new("100.md");
        assert!(!batch.pages.iter().any(is_last));
    };
    let walk = std::panic::AssertUnwindSafe(|| walk(site.path(), 2, &|| (), &check_batch));
    assert!(std::panic::catch_unwind(walk).is_err());
}

#[test]
fn a_folder_without_a_configuration_is_no_site_root() {
    let site = tempfile::tempdir().unwrap();
    let tree = Tree {
        files: [
            "plain/a.md",
            "hugo/a.md",
            "hugo/hugo.toml",
            "vitepress/a.md",
            "vitepress/.vitepress/config.ts",
            "mkdocs/a.md",
            "mkdocs/MkDocs.yml",
            "no-page/a.png",
        ]
        .map(str::to_owned)
        .to_vec(),
        links: Vec::new(),
        ignores: vec![(".".to_owned(), ".ignore", vec!["*.toml".to_owned()])],
    };
    tree.write(site.path());
    let note = |folders: &mut Vec<PathBuf>, batch: &Batch<'_>| {
        folders.extend(batch.no_site_root.map(Path::to_owned));
    };
    let folders = walk(site.path(), 1, &Vec::new, &note).concat();
    assert_eq!(folders, [site.path().join("plain")]);
}
