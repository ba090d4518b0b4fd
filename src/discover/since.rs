//! What has changed since a git revision.
//!
//! A file counts as changed by what it is now against the merge base of the revision and `HEAD`:
//! committed, staged, changed in the working tree or not yet known to git, all alike. How git is
//! started, and what it must not start in turn, is in [`git`].

mod git;
mod patch;
mod version;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use self::git::{Complaint, Git, path_of, trim};
use self::patch::Hunk;
use super::{Failure, Found, Origin};
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
        let git = Git::open(cwd)?;
        let base = merge_base(&git, revision)?;
        let mut arguments = DIFF.to_vec();
        if lines {
            arguments.extend(["--find-renames", "--patch", "--unified=0"]);
        } else {
            // Without lines a file that was renamed is as good as a new one, and git need not read
            // what the files hold.
            arguments.push("--no-renames");
        }
        arguments.extend([base.as_str(), "--"]);
        let diff = git.run(&arguments)?.map_err(Complaint::into_failure)?;
        let others = ["ls-files", "--others", "--exclude-standard", "-z", "--"];
        let others = git.run(&others)?.map_err(Complaint::into_failure)?;
        let mut files = BTreeMap::new();
        for (path, lines) in patch::read(&diff, lines) {
            files.insert(git.top().join(path_of(&path)?), lines);
        }
        let others = others.split(|&byte| byte == 0);
        for path in others.filter(|path| !path.is_empty()) {
            files.insert(git.top().join(path_of(path)?), Lines::All);
        }
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
        self.files.get(&absolute).or_else(|| {
            // Reached over a link, a folder has another name to git.
            let folder = files::real(absolute.parent()?).ok()?;
            self.files.get(&folder.join(absolute.file_name()?))
        })
    }
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
fn merge_base(git: &Git, revision: &str) -> Result<String, Failure> {
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

fn failure(message: String, help: &str) -> Failure {
    let help = (!help.is_empty()).then(|| help.to_owned());
    Failure { message, help }
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
