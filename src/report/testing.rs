//! Small sources with hand-made findings, shared by the tests of every format.

use std::sync::Arc;

use super::{Format, Style, Summary, reporter};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId, Severity};
use crate::text::{SourceFile, SourceId, SourceMap, Sources, Span};

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
    pub(super) fn sources(&self) -> Sources<'_> {
        Sources::new(&self.page, &self.others)
    }
}

/// What a format makes of cases, from the first to the closing part.
pub(super) fn render(format: Format, style: Style, cases: &[Case]) -> String {
    render_with(format, style, cases, &Summary::default())
}

/// As [`render`], at the end of a run that did this.
pub(super) fn render_with(
    format: Format,
    style: Style,
    cases: &[Case],
    summary: &Summary,
) -> String {
    let mut out = Vec::new();
    let mut reporter = reporter(format, style);
    for case in cases {
        reporter
            .file(&mut out, &case.sources(), &case.diagnostics)
            .unwrap();
    }
    reporter.finish(&mut out, summary).unwrap();
    String::from_utf8(out).unwrap()
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
    page("arbitrary", text, |_| {
        let mut diagnostic = Diagnostic::new(RuleId::SchemaMismatch, text).help(text);
        for (index, (start, end, words)) in labels.iter().enumerate() {
            let span = Span::new(*start, *end);
            diagnostic = if index == 0 {
                diagnostic.at(span).label(words)
            } else {
                diagnostic.related(SourceId::PAGE, span, words)
            };
        }
        vec![diagnostic]
    })
}

/// The span of the only place where `needle` stands.
fn span(text: &str, needle: &str) -> Span {
    let start = text.find(needle).unwrap();
    Span::from_usize(start, start + needle.len())
}

fn page(name: &'static str, text: &str, make: impl FnOnce(&str) -> Vec<Diagnostic>) -> Case {
    Case {
        name,
        page: Arc::new(SourceFile::new(format!("_communiques/{name}.md"), text)),
        others: SourceMap::default(),
        diagnostics: make(text),
    }
}
