//! The only module that starts a program: `git`, in a repository whose files, attributes and
//! configuration may be a stranger's.
//!
//! Git runs programs that a repository's configuration names. Here all of that is off, for the user's
//! own configuration too, so that the same repository gives the same changes everywhere:
//!
//! | what git would run | what turns it off |
//! |---|---|
//! | `core.fsmonitor` | `-c core.fsmonitor=false` |
//! | hooks, `core.hooksPath` | `-c core.hooksPath=/dev/null` |
//! | `hook.NAME.command` (from git 2.54 on) | `hook.NAME.enabled`, empty for each name |
//! | `filter.NAME.clean`, `.smudge`, `.process` | empty for each name, `.required` too |
//! | `diff.external`, `diff.NAME.command`, `.textconv` | options of the one `git diff` |
//! | `core.pager`, `pager.NAME` | `--no-pager` |
//! | transports, and with them ssh, proxies, credential and askpass programs | `GIT_ALLOW_PROTOCOL` |
//! | the fetch of what a partial clone lacks | `GIT_NO_LAZY_FETCH`, or an error where git is too old |
//! | the configuration of a bare repository among the files | [`Git::open`] looks for `.git` alone |
//!
//! [`super::stalls`] looks beforehand for files at which git would wait for ever; where it waits all the
//! same, [`super::process`] ends it after a while.
//!
//! Must not run a command that needs more than that: no `fetch`, `status` or `checkout`, nothing
//! that enters a submodule, nothing that reads ignore files.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::complaint::Complaint;
use super::system::{path_of, text_of, trim, variable};
use super::version::Version;
use super::{failure, process, stalls};
use crate::diagnostic::Problem;
use crate::files;
use crate::paths;

/// What git wrote on standard output, or on standard error where it failed.
pub(super) type Answer = Result<Vec<u8>, Complaint>;

/// A repository, and the `git` that reads it.
pub(super) struct Git {
    program: PathBuf,
    version: Version,
    /// The top of the work tree, where every command runs.
    top: PathBuf,
    /// Names the repository to git, so that it looks for none.
    repository: Vec<(&'static str, PathBuf)>,
    /// Arguments that turn off what the configuration names.
    settings: Vec<OsString>,
}

/// Turns off what needs no name.
const SETTINGS: [&str; 11] = [
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    // A repository may name a pipe. Even `git diff` opens the second.
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "core.excludesFile=/dev/null",
    // Larger files are not compared line by line, which would take ten times their size.
    "-c",
    "core.bigFileThreshold=4m",
];

/// How long git may take to read its configuration.
const SHORT: Duration = Duration::from_secs(10);

/// How long git may take to compare.
const LONG: Duration = Duration::from_secs(120);

/// Names no repository.
const NO_REPOSITORY: &str = "/dev/null";

/// A variable that is set and empty, for `--config-env`: the name of a filter may hold a `=`, where
/// `-c` would end it.
const EMPTY: &str = "FRONTLINT_EMPTY";

/// The keys below `filter.NAME` that are emptied, and those below `hook.NAME`. Empty is false.
const EMPTIED: [(&str, &[&str]); 2] = [
    ("filter", &["clean", "smudge", "process", "required"]),
    ("hook", &["enabled"]),
];

impl Git {
    /// Finds the repository that a folder belongs to: the one that `GIT_DIR` names, as git sets it for
    /// hooks, else that of the nearest ancestor with a `.git`.
    ///
    /// # Errors
    /// No git or one that is too old, no repository, one that git refuses, or one that could run
    /// something all the same.
    pub(super) fn open(cwd: &Path) -> Result<Self, Problem> {
        let mut git = Self {
            program: program()?,
            version: Version::UNKNOWN,
            top: cwd.to_owned(),
            repository: Vec::new(),
            settings: SETTINGS.map(OsString::from).into(),
        };
        git.version = git.read_version()?;
        git.find_repository(cwd)?;
        git.turn_off_named()?;
        Ok(git)
    }

    /// The top of the work tree.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// Runs a command at the top of the work tree.
    ///
    /// # Errors
    /// Where it cannot be started.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Answer, Problem> {
        self.run_within(LONG, arguments)
    }

    #[expect(clippy::disallowed_methods, reason = "the one program that is started")]
    fn run_within<A>(&self, limit: Duration, arguments: &[A]) -> Result<Answer, Problem>
    where
        A: AsRef<OsStr>,
    {
        let mut command = Command::new(&self.program);
        command
            .args(&self.settings)
            .args(arguments)
            .current_dir(&self.top)
            .envs(self.repository.iter().map(|(name, path)| (name, path)))
            .env(EMPTY, "")
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "")
            .env("GIT_TERMINAL_PROMPT", "0")
            // Would put lines around a change that have not changed.
            .env_remove("GIT_DIFF_OPTS")
            // Would give the patterns of paths another meaning.
            .env_remove("GIT_LITERAL_PATHSPECS")
            .env_remove("GIT_GLOB_PATHSPECS")
            .env_remove("GIT_NOGLOB_PATHSPECS")
            .env_remove("GIT_ICASE_PATHSPECS")
            .stdin(Stdio::null());
        match process::output(&mut command, limit) {
            Ok(output) if output.status.success() => Ok(Ok(output.stdout)),
            Ok(output) => Ok(Err(Complaint(output.stderr))),
            Err(error) if error.kind() == ErrorKind::TimedOut => Err(failure(
                format!("git has not answered within {} seconds", limit.as_secs()),
                "a pipe or a slow disk may be among what it reads; try `git diff` there, or leave out `--since`",
            )),
            Err(error) => Err(failure(format!("cannot run `git`: {error}"), "")),
        }
    }

    fn read_version(&self) -> Result<Version, Problem> {
        let said = self
            .run_within(SHORT, &["--version"])?
            .map_err(Complaint::into_failure)?;
        let said = String::from_utf8_lossy(&said);
        let version = Version::parse(&said).ok_or_else(|| {
            let message = format!("`git --version` names no version: {}", said.trim());
            failure(message, "install git, or leave out `--since`")
        })?;
        version.check_settings()?;
        Ok(version)
    }

    fn find_repository(&mut self, cwd: &Path) -> Result<(), Problem> {
        if let Some(named) = variable("GIT_DIR") {
            self.check_waits_for_nothing(&cwd.join(named))?;
            let folder = self
                .run_within(SHORT, &["rev-parse", "--absolute-git-dir"])?
                .map_err(Complaint::into_failure)?;
            let top = self
                .run_within(SHORT, &["rev-parse", "--show-toplevel"])?
                .map_err(Complaint::into_failure)?;
            self.enter(paths::absolute(&path_of(trim(&top))?, cwd));
            self.name_repository(path_of(trim(&folder))?);
            return Ok(());
        }
        let with_entry = |folder: &&Path| {
            let entry = folder.join(".git");
            files::is_folder(&entry) || files::is_file(&entry)
        };
        for top in cwd.ancestors().filter(with_entry) {
            self.check_waits_for_nothing(&top.join(".git"))?;
            // Also outweighs a `core.worktree` that leads elsewhere.
            self.enter(top.to_owned());
            match self.run_within(SHORT, &["rev-parse", "--absolute-git-dir"])? {
                Ok(folder) => {
                    let folder = path_of(trim(&folder))?;
                    if is_that_of(&folder, top) {
                        self.name_repository(folder);
                        return Ok(());
                    }
                }
                Err(complaint) if complaint.says("not a git repository") => {}
                Err(complaint) => return Err(complaint.about_repository(top)),
            }
        }
        Err(failure(
            "`--since` compares with a git revision, and this folder is in no git repository"
                .to_owned(),
            "run it in the repository, or leave out `--since`",
        ))
    }

    /// Looks at what git would open in a repository, and at what the configuration there includes.
    fn check_waits_for_nothing(&mut self, entry: &Path) -> Result<(), Problem> {
        self.repository = vec![("GIT_DIR", NO_REPOSITORY.into())];
        let configurations = stalls::check_repository(entry)?;
        for file in configurations {
            stalls::check_includes(&file, &|file| self.settings_of(file))?;
        }
        self.repository.clear();
        Ok(())
    }

    /// The settings of one configuration file, as `KEY`, line break, value; what it includes is not
    /// read. None where the file is broken.
    fn settings_of(&self, file: &Path) -> Result<Vec<u8>, Problem> {
        let arguments = ["config", "--no-includes", "--list", "-z", "--file"].map(OsStr::new);
        let arguments = [&arguments[..], &[file.as_os_str()]].concat();
        let listed = self.run_within(SHORT, &arguments)?;
        Ok(listed.unwrap_or_default())
    }

    fn enter(&mut self, top: PathBuf) {
        self.repository = vec![("GIT_WORK_TREE", top.clone())];
        self.top = top;
    }

    fn name_repository(&mut self, folder: PathBuf) {
        self.repository.push(("GIT_DIR", folder));
    }

    /// Reads the names that the configuration gives to filters and hooks, which runs nothing, and
    /// turns each off.
    fn turn_off_named(&mut self) -> Result<(), Problem> {
        let list = ["config", "--list", "--name-only", "-z"];
        let list = self
            .run_within(SHORT, &list)?
            .map_err(Complaint::into_failure)?;
        let mut prefixes = BTreeSet::new();
        let mut is_partial = false;
        for key in list.split(|&byte| byte == 0) {
            is_partial |= is_of_partial_clone(key);
            // `filter.NAME.clean`; the name may hold dots.
            if let Some(end) = memchr::memrchr(b'.', key)
                && let Some(keys) = EMPTIED.iter().find(|(section, _)| is_below(key, section))
                && end > keys.0.len()
            {
                prefixes.insert((&key[..end], keys.1));
            }
        }
        if is_partial {
            self.version.check_lazy_fetch()?;
        }
        for (prefix, keys) in prefixes {
            let prefix = text_of(prefix)?;
            for key in keys {
                let mut setting = OsString::from("--config-env=");
                setting.push(prefix);
                setting.push(format!(".{key}={EMPTY}"));
                self.settings.push(setting);
            }
        }
        Ok(())
    }
}

/// The first `git` on `PATH`. Entries that are empty or relative are left out: they would lead to a
/// program of the repository.
fn program() -> Result<PathBuf, Problem> {
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    let search = variable("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&search).filter(|folder| folder.is_absolute());
    let mut programs = folders.map(|folder| folder.join(&name));
    programs
        .find(|path| files::is_program(path))
        .ok_or_else(|| {
            failure(
                "`--since` needs the program `git`, which is in no folder of `PATH`".to_owned(),
                "install git, or leave out `--since`",
            )
        })
}

/// Whether the repository that git found is that of the `.git` in a folder. Where that is a folder
/// and no repository, git looks further: above, and for a bare repository in the folder itself. A
/// `.git` that is a file it follows, or fails.
fn is_that_of(repository: &Path, top: &Path) -> bool {
    let entry = top.join(".git");
    let same = || Some(files::real(&entry).ok()? == files::real(repository).ok()?);
    !files::is_folder(&entry) || same().unwrap_or(false)
}

/// Whether a key is `SECTION.…`.
fn is_below(key: &[u8], section: &str) -> bool {
    let rest = key.strip_prefix(section.as_bytes());
    rest.is_some_and(|rest| rest.starts_with(b"."))
}

/// Whether git fetches what a repository with this key lacks.
fn is_of_partial_clone(key: &[u8]) -> bool {
    let of_remote = is_below(key, "remote")
        && (key.ends_with(b".promisor") || key.ends_with(b".partialclonefilter"));
    of_remote || key == b"extensions.partialclone"
}
