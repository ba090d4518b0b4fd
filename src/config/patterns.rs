//! The patterns of a config file: `*` within a folder, `**` across folders, `{a,b}`, `[ab]`, `?`.

use std::fmt;
use std::path::{Path, PathBuf};

use globset::{ErrorKind, Glob, GlobBuilder, GlobSet};

use crate::diagnostic::Problem;

/// The extensions that a walk takes without being told.
pub const MARKDOWN: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mkdn", "mdx"];

/// Whether a path has one of the [`MARKDOWN`] extensions, in any case.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    // Every file is asked, and the library takes the whole path apart.
    let written = path.as_os_str().as_encoded_bytes();
    let has = |extension: &str| {
        let at = written.len().checked_sub(extension.len() + 1);
        let Some([before @ .., b'.']) = at.and_then(|at| written.get(..=at)) else {
            return false;
        };
        let is_hidden = before
            .last()
            .is_none_or(|&byte| std::path::is_separator(char::from(byte)));
        let ending = written.get(before.len() + 1..).unwrap_or_default();
        let known = extension.as_bytes();
        // Few are written in capitals.
        !is_hidden && (ending == known || ending.eq_ignore_ascii_case(known))
    };
    MARKDOWN.into_iter().any(has)
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
    /// Those of them that the ends of a path tell: most paths are asked of no other.
    plain: Vec<Plain>,
    all: GlobSet,
    others: GlobSet,
}

impl Patterns {
    pub(super) fn new(written: Vec<String>) -> Result<Self, (usize, Problem)> {
        let mut all = GlobSet::builder();
        let mut others = GlobSet::builder();
        let mut plain = Vec::new();
        for (index, pattern) in written.iter().enumerate() {
            let globs = from_base(pattern).map_err(|bad| (index, bad))?;
            let names_others = names_another_extension(pattern);
            for glob in globs {
                if names_others {
                    others.add(glob.clone());
                }
                all.add(glob);
            }
            let pattern = stripped(pattern).map_err(|bad| (index, bad))?;
            plain.extend(Plain::of(pattern));
        }
        let whole = |error: globset::Error| (0, bad_glob("", &error));
        Ok(Self {
            plain,
            all: all.build().map_err(whole)?,
            others: others.build().map_err(whole)?,
            written,
        })
    }

    /// The patterns as written.
    #[must_use]
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Whether one matches a path relative to the folder of the config.
    #[must_use]
    pub fn matches(&self, relative: &Path) -> bool {
        let path = relative.as_os_str().as_encoded_bytes();
        self.plain.iter().any(|plain| plain.matches(path)) || self.all.is_match(relative)
    }

    /// Where the patterns may match files below a folder, which is relative to the folder of the
    /// config. A prefilter: only the parts of a pattern before its first wildcard are compared.
    pub(super) fn reach_into(&self, folder: &Path) -> Reach {
        let reach = |pattern: &String| {
            let plain = stripped(pattern).unwrap_or_default();
            let parts = plain.split('/').filter(|part| !part.is_empty());
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

    /// Whether a pattern that names an extension other than Markdown's matches.
    pub(super) fn names(&self, relative: &Path) -> bool {
        self.others.is_match(relative)
    }

    pub(super) fn names_others(&self) -> bool {
        !self.others.is_empty()
    }
}

/// A pattern for all files of a folder, or for those with some extensions: `posts`, `posts/**`,
/// `posts/**/*.{md,markdown}`.
#[derive(Clone, Debug)]
struct Plain {
    /// With a slash at its end.
    folder: String,
    /// With their points; empty for all files.
    extensions: Vec<String>,
}

impl Plain {
    /// Reads a pattern that has no leading `/`.
    fn of(pattern: &str) -> Option<Self> {
        let name = pattern.trim_end_matches('/');
        let (folder, extensions) = match name.rsplit_once("/**/*.") {
            Some((folder, extensions)) if name.len() == pattern.len() => {
                let braced = extensions.strip_prefix('{');
                let braced = braced.and_then(|rest| rest.strip_suffix('}'));
                let each = match braced {
                    Some(list) => list.split(',').collect(),
                    None => vec![extensions],
                };
                let has_one = |it: &&str| !it.is_empty() && !it.contains(['/', '}']);
                if !each.iter().all(|it| has_one(it) && is_literal(it)) {
                    return None;
                }
                let each = each.into_iter().map(|it| format!(".{it}"));
                (folder, each.collect())
            }
            _ => (name.strip_suffix("/**").unwrap_or(name), Vec::new()),
        };
        let folder = is_literal(folder).then(|| format!("{folder}/"))?;
        Some(Self { folder, extensions })
    }

    fn matches(&self, path: &[u8]) -> bool {
        let ends = |extension: &String| path.ends_with(extension.as_bytes());
        path.starts_with(self.folder.as_bytes())
            && (self.extensions.is_empty() || self.extensions.iter().any(ends))
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

/// `exclude` and `extend-exclude`, read as in `.gitignore`: a pattern without `/` matches at any
/// depth, and a folder takes with it all it holds.
#[derive(Clone, Debug, Default)]
pub struct Exclusions {
    files: GlobSet,
    folders: GlobSet,
}

impl Exclusions {
    pub(super) fn new(patterns: &[String]) -> Result<Self, (usize, Problem)> {
        let mut files = GlobSet::builder();
        let mut folders = GlobSet::builder();
        for (index, pattern) in patterns.iter().enumerate() {
            let mut add = || {
                let plain = stripped(pattern)?;
                let only_folders = plain.ends_with('/');
                let name = plain.trim_end_matches('/');
                let anywhere = !name.contains('/') && !pattern.starts_with('/');
                let name = if anywhere {
                    format!("**/{name}")
                } else {
                    name.to_owned()
                };
                let folder = name.strip_suffix("/**").filter(|rest| !rest.is_empty());
                folders.add(glob(pattern, folder.unwrap_or(&name))?);
                folders.add(glob(pattern, &format!("{name}/**"))?);
                files.add(glob(pattern, &format!("{name}/**"))?);
                if !only_folders {
                    files.add(glob(pattern, &name)?);
                }
                Ok(())
            };
            add().map_err(|bad| (index, bad))?;
        }
        let whole = |error: globset::Error| (0, bad_glob("", &error));
        Ok(Self {
            files: files.build().map_err(whole)?,
            folders: folders.build().map_err(whole)?,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn file(&self, relative: &Path) -> bool {
        self.files.is_match(relative)
    }

    pub(super) fn folder(&self, relative: &Path) -> bool {
        self.folders.is_match(relative)
    }
}

/// Checks what globset does not, and takes off a leading `./` or `/`.
fn stripped(pattern: &str) -> Result<&str, Problem> {
    if let Some(rest) = pattern.strip_prefix('!') {
        return Err(Problem::new(format!(
            "the pattern `{pattern}` begins with `!`, which has no meaning here"
        ))
        .help(format!(
            "write a pattern that does not match `{rest}` in the first place; `[!]…]` matches a \
             name that begins with `!`"
        )));
    }
    let plain = pattern.trim_start_matches("./").trim_start_matches('/');
    if plain.trim().is_empty() {
        return Err(Problem::new(format!("the pattern `{pattern}` is empty"))
            .help("write `**` for every file"));
    }
    if plain.split('/').any(|part| part == "..") {
        let message = format!("the pattern `{pattern}` leaves the folder of its config file");
        return Err(Problem::new(message)
            .help("patterns are relative to that folder; put the config file higher up"));
    }
    Ok(plain)
}

/// The globs of a pattern that begins at the folder of the config.
fn from_base(pattern: &str) -> Result<Vec<Glob>, Problem> {
    let plain = stripped(pattern)?;
    let name = plain.trim_end_matches('/');
    let mut globs = Vec::with_capacity(2);
    if name.len() == plain.len() {
        globs.push(glob(pattern, name)?);
    }
    if is_literal(name) || name.len() < plain.len() {
        globs.push(glob(pattern, &format!("{name}/**"))?);
    }
    Ok(globs)
}

fn is_literal(name: &str) -> bool {
    !name.contains(['*', '?', '[', '{', '\\'])
}

fn glob(pattern: &str, text: &str) -> Result<Glob, Problem> {
    GlobBuilder::new(text)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .map_err(|error| bad_glob(pattern, &error))
}

fn bad_glob(pattern: &str, error: &globset::Error) -> Problem {
    let (what, help) = match error.kind() {
        ErrorKind::UnclosedClass => (
            "has a `[` without its `]`".to_owned(),
            Some("write `[[]` where the name itself has a `[`"),
        ),
        ErrorKind::InvalidRange(from, to) => (
            format!("has a range that runs backwards: `{from}-{to}`"),
            None,
        ),
        ErrorKind::UnopenedAlternates => (
            "has a `}` without its `{`".to_owned(),
            Some("write `[}]` where the name itself has a `}`"),
        ),
        ErrorKind::UnclosedAlternates => (
            "has a `{` without its `}`".to_owned(),
            Some("write `[{]` where the name itself has a `{`"),
        ),
        ErrorKind::DanglingEscape => (
            "ends with a `\\` that escapes nothing".to_owned(),
            Some("folders are separated by `/`, also on Windows"),
        ),
        _ => (format!("cannot be used: {}", error.kind()), None),
    };
    let help = match error.kind() {
        ErrorKind::InvalidRange(from, to) => Some(format!("write `[{to}-{from}]`")),
        _ => help.map(str::to_owned),
    };
    Problem::new(format!("the pattern `{pattern}` {what}")).maybe_help(help)
}

/// Whether the last part of a pattern names an extension beside Markdown's: `*.html`, `a.txt`,
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
    use proptest::prelude::*;

    fn patterns(written: &[&str]) -> Patterns {
        Patterns::new(written.iter().map(|&text| text.to_owned()).collect()).unwrap()
    }

    fn exclusions(written: &[&str]) -> Exclusions {
        let written: Vec<_> = written.iter().map(|&text| text.to_owned()).collect();
        Exclusions::new(&written).unwrap()
    }

    #[test]
    fn markdown_is_told_from_its_extension() {
        let mut paths = vec![String::new()];
        for _ in 0..3 {
            let longer = |path: &String| {
                ["a", ".", "/", ".md", ".MarkDown", "mkd", ".mdx", ".txt"]
                    .map(|next| format!("{path}{next}"))
            };
            paths = paths.iter().flat_map(longer).collect();
            for path in paths
                .iter()
                .filter(|path| !path.ends_with('/') && !path.ends_with("/."))
            {
                let extension = Path::new(path).extension().and_then(|it| it.to_str());
                let known = extension.map(str::to_lowercase);
                let is_known = known.is_some_and(|known| MARKDOWN.contains(&&*known));
                assert_eq!(is_markdown(Path::new(path)), is_known, "{path}");
            }
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

    proptest! {
        #[test]
        fn what_the_ends_of_a_path_tell_is_as_the_globs_have_it(
            folder in "[a-z_*./]{0,4}",
            rest in prop::sample::select(vec![
                "", "/", "/**", "/**/*.md", "/**/*.{md,x}", "/**/*.{md}", "/**/*.{}", "/**/*.{a,}",
                "/**/*.m?", "/**/*.md/", "/*.md", "/**/*.a/b", "/**/x/**/*.md", "/**/*.", "/**/*.a.b",
            ]),
            path in "[a-z_./]{0,8}(/a)?(\\.md|\\.x|\\.a|\\.a\\.b|/b|,)?",
        ) {
            let pattern = format!("{folder}{rest}");
            if let Ok(both) = Patterns::new(vec![pattern]) {
                let path = path.trim_start_matches('/');
                let globs = Patterns { plain: Vec::new(), ..both.clone() };
                for path in [path.to_owned(), format!("{folder}/{path}")] {
                    let path = Path::new(&path);
                    prop_assert_eq!(both.matches(path), globs.matches(path), "{:?}", path);
                }
            }
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
    fn exclusions_read_as_in_gitignore() {
        let any = exclusions(&["drafts", "*.tmp.md", "/old", "a/b.md", "_notes/"]);
        for path in [
            "drafts/a.md",
            "x/drafts/y/a.md",
            "x/b.tmp.md",
            "old/a.md",
            "a/b.md",
        ] {
            assert!(any.file(Path::new(path)), "{path}");
        }
        for path in ["x/old/a.md", "x/a/b.md", "drafts.md", "_notes"] {
            assert!(!any.file(Path::new(path)), "{path}");
        }
        assert!(any.folder(Path::new("x/drafts")));
        assert!(any.folder(Path::new("_notes")));
        assert!(exclusions(&["drafts/**"]).folder(Path::new("drafts")));
        assert!(!exclusions(&["drafts/**/*.md"]).folder(Path::new("drafts")));
    }

    #[test]
    fn only_a_named_extension_widens_a_walk() {
        let named = |written: &str| {
            let patterns = patterns(&[written]);
            patterns.names_others()
        };
        assert!(named("data/*.html"));
        assert!(named("*.{md,yml}"));
        assert!(named("llms.txt"));
        assert!(!named("_communiques/**"));
        assert!(!named("_communiques/**/*.{md,markdown}"));
        assert!(!named("README.md"));
        assert!(!named("LICENSE"));
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
