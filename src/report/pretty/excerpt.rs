//! What miette is shown: the lines around the underlines, from as many files as have some, as one
//! source whose offsets are those of the excerpts joined.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::line::{self, Focus, MIN_WORDS, WORDS_LEAD};
use super::underline::{self, Group, Underline};
use crate::report::{Located, Style, visible};
use crate::text::{Position, SourceFile, Span};

/// Lines shown before the first underline and after the last.
const CONTEXT: u32 = 1;

/// Keeps an empty span at the end of one excerpt from touching the next.
const GAP: usize = 8;

/// Columns of the bracket that miette draws for an underline of several lines.
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
    pub(super) fn new(located: &Located<'_>, style: Style) -> Self {
        let mut excerpts = Self {
            parts: Vec::new(),
            labels: Vec::new(),
        };
        if located.range.is_none() {
            excerpts.add_name(located.visible_path(style.unicode));
        }
        let room = |last_line| columns(style, last_line, true);
        for group in underline::groups(located, style, room) {
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

    fn add_name(&mut self, name: String) {
        let start = self.next_start();
        self.parts.push(Part {
            name,
            first_line: 1,
            start,
            text: String::new(),
            places: Vec::new(),
        });
        self.labels
            .push(LabeledSpan::new_primary_with_span(None, start..start));
    }

    fn add(&mut self, group: &Group<'_>, style: Style) {
        let start = self.next_start();
        let (first, last) = group.lines();
        let has_bracket = group
            .underlines
            .iter()
            .any(|underline| !underline.is_single_line());
        let columns = columns(style, last.saturating_add(CONTEXT), has_bracket);
        let first_line = first.saturating_sub(CONTEXT).max(1);
        let mut text = String::new();
        let mut shown_underlines: Vec<_> =
            group.underlines.iter().map(ShownUnderline::new).collect();
        for number in first_line..=last.saturating_add(CONTEXT) {
            let Some(span) = line_of(group.file, number) else {
                break;
            };
            if number > last && span.is_empty() {
                break;
            }
            let raw = span.slice(group.file.text());
            let line_start = start + text.len();
            let focus = group
                .underlines
                .iter()
                .find(|underline| underline.is_single_line() && underline.first_line == number)
                .map(|underline| Focus {
                    range: within(underline, span),
                    label: display_width(&underline.message),
                });
            let shown = line::show(raw, focus.as_ref(), columns, style.unicode);
            for underline in &mut shown_underlines {
                underline.place_on_line(number, span, &shown, line_start, columns);
            }
            text.push_str(&shown.text);
            text.push('\n');
        }
        let mut places = Vec::new();
        shown_underlines.sort_by_key(|shown| shown.start);
        for shown in shown_underlines {
            let span = SourceSpan::from(shown.start..shown.end.max(shown.start));
            places.push((span, shown.underline.position));
            let words = shown.words();
            self.labels.push(if shown.underline.primary {
                LabeledSpan::new_primary_with_span(words, span)
            } else {
                LabeledSpan::new_with_span(words, span)
            });
        }
        self.parts.push(Part {
            name: visible::line(group.path, style.unicode),
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

/// An underline with its offsets in the joined excerpts.
struct ShownUnderline<'a> {
    underline: &'a Underline,
    start: usize,
    end: usize,
    /// Columns for the words beside the underline.
    room: usize,
}

impl<'a> ShownUnderline<'a> {
    fn new(underline: &'a Underline) -> Self {
        Self {
            underline,
            start: 0,
            end: 0,
            room: 0,
        }
    }

    /// Takes the offsets over from a line that is shown, if the underline begins or ends on it.
    fn place_on_line(
        &mut self,
        number: u32,
        span: Span,
        shown: &line::Shown,
        line_start: usize,
        columns: usize,
    ) {
        let place = shown.place(&within(self.underline, span));
        if number == self.underline.first_line {
            self.start = line_start + place.start;
        }
        if number == self.underline.last_line {
            self.end = line_start + place.end;
            self.room = if self.underline.is_single_line() {
                let before = display_width(&shown.text[..place.start]);
                let inside = display_width(&shown.text[place]);
                columns.saturating_sub(before + inside / 2 + WORDS_LEAD)
            } else {
                columns.saturating_sub(2)
            };
        }
    }

    fn words(&self) -> Option<String> {
        if self.underline.message.is_empty() {
            return None;
        }
        let options = Options::new(self.room.max(MIN_WORDS))
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        Some(textwrap::wrap(&self.underline.message, options).join("\n"))
    }
}

/// A line without its break and without a byte order underline.
fn line_of(file: &SourceFile, number: u32) -> Option<Span> {
    let span = file.line_span(number)?;
    let has_bom = number == 1 && span.slice(file.text()).starts_with('\u{feff}');
    Some(if has_bom {
        Span::new(span.start + 3, span.end)
    } else {
        span
    })
}

/// The part of an underline that is on a line, in byte offsets of that line.
fn within(underline: &Underline, line: Span) -> std::ops::Range<usize> {
    let (start, end) = (line.start as usize, line.end as usize);
    let from = underline.range.start.clamp(start, end) - start;
    let to = underline.range.end.clamp(start, end) - start;
    from..to
}

/// Columns for a line of text beside its number.
fn columns(style: Style, last_line: u32, has_bracket: bool) -> usize {
    let digits = last_line.to_string().len();
    let bracket = if has_bracket { BRACKET } else { 0 };
    style.width.saturating_sub(digits + 4 + bracket).max(16)
}
