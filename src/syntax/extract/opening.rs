//! The line that opens front matter.

use super::lines::{Line, blank, is_member};
use super::shapes::Near;
use super::{CloseRule, FenceRules, OpenRule, Syntax};
use crate::text::Span;

/// Where front matter begins, and in which language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub syntax: Syntax,
    /// `---`, `+++`, `---json` or `{`.
    pub fence: Span,
    /// Where what is read as metadata begins: the next line, or what follows the fence on its own.
    pub content: usize,
    /// The line of the fence. It ends where a member begins on it: `--- title: a`.
    pub line: Line,
}

impl Opening {
    /// `None` where the first line opens nothing.
    pub(super) fn of(bytes: &[u8], first: Line, rules: &FenceRules) -> Option<Self> {
        let text = first.text(bytes);
        let (syntax, length) = match fence(text.trim_ascii_end(), rules) {
            Some(found) if first.has_break || rules.closes(CloseRule::AtEndOfFile) => found,
            _ if rules.opens(OpenRule::Json) && text.starts_with(b"{") => (Syntax::Json, 1),
            _ => return None,
        };
        let end = first.start + length;
        let rest = text.get(length..).unwrap_or_default();
        let mut opening = Self {
            syntax,
            fence: Span::from_usize(first.start, end),
            content: if blank(rest) { first.next } else { end },
            line: first,
        };
        let member = rest.trim_ascii_start();
        if is_member(member, syntax) {
            opening.line.end = end;
            opening.line.next = end + rest.len() - member.len();
        }
        Some(opening)
    }

    /// Whether it is the `{` of a JSON object.
    pub(super) fn is_brace(self, bytes: &[u8]) -> bool {
        bytes[self.fence.range()].starts_with(b"{")
    }
}

/// The language that a first line without blanks at its end opens, and the length of the fence.
fn fence(line: &[u8], rules: &FenceRules) -> Option<(Syntax, usize)> {
    match line {
        b"---" => Some((Syntax::Yaml, 3)),
        b"+++" if rules.opens(OpenRule::Toml) => Some((Syntax::Toml, 3)),
        [b'-', b'-', b'-', ..]
            if rules.opens(OpenRule::WithMetadata) && Near::of(line).is_none() =>
        {
            Some((Syntax::Yaml, 3))
        }
        [b'+', b'+', b'+', ..]
            if rules.opens(OpenRule::Toml)
                && rules.opens(OpenRule::WithMetadata)
                && Near::of(line).is_none() =>
        {
            Some((Syntax::Toml, 3))
        }
        [b'-', b'-', b'-', language @ ..] if rules.opens(OpenRule::WithLanguage) => {
            let syntax = match language.trim_ascii() {
                name if name.eq_ignore_ascii_case(b"yaml") || name.eq_ignore_ascii_case(b"yml") => {
                    Syntax::Yaml
                }
                b"json" => Syntax::Json,
                b"toml" if rules.opens(OpenRule::WithAddedLanguage) => Syntax::Toml,
                _ => return None,
            };
            Some((syntax, line.len()))
        }
        _ => None,
    }
}
