//! Which findings are about lines that have changed.
//!
//! What is missing has no line of its own: it may have been on any line of the front matter. So may
//! what a schema misses in a mapping or a list.

use std::ops::RangeInclusive;

use super::outcome::{FileReport, Outcome};
use super::run::Checker;
use crate::diagnostic::{Diagnostic, Group, RuleId};
use crate::discover::Changes;
use crate::syntax::{self, Document, Extraction, FenceRules, Kind, Place, extract};
use crate::text::{ColumnUnit, SourceFile, SourceId, Span};

impl Checker<'_> {
    /// Drops findings on lines that have not changed. One about something missing stays where any line
    /// of the page's front matter was changed or deleted, one about a file as a whole where the file
    /// has changed at all, and failures always.
    pub fn keep_changed(&self, outcome: &mut Outcome, changes: &Changes) {
        for report in &mut outcome.reports {
            let absences = self.absences(report);
            let front_matter_has_changed = absences
                .iter()
                .any(|absence| !matches!(absence, Absence::Not(_)))
                && self.has_front_matter_changed(report, changes);
            let source = &report.source;
            let mut absences = absences.into_iter();
            report.findings.retain(|finding| {
                let absence = absences.next();
                if finding.rule.is_failure() {
                    return true;
                }
                if finding.primary.is_none() || finding.left_out > 0 {
                    return changes.has(source.path());
                }
                let entry = match absence {
                    Some(Absence::Missing) => return front_matter_has_changed,
                    Some(Absence::Not(entry)) => entry,
                    None => None,
                };
                let mut spans = spans(finding).chain(entry);
                spans.any(|span| changes.touch(source.path(), lines(source, span)))
            });
        }
        outcome.reports.retain(|report| !report.findings.is_empty());
    }

    /// Of each finding of a report, whether it is about something missing.
    fn absences(&self, report: &FileReport) -> Vec<Absence> {
        let source = &report.source;
        let absences = |document: Option<&Document<'_>>| {
            let findings = report.findings.iter();
            findings
                .map(|finding| Absence::of(finding, document))
                .collect()
        };
        let is_of_schema = |finding: &Diagnostic| finding.rule.group() == Group::Schema;
        if report.page.is_none() || !report.findings.iter().any(is_of_schema) {
            return absences(None);
        }
        let parsed = self.with_page(source.path(), |page, _| {
            let extraction = extract(source.text().as_bytes(), true, page.fences);
            let block = match extraction {
                Extraction::Found(block) | Extraction::Broken(_, Some(block)) => block,
                _ => return None,
            };
            syntax::parse(source.text(), &block, page.dialect, SourceId::PAGE).document
        });
        absences(parsed.flatten().as_ref())
    }

    fn has_front_matter_changed(&self, report: &FileReport, changes: &Changes) -> bool {
        let path = report.source.path();
        let is_unclosed = |finding: &Diagnostic| finding.rule == RuleId::UnclosedFrontMatter;
        changes.touch_within(path, 1..=self.last_line(report))
            || (report.findings.iter().any(is_unclosed) && changes.delete_fence(path))
    }

    /// The last line of a page's front matter. A file that is not a page is front matter as a whole.
    fn last_line(&self, report: &FileReport) -> u32 {
        let source = &report.source;
        let closed = report.page.and_then(|_| {
            self.with_page(source.path(), |page, _| {
                last_closed_line(source, page.fences)
            })
        });
        closed.flatten().unwrap_or_else(|| last_open_line(report))
    }
}

/// Whether a finding is about something that is missing.
enum Absence {
    Missing,
    /// Nothing is missing: the span of the key and the value, as far as it is known.
    Not(Option<Span>),
}

impl Absence {
    /// A key, a fence or front matter may be missing. What does not parse is missing as a whole, and
    /// its finding is often on another line than the change: where a quoted text begins that nothing
    /// closes. And what a schema finds wrong with a mapping, a list or a key without a value may come
    /// from a part that is gone, on whatever line that was.
    fn of(finding: &Diagnostic, document: Option<&Document<'_>>) -> Self {
        let rule = finding.rule;
        if rule.group() == Group::Fences
            || matches!(
                rule,
                RuleId::MissingKey | RuleId::MixedDefault | RuleId::InvalidSyntax
            )
        {
            return Self::Missing;
        }
        let pointer = match &finding.pointer {
            Some(pointer) if rule.group() == Group::Schema => pointer,
            _ => return Self::Not(None),
        };
        if pointer.is_empty() {
            return Self::Missing;
        }
        // A key too many is on its own line, whatever its value is.
        let document = document.filter(|_| rule != RuleId::UnknownKey);
        let node = document.and_then(|document| Some(document.node(document.find(pointer)?)));
        match node {
            Some(node) if !matches!(node.kind, Kind::Scalar(_)) || node.span.is_empty() => {
                Self::Missing
            }
            _ => {
                let place = document.and_then(|document| document.locate(pointer));
                let place = place.filter(|place| place.source == SourceId::PAGE);
                Self::Not(place.map(Place::entry))
            }
        }
    }
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
        .any(|finding| finding.rule == RuleId::MissingFrontMatter)
    {
        let text = source.text();
        let empty = text.len() - text.trim_start().len();
        return line(source, u32::try_from(empty).unwrap_or(u32::MAX));
    }
    let fences = findings
        .iter()
        .filter(|finding| finding.rule.group() == Group::Fences);
    let last = fences
        .flat_map(|finding| &finding.related)
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
