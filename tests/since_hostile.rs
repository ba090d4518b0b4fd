//! `--since` in repositories whose configuration names programs: none of them runs, and what has
//! changed is found all the same. Plain git runs them, or the tests would prove nothing.

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, UNIX_EPOCH};

use crate::support::{self, Run, Site};

const CONFIG: &str =
    "[[collections]]\nname = \"pages\"\nfiles = [\"pages/*.md\"]\nschema = \"schema.json\"\n";
const PAGE: &str = "---\ntitle: a\nn: 1\n---\nText.\n";
const WITHOUT_TITLE: &str = "---\nn: 1\n---\nText.\n";

/// A site in a repository, and a folder beside it for programs and the marks that they leave.
struct Repository {
    site: Site,
    beside: Site,
    /// How often a page was touched: git must see another time each time.
    touched: Cell<u64>,
}

impl Repository {
    fn new() -> Self {
        let site = Site::empty()
            .with("frontlint.toml", CONFIG)
            .with("schema.json", "{\"required\": [\"title\"]}")
            .with("pages/a.md", PAGE)
            .with("pages/touched.md", format!("{PAGE}More.\n"));
        let repository = Self {
            site,
            beside: Site::empty(),
            touched: Cell::new(0),
        };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    fn with(mut self, path: &str, bytes: &str) -> Self {
        self.site = self.site.with(path, bytes);
        self
    }

    /// Commits everything, then deletes the title of one page and touches the other.
    fn change(self) -> Self {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "-m", "x"]);
        let repository = self.with("pages/a.md", WITHOUT_TITLE);
        repository.touch("pages/touched.md");
        repository
    }

    /// Makes git compare the page's bytes, and not only its size and time.
    fn touch(&self, page: &str) {
        self.touched.set(self.touched.get() + 1);
        let time = UNIX_EPOCH + Duration::from_secs(86_400 * self.touched.get());
        let page = fs::File::options().write(true).open(self.site.path(page));
        page.unwrap().set_modified(time).unwrap();
    }

    /// A program that leaves a mark and passes its input on.
    fn program(&self) -> PathBuf {
        let script = format!("#!/bin/sh\n: > '{}'\ncat\n", self.mark().display());
        write_program(&self.beside.path("program"), &script)
    }

    fn mark(&self) -> PathBuf {
        self.beside.path("mark")
    }

    fn set(&self, key: &str, value: &Path) {
        self.git(&["config", key, value.to_str().unwrap()]);
    }

    fn try_git(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=A", "-c", "user.email=a@archives.example"]);
        let command = command.args(arguments).current_dir(self.site.root());
        without_user_config(command).output().unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = support::frontlint();
        command.args(["check", "--output-format", "json"]);
        command.args(arguments).current_dir(self.site.root());
        without_user_config(&mut command);
        command
    }

    fn since(&self, arguments: &[&str]) -> Run {
        support::run(self.command(arguments), b"")
    }

    /// Checks that the page without a title is found and that no program ran.
    fn finds_the_change_and_runs_nothing(&self, name: &str) {
        for arguments in [
            &["--since", "HEAD"][..],
            &["--since", "HEAD", "--changed-lines"],
        ] {
            self.touch("pages/touched.md");
            let run = self.since(arguments);
            assert_eq!(run.status, Some(1), "{name}: {}", run.stderr);
            let findings = run.findings();
            let paths: Vec<_> = findings.iter().map(|it| &it["path"]).collect();
            assert_eq!(paths, ["pages/a.md"], "{name}");
            assert!(!self.mark().exists(), "{name} ran with {arguments:?}");
        }
    }

    /// Checks that git without settings of ours runs the program.
    fn plain_git_runs_it(&self, name: &str) {
        self.touch("pages/touched.md");
        self.try_git(&["diff", "HEAD"]);
        assert!(self.mark().exists(), "git does not run {name}");
    }
}

fn write_program(path: &Path, text: &str) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_owned()
}

fn without_user_config(command: &mut Command) -> &mut Command {
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
}

#[test]
fn no_program_of_the_configuration_runs() {
    let keys = [
        "core.fsmonitor",
        "filter.x.clean",
        "filter.x.process",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
    ];
    for key in keys {
        let repository = Repository::new()
            .with(".gitattributes", "*.md filter=x diff=x\n")
            .change();
        repository.set(key, &repository.program());
        if key.starts_with("filter") {
            repository.git(&["config", "filter.x.required", "true"]);
        }
        repository.finds_the_change_and_runs_nothing(key);
        repository.plain_git_runs_it(key);
    }
}

#[test]
fn no_program_runs_that_git_starts_only_elsewhere() {
    let repository = Repository::new().change();
    let program = repository.program();
    for key in [
        "core.pager",
        "pager.diff",
        "core.sshCommand",
        "core.gitProxy",
        "core.askPass",
        "core.alternateRefsCommand",
        "core.editor",
        "credential.helper",
        "gpg.program",
        "filter.x.smudge",
        // From git 2.54 on hooks are in the configuration too.
        "hook.x.command",
    ] {
        repository.set(key, &program);
    }
    repository.git(&["config", "hook.x.event", "post-index-change"]);
    repository.git(&["config", "log.showSignature", "true"]);
    repository.finds_the_change_and_runs_nothing("one of many");
}

#[test]
fn no_filter_runs_whatever_its_name() {
    for name in [
        "a=b",
        "it's",
        "\\\"quoted\\\"",
        "a.b",
        "-c",
        "",
        "Ü",
        "$(x)",
    ] {
        // What is within quotes in the file that is included.
        let section = format!("[filter \"{name}\"]\n");
        let plain = name.replace('\\', "");
        let repository = Repository::new()
            .with(".gitattributes", &format!("*.md filter={plain}\n"))
            .change();
        let program = repository.program();
        let included = repository.beside.path("included");
        let text = format!("{section}clean = {}\nrequired\n", program.display());
        fs::write(&included, text).unwrap();
        repository.set("include.path", &included);
        repository.finds_the_change_and_runs_nothing(&plain);
        repository.plain_git_runs_it(&plain);
    }
}

#[test]
fn no_hook_runs() {
    for folder in [".git/hooks", "elsewhere"] {
        let repository = Repository::new().change();
        let hooks = repository.site.path(folder);
        fs::create_dir_all(&hooks).unwrap();
        symlink(repository.program(), hooks.join("post-index-change")).unwrap();
        if folder == "elsewhere" {
            repository.set("core.hooksPath", &hooks);
        }
        repository.finds_the_change_and_runs_nothing(folder);
        repository.plain_git_runs_it(folder);
    }
}

#[test]
fn no_program_of_a_submodule_runs() {
    let repository = Repository::new();
    repository.git(&["init", "--quiet", "module"]);
    let module = ["-C", "module"];
    let commit = ["commit", "--quiet", "--allow-empty", "-m", "x"];
    repository.git(&[&module[..], &commit].concat());
    let repository = repository.change();
    let program = repository.program();
    let set = ["config", "core.fsmonitor", program.to_str().unwrap()];
    repository.git(&[&module[..], &set].concat());
    repository.finds_the_change_and_runs_nothing("a submodule");
    repository.plain_git_runs_it("a submodule");
}

#[test]
fn a_partial_clone_fetches_nothing() {
    let upstream = Repository::new();
    upstream.git(&["config", "uploadpack.allowFilter", "true"]);
    upstream.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let upstream = upstream.change();
    upstream.git(&["switch", "--quiet", "--create", "work"]);
    upstream.git(&["commit", "--quiet", "--all", "-m", "x"]);
    let mut clone = Repository::new();
    clone.site = Site::empty();
    let url = format!("file://{}", upstream.site.root().display());
    clone.git(&["clone", "--quiet", "--filter=blob:none", &url, "."]);
    clone.git(&["branch", "--quiet", "main", "origin/main"]);
    let mark = clone.mark();
    let script = format!(
        "#!/bin/sh\n: > '{}'\nexec git-upload-pack \"$@\"\n",
        mark.display()
    );
    let program = write_program(&clone.beside.path("program"), &script);
    clone.set("remote.origin.uploadpack", &program);
    // Which files have changed is known without what they held.
    let run = clone.since(&["--since", "main"]);
    assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
    let run = clone.since(&["--since", "main", "--changed-lines"]);
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("this clone is partial"),
        "{}",
        run.stderr
    );
    assert!(!mark.exists());
    clone.git(&["diff", "main"]);
    assert!(mark.exists(), "git does not fetch");
    // As the help says.
    clone.git(&["config", "--unset", "remote.origin.uploadpack"]);
    clone.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    let run = clone.since(&["--since", "main", "--changed-lines"]);
    assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
}

#[test]
fn a_bare_repository_among_the_files_is_not_the_repository() {
    let repository = Repository::new().change();
    let pages = repository.site.path("pages");
    let bare = pages.to_str().unwrap();
    repository.git(&["init", "--quiet", "--bare", bare]);
    let program = repository.program();
    let set = ["config", "core.fsmonitor", program.to_str().unwrap()];
    repository.git(&[&["--git-dir", bare][..], &set].concat());
    repository.git(&["--git-dir", bare, "config", "core.bare", "false"]);
    repository.git(&["--git-dir", bare, "config", "core.worktree", "."]);
    let mut command = repository.command(&["--since", "HEAD"]);
    command.current_dir(&pages);
    let run = support::run(command, b"");
    assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
    assert!(!repository.mark().exists());
    repository.try_git(&["-C", bare, "ls-files", "--others"]);
    assert!(repository.mark().exists(), "git does not take it for one");
    // Nor where the folder has a `.git` that is none.
    fs::remove_file(repository.mark()).unwrap();
    fs::create_dir(pages.join(".git")).unwrap();
    let mut command = repository.command(&["--since", "HEAD"]);
    command.current_dir(&pages);
    let run = support::run(command, b"");
    assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
    assert!(!repository.mark().exists());
}

#[test]
fn a_work_tree_elsewhere_hides_no_change() {
    let repository = Repository::new().change();
    repository.set("core.worktree", repository.beside.root());
    repository.finds_the_change_and_runs_nothing("core.worktree");
}

#[test]
fn no_git_of_the_working_directory_runs() {
    let repository = Repository::new().change();
    let script = format!("#!/bin/sh\n: > '{}'\n", repository.mark().display());
    write_program(&repository.site.path("git"), &script);
    write_program(&repository.site.path("bin/git"), &script);
    let path = std::env::var("PATH").unwrap();
    for first in ["", ".", "bin", "./bin", "pages/../bin"] {
        let mut command = repository.command(&["--since", "HEAD"]);
        command.env("PATH", format!("{first}:{path}"));
        let run = support::run(command, b"");
        assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
        assert!(!repository.mark().exists(), "`{first}`");
    }
    let mut command = repository.command(&["--since", "HEAD"]);
    command.env("PATH", ".:bin");
    let run = support::run(command, b"");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(
        run.stderr.contains("in no folder of `PATH`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_git_that_is_too_old_is_status_2() {
    let git = "for option; do case $option in --version) echo \"git version VERSION\"; exit;; esac; done\nexec REAL \"$@\"\n";
    let path = std::env::var("PATH").unwrap();
    let real = path
        .split(':')
        .map(|folder| Path::new(folder).join("git"))
        .find(|git| git.is_file())
        .unwrap();
    let repository = Repository::new().change();
    let with = |version: &str| {
        let script = git.replace("VERSION", version);
        let script = script.replace("REAL", real.to_str().unwrap());
        write_program(
            &repository.beside.path("bin/git"),
            &format!("#!/bin/sh\n{script}"),
        );
        let mut command = repository.command(&["--since", "HEAD"]);
        let bin = repository.beside.path("bin");
        command.env("PATH", format!("{}:{path}", bin.display()));
        support::run(command, b"")
    };
    for version in ["1.8.3.1", "2.30.2", "2.30.2 (Apple Git-1)"] {
        let run = with(version);
        assert_eq!(run.status, Some(2), "{version}: {}", run.stderr);
        let number = version.split(' ').next().unwrap();
        let number = number.strip_suffix(".1").unwrap_or(number);
        for words in [&format!("git {number} cannot"), "needs git 2.31.0 or newer"] {
            assert!(run.stderr.contains(words), "{version}: {}", run.stderr);
        }
    }
    assert_eq!(with("unknown").status, Some(2));
    for version in ["2.31.0", "2.47.3.windows.1", "3.0.GIT"] {
        assert_eq!(with(version).rules(), ["missing-key"], "{version}");
    }
    // An old git is a risk to a partial clone alone.
    repository.git(&["config", "remote.origin.promisor", "true"]);
    assert_eq!(with("2.39.4").status, Some(1));
    let run = with("2.44.0");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("needs git 2.45.0"), "{}", run.stderr);
}

#[test]
fn a_repository_of_another_user_is_status_2() {
    let repository = Repository::new().change();
    let mut command = repository.command(&["--since", "HEAD"]);
    command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let run = support::run(command, b"");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
    for words in ["belongs to another user", "--add safe.directory"] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}

#[test]
fn a_hook_of_the_user_may_run_frontlint() {
    let mut repository = Repository::new().change();
    let frontlint = env!("CARGO_BIN_EXE_frontlint");
    let hook = format!("#!/bin/sh\nexec '{frontlint}' check --since HEAD\n");
    write_program(&repository.site.path(".git/hooks/pre-commit"), &hook);
    commit_is_refused(&repository);
    // In a work tree that is linked, git names the repository to its hooks.
    let linked = Site::empty();
    repository.git(&[
        "worktree",
        "add",
        "--quiet",
        "-b",
        "linked",
        linked.root().to_str().unwrap(),
    ]);
    let _main = std::mem::replace(&mut repository.site, linked);
    commit_is_refused(&repository.with("pages/a.md", WITHOUT_TITLE));
}

fn commit_is_refused(repository: &Repository) {
    let output = repository.try_git(&["commit", "-m", "x", "pages/a.md"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("missing-key"), "{said}");
    assert!(said.contains("1 of 2 files changed"), "{said}");
}

#[test]
fn what_a_filter_stores_otherwise_counts_as_changed() {
    let repository = Repository::new().with(".gitattributes", "*.md filter=x\n");
    repository.git(&["config", "filter.x.clean", "sed s/Text/Word/"]);
    repository.git(&["config", "filter.x.smudge", "sed s/Word/Text/"]);
    let repository = repository.change().with("pages/touched.md", WITHOUT_TITLE);
    repository.git(&["commit", "--quiet", "--all", "-m", "x"]);
    // As long as nothing is touched, git knows the files by size and time.
    repository.touch("pages/a.md");
    repository.touch("pages/touched.md");
    repository.git(&["add", "--all"]);
    let run = repository.since(&["--since", "HEAD"]);
    assert_eq!(run.rules(), [""; 0], "{}", run.stderr);
    repository.touch("pages/touched.md");
    let run = repository.since(&["--since", "HEAD"]);
    assert_eq!(run.rules(), ["missing-key"], "{}", run.stderr);
}

fn make_pipe(path: &Path) {
    let _ = fs::remove_file(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn git_opens_no_ignore_files() {
    let repository = Repository::new().change();
    let pipe = repository.beside.path("pipe");
    make_pipe(&pipe);
    make_pipe(&repository.site.path("other/.gitignore"));
    repository.set("core.excludesFile", &pipe);
    repository.set("core.attributesFile", &pipe);
    let run = repository.since(&["--since", "HEAD", "pages/a.md"]);
    assert_eq!(run.status, Some(1), "{}", run.stderr);
}

#[test]
fn a_pipe_that_git_would_wait_for_is_status_2() {
    let refused = |pipe: &str, prepare: &dyn Fn(&Repository)| {
        let repository = Repository::new().change();
        prepare(&repository);
        make_pipe(&repository.site.path(pipe));
        let run = repository.since(&["--since", "HEAD", "pages/a.md"]);
        assert_eq!(run.status, Some(2), "{pipe}: {}", run.stderr);
        assert!(
            run.stderr.contains("a named pipe"),
            "{pipe}: {}",
            run.stderr
        );
    };
    for pipe in [
        "pages/.gitattributes",
        ".git/config",
        ".git/HEAD",
        ".git/index",
        ".git/info/attributes",
        ".git/refs/heads/main",
    ] {
        refused(pipe, &|_| {});
    }
    refused("pipe", &|repository| {
        repository.git(&["config", "include.path", "../pipe"]);
    });
    refused("pipe", &|repository| {
        fs::write(repository.site.path(".git/more"), "[include]path=../pipe\n").unwrap();
        repository.git(&["config", "includeIf.gitdir:**.path", "more"]);
    });
}

#[test]
fn what_is_in_another_repository_is_not_new() {
    let repository = Repository::new().change();
    repository.git(&["init", "--quiet", "pages/other"]);
    let repository = repository
        .with("pages/other/x.md", WITHOUT_TITLE)
        .with("pages/new.md", WITHOUT_TITLE);
    let run = repository.since(&["--since", "HEAD", "pages/other/x.md", "pages/new.md"]);
    assert!(
        run.stderr.contains("1 of 2 files changed"),
        "{}",
        run.stderr
    );
}

#[test]
fn lines_of_large_files_are_not_compared() {
    let large = "line\n".repeat(1 << 20);
    let repository = Repository::new()
        .with("pages/large.md", &format!("{PAGE}{large}"))
        .with("pages/odd.m[d", PAGE)
        .change()
        .with("pages/large.md", &format!("{WITHOUT_TITLE}{large}."))
        .with("pages/odd.m[d", &format!("{PAGE}More.\n"));
    let run = repository.since(&["--since", "HEAD", "--changed-lines"]);
    assert_eq!(run.findings().len(), 2, "{}", run.stderr);
    let run = repository.since(&["--since", "HEAD", "--changed-lines", "pages/odd.m[d"]);
    assert!(run.stderr.contains("1 of 1 file changed"), "{}", run.stderr);
}

#[test]
fn no_value_of_an_included_file_is_shown() {
    for setting in [
        "[core]\nabbrev = hunter2\n",
        "[color \"diff\"]\nmeta = hunter2\n",
    ] {
        let repository = Repository::new().change();
        let included = repository.beside.path("included");
        fs::write(&included, setting).unwrap();
        repository.set("include.path", &included);
        let run = repository.since(&["--since", "HEAD"]);
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    }
}
