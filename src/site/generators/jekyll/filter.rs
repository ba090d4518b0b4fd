//! Jekyll's entry filter: which files it reads at all.

use std::borrow::Cow;

use super::ruby::FnMatch;

/// `include` and `exclude`, on paths relative to the source.
#[derive(Debug, Default)]
pub(super) struct EntryFilter {
    include: Vec<Entry>,
    exclude: Vec<Entry>,
    /// The folder that the site is built into; never read.
    destination: String,
}

/// An entry of a list.
#[derive(Debug)]
struct Entry {
    /// Without a slash in front.
    path: String,
    /// `None` without wildcards: what it could match begins with `path` anyway.
    pattern: Option<FnMatch>,
}

impl Entry {
    fn new(written: &str) -> Self {
        let path = written.trim_start_matches('/').to_owned();
        let has_wildcards = path.contains(['*', '?', '[', '{', '\\']);
        Self {
            pattern: has_wildcards.then(|| FnMatch::new(&format!("/{path}"))),
            path,
        }
    }

    /// An entry without wildcards matches all that begins with it, `foo.md` with `foo` too.
    fn matches(&self, path: &str, folder: bool) -> bool {
        let pattern = self.pattern.as_ref();
        // Every name of a site is compared with every entry: nearly always one byte decides.
        let may_begin = |[one, other]: [&str; 2]| one.bytes().next() == other.bytes().next();
        (self.path.is_empty() || may_begin([&self.path, path])) && path.starts_with(&self.path)
            || (folder && self.path.strip_suffix('/') == Some(path))
            || pattern.is_some_and(|pattern| pattern.matches(&format!("/{path}")))
    }
}

impl EntryFilter {
    pub(super) fn new(include: &[String], exclude: &[String], destination: &str) -> Self {
        let excluded = exclude.iter().filter(|path| !include.contains(path));
        Self {
            include: include.iter().map(|path| Entry::new(path)).collect(),
            exclude: excluded.map(|path| Entry::new(path)).collect(),
            destination: destination.trim_matches('/').to_owned(),
        }
    }

    /// Whether Jekyll reads the file at a path below the source, walking folder by folder.
    pub(super) fn admits_path(&self, path: &str) -> bool {
        if self.include.iter().any(|entry| entry.path == path) {
            return true;
        }
        let mut start = 0;
        loop {
            let end = path[start..].find('/').map(|length| start + length);
            let until = end.unwrap_or(path.len());
            let base = path[..start].trim_end_matches('/');
            if !self.admits(base, &path[start..until], end.is_some())
                || (end.is_some() && path[..until] == self.destination)
            {
                return false;
            }
            match end {
                Some(end) => start = end + 1,
                None => return true,
            }
        }
    }

    /// The entry of `exclude` that leaves out a file, or a folder that it is in.
    pub(super) fn excluding(&self, path: &str) -> Option<&str> {
        let slashes = path.match_indices('/').map(|(at, _)| (&path[..at], true));
        let mut paths = slashes.chain([(path, false)]);
        paths.find_map(|(path, is_folder)| {
            let mut entries = self.exclude.iter();
            let entry = entries.find(|entry| entry.matches(path, is_folder))?;
            Some(entry.path.as_str())
        })
    }

    /// Whether a path is in the folder that the site is built into.
    pub(super) fn is_output(&self, path: &str) -> bool {
        let rest = path.strip_prefix(self.destination.as_str());
        !self.destination.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether Jekyll takes `entry` (a name, or a path within a collection) of the folder `base`.
    pub(super) fn admits(&self, base: &str, entry: &str, folder: bool) -> bool {
        if entry.ends_with('.') {
            return false;
        }
        // Both are asked for, though they differ only within a collection.
        let slash = memchr::memrchr(b'/', entry.as_bytes());
        let name = slash.map_or(entry, |at| &entry[at + 1..]);
        let names = [entry, name];
        let names = if name.len() == entry.len() {
            &names[..1]
        } else {
            &names
        };
        let is_included = |name: &&str| {
            let mut entries = self.include.iter();
            entries.any(|entry| entry.matches(name, folder))
        };
        let is_special = |name: &&str| matches!(name.as_bytes(), [b'.' | b'_' | b'#' | b'~', ..]);
        if names.iter().any(is_included) {
            return true;
        }
        if names.iter().any(is_special) || entry.ends_with('~') {
            return false;
        }
        let path = match base {
            "" => Cow::Borrowed(entry),
            _ => Cow::Owned([base, "/", entry].concat()),
        };
        !self
            .exclude
            .iter()
            .any(|entry| entry.matches(&path, folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_jekyll_reads() {
        let list = |paths: &[&str]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        let filter = EntryFilter::new(
            &list(&[".htaccess", "_pages", "private/.well-known"]),
            &list(&[
                "/scripts/",
                "LICENSE",
                "*.log",
                "node_modules",
                "docs/**/x.md",
            ]),
            "public",
        );
        for (path, expected) in [
            ("index.md", true),
            (".htaccess", true),
            (".hidden/a.md", false),
            ("_pages/a.md", true),
            ("_drafts/a.md", false),
            ("scripts/a.md", false),
            ("scripts.md", true),
            ("LICENSE.md", false),
            ("a/b/c.log", false),
            ("node_modules/x/a.md", false),
            ("public/a.md", false),
            ("publicity/a.md", true),
            ("a~", false),
            ("docs/a/b/x.md", false),
            ("private/.well-known", true),
        ] {
            assert_eq!(filter.admits_path(path), expected, "{path}");
        }
        assert_eq!(filter.excluding("scripts/a/b.md"), Some("scripts/"));
        assert_eq!(filter.excluding("LICENSE.md"), Some("LICENSE"));
        assert_eq!(filter.excluding("index.md"), None);
        assert!(filter.is_output("public/a.md") && !filter.is_output("publicity/a.md"));
        assert!(filter.admits("_docs", "a/_b/c.md", false));
        assert!(!filter.admits("_docs", "a/_c.md", false));
        assert!(!filter.admits("_docs", "_a/c.md", false));
    }
}
