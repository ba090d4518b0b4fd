//! Owns the rule `padded-value`: its docs, and what it reports. Must not change a page.

use super::addresses::AddressKind;
use super::scalars::ScalarRef;
use super::{Context, words};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::{Style, Value};
use crate::site::Lookup;
use crate::syntax::{Key, Scalar, Syntax, pointer};
use crate::text::{SourceId, Span};

super::rule! {
    /// ## What it does
    ///
    /// Reports blanks, no-break spaces and invisible characters at the ends of a value of one line,
    /// and no-break spaces and invisible characters within an e-mail address, a telephone number, a
    /// path or a URL. Texts of several lines are left alone. Also reports keys that begin with such a
    /// character, and values without quotes that are wholly in typographic ones (`“…”`).
    ///
    /// ## Why it matters
    ///
    /// Such characters come along when text is copied. Nobody sees them, but links break, names do
    /// not compare equal, and a blank appears before a full stop. A key with a no-break space before it
    /// is another key. Typographic quotes are part of a text and do not quote it.
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

/// Quotes that editors put in place of plain ones. An apostrophe begins or ends many a word.
const TYPOGRAPHIC: [char; 4] = ['“', '”', '„', '‟'];

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for scalar in context.scalars.suspects(may_be_padded) {
        let written = scalar.span.slice(context.text);
        let is_one_line = !scalar.inner.text.contains('\n') && !written.contains('\n');
        if scalar.source == SourceId::PAGE && is_one_line && !scalar.is_alias(context.text) {
            let found = at_ends(context, scalar).or_else(|| within(context, scalar));
            findings.extend(found.or_else(|| in_typographic_quotes(context, scalar)));
        }
    }
    // Few pages have such a key: for the others no pointer is worked out.
    let mut members = context.document.all_members().iter();
    if members.any(|member| key_padding(&member.key).is_some()) {
        padded_keys(context, findings);
    }
}

/// The invisible character that a key begins with.
fn key_padding(key: &Key<'_>) -> Option<char> {
    let first = key.text.chars().next()?;
    (!first.is_ascii() && pads(first)).then_some(first)
}

/// Keys that begin with an invisible character.
fn padded_keys(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let document = context.document;
    let mut open = vec![(document.root(), String::new())];
    // Aliases may name one mapping very often.
    let mut left = document.len();
    while let (Some((id, at)), true) = (open.pop(), left > 0) {
        left -= 1;
        for member in document.members(id) {
            let mut pointer = at.clone();
            pointer::push(&mut pointer, &member.key.text);
            findings.extend(padded_key(context, &member.key, &pointer));
            open.push((member.value, pointer));
        }
        for (index, &item) in document.items(id).iter().enumerate() {
            open.push((item, format!("{at}/{index}")));
        }
    }
}

fn padded_key(context: &Context<'_>, key: &Key<'_>, pointer: &str) -> Option<Diagnostic> {
    let first = key_padding(key)?;
    let bare = key.text.trim_start_matches(pads);
    let is_written_so = key.span.slice(context.text) == key.text;
    if bare.is_empty() || !is_written_so || key.source != SourceId::PAGE {
        return None;
    }
    let len = u32::try_from(key.text.len() - bare.len()).ok()?;
    let padding = Span::new(key.span.start, key.span.start + len);
    let shown = words::code(bare);
    let message = format!(
        "{} stands before this key, so it is not {shown}",
        name(first)
    );
    let finding = Diagnostic::new(RuleId::PaddedValue, message)
        .at_source(key.source, padding, "")
        .pointer(pointer)
        .help(format!("delete it, and the key is {shown}"));
    let fix = Fix {
        title: "Delete it".to_owned(),
        edits: vec![Edit {
            source: key.source,
            span: padding,
            content: String::new(),
        }],
        applicability: Applicability::Unsafe,
    };
    Some(finding.fix(fix))
}

/// `title: “My title”`
fn in_typographic_quotes(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let text = scalar.inner.text.as_ref();
    let inner = text.strip_prefix(TYPOGRAPHIC)?.strip_suffix(TYPOGRAPHIC)?;
    let is_plain = scalar.inner.style == Style::Plain;
    if !is_plain || inner.is_empty() || inner.contains(TYPOGRAPHIC) || inner.contains(['"', '\\']) {
        return None;
    }
    let message = "the typographic quotes around this value are part of the text".to_owned();
    let written = format!("\"{inner}\"");
    let finding = context.finding(RuleId::PaddedValue, scalar, message);
    let fix = Fix {
        title: "Write plain quotes".to_owned(),
        edits: vec![Edit {
            source: scalar.source,
            span: scalar.span,
            content: written.clone(),
        }],
        applicability: Applicability::Unsafe,
    };
    let help = format!(
        "where they were to quote it, write {}",
        words::code(&written)
    );
    Some(finding.help(help).fix(fix))
}

/// Whether a value is a text, not written over several lines on purpose, with padding at one of its
/// ends or a hidden character in it.
fn may_be_padded(scalar: &Scalar<'_>) -> bool {
    let text: &str = &scalar.text;
    // Most pages have no-break spaces in their prose, which is no address: without this, each would be
    // searched for one.
    let may_be_address = || !text.is_ascii() && !is_prose(text);
    matches!(scalar.value, Value::String)
        && !matches!(scalar.style, Style::Literal | Style::Folded)
        && (text.starts_with(pads)
            || text.starts_with(TYPOGRAPHIC)
            || text.ends_with(pads)
            || (may_be_address() && text.contains(hides)))
}

/// Whether a text has spaces and letters, so that it is no address.
fn is_prose(text: &str) -> bool {
    text.contains(' ') && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether a character is padding: it shows as nothing or as a space.
fn pads(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character is not seen within an address, where it does harm.
fn hides(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn at_ends(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let text = scalar.inner.text.as_ref();
    let trimmed = text.trim_matches(pads);
    // A value such as ` | ` separates others: its spaces are meant.
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
    let at = span_of(context, scalar, if start.is_empty() { end } else { start });
    Some(finding(context, scalar, message, trimmed).at_source(scalar.source, at, ""))
}

/// Where a part of a value is written, which is one of its ends; all of the value where it is written
/// as an escape.
fn span_of(context: &Context<'_>, scalar: &ScalarRef<'_>, part: &str) -> Span {
    let text: &str = &scalar.inner.text;
    let written = scalar.span.slice(context.text);
    let quote = match scalar.inner.style {
        Style::SingleQuoted | Style::DoubleQuoted => 1,
        Style::Plain | Style::Literal | Style::Folded => 0,
    };
    let inner = written.get(quote..written.len().saturating_sub(quote));
    let inner = inner.unwrap_or_default();
    // The same bytes at the same end of the value, or somewhere in a value that is written as it is.
    let offset = match (text.starts_with(part), text.ends_with(part)) {
        (true, _) if inner.starts_with(part) => Some(0),
        (false, true) if inner.ends_with(part) => Some(inner.len() - part.len()),
        (false, false) if inner == text => inner.find(part),
        _ => None,
    };
    let place = offset.and_then(|offset| {
        let start = scalar.span.start + u32::try_from(quote + offset).ok()?;
        Some(Span::new(start, start + u32::try_from(part.len()).ok()?))
    });
    place.unwrap_or(scalar.span)
}

fn within(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let text = scalar.inner.text.as_ref();
    let hidden = text.chars().find(|&c| hides(c))?;
    let with_spaces_as = |space: &str| -> String {
        let mut clean = String::new();
        for c in text.chars() {
            match c {
                '\u{a0}' | '\u{202f}' | '\u{2007}' => clean.push_str(space),
                c if hides(c) => {}
                c => clean.push(c),
            }
        }
        clean
    };
    let joined = with_spaces_as("");
    let (kind, corrected) = match AddressKind::guess(&joined)? {
        AddressKind::Email => ("e-mail address", joined),
        // Digits in groups stay in groups.
        AddressKind::Phone => ("telephone number", with_spaces_as(" ")),
        AddressKind::Url => ("URL", joined),
        // A file may really have such a name.
        AddressKind::Path if context.look_up(text) == Lookup::Found => return None,
        AddressKind::Path => ("path", joined),
    };
    let message = format!("there is {} within this {kind}", name(hidden));
    let at = span_of(context, scalar, hidden.encode_utf8(&mut [0; 4]));
    Some(finding(context, scalar, message, &corrected).at_source(scalar.source, at, ""))
}

fn finding(
    context: &Context<'_>,
    scalar: &ScalarRef<'_>,
    message: String,
    corrected: &str,
) -> Diagnostic {
    let finding = context.finding(RuleId::PaddedValue, scalar, message);
    match rewritten(context, scalar, corrected) {
        Some(fix) => finding.help(help(&fix)).fix(fix),
        None => finding.help("delete it"),
    }
}

/// The value to write, where it is short enough to be shown.
fn help(fix: &Fix) -> String {
    let written = fix.edits.first().map(|edit| edit.content.as_str());
    match written.filter(|text| text.chars().count() <= 40) {
        Some(text) => format!("write {}", words::code(text)),
        None => "delete it".to_owned(),
    }
}

/// Replaces the text of a value and keeps its quotes; `None` where it has escapes or is a block.
fn rewritten(context: &Context<'_>, scalar: &ScalarRef<'_>, text: &str) -> Option<Fix> {
    let source = scalar.span.slice(context.text);
    let content = match scalar.inner.style {
        Style::SingleQuoted if context.document.block.syntax == Syntax::Yaml => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Style::SingleQuoted | Style::DoubleQuoted => {
            let quote = source.chars().next()?;
            let inner = source.strip_prefix(quote)?.strip_suffix(quote)?;
            if inner != scalar.inner.text {
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
                words::in_single_quotes(text)?
            }
        }
        Style::Literal | Style::Folded => return None,
    };
    Some(Fix {
        title: "Remove the padding".to_owned(),
        edits: vec![Edit {
            source: scalar.source,
            span: scalar.span,
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
