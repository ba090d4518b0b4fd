//! Numbers in the fields that Hugo reads as dates: it counts them as seconds since 1970.

use super::finding;
use crate::diagnostic::Diagnostic;
use crate::dialect::Value;
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, dates, words};

/// A smaller number is the digits of a day or a year: so few seconds after 1970 there were no pages.
const FIRST_MEANT: i64 = 100_000_000;

pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let Value::Integer(seconds @ 1..FIRST_MEANT) = scalar.inner.value else {
        return None;
    };
    if scalar.is_alias(context.text) || dates::field(context, scalar).is_none() {
        return None;
    }
    let read = dates::read(context, scalar)?;
    let message = format!(
        "{} takes {} for seconds since 1970, and so for {}",
        context.site.generator_name(),
        words::code(&scalar.inner.text),
        dates::in_words(read.year, read.month, read.day)
    );
    let (year, month, day) = (seconds / 10_000, seconds / 100 % 100, seconds % 100);
    let date = format!("{year:04}-{month:02}-{day:02}");
    let is_day = dates::WrittenDate::parse(&date).is_some_and(|date| date.fault().is_none());
    let help = match is_day {
        true => format!("write `{date}`"),
        false => "write it as YYYY-MM-DD".to_owned(),
    };
    Some(finding(context, scalar, message).help(help))
}
