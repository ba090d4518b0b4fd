//! A generator's configuration as its module asks for it: keys of a data file, texts of a program,
//! and whether a folder is there.

use std::fs;
use std::path::{Path, PathBuf};

use super::load::load;
use super::program::Program;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Value};
use crate::syntax::{Document, NodeId};
use crate::text::{SourceId, SourceMap};

/// More of a program than this is not read.
const LONGEST_PROGRAM: u64 = 1 << 20;

/// A site about to be opened.
pub(super) struct Opening<'a> {
    pub root: &'a Path,
    /// The root as shown to users; empty for the working directory.
    pub shown: &'a Path,
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
            self.shown,
            self.dialect,
            self.sources,
            self.diagnostics,
        );
        Settings { document, source }
    }

    /// The program of this name; an empty one where it cannot be read.
    pub(super) fn program(&self, name: &str) -> Program {
        program(&self.root.join(name))
    }

    /// Whether there is such a folder in the site.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.root.join(folder).is_dir()
    }

    /// Those of these folders that are there.
    pub(super) fn existing(&self, folders: &[&str]) -> Vec<String> {
        let there = folders.iter().filter(|folder| self.has_folder(folder));
        there.map(ToString::to_string).collect()
    }
}

/// Reads a program.
pub(super) fn program(path: &Path) -> Program {
    let small = fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() <= LONGEST_PROGRAM);
    let source = if small {
        fs::read(path).unwrap_or_default()
    } else {
        Vec::new()
    };
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
