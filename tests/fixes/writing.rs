//! How files are written: as a whole, within the repository, never over what others wrote.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::GOOD;
use crate::support::{Site, frontlint};

const PADDED: &str = "---\ntitle: ' T'\ndate: 2024-05-23 10:00:00 +02:00\n---\n";

fn fixed() -> String {
    PADDED.replace("' T'", "'T'")
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap()
}

/// What is left of temporary files in a folder.
fn temporary(site: &Site, folder: &str) -> usize {
    let entries = fs::read_dir(site.path(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().ends_with(".tmp"))
        .count()
}

/// A site in a repository, in a folder with a page beside the repository.
fn repository() -> Site {
    let site = Site::press_room();
    let config = read(&site, "frontlint.toml");
    fs::create_dir_all(site.path("repository/.git")).unwrap();
    let site = site
        .with("repository/frontlint.toml", config)
        .with("repository/_communiques/ok.md", PADDED)
        .with("outside/page.md", PADDED)
        .with("outside/report.json", "kept");
    let link = |to: &str, from: &str| symlink(site.path(to), site.path(from)).unwrap();
    link("outside/page.md", "repository/_communiques/link.md");
    link("outside/report.json", "repository/report.json");
    link("outside", "repository/folder");
    site
}

fn run(site: &Site, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = frontlint();
    command
        .current_dir(site.path("repository"))
        .args(["check", "--quiet"])
        .args(arguments);
    let run = crate::support::run(command, b"");
    (run.status, run.stderr)
}

#[test]
fn a_page_outside_of_the_repository_is_written_only_where_it_is_named_as_such() {
    let ok = "_communiques/ok.md";
    for arguments in [
        &["--fix"][..],
        &["--fix", "_communiques/*.md"],
        // As a shell expands the pattern.
        &["--fix", ok, "_communiques/link.md"],
        &["--fix", ok, "folder/page.md"],
        &["--fix", ok, "folder"],
    ] {
        let site = repository();
        let (status, stderr) = run(&site, arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {stderr}");
        assert_eq!(read(&site, "outside/page.md"), PADDED, "{arguments:?}");
        assert_eq!(read(&site, "repository/_communiques/ok.md"), fixed());
        assert_eq!(temporary(&site, "outside"), 0);
    }
    let site = repository();
    let (status, stderr) = run(&site, &["--fix", "_communiques/link.md"]);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("leads out of it"), "{stderr}");
    let (status, stderr) = run(&site, &["--fix", "../outside/page.md"]);
    assert_ne!(status, Some(2), "{stderr}");
    assert_eq!(read(&site, "outside/page.md"), fixed());
}

#[test]
fn no_report_and_no_baseline_leaves_the_repository_through_a_link() {
    let site = repository();
    for path in ["report.json", "folder/new.json", "./folder/report.json"] {
        for option in ["--output-file", "--write-baseline"] {
            let (status, stderr) = run(&site, &[option, path, "_communiques/ok.md"]);
            assert_eq!(status, Some(2), "{option} {path}: {stderr}");
            assert!(stderr.contains("leads out of it"), "{stderr}");
        }
    }
    assert_eq!(read(&site, "outside/report.json"), "kept");
    assert!(!site.path("outside/new.json").exists());
    // The command line itself may name any place.
    for option in ["--output-file", "--write-baseline"] {
        let (status, stderr) = run(
            &site,
            &[option, "../outside/new.json", "_communiques/ok.md"],
        );
        assert_ne!(status, Some(2), "{option}: {stderr}");
        fs::remove_file(site.path("outside/new.json")).unwrap();
    }
}

fn make_pipe(site: &Site, path: &str) -> std::path::PathBuf {
    let path = site.path(path);
    assert!(
        Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    path
}

#[test]
fn a_pipe_is_not_waited_for_and_is_no_baseline() {
    let site = repository();
    fs::remove_file(site.path("repository/_communiques/link.md")).unwrap();
    make_pipe(&site, "repository/pipe");
    for (option, words) in [
        ("--output-file", "a pipe that nobody reads"),
        ("--write-baseline", "no regular file"),
    ] {
        for pages in [&["_communiques/ok.md"][..], &[]] {
            let (status, stderr) = run(&site, &[&[option, "pipe"], pages].concat());
            assert_eq!(status, Some(2), "{option}: {stderr}");
            assert!(stderr.contains(words), "{option}: {stderr}");
        }
    }
}

#[test]
fn a_pipe_with_a_slow_reader_gets_all_of_a_report() {
    let mut site = repository();
    fs::remove_file(site.path("repository/_communiques/link.md")).unwrap();
    for number in 0..600 {
        let page = format!("repository/_communiques/p{number}.md");
        site = site.with(&page, PADDED);
    }
    let pipe = make_pipe(&site, "repository/pipe");
    let reader = std::thread::spawn(move || {
        let mut file = fs::File::open(pipe).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        text
    });
    // The reader waits for a writer, and has to be there before that.
    std::thread::sleep(Duration::from_millis(300));
    let options = ["--output-format", "jsonl", "--output-file", "pipe"];
    let (status, stderr) = run(&site, &options);
    assert_ne!(status, Some(2), "{stderr}");
    let text = reader.join().unwrap();
    // More than a pipe holds.
    assert!(text.len() > 128 << 10, "{}", text.len());
    assert!(text.ends_with("}\n") && text.lines().count() > 600);
}

#[test]
fn a_page_of_many_bytes_keeps_them_all() {
    let body = "\u{feff}text \r\n".repeat(100_000);
    let page = format!("\u{feff}{}{body}", PADDED.replace('\n', "\r\n"));
    let site = Site::press_room().with("_communiques/a.md", &page);
    let run = site.run(&["check", "--fix", "_communiques/a.md"]);
    assert!(run.stderr.contains("fixed"), "{}", run.stderr);
    let after = read(&site, "_communiques/a.md");
    let expected = page.replacen("' T'", "'T'", 1);
    let expected = expected.trim_start_matches('\u{feff}');
    assert!(after.trim_start_matches('\u{feff}') == expected);
}

/// A site of many pages with a fix, and frontlint at work on them.
fn many() -> (Site, Child) {
    let mut site = Site::press_room();
    for number in 0..400 {
        site = site.with(&path(number), PADDED);
    }
    let child = frontlint()
        .current_dir(site.root())
        .args(["check", "--fix", "--quiet"])
        .args(["--output-format", "jsonl"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    (site, child)
}

fn path(number: usize) -> String {
    format!("_communiques/p{number:03}.md")
}

/// Waits until frontlint has begun to write.
fn wait_for_first(site: &Site) {
    let begin = Instant::now();
    while read(site, &path(3)) != fixed() {
        assert!(begin.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_page_that_changes_meanwhile_is_left_alone_and_the_others_are_fixed() {
    let (site, child) = many();
    wait_for_first(&site);
    let new = format!(
        "{}---\nWritten meanwhile.\n",
        GOOD.replace("T\n", "' New'\n")
    );
    fs::write(site.path("new.txt"), &new).unwrap();
    fs::rename(site.path("new.txt"), site.path(&path(399))).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(read(&site, &path(399)), new);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("p399.md`: it changed"), "{stderr}");
    assert_eq!(read(&site, &path(398)), fixed());
}

#[test]
fn a_signal_leaves_whole_pages_and_no_temporary_file() {
    for (name, number) in [("TERM", 15), ("HUP", 1)] {
        let (site, child) = many();
        wait_for_first(&site);
        let process = child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &process]).status();
        assert!(sent.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(number), "{output:?}");
        assert_eq!(temporary(&site, "_communiques"), 0);
        for number in 0..400 {
            let page = read(&site, &path(number));
            assert!(page == PADDED || page == fixed(), "{page}");
        }
    }
}
