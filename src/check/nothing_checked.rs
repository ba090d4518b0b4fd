//! A run that checked nothing must not pass, and one that applied no schema to pages says so.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::context::{RunContext, SchemaChoice};
use super::outcome::{Note, Outcome};
use crate::config::{self, Collection, Config};
use crate::diagnostic::{Diagnostic, Problem};
use crate::discover::{Found, Unread};
use crate::text::{invisible, path_line};

/// Adds a failure for each argument in which no page was read and for each collection of a whole
/// site that has no file, and a note where pages were checked without a schema. `named_configs` are
/// the roots of the sites whose generator's configuration is among the inputs.
pub(super) fn report(
    run: &RunContext<'_>,
    found: &Found,
    named_configs: &BTreeSet<PathBuf>,
    outcome: &mut Outcome,
) {
    let mut findings = outcome.reports.iter().flat_map(|report| &report.findings);
    let has_failed = findings.any(Diagnostic::is_failure)
        || !found.failures.is_empty()
        || !outcome.walk.failures.is_empty();
    let mut failures = unread_failures(run, found, outcome, has_failed);
    if found.whole_site && !has_failed && failures.is_empty() {
        failures = empty_collections(run, found, outcome);
    }
    let skipped = match found.skips_other_files {
        true => other_files_note(&outcome.other_files),
        false => None,
    };
    // Nothing need be read where all that was named was left out on request, has not changed or is
    // the configuration of a site.
    let may_be_empty = found.dropped > 0
        || (found.inputs.is_empty() && !found.whole_site)
        || !named_configs.is_empty();
    let is_explained = has_failed || skipped.is_some() || !failures.is_empty();
    if outcome.files.is_empty() && !is_explained && !may_be_empty {
        failures.push(Problem::new("no page is read"));
    }
    outcome.notes.extend(skipped);
    outcome.failures.extend(failures);
    if outcome.without_schema_count > 0 && matches!(run.schema_choice, SchemaChoice::Governing) {
        outcome.without_schema = Some(without_schema(run, found, outcome));
    }
    if outcome.schema_unapplied > 0 {
        outcome.without_front_matter = Some(without_front_matter(run, outcome.schema_unapplied));
    }
}

/// The note about named files that are not pages; `None` where there are none.
fn other_files_note(files: &[PathBuf]) -> Option<String> {
    let first = path_line(files.first()?);
    Some(match files.len() {
        1 => format!("1 named file left out, which is not a page: `{first}`"),
        count => {
            format!("{count} named files left out, which are not pages: `{first}` and others")
        }
    })
}

/// The arguments in which no page was read.
fn unread_failures(
    run: &RunContext<'_>,
    found: &Found,
    outcome: &Outcome,
    has_failed: bool,
) -> Vec<Problem> {
    let pages = outcome.files.iter().map(|file| &*file.path);
    let other_files: HashSet<&Path> = outcome.other_files.iter().map(PathBuf::as_path).collect();
    let unread = found.unread(pages, &other_files, run.finder);
    let mut failures: Vec<_> = unread
        .iter()
        .filter_map(|unread| unread_failure(run, unread, has_failed))
        .collect();
    if !outcome.other_files.is_empty() && !found.skips_other_files {
        let of_globs = found.files_of_globs();
        let named = outcome.other_files.iter();
        let named = named.filter(|file| !of_globs.contains(file.as_path()));
        failures.extend(named.map(|file| {
            Problem::new(format!(
                "`{}` is not a page: it is not a Markdown file and does not begin with front matter",
                path_line(file)
            ))
            .help("leave it out, or have `files` of a `[[collections]]` entry name it")
        }));
    }
    failures
}

/// The failure for an argument in which no page was read; `None` where a finding says why.
fn unread_failure(run: &RunContext<'_>, unread: &Unread, has_failed: bool) -> Option<Problem> {
    let visited = unread
        .survey
        .as_ref()
        .and_then(|survey| survey.visited.as_ref());
    let Some(file) = visited else {
        return Some(unread.failure());
    };
    let folder = run.folders.of(file)?;
    let collection = folder.config.collection_of(file);
    let reason = match collection {
        Some(_) => None,
        None => folder.site.why_unrendered(file),
    };
    let Some(reason) = reason else {
        // It was left out for a reason that a finding has, as that it cannot be read.
        return (!has_failed).then(|| Problem::new(format!("no page is read in {}", unread.place)));
    };
    let message = format!("no page is read in {}: {reason}", unread.place);
    Some(Problem::new(message).help(
        "name a file itself to check it all the same, or have `files` of a `[[collections]]` \
         entry name what is in it",
    ))
}

/// The collections without a file, of the configs whose whole site is checked.
fn empty_collections(run: &RunContext<'_>, found: &Found, outcome: &Outcome) -> Vec<Problem> {
    let configs = run.finder.configs();
    let is_due = |config: &Config| {
        // What lies elsewhere than its pages has no page that its patterns could match.
        let is_elsewhere = run.finder.has_named_config() && !found.is_walked_in(&config.base);
        found.covers(&config.base) || is_elsewhere
    };
    let due = configs.iter().filter(|config| is_due(config));
    due.flat_map(|config| {
        let empty = config
            .collections
            .iter()
            .filter(|collection| !collection.seen());
        empty.map(|collection| empty_collection(config, collection, outcome))
    })
    .collect()
}

fn empty_collection(config: &Config, collection: &Collection, outcome: &Outcome) -> Problem {
    let file = config
        .file
        .as_deref()
        .unwrap_or(Path::new("frontlint.toml"));
    let ignored = outcome.walk.left_out.ignored_of(config, &collection.name);
    match ignored {
        Some(ignored) => Problem::new(format!(
            "the collection `{}` has no file: {ignored}",
            collection.name
        ))
        .help("keep its files with a line in `.ignore` that begins with `!`, or delete the collection"),
        None => Problem::new(format!(
            "the collection `{}` has no file: nothing matches `{}`",
            collection.name,
            collection.files.written().join("`, `")
        ))
        .help(match with_slashes(collection) {
            Some(pattern) => format!(
                "write `/` between folders, on every system: `{pattern}`"
            ),
            None => format!(
                "fix its `files` in `{}`, which are relative to that file, or delete the collection",
                path_line(file)
            ),
        }),
    }
}

/// A pattern of a collection with slashes in place of the backslashes that separate folders on
/// Windows.
fn with_slashes(collection: &Collection) -> Option<String> {
    let written = collection.files.written();
    let pattern = written.iter().find(|pattern| pattern.contains('\\'))?;
    Some(pattern.replace('\\', "/"))
}

/// How many pages were checked without a schema, and what that means.
fn without_schema(run: &RunContext<'_>, found: &Found, outcome: &Outcome) -> Note {
    let (count, all) = (outcome.without_schema_count, outcome.files.len());
    let pages = if all == 1 { "page" } else { "pages" };
    let configs = run.finder.configs();
    let config = configs.iter().find_map(|config| config.file.as_deref());
    let help = match config {
        Some(file) => format!(
            "`schema` in a `[[collections]]` entry of `{}` gives pages one, and `--show-files` lists \
             those without",
            path_line(file)
        ),
        None if found.whole_site && count == all && is_without_config(run) => first_config(outcome),
        None => {
            "`schema` in a `[[collections]]` entry of a `frontlint.toml` gives pages one".to_owned()
        }
    };
    let message = format!(
        "no schema governs {count} of {all} {pages}: only what needs none was checked there \
         (fences, syntax, duplicate keys, what the generator reads)"
    );
    Note { message, help }
}

/// How many pages have no front matter that the schema meant for them could apply to.
fn without_front_matter(run: &RunContext<'_>, count: usize) -> Note {
    let message = match count {
        1 => "1 page has no front matter, so no schema was applied to it".to_owned(),
        _ => format!("{count} pages have no front matter, so no schema was applied to them"),
    };
    let configs = run.finder.configs();
    let config = configs.iter().find_map(|config| config.file.as_deref());
    let file = config.map_or_else(
        || "a `frontlint.toml`".to_owned(),
        |file| format!("`{}`", path_line(file)),
    );
    let help = format!(
        "`front-matter = \"required\"` in a `[[collections]]` entry of {file} makes it a finding"
    );
    Note { message, help }
}

/// Whether the working directory is in no folder with a config file, read or not.
fn is_without_config(run: &RunContext<'_>) -> bool {
    let cwd = run.finder.working_directory();
    run.finder.config_folder(cwd).is_none()
}

/// What to write into a first `frontlint.toml`, with the folder that holds the most pages.
fn first_config(outcome: &Outcome) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &outcome.files {
        let path = file.path.to_str().unwrap_or_default();
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder).or_default() += 1;
    }
    let largest = folders.into_iter().max_by_key(|(_, count)| *count);
    let (name, prefix) = match largest {
        None | Some(("", _)) => ("pages", String::new()),
        Some((folder, _)) => (folder.trim_start_matches('_'), format!("{folder}/")),
    };
    let name = toml_string(name);
    let pattern = toml_string(&format!("{}**/*.{{md,markdown}}", config::literal(&prefix)));
    format!(
        "a `frontlint.toml` such as this gives pages a schema:\n\n\
         [[collections]]\n\
         name = {name}\n\
         files = [{pattern}]\n\
         schema = \"page.schema.json\"  # a JSON Schema of your own; `frontlint schema` lists the bundled ones\n\n"
    )
}

/// A text as TOML has it in double quotes, on one line and without what nobody sees.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c.is_control() || invisible(c).is_some() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_suggested_config_are_toml() {
        let name = "a\"]\n[[x]]\u{1b}\u{7f}\u{202e}\\é";
        let line = toml_string(name);
        assert_eq!(line, r#""a\"]\u000A[[x]]\u001B\u007F\u202E\\é""#);
        let table: toml::Table = format!("name = {line}").parse().unwrap();
        assert_eq!(table["name"].as_str(), Some(name));
    }
}
