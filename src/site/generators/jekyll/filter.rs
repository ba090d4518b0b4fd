//! Jekyll's entry filter: which files it reads at all.

use super::ruby::FnMatch;

/// `include` and `exclude`, on paths relative to the source.
#[derive(Debug, Default)]
pub(super) struct EntryFilter {
    include: Entries,
    exclude: Entries,
    /// The folder that the site is built into; never read.
    destination: String,
}

/// Entries of one list.
#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    /// For each byte whether what they match may begin with it; every page is asked for, and its first
    /// letter mostly answers. `None` where a wildcard lets anything match.
    begin: Option<Box<[bool; 256]>>,
}

impl Entries {
    fn new<'e>(written: impl Iterator<Item = &'e String>) -> Self {
        let list: Vec<_> = written.map(|path| Entry::new(path)).collect();
        let first = |entry: &Entry| match entry.pattern {
            Some(_) => None,
            None => entry.path.as_bytes().get(1).copied(),
        };
        let firsts: Option<Vec<u8>> = list.iter().map(first).collect();
        let begin = firsts.map(|firsts| {
            let mut begin = Box::new([false; 256]);
            for first in firsts {
                begin[usize::from(first)] = true;
            }
            begin
        });
        Self { list, begin }
    }

    fn match_any(&self, path: Within<'_>, folder: bool) -> bool {
        let may_match = match (&self.begin, path.first()) {
            (Some(begin), Some(first)) => begin[usize::from(first)],
            _ => true,
        };
        may_match && self.list.iter().any(|entry| entry.matches(path, folder))
    }
}

#[derive(Debug)]
struct Entry {
    /// With one leading slash.
    path: String,
    /// `None` without wildcards: what it could match begins with `path` anyway.
    pattern: Option<FnMatch>,
}

impl Entry {
    fn new(written: &str) -> Self {
        let path = format!("/{}", written.trim_start_matches('/'));
        Self {
            pattern: path
                .contains(['*', '?', '[', '{', '\\'])
                .then(|| FnMatch::new(&path)),
            path,
        }
    }

    /// A pattern without wildcards matches all that begins with it, `foo.md` with `foo` too.
    fn matches(&self, path: Within<'_>, folder: bool) -> bool {
        let own = &self.path[1..];
        path.starts_with(own)
            || (folder && own.strip_suffix('/').is_some_and(|own| path.is(own)))
            || self
                .pattern
                .as_ref()
                .is_some_and(|pattern| pattern.matches(&path.rooted()))
    }
}

/// The path of an entry of a folder, without a leading slash. Put together only for a pattern with
/// wildcards.
#[derive(Clone, Copy)]
struct Within<'p> {
    /// Empty for the source itself.
    folder: &'p str,
    entry: &'p str,
}

impl<'p> Within<'p> {
    fn source(entry: &'p str) -> Self {
        Self { folder: "", entry }
    }

    fn first(self) -> Option<u8> {
        let folder = self.folder.as_bytes().first();
        folder.or(self.entry.as_bytes().first()).copied()
    }

    fn starts_with(self, text: &str) -> bool {
        if self.folder.is_empty() {
            return self.entry.starts_with(text);
        }
        match text.strip_prefix(self.folder) {
            Some("") => true,
            Some(rest) => rest
                .strip_prefix('/')
                .is_some_and(|rest| self.entry.starts_with(rest)),
            None => self.folder.starts_with(text),
        }
    }

    fn is(self, text: &str) -> bool {
        let length = match self.folder.len() {
            0 => self.entry.len(),
            folder => folder + 1 + self.entry.len(),
        };
        text.len() == length && self.starts_with(text)
    }

    fn rooted(self) -> String {
        match self.folder {
            "" => format!("/{}", self.entry),
            folder => format!("/{folder}/{}", self.entry),
        }
    }
}

impl EntryFilter {
    pub(super) fn new(include: &[String], exclude: &[String], destination: &str) -> Self {
        let others = exclude.iter().filter(|path| !include.contains(path));
        Self {
            include: Entries::new(include.iter()),
            exclude: Entries::new(others),
            destination: destination.trim_matches('/').to_owned(),
        }
    }

    /// Whether Jekyll reads the file at a path below the source, walking folder by folder.
    pub(super) fn admits_path(&self, path: &str) -> bool {
        let mut included = self.include.list.iter();
        if included.any(|entry| &entry.path[1..] == path) {
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
            let mut entries = self.exclude.list.iter();
            let entry = entries.find(|it| it.matches(Within::source(path), is_folder))?;
            entry.path.get(1..)
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
        let included = |entry| {
            let path = Within::source(entry);
            self.include.match_any(path, folder)
        };
        let special = |text: &str| matches!(text.as_bytes(), [b'.' | b'_' | b'#' | b'~', ..]);
        let slash = memchr::memrchr(b'/', entry.as_bytes());
        let name = slash.and_then(|at| entry.get(at + 1..));
        if included(entry) || name.is_some_and(included) {
            return true;
        }
        if special(entry) || name.is_some_and(special) || entry.ends_with('~') {
            return false;
        }
        let path = Within {
            folder: base,
            entry,
        };
        !self.exclude.match_any(path, folder)
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
