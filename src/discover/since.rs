//! What has changed since a git revision, as the `git` program tells it.
//!
//! A file counts as changed by what it is now against the merge base of the revision and `HEAD`:
//! committed, staged, changed in the working tree or not yet known to git, all alike.

mod patch;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Failure, Found, Origin};
use crate::paths;

/// The lines of one file that have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lines {
    /// Every line: the file is new, or cannot be compared line by line.
    All,
    /// These, 1-based. Where lines were only deleted, those on both sides of the gap.
    Some(Vec<RangeInclusive<u32>>),
}

/// The files that have changed since a revision.
#[derive(Debug)]
pub struct Changes {
    /// By absolute path.
    files: BTreeMap<PathBuf, Lines>,
    cwd: PathBuf,
    revision: String,
    /// How many files were found, and how many of them have changed.
    counts: (usize, usize),
}

impl Changes {
    /// Asks git. `lines` is whether single lines will be asked for.
    ///
    /// # Errors
    /// Why there is no answer: no git, no repository, no such revision, no common history.
    pub fn since(revision: &str, lines: bool, cwd: &Path) -> Result<Self, Failure> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(failure(
                format!("`{revision}` is no git revision"),
                "name a branch, a tag or a commit: `--since main`, `--since HEAD~3`",
            ));
        }
        let top = run(cwd, &["rev-parse", "--show-cdup"])?.map_err(|said| no_repository(&said))?;
        let top = paths::absolute(&path_of(trim(&top)), cwd);
        let commit = format!("{revision}^{{commit}}");
        let commit = run(cwd, &["rev-parse", "--verify", "--quiet", &commit])?
            .map_err(|_| unknown(revision))?;
        let commit = String::from_utf8_lossy(trim(&commit)).into_owned();
        let base = run(cwd, &["merge-base", &commit, "HEAD"])?.map_err(|_| unrelated(revision))?;
        let base = String::from_utf8_lossy(trim(&base)).into_owned();
        let mut arguments = DIFF.to_vec();
        if lines {
            arguments.extend(["--patch", "--unified=0", "--inter-hunk-context=0"]);
        }
        arguments.extend([base.as_str(), "--"]);
        let refused = |said: Vec<u8>| failure(complaint(&said), "");
        let diff = run(cwd, &arguments)?.map_err(refused)?;
        let others = ["ls-files", "--others", "--exclude-standard", "-z", "--"];
        let others = run(&top, &others)?.map_err(refused)?;
        let mut files: BTreeMap<PathBuf, Lines> = patch::read(&diff, lines)
            .into_iter()
            .map(|(path, lines)| (top.join(path_of(&path)), lines))
            .collect();
        let others = others.split(|&byte| byte == 0).filter(|it| !it.is_empty());
        files.extend(others.map(|path| (top.join(path_of(path)), Lines::All)));
        Ok(Self {
            files,
            cwd: cwd.to_owned(),
            revision: revision.to_owned(),
            counts: (0, 0),
        })
    }

    /// Leaves of what was gathered the files that have changed.
    ///
    /// # Errors
    /// Where standard input is among it, of which git knows nothing.
    pub fn select(&mut self, found: &mut Found) -> Result<(), Failure> {
        if found.inputs.iter().any(|it| it.origin == Origin::Stdin) {
            return Err(failure(
                "standard input has no history to go back in".to_owned(),
                "leave out `--since`, or name the file",
            ));
        }
        let all = found.inputs.len();
        found.inputs.retain(|input| self.has(&input.path));
        found.forget_unchanged(&self.cwd);
        self.counts = (all, found.inputs.len());
        Ok(())
    }

    /// What was selected, as a remark: "2 of 73 files changed since `main`".
    #[must_use]
    pub fn told(&self) -> String {
        let (all, changed) = self.counts;
        let files = if all == 1 { "file" } else { "files" };
        format!(
            "{changed} of {all} {files} changed since `{}`",
            self.revision
        )
    }

    /// Whether one of these lines of a file has changed.
    #[must_use]
    pub fn touch(&self, path: &Path, first: u32, last: u32) -> bool {
        match self.lines(path) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::Some(ranges)) => ranges
                .iter()
                .any(|range| *range.start() <= last && first <= *range.end()),
        }
    }

    /// Whether a file has changed at all.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    fn lines(&self, path: &Path) -> Option<&Lines> {
        let absolute = paths::absolute(path, &self.cwd);
        self.files.get(&absolute).or_else(|| {
            // Reached over a link, a folder has another name to git.
            let folder = std::fs::canonicalize(absolute.parent()?).ok()?;
            self.files.get(&folder.join(absolute.file_name()?))
        })
    }
}

/// Free of what the user's own configuration makes of a diff.
const DIFF: [&str; 12] = [
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    "--find-renames",
    "--diff-filter=d",
    "--no-relative",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    "--no-indent-heuristic",
];

/// Runs git in a folder: its output, or what it complains of.
fn run(folder: &Path, arguments: &[&str]) -> Result<Result<Vec<u8>, Vec<u8>>, Failure> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Ok(Ok(output.stdout)),
        Ok(output) => Ok(Err(output.stderr)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(failure(
            "`--since` asks the program `git`, which is not there".to_owned(),
            "install git, or leave out `--since`",
        )),
        Err(error) => Err(failure(format!("cannot run `git`: {error}"), "")),
    }
}

fn failure(message: String, help: &str) -> Failure {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Failure { message, help }
}

fn no_repository(said: &[u8]) -> Failure {
    let complaint = complaint(said);
    if complaint.contains("not a git repository") {
        failure(
            "`--since` compares with a git revision, and this folder is in no git repository"
                .to_owned(),
            "run it in the repository, or leave out `--since`",
        )
    } else {
        failure(complaint, "")
    }
}

fn unknown(revision: &str) -> Failure {
    failure(
        format!("git knows no revision `{revision}`"),
        "`git branch --all` lists branches; a fresh checkout may have to fetch the one to compare with",
    )
}

fn unrelated(revision: &str) -> Failure {
    failure(
        format!("`{revision}` and the current commit have no history in common here"),
        "a shallow checkout has only the last commits; `git fetch --unshallow` gets the others",
    )
}

/// The first line that git wrote, as a sentence of ours.
fn complaint(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let line = text.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or("it failed without a word").trim();
    format!("git says: {}", line.strip_prefix("fatal: ").unwrap_or(line))
}

fn trim(output: &[u8]) -> &[u8] {
    output.strip_suffix(b"\n").unwrap_or(output)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsStr::new(String::from_utf8_lossy(bytes).as_ref()))
}
