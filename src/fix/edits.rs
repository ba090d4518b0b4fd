//! The edits of one pass, and the bytes they make.

use crate::diagnostic::{Edit, Fix};
use crate::text::{SourceId, Span};

/// Edits that do not overlap, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct Edits<'f> {
    edits: Vec<&'f Edit>,
}

impl<'f> Edits<'f> {
    /// All edits of these fixes.
    pub(super) fn of(fixes: &[&'f Fix]) -> Self {
        let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| edit.span);
        Self { edits }
    }

    /// Whether a fix may join: its edits lie in the page, in its front matter, and neither overlap
    /// nor touch those that are here.
    pub(super) fn have_room_for(&self, fix: &Fix, page: &str) -> bool {
        let apart = |one: Span, other: Span| one.end < other.start || other.end < one.start;
        let mut own: Vec<_> = fix.edits.iter().map(|edit| edit.span).collect();
        own.sort();
        !own.is_empty()
            && own.is_sorted_by(|a, b| a.end <= b.start)
            && fix.edits.iter().all(|edit| {
                edit.source == SourceId::PAGE
                    && page.get(edit.span.range()).is_some()
                    && self.edits.iter().all(|taken| apart(taken.span, edit.span))
            })
    }

    /// The bytes after all edits.
    pub(super) fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut edited = Vec::with_capacity(bytes.len() + 64);
        let mut at = 0;
        for edit in &self.edits {
            let range = edit.span.range();
            edited.extend_from_slice(bytes.get(at..range.start).unwrap_or_default());
            edited.extend_from_slice(edit.content.as_bytes());
            at = range.end;
        }
        edited.extend_from_slice(bytes.get(at..).unwrap_or_default());
        edited
    }

    /// What is replaced, counted in the bytes before.
    pub(super) fn before(&self) -> Vec<Span> {
        self.edits.iter().map(|edit| edit.span).collect()
    }

    /// What it is replaced by, counted in the bytes after.
    pub(super) fn after(&self) -> Vec<Span> {
        let mut removed = 0;
        let mut added = 0;
        let mut spans = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            let range = edit.span.range();
            let start = range.start + added - removed;
            spans.push(Span::from_usize(start, start + edit.content.len()));
            removed += range.len();
            added += edit.content.len();
        }
        spans
    }
}
