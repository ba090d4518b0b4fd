//! Underlines for the labels of a finding, and which of them are shown together.

use std::ops::Range;

use super::line::Ruler;
use crate::diagnostic::Label;
use crate::report::{Located, Style, visible};
use crate::text::{ColumnUnit, Position, SourceFile, SourceId};

/// A value of more lines is shown by its first and its last.
const MAX_LINES: u32 = 6;

/// Lines between two underlines that are still shown for the sake of one excerpt.
const MAX_GAP: u32 = 3;

/// One place that is underlined.
#[derive(Debug)]
pub(super) struct Underline {
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

impl Underline {
    /// Whether it is on one line.
    pub(super) fn is_single_line(&self) -> bool {
        self.first_line == self.last_line
    }
}

/// Underlines that are shown in one excerpt.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) path: &'a str,
    pub(super) underlines: Vec<Underline>,
    id: SourceId,
}

impl Group<'_> {
    /// The first and the last line with an underline.
    pub(super) fn lines(&self) -> (u32, u32) {
        let first = self
            .underlines
            .iter()
            .map(|underline| underline.first_line)
            .min();
        let last = self
            .underlines
            .iter()
            .map(|underline| underline.last_line)
            .max();
        (first.unwrap_or(1), last.unwrap_or(1))
    }

    fn takes(&self, id: SourceId, underline: &Underline, room: usize, ruler: Ruler) -> bool {
        let (first, last) = self.lines();
        self.id == id
            && underline.first_line <= last.saturating_add(MAX_GAP)
            && first <= underline.last_line.saturating_add(MAX_GAP)
            && self
                .underlines
                .iter()
                .all(|other| self.goes_with(other, underline, room, ruler))
    }

    /// miette draws overlapping underlines one behind the other and nested brackets askew, and a
    /// cut line has one window: such underlines get an excerpt each.
    fn goes_with(&self, a: &Underline, b: &Underline, room: usize, ruler: Ruler) -> bool {
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
            // Beside the closing bracket an underline is hard to distinguish from it.
            (true, false) => a.first_line != b.last_line,
            (false, true) => b.first_line != a.last_line,
        }
    }
}

/// The underlines of a finding in the order in which they are to be read: the excerpt of the primary
/// label first. `room` is the number of columns for a line of text.
pub(super) fn groups<'a>(
    located: &'a Located<'_>,
    style: Style,
    room: impl Fn(u32) -> usize,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let ruler = Ruler {
        unicode: style.unicode,
    };
    let primary = located.finding.primary.iter();
    let primary = primary.map(|label| (label, &located.file, &located.path));
    let related = located.related.iter();
    let related = related.map(|related| (related.label, &related.file, &related.path));
    for (index, (label, file, path)) in primary.chain(related).enumerate() {
        let is_primary = index == 0 && located.range.is_some();
        for underline in underlines(file, label, is_primary, located.unit, style) {
            let room = room(underline.last_line);
            let group = groups
                .iter_mut()
                .find(|group| group.takes(label.source, &underline, room, ruler));
            match group {
                Some(group) => group.underlines.push(underline),
                None => groups.push(Group {
                    file,
                    path,
                    underlines: vec![underline],
                    id: label.source,
                }),
            }
        }
    }
    groups
}

fn underlines(
    file: &SourceFile,
    label: &Label,
    is_primary: bool,
    unit: ColumnUnit,
    style: Style,
) -> Vec<Underline> {
    let range = clamped(file.text(), label.span.range());
    let underline = |range: Range<usize>, message: String, primary: bool| {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        Underline {
            first_line: file.position(start, ColumnUnit::Byte).line,
            last_line: file.position(end, ColumnUnit::Byte).line,
            position: file.position(start, unit),
            range,
            message,
            primary,
        }
    };
    let message = visible::line(&label.message, style.unicode);
    let whole = underline(range.clone(), message, is_primary);
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
        underline(head, whole.message, is_primary),
        underline(tail, "to here".to_owned(), false),
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
