//! `frontlint.toml` as text.

use serde_json::Value;

/// A `[[collections]]` entry.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) patterns: Vec<String>,
    pub(super) schema: String,
    /// How many pages its schema was drawn from.
    pub(super) pages: usize,
}

/// The text of the file.
pub(super) fn text(generators: &[&str], entries: &[Entry]) -> String {
    let site = match generators {
        [] => "pages of no known generator".to_owned(),
        names => format!("pages of {}", names.join(" and ")),
    };
    let mut text = format!("# Drawn by `frontlint init` from {site}. Now it is yours to edit.\n");
    for entry in entries {
        let patterns: Vec<_> = entry.patterns.iter().map(|text| quoted(text)).collect();
        let files = match patterns.as_slice() {
            [pattern] => format!("[{pattern}]"),
            patterns => format!("[\n  {},\n]", patterns.join(",\n  ")),
        };
        let noun = if entry.pages == 1 { "page" } else { "pages" };
        text.push_str(&format!(
            "\n[[collections]] # {} {noun}\nname = {}\nfiles = {files}\nschema = {}\n",
            entry.pages,
            quoted(&entry.name),
            quoted(&entry.schema)
        ));
    }
    text
}

/// The text with a setting that names a baseline, which has to stand before the first table.
pub(super) fn with_baseline(config: &str, baseline: &str) -> String {
    let (head, rest) = config.split_once('\n').unwrap_or((config, ""));
    format!(
        "{head}\n\n# The findings at the time of `frontlint init`; write it again to drop those that are fixed.\n\
         baseline = {}\n{rest}",
        quoted(baseline)
    )
}

/// A basic string of TOML, which is written as one of JSON is.
fn quoted(text: &str) -> String {
    // TOML wants this control character escaped, too.
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}
