//! The line that opens front matter.

use super::file::File;
use super::lines::{Line, is_empty};
use super::metadata::{self, is_member};
use super::near_fence::NearFence;
use super::{Block, CloseRule, FenceRules, OpenRule, Syntax};
use crate::text::Span;

/// Where front matter begins, and in which language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub syntax: Syntax,
    /// `---`, `+++`, `---json` or `{`.
    pub fence: Span,
    /// Where the metadata begins: on the next line, or after the fence.
    pub content: usize,
    /// The line of the fence. It ends where a member begins on it: `--- title: a`.
    pub line: Line,
}

impl Opening {
    /// `None` where the first line opens nothing.
    pub(super) fn of(file: &File<'_>) -> Option<Self> {
        let (first, rules) = (file.first, file.rules);
        let text = file.first_text();
        let line = match rules.opens(OpenRule::OnlyBeforeLineBreak) {
            true => text,
            false => text.trim_ascii_end(),
        };
        let (syntax, length) = match fence(line, rules) {
            Some(found) if first.has_break || rules.closes(CloseRule::AtEndOfFile) => found,
            _ if rules.opens(OpenRule::Json) && text.starts_with(b"{") => (Syntax::Json, 1),
            _ => return None,
        };
        let end = first.start + length;
        let rest = text.get(length..).unwrap_or_default();
        let mut opening = Self {
            syntax,
            fence: Span::from_usize(first.start, end),
            content: if is_empty(rest) { first.next } else { end },
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
    pub(super) fn is_brace(self) -> bool {
        self.syntax == Syntax::Json && self.fence.len() == 1
    }

    /// The first three characters of the fence, which close what it opens.
    pub(super) fn sign(self, file: &File<'_>) -> &'static str {
        match file.bytes[self.line.start] {
            b'+' => "+++",
            _ => "---",
        }
    }

    /// Whether metadata follows.
    pub(super) fn has_metadata(self, file: &File<'_>) -> bool {
        metadata::is_after(file.bytes, self.line, self.syntax)
    }

    /// The last line of the metadata that follows; the opening line where there is none.
    pub(super) fn last_metadata(self, file: &File<'_>) -> Line {
        metadata::last(file.bytes, self.line, self.syntax)
    }

    /// The front matter from here to a closing fence.
    pub(super) fn block(self, close: Span) -> Block {
        Block {
            syntax: self.syntax,
            open: self.fence,
            content: Span::from_usize(self.content, close.start as usize),
            close,
        }
    }
}

/// The language that a first line without white space at its end opens, and the length of the
/// fence.
fn fence(line: &[u8], rules: &FenceRules) -> Option<(Syntax, usize)> {
    let with_metadata = || rules.opens(OpenRule::WithMetadata) && NearFence::of(line).is_none();
    match line {
        b"---" => Some((Syntax::Yaml, 3)),
        b"+++" if rules.opens(OpenRule::Toml) => Some((Syntax::Toml, 3)),
        [b'-', b'-', b'-', ..] if with_metadata() => Some((Syntax::Yaml, 3)),
        [b'+', b'+', b'+', ..] if rules.opens(OpenRule::Toml) && with_metadata() => {
            Some((Syntax::Toml, 3))
        }
        [b'-', b'-', b'-', language @ ..] if rules.opens(OpenRule::WithLanguage) => {
            let syntax = match &*language.trim_ascii().to_ascii_lowercase() {
                b"yaml" | b"yml" => Syntax::Yaml,
                // Only YAML may be written in capital letters.
                _ if language.iter().any(u8::is_ascii_uppercase) => return None,
                b"json" => Syntax::Json,
                b"toml" if rules.opens(OpenRule::WithAddedLanguage) => Syntax::Toml,
                _ => return None,
            };
            Some((syntax, line.len()))
        }
        _ => None,
    }
}
