//! Values that a `#` cuts short: to every parser a comment begins at a blank and a `#`.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId, Severity};
use crate::dialect::{Style, Value};
use crate::rules::Context;
use crate::rules::values::{self, Leaf};
use crate::syntax::Syntax;
use crate::text::{SourceId, Span};

/// Whether any value of the page may be cut short.
pub(super) fn may_be_any(context: &Context<'_>) -> bool {
    !context.document.comments.is_empty()
}

/// A word that follows the `#` at once may be meant as text, as in `Issue #12` or `#fff`; a comment
/// begins with a blank.
pub(super) fn check(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Diagnostic> {
    let rest = context.text.get(leaf.span.end as usize..)?;
    if !rest.starts_with([' ', '\t'])
        || leaf.scalar.style != Style::Plain
        || leaf.source != SourceId::PAGE
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
    let written = leaf.span.slice(context.text);
    let reads = match &leaf.scalar.value {
        Value::String if written == leaf.scalar.text => {
            format!("reads only {}", values::code(written))
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
        values::code(comment)
    );
    let start = leaf.span.end as usize + rest.len() - rest.trim_start().len();
    let end = start + comment.len();
    let whole = Span::from_usize(leaf.span.start as usize, end);
    let content = values::in_single_quotes(whole.slice(context.text).trim_start())?;
    // An absent value stands right behind its colon.
    let before = if written.is_empty() { " " } else { "" };
    let finding = Diagnostic::new(RuleId::SurprisingScalar, message)
        .at(Span::from_usize(start, end))
        .severity(Severity::Warning)
        .help(format!(
            "quote it all where it is text: {content}; write a blank after `#` where it is a comment"
        ))
        .pointer(context.values.pointer(leaf));
    Some(finding.fix(Fix {
        title: "Quote the value".to_owned(),
        edits: vec![Edit {
            source: leaf.source,
            span: whole,
            content: format!("{before}{content}"),
        }],
        applicability: Applicability::Unsafe,
    }))
}
