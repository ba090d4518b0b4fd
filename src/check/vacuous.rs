//! A run that checked nothing must not pass.

use std::path::Path;
use std::sync::Arc;

use super::outcome::{Failure, Outcome};
use super::page::SchemaChoice;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::discover::Found;

/// Adds a failure where a run over a whole site checked nothing, or a collection of it has no
/// file.
pub(super) fn judge(
    found: &Found,
    schema: &SchemaChoice,
    configs: &[Arc<Config>],
    outcome: &mut Outcome,
) {
    let mut findings = outcome.reports.iter().flat_map(|report| &report.findings);
    if !found.whole_site
        || !found.failures.is_empty()
        || !outcome.walked.failures.is_empty()
        || findings.any(Diagnostic::is_failure)
    {
        return;
    }
    for config in configs.iter().filter(|config| found.covers(&config.base)) {
        let empty = config.collections.iter().filter(|it| !it.seen());
        let file = config
            .file
            .as_deref()
            .unwrap_or(Path::new("frontlint.toml"));
        outcome.failures.extend(empty.map(|collection| Failure {
            message: format!(
                "the collection `{}` has no file: nothing matches `{}`",
                collection.name,
                collection.files.written().join("`, `")
            ),
            help: Some(format!(
                "mend its `files` in `{}`, which are relative to that file, or delete the collection",
                file.display()
            )),
        }));
    }
    let governed = outcome.files.iter().any(|file| file.schema.is_some());
    if !governed && !matches!(schema, SchemaChoice::Off) && outcome.failures.is_empty() {
        let config = configs.iter().find_map(|config| config.file.as_deref());
        outcome.failures.push(unchecked(config, outcome));
    }
}

fn unchecked(config: Option<&Path>, outcome: &Outcome) -> Failure {
    let message = match outcome.files.len() {
        0 if outcome.walked.excluded > 0 => {
            "nothing to check: `exclude` leaves every file out".to_owned()
        }
        0 => "nothing to check: there is no Markdown file here".to_owned(),
        1 => "one file was read, but no schema governs it".to_owned(),
        files => format!("{files} files were read, but no schema governs any of them"),
    };
    let help = (!outcome.files.is_empty()).then(|| advice(config, outcome));
    Failure { message, help }
}

/// What to write into `frontlint.toml`, with the folder that holds the most pages.
fn advice(config: Option<&Path>, outcome: &Outcome) -> String {
    let mut folders: Vec<(String, usize)> = Vec::new();
    for file in outcome.files_by_path() {
        let mut parts = file
            .path
            .components()
            .filter_map(|part| part.as_os_str().to_str());
        let first = parts.next().unwrap_or("").to_owned();
        let folder = if parts.next().is_some() {
            first
        } else {
            String::new()
        };
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, count)) => *count += 1,
            None => folders.push((folder, 1)),
        }
    }
    let folder = folders
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(String::new(), |(folder, _)| folder);
    let (name, prefix) = if folder.is_empty() {
        ("pages".to_owned(), String::new())
    } else {
        (
            folder.trim_start_matches('_').to_owned(),
            format!("{folder}/"),
        )
    };
    let task = config.map_or_else(
        || "write a `frontlint.toml` such as this".to_owned(),
        |file| format!("add a collection such as this to `{}`", file.display()),
    );
    format!(
        "{task}, or check without a schema by --no-schema:\n\n\
         [[collections]]\n\
         name = \"{name}\"\n\
         files = [\"{prefix}**/*.{{md,markdown}}\"]\n\
         schema = \"bundled:press-release\"  # or a path to your own; `frontlint schema` lists the bundled ones\n"
    )
}
