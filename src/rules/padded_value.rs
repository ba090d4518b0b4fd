//! The rule padded-value.

use super::Context;
use super::addresses::{Looks, looks};
use super::concerns::Concern;
use super::values::{self, Leaf};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::{Style, Value};
use crate::site::Lookup;
use crate::syntax::{Scalar, Syntax};
use crate::text::{SourceId, Span};

super::rule! {
    /// ## What it does
    ///
    /// Reports blanks, no-break spaces and invisible characters at the ends of a value of one line,
    /// and no-break spaces and invisible characters within an e-mail address, a telephone number, a
    /// path or a URL. Texts of several lines are left alone.
    ///
    /// ## Why it matters
    ///
    /// Such characters come along when text is copied. Nobody sees them, but links break, names do
    /// not compare equal, and a blank appears before a full stop.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// subtitle: 'The archive of the port '
    /// ---
    /// ```
    ///
    /// Take them away:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// subtitle: 'The archive of the port'
    /// ---
    /// ```
    PaddedValue, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    if !context.values.are_concern(Concern::Padded) {
        return;
    }
    let suspects = context
        .values
        .each()
        .filter(|leaf| may_be_padded(leaf.scalar));
    for leaf in suspects {
        let one_line =
            !leaf.scalar.text.contains('\n') && !leaf.span.slice(context.text).contains('\n');
        if leaf.source == SourceId::PAGE
            && one_line
            && !leaf.span.slice(context.text).starts_with('*')
        {
            findings.extend(at_ends(context, leaf).or_else(|| within(context, leaf)));
        }
    }
}

/// Whether a value is a text, not written over several lines on purpose, that may be padded.
pub(super) fn may_be_padded(scalar: &Scalar<'_>) -> bool {
    matches!(scalar.value, Value::String)
        && !matches!(scalar.style, Style::Literal | Style::Folded)
        && is_padded(&scalar.text)
}

/// Whether a text that begins or ends with a byte shows something there.
#[inline]
pub(super) const fn is_seen(byte: u8) -> bool {
    byte.is_ascii_graphic()
}

/// Whether a text that begins and ends with what is seen is surely not padded; mostly told from its
/// first bytes.
#[inline]
pub(super) fn shows_all(text: &[u8]) -> bool {
    let begins_as_prose = text.first_chunk::<16>().is_some_and(|begin| {
        // Without a branch, so that all bytes are looked at together.
        let has_blank = begin.iter().fold(false, |has, byte| has | (*byte == b' '));
        has_blank && begin[0].is_ascii_alphabetic()
    });
    begins_as_prose || text.is_ascii()
}

/// Whether a text has a blank at one of its ends, or a character in it that nobody sees.
fn is_padded(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let may_hide = !text.is_ascii() && !is_prose(text);
    pads(first) || pads(last) || (may_hide && text.chars().any(hides))
}

/// Whether a text has blanks and letters, so that it is no address.
fn is_prose(text: &str) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    text.as_bytes().iter().any(is_letter) && memchr::memchr(b' ', text.as_bytes()).is_some()
}

/// A character that pads: it shows as nothing or as a blank.
fn pads(c: char) -> bool {
    !c.is_ascii_graphic() && (c.is_whitespace() || is_invisible(c))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Not seen in an address, where it does harm.
fn hides(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn at_ends(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let text = leaf.scalar.text.as_ref();
    let trimmed = text.trim_matches(pads);
    // A value such as ` | ` is put between others, blanks included.
    if trimmed.len() == text.len() || !trimmed.contains(char::is_alphanumeric) {
        return None;
    }
    let front = text.len() - text.trim_start_matches(pads).len();
    let (start, end) = (text.get(..front)?, text.get(front + trimmed.len()..)?);
    let message = match (start.chars().next(), end.chars().next()) {
        (Some(first), Some(last)) => format!(
            "the value begins with {} and ends with {}",
            name(first),
            name(last)
        ),
        (Some(first), None) => format!("the value begins with {}", name(first)),
        (None, Some(last)) => format!("the value ends with {}", name(last)),
        (None, None) => return None,
    };
    let mut finding = Diagnostic::new(RuleId::PaddedValue, message)
        .at(leaf.span)
        .pointer(context.values.pointer(leaf));
    finding = match rewritten(context, leaf, trimmed) {
        Some(fix) => finding.help(help(&fix)).fix(fix),
        None => finding.help("delete it"),
    };
    Some(finding)
}

fn within(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let text = leaf.scalar.text.as_ref();
    let hidden = text.chars().find(|&c| hides(c))?;
    let bare = |blank: &str| -> String {
        text.chars()
            .flat_map(|c| match c {
                '\u{a0}' | '\u{202f}' | '\u{2007}' => blank.chars().collect::<Vec<_>>(),
                c if hides(c) => Vec::new(),
                c => vec![c],
            })
            .collect()
    };
    let joined = bare("");
    let (what, mended) = match looks(&joined)? {
        Looks::Email => ("e-mail address", joined),
        Looks::Phone => ("telephone number", bare(" ")),
        Looks::Url => ("URL", joined),
        Looks::Path => {
            // A file may really be named so.
            if context.site.look_up(context.path, text) == Lookup::Found {
                return None;
            }
            ("path", joined)
        }
    };
    let mut finding = Diagnostic::new(
        RuleId::PaddedValue,
        format!("there is {} within this {what}", name(hidden)),
    )
    .at(leaf.span)
    .pointer(context.values.pointer(leaf));
    finding = match rewritten(context, leaf, &mended) {
        Some(fix) => finding.help(help(&fix)).fix(fix),
        None => finding.help("delete it"),
    };
    Some(finding)
}

/// The value to write, where it is short enough to be shown.
fn help(fix: &Fix) -> String {
    let written = fix.edits.first().map(|edit| edit.content.as_str());
    match written.filter(|text| text.chars().count() <= 40) {
        Some(text) => format!("write {}", values::code(text)),
        None => "delete it".to_owned(),
    }
}

/// The value with another text, quoted as it is; `None` where escapes or the like stand in the way.
fn rewritten(context: &Context<'_>, leaf: &Leaf<'_>, text: &str) -> Option<Fix> {
    let source = leaf.span.slice(context.text);
    let content = match leaf.scalar.style {
        Style::SingleQuoted if context.document.block.syntax == Syntax::Yaml => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Style::SingleQuoted | Style::DoubleQuoted => {
            let quote = source.chars().next()?;
            let inner = source.strip_prefix(quote)?.strip_suffix(quote)?;
            if inner != leaf.scalar.text {
                return None;
            }
            format!("{quote}{text}{quote}")
        }
        Style::Plain => {
            // Without its padding a text may turn into a number, or into syntax.
            let stays_text = context.site.dialect().resolve(text, Style::Plain, None)
                == Value::String
                && text.starts_with(|c: char| c.is_alphanumeric() || c == '/')
                && !text.ends_with(':');
            if stays_text {
                text.to_owned()
            } else {
                values::in_single_quotes(text)?
            }
        }
        Style::Literal | Style::Folded => return None,
    };
    Some(Fix {
        title: "Remove the padding".to_owned(),
        edits: vec![Edit {
            source: leaf.source,
            span: Span::new(leaf.span.start, leaf.span.end),
            content,
        }],
        applicability: Applicability::Safe,
    })
}

fn name(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a no-break space".to_owned(),
        '\u{200b}' => "an invisible zero-width space".to_owned(),
        '\u{feff}' => "an invisible byte order mark".to_owned(),
        '\u{ad}' => "an invisible soft hyphen".to_owned(),
        c if c.is_whitespace() => format!("a blank (U+{:04X})", u32::from(c)),
        c => format!("an invisible character (U+{:04X})", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_surely_tidy(text: &str) -> bool {
        let text = text.as_bytes();
        let ends = [text.first(), text.last()];
        ends.into_iter().flatten().all(|end| is_seen(*end)) && shows_all(text)
    }

    #[test]
    fn no_text_that_is_padded_or_has_a_hidden_character_goes_unsuspected() {
        for c in (0..=0xffff).filter_map(char::from_u32) {
            let pad = c.is_whitespace() || is_invisible(c);
            assert_eq!(pads(c), pad, "{c:?}");
            for text in [format!("{c}"), format!("a{c}"), format!("{c}a")] {
                let is_suspect = text.trim_matches(pads) != text || text.chars().any(hides);
                assert_eq!(is_padded(&text), is_suspect, "{text:?}");
                assert!(!is_suspect || !is_surely_tidy(&text), "{text:?}");
            }
            let path = format!("/a{c}b");
            assert_eq!(is_padded(&path), hides(c), "{c:?}");
            assert!(!hides(c) || !is_surely_tidy(&path), "{c:?}");
        }
        let prose = "two words\u{a0}: three of them";
        assert!(!is_padded("") && !is_padded(prose) && is_surely_tidy(prose));
    }
}
