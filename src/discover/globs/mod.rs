//! Globs that the shell did not expand. Patterns and names are bytes: neither need be UTF-8.

mod braces;
mod pattern;
mod search;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::pattern::{has_wildcard, steps};
pub(super) use self::pattern::{is_glob, literal_folder, names_extension};
pub(super) use self::search::Listings;
use self::search::Search;
use crate::diagnostic::Problem;
use crate::files::{self, Boundary};
use crate::site::is_generated;
use crate::text::path_line;

/// The paths that match, without hidden ones and without generated folders that the pattern does
/// not name itself. Sorted. `**` does not go into linked folders, as a walk does not, and no link
/// is followed out of `within`.
pub(super) fn expand(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Result<Vec<PathBuf>, Problem> {
    Ok(matches(pattern, cwd, within, listings)?
        .into_iter()
        .filter(|matched| !matched.is_generated)
        .map(|matched| matched.path)
        .collect())
}

/// The first path that matches and is in a generated folder that the pattern does not name itself.
pub(super) fn generated(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Option<PathBuf> {
    matches(pattern, cwd, within, listings)
        .unwrap_or_default()
        .into_iter()
        .find(|matched| matched.is_generated)
        .map(|matched| matched.path)
}

/// A path that a pattern matches.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Matched {
    path: PathBuf,
    /// Whether it is in a generated folder that the pattern does not name itself.
    is_generated: bool,
}

/// The paths that match, without hidden ones. Sorted.
fn matches(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Result<BTreeSet<Matched>, Problem> {
    let bytes = pattern.as_os_str().as_encoded_bytes();
    let (folder, rest) = existing_folder(bytes, cwd).unwrap_or((PathBuf::new(), bytes));
    let mut all = BTreeSet::new();
    for alternative in braces::expand(rest) {
        let only_folders = alternative.ends_with(b"/");
        let alternative = files::path_of(without_last_folders(&alternative));
        let literal = literal_folder(&alternative);
        let steps = steps(&alternative, &literal).map_err(|error| {
            let glob = path_line(pattern);
            Problem::new(format!("the glob `{glob}` cannot be read: {}", error.msg))
                .help("a name that has `[` itself is written with `[[]`")
        })?;
        let start = folder.join(literal);
        let mut search = Search {
            cwd,
            within,
            steps: &steps,
            only_folders,
            listings: &mut *listings,
            found: BTreeSet::new(),
        };
        search.follow(start.clone(), &search.reached(0));
        // `a/**/` names the folders in `a`.
        if !steps.is_empty() {
            search.found.remove(&start);
        }
        for path in search.found {
            let beyond = path.strip_prefix(&start).unwrap_or(&path);
            let is_generated = beyond.ancestors().any(is_generated);
            all.insert(Matched { path, is_generated });
        }
    }
    Ok(all)
}

/// `posts` for `posts/**`, and `.` for `**`: all that is in a folder is what a walk of it takes.
fn without_last_folders(pattern: &[u8]) -> &[u8] {
    match pattern.strip_suffix(b"**") {
        Some(b"") => b".",
        Some(folder @ [.., b'/']) => {
            let end = folder.iter().rposition(|&byte| byte != b'/');
            &folder[..end.map_or(0, |end| end + 1)]
        }
        _ => pattern,
    }
}

/// The first folders of a pattern, as far as they exist as written, and the rest of it; `None` where
/// nothing in their names could be read as a pattern. A folder that exists is meant, whatever it has
/// of `[`.
fn existing_folder<'p>(pattern: &'p [u8], cwd: &Path) -> Option<(PathBuf, &'p [u8])> {
    let slashes = memchr::memchr_iter(b'/', pattern);
    let exists = |at: &usize| files::is_folder(&cwd.join(files::path_of(&pattern[..=*at])));
    let end = slashes.take_while(exists).last()?;
    let (folder, rest) = (&pattern[..=end], &pattern[end + 1..]);
    (has_wildcard(folder) && !rest.is_empty()).then(|| (files::path_of(folder), rest))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn a_glob_begins_in_its_literal_folder() {
        assert_eq!(literal_folder(Path::new("a/b/*.md")), Path::new("a/b"));
        assert_eq!(literal_folder(Path::new("*.md")), Path::new(""));
        assert_eq!(literal_folder(Path::new("/a/{b,c}/d")), Path::new("/a"));
    }

    #[cfg(unix)]
    #[test]
    fn names_and_patterns_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStrExt as _;
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("a");
        std::fs::create_dir_all(folder.join(".d")).unwrap();
        for name in [&b"caf\xe9.md"[..], b"caf\xe8.md", b"b.md", b".c.md"] {
            std::fs::write(folder.join(OsStr::from_bytes(name)), "").unwrap();
            std::fs::write(folder.join(".d").join(OsStr::from_bytes(name)), "").unwrap();
        }
        let found = |pattern: &[u8]| -> Vec<Vec<u8>> {
            let listings = &mut Listings::default();
            let pattern = Path::new(OsStr::from_bytes(pattern));
            let found = expand(pattern, site.path(), &Boundary::none(), listings);
            let found = found.ok().unwrap().into_iter();
            found
                .map(|path| path.as_os_str().as_bytes().to_vec())
                .collect()
        };
        let all: [&[u8]; 3] = [b"a/b.md", b"a/caf\xe8.md", b"a/caf\xe9.md"];
        for pattern in [&b"a/*.md"[..], b"**/*.md", b"*/{b,c}*"] {
            assert_eq!(found(pattern), all);
        }
        assert_eq!(found(b"*/b*"), all[..1]);
        assert_eq!(found(b"a/caf?.md"), all[1..]);
        for pattern in [
            &b"a/caf\xe9*"[..],
            b"*/{caf\xe9,x}.md",
            b"a/c*\xe9.md",
            b"a/caf[\xe9].*",
        ] {
            assert_eq!(found(pattern), all[2..]);
        }
        assert_eq!(found(b"*/.d/*.md").len(), 3);
    }
}
