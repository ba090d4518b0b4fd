//! Paths by their spelling alone: absolute, relative, as shown to users. Imports no other room; must
//! not ask the file system about them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

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
            // A root or a drive replaces what stands before it.
            other => result.push(other),
        }
    }
    result
}

/// A path as users read it: relative to the working directory where it lies in or beside it, with
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

/// The order of paths, component by component, for paths without a part that needs a thought; told
/// from their letters, which the standard library takes apart first.
#[must_use]
pub fn order(a: &Path, b: &Path) -> Ordering {
    // A separator comes before every letter, so that a folder's files stay together.
    let rank = |byte: &u8| {
        if *byte == b'/' {
            0
        } else {
            u16::from(*byte) + 1
        }
    };
    let (a, b) = (
        a.as_os_str().as_encoded_bytes(),
        b.as_os_str().as_encoded_bytes(),
    );
    let alike = common_beginning(a, b);
    match (a.get(alike), b.get(alike)) {
        (Some(a), Some(b)) => rank(a).cmp(&rank(b)),
        _ => a.len().cmp(&b.len()),
    }
}

/// How many bytes two texts begin with in common. Paths of one site have much in common: eight
/// bytes are compared at once.
fn common_beginning(a: &[u8], b: &[u8]) -> usize {
    let (a_eights, _) = a.as_chunks::<8>();
    let (b_eights, _) = b.as_chunks::<8>();
    let eights = a_eights.iter().zip(b_eights);
    let start = 8 * eights.take_while(|(a, b)| a == b).count();
    let rest = a[start..].iter().zip(&b[start..]);
    start + rest.take_while(|(a, b)| a == b).count()
}

/// The folder that a file lies in, told from the letters of its path; the standard library takes
/// the whole path apart.
#[must_use]
pub fn folder(file: &Path) -> &Path {
    let by_letters = || {
        let text = file.to_str().filter(|_| MAIN_SEPARATOR == '/')?;
        let at = text.rfind('/');
        let folder = at.map_or("", |at| &text[..at]);
        let is_plain = !text.ends_with(['/', '.']) && !folder.ends_with(['/', '.']);
        (is_plain && (at != Some(0))).then(|| Path::new(folder))
    };
    by_letters().unwrap_or_else(|| file.parent().unwrap_or(Path::new("")))
}

/// Whether [`folder`] of a file is this one; mostly told from the letters of the two.
#[must_use]
pub fn is_in(file: &Path, folder: &Path) -> bool {
    is_in_by_letters(file, folder) || self::folder(file).as_os_str() == folder.as_os_str()
}

fn is_in_by_letters(file: &Path, folder: &Path) -> bool {
    let file = file.as_os_str().as_encoded_bytes();
    let folder = folder.as_os_str().as_encoded_bytes();
    let name = match folder {
        [] => Some(file),
        [.., b'/'] | [.., b'/', b'.'] => None,
        _ => file
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix(b"/")),
    };
    let is_name =
        |name: &[u8]| !matches!(name, [] | [.., b'.']) && memchr::memchr(b'/', name).is_none();
    MAIN_SEPARATOR == '/' && name.is_some_and(is_name)
}

/// The path relative to the absolute folder `base`, where it lies in it.
#[must_use]
pub fn below<'p>(path: &'p Path, cwd: &Path, base: &Path) -> Option<Cow<'p, Path>> {
    if is_plain(path) {
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

/// Whether a path is relative, and has no part that needs a thought: `.`, `..`, an empty one, a
/// drive. A look at its letters, which is quicker than one at its components; some paths without
/// such a part are not plain.
#[must_use]
pub fn is_plain(path: &Path) -> bool {
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
    fn a_file_is_in_its_folder_alone() {
        let parts = ["", ".", "..", "a", "b.", ".c", "a.md", "é"];
        let mut paths = vec![String::new()];
        for _ in 0..3 {
            let longer = paths.iter().flat_map(|path| {
                let each = parts.iter();
                each.flat_map(move |part| [format!("{path}/{part}"), format!("{path}{part}")])
            });
            paths = longer.collect();
            paths.sort();
            paths.dedup();
        }
        let mut told = 0;
        for path in paths.iter().map(Path::new) {
            for folder in path
                .ancestors()
                .chain([Path::new("a"), Path::new("."), folder(path)])
            {
                let by_letters = is_in_by_letters(path, folder);
                let is_it = self::folder(path).as_os_str() == folder.as_os_str();
                assert!(!by_letters || is_it, "{path:?} in {folder:?}");
                assert_eq!(is_in(path, folder), is_it);
                told += usize::from(by_letters);
            }
        }
        assert!(told > 100);
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
        let mut paths = ["b", "a/b", "a-b", "a", "a/b/c", "a.b", "é", "a b"].map(Path::new);
        let mut expected = paths;
        paths.sort_by(|a, b| order(a, b));
        expected.sort();
        assert_eq!(paths, expected);
        for (path, plain) in [
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
            assert_eq!(is_plain(Path::new(path)), plain, "{path}");
        }
    }
}
