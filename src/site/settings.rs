//! A generator's configuration as its module asks for it: keys of a data file, texts of a program,
//! and whether a folder is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::load::load;
use super::program::Program;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Value};
use crate::files::{self, Boundary, MOST_BYTES};
use crate::syntax::{Document, NodeId};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// What is searched for a key is read again for each page that lacks one: less than
/// [`files::MOST_BYTES`].
pub(super) const MOST_SEARCHED: u64 = 1 << 20;

/// A site about to be opened.
pub(super) struct Opening<'a> {
    pub root: &'a Path,
    /// The root as shown to users; empty for the working directory.
    pub shown: &'a Path,
    pub boundary: &'a Boundary,
    pub dialect: Dialect,
    pub sources: &'a SourceMap,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Opening<'_> {
    /// The data file of this name. What is wrong with its syntax becomes a finding.
    pub(super) fn settings(&mut self, name: &str) -> Settings {
        let (document, source) = load(
            &[name],
            self.root,
            self.boundary,
            self.shown,
            self.dialect,
            self.sources,
            self.diagnostics,
        );
        Settings { document, source }
    }

    /// The program of this name; an empty one where it cannot be read, which becomes a finding.
    pub(super) fn program(&mut self, name: &str) -> Program {
        let source = self.optional(name, MOST_SEARCHED);
        Program::new(&String::from_utf8_lossy(&source))
    }

    /// Whether there is such a folder in the site.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.boundary.has_folder(&self.root.join(folder))
    }

    /// The names in a folder of the site that do not begin with a dot.
    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let folder = self.boundary.resolve(&self.root.join(folder));
        let mut names = folder.map_or_else(|_| Vec::new(), |folder| files::names(&folder));
        names.retain(|name| !name.starts_with('.'));
        names
    }

    /// The lines of a file of the site; none where it cannot be read, which becomes a finding.
    pub(super) fn lines(&mut self, name: &str) -> Vec<String> {
        let bytes = self.optional(name, MOST_BYTES);
        let text = String::from_utf8_lossy(&bytes);
        text.lines().map(str::to_owned).collect()
    }

    /// The bytes of a file that need not be there, at most `limit`; none where it cannot be read.
    fn optional(&mut self, name: &str, limit: u64) -> Vec<u8> {
        let path = self.root.join(name);
        let error = match files::read_up_to(limit, &path, self.boundary) {
            Ok(bytes) => return bytes,
            // A link that leads nowhere is there.
            Err(error) if error.is_missing() && !files::exists(&path) => return Vec::new(),
            Err(error) => error,
        };
        let source = SourceFile::new(self.shown.join(name), "");
        let id = self.sources.add(Arc::new(source));
        let message = format!("`{name}` cannot be read: {error}");
        let finding = Diagnostic::new(RuleId::InvalidConfig, message);
        let mut finding = finding.at_source(id, Span::default(), "");
        finding.help = error.help();
        self.diagnostics.push(finding);
        Vec::new()
    }

    /// Those of these folders that are there.
    pub(super) fn existing(&self, folders: &[&str]) -> Vec<String> {
        let there = folders.iter().filter(|folder| self.has_folder(folder));
        there.map(ToString::to_string).collect()
    }
}

/// Reads a program; an empty one where it cannot be read.
pub(super) fn program(path: &Path, boundary: &Boundary) -> Program {
    let source = files::read_up_to(MOST_SEARCHED, path, boundary).unwrap_or_default();
    Program::new(&String::from_utf8_lossy(&source))
}

/// A configuration file that is data.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub document: Option<Document<'static>>,
    pub source: Option<SourceId>,
}

impl Settings {
    /// The value at a path of keys, which are compared without regard to case, as Hugo does.
    pub(super) fn value(&self, keys: &[&str]) -> Option<(&Document<'static>, NodeId)> {
        let document = self.document.as_ref()?;
        let node = keys.iter().try_fold(document.root(), |node, key| {
            let mut members = document.members(node).iter();
            members
                .find(|member| member.key.text.eq_ignore_ascii_case(key))
                .map(|member| member.value)
        })?;
        Some((document, node))
    }

    /// The text at a path of keys.
    pub(super) fn text(&self, keys: &[&str]) -> Option<String> {
        let (document, node) = self.value(keys)?;
        document.string(node).map(str::to_owned)
    }

    /// Whether there is `true` at a path of keys.
    pub(super) fn is_true(&self, keys: &[&str]) -> bool {
        self.is(keys, true)
    }

    /// Whether there is `false` at a path of keys.
    pub(super) fn is_false(&self, keys: &[&str]) -> bool {
        self.is(keys, false)
    }

    fn is(&self, keys: &[&str], wanted: bool) -> bool {
        self.value(keys).is_some_and(|(document, node)| {
            let scalar = document.scalar(node);
            scalar.is_some_and(|scalar| scalar.value == Value::Bool(wanted))
        })
    }

    /// The texts at a path of keys: of a list, or the one that stands there.
    pub(super) fn texts(&self, keys: &[&str]) -> Vec<String> {
        let Some((document, node)) = self.value(keys) else {
            return Vec::new();
        };
        let one = document.string(node).into_iter();
        let items = document.items(node).iter();
        one.chain(items.filter_map(|&item| document.string(item)))
            .map(str::to_owned)
            .collect()
    }
}

/// A folder of a configuration as segments below the site's root: `./src/` is `src`. `None` where
/// it lies outside.
pub(super) fn folder(written: &str) -> Option<String> {
    if written.starts_with('/') || written.contains(':') {
        return None;
    }
    let mut segments = Vec::new();
    for segment in written.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            other => segments.push(other),
        }
    }
    Some(segments.join("/"))
}

/// The path that a URL mounts a site at: `/docs` for `https://example.org/docs/`.
pub(super) fn mount(url: &str) -> String {
    let path = match url::Url::parse(url) {
        Ok(url) => url.path().to_owned(),
        Err(_) => url.to_owned(),
    };
    path.trim_matches('/').to_owned()
}

/// The folders of a page's path, from its own up to the root: `a/b`, `a`, and the empty one.
pub(super) fn folders_above(page: &str) -> impl Iterator<Item = &str> {
    let own = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    std::iter::successors(Some(own), |folder| {
        if folder.is_empty() {
            None
        } else {
            Some(folder.rsplit_once('/').map_or("", |(above, _)| above))
        }
    })
}

/// A file below the root, by its segments.
pub(super) fn below(root: &Path, folder: &str, name: &str) -> PathBuf {
    root.join(folder).join(name)
}
