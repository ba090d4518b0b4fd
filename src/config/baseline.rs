//! The baseline file: findings that were there when it was written.
//!
//! Owns the form of the file. Which findings it hides is decided in `check`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Placed;
use crate::diagnostic::{Diagnostic, Identity, RuleId};
use crate::dialect::{Dialect, Value};
use crate::files::{self, Boundary};
use crate::paths;
use crate::syntax::{self, Block, Document, NodeId, Syntax};
use crate::text::{SourceFile, SourceId, SourceMap, Span, path_line};

/// The form this release writes and reads.
const VERSION: i64 = 1;

/// A baseline as read from its file.
#[derive(Debug)]
pub struct Baseline {
    /// The folder that paths in it are relative to; absolute.
    pub folder: PathBuf,
    /// Its text, for findings that point into it.
    pub source: SourceId,
    /// In the order of the file.
    pub entries: Vec<BaselineEntry>,
}

/// Findings of one file with the same message about the same value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct BaselineEntry {
    /// The file, relative to the folder of the baseline, with `/`.
    pub path: String,
    /// The name of the rule; it may be one that this release does not have.
    pub rule: String,
    /// The value (RFC 6901), where the finding is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The message without line numbers.
    pub message: String,
    /// How many such findings there were.
    #[serde(skip_serializing_if = "is_one")]
    pub count: usize,
    /// The entry's `path` in the file.
    #[serde(skip)]
    pub span: Span,
}

impl BaselineEntry {
    /// An entry for one finding.
    #[must_use]
    pub fn new(path: String, identity: Identity<'_>) -> Self {
        Self {
            path,
            rule: identity.rule.as_str().to_owned(),
            pointer: identity.pointer.map(std::borrow::Cow::into_owned),
            message: identity.message.into_owned(),
            count: 1,
            span: Span::default(),
        }
    }
}

impl Baseline {
    /// Reads the baseline that a config names; it must not lead out of `within`.
    ///
    /// # Errors
    /// An `invalid-config` or `unreadable-file` finding; it points at the setting where there is
    /// no such file.
    pub fn load(
        named: &Placed<PathBuf>,
        base: &Path,
        cwd: &Path,
        within: &Boundary,
        sources: &SourceMap,
    ) -> Result<Self, Box<Diagnostic>> {
        let path = base.join(&named.value);
        let at_setting = |finding: Diagnostic| match finding.primary {
            Some(_) => finding,
            None => finding.at_source(named.source, named.span, ""),
        };
        match Self::read(&path, cwd, within, sources) {
            Ok(Some(baseline)) => Ok(baseline),
            Ok(None) => {
                let shown = paths::shown(&path, cwd);
                let shown = path_line(&shown);
                let message = format!("the baseline `{shown}` does not exist");
                let finding = Diagnostic::new(RuleId::InvalidConfig, message).help(format!(
                    "write it: `frontlint check --write-baseline {shown}`"
                ));
                Err(Box::new(at_setting(finding)))
            }
            Err(finding) => Err(Box::new(at_setting(*finding))),
        }
    }

    /// Reads a baseline by its path; `None` where there is no such file.
    ///
    /// # Errors
    /// As [`Self::load`], without a place where the file cannot be read.
    pub fn read(
        path: &Path,
        cwd: &Path,
        within: &Boundary,
        sources: &SourceMap,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let absolute = paths::absolute(path, cwd);
        let shown = paths::shown(&absolute, cwd);
        let unreadable = |reason: &dyn fmt::Display, help: Option<String>| {
            let message = format!(
                "the baseline `{}` cannot be read: {reason}",
                path_line(&shown)
            );
            let mut finding = Diagnostic::new(RuleId::UnreadableFile, message);
            finding.help = help;
            Box::new(finding)
        };
        let bytes = match files::read(&cwd.join(path), within) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => return Ok(None),
            Err(error) => return Err(unreadable(&error, error.help())),
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| unreadable(&"it is not encoded in UTF-8", None))?;
        let source = sources.add(Arc::new(SourceFile::new(&shown, text.as_str())));
        let block = Block::whole(Syntax::Json, &text);
        let parsed = syntax::parse(&text, &block, Dialect::Core, source);
        let Some(document) = parsed.document else {
            let mut finding = parsed
                .diagnostics
                .into_iter()
                .next()
                .unwrap_or_else(|| Diagnostic::new(RuleId::InvalidConfig, "this is not JSON"));
            finding.rule = RuleId::InvalidConfig;
            return Err(Box::new(finding));
        };
        let entries = entries(&document).map_err(|(span, message)| {
            let finding = Diagnostic::new(RuleId::InvalidConfig, message)
                .at_source(source, span, "")
                .help("write the baseline anew by `frontlint check --write-baseline`");
            Box::new(finding)
        })?;
        Ok(Some(Self {
            folder: absolute.parent().unwrap_or(&absolute).to_owned(),
            source,
            entries,
        }))
    }
}

/// The text of a baseline: sorted, one entry a line, equal ones counted, so that two people who
/// write one get the same file and a merge shows what changed.
#[must_use]
pub fn baseline_text(mut entries: Vec<BaselineEntry>) -> String {
    entries.sort();
    entries.dedup_by(|entry, before| {
        let is_same = entry.path == before.path
            && entry.rule == before.rule
            && entry.pointer == before.pointer
            && entry.message == before.message;
        if is_same {
            before.count += entry.count;
        }
        is_same
    });
    let lines: Vec<_> = entries
        .iter()
        .map(|entry| format!("\n    {}", serde_json::to_string(entry).unwrap_or_default()))
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!(
        "{{\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n",
        lines.join(",")
    )
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it in so")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

type Mistake = (Span, String);

fn entries(document: &Document<'_>) -> Result<Vec<BaselineEntry>, Mistake> {
    let root = document.root();
    let start = Span::new(
        document.node(root).span.start,
        document.node(root).span.start + 1,
    );
    let version = document
        .get(root, "version")
        .and_then(|version| document.scalar(version.value));
    match version.map(|version| &version.value) {
        Some(Value::Integer(VERSION)) => {}
        _ => return Err((start, format!("this is no baseline of version {VERSION}"))),
    }
    let Some(findings) = document.get(root, "findings") else {
        return Err((start, "this baseline has no `findings`".to_owned()));
    };
    let items = document.items(findings.value).iter();
    items.map(|&item| entry(document, item)).collect()
}

fn entry(document: &Document<'_>, item: NodeId) -> Result<BaselineEntry, Mistake> {
    let text = |key: &str| {
        let value = document.get(item, key)?.value;
        Some((
            document.string(value)?.to_owned(),
            document.node(value).span,
        ))
    };
    let wanted = |key: &str| {
        text(key).ok_or_else(|| {
            let message = format!("this entry of the baseline has no `{key}`");
            (document.node(item).span, message)
        })
    };
    let (path, span) = wanted("path")?;
    let count = document
        .get(item, "count")
        .and_then(|count| document.scalar(count.value));
    let count = match count.map(|count| &count.value) {
        Some(Value::Integer(count)) => usize::try_from(*count).unwrap_or(0),
        _ => 1,
    };
    Ok(BaselineEntry {
        path,
        rule: wanted("rule")?.0,
        pointer: text("pointer").map(|(pointer, _)| pointer),
        message: wanted("message")?.0,
        count,
        span,
    })
}
