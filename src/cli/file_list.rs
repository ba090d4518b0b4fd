//! `--show-files`: the files of a run.

use crate::check::{Checker, Outcome, SchemaSource};
use crate::report::visible;
use crate::site::BundledFor;
use crate::text::path_text;

/// One line a file: its path, its schema and where that choice came from, and what it is to its
/// generator.
pub(super) fn file_list(outcome: &Outcome, checker: &Checker<'_>) -> String {
    let shown = |text: &str| visible::line(text, true);
    let lines = outcome.files_by_path().into_iter().map(|file| {
        let path = shown(&path_text(&file.path));
        let schema = file.schema.as_ref().map(|schema| {
            let source = match &schema.source {
                SchemaSource::CommandLine => "--schema".to_owned(),
                SchemaSource::Page => "$schema in the page".to_owned(),
                SchemaSource::Bundled(BundledFor::FileName) => "the name of the file".to_owned(),
                SchemaSource::Bundled(BundledFor::Generator { generator, config }) => {
                    config.unwrap_or(generator).to_owned()
                }
                SchemaSource::Collection(collection) => {
                    format!("collection `{}`", shown(collection))
                }
            };
            format!("{} ({source})", shown(schema.name()))
        });
        let schema = schema.unwrap_or_else(|| "no schema".to_owned());
        match checker.place_in_words(&file.path) {
            Some(place) => format!("{path}: {schema}; {}\n", shown(&place)),
            None => format!("{path}: {schema}\n"),
        }
    });
    lines.collect()
}
