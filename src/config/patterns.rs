//! The patterns of a config file: `*` within a folder, `**` across folders, `{a,b}`, `[ab]`, `?`.

use std::fmt;
use std::path::{self, Path, PathBuf};

use globset::{Glob, GlobSet};

use super::hidden_pattern::HiddenPattern;
use super::pattern_syntax::{self, bad_glob, is_literal, strip_prefix};
use crate::diagnostic::Problem;

/// The extensions that a walk takes without being configured to.
pub const MARKDOWN: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mkdn", "mdx"];

/// Whether a path has one of the [`MARKDOWN`] extensions, in any case.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    // Asked of every file that a walk meets: the standard library takes the whole path apart.
    let bytes = path.as_os_str().as_encoded_bytes();
    let Some(dot) = memchr::memrchr(b'.', bytes) else {
        return false;
    };
    let (before, extension) = (&bytes[..dot], &bytes[dot + 1..]);
    let has_name = before
        .last()
        .is_some_and(|&last| !path::is_separator(char::from(last)));
    let mut known = MARKDOWN.iter();
    has_name && known.any(|known| extension.eq_ignore_ascii_case(known.as_bytes()))
}

/// A pattern for exactly this path.
#[must_use]
pub fn literal(path: &str) -> String {
    let escaped = globset::escape(path).replace('\\', r"\\");
    match escaped.starts_with('!') {
        true => format!(r"\{escaped}"),
        false => escaped,
    }
}

/// Where patterns may match files below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nowhere.
    Never,
    /// Perhaps, since one begins with a wildcard.
    Anywhere,
    /// One names the folder, a folder above it or one below it.
    Named,
}

/// Patterns from the folder of the config; a folder's name stands for all in it.
#[derive(Clone, Default)]
pub struct Patterns {
    written: Vec<String>,
    globs: Vec<Glob>,
    all: GlobSet,
    /// Those of patterns that name another extension than Markdown's.
    others: GlobSet,
    /// The parts of the patterns that spell a hidden name.
    hidden: Vec<HiddenPattern>,
}

impl Patterns {
    /// # Errors
    /// The index of a pattern that cannot be read, and what is wrong with it.
    pub(super) fn new(written: Vec<String>) -> Result<Self, (usize, Problem)> {
        let mut all = Vec::new();
        let mut others = Vec::new();
        for (index, pattern) in written.iter().enumerate() {
            let globs = pattern_syntax::parse(pattern).map_err(|bad| (index, bad))?;
            if names_another_extension(pattern) {
                others.extend_from_slice(&globs);
            }
            all.extend(globs);
        }
        let whole = |error: globset::Error| (0, bad_glob("", &error));
        Ok(Self {
            all: set_of(&all).map_err(whole)?,
            others: set_of(&others).map_err(whole)?,
            hidden: written
                .iter()
                .flat_map(|text| HiddenPattern::of(text))
                .collect(),
            globs: all,
            written,
        })
    }

    /// The patterns as written.
    #[must_use]
    pub fn written(&self) -> &[String] {
        &self.written
    }

    pub(super) fn globs(&self) -> &[Glob] {
        &self.globs
    }

    /// Whether one matches a path relative to the folder of the config.
    #[must_use]
    pub fn matches(&self, relative: &Path) -> bool {
        self.all.is_match(relative)
    }

    /// Where the patterns may match files below a folder, which is relative to the folder of the
    /// config. A prefilter: only the parts of a pattern before its first wildcard are compared.
    pub(super) fn reach_into(&self, folder: &Path) -> Reach {
        let reach = |pattern: &String| {
            let relative = strip_prefix(pattern).unwrap_or_default();
            let parts = relative.split('/').filter(|part| !part.is_empty());
            let literal: PathBuf = parts.take_while(|part| is_literal(part)).collect();
            match literal.as_os_str().is_empty() {
                true => Reach::Anywhere,
                false if literal.starts_with(folder) || folder.starts_with(&literal) => {
                    Reach::Named
                }
                false => Reach::Never,
            }
        };
        self.written.iter().map(reach).max().unwrap_or(Reach::Never)
    }

    /// Whether a pattern spells the hidden name that a path relative to the folder of the config ends
    /// with.
    pub(super) fn spells_hidden(&self, relative: &Path) -> bool {
        self.hidden.iter().any(|pattern| pattern.matches(relative))
    }

    /// Whether a pattern that names an extension other than Markdown's matches.
    pub(super) fn names(&self, relative: &Path) -> bool {
        self.others.is_match(relative)
    }

    pub(super) fn names_others(&self) -> bool {
        !self.others.is_empty()
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

/// # Errors
/// Where they are too large together.
pub(super) fn set_of<'g>(
    globs: impl IntoIterator<Item = &'g Glob>,
) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSet::builder();
    for glob in globs {
        set.add(glob.clone());
    }
    set.build()
}

/// Whether the last part of a pattern names an extension other than Markdown's: `*.html`, `a.txt`,
/// `*.{md,yml}`; not `*` or `**`.
fn names_another_extension(pattern: &str) -> bool {
    let last = pattern.rsplit('/').next().unwrap_or(pattern);
    let Some((_, extension)) = last.split_once('.') else {
        return false;
    };
    let extension = extension.rsplit('.').next().unwrap_or(extension);
    !extension
        .trim_matches(['{', '}'])
        .split(',')
        .all(|each| is_markdown(Path::new(&format!("x.{each}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(written: &[&str]) -> Patterns {
        Patterns::new(written.iter().map(|&text| text.to_owned()).collect()).unwrap()
    }

    #[test]
    fn markdown_is_known_by_its_extension() {
        for (path, expected) in [
            ("a.md", true),
            ("a/b.MarkDown", true),
            ("a.b.mdx", true),
            (".md", false),
            ("a/.md", false),
            ("md", false),
            ("a.md/b", false),
            ("a.md.txt", false),
        ] {
            assert_eq!(is_markdown(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn one_star_stays_in_its_folder_and_two_cross_folders() {
        let deep = patterns(&["_communiques/**/*.{md,markdown}"]);
        assert!(deep.matches(Path::new("_communiques/a.md")));
        assert!(deep.matches(Path::new("_communiques/2018/05/a.markdown")));
        assert!(!deep.matches(Path::new("_communiques/a.txt")));
        assert!(!deep.matches(Path::new("x/_communiques/a.md")));
        let flat = patterns(&["./_communiques/*.md"]);
        assert!(flat.matches(Path::new("_communiques/a.md")));
        assert!(!flat.matches(Path::new("_communiques/2018/a.md")));
    }

    #[test]
    fn the_name_of_a_folder_stands_for_all_in_it() {
        for written in ["_communiques", "_communiques/", "/_communiques/**"] {
            let folder = patterns(&[written]);
            assert!(
                folder.matches(Path::new("_communiques/2018/a.md")),
                "{written}"
            );
            assert!(!folder.matches(Path::new("_communiques.md")), "{written}");
        }
    }

    #[test]
    fn patterns_reach_into_the_folders_that_they_name() {
        let reach =
            |written: &str, folder: &str| patterns(&[written]).reach_into(Path::new(folder));
        for folder in ["a", "a/b", "a/b/c"] {
            assert_eq!(reach("/a/b/**/*.md", folder), Reach::Named, "{folder}");
        }
        assert_eq!(reach("a/b/**/*.md", "a/bc"), Reach::Never);
        assert_eq!(reach("a/*.md", "target"), Reach::Never);
        assert_eq!(reach("**/*.md", "target"), Reach::Anywhere);
        let both = patterns(&["**/*.md", "a/*.md"]);
        assert_eq!(both.reach_into(Path::new("a")), Reach::Named);
    }

    #[test]
    fn only_a_named_extension_widens_a_walk() {
        for (pattern, expected) in [
            ("data/*.html", true),
            ("*.{md,yml}", true),
            ("llms.txt", true),
            ("_communiques/**", false),
            ("_communiques/**/*.{md,markdown}", false),
            ("README.md", false),
            ("LICENSE", false),
        ] {
            assert_eq!(patterns(&[pattern]).names_others(), expected, "{pattern}");
        }
    }

    #[test]
    fn bad_patterns_say_what_is_wrong() {
        let message = |written: &str| {
            let (_, bad) = Patterns::new(vec![written.to_owned()]).unwrap_err();
            bad.message
        };
        assert_eq!(
            message("a/[b"),
            "the pattern `a/[b` has a `[` without its `]`"
        );
        assert_eq!(
            message("*.{md"),
            "the pattern `*.{md` has a `{` without its `}`"
        );
        assert_eq!(message(""), "the pattern `` is empty");
        assert_eq!(
            message("../a.md"),
            "the pattern `../a.md` leaves the folder of its config file"
        );
        assert!(message("!a.md").contains("begins with `!`"));
        assert!(message("[z-a].md").contains("runs backwards: `z-a`"));
    }
}
