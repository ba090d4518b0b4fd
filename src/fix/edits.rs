//! The edits of one pass, and the bytes they make.

use std::collections::BTreeSet;

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

    /// Where the last of them ends, counted in the bytes before; `None` where there is none.
    pub(super) fn end(&self) -> Option<usize> {
        self.edits.last().map(|edit| edit.span.range().end)
    }

    /// What is replaced, counted in the bytes before.
    pub(super) fn before(&self) -> Places {
        self.edits.iter().map(|edit| edit.span).collect()
    }

    /// What it is replaced by, counted in the bytes after.
    pub(super) fn after(&self) -> Places {
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
        spans.into_iter().collect()
    }
}

/// The places of edits, which a page may have many of: each question is answered by a search.
#[derive(Debug)]
pub(super) struct Places {
    /// In their order, which is that of their ends too.
    all: Vec<Span>,
    /// Those of them that are not empty.
    filled: Vec<Span>,
}

impl FromIterator<Span> for Places {
    /// Takes places that do not overlap, in their order.
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let all: Vec<Span> = spans.into_iter().collect();
        let filled = all.iter().copied().filter(|span| !span.is_empty());
        let filled = filled.collect();
        Self { all, filled }
    }
}

impl Places {
    /// Whether one of the edits replaces all of a span.
    pub(super) fn hold(&self, span: Span) -> bool {
        let begun = self.filled.partition_point(|edit| edit.start <= span.start);
        let edit = begun.checked_sub(1).and_then(|last| self.filled.get(last));
        edit.is_some_and(|edit| edit.contains(span))
    }

    /// Whether one of the edits reaches into a span, or stands at its very end.
    pub(super) fn touch(&self, span: Span) -> bool {
        let begun = self.all.partition_point(|edit| edit.start <= span.end);
        let edit = begun.checked_sub(1).and_then(|last| self.all.get(last));
        edit.is_some_and(|edit| span.start <= edit.end)
    }
}

/// The places of edits that are chosen one after the other.
#[derive(Debug, Default)]
pub(super) struct Taken {
    spans: BTreeSet<Span>,
}

impl Taken {
    /// Takes the places of a fix, where its edits lie in the page, in its front matter, and
    /// neither overlap nor touch those that are taken; says whether it did.
    pub(super) fn take(&mut self, fix: &Fix, page: &str) -> bool {
        let mut own: Vec<_> = fix.edits.iter().map(|edit| edit.span).collect();
        own.sort();
        let fits = !own.is_empty()
            && own.is_sorted_by(|a, b| a.end <= b.start)
            && fix.edits.iter().all(|edit| {
                edit.source == SourceId::PAGE
                    && page.get(edit.span.range()).is_some()
                    && self.is_free(edit.span)
            });
        if fits {
            self.spans.extend(own);
        }
        fits
    }

    fn is_free(&self, span: Span) -> bool {
        // What is taken does not overlap, so that the last to begin is the last to end.
        let mut begun = self.spans.range(..=Span::new(span.end, u32::MAX));
        begun.next_back().is_none_or(|last| last.end < span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_search_among_places_answers_as_a_look_at_each(
            steps in proptest::collection::vec((0_u32..3, 0_u32..3), 0..8),
            start in 0_u32..30,
            length in 0_u32..6,
        ) {
            let mut at = 0;
            let spans: Vec<Span> = steps
                .into_iter()
                .map(|(gap, length)| {
                    let span = Span::new(at + gap, at + gap + length);
                    at = span.end;
                    span
                })
                .collect();
            let mut sorted = spans.clone();
            sorted.sort();
            let places: Places = sorted.into_iter().collect();
            let span = Span::new(start, start + length);
            let holds = |edit: &Span| !edit.is_empty() && edit.contains(span);
            let touches = |edit: &Span| edit.start <= span.end && span.start <= edit.end;
            proptest::prop_assert_eq!(places.hold(span), spans.iter().any(holds));
            proptest::prop_assert_eq!(places.touch(span), spans.iter().any(touches));
        }
    }
}
