//! Keys, items and their indentation.

use super::context::{Entry, ErrorContext, Line, WHITESPACE, excerpt};
use super::fixes::{fix_safely, fix_unsafely, quote_value, quoted};
use super::indentation::{bad_indentation, columns, indent_like};
use super::{broken, misread, unquoted, value_of};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::text::Span;

/// A `: ` where no key may be: within an unquoted value, or below a key that has a value already.
pub(super) fn value_not_allowed(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(line);
    let first = entry.colon.unwrap_or(context.at);
    if first < context.at {
        return colon_in_value(context, &entry);
    }
    let Some(above) = context.previous(line) else {
        return bare_colon(context);
    };
    if let Some(colon) = tight_colon(context, above) {
        return missing_space(context, colon);
    }
    let key = context.slice(entry.key.clone());
    let owner = context.entry(owner(context, above, line.indent()));
    if above.indent() < line.indent() && owner.colon.is_some() && !owner.value.is_empty() {
        return below_value(context, line, &entry, &owner);
    }
    // The line above lacks its colon, so the parser took both for one key.
    if above.indent() >= line.indent() && context.entry(above).colon.is_none() {
        return no_colon(context, above);
    }
    broken(
        context,
        context.at..context.at + 1,
        format!("`{}:` cannot be a key here", excerpt(key)),
    )
}

/// The nearest line at or above `line` that is indented less than `indent`.
fn owner<'a>(context: &ErrorContext<'a>, mut line: Line<'a>, indent: usize) -> Line<'a> {
    while line.indent() >= indent {
        match context.previous(line) {
            Some(above) => line = above,
            None => break,
        }
    }
    line
}

fn bare_colon(context: &ErrorContext<'_>) -> Diagnostic {
    broken(
        context,
        context.at..context.at + 1,
        "this `:` has no key before it that fits on its line",
    )
}

/// `title: Note: this`
fn colon_in_value(context: &ErrorContext<'_>, entry: &Entry) -> Diagnostic {
    let key = context.slice(entry.key.clone());
    let value = entry.value.clone();
    let span = Span::from_usize(
        context.at,
        (context.at + 2).min(context.line(context.at).end()),
    );
    let begins_quoted = matches!(context.character(value.start), Some('"' | '\''));
    let message = if begins_quoted {
        format!("text goes on after the closing quote in {}", value_of(key))
    } else {
        format!(
            "`: ` inside the unquoted {} makes a key of `{}`",
            &value_of(key)[4..],
            context.excerpt(context.trimmed(value.start..context.at.max(value.start)))
        )
    };
    let diagnostic = broken(context, span, message);
    let applicability = if begins_quoted {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    };
    if is_lone_item(context, entry) {
        let line = context.line(context.at);
        let item = entry.key.start..context.trimmed(entry.key.start..line.end()).end;
        let whole = quoted(context.slice(item));
        let diagnostic = quote_value(diagnostic, context, value, Applicability::Unsafe);
        let help = diagnostic.help.clone().unwrap_or_default();
        return diagnostic.help(format!(
            "{help}; where the item is all text: `- {}`",
            excerpt(&whole)
        ));
    }
    quote_value(diagnostic, context, value, applicability)
}

/// Whether an entry is the only key of an item of a list, whose other items may be texts.
fn is_lone_item(context: &ErrorContext<'_>, entry: &Entry) -> bool {
    let line = context.line(context.at);
    let column = entry.key.start - line.start;
    let has_more = context
        .next(line)
        .is_some_and(|next| !next.is_empty() && !next.is_item() && next.indent() == column);
    let is_first = context.slice(line.start..entry.key.start).ends_with("- ");
    let is_key_like = !context
        .slice(entry.key.clone())
        .starts_with(char::is_uppercase);
    is_first && !has_more && !is_key_like
}

/// `a: 1` and a deeper `b: 2` below it.
fn below_value(
    context: &ErrorContext<'_>,
    line: Line<'_>,
    entry: &Entry,
    owner: &Entry,
) -> Diagnostic {
    let key = excerpt(context.slice(entry.key.clone()));
    let owner_key = context.slice(owner.key.clone());
    let owner_line = context.number(owner.key.start);
    let number = context.number(line.start);
    let owner_span = Span::from_usize(owner.value.start, owner.value.end);
    if key.contains(' ') {
        let span = Span::from_usize(context.at, (context.at + 2).min(line.end()));
        return broken(
            context,
            span,
            format!(
                "`: ` on line {number} makes a key of `{key}` inside the unquoted {}",
                &value_of(owner_key)[4..]
            ),
        )
        .related(context.source, owner_span, "the value begins here")
        .help(format!(
            "write `{}: >-` on line {owner_line} and the text on the lines below it, indented",
            excerpt(owner_key)
        ));
    }
    let owner_line_start = context.line(owner.key.start);
    let indent = owner.key.start - owner_line_start.start;
    let diagnostic = broken(
        context,
        entry.key.clone(),
        format!(
            "`{key}` on line {number} is indented below `{}`, which has a value already",
            excerpt(owner_key)
        ),
    )
    .related(context.source, owner_span, "the value")
    .help(format!(
        "{}, or take the value of `{}` away",
        indent_like(&key, indent, owner_line),
        excerpt(owner_key)
    ));
    fix_unsafely(
        diagnostic,
        context,
        "Indent like the line above",
        line.start..line.start + line.indent(),
        " ".repeat(indent),
    )
}

/// A line that is neither a key nor part of what stands above.
pub(super) fn key_expected(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    if line.text.starts_with("=======") || line.text.starts_with(">>>>>>> ") {
        return broken(
            context,
            line.start..line.end(),
            "a merge conflict is not resolved: this line is left of it",
        )
        .help(format!(
            "keep one of the two versions, and delete `{}`",
            excerpt(line.text)
        ));
    }
    if let Some(colon) = tight_colon(context, line) {
        return missing_space(context, colon);
    }
    no_colon(context, line)
}

/// The colon of `key:value`, where the line has no other.
fn tight_colon(context: &ErrorContext<'_>, line: Line<'_>) -> Option<usize> {
    if context.entry(line).colon.is_some() {
        return None;
    }
    let start = line.start + line.indent();
    let word = line.text.trim_start_matches(WHITESPACE);
    let colon = word.find(':')?;
    let name = &word[..colon];
    let is_name =
        !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['"', '\'', '/']);
    let value = &word[colon + 1..];
    (is_name && !value.is_empty() && !value.starts_with("//")).then_some(start + colon)
}

fn missing_space(context: &ErrorContext<'_>, colon: usize) -> Diagnostic {
    let line = context.line(colon);
    let name = context
        .slice(line.start..colon)
        .trim_start_matches(WHITESPACE);
    let value = context.trimmed(colon + 1..line.end());
    let diagnostic = broken(
        context,
        colon..colon + 1,
        format!(
            "the colon after `{}` must be followed by a space",
            excerpt(name)
        ),
    )
    .help(format!(
        "write `{}: {}`",
        excerpt(name),
        context.excerpt(value)
    ));
    fix_safely(
        diagnostic,
        context,
        "Put a space after the colon",
        colon + 1..colon + 1,
        " ",
    )
}

/// A line without a colon among keys.
fn no_colon(context: &ErrorContext<'_>, line: Line<'_>) -> Diagnostic {
    let start = line.start + line.indent();
    let text = context.slice(context.trimmed(start..line.end()));
    let shown = excerpt(text);
    let diagnostic = broken(
        context,
        start..start + text.len(),
        format!(
            "line {} is neither a key with a colon nor part of the value above",
            context.number(line.start)
        ),
    );
    let above = context.previous(line);
    if let Some(fence) = above.filter(|above| is_indented_fence(context, *above)) {
        return indented_fence(context, diagnostic, fence);
    }
    if let Some(item) = above.filter(|above| above.is_item() && above.indent() >= line.indent()) {
        let dash = format!("{}- ", " ".repeat(item.indent()));
        let help = format!("where `{shown}` is an item of the list above, write `{dash}{shown}`");
        let title = "Make it an item of the list";
        return fix_unsafely(
            diagnostic.help(help),
            context,
            title,
            line.start..start,
            dash,
        );
    }
    let mut lines = std::iter::successors(above, |&line| context.previous(line));
    let owner = lines
        .find(|above| context.entry(*above).colon.is_some() && above.indent() <= line.indent());
    let Some(owner) = owner else {
        return diagnostic.help(format!("where `{shown}` is a key, put `:` after it"));
    };
    let indent = owner.indent() + 2;
    let help = format!(
        "where `{shown}` goes on with {}, indent it by {}",
        value_of(context.slice(context.entry(owner).key)),
        columns(indent)
    );
    fix_unsafely(
        diagnostic.help(help),
        context,
        "Indent the line",
        line.start..start,
        " ".repeat(indent),
    )
}

/// Whether a line is `---` with spaces before it, between the fences of a page.
fn is_indented_fence(context: &ErrorContext<'_>, line: Line<'_>) -> bool {
    // The content of a whole file begins at 0 or after a byte order mark.
    context.start > 3 && line.indent() > 0 && line.text.trim() == "---"
}

fn indented_fence(
    context: &ErrorContext<'_>,
    diagnostic: Diagnostic,
    fence: Line<'_>,
) -> Diagnostic {
    let spaces = match fence.indent() {
        1 => "the blank".to_owned(),
        many => format!("the {many} blanks"),
    };
    let help = format!(
        "where line {} is to close the front matter, delete {spaces} before `---`",
        context.number(fence.start)
    );
    let title = "Close the front matter above";
    let range = fence.start..fence.start + fence.indent();
    fix_unsafely(diagnostic.help(help), context, title, range, "")
}

/// Something other than a key, within a block mapping.
pub(super) fn not_a_key(context: &ErrorContext<'_>) -> Diagnostic {
    let line = context.line(context.at);
    let entry = context.entry(line);
    if let Some(found) = misread::goes_on(context) {
        return found;
    }
    if let Some(above) = context.previous(line).filter(|_| !line.is_item()) {
        let owner = context.entry(owner(context, above, line.indent()));
        let same_line = context.line(owner.key.start).start == above.start;
        if entry.colon.is_some()
            && above.indent() < line.indent()
            && same_line
            && !owner.value.is_empty()
            && owner.colon.is_some()
        {
            return below_value(context, line, &entry, &owner);
        }
    }
    if let Some(comment) = comment_before(context, line) {
        return comment;
    }
    bad_indentation(context)
}

/// A comment line between a text and the line that was meant to go on with it.
fn comment_before(context: &ErrorContext<'_>, line: Line<'_>) -> Option<Diagnostic> {
    let before = line.start.checked_sub(1).filter(|&at| at > context.start)?;
    let comment = context.line(before);
    (comment.text.trim_start_matches(WHITESPACE).starts_with('#')
        && context.entry(line).colon.is_none()
        && !line.is_item())
    .then(|| unquoted::comment_in_text(context))
}
