//! Block scalars.

use std::borrow::Cow;

use super::{FastNode, FastParser};
use crate::dialect::{Style, Value};

impl FastParser<'_> {
    /// The block scalar at `self.at`, below a collection at the column `parent`. `None` for one
    /// without content, with an indentation in its header, or with a line of too many spaces.
    pub(super) fn block_scalar(&mut self, parent: usize, style: Style) -> Option<FastNode> {
        let start = self.at;
        let chomping = self.byte(start + 1);
        let header = start + 1 + usize::from(matches!(chomping, b'+' | b'-'));
        let mut line = self.after_header(header)?;
        self.begin_folding();

        let (mut indent, mut breaks) = (0, 0);
        // The end of the last line with content, and of the last line.
        let (mut end, mut last) = (header, header);
        let mut begun = false;
        let mut after_deeper = false;
        while line < self.bytes.len() {
            let at = self.skip_spaces(line);
            let column = at - line;
            if self.at_break(at) {
                // These spaces are content, which only the full parser keeps.
                if begun && column > indent {
                    return None;
                }
                indent = indent.max(column);
                breaks += 1;
                last = at;
                line = self.after_break(at);
                continue;
            }
            if !begun {
                // No content, or an empty line before it with too many spaces.
                if column <= parent || column < indent {
                    return None;
                }
                indent = column;
            } else if column < indent {
                break;
            }
            let is_deeper = column > indent;
            if begun {
                self.join(style, after_deeper || is_deeper, breaks);
            } else {
                self.breaks(breaks);
            }
            (begun, after_deeper, breaks) = (true, is_deeper, 0);
            let line_feed = self.line_feed(at);
            end = self.before_break(line_feed);
            last = end;
            self.folded.push_str(self.text.get(line + indent..end)?);
            line = line_feed + 1;
        }
        if !begun {
            return None;
        }
        if chomping != b'-' {
            self.folded.push('\n');
        }
        if chomping == b'+' {
            self.breaks(breaks);
            end = last;
        }
        self.go_to_line(line);
        let text = Cow::Owned(self.folded.as_str().to_owned());
        Some(self.scalar(text, style, Value::String, start, end))
    }

    /// The line after the header of a block scalar.
    fn after_header(&mut self, header: usize) -> Option<usize> {
        let at = self.skip_spaces(header);
        match self.byte(at) {
            b'\n' | b'\r' => Some(self.after_break(at)),
            b'#' if at > header => Some(self.comment(at)),
            _ => None,
        }
    }

    /// The line break before a further line, and `breaks` empty lines.
    fn join(&mut self, style: Style, keeps_breaks: bool, breaks: usize) {
        if style == Style::Folded && !keeps_breaks {
            self.fold(breaks);
        } else {
            self.folded.push('\n');
            self.breaks(breaks);
        }
    }
}
