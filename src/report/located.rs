//! A finding with the places that it names worked out: files, shown paths, lines and columns.

use std::sync::Arc;

use serde::Serialize;

use super::{shown_path, visible};
use crate::diagnostic::{Diagnostic, Label};
use crate::text::{ColumnUnit, Position, SourceFile, SourceId, Sources, Span};

/// What a reporter is given: a finding and its places.
#[derive(Debug)]
pub struct Located<'a> {
    /// The finding itself.
    pub finding: &'a Diagnostic,
    /// The file of its primary label; the page where it has none.
    pub file: Arc<SourceFile>,
    /// The path of that file, as [`shown_path()`] writes it.
    pub path: String,
    /// The place of its primary label.
    pub range: Option<Range>,
    /// Its other labels.
    pub related: Vec<LocatedLabel<'a>>,
    /// What the columns count.
    pub unit: ColumnUnit,
    sources: Sources<'a>,
}

/// A label in any file.
#[derive(Debug)]
pub struct LocatedLabel<'a> {
    /// The label itself.
    pub label: &'a Label,
    /// Its file.
    pub file: Arc<SourceFile>,
    /// The path of the file.
    pub path: String,
    /// Its place.
    pub range: Range,
}

/// Bytes of a file, and where they begin and end for people.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Range {
    /// Byte offsets in the whole file.
    pub span: Span,
    /// The first character.
    pub start: Position,
    /// Just behind the last character.
    pub end: Position,
}

impl Range {
    /// The place of a span, with columns in `unit`.
    pub(super) fn new(file: &SourceFile, span: Span, unit: ColumnUnit) -> Self {
        Self {
            span,
            start: file.position(span.start, unit),
            end: file.position(span.end, unit),
        }
    }

    /// The last line with a byte of it: one that ends with a line break does not reach into the
    /// next line.
    pub(super) fn last_line(self) -> u32 {
        if self.end.column == 1 && self.end.line > self.start.line {
            self.end.line - 1
        } else {
            self.end.line
        }
    }
}

impl<'a> Located<'a> {
    /// The places of a finding of the page of `sources`.
    #[must_use]
    pub fn new(sources: Sources<'a>, finding: &'a Diagnostic, unit: ColumnUnit) -> Self {
        let primary = finding.primary.as_ref();
        let file = sources.get(primary.map_or(SourceId::PAGE, |label| label.source));
        let related = finding.related.iter().map(|label| {
            let file = sources.get(label.source);
            LocatedLabel {
                label,
                path: shown_path(file.path()),
                range: Range::new(&file, label.span, unit),
                file,
            }
        });
        Self {
            finding,
            path: shown_path(file.path()),
            range: primary.map(|label| Range::new(&file, label.span, unit)),
            related: related.collect(),
            file,
            unit,
            sources,
        }
    }

    /// Where the finding is. One about a whole file is at its beginning, for formats that must have
    /// a line.
    pub(super) fn lines(&self) -> (u32, u32) {
        let lines = self
            .range
            .map(|range| (range.start.line, range.last_line()));
        lines.unwrap_or((1, 1))
    }

    /// Which file [`Self::file`] is.
    pub(super) fn source(&self) -> SourceId {
        let primary = self.finding.primary.as_ref();
        primary.map_or(SourceId::PAGE, |label| label.source)
    }

    /// Another file of the run.
    pub(super) fn file_of(&self, source: SourceId) -> Arc<SourceFile> {
        self.sources.get(source)
    }

    /// The path on one line, fit for a terminal.
    pub(super) fn visible_path(&self, unicode: bool) -> String {
        visible::line(&self.path, unicode)
    }
}
