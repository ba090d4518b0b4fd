//! Words that become true or false, and words that stay text where true or false is meant.

use super::{finding, is_required, is_untyped, misread};
use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::Value;
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, words};
use crate::syntax::Scalar;

/// Keys that generators and themes read as switches.
const SWITCHES: &[&str] = &[
    "comments",
    "draft",
    "featured",
    "hidden",
    "noindex",
    "pinned",
    "published",
    "searchable",
    "sitemap",
    "toc",
    "unlisted",
];

/// Keys whose `no` is a language or a country.
const CODES: &[&str] = &[
    "code",
    "country",
    "lang",
    "language",
    "languages",
    "locale",
    "langue",
    "pays",
    "region",
];

pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let is_surprise = is_surprising_at(scalar) && is_untyped(context, scalar);
    if !is_surprise || is_required(context, scalar) {
        return None;
    }
    let text = scalar.inner.text.as_ref();
    let switch = ["yes", "on", "y"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if scalar.inner.value == Value::String {
        let (reader, shown) = (context.site.reader(), words::code(text));
        if let Some(what) = context
            .site
            .text_as_false(scalar.key)
            .filter(|_| is_at_root(context, scalar))
        {
            let message = format!("{reader} takes the text {shown} for false, and {what}");
            return Some(finding(context, scalar, message).help(format!("write `{switch}`")));
        }
        let message = format!("{reader} reads {shown} as text, and any text counts as true");
        return Some(finding(context, scalar, message).help(format!("write `{switch}`")));
    }
    let is_code = scalar.in_list || CODES.contains(&scalar.key.to_lowercase().as_str());
    let severity = match is_code {
        true => Severity::Error,
        false => Severity::Warning,
    };
    Some(misread(context, scalar).severity(severity).help(format!(
        "quote it to keep it as text: '{text}'; else write `{switch}`"
    )))
}

fn is_at_root(context: &Context<'_>, scalar: &ScalarRef<'_>) -> bool {
    context.scalars.is_at_root(scalar, scalar.key)
}

/// Whether a value is surprising, wherever it is, unless its key or its schema explains it.
pub(super) fn is_surprising(scalar: &Scalar<'_>) -> bool {
    let words = ["yes", "no", "on", "off", "y", "n"];
    matches!(scalar.value, Value::Bool(_) | Value::String)
        && words
            .iter()
            .any(|word| scalar.text.eq_ignore_ascii_case(word))
}

/// Whether a value is surprising under its key: as text only where a switch is meant.
pub(super) fn is_surprising_at(scalar: &ScalarRef<'_>) -> bool {
    let is_switch = || SWITCHES.contains(&scalar.key) && !scalar.in_list;
    let is_text = scalar.inner.value == Value::String;
    is_surprising(scalar.inner) && (!is_text || is_switch())
}
