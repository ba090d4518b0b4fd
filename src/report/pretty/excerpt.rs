//! What miette is shown: the lines around the marks, from as many files as have some, as one
//! source whose offsets are those of the excerpts joined.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::line::{self, Focus, MIN_WORDS, WORDS_LEAD};
use super::mark::{self, Group, Mark};
use crate::diagnostic::Diagnostic;
use crate::report::{Style, place, visible};
use crate::text::{Position, SourceFile, Span};

/// Lines shown before the first mark and after the last.
const CONTEXT: u32 = 1;

/// Keeps an empty span at the end of one excerpt from touching the next.
const GAP: usize = 8;

/// Columns of the bracket that miette draws for a mark of several lines.
const BRACKET: usize = 4;

/// The excerpts of one finding.
#[derive(Debug)]
pub(super) struct Excerpts {
    parts: Vec<Part>,
    labels: Vec<LabeledSpan>,
}

#[derive(Debug)]
struct Part {
    name: String,
    first_line: u32,
    start: usize,
    text: String,
    /// The spans of the labels in this part, with the position to print for them.
    places: Vec<(SourceSpan, Position)>,
}

impl Excerpts {
    /// The excerpts that a finding needs. One without a place gets an empty excerpt, which still
    /// names the file.
    pub(super) fn new(
        sources: &crate::text::Sources<'_>,
        diagnostic: &Diagnostic,
        style: Style,
    ) -> Self {
        let mut excerpts = Self {
            parts: Vec::new(),
            labels: Vec::new(),
        };
        if diagnostic.primary.is_none() {
            excerpts.add_name(&place::file_of(sources, diagnostic), style);
        }
        let room = |last_line| columns(style, last_line, true);
        for group in mark::groups(sources, diagnostic, style, room) {
            excerpts.add(&group, style);
        }
        excerpts
    }

    /// The labels in the order of their offsets.
    pub(super) fn labels(&self) -> &[LabeledSpan] {
        &self.labels
    }

    fn next_start(&self) -> usize {
        self.parts
            .last()
            .map_or(0, |part| part.start + part.text.len() + GAP)
    }

    fn add_name(&mut self, file: &SourceFile, style: Style) {
        let start = self.next_start();
        self.parts.push(Part {
            name: name(file, style),
            first_line: 1,
            start,
            text: String::new(),
            places: Vec::new(),
        });
        self.labels
            .push(LabeledSpan::new_primary_with_span(None, start..start));
    }

    fn add(&mut self, group: &Group, style: Style) {
        let start = self.next_start();
        let (first, last) = group.lines();
        let has_bracket = group.marks.iter().any(|mark| !mark.is_single_line());
        let columns = columns(style, last.saturating_add(CONTEXT), has_bracket);
        let first_line = first.saturating_sub(CONTEXT).max(1);
        let mut text = String::new();
        let mut shown_marks: Vec<_> = group.marks.iter().map(ShownMark::new).collect();
        for number in first_line..=last.saturating_add(CONTEXT) {
            let Some(span) = line_of(&group.file, number) else {
                break;
            };
            if number > last && span.is_empty() {
                break;
            }
            let raw = span.slice(group.file.text());
            let line_start = start + text.len();
            let focus = group
                .marks
                .iter()
                .find(|mark| mark.is_single_line() && mark.first_line == number)
                .map(|mark| Focus {
                    range: within(mark, span),
                    label: display_width(&mark.message),
                });
            let shown = line::show(raw, focus.as_ref(), columns, style.unicode);
            for mark in &mut shown_marks {
                mark.meet(number, span, &shown, line_start, columns);
            }
            text.push_str(&shown.text);
            text.push('\n');
        }
        let mut places = Vec::new();
        shown_marks.sort_by_key(|shown| shown.start);
        for shown in shown_marks {
            let span = SourceSpan::from(shown.start..shown.end.max(shown.start));
            places.push((span, shown.mark.position));
            let words = shown.words();
            self.labels.push(if shown.mark.primary {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            });
        }
        self.parts.push(Part {
            name: name(&group.file, style),
            first_line,
            start,
            text,
            places,
        });
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let part = self
            .parts
            .iter()
            .find(|part| part.start <= span.offset() && end <= part.start + part.text.len())
            .ok_or(MietteError::OutOfBounds)?;
        // Without context miette asks for the position to print, not for lines.
        let position = if context_before == 0 {
            part.places.iter().find(|(place, _)| place == span)
        } else {
            None
        };
        let (line, column) = position.map_or((part.first_line, 1), |(_, position)| {
            (position.line, position.column)
        });
        Ok(Box::new(MietteSpanContents::new_named(
            part.name.clone(),
            part.text.as_bytes(),
            SourceSpan::from(part.start..part.start + part.text.len()),
            line.saturating_sub(1) as usize,
            column.saturating_sub(1) as usize,
            part.text.lines().count(),
        )))
    }
}

/// A mark with its offsets in the joined excerpts.
struct ShownMark<'a> {
    mark: &'a Mark,
    start: usize,
    end: usize,
    /// Columns for the words beside the underline.
    room: usize,
}

impl<'a> ShownMark<'a> {
    fn new(mark: &'a Mark) -> Self {
        Self {
            mark,
            start: 0,
            end: 0,
            room: 0,
        }
    }

    fn meet(
        &mut self,
        number: u32,
        span: Span,
        shown: &line::Shown,
        line_start: usize,
        columns: usize,
    ) {
        let place = shown.place(&within(self.mark, span));
        if number == self.mark.first_line {
            self.start = line_start + place.start;
        }
        if number == self.mark.last_line {
            self.end = line_start + place.end;
            self.room = if self.mark.is_single_line() {
                let before = display_width(&shown.text[..place.start]);
                let inside = display_width(&shown.text[place]);
                columns.saturating_sub(before + inside / 2 + WORDS_LEAD)
            } else {
                columns.saturating_sub(2)
            };
        }
    }

    fn words(&self) -> Option<String> {
        if self.mark.message.is_empty() {
            return None;
        }
        let options = Options::new(self.room.max(MIN_WORDS))
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        Some(textwrap::wrap(&self.mark.message, options).join("\n"))
    }
}

/// A line without its break and without a byte order mark.
fn line_of(file: &SourceFile, number: u32) -> Option<Span> {
    let span = file.line_span(number)?;
    let is_marked = number == 1 && span.slice(file.text()).starts_with('\u{feff}');
    Some(if is_marked {
        Span::new(span.start + 3, span.end)
    } else {
        span
    })
}

/// The part of a mark that stands on a line, in byte offsets of that line.
fn within(mark: &Mark, line: Span) -> std::ops::Range<usize> {
    let (start, end) = (line.start as usize, line.end as usize);
    let from = mark.range.start.clamp(start, end) - start;
    let to = mark.range.end.clamp(start, end) - start;
    from..to
}

fn name(file: &SourceFile, style: Style) -> String {
    visible::line(&place::path_text(file.path()), style.unicode)
}

/// Columns for a line of text beside its number.
fn columns(style: Style, last_line: u32, has_bracket: bool) -> usize {
    let digits = last_line.to_string().len();
    let bracket = if has_bracket { BRACKET } else { 0 };
    style.width.saturating_sub(digits + 4 + bracket).max(16)
}
