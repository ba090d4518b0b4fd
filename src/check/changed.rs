//! Which findings are about lines that have changed.
//!
//! What is missing has no line of its own: it may have been on any line of the front matter.

use std::ops::RangeInclusive;

use super::outcome::{FileReport, Outcome};
use super::run::Checker;
use crate::diagnostic::{Diagnostic, Group, RuleId};
use crate::discover::Changes;
use crate::syntax::{Extraction, FenceRules, extract};
use crate::text::{ColumnUnit, SourceFile, SourceId, Span};

impl Checker<'_> {
    /// Drops findings on lines that have not changed. One about something missing stays where any line
    /// of the page's front matter was changed or deleted, one about a file as a whole where the file
    /// has changed at all, and failures always.
    pub fn keep_changed(&self, outcome: &mut Outcome, changes: &Changes) {
        for report in &mut outcome.reports {
            let is_missing_part = |finding: &Diagnostic| {
                finding.primary.is_some() && is_about_something_missing(finding)
            };
            let front_matter_has_changed = report.findings.iter().any(is_missing_part)
                && self.has_front_matter_changed(report, changes);
            let source = &report.source;
            report.findings.retain(|finding| {
                finding.rule.is_failure()
                    || if finding.primary.is_none() || finding.left_out > 0 {
                        changes.has(source.path())
                    } else if is_missing_part(finding) {
                        front_matter_has_changed
                    } else {
                        let mut spans = spans(finding);
                        spans.any(|span| changes.touch(source.path(), lines(source, span)))
                    }
            });
        }
        outcome.reports.retain(|report| !report.findings.is_empty());
    }

    fn has_front_matter_changed(&self, report: &FileReport, changes: &Changes) -> bool {
        let path = report.source.path();
        let is_unclosed = |it: &Diagnostic| it.rule == RuleId::UnclosedFrontMatter;
        changes.touch_within(path, 1..=self.last_line(report))
            || (report.findings.iter().any(is_unclosed) && changes.delete_fence(path))
    }

    /// The last line of a page's front matter. A file that is no page is front matter as a whole.
    fn last_line(&self, report: &FileReport) -> u32 {
        let source = &report.source;
        let closed = report.page.and_then(|_| {
            self.look(source.path(), |page, _| {
                last_closed_line(source, page.fences)
            })
        });
        closed.flatten().unwrap_or_else(|| last_open_line(report))
    }
}

/// Whether a finding is about a key, a fence or front matter that is not there. What does not parse is
/// missing as a whole, and its finding is often on another line than the change: where a quoted text
/// begins that nothing closes.
fn is_about_something_missing(finding: &Diagnostic) -> bool {
    let rule = finding.rule;
    rule.group() == Group::Fences
        || matches!(
            rule,
            RuleId::MissingKey | RuleId::MixedDefault | RuleId::InvalidSyntax
        )
        // What is wrong with all keys together.
        || (rule.group() == Group::Schema && finding.pointer.as_deref() == Some(""))
}

/// The spans of a finding in its own file. Of a schema's demand, the others are in the schema.
fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let primary = finding.primary.iter().map(|label| label.span);
    let related = finding.related.iter();
    let in_page = related.filter(|label| label.source == SourceId::PAGE);
    primary.chain(in_page.map(|label| label.span))
}

/// The line of the closing fence, where there is one.
fn last_closed_line(source: &SourceFile, fences: &FenceRules) -> Option<u32> {
    match extract(source.text().as_bytes(), true, fences) {
        Extraction::Found(block) | Extraction::Broken(_, Some(block)) => {
            let last = block.close.end.saturating_sub(1).max(block.open.start);
            Some(line(source, last))
        }
        _ => None,
    }
}

/// The first line of the page's text, where no fence parts it from the front matter. Where no finding
/// says where that may be, all of the page is front matter.
fn last_open_line(report: &FileReport) -> u32 {
    let source = &report.source;
    let findings = &report.findings;
    if findings
        .iter()
        .any(|it| it.rule == RuleId::MissingFrontMatter)
    {
        let text = source.text();
        let empty = text.len() - text.trim_start().len();
        return line(source, u32::try_from(empty).unwrap_or(u32::MAX));
    }
    let fences = findings
        .iter()
        .filter(|it| it.rule.group() == Group::Fences);
    let last = fences
        .flat_map(|it| &it.related)
        .map(|label| label.span.end);
    last.max()
        .map_or(u32::MAX, |last| line(source, last).saturating_add(1))
}

fn lines(source: &SourceFile, span: Span) -> RangeInclusive<u32> {
    let last = span.end.saturating_sub(1).max(span.start);
    line(source, span.start)..=line(source, last)
}

fn line(source: &SourceFile, offset: u32) -> u32 {
    source.position(offset, ColumnUnit::Byte).line
}
