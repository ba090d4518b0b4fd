//! Globs that the shell did not expand. Patterns and names are bytes: neither need be UTF-8.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use glob::{MatchOptions, Pattern};

use crate::diagnostic::Problem;
use crate::files::{self, Boundary};
use crate::site::is_generated;
use crate::text::path_line;

/// How many patterns the braces of one may stand for.
const MOST_ALTERNATIVES: usize = 1000;

/// Whether an argument is meant as a glob, where no file has this name.
pub(super) fn is_glob(argument: &OsStr) -> bool {
    holds_sign(argument.as_encoded_bytes())
}

fn holds_sign(pattern: &[u8]) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b'*' | b'?' | b'[' | b'{');
    pattern.iter().any(is_sign)
}

/// Whether the last part of a glob says which extension it wants.
pub(super) fn names_extension(pattern: &Path) -> bool {
    let pattern = pattern.as_os_str().as_encoded_bytes();
    let is_end = |byte: &u8| matches!(byte, b'/' | b'\\');
    let last = pattern.rsplit(is_end).next().unwrap_or(pattern);
    last.contains(&b'.')
}

/// The folder that a glob begins in: its parts before the first with a `*` or the like.
pub(super) fn literal_folder(pattern: &Path) -> PathBuf {
    let parts = pattern.components();
    parts
        .take_while(|part| !is_glob(part.as_os_str()))
        .collect()
}

/// The paths that match, without hidden ones and without generated folders that the pattern does
/// not name itself. Sorted. `**` does not go into linked folders, as a walk does not, and no link
/// is followed out of `within`.
pub(super) fn expand(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Result<Vec<PathBuf>, Problem> {
    let matches = matches(pattern, cwd, within, listings)?.into_iter();
    let found = matches.filter(|matched| !matched.is_generated);
    Ok(found.map(|matched| matched.path).collect())
}

/// The first path that matches and lies in a generated folder that the pattern does not name itself.
pub(super) fn generated(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Option<PathBuf> {
    let matches = matches(pattern, cwd, within, listings).unwrap_or_default();
    let first = matches.into_iter().find(|matched| matched.is_generated);
    first.map(|matched| matched.path)
}

/// A path that a pattern matches.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Matched {
    path: PathBuf,
    /// Whether it lies in a generated folder that the pattern does not name itself.
    is_generated: bool,
}

/// The paths that match, without hidden ones. Sorted.
fn matches(
    pattern: &Path,
    cwd: &Path,
    within: &Boundary,
    listings: &mut Listings,
) -> Result<BTreeSet<Matched>, Problem> {
    // A folder that exists under the very name that is written is meant, whatever it has of `[`.
    let bytes = pattern.as_os_str().as_encoded_bytes();
    let (folder, rest) = existing_folder(bytes, cwd).unwrap_or((PathBuf::new(), bytes));
    let mut found = BTreeSet::new();
    for mut alternative in alternatives(rest) {
        // All in a folder is what a walk of it takes.
        match alternative.strip_suffix(b"**") {
            Some(b"") => alternative = b".".to_vec(),
            Some([folder @ .., b'/']) => {
                let slashes = folder
                    .iter()
                    .rev()
                    .take_while(|&&byte| byte == b'/')
                    .count();
                alternative.truncate(folder.len() - slashes);
            }
            _ => {}
        }
        let only_folders = alternative.ends_with(b"/");
        let alternative = files::path_of(&alternative);
        let literal = literal_folder(&alternative);
        let steps = steps(&alternative, &literal).map_err(|error| {
            Problem::new(format!(
                "the glob `{}` cannot be read: {}",
                path_line(pattern),
                error.msg
            ))
            .help("a name that has `[` itself is written with `[[]`")
        })?;
        let skip = folder.join(literal);
        let mut search = Search {
            cwd,
            within,
            steps: &steps,
            only_folders,
            listings: &mut *listings,
            found: BTreeSet::new(),
        };
        search.follow(skip.clone(), &search.reached(0));
        // `a/**/` names the folders in `a`.
        if !steps.is_empty() {
            search.found.remove(&skip);
        }
        for path in search.found {
            let beyond = path.strip_prefix(&skip).unwrap_or(&path);
            let is_generated = beyond.ancestors().any(is_generated);
            found.insert(Matched { path, is_generated });
        }
    }
    Ok(found)
}

/// The first folders of a pattern, as far as they exist as written, and the rest of it; `None` where
/// nothing in their names could be read as a pattern.
fn existing_folder<'p>(pattern: &'p [u8], cwd: &Path) -> Option<(PathBuf, &'p [u8])> {
    let slashes = memchr::memchr_iter(b'/', pattern);
    let exists = |at: &usize| files::is_folder(&cwd.join(files::path_of(&pattern[..=*at])));
    let end = slashes.take_while(exists).last()?;
    let (folder, rest) = (&pattern[..=end], &pattern[end + 1..]);
    (holds_sign(folder) && !rest.is_empty()).then(|| (files::path_of(folder), rest))
}

/// One part of a glob.
enum Step {
    /// `**`: any number of folders.
    Folders,
    /// A name without `*` and the like.
    Name(OsString),
    /// Any other, with the bytes that a name begins with.
    Pattern(Pattern, Vec<u8>),
}

/// The parts of a glob below its literal folder.
fn steps(pattern: &Path, folder: &Path) -> Result<Vec<Step>, glob::PatternError> {
    Pattern::new(&letters(pattern.as_os_str()))?;
    let mut steps = Vec::new();
    for part in pattern.components().skip(folder.components().count()) {
        let name = part.as_os_str();
        steps.push(match &*letters(name) {
            "**" => Step::Folders,
            _ if !is_glob(name) || !matches!(part, Component::Normal(_)) => {
                Step::Name(name.to_owned())
            }
            text => {
                let bytes = name.as_encoded_bytes();
                let start = bytes.iter().take_while(|byte| !b"*?[".contains(byte));
                Step::Pattern(Pattern::new(text)?, start.copied().collect())
            }
        });
    }
    Ok(steps)
}

/// A name or a part of a pattern as text that one can be matched with the other: for a byte that is
/// no UTF-8 stands a private character, which Unicode will never give a meaning.
fn letters(name: &OsStr) -> Cow<'_, str> {
    /// The private characters of the last plane, by their last byte.
    const BYTES: u32 = 0x10_fe00;
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        let bytes = chunk.invalid().iter();
        text.extend(bytes.filter_map(|&byte| char::from_u32(BYTES + u32::from(byte))));
    }
    Cow::Owned(text)
}

/// The names in the folders that globs were looked up in, sorted; each is listed once.
#[derive(Debug, Default)]
pub(super) struct Listings {
    folders: HashMap<PathBuf, Rc<Vec<Named>>>,
}

/// A name in a folder.
#[derive(Debug)]
struct Named {
    name: OsString,
    /// Whether it is a folder, and no link to one.
    is_folder: bool,
}

impl Named {
    fn bytes(&self) -> &[u8] {
        self.name.as_encoded_bytes()
    }

    fn is_hidden(&self) -> bool {
        self.bytes().starts_with(b".")
    }
}

impl Listings {
    fn of(&mut self, folder: PathBuf) -> Rc<Vec<Named>> {
        let known = self.folders.entry(folder);
        let listing = known.or_insert_with_key(|folder| {
            let entries = files::list(folder).into_iter().flatten().flatten();
            let mut names: Vec<_> = entries
                .map(|entry| Named {
                    name: entry.file_name(),
                    is_folder: entry.file_type().is_ok_and(|kind| kind.is_dir()),
                })
                .collect();
            names.sort_unstable_by(|a, b| a.name.cmp(&b.name));
            Rc::new(names)
        });
        Rc::clone(listing)
    }
}

/// The search for what one glob matches. Each folder is visited once, with all steps of the glob that
/// may go on there: with several `**` there are many ways to read one path.
struct Search<'s> {
    cwd: &'s Path,
    within: &'s Boundary,
    steps: &'s [Step],
    /// Whether files do not count.
    only_folders: bool,
    listings: &'s mut Listings,
    found: BTreeSet<PathBuf>,
}

impl Search<'_> {
    /// A step, and those after it where it may stand for no folder.
    fn reached(&self, step: usize) -> BTreeSet<usize> {
        let folders = self.steps.iter().skip(step);
        let folders = folders.take_while(|step| matches!(step, Step::Folders));
        (step..=step + folders.count()).collect()
    }

    /// Matches what is in a folder.
    fn enter(&mut self, folder: &Path, at: &BTreeSet<usize>) {
        let names_only = |&step: &usize| matches!(self.steps.get(step), Some(Step::Name(_)));
        if at.iter().all(names_only) {
            for &step in at {
                if let Some(Step::Name(name)) = self.steps.get(step) {
                    self.follow(folder.join(name), &self.reached(step + 1));
                }
            }
            return;
        }
        let names = self.listings.of(self.cwd.join(folder));
        // The steps that go on below each name.
        let mut next = BTreeMap::<usize, BTreeSet<usize>>::new();
        for &step in at {
            match self.steps.get(step) {
                Some(Step::Folders) => {
                    for (place, named) in names.iter().enumerate() {
                        if named.is_folder && !named.is_hidden() {
                            next.entry(place).or_default().extend(self.reached(step));
                        }
                    }
                }
                Some(Step::Name(name)) => {
                    let place = names.binary_search_by(|named| named.name.cmp(name));
                    if let Ok(place) = place {
                        next.entry(place)
                            .or_default()
                            .extend(self.reached(step + 1));
                    }
                }
                Some(Step::Pattern(pattern, start)) => {
                    let first = names.partition_point(|named| named.bytes() < start.as_slice());
                    let names = names.iter().enumerate().skip(first);
                    let alike = names.take_while(|(_, named)| named.bytes().starts_with(start));
                    for (place, named) in alike {
                        if !named.is_hidden()
                            && pattern.matches_with(&letters(&named.name), OPTIONS)
                        {
                            next.entry(place)
                                .or_default()
                                .extend(self.reached(step + 1));
                        }
                    }
                }
                None => {}
            }
        }
        for (place, steps) in next {
            if let Some(named) = names.get(place) {
                self.follow(folder.join(&named.name), &steps);
            }
        }
    }

    /// Takes a path that the glob ends with, and looks into the folder where it goes on.
    fn follow(&mut self, path: PathBuf, at: &BTreeSet<usize>) {
        let ends = at.contains(&self.steps.len());
        let goes_on = at.iter().any(|&step| step < self.steps.len());
        let absolute = self.cwd.join(&path);
        let Some(kind) = files::kind(&absolute) else {
            return;
        };
        let target = match kind.is_symlink() {
            true => self.within.resolve(&absolute).ok(),
            false => Some(absolute),
        };
        let Some(kind) = target.and_then(|target| files::kind(&target)) else {
            // A link that leads nowhere or out of the repository is reported by whoever opens it.
            if ends && !self.only_folders {
                self.found.insert(path);
            }
            return;
        };
        let is_folder = kind.is_dir();
        if goes_on && is_folder {
            self.enter(&path, at);
        }
        if ends && (is_folder || !self.only_folders) {
            self.found.insert(path);
        }
    }
}

const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// `a.{md,markdown}` as `a.md` and `a.markdown`. A brace without its partner stands for itself.
fn alternatives(pattern: &[u8]) -> Vec<Vec<u8>> {
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
            open.push(
                [
                    &pattern[..start],
                    &pattern[from..comma],
                    &pattern[end + 1..],
                ]
                .concat(),
            );
            from = comma + 1;
        }
    }
    done
}

/// The outermost braces that begin first, with the commas between them.
fn first_braces(pattern: &[u8]) -> Option<(usize, usize, Vec<usize>)> {
    let start = memchr::memchr(b'{', pattern)?;
    let mut depth = 0_usize;
    let mut commas = Vec::new();
    for (at, byte) in pattern.iter().enumerate().skip(start) {
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
#[expect(clippy::disallowed_methods, reason = "tests make their own files")]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn braces_are_expanded() {
        let expand = |pattern: &str| {
            let mut all: Vec<_> = alternatives(pattern.as_bytes())
                .into_iter()
                .map(|it| String::from_utf8(it).unwrap())
                .collect();
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
