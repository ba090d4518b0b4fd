//! The places to underline, and which of them are shown together.

use std::ops::Range;
use std::sync::Arc;

use super::line::Ruler;
use crate::diagnostic::{Diagnostic, Label};
use crate::report::{Style, visible};
use crate::text::{ColumnUnit, Position, SourceFile, SourceId, Sources};

/// A value of more lines is shown by its first and its last.
const MAX_LINES: u32 = 6;

/// Lines between two marks that are still shown for the sake of one excerpt.
const MAX_GAP: u32 = 3;

/// One place to underline.
#[derive(Debug)]
pub(super) struct Mark {
    /// Byte offsets in the file, on character boundaries, without line breaks at the end.
    pub(super) range: Range<usize>,
    /// The 1-based lines of the first and of the last byte.
    pub(super) first_line: u32,
    /// See `first_line`.
    pub(super) last_line: u32,
    /// The words beside the underline.
    pub(super) message: String,
    /// Whether this is where the author must act.
    pub(super) primary: bool,
    /// The position to print.
    pub(super) position: Position,
}

impl Mark {
    /// Whether the mark stands on one line.
    pub(super) fn is_single_line(&self) -> bool {
        self.first_line == self.last_line
    }
}

/// Marks that are shown in one excerpt.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) file: Arc<SourceFile>,
    pub(super) marks: Vec<Mark>,
    id: SourceId,
}

impl Group {
    /// The first and the last line with a mark.
    pub(super) fn lines(&self) -> (u32, u32) {
        let first = self.marks.iter().map(|mark| mark.first_line).min();
        let last = self.marks.iter().map(|mark| mark.last_line).max();
        (first.unwrap_or(1), last.unwrap_or(1))
    }

    fn takes(&self, id: SourceId, mark: &Mark, room: usize, ruler: Ruler) -> bool {
        let (first, last) = self.lines();
        self.id == id
            && mark.first_line <= last.saturating_add(MAX_GAP)
            && first <= mark.last_line.saturating_add(MAX_GAP)
            && self
                .marks
                .iter()
                .all(|other| self.goes_with(other, mark, room, ruler))
    }

    /// miette draws overlapping underlines one behind the other and nested brackets askew, and a
    /// cut line has one window: such marks get an excerpt each.
    fn goes_with(&self, a: &Mark, b: &Mark, room: usize, ruler: Ruler) -> bool {
        match (a.is_single_line(), b.is_single_line()) {
            (false, false) => false,
            (true, true) if a.first_line == b.first_line => {
                let apart = a.range.end.max(a.range.start + 1) <= b.range.start
                    || b.range.end.max(b.range.start + 1) <= a.range.start;
                let text = self.file.line_span(a.first_line);
                let text = text.map_or("", |span| span.slice(self.file.text()));
                apart && ruler.fits(text, room)
            }
            (true, true) => true,
            // Beside the closing bracket an underline is hard to tell from it.
            (true, false) => a.first_line != b.last_line,
            (false, true) => b.first_line != a.last_line,
        }
    }
}

/// The marks of a finding in the order in which they are to be read: the excerpt of the primary
/// label first. `room` is the number of columns for a line of text.
pub(super) fn groups(
    sources: &Sources<'_>,
    diagnostic: &Diagnostic,
    style: Style,
    room: impl Fn(u32) -> usize,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let ruler = Ruler {
        unicode: style.unicode,
    };
    let primary = diagnostic.primary.iter().map(|label| (label, true));
    let related = diagnostic.related.iter().map(|label| (label, false));
    for (label, primary) in primary.chain(related) {
        let file = sources.get(label.source);
        for mark in marks(&file, label, primary, style) {
            let room = room(mark.last_line);
            let group = groups
                .iter_mut()
                .find(|group| group.takes(label.source, &mark, room, ruler));
            match group {
                Some(group) => group.marks.push(mark),
                None => groups.push(Group {
                    file: Arc::clone(&file),
                    marks: vec![mark],
                    id: label.source,
                }),
            }
        }
    }
    groups
}

fn marks(file: &SourceFile, label: &Label, primary: bool, style: Style) -> Vec<Mark> {
    let range = clamped(file.text(), label.span.range());
    let mark = |range: Range<usize>, message: String, primary: bool| {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        Mark {
            first_line: file.position(start, ColumnUnit::Byte).line,
            last_line: file.position(end, ColumnUnit::Byte).line,
            position: file.position(start, style.unit),
            range,
            message,
            primary,
        }
    };
    let message = visible::line(&label.message, style.unicode);
    let whole = mark(range.clone(), message, primary);
    if whole.last_line - whole.first_line < MAX_LINES {
        return vec![whole];
    }
    let text = file.text();
    let first = file.line_span(whole.first_line);
    let last = file.line_span(whole.last_line);
    let (Some(first), Some(last)) = (first, last) else {
        return vec![whole];
    };
    let indent = last.slice(text).len() - last.slice(text).trim_start_matches([' ', '\t']).len();
    let head = range.start..(first.end as usize).max(range.start);
    let tail = (last.start as usize + indent).min(range.end)..range.end;
    vec![
        mark(head, whole.message, primary),
        mark(tail, "to here".to_owned(), false),
    ]
}

/// The range on character boundaries within the text, without the line breaks and the empty lines
/// at its end: a block scalar ends where its text does.
fn clamped(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |at: usize| {
        let at = at.min(text.len());
        (0..=at)
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(0)
    };
    let start = floor(range.start);
    let end = (range.end.min(text.len())..=text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
        .max(start);
    let mut kept = &text[start..end];
    while let Some(at) = kept.rfind('\n') {
        if !kept[at..].trim().is_empty() {
            break;
        }
        kept = &kept[..at];
        kept = kept.strip_suffix('\r').unwrap_or(kept);
    }
    start..start + kept.len()
}

#[cfg(test)]
mod tests {
    use super::clamped;

    #[test]
    fn ranges_fit_their_text_and_end_with_it() {
        assert_eq!(clamped("aé", 2..2), 1..3);
        assert_eq!(clamped("aé", 9..12), 3..3);
        assert_eq!(clamped("a: |\r\n  x\r\n\r\n  \r\nb", 3..17), 3..9);
        assert_eq!(clamped("a  \nb", 0..3), 0..3);
        assert_eq!(clamped("\n\n", 0..2), 0..0);
    }
}
