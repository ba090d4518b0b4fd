//! `exclude` and `extend-exclude`.

use std::path::Path;

use globset::GlobSet;

use super::pattern_syntax::{bad_glob, compile, strip_prefix};
use crate::diagnostic::Problem;

/// Patterns that leave out files, read as in `.gitignore`: one without `/` matches at any depth, and
/// a folder takes with it all that it holds. The `ignore` library would read `#` as a comment, would
/// look into `drafts` where `drafts/**` is excluded, and does not say what is wrong with a pattern.
#[derive(Clone, Debug, Default)]
pub struct Exclusions {
    files: GlobSet,
    folders: GlobSet,
}

impl Exclusions {
    pub(super) fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Result<Self, Problem> {
        let mut files = GlobSet::builder();
        let mut folders = GlobSet::builder();
        for pattern in patterns {
            let relative = strip_prefix(pattern)?;
            let name = relative.trim_end_matches('/');
            let is_anywhere = !name.contains('/') && !pattern.starts_with('/');
            let rooted = format!("{}{name}", if is_anywhere { "**/" } else { "" });
            let inside = compile(pattern, &format!("{rooted}/**"))?;
            // `drafts/**` leaves out all of `drafts`: a walk need not look into it.
            let folder = rooted.strip_suffix("/**").filter(|rest| !rest.is_empty());
            folders.add(compile(pattern, folder.unwrap_or(&rooted))?);
            folders.add(inside.clone());
            files.add(inside);
            if !relative.ends_with('/') {
                files.add(compile(pattern, &rooted)?);
            }
        }
        let whole = |error: globset::Error| bad_glob("", &error);
        Ok(Self {
            files: files.build().map_err(whole)?,
            folders: folders.build().map_err(whole)?,
        })
    }

    pub(super) fn has_file(&self, relative: &Path) -> bool {
        self.files.is_match(relative)
    }

    pub(super) fn has_folder(&self, relative: &Path) -> bool {
        self.folders.is_match(relative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_read_as_in_gitignore() {
        let exclusions = |written: &[&str]| Exclusions::new(written.iter().copied()).unwrap();
        let all = exclusions(&["drafts", "*.tmp.md", "/old", "a/b.md", "_notes/"]);
        for (path, is_excluded) in [
            ("drafts/a.md", true),
            ("x/drafts/y/a.md", true),
            ("x/b.tmp.md", true),
            ("old/a.md", true),
            ("a/b.md", true),
            ("x/old/a.md", false),
            ("x/a/b.md", false),
            ("drafts.md", false),
            ("_notes", false),
        ] {
            assert_eq!(all.has_file(Path::new(path)), is_excluded, "{path}");
        }
        assert!(all.has_folder(Path::new("x/drafts")));
        assert!(all.has_folder(Path::new("_notes")));
        assert!(exclusions(&["drafts/**"]).has_folder(Path::new("drafts")));
        assert!(!exclusions(&["drafts/**/*.md"]).has_folder(Path::new("drafts")));
    }
}
