//! Looks beforehand at the files that git opens on its own: it would wait for ever at a pipe, and read
//! a device without end.
//!
//! Must open regular files only, and must not know more of a repository than where its files are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::failure;
use super::system::{path_of, trim, variable};
use crate::diagnostic::Problem;
use crate::files::{self, Boundary};
use crate::paths;
use crate::text::path_text;

/// The folders of a repository that hold what git reads by name. Objects are too many to look at.
const FOLDERS: [&str; 4] = ["info", "objects/info", "refs", "logs"];

/// How deep git follows what a configuration includes.
const DEEPEST: usize = 10;

/// Looks at the files of the repository that a `.git` is or leads to, and returns those with its
/// configuration.
///
/// # Errors
/// Where git would wait at one.
pub(super) fn check_repository(entry: &Path) -> Result<BTreeSet<PathBuf>, Problem> {
    let mut configurations = BTreeSet::new();
    let Some(folder) = folder_of(entry) else {
        return Ok(configurations);
    };
    check_file(&folder.join("commondir"))?;
    let common = line_of(&folder.join("commondir"), "").map(|common| folder.join(common));
    for folder in std::iter::once(folder).chain(common) {
        check_entries(&folder, false)?;
        for name in FOLDERS {
            check_entries(&folder.join(name), true)?;
        }
        configurations.extend(["config", "config.worktree"].map(|name| folder.join(name)));
    }
    Ok(configurations)
}

/// Looks at the `.gitattributes` beside each of these files and in the folders above, up to the top.
///
/// # Errors
/// Where git would wait at one.
pub(super) fn check_attributes<'p>(
    top: &Path,
    tracked: impl Iterator<Item = &'p Path>,
) -> Result<(), Problem> {
    let mut checked = BTreeSet::from([top]);
    check_file(&top.join(".gitattributes"))?;
    for path in tracked {
        for folder in path.ancestors().skip(1) {
            if !checked.insert(folder) {
                break;
            }
            check_file(&folder.join(".gitattributes"))?;
        }
    }
    Ok(())
}

/// Looks at what a configuration file includes. `settings` lists those of one file, as git does.
///
/// # Errors
/// Where git would wait at one, or cannot list the settings.
pub(super) fn check_includes(
    file: &Path,
    settings: &dyn Fn(&Path) -> Result<Vec<u8>, Problem>,
) -> Result<(), Problem> {
    let mut files = vec![file.to_owned()];
    let mut seen = BTreeSet::new();
    for _ in 0..=DEEPEST {
        let mut included = Vec::new();
        for file in files {
            if !may_include(&file) || !seen.insert(file.clone()) {
                continue;
            }
            for path in included_by(&file, &settings(&file)?)? {
                check_file(&path)?;
                included.push(path);
            }
        }
        files = included;
    }
    Ok(())
}

fn may_include(file: &Path) -> bool {
    let text = files::read(file, &Boundary::none()).unwrap_or_default();
    let text = text.to_ascii_lowercase();
    memchr::memmem::find(&text, b"include").is_some()
}

/// The paths among the settings of a file: `KEY`, line break, value, NUL.
fn included_by(file: &Path, settings: &[u8]) -> Result<Vec<PathBuf>, Problem> {
    let mut paths = Vec::new();
    for setting in settings.split(|&byte| byte == 0) {
        let Some(at) = memchr::memchr(b'\n', setting) else {
            continue;
        };
        let (key, value) = setting.split_at(at);
        if key.starts_with(b"include") && key.ends_with(b".path") {
            let path = path_of(value.get(1..).unwrap_or_default())?;
            let home = path.strip_prefix("~").ok().zip(variable("HOME"));
            paths.push(match home {
                Some((path, home)) => Path::new(&home).join(path),
                None => file.with_file_name("").join(path),
            });
        }
    }
    Ok(paths)
}

/// The folder that a `.git` is, or names.
fn folder_of(entry: &Path) -> Option<PathBuf> {
    if files::is_folder(entry) {
        return Some(entry.to_owned());
    }
    let named = line_of(entry, "gitdir:")?;
    Some(entry.parent()?.join(named))
}

/// What a file of one line names, after a word.
fn line_of(file: &Path, word: &str) -> Option<PathBuf> {
    let text = files::read(file, &Boundary::none()).ok()?;
    let rest = trim(&text).strip_prefix(word.as_bytes())?;
    path_of(rest.trim_ascii()).ok()
}

fn check_entries(folder: &Path, below: bool) -> Result<(), Problem> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in files::list(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_file() => {}
                Ok(kind) if kind.is_dir() => {
                    if below {
                        folders.push(entry.path());
                    }
                }
                _ => check_file(&entry.path())?,
            }
        }
    }
    Ok(())
}

fn check_file(path: &Path) -> Result<(), Problem> {
    let Some(kind) = files::endless(path) else {
        return Ok(());
    };
    let kind = files::kind_name(kind);
    let path = paths::absolute(path, Path::new(""));
    Err(failure(
        format!(
            "git would wait at `{}`: it is {kind}, not a file",
            path_text(&path)
        ),
        "remove it, or what names it, or leave out `--since`",
    ))
}
