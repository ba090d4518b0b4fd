//! One line of an excerpt: cut to the width of the terminal around the part that is underlined,
//! tabs spread out, nothing in it that a terminal would obey.

use std::ops::Range;

use textwrap::core::display_width;

use crate::report::visible;

const TAB: usize = 4;

/// The columns that words beside an underline are given by cutting the line.
pub(super) const MIN_WORDS: usize = 10;

/// The columns that miette draws before such words.
pub(super) const WORDS_LEAD: usize = 4;

/// A line as it is shown.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The part of the raw line that is shown.
    window: Range<usize>,
    /// Raw and shown byte offset of every character in the window.
    stops: Vec<(usize, usize)>,
    /// The shown bytes that stand for the raw ones: without the marks of a cut.
    body: Range<usize>,
}

/// The part of a line that must be seen.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// Byte offsets in the raw line.
    pub(super) range: Range<usize>,
    /// Columns that the words beside the underline would like.
    pub(super) label: usize,
}

/// Lays out a line in at most `columns` columns.
pub(super) fn show(raw: &str, focus: Option<&Focus>, columns: usize, unicode: bool) -> Shown {
    let (cut, cut_width) = if unicode { ("…", 1) } else { ("...", 3) };
    let ruler = Ruler { unicode };
    let from = focus.map_or(0, |focus| {
        ruler.window_start(raw, focus, columns, cut_width)
    });
    let mut text = String::new();
    let mut column = 0;
    if from > 0 {
        text.push_str(cut);
        column = cut_width;
    }
    let mut body = text.len()..0;
    let mut window = from..raw.len();
    let mut stops = Vec::new();
    for (index, c) in raw[from..].char_indices() {
        let at = from + index;
        let width = ruler.width(raw, at, c, column);
        let is_last_fit = column + width + cut_width > columns;
        if is_last_fit && !ruler.fits(&raw[at..], columns.saturating_sub(column)) {
            window.end = at;
            break;
        }
        stops.push((at, text.len()));
        if c == '\t' {
            text.extend(std::iter::repeat_n(' ', width));
        } else {
            visible::push(&mut text, raw, at, c, unicode);
        }
        column += width;
    }
    body.end = text.len();
    if window.end < raw.len() {
        text.push_str(cut);
    }
    Shown {
        text,
        window,
        stops,
        body,
    }
}

impl Shown {
    /// Where a range of the raw line is shown. What the cut took away is at the mark of the cut.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = if range.start < self.window.start {
            0
        } else {
            self.offset(range.start)
        };
        let end = if range.end < self.window.start {
            self.body.start
        } else if range.end > self.window.end {
            self.text.len()
        } else {
            self.offset(range.end)
        };
        if range.is_empty() {
            return start..start;
        }
        let next = self.text[start..].chars().next().map_or(0, char::len_utf8);
        start..end.max(start + next)
    }

    fn offset(&self, raw: usize) -> usize {
        let index = self.stops.partition_point(|&(at, _)| at < raw);
        self.stops
            .get(index)
            .map_or(self.body.end, |&(_, shown)| shown)
    }
}

/// Measures text as it will be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    pub(super) unicode: bool,
}

impl Ruler {
    /// Whether a text is shown whole in so many columns.
    pub(super) fn fits(self, raw: &str, columns: usize) -> bool {
        self.width_up_to(raw, columns + 1) <= columns
    }

    /// Where to begin a line so that the focus is seen, with something before it, and the words
    /// beside it find room.
    fn window_start(self, raw: &str, focus: &Focus, columns: usize, cut: usize) -> usize {
        let Range { start, end } = focus.range;
        let before = self.width_up_to(&raw[..start], columns + 1);
        let inside = self.width_up_to(&raw[start..end], columns);
        let label = if focus.label == 0 {
            0
        } else {
            focus.label.min(MIN_WORDS) + WORDS_LEAD
        };
        let label_room = columns.saturating_sub(label);
        let is_label_fine = before + inside / 2 <= label_room;
        let is_seen = before + inside + cut <= columns || self.fits(raw, columns);
        if is_label_fine && is_seen {
            return 0;
        }
        let lead = (columns / 3)
            .min(columns.saturating_sub(2 * cut + inside))
            .min(label_room.saturating_sub(cut + inside / 2));
        let mut from = start;
        let mut used = 0;
        for (at, c) in raw[..start].char_indices().rev() {
            let width = self.width(raw, at, c, 0);
            if width > 0 && used + width > lead {
                break;
            }
            used += width;
            from = at;
        }
        // To leave out less than the mark of the cut is no gain.
        if self.fits(&raw[..from], cut) {
            0
        } else {
            from
        }
    }

    /// The width of a text; once it reaches `limit`, counting ends.
    fn width_up_to(self, text: &str, limit: usize) -> usize {
        let mut column = 0;
        for (at, c) in text.char_indices() {
            column += self.width(text, at, c, column);
            if column >= limit {
                break;
            }
        }
        column
    }

    /// The width of the character at a byte offset of a text, shown from a column on.
    fn width(self, text: &str, at: usize, c: char, column: usize) -> usize {
        if c == '\t' {
            return TAB - column % TAB;
        }
        if matches!(c, ' '..='~') {
            return 1;
        }
        let mut shown = String::new();
        visible::push(&mut shown, text, at, c, self.unicode);
        display_width(&shown)
    }
}
