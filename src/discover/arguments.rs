//! One argument: a file, a folder, a glob or `-`.

use std::path::{Component, Path, PathBuf};

use super::globs;
use super::search::Search;
use super::walk::{counted, survey};
use super::{Glob, Input, Origin, STDIN};
use crate::diagnostic::Problem;
use crate::files::{self, Boundary, ReadError};
use crate::text::{Tolerance, nearest, path_line, path_text};

/// Failures about arguments beyond this many suggest no other name.
const MOST_SUGGESTIONS: usize = 100;

impl Search<'_> {
    pub(super) fn argument(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.stdin();
            return;
        }
        if path.as_os_str().is_empty() {
            self.found.failures.push(
                Problem::new("one of the paths is empty")
                    .help("without any path the working directory is checked"),
            );
            return;
        }
        // What exists under this very name is meant, whatever it has of `[` and `*`.
        if files::exists(&self.cwd.join(path)) {
            self.existing(path, None);
            return;
        }
        if globs::is_glob(path.as_os_str()) {
            self.glob(path);
        } else {
            let failure = self.missing(path);
            self.found.failures.push(failure);
        }
    }

    fn stdin(&mut self) {
        let path = self.request.stdin_filename.unwrap_or(Path::new(STDIN));
        if self.request.force_exclude && self.leaves_out(path, false) {
            return;
        }
        let input = Input {
            path: self.spellings(path).1,
            origin: Origin::Stdin,
            needs_fence: false,
        };
        // A key that no path has, since the file of this name may be among the arguments too.
        self.inputs.insert(PathBuf::from("-"), input);
    }

    fn existing(&mut self, path: &Path, glob: Option<&Path>) {
        if files::is_folder(&self.cwd.join(path)) {
            self.add_folder(path, glob);
        } else {
            self.add_named(path);
        }
    }

    fn glob(&mut self, pattern: &Path) {
        // The names that match are not those of the command line itself.
        let within = self.finder.boundary(&globs::literal_folder(pattern));
        let matches = match globs::expand(pattern, self.cwd, &within, &mut self.listings) {
            Ok(matches) => matches,
            Err(failure) => {
                self.found.failures.push(failure);
                return;
            }
        };
        let (mut any, is_matched) = (false, !matches.is_empty());
        let mut files = Vec::new();
        for path in matches {
            let absolute = self.cwd.join(&path);
            // On the way to a match no link was followed out of the repository.
            let real = match files::kind(&absolute) {
                Some(kind) if !kind.is_symlink() => Ok(absolute),
                _ => within.resolve(&absolute),
            };
            let is_folder = real.as_ref().is_ok_and(|real| files::is_folder(real));
            // A glob that names no extension takes of a folder what a walk would take.
            if is_folder || globs::names_extension(pattern) || self.is_walkable(&path) {
                any = true;
                match real {
                    Err(error @ ReadError::Outside(_)) => {
                        let message = format!("`{}` cannot be read: {error}", path_line(&path));
                        let problem = Problem::new(message).maybe_help(error.help());
                        self.found.failures.push(problem);
                    }
                    _ => self.existing(&path, Some(pattern)),
                }
                if !is_folder {
                    files.push(self.spellings(&path).1);
                }
            }
        }
        if any {
            let pattern = pattern.to_owned();
            self.found.globs.push(Glob { pattern, files });
        } else {
            let failure = self.no_match(pattern, &within, is_matched);
            self.found.failures.push(failure);
        }
    }

    /// The failure for a glob that names no page; `is_matched` is whether it matches other files.
    fn no_match(&mut self, pattern: &Path, within: &Boundary, is_matched: bool) -> Problem {
        let noun = if is_matched { "page" } else { "file" };
        let message = format!("no {noun} matches `{}`", path_line(pattern));
        if let Some(path) = globs::generated(pattern, self.cwd, within, &mut self.listings) {
            let help = format!(
                "`{}` does, but a generator or a package manager fills its folder; name the folder \
                 itself to check what is in it",
                path_line(&path)
            );
            return Problem::new(message).help(help);
        }
        let folder = globs::literal_folder(pattern);
        if let Some((reason, help)) = self.why_nothing_matches(Path::new(pattern), &folder) {
            return Problem::new(format!("{message}: {reason}")).help(help);
        }
        let help = if files::is_folder(&self.cwd.join(&folder)) {
            self.what_is_in(&folder)
        } else {
            self.missing(&folder).help
        };
        Problem::new(message).maybe_help(help)
    }

    /// Why a glob matches nothing in the folder that it begins in, and what to do about it.
    fn why_nothing_matches(&self, pattern: &Path, folder: &Path) -> Option<(String, &'static str)> {
        let is_of_hidden =
            |part: &[u8]| part.starts_with(b".") && part.iter().any(|byte| b"*?[{".contains(byte));
        let mut parts = pattern.components().map(Component::as_os_str);
        if parts.any(|part| is_of_hidden(part.as_encoded_bytes())) {
            return Some((
                "patterns match no hidden files and folders".to_owned(),
                "write out the names that begin with `.`",
            ));
        }
        let (absolute, shown) = self.spellings(folder);
        if !files::is_folder(&absolute) {
            return None;
        }
        let spellings = std::iter::once((absolute.as_path(), shown.as_path()));
        survey(spellings, self.finder).of_glob()
    }

    /// "`_communiques` holds 71 `.markdown` files and 2 `.md` files"
    fn what_is_in(&self, folder: &Path) -> Option<String> {
        let mut counts = std::collections::BTreeMap::<String, usize>::new();
        let entries = files::list(&self.cwd.join(folder));
        for entry in entries.into_iter().flatten().flatten() {
            if let Some(extension) = Path::new(&entry.file_name()).extension() {
                let extension = path_line(Path::new(extension)).into_owned();
                *counts.entry(extension).or_default() += 1;
            }
        }
        let folder = match folder.as_os_str().is_empty() {
            true => "the working directory".to_owned(),
            false => format!("`{}`", path_line(folder)),
        };
        (!counts.is_empty()).then(|| format!("{folder} holds {}", counted(&counts)))
    }

    /// The failure for a name that is not there, with the nearest one in the same folder.
    fn missing(&self, path: &Path) -> Problem {
        let message = format!("no such file: `{}`", path_line(path));
        // The first part of the path that is not there is the one that is wrong.
        let mut broken = path;
        while let Some(parent) = broken.parent() {
            if files::real(&self.cwd.join(parent)).is_ok() {
                break;
            }
            broken = parent;
        }
        let parent = broken.parent().unwrap_or(Path::new(""));
        let name = path_text(Path::new(broken.file_name().unwrap_or_default()));
        let folder = self.cwd.join(parent);
        // Each name is compared with all in its folder.
        let names = match self.found.failures.len() < MOST_SUGGESTIONS {
            true => files::names(&folder),
            false => Vec::new(),
        };
        let names = names.iter().map(String::as_str);
        let help = nearest(&name, names, Tolerance::Third).map(|near| {
            let mut meant = parent.join(near);
            if let Ok(rest) = path.strip_prefix(broken)
                && !rest.as_os_str().is_empty()
                && files::exists(&self.cwd.join(&meant).join(rest))
            {
                meant.push(rest);
            }
            format!("did you mean `{}`?", path_line(&meant))
        });
        let help = help.or_else(|| {
            let parent_is_file = files::real(&folder).is_ok() && !files::is_folder(&folder);
            Some(match parent_is_file {
                true => format!("`{}` is a file, not a folder", path_line(parent)),
                false => "a path is taken from the working directory".to_owned(),
            })
        });
        Problem::new(message).maybe_help(help)
    }
}
