//! Paths by their spelling alone: absolute, relative, as shown to users.

use std::path::{Component, Path, PathBuf};

/// The working directory; empty where it is gone.
#[must_use]
pub fn working_directory() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

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

/// The path relative to the absolute folder `base`, where it lies in it.
#[must_use]
pub fn below(path: &Path, cwd: &Path, base: &Path) -> Option<PathBuf> {
    let plain = path
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    if plain && let Ok(inside) = cwd.strip_prefix(base) {
        return Some(inside.join(path));
    }
    absolute(path, cwd)
        .strip_prefix(base)
        .ok()
        .map(Path::to_owned)
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

#[cfg(all(test, unix))]
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
        let below = |path: &str| below(Path::new(path), Path::new("/site/x"), Path::new("/site"));
        assert_eq!(below("a.md"), Some(PathBuf::from("x/a.md")));
        assert_eq!(below("./../a.md"), Some(PathBuf::from("a.md")));
        assert_eq!(below("/site/b/a.md"), Some(PathBuf::from("b/a.md")));
        assert_eq!(below("../../a.md"), None);
    }
}
