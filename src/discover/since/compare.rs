//! The questions that git is asked: which files it tracks, and which differ from a commit.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::complaint::Complaint;
use super::git::Git;
use super::system::{path_of, trim};
use super::{Lines, failure, patch};
use crate::diagnostic::Problem;
use crate::files;

/// The absolute paths that the index has.
pub(super) fn tracked_files(git: &Git) -> Result<BTreeSet<PathBuf>, Problem> {
    let listed = git
        .run(&["ls-files", "-z"])?
        .map_err(Complaint::into_failure)?;
    listed
        .split(|&byte| byte == 0)
        .filter(|path| !path.is_empty())
        .map(|path| Ok(git.top().join(path_of(path)?)))
        .collect()
}

/// A larger file counts as changed on every line. Git would compress it to name it in the patch.
const LARGEST: u64 = 4 << 20;

/// The files that differ from a commit, by absolute path; all those with extensions of `inputs`.
pub(super) fn changed_files(
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

/// Patterns for all files with the same extensions: git then compares no others, which may be large,
/// and still finds out which were renamed.
fn kinds(inputs: &[PathBuf]) -> Result<Vec<OsString>, Problem> {
    let ends: BTreeSet<(bool, &OsStr)> = inputs
        .iter()
        .map(|path| match path.extension() {
            Some(extension) => (true, extension),
            None => (false, path.file_name().unwrap_or_default()),
        })
        .collect();
    let mut patterns = Vec::new();
    for (is_extension, end) in ends {
        let mut pattern = b":(top,glob)**/".to_vec();
        if is_extension {
            pattern.extend(b"*.");
        }
        for &byte in end.as_encoded_bytes() {
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

/// A diff that does not depend on the configuration, and runs no program that it names.
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
pub(super) fn merge_base(git: &Git, revision: &str) -> Result<String, Problem> {
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
