//! Globs that the shell did not expand.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

use super::Failure;
use crate::site::is_generated;

/// How many patterns the braces of one may stand for.
const MOST_ALTERNATIVES: usize = 1000;

/// Whether an argument is meant as a glob, where no file has this name.
pub(super) fn is_glob(argument: &str) -> bool {
    argument.contains(['*', '?', '[', '{'])
}

/// Whether the last part of a glob says which extension it wants.
pub(super) fn names_extension(pattern: &str) -> bool {
    let last = pattern.rsplit(['/', '\\']).next().unwrap_or(pattern);
    last.contains('.')
}

/// The folder that a glob begins in: its parts before the first with a `*` or the like.
pub(super) fn literal_folder(pattern: &str) -> PathBuf {
    let path = Path::new(pattern);
    path.components()
        .take_while(|part| !is_glob(&part.as_os_str().to_string_lossy()))
        .collect()
}

/// The paths that match, without hidden ones and without generated folders that the pattern does
/// not name itself. Sorted.
pub(super) fn expand(pattern: &str, cwd: &Path) -> Result<Vec<PathBuf>, Failure> {
    // A folder that exists under the very name that is written is meant, whatever it has of `[`.
    let (folder, rest) = existing_folder(pattern, cwd).unwrap_or(("", pattern));
    let absolute = Path::new(pattern).is_absolute();
    let root = cwd.to_str().map(Pattern::escape);
    let mut found = Vec::new();
    for alternative in alternatives(rest) {
        // All in a folder is what a walk of it takes.
        let alternative = match alternative.strip_suffix("**") {
            Some("") => ".".to_owned(),
            Some(folder) if folder.ends_with('/') => folder.trim_end_matches('/').to_owned(),
            _ => alternative,
        };
        let skip = Path::new(folder).join(literal_folder(&alternative));
        let named: Vec<String> = alternative.split('/').map(str::to_owned).collect();
        let depth = match named.iter().any(|part| part == "**") {
            true => usize::MAX,
            false => named.len(),
        };
        let options = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            // The library panics where it looks for the dot of a name that is not UTF-8.
            require_literal_leading_dot: !has_odd_name(&cwd.join(&skip), depth),
        };
        let literal = Pattern::escape(folder);
        let full = match &root {
            Some(root) if !absolute => format!("{root}/{literal}{alternative}"),
            // The library takes text only, and starts at the working directory, too.
            _ => format!("{literal}{alternative}"),
        };
        let paths = glob::glob_with(&full, options).map_err(|error| Failure {
            message: format!("the glob `{pattern}` cannot be read: {}", error.msg),
            help: Some("a name that has `[` itself is written with `[[]`".to_owned()),
        })?;
        for path in paths.flatten() {
            let shown = if absolute {
                path
            } else {
                path.strip_prefix(cwd).unwrap_or(&path).to_owned()
            };
            let beyond = shown.strip_prefix(&skip).unwrap_or(&shown);
            let mut folders = beyond.ancestors();
            let mut names = beyond.iter().filter_map(OsStr::to_str);
            let is_hidden =
                names.any(|name| name.starts_with('.') && !named.iter().any(|part| part == name));
            if !is_hidden && !folders.any(is_generated) {
                found.push(shown);
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The first folders of a pattern, as far as they exist as written, and the rest of it; `None` where
/// nothing in their names could be read as a pattern.
fn existing_folder<'p>(pattern: &'p str, cwd: &Path) -> Option<(&'p str, &'p str)> {
    let slashes = pattern.match_indices('/').map(|(at, _)| at);
    let exists = |at: &usize| {
        let folder = cwd.join(&pattern[..=*at]);
        std::fs::metadata(folder).is_ok_and(|found| found.is_dir())
    };
    let end = slashes.take_while(exists).last()?;
    let (folder, rest) = (&pattern[..=end], &pattern[end + 1..]);
    (is_glob(folder) && !rest.is_empty()).then_some((folder, rest))
}

/// Whether a name that is not UTF-8 stands in a folder or, so many levels deep, below it; hidden folders
/// aside.
fn has_odd_name(folder: &Path, depth: usize) -> bool {
    let Some(deeper) = depth.checked_sub(1) else {
        return false;
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| (entry.file_name(), entry));
    names.any(|(name, entry)| match name.to_str() {
        None => true,
        Some(name) => {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            is_folder && !name.starts_with('.') && has_odd_name(&entry.path(), deeper)
        }
    })
}

/// `a.{md,markdown}` as `a.md` and `a.markdown`. A brace without its partner stands for itself.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        let Some((start, end, commas)) = first_braces(&pattern) else {
            done.push(pattern);
            continue;
        };
        if done.len() + open.len() + commas.len() > MOST_ALTERNATIVES {
            done.push(pattern);
            continue;
        }
        let mut from = start + 1;
        for comma in commas.into_iter().chain([end]) {
            open.push(format!(
                "{}{}{}",
                &pattern[..start],
                &pattern[from..comma],
                &pattern[end + 1..]
            ));
            from = comma + 1;
        }
    }
    done
}

/// The outermost braces that begin first, with the commas between them.
fn first_braces(pattern: &str) -> Option<(usize, usize, Vec<usize>)> {
    let start = pattern.find('{')?;
    let mut depth = 0_usize;
    let mut commas = Vec::new();
    for (at, byte) in pattern.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some((start, at, commas)),
            b'}' => depth -= 1,
            b',' if depth == 1 => commas.push(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_expanded() {
        let expand = |pattern: &str| {
            let mut all = alternatives(pattern);
            all.sort();
            all
        };
        assert_eq!(expand("*.{md,markdown}"), ["*.markdown", "*.md"]);
        assert_eq!(expand("{a,b{c,d}}/x"), ["a/x", "bc/x", "bd/x"]);
        assert_eq!(expand("a{b"), ["a{b"]);
        assert_eq!(expand("a}b{c}"), ["a}bc"]);
        assert!(expand(&"{a,b}".repeat(64)).len() <= MOST_ALTERNATIVES + 64);
    }

    #[test]
    fn a_glob_begins_in_its_literal_folder() {
        assert_eq!(literal_folder("a/b/*.md"), Path::new("a/b"));
        assert_eq!(literal_folder("*.md"), Path::new(""));
        assert_eq!(literal_folder("/a/{b,c}/d"), Path::new("/a"));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf_8_keep_no_other_from_being_found() {
        use std::os::unix::ffi::OsStrExt as _;
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("a");
        for name in [&b"caf\xe9.md"[..], b"b.md", b".c.md"] {
            std::fs::create_dir_all(folder.join(".d")).unwrap();
            std::fs::write(folder.join(OsStr::from_bytes(name)), "").unwrap();
            std::fs::write(folder.join(".d").join(OsStr::from_bytes(name)), "").unwrap();
        }
        let found = |pattern| expand(pattern, site.path()).ok().unwrap();
        for pattern in ["a/*.md", "**/*.md", "*/b*"] {
            assert_eq!(found(pattern), [Path::new("a/b.md")], "{pattern}");
        }
        assert_eq!(found("a/.d/*.md"), [Path::new("a/.d/b.md")]);
        assert_eq!(found("*/.d/*.md"), [Path::new("a/.d/b.md")]);
    }
}
