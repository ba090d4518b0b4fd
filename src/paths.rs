//! Paths by their spelling alone: absolute, relative, as shown to users. Imports no other module; must
//! not look at the file system.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::path::{Component, Path, PathBuf};

/// The path from the root, without `.` and `..`. Links are not followed.
#[must_use]
pub fn absolute(path: &Path, cwd: &Path) -> PathBuf {
    let mut result = cwd.to_owned();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            // A root or a drive replaces what is before it.
            other => result.push(other),
        }
    }
    result
}

/// A path as users read it: relative to the working directory where it is in or near it, with
/// `/` on every system.
#[must_use]
pub fn shown(path: &Path, cwd: &Path) -> PathBuf {
    let path = absolute(path, cwd);
    if let Ok(below) = path.strip_prefix(cwd) {
        let empty = below.as_os_str().is_empty();
        return if empty {
            PathBuf::from(".")
        } else {
            with_slashes(below)
        };
    }
    let mut up = PathBuf::new();
    for ancestor in cwd.ancestors().skip(1) {
        up.push("..");
        if ancestor.parent().is_none() {
            break;
        }
        if let Ok(below) = path.strip_prefix(ancestor) {
            if !below.as_os_str().is_empty() {
                up.push(below);
            }
            return with_slashes(&up);
        }
    }
    with_slashes(&path)
}

/// The order of paths, component by component; for normalised ones only. The standard library takes
/// each path apart for every comparison, which is a tenth of the time for many pages.
#[must_use]
pub fn order(a: &Path, b: &Path) -> Ordering {
    let goes_up = |path: &Path| path.as_os_str().as_encoded_bytes().starts_with(b"..");
    if goes_up(a) || goes_up(b) {
        // `..` comes before every name, whatever letter that begins with.
        return a.cmp(b);
    }
    // A separator comes before every letter, so that a folder's files stay together.
    let rank = |&byte: &u8| if byte == b'/' { 0 } else { u16::from(byte) + 1 };
    let [a, b] = [a, b].map(|path| path.as_os_str().as_encoded_bytes().iter().map(rank));
    a.cmp(b)
}

/// The folder that a file is in; empty for a name alone.
#[must_use]
pub fn folder(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// The path relative to the absolute folder `base`, where it is in it.
#[must_use]
pub fn below<'p>(path: &'p Path, cwd: &Path, base: &Path) -> Option<Cow<'p, Path>> {
    if is_normalised(path) {
        if cwd.as_os_str() == base.as_os_str() {
            return Some(Cow::Borrowed(path));
        }
        if let Ok(inside) = cwd.strip_prefix(base) {
            return Some(Cow::Owned(inside.join(path)));
        }
    }
    let absolute = absolute(path, cwd);
    let inside = absolute.strip_prefix(base).ok()?;
    Some(Cow::Owned(inside.to_owned()))
}

/// Whether a path is relative and has no part that has to be resolved: `.`, `..`, an empty one, a
/// drive. It may say no of a path without such a part. Pages have such paths, so that no other has to
/// be made of them.
fn is_normalised(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    if cfg!(windows) && memchr::memchr2(b'\\', b':', bytes).is_some() {
        return false;
    }
    let begins_part = |at: usize| !matches!(bytes.get(at), None | Some(b'/' | b'.'));
    begins_part(0) && memchr::memchr_iter(b'/', bytes).all(|at| begins_part(at + 1))
}

#[cfg(windows)]
fn with_slashes(path: &Path) -> PathBuf {
    match path.to_str() {
        Some(text) if !text.starts_with(r"\\") => PathBuf::from(text.replace('\\', "/")),
        _ => path.to_owned(),
    }
}

#[cfg(not(windows))]
fn with_slashes(path: &Path) -> PathBuf {
    path.to_owned()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_relative_to_the_working_directory() {
        let show = |path: &str, cwd: &str| {
            shown(Path::new(path), Path::new(cwd))
                .to_string_lossy()
                .into_owned()
        };
        assert_eq!(show("./a/../b.md", "/site"), "b.md");
        assert_eq!(show("/site/b.md", "/site"), "b.md");
        assert_eq!(show("/home/site/b.md", "/home/site/x/y"), "../../b.md");
        assert_eq!(show("/other/b.md", "/home/site"), "/other/b.md");
        assert_eq!(show("/site", "/site"), ".");
        assert_eq!(show("/home/site", "/home/site/x/y"), "../..");
        assert_eq!(show("b.md", "/"), "b.md");
    }

    #[test]
    fn a_path_is_below_its_base_by_any_spelling() {
        let below = |path: &str| {
            let path = below(Path::new(path), Path::new("/site/x"), Path::new("/site"));
            path.map(|path| path.to_string_lossy().into_owned())
        };
        assert_eq!(below("a.md").as_deref(), Some("x/a.md"));
        assert_eq!(below("./../a.md").as_deref(), Some("a.md"));
        assert_eq!(below("/site/b/a.md").as_deref(), Some("b/a.md"));
        assert_eq!(below("../../a.md"), None);
    }

    #[test]
    fn paths_are_sorted_as_the_standard_library_sorts_them() {
        let mut paths = ["b", "a/b", "a-b", "a", "a/b/c", "a.b", "é", "a b"].map(Path::new);
        let mut expected = paths;
        paths.sort_by(|a, b| order(a, b));
        expected.sort();
        assert_eq!(paths, expected);
    }

    #[test]
    fn normalised_paths_have_no_part_to_resolve() {
        for (path, expected) in [
            ("a/b.md", true),
            ("a..md", true),
            ("", false),
            ("/a", false),
            ("./a", false),
            ("a/../b", false),
            ("a//b", false),
            ("a/", false),
            ("a/.", false),
        ] {
            assert_eq!(is_normalised(Path::new(path)), expected, "{path}");
        }
    }
}
