//! Values with the tag `!!str`, which is to keep them as they are and does not everywhere.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Dialect, Style, Value};
use crate::rules::Context;
use crate::rules::values::{self, Leaf};
use crate::syntax::Scalar;
use crate::text::SourceId;

fn is_tagged(context: &Context<'_>, leaf: &Leaf<'_>) -> bool {
    leaf.scalar.style == Style::Plain
        && leaf.source == SourceId::PAGE
        && leaf.tag(context.text) == Some("!!str")
}

/// Whether the parser passes over the tag, as that of Jekyll does.
pub(super) fn is_ignored(context: &Context<'_>, leaf: &Leaf<'_>) -> bool {
    context.site.dialect() == Dialect::Jekyll && is_tagged(context, leaf)
}

/// Whether the parser writes any texts anew.
pub(super) fn may_be_any(context: &Context<'_>) -> bool {
    context.site.dialect() == Dialect::HugoGoccy
}

/// Whether a value may be a text that the parser has written anew.
pub(super) fn may_be(context: &Context<'_>, scalar: &Scalar<'_>) -> bool {
    may_be_any(context) && scalar.value == Value::String && matches!(scalar.text, Cow::Owned(_))
}

/// goccy takes the value for a number first, and then writes that as text.
pub(super) fn check(context: &Context<'_>, leaf: &Leaf<'_>) -> Option<Diagnostic> {
    if !may_be(context, leaf.scalar) || !is_tagged(context, leaf) {
        return None;
    }
    let written = leaf.span.slice(context.text);
    let text = leaf.scalar.text.as_ref();
    if written == text || written.contains('\n') {
        return None;
    }
    let message = format!(
        "Hugo reads {} as the text {}, for all its `!!str`",
        values::code(written),
        values::code(text)
    );
    let mut finding = Diagnostic::new(RuleId::SurprisingScalar, message)
        .at(leaf.span)
        .pointer(context.values.pointer(leaf));
    finding.help = values::in_single_quotes(written)
        .map(|quoted| format!("quote it to keep it as it is: {quoted}"));
    Some(finding)
}
