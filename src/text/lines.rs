//! From byte offsets to lines and columns.

use std::sync::OnceLock;

use serde::Serialize;

use super::Span;

/// In lines longer than this many bytes, columns are counted from remembered steps: such a line may
/// have thousands of findings.
const STEP: usize = 4096;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Unicode scalar values, the default.
    #[default]
    Scalar,
    /// UTF-8 bytes, as Vim counts.
    Byte,
    /// UTF-16 code units, as the language server protocol counts.
    Utf16,
}

/// A place as people read it: 1-based line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// 1-based.
    pub line: u32,
    /// 1-based, in the requested unit.
    pub column: u32,
}

/// The byte offset at which each line begins. Lines end at a line feed; a carriage return before
/// it belongs to the line break.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The units before each multiple of [`STEP`]; only for texts with long lines.
    steps: OnceLock<Vec<Units>>,
}

/// How many units of each kind a text holds.
#[derive(Clone, Copy, Debug, Default)]
struct Units {
    scalars: usize,
    /// Those that UTF-16 writes as two code units.
    pairs: usize,
}

impl Units {
    fn of(text: &[u8]) -> Self {
        // A character begins with a byte that continues none; one of four bytes is a pair in UTF-16.
        let scalars = text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        let pairs = text.iter().filter(|&&byte| byte >= 0xf0).count();
        Self { scalars, pairs }
    }

    fn and(self, other: Self) -> Self {
        Self {
            scalars: self.scalars + other.scalars,
            pairs: self.pairs + other.pairs,
        }
    }
}

impl LineIndex {
    /// Reads the text once for its line feeds.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let after_breaks = memchr::memchr_iter(b'\n', text.as_bytes())
            .map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
        Self {
            starts: std::iter::once(0).chain(after_breaks).collect(),
            steps: OnceLock::new(),
        }
    }

    /// The position of a byte offset. An offset within a character counts as the character's
    /// first byte, one past the end as the end. A byte order mark takes no column.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32, unit: ColumnUnit) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self
            .starts
            .partition_point(|&start| start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let before = text.get(start..offset).unwrap_or("");
        let before = if start == 0 {
            before.strip_prefix('\u{feff}').unwrap_or(before)
        } else {
            before
        };
        let begin = offset.saturating_sub(before.len());
        let units = match unit {
            ColumnUnit::Byte => before.len(),
            _ if before.len() > STEP => self.units(text, begin, offset, unit),
            ColumnUnit::Scalar => before.chars().count(),
            ColumnUnit::Utf16 => before.encode_utf16().count(),
        };
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(units + 1).unwrap_or(u32::MAX),
        }
    }

    /// The units between two offsets, counted from the steps before them.
    fn units(&self, text: &str, begin: usize, end: usize, unit: ColumnUnit) -> usize {
        let text = text.as_bytes();
        let steps = self.steps.get_or_init(|| {
            let each = text.chunks(STEP).chain([&[][..]]).map(Units::of);
            let sums = each.scan(Units::default(), |sum, step| {
                Some(std::mem::replace(sum, sum.and(step)))
            });
            sums.collect()
        });
        let before = |at: usize| {
            let step = at / STEP;
            let known = steps.get(step).copied().unwrap_or_default();
            let rest = text.get(step * STEP..at).unwrap_or_default();
            let all = known.and(Units::of(rest));
            match unit {
                ColumnUnit::Utf16 => all.scalars + all.pairs,
                ColumnUnit::Scalar | ColumnUnit::Byte => all.scalars,
            }
        };
        before(end).saturating_sub(before(begin))
    }

    /// The span of a 1-based line without its line break.
    #[must_use]
    pub fn line_span(&self, text: &str, line: u32) -> Option<Span> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self
            .starts
            .get(index + 1)
            .map_or(text.len(), |&next| next as usize - 1);
        let line = text.get(start..end)?;
        let line = line.strip_suffix('\r').unwrap_or(line);
        Some(Span::from_usize(start, start + line.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32, unit: ColumnUnit) -> (u32, u32) {
        let position = LineIndex::new(text).position(text, offset, unit);
        (position.line, position.column)
    }

    #[test]
    fn columns_in_every_unit() {
        let text = "a: é😀x\r\nb: 1\n";
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        assert_eq!(at(text, x, ColumnUnit::Scalar), (1, 6));
        assert_eq!(at(text, x, ColumnUnit::Byte), (1, 10));
        assert_eq!(at(text, x, ColumnUnit::Utf16), (1, 7));
        let b = u32::try_from(text.find('b').unwrap()).unwrap();
        assert_eq!(at(text, b, ColumnUnit::Scalar), (2, 1));
        assert_eq!(at(text, 10_000, ColumnUnit::Scalar), (3, 1));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_beginning() {
        let text = format!("\u{feff}{}\n{}", "aé😀".repeat(3_000), "é😀".repeat(4_000));
        let index = LineIndex::new(&text);
        for at in (0..text.len()).step_by(97).chain([3, STEP, text.len()]) {
            let at = (0..=at)
                .rev()
                .find(|&at| text.is_char_boundary(at))
                .unwrap();
            let before = &text[..at];
            let line = before
                .rsplit('\n')
                .next()
                .unwrap()
                .trim_start_matches('\u{feff}');
            let offset = u32::try_from(at).unwrap();
            let column = |unit| index.position(&text, offset, unit).column as usize - 1;
            assert_eq!(column(ColumnUnit::Scalar), line.chars().count(), "{at}");
            assert_eq!(
                column(ColumnUnit::Utf16),
                line.encode_utf16().count(),
                "{at}"
            );
            assert_eq!(column(ColumnUnit::Byte), line.len(), "{at}");
        }
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(at("\u{feff}---\n", 3, ColumnUnit::Scalar), (1, 1));
        assert_eq!(at("\u{feff}---\n", 6, ColumnUnit::Byte), (1, 4));
    }

    #[test]
    fn lines_leave_out_their_break() {
        let text = "one\r\ntwo\n\nlast";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (1..=5)
            .map(|line| index.line_span(text, line).map(|span| span.slice(text)))
            .collect();
        assert_eq!(
            lines,
            [Some("one"), Some("two"), Some(""), Some("last"), None]
        );
    }
}
