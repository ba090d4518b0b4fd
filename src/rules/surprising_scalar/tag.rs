//! Values with the tag `!!str`, which is to keep them as they are and does not everywhere.

use super::finding;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Style, Value};
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, words};
use crate::text::SourceId;

/// goccy reads the value as a number first, and then writes that as text.
pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let is_goccy = context.site.dialect() == Dialect::HugoGoccy;
    if !is_goccy || scalar.inner.value != Value::String || !is_tagged(context, scalar) {
        return None;
    }
    let written = scalar.span.slice(context.text);
    let text = scalar.inner.text.as_ref();
    if written == text || written.contains('\n') {
        return None;
    }
    let message = format!(
        "{} reads {} as the text {}, for all its `!!str`",
        context.site.reader(),
        words::code(written),
        words::code(text)
    );
    let mut finding = finding(context, scalar, message);
    finding.help = words::in_single_quotes(written)
        .map(|quoted| format!("quote it to keep it as it is: {quoted}"));
    Some(finding)
}

/// Whether the parser skips the tag, as that of Jekyll does.
pub(super) fn is_ignored(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    context.site.dialect() == Dialect::Jekyll && is_tagged(context, scalar)
}

fn is_tagged(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    scalar.inner.style == Style::Plain
        && scalar.source == SourceId::PAGE
        && scalar.tag(context.text) == Some("!!str")
}
