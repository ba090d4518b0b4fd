//! Small sources with hand-made findings, shared by the tests of every format.

use std::sync::Arc;

use super::{Format, Located, Outputs, Reporter, Style, Summary, reporter};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId, Severity};
use crate::text::{ColumnUnit, SourceFile, SourceId, SourceMap, Sources, Span};

mod cases;

pub(super) use cases::all_cases;

/// One page and what is wrong with it.
pub(super) struct Case {
    pub(super) name: &'static str,
    page: Arc<SourceFile>,
    others: SourceMap,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Case {
    /// A page with this text and no findings.
    fn of(name: &'static str, text: &str) -> Self {
        Self {
            name,
            page: Arc::new(SourceFile::new(format!("_communiques/{name}.md"), text)),
            others: SourceMap::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Its findings with their places.
    pub(super) fn located(&self) -> impl Iterator<Item = Located<'_>> {
        let findings = self.diagnostics.iter();
        findings.map(|finding| Located::new(self.sources(), finding, ColumnUnit::Scalar))
    }

    pub(super) fn sources(&self) -> Sources<'_> {
        Sources::new(&self.page, &self.others)
    }
}

/// The report of cases in a format.
pub(super) fn render(format: Format, style: Style, cases: &[Case]) -> String {
    let summary = Summary::default();
    render_with(reporter(format, style), ColumnUnit::Scalar, cases, summary)
}

/// The report of cases by a reporter, with columns in a unit, after a run of this summary.
pub(super) fn render_with(
    reporter: Box<dyn Reporter>,
    unit: ColumnUnit,
    cases: &[Case],
    mut summary: Summary,
) -> String {
    let mut out = Vec::new();
    let mut outputs = Outputs::new(unit);
    outputs.add_reporter(reporter, &mut out);
    outputs.write(files(cases), &mut summary).unwrap();
    String::from_utf8(out).unwrap()
}

/// Cases as [`Outputs`] takes them.
pub(super) fn files(cases: &[Case]) -> impl Iterator<Item = (Sources<'_>, &[Diagnostic])> {
    cases
        .iter()
        .map(|case| (case.sources(), case.diagnostics.as_slice()))
}

/// Every case by its name.
pub(super) fn case(name: &str) -> Case {
    all_cases()
        .into_iter()
        .find(|case| case.name == name)
        .unwrap()
}

/// A page of any text with labels anywhere: the first is primary.
pub(super) fn arbitrary(text: &str, labels: &[(u32, u32, String)]) -> Case {
    let mut finding = Diagnostic::new(RuleId::SchemaMismatch, text).help(text);
    for (index, (start, end, words)) in labels.iter().enumerate() {
        let span = Span::new(*start, *end);
        finding = match index {
            0 => finding.at(span).label(words),
            _ => finding.related(SourceId::PAGE, span, words),
        };
    }
    let mut case = Case::of("arbitrary", text);
    case.diagnostics = vec![finding];
    case
}

/// The span of `needle`, which occurs once.
fn span(text: &str, needle: &str) -> Span {
    let start = text.find(needle).unwrap();
    Span::from_usize(start, start + needle.len())
}
