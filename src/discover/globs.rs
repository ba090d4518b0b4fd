//! Globs that the shell did not expand.

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
    let options = MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let absolute = Path::new(pattern).is_absolute();
    let root = Pattern::escape(&cwd.to_string_lossy());
    let mut found = Vec::new();
    for alternative in alternatives(pattern) {
        // All in a folder is what a walk of it takes.
        let alternative = match alternative.strip_suffix("**") {
            Some("") => ".".to_owned(),
            Some(folder) if folder.ends_with('/') => folder.trim_end_matches('/').to_owned(),
            _ => alternative,
        };
        let skip = literal_folder(&alternative);
        let full = if absolute {
            alternative
        } else {
            format!("{root}/{alternative}")
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
            if !folders.any(is_generated) {
                found.push(shown);
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
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
}
