//! A generator's configuration file that is data, read and parsed.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::Dialect;
use crate::files::{self, Boundary, Place, ReadError};
use crate::syntax::{Block, Document, Syntax, parse};
use crate::text::{SourceFile, SourceId, SourceMap, Span};

/// Reads the first of `names` that stands in the site at `root`, shown to users as `shown`: its
/// tree, unless there is none, and its id, if there is a file at all.
pub(super) fn load(
    names: &[&str],
    root: &Path,
    boundary: &Boundary,
    shown: &Path,
    dialect: Dialect,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Document<'static>>, Option<SourceId>) {
    let Some(name) = names.iter().find(|name| has_file(root, name)) else {
        return (None, None);
    };
    let shown = if shown == Path::new(".") {
        Path::new(name).to_owned()
    } else {
        shown.join(name)
    };
    let mut broken = |id, message: String, help: &str| {
        diagnostics.push(
            Diagnostic::new(RuleId::InvalidConfig, message)
                .at_source(id, Span::default(), "")
                .help(help),
        );
        (None, Some(id))
    };
    let text = match files::read(&root.join(name), boundary).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => {
            let id = sources.add(Arc::new(SourceFile::new(shown, "")));
            return broken(
                id,
                format!("`{name}` is not UTF-8"),
                "save the file as UTF-8",
            );
        }
        Err(error) => {
            let id = sources.add(Arc::new(SourceFile::new(shown, "")));
            let message = format!("`{name}` cannot be read: {error}");
            let help = error.help().unwrap_or_else(|| {
                "the pages are checked without what the site's configuration says".to_owned()
            });
            return broken(id, message, &help);
        }
    };
    let file = Arc::new(SourceFile::new(shown, text));
    let id = sources.add(Arc::clone(&file));
    let syntax = match name.rsplit('.').next() {
        Some("toml") => Syntax::Toml,
        Some("json") => Syntax::Json,
        _ => Syntax::Yaml,
    };
    let parsed = parse(file.text(), &Block::whole(syntax, file.text()), dialect, id);
    let lost = parsed.document.is_none();
    let mut found: Vec<_> = parsed
        .diagnostics
        .into_iter()
        .map(|mut diagnostic| {
            // The reader did not ask for this file: one finding, and of the rule that says so.
            if !lost && diagnostic.rule == RuleId::DuplicateKey {
                diagnostic.severity = Severity::Warning;
            }
            diagnostic.rule = RuleId::InvalidConfig;
            diagnostic.pointer = None;
            diagnostic.fix = None;
            diagnostic.message = of_configuration(&diagnostic.message);
            diagnostic.help = diagnostic.help.as_deref().map(of_configuration);
            diagnostic
        })
        .collect();
    if lost {
        found.truncate(1);
    }
    let Some(document) = parsed.document.map(Document::into_owned) else {
        if found.is_empty() {
            return broken(id, format!("`{name}` cannot be parsed"), "mend its syntax");
        }
        diagnostics.extend(found);
        return (None, Some(id));
    };
    diagnostics.extend(found);
    (Some(document), Some(id))
}

/// Whether a site's folder holds anything but a folder of this name. A link counts whatever it
/// leads to, as do a pipe and a device: what is wrong with them is reported where the file is read.
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
        // What is below a folder that leads out is not looked at: it may be there.
        if kind.is_symlink() {
            return match around(root).resolve(&root.join(name)) {
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
        && matches!(around(root).resolve(&path), Err(ReadError::Outside(_)))
}

/// Whether a site's folder holds a folder of this name, or a link.
pub(super) fn has_folder(root: &Path, name: &str) -> bool {
    let kind = files::kind(&root.join(name));
    kind.is_some_and(|kind| kind.is_dir() || kind.is_symlink())
}

/// What the files of a site that is about to be recognised must not lead out of.
pub(super) fn around(root: &Path) -> Boundary {
    let root = files::absolute(root);
    let cwd = files::working_directory();
    // A site beside the working directory has its own files.
    let folder = if root.starts_with(&cwd) {
        cwd
    } else {
        root.clone()
    };
    let name = "the site";
    Boundary::of(root, Place { folder, name })
}

/// The parser speaks of the front matter of a page.
fn of_configuration(text: &str) -> String {
    text.replace("front matter", "the configuration")
}
