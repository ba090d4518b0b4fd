//! A generator's configuration file, found and read while its site is opened.

use std::path::Path;
use std::sync::Arc;

use super::npm;
use super::program::Program;
use super::settings::Settings;
use super::version::Pinned;
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::Dialect;
use crate::files::{self, Boundary, MOST_BYTES, Place, ReadError};
use crate::syntax::{Block, Document, Parsed, Syntax, parse};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// What is searched for a key is read again for each page that lacks one: less than
/// [`MOST_BYTES`].
pub(super) const MOST_SEARCHED: u64 = 1 << 20;

/// A site that is being opened.
pub struct Opening<'a> {
    pub root: &'a Path,
    /// The root as shown to users; empty for the working directory.
    pub shown: &'a Path,
    /// The generator's configuration file, relative to the root.
    pub config: Option<&'static str>,
    pub boundary: &'a Boundary,
    pub dialect: Dialect,
    pub sources: &'a SourceMap,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Opening<'_> {
    /// The configuration, which is data. What is wrong with it becomes a finding.
    pub(super) fn settings(&mut self) -> Settings {
        self.config
            .map(|name| self.settings_at(name))
            .unwrap_or_default()
    }

    /// Another file of the configuration that is data.
    pub(super) fn settings_at(&mut self, name: &str) -> Settings {
        let text = match files::read(&self.root.join(name), self.boundary).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => {
                let help = "save the file as UTF-8".to_owned();
                return self.unreadable(name, &format!("`{name}` is not UTF-8"), help);
            }
            Err(error) => {
                let help = error.help().unwrap_or_else(|| {
                    "the pages are checked without what the site's configuration says".to_owned()
                });
                return self.unreadable(name, &format!("`{name}` cannot be read: {error}"), help);
            }
        };
        self.parse(name, text)
    }

    fn parse(&mut self, name: &str, text: String) -> Settings {
        let file = Arc::new(SourceFile::new(self.shown.join(name), text));
        let source = self.sources.add(Arc::clone(&file));
        let syntax = match name.rsplit('.').next() {
            Some("toml") => Syntax::Toml,
            Some("json") => Syntax::Json,
            _ => Syntax::Yaml,
        };
        let block = Block::whole(syntax, file.text());
        let parsed = parse(file.text(), &block, self.dialect, source);
        self.diagnostics.extend(findings(&parsed, name, source));
        Settings {
            document: parsed.document.map(Document::into_owned),
            source: Some(source),
        }
    }

    fn unreadable(&mut self, name: &str, message: &str, help: String) -> Settings {
        let source = self.report(name, message, Some(help));
        Settings {
            document: None,
            source: Some(source),
        }
    }

    /// Reports a configuration file as a whole.
    fn report(&mut self, name: &str, message: &str, help: Option<String>) -> SourceId {
        let file = SourceFile::new(self.shown.join(name), "");
        let source = self.sources.add(Arc::new(file));
        let mut finding =
            Diagnostic::new(RuleId::InvalidConfig, message).at_source(source, Span::default(), "");
        finding.help = help;
        self.diagnostics.push(finding);
        source
    }

    /// The configuration, which is a program; an empty one where it cannot be read, which becomes a
    /// finding.
    pub(super) fn program(&mut self) -> Program {
        self.config
            .map(|name| self.program_at(name))
            .unwrap_or_default()
    }

    /// Another program of the site.
    pub(super) fn program_at(&mut self, name: &str) -> Program {
        let source = self.optional(name, MOST_SEARCHED);
        Program::new(&String::from_utf8_lossy(&source))
    }

    /// The version of an npm package that the site pins.
    pub(super) fn npm_version(&self, package: &str) -> Pinned {
        Pinned(npm::version_of(self.root, package, self.boundary))
    }

    /// The lines of a file of the site; none where it cannot be read, which becomes a finding.
    pub(super) fn lines(&mut self, name: &str) -> Vec<String> {
        let bytes = self.optional(name, MOST_BYTES);
        let text = String::from_utf8_lossy(&bytes);
        text.lines().map(str::to_owned).collect()
    }

    /// At most `limit` bytes of a file that may be absent.
    fn optional(&mut self, name: &str, limit: u64) -> Vec<u8> {
        let path = self.root.join(name);
        match files::read_up_to(limit, &path, self.boundary) {
            Ok(bytes) => return bytes,
            // A link to a file that does not exist is reported.
            Err(error) if error.is_missing() && !files::exists(&path) => {}
            Err(error) => {
                let message = format!("`{name}` cannot be read: {error}");
                self.report(name, &message, error.help());
            }
        }
        Vec::new()
    }

    /// The names in a folder of the site that do not begin with a dot.
    pub(super) fn names(&self, folder: &str) -> Vec<String> {
        let folder = self.boundary.resolve(&self.root.join(folder));
        let mut names = folder.map_or_else(|_| Vec::new(), |folder| files::names(&folder));
        names.retain(|name| !name.starts_with('.'));
        names
    }

    /// Those of these folders that exist.
    pub(super) fn existing(&self, folders: &[&str]) -> Vec<String> {
        let is_there = |folder: &&&str| self.boundary.has_folder(&self.root.join(folder));
        folders
            .iter()
            .filter(is_there)
            .map(ToString::to_string)
            .collect()
    }
}

/// What is wrong with the syntax of a configuration, as findings about the site.
fn findings(parsed: &Parsed<'_>, name: &str, source: SourceId) -> Vec<Diagnostic> {
    // Its author did not ask for a check of this file: one finding is enough where it is lost.
    let is_lost = parsed.document.is_none();
    let most = if is_lost { 1 } else { usize::MAX };
    let found = parsed.diagnostics.iter().take(most).cloned();
    let mut findings: Vec<_> = found
        .map(|finding| of_configuration(finding, is_lost))
        .collect();
    if is_lost && findings.is_empty() {
        let message = format!("`{name}` cannot be parsed");
        let finding = Diagnostic::new(RuleId::InvalidConfig, message);
        let finding = finding.at_source(source, Span::default(), "");
        findings.push(finding.help("mend its syntax"));
    }
    findings
}

/// A finding of the parser, which reports about the front matter of a page.
fn of_configuration(mut finding: Diagnostic, is_lost: bool) -> Diagnostic {
    let reworded = |text: &str| text.replace("front matter", "the configuration");
    if !is_lost && finding.rule == RuleId::DuplicateKey {
        finding.severity = Severity::Warning;
    }
    finding.rule = RuleId::InvalidConfig;
    finding.pointer = None;
    finding.fix = None;
    finding.message = reworded(&finding.message);
    finding.help = finding.help.as_deref().map(reworded);
    finding
}

/// A program in a folder that may be a site's root; an empty one where it cannot be read.
pub(super) fn program_in(root: &Path, name: &str) -> Program {
    let bytes = files::read_up_to(MOST_SEARCHED, &root.join(name), &boundary_around(root));
    Program::new(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
}

/// Whether a folder has anything but a folder of this name. A link counts whatever its target is,
/// as do a pipe and a device: what is wrong with them is reported where the file is read.
pub(super) fn has_file(root: &Path, name: &str) -> bool {
    let mut path = root.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let Some(kind) = files::kind(&path) else {
            return false;
        };
        if parts.peek().is_none() {
            return !kind.is_dir();
        }
        // A folder that is a link out of the site is not read, so that the file may exist.
        if kind.is_symlink() {
            return match boundary_around(root).resolve(&root.join(name)) {
                Ok(real) => files::kind(&real).is_some_and(|kind| !kind.is_dir()),
                Err(error) => matches!(error, ReadError::Outside(_)),
            };
        }
    }
    false
}

/// Whether a name in a site's folder is a link that leads out.
pub(super) fn leads_out(root: &Path, name: &str) -> bool {
    let path = root.join(name);
    files::kind(&path).is_some_and(|kind| kind.is_symlink())
        && matches!(
            boundary_around(root).resolve(&path),
            Err(ReadError::Outside(_))
        )
}

/// Whether a folder has a folder of this name, or a link.
pub(super) fn has_folder(root: &Path, name: &str) -> bool {
    let kind = files::kind(&root.join(name));
    kind.is_some_and(|kind| kind.is_dir() || kind.is_symlink())
}

/// What the files of a folder that may be a site's root must not lead out of.
pub(super) fn boundary_around(root: &Path) -> Boundary {
    let start = files::absolute(root);
    let working_directory = files::working_directory();
    // A site outside of the working directory has its own files.
    let folder = match start.starts_with(&working_directory) {
        true => working_directory,
        false => start.clone(),
    };
    Boundary::of(
        start,
        Place {
            folder,
            name: "the site",
        },
    )
}
