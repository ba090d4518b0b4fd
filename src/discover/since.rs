//! What has changed since a git revision.
//!
//! A file counts as changed by what it is now against the merge base of the revision and `HEAD`:
//! committed, staged, changed in the working tree or not yet known to git, all alike. How git is
//! started, and what it must not start in turn, is in [`git`].

mod git;
mod patch;
mod process;
mod stalls;
mod system;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use self::git::{Complaint, Git};
use self::patch::Hunk;
use self::system::{path_of, trim};
use super::{Found, Origin};
use crate::diagnostic::Problem;
use crate::files;
use crate::paths;

/// The lines of one file that have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lines {
    /// Every line: the file is new, or cannot be compared line by line.
    All,
    /// Those of these hunks.
    Some(Vec<Hunk>),
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
    /// Leaves of what was gathered the files that have changed. `lines` is whether single lines will
    /// be looked up.
    ///
    /// # Errors
    /// Why there is no answer: no git, no repository, no such revision, no common history, standard
    /// input, of which git knows nothing.
    pub fn select(
        revision: &str,
        lines: bool,
        cwd: &Path,
        found: &mut Found,
    ) -> Result<Self, Problem> {
        if revision.is_empty() || revision.starts_with('-') {
            return Err(failure(
                format!("`{revision}` is no git revision"),
                "name a branch, a tag or a commit: `--since main`, `--since HEAD~3`",
            ));
        }
        if found.inputs.iter().any(|it| it.origin == Origin::Stdin) {
            return Err(failure(
                "standard input has no history to go back in".to_owned(),
                "leave out `--since`, or name the file",
            ));
        }
        let git = Git::open(cwd)?;
        let base = merge_base(&git, revision)?;
        let tracked = tracked(&git)?;
        stalls::check_attributes(git.top(), tracked.iter().map(PathBuf::as_path))?;
        let inputs = found.inputs.iter();
        let inputs: Vec<_> = inputs.map(|it| paths::absolute(&it.path, cwd)).collect();
        let mut changes = Self {
            files: changed(&git, &base, lines, &inputs)?,
            cwd: cwd.to_owned(),
            revision: revision.to_owned(),
            counts: (0, 0),
        };
        for path in inputs {
            if is_unknown(&path, &tracked, git.top()) {
                changes.files.insert(path, Lines::All);
            }
        }
        let all = found.inputs.len();
        found.inputs.retain(|input| changes.has(&input.path));
        found.forget_unchanged(cwd);
        changes.counts = (all, found.inputs.len());
        Ok(changes)
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

    /// Whether one of these lines of a file has changed, 1-based. Where lines were only deleted, those
    /// on both sides of the gap count.
    #[must_use]
    pub fn touch(&self, path: &Path, lines: RangeInclusive<u32>) -> bool {
        self.any_hunk(path, |hunk| hunk.touches(&lines))
    }

    /// Whether one of these lines of a file has changed, 1-based, or a line was deleted between them
    /// or before the first. Of a deletion after the last, [`Self::touch`] knows.
    #[must_use]
    pub fn touch_within(&self, path: &Path, lines: RangeInclusive<u32>) -> bool {
        self.any_hunk(path, |hunk| hunk.touches_within(&lines))
    }

    /// Whether a line of a file that is a fence and nothing more was deleted.
    #[must_use]
    pub fn delete_fence(&self, path: &Path) -> bool {
        self.any_hunk(path, |hunk| hunk.deletes_fence)
    }

    /// Whether a file has changed at all.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.lines(path).is_some()
    }

    fn any_hunk(&self, path: &Path, touches: impl Fn(&Hunk) -> bool) -> bool {
        match self.lines(path) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::Some(hunks)) => hunks.iter().any(touches),
        }
    }

    fn lines(&self, path: &Path) -> Option<&Lines> {
        let absolute = paths::absolute(path, &self.cwd);
        let real = || self.files.get(&with_real_folder(&absolute)?);
        self.files.get(&absolute).or_else(real)
    }
}

/// A path as git has it: reached over a link, its folder has another name.
fn with_real_folder(path: &Path) -> Option<PathBuf> {
    let folder = files::real(path.parent()?).ok()?;
    Some(folder.join(path.file_name()?))
}

/// The absolute paths that the index has.
fn tracked(git: &Git) -> Result<BTreeSet<PathBuf>, Problem> {
    let listed = git
        .run(&["ls-files", "-z"])?
        .map_err(Complaint::into_failure)?;
    let paths = listed.split(|&byte| byte == 0);
    let paths = paths.filter(|path| !path.is_empty());
    paths
        .map(|path| Ok(git.top().join(path_of(path)?)))
        .collect()
}

/// Whether a file (absolute) is in the work tree and git does not know it yet. Git itself is not
/// consulted, which would open every ignore file: a walk has left out already what is ignored.
fn is_unknown(path: &Path, tracked: &BTreeSet<PathBuf>, top: &Path) -> bool {
    if tracked.contains(path) {
        return false;
    }
    let Some(path) = with_real_folder(path) else {
        return false;
    };
    let folders = path.ancestors().skip(1);
    let mut folders = folders.take_while(|folder| *folder != top);
    // A submodule or another repository has a history of its own.
    let is_of_another = folders.any(|folder| files::exists(&folder.join(".git")));
    path.starts_with(top) && !tracked.contains(&path) && !is_of_another
}

/// A larger file counts as changed on every line. Git would compress it to name it in the patch.
const LARGEST: u64 = 4 << 20;

/// The files that differ from a commit, by absolute path; at least those of `inputs`.
fn changed(
    git: &Git,
    base: &str,
    lines: bool,
    inputs: &[PathBuf],
) -> Result<BTreeMap<PathBuf, Lines>, Problem> {
    let kinds = kinds(inputs)?;
    if kinds.is_empty() {
        return Ok(BTreeMap::new());
    }
    // Without lines a file that was renamed is as good as a new one, and git need not read what the
    // files hold.
    let mut all = compare(git, base, &["--no-renames"], kinds.clone())?;
    if lines && !all.is_empty() {
        let mut paths = kinds;
        for path in all.keys().filter(|path| files::size(path) > LARGEST) {
            let path = path.strip_prefix(git.top()).unwrap_or(path);
            let mut pattern = OsString::from(":(exclude,top,literal)");
            pattern.push(path);
            paths.push(pattern);
        }
        let options = ["--find-renames", "--patch", "--unified=0"];
        all.extend(compare(git, base, &options, paths)?);
    }
    Ok(all)
}

/// Patterns for the files with the same extensions: git then compares no others, however large, and
/// still finds out which were renamed.
fn kinds(inputs: &[PathBuf]) -> Result<Vec<OsString>, Problem> {
    let ends: BTreeSet<_> = inputs
        .iter()
        .map(|path| {
            (
                path.extension().is_some(),
                path.extension().or(path.file_name()),
            )
        })
        .collect();
    let mut patterns = Vec::new();
    for (is_extension, end) in ends {
        let mut pattern = b":(top,glob)**/".to_vec();
        if is_extension {
            pattern.extend(b"*.");
        }
        for &byte in end.unwrap_or_default().as_encoded_bytes() {
            if matches!(byte, b'*' | b'?' | b'[' | b'\\') {
                pattern.push(b'\\');
            }
            pattern.push(byte);
        }
        patterns.push(path_of(&pattern)?.into_os_string());
    }
    Ok(patterns)
}

fn compare(
    git: &Git,
    base: &str,
    options: &[&str],
    paths: Vec<OsString>,
) -> Result<BTreeMap<PathBuf, Lines>, Problem> {
    let arguments = DIFF.iter().chain(options).chain([&base, &"--"]);
    let mut arguments: Vec<_> = arguments.map(OsString::from).collect();
    arguments.extend(paths);
    let diff = git.run(&arguments)?.map_err(Complaint::into_failure)?;
    let files = patch::read(&diff, options.contains(&"--patch")).into_iter();
    files
        .map(|(path, lines)| Ok((git.top().join(path_of(&path)?), lines)))
        .collect()
}

/// Free of what the configuration makes of a diff, and of the programs that it names.
const DIFF: [&str; 13] = [
    "diff",
    "--raw",
    "-z",
    "--no-abbrev",
    "--diff-filter=d",
    "--no-relative",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    "--no-indent-heuristic",
    "--inter-hunk-context=0",
    "-O/dev/null",
];

/// The commit that the revision and `HEAD` have in common.
fn merge_base(git: &Git, revision: &str) -> Result<String, Problem> {
    let commit = format!("{revision}^{{commit}}");
    let commit = git
        .run(&["rev-parse", "--verify", "--quiet", &commit])?
        .map_err(|_| unknown(revision))?;
    let commit = String::from_utf8_lossy(trim(&commit)).into_owned();
    let base = git
        .run(&["merge-base", &commit, "HEAD"])?
        .map_err(|_| unrelated(revision))?;
    Ok(String::from_utf8_lossy(trim(&base)).into_owned())
}

fn failure(message: String, help: &str) -> Problem {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Problem::new(message).maybe_help(help)
}

fn unknown(revision: &str) -> Problem {
    failure(
        format!("git knows no revision `{revision}`"),
        "`git branch --all` lists branches; a fresh checkout may have to fetch the one to compare with",
    )
}

fn unrelated(revision: &str) -> Problem {
    failure(
        format!("`{revision}` and the current commit have no history in common here"),
        "a shallow checkout has only the last commits; `git fetch --unshallow` gets the others",
    )
}
