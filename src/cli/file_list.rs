//! `--show-files`: the files of a run.

use crate::check::{Outcome, SchemaSource};
use crate::report::visible;
use crate::text::path_text;

/// One line a file: its path, its schema and where that choice came from.
pub(super) fn file_list(outcome: &Outcome) -> String {
    let shown = |text: &str| visible::line(text, true);
    let lines = outcome.files_by_path().into_iter().map(|file| {
        let path = shown(&path_text(&file.path));
        let Some(schema) = &file.schema else {
            return format!("{path}: no schema\n");
        };
        let source = match &schema.source {
            SchemaSource::CommandLine => "--schema".to_owned(),
            SchemaSource::Page => "$schema in the page".to_owned(),
            SchemaSource::Collection(collection) => format!("collection `{}`", shown(collection)),
        };
        format!("{path}: {} ({source})\n", shown(schema.name()))
    });
    lines.collect()
}
