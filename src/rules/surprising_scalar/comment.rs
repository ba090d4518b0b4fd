//! Values that a `#` cuts short: to every parser a comment begins at a space and a `#`.

use super::finding;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::dialect::{Style, Value};
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, words};
use crate::syntax::Syntax;
use crate::text::{SourceId, Span};

/// A word right after the `#` may be meant as text, as in `Issue #12` or `#fff`; a comment begins with
/// a space.
pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let rest = context.text.get(scalar.span.end as usize..)?;
    if !rest.starts_with([' ', '\t'])
        || scalar.inner.style != Style::Plain
        || scalar.source != SourceId::PAGE
        || context.document.block.syntax != Syntax::Yaml
    {
        return None;
    }
    let comment = rest
        .trim_start_matches([' ', '\t'])
        .lines()
        .next()?
        .trim_end();
    let word = comment.strip_prefix('#')?;
    let written = scalar.span.slice(context.text);
    let reads = match &scalar.inner.value {
        // What follows the hash of a commit is a note.
        Value::String if is_hash(written) => return None,
        Value::String if written == scalar.inner.text => {
            format!("reads only {}", words::code(written))
        }
        Value::Null if written.is_empty() => "reads nothing here".to_owned(),
        _ => return None,
    };
    if !word.starts_with(char::is_alphanumeric) || word.starts_with("frontlint:") {
        return None;
    }
    let reader = context.site.reader();
    let message = format!(
        "{} is a comment, and {reader} {reads}",
        words::code(comment)
    );
    let start = scalar.span.end as usize + rest.len() - rest.trim_start().len();
    let end = start + comment.len();
    let whole = Span::from_usize(scalar.span.start as usize, end);
    let content = words::in_single_quotes(whole.slice(context.text).trim_start())?;
    let help = format!(
        "quote it all where it is text: {content}; write a blank after `#` where it is a comment"
    );
    // The place of an absent value is right behind its colon.
    let before = if written.is_empty() { " " } else { "" };
    let fix = Fix {
        title: "Quote the value".to_owned(),
        edits: vec![Edit {
            source: scalar.source,
            span: whole,
            content: format!("{before}{content}"),
        }],
        applicability: Applicability::Unsafe,
    };
    Some(
        finding(context, scalar, message)
            .at(Span::from_usize(start, end))
            .severity(Severity::Warning)
            .help(help)
            .fix(fix),
    )
}

/// Whether a text is a hash in hexadecimal digits, whole or shortened as git does.
fn is_hash(text: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (7..=64).contains(&text.len())
        && text.bytes().all(is_hex)
        && text.bytes().any(|byte| byte.is_ascii_digit())
}
