//! What a run says about itself at its end: the summary and the table of rules.
//!
//! Both go to stderr, and so are made here but written by the command line.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{Style, Tally, visible};
use crate::diagnostic::{RuleId, Severity};

/// Beyond this a site has so many findings that nobody corrects them in one go.
const MANY: usize = 20;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were checked, with a schema or without.
    pub files: usize,
    /// The schemas, as shown to users, and how many files each was applied to.
    pub by_schema: Vec<(String, usize)>,
    /// The generators for whose pages frontlint chose the schema.
    pub generators: Vec<&'static str>,
    /// Files without a schema.
    pub without_schema: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// The rules with findings and how many each has, the most frequent first.
    pub by_rule: Vec<(RuleId, usize)>,
    /// Suppressed findings.
    pub suppressed: usize,
    /// The files that were checked, for formats that also name those without findings
    /// ([`super::Format::names_clean_files`]).
    pub checked: Vec<Arc<Path>>,
    /// The least severity that fails the run; `None` where no finding does.
    pub fail_on: Option<Severity>,
    /// Findings in the baseline, which are not reported.
    pub baselined: usize,
    /// Findings that were not asked for.
    pub unselected: usize,
    /// Findings that were fixed.
    pub fixed: usize,
    /// Findings with a safe fix.
    pub safe_fixes: usize,
    /// Findings with an unsafe fix.
    pub unsafe_fixes: usize,
    /// Whether findings with a safe fix are marked in what is printed: `[*]`.
    pub marks_fixes: bool,
    /// Whether fixes are offered: they were not applied in this run.
    pub offers_fixes: bool,
    /// Whether `--write-baseline` could list what was found: the run was over the whole site, and
    /// no baseline was applied.
    pub may_write_baseline: bool,
    /// How long the run took.
    pub elapsed: Duration,
}

impl Summary {
    /// Takes the counts of findings over.
    pub fn take_counts(&mut self, tally: &Tally) {
        self.errors = tally.errors();
        self.warnings = tally.warnings();
        self.by_rule = tally.by_rule();
        self.safe_fixes = tally.safe_fixes();
        self.unsafe_fixes = tally.unsafe_fixes();
    }
}

/// The summary, without a line break: what was checked against what, what was found, and
/// what to look at first.
#[must_use]
pub fn summary_text(summary: &Summary, style: Style) -> String {
    let paint = style.paint();
    let mut text = scope(summary, style);
    if summary.errors + summary.warnings == 0 {
        text.push_str(", no findings");
    } else {
        let mut counts = Vec::new();
        if summary.errors > 0 {
            let errors = count(summary.errors, "error");
            counts.push(paint.error.style(errors).to_string());
        }
        if summary.warnings > 0 {
            let warnings = count(summary.warnings, "warning");
            counts.push(paint.warning.style(warnings).to_string());
        }
        text.push_str(": ");
        text.push_str(&counts.join(", "));
    }
    let mut left_out = Vec::new();
    if summary.suppressed > 0 {
        left_out.push(format!("{} suppressed", summary.suppressed));
    }
    if summary.baselined > 0 {
        left_out.push(format!("{} in the baseline", summary.baselined));
    }
    if summary.unselected > 0 {
        left_out.push(format!("{} not selected", summary.unselected));
    }
    if !left_out.is_empty() {
        text.push_str(&format!(" ({})", left_out.join(", ")));
    }
    if summary.fixed > 0 {
        text.push_str(&format!("; {} fixed", summary.fixed));
    }
    if let [(rule, n), ..] = summary.by_rule.as_slice()
        && *n > 1
    {
        text.push_str(&format!("; most often {rule} ({n})"));
    }
    for line in next_commands(summary) {
        text.push_str(&format!("\n{line}"));
    }
    text
}

/// What to type next, one sentence a line.
fn next_commands(summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    let mark = if summary.marks_fixes { "[*] " } else { "" };
    match (summary.safe_fixes, summary.unsafe_fixes) {
        _ if !summary.offers_fixes => {}
        (0, 0) => {}
        (0, n) => lines.push(format!(
            "{} an unsafe fix: `--diff --unsafe-fixes` shows it",
            have(n)
        )),
        (n, 0) => lines.push(format!("{mark}{} a safe fix: `--fix` applies it", have(n))),
        (n, more) => lines.push(format!(
            "{mark}{} a safe fix: `--fix` applies it; {more} more with `--unsafe-fixes`",
            have(n)
        )),
    }
    if summary.may_write_baseline && summary.errors + summary.warnings > MANY {
        lines.push(
            "`--write-baseline baseline.json` keeps these from being reported again".to_owned(),
        );
    }
    match summary.by_rule.as_slice() {
        [] => {}
        [(rule, n), rest @ ..] if *n > 1 || rest.is_empty() => {
            lines.push(format!("`frontlint explain {rule}` says more"));
        }
        _ => lines.push("`frontlint explain RULE` says more about a rule".to_owned()),
    }
    lines
}

/// "1 finding has", "2 findings have"
fn have(n: usize) -> String {
    let verb = if n == 1 { "has" } else { "have" };
    format!("{} {verb}", count(n, "finding"))
}

/// How many findings each rule has, as a table that ends in a line break.
#[must_use]
pub fn statistics_text(summary: &Summary) -> String {
    let total: usize = summary.by_rule.iter().map(|&(_, n)| n).sum();
    let width = total.to_string().len();
    let mut text = String::new();
    for (rule, n) in &summary.by_rule {
        text.push_str(&format!("{n:>width$}  {rule}\n"));
    }
    let noun = if total == 1 { "finding" } else { "findings" };
    text.push_str(&format!(
        "{total:>width$}  {noun} in {}, {:.2} s\n",
        count(summary.files, "file"),
        summary.elapsed.as_secs_f64()
    ));
    text
}

/// What was checked against what.
pub(super) fn scope(summary: &Summary, style: Style) -> String {
    let name = |name: &str| visible::line(name, style.unicode);
    let mut files = count(summary.files, "file");
    match summary.generators.as_slice() {
        [] => {}
        [generator] => {
            let article = if generator.starts_with(['A', 'E', 'I', 'O', 'U']) {
                "an"
            } else {
                "a"
            };
            files.push_str(&format!(" of {article} {generator} site"));
        }
        several => files.push_str(&format!(" of sites of {}", several.join(" and "))),
    }
    match (summary.by_schema.as_slice(), summary.without_schema) {
        _ if summary.files == 0 => "no files checked".to_owned(),
        ([], _) => format!("{files} checked, none against a schema"),
        ([(schema, _)], 0) => format!("{files} checked against {}", name(schema)),
        (schemas, without) => {
            let mut parts: Vec<_> = schemas
                .iter()
                .map(|(schema, n)| format!("{n} against {}", name(schema)))
                .collect();
            if without > 0 {
                parts.push(format!("{without} without a schema"));
            }
            format!("{files} checked ({})", parts.join(", "))
        }
    }
}

/// A number with its noun.
pub(super) fn count(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(summary: &Summary) -> String {
        summary_text(summary, Style::default())
    }

    fn press(files: usize) -> Summary {
        Summary {
            files,
            by_schema: vec![("bundled:press-release".to_owned(), files)],
            ..Summary::default()
        }
    }

    #[test]
    fn findings_and_the_rule_to_look_at_first() {
        let summary = Summary {
            errors: 3,
            warnings: 5,
            by_rule: vec![(RuleId::MissingFile, 4), (RuleId::UnknownKey, 4)],
            ..press(73)
        };
        insta::assert_snapshot!(text(&summary), @r"
        73 files checked against bundled:press-release: 3 errors, 5 warnings; most often missing-file (4)
        `frontlint explain missing-file` says more
        ");
    }

    #[test]
    fn one_of_each() {
        let one = Summary {
            errors: 1,
            by_rule: vec![(RuleId::MissingKey, 1)],
            ..press(1)
        };
        insta::assert_snapshot!(text(&one), @r"
        1 file checked against bundled:press-release: 1 error
        `frontlint explain missing-key` says more
        ");
        let two = Summary {
            warnings: 2,
            suppressed: 1,
            by_rule: vec![(RuleId::UnknownKey, 1), (RuleId::MixedDefault, 1)],
            ..press(2)
        };
        insta::assert_snapshot!(text(&two), @r"
        2 files checked against bundled:press-release: 2 warnings (1 suppressed)
        `frontlint explain RULE` says more about a rule
        ");
    }

    #[test]
    fn clean_runs_say_what_was_looked_at() {
        insta::assert_snapshot!(text(&press(12)), @"12 files checked against bundled:press-release, no findings");
        let mixed = Summary {
            files: 20,
            by_schema: vec![
                ("bundled:press-release".to_owned(), 12),
                ("schemas/post.json".to_owned(), 5),
            ],
            without_schema: 3,
            ..Summary::default()
        };
        insta::assert_snapshot!(text(&mixed), @"20 files checked (12 against bundled:press-release, 5 against schemas/post.json, 3 without a schema), no findings");
        let none = Summary {
            files: 4,
            without_schema: 4,
            ..Summary::default()
        };
        insta::assert_snapshot!(text(&none), @"4 files checked, none against a schema, no findings");
        insta::assert_snapshot!(text(&Summary::default()), @"no files checked, no findings");
    }

    #[test]
    fn a_table_of_rules() {
        let summary = Summary {
            errors: 12,
            by_rule: vec![(RuleId::MissingFile, 11), (RuleId::UnknownKey, 1)],
            elapsed: Duration::from_millis(1234),
            ..press(73)
        };
        insta::assert_snapshot!(statistics_text(&summary), @r"
        11  missing-file
         1  unknown-key
        12  findings in 73 files, 1.23 s
        ");
    }
}
