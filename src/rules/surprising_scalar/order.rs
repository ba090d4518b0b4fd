//! Numbers with a zero before them that stay text among others that do not: a parser that reads `07`
//! in base 8 finds no number in `08`.

use super::{finding, is_untyped};
use crate::diagnostic::Diagnostic;
use crate::dialect::{Style, Value};
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, words};
use crate::syntax::Scalar;

/// Keys by which pages are put in order.
const ORDERS: &[&str] = &[
    "chapter",
    "day",
    "episode",
    "index",
    "lesson",
    "menu_order",
    "month",
    "nav_order",
    "navorder",
    "number",
    "order",
    "page_order",
    "part",
    "pos",
    "position",
    "priority",
    "rank",
    "section",
    "seq",
    "sequence",
    "sidebar_order",
    "sidebar_position",
    "sort",
    "sort_order",
    "sortorder",
    "step",
    "unit",
    "volume",
    "week",
    "weight",
];

pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    if !is_surprising_at(scalar) || !is_untyped(context, scalar) {
        return None;
    }
    let dialect = context.site.dialect();
    let others = dialect.resolve("07", Style::Plain, None);
    if scalar.inner.value != Value::String || others != Value::Integer(7) {
        return None;
    }
    let text = scalar.inner.text.as_ref();
    let message = format!(
        "{} reads {} as text, and `07` as the number 7",
        context.site.reader(),
        words::code(text)
    );
    let number = text.trim_start_matches('0');
    Some(finding(context, scalar, message).help(format!("write `{number}`")))
}

/// Whether a value is two or three digits that are no number in base 8.
pub(super) fn is_surprising(scalar: &Scalar<'_>) -> bool {
    let text = scalar.text.as_bytes();
    matches!(text.len(), 2 | 3)
        && text.first() == Some(&b'0')
        && text.iter().all(u8::is_ascii_digit)
        && text.iter().any(|digit| matches!(digit, b'8' | b'9'))
        && scalar.style == Style::Plain
}

/// Whether a value is surprising under its key.
pub(super) fn is_surprising_at(scalar: &ScalarRef<'_>) -> bool {
    let is_order = || ORDERS.contains(&scalar.key.to_lowercase().as_str());
    is_surprising(scalar.inner) && !scalar.in_list && is_order()
}
