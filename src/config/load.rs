//! Reads config files and `--config 'key = value'` into a [`Config`].

use std::path::Path;
use std::sync::Arc;

use toml::de::{DeTable, Error};

use super::layer::Layer;
use super::reader::{Reader, place};
use super::{Config, Exclusions};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::files::{self, Boundary, ReadError};
use crate::paths;
use crate::text::{SourceFile, SourceId, SourceMap, Span, path_line};

/// Reads one file; `path` is absolute or relative to `cwd`. Neither it nor what it names may lead
/// out of `boundary`.
pub(super) fn file(
    path: &Path,
    cwd: &Path,
    generators: &'static [&'static str],
    sources: &SourceMap,
    boundary: Boundary,
) -> Result<Config, Vec<Diagnostic>> {
    let absolute = paths::absolute(path, cwd);
    let shown = paths::shown(path, cwd);
    let add = |text: &str| sources.add(Arc::new(SourceFile::new(&shown, text)));
    let failed = |rule: RuleId, message: String, text: &str, at: usize| {
        let span = Span::from_usize(at, at);
        vec![Diagnostic::new(rule, message).at_source(add(text), span, "")]
    };
    let bytes = files::read(&absolute, &boundary).map_err(|error| {
        let message = format!("`{}` {}", path_line(&shown), complaint(&error));
        let mut findings = failed(RuleId::UnreadableFile, message, "", 0);
        for finding in &mut findings {
            finding.help = error.help();
        }
        findings
    })?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            let text = String::from_utf8_lossy(error.as_bytes().get(..at).unwrap_or_default());
            let message =
                format!("the byte 0x{byte:02X} here is not UTF-8; save the file as UTF-8");
            return Err(failed(RuleId::InvalidConfig, message, &text, at));
        }
    };
    let source = add(&text);
    let base = absolute.parent().unwrap_or(&absolute);
    let mut config = Config::new(base, cwd, generators);
    config.file = Some(shown);
    config.source = Some(source);
    config.boundary = boundary;
    apply(&mut config, &text, source)?;
    Ok(config)
}

/// Lays `key = value` arguments over a config.
pub(super) fn overrides(
    config: &mut Config,
    arguments: &[String],
    sources: &SourceMap,
) -> Result<(), Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    for argument in arguments {
        let source = sources.add(Arc::new(SourceFile::new("--config", argument.as_str())));
        if let Err(found) = apply(config, argument, source) {
            mistakes.extend(found);
        }
    }
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(mistakes)
    }
}

fn apply(config: &mut Config, text: &str, source: SourceId) -> Result<(), Vec<Diagnostic>> {
    let mut reader = Reader {
        generators: config.generators,
        source,
        text,
        mistakes: Vec::new(),
    };
    let (root, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.into_iter().min_by_key(|error| line_of(text, error)) {
        syntax_error(&mut reader, &error);
        return Err(reader.mistakes);
    }
    let layer = Layer::read(&mut reader, root.get_ref());
    if reader.mistakes.is_empty() {
        let mut excluded = std::mem::take(&mut config.excluded);
        layer.apply(config, &mut excluded);
        let patterns = excluded.iter().map(|pattern| pattern.value.as_str());
        match Exclusions::new(patterns) {
            Ok(exclusions) => config.exclusions = exclusions,
            Err(bad) => reader.mistake_with(Span::empty(0), bad.message, bad.help),
        }
        config.excluded = excluded;
    }
    if reader.mistakes.is_empty() {
        return Ok(());
    }
    let mut mistakes = reader.mistakes;
    mistakes.sort_by_key(|mistake| mistake.primary.as_ref().map(|label| label.span));
    Err(mistakes)
}

fn line_of(text: &str, error: &Error) -> usize {
    let at = error.span().map_or(0, |span| span.start);
    text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

/// One syntax error in our words; the rest of toml's list follows from it.
fn syntax_error(reader: &mut Reader<'_>, error: &Error) {
    let text = reader.text;
    let range = error.span().unwrap_or_default();
    let line_start = text
        .get(..range.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = text.get(line_start..).unwrap_or("");
    let line = line.lines().next().unwrap_or("");
    let found = text.get(range.clone()).unwrap_or("");
    let colon = line
        .split_once(':')
        .filter(|(key, _)| !key.trim().is_empty() && !key.contains(['=', '"', '\'', '#', '[']));
    let (span, message, help) = if let Some((key, value)) = colon {
        let value = value.trim();
        let quoted = if value.is_empty() || value.starts_with(['"', '\'', '[', '{']) {
            value.to_owned()
        } else {
            format!("\"{value}\"")
        };
        let at = line_start + key.len();
        (
            Span::from_usize(at, at + 1),
            format!(
                "`{}` is followed by `:`; TOML separates a key from its value by `=`",
                key.trim()
            ),
            (!quoted.is_empty()).then(|| format!("write `{} = {quoted}`", key.trim())),
        )
    } else if found.is_empty() && error.message().starts_with("string values must be quoted") {
        let key = line.split('=').next().unwrap_or_default().trim();
        (
            place(range),
            format!("`{key}` has no value"),
            Some(format!("write one after `{key} =`")),
        )
    } else if error.message().starts_with("string values must be quoted") {
        (
            place(range),
            format!("`{found}` is a text without quotes"),
            Some(format!("write `\"{found}\"`")),
        )
    } else if error.message() == "duplicate key" {
        (
            place(range),
            format!("`{found}` is set twice"),
            Some("keep one of them; TOML allows a key and a `[table]` only once".to_owned()),
        )
    } else {
        (
            place(range),
            format!("this is not TOML: {}", error.message()),
            error
                .message()
                .starts_with("unclosed")
                .then(|| "write `]` here".to_owned()),
        )
    };
    reader.mistake_with(span, message, help);
}

/// Why a config file is not read, after its name.
fn complaint(error: &ReadError) -> String {
    match error {
        ReadError::NotRegular(kind) if kind.is_dir() => "is a folder, not a config file".to_owned(),
        ReadError::NotRegular(_) => "is a pipe or a device, not a config file".to_owned(),
        ReadError::Outside(place) => format!("is a link that leads out of {place}"),
        error if error.is_missing() => "does not exist".to_owned(),
        error => format!("cannot be read: {error}"),
    }
}
