//! The summary of a run as Markdown, for the page that GitHub Actions shows of a job.

use super::summary::{count, scope};
use super::{Style, Summary};
use crate::rules;

/// A heading with the counts, what was checked, and a table of the rules with findings.
#[must_use]
pub fn step_summary(summary: &Summary) -> String {
    let counts = match (summary.errors, summary.warnings) {
        (0, 0) => "no findings".to_owned(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => {
            format!("{}, {}", count(errors, "error"), count(warnings, "warning"))
        }
    };
    let mut scope = escaped(&scope(summary, Style::default()));
    if summary.suppressed > 0 {
        scope.push_str(&format!(", {} suppressed", summary.suppressed));
    }
    let mut text = format!("### frontlint: {counts}\n\n{scope}\n\n");
    if !summary.by_rule.is_empty() {
        text.push_str("| rule | findings | what it is about |\n|---|---:|---|\n");
        for &(id, n) in &summary.by_rule {
            let rule = rules::find(id);
            let about = rule.map_or_else(String::new, rules::Rule::about);
            let about = about.replace('|', "\\|");
            let name = match rule.and_then(rules::Rule::url) {
                Some(url) => format!("[{id}]({url})"),
                None => id.to_string(),
            };
            text.push_str(&format!("| {name} | {n} | {about} |\n"));
        }
        text.push('\n');
    }
    text
}

/// Text without Markdown syntax: names of schemas are those of files.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_of_url = (c == ':' && text[at..].starts_with("://"))
            || (c == '.' && text[..at].to_ascii_lowercase().ends_with("www"));
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ if is_of_url || "\\`*_{}[]#|!~@".contains(c) => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleId;

    #[test]
    fn a_table_of_rules() {
        let summary = Summary {
            files: 20,
            by_schema: vec![
                ("bundled:press-release".to_owned(), 12),
                ("schemas/a_<b>|c.json".to_owned(), 8),
            ],
            errors: 3,
            warnings: 1,
            suppressed: 2,
            by_rule: vec![(RuleId::MissingFile, 3), (RuleId::UnknownKey, 1)],
            ..Summary::default()
        };
        insta::assert_snapshot!(step_summary(&summary));
    }

    #[test]
    fn nothing_found_needs_no_table() {
        let summary = Summary {
            files: 1,
            without_schema: 1,
            ..Summary::default()
        };
        assert_eq!(
            step_summary(&summary),
            "### frontlint: no findings\n\n1 file checked, none against a schema\n\n"
        );
    }
}
