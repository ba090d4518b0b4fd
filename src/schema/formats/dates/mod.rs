//! `date`, `date-time` and `timestamp`.
//!
//! An unquoted scalar that the dialect reads as a timestamp is one, however it is spelt, if it has
//! the wanted parts. Any other text must be written as RFC 3339 has it.

mod scan;
mod times;

use super::text::{strip_invisible, visible_code};
use super::{Input, Problem};
use crate::dialect::{Precision, Style, Value};
use scan::{Loose, Order, Time};
pub(super) use times::check as check_time;

/// What the format asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// `date`
    Date,
    /// `date-time`
    DateTime,
    /// `timestamp`: one or the other.
    Either,
}

const DATE: &str = "YYYY-MM-DD";
const DATE_TIME: &str = "YYYY-MM-DDTHH:MM:SS+HH:MM";

/// Checks a date.
pub(super) fn check(wanted: Wanted, input: &Input<'_>) -> Result<(), Problem> {
    let text = input.text;
    if accepts(wanted, input) {
        return Ok(());
    }
    Err(match input.value {
        Value::Timestamp(_) => Problem::new(format!("{} has no time of day", visible_code(text)))
            .help(format!("add one: `{text} HH:MM:SS +HH:MM`")),
        _ => explain(wanted, text, input.style),
    })
}

/// Whether a date has the parts that are wanted.
pub(super) fn accepts_date(wanted: Wanted, precision: Precision) -> bool {
    wanted != Wanted::DateTime || precision == Precision::Moment
}

fn accepts(wanted: Wanted, input: &Input<'_>) -> bool {
    match input.value {
        Value::Timestamp(timestamp) => accepts_date(wanted, timestamp.precision()),
        _ => check_text(wanted, input.text),
    }
}

/// RFC 3339's `full-date`.
fn is_date(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape && scan::scan(text).is_some_and(|date| date.fault().is_none())
}

/// RFC 3339's `date-time`.
fn is_date_time(text: &str) -> bool {
    match (text.get(..10), text.get(10..11), text.get(11..)) {
        (Some(date), Some("T" | "t"), Some(time)) => is_date(date) && times::is_full_time(time),
        _ => false,
    }
}

fn explain(wanted: Wanted, text: &str, style: Style) -> Problem {
    let shown = visible_code(text);
    let Some(date) = scan::scan(text) else {
        if let Some((c, rest)) = strip_invisible(text)
            && check_text(wanted, &rest)
        {
            let c = super::text::named(c);
            return Problem::new(format!("{shown} holds {c}")).replace(rest);
        }
        return Problem::new(match wanted {
            Wanted::DateTime => format!("{shown} is not a date and time"),
            Wanted::Date | Wanted::Either => format!("{shown} is not a date"),
        })
        .help(form(wanted, style));
    };
    if let Some(fault) = date.fault() {
        return Problem::new(fault).help(format!("correct {shown}"));
    }
    if let Order::Either(other_day, other_month) = date.order {
        let this = date.date();
        let other = Loose {
            day: other_day,
            month: other_month,
            ..date.clone()
        };
        return Problem::new(format!(
            "{shown} may be {} or {}",
            date.in_words(),
            other.in_words()
        ))
        .help(format!("write `{this}` or `{}`", other.date()));
    }
    match (wanted, &date.time) {
        (Wanted::Date, Some(_)) => {
            Problem::new(format!("{shown} has a time, a date alone is wanted"))
                .help(format!("write `{}`", date.date()))
        }
        (Wanted::DateTime, None) => Problem::new(format!("{shown} has no time of day"))
            .help(format!("add one: `{}THH:MM:SS+HH:MM`", date.date())),
        (Wanted::Date | Wanted::Either, None) => {
            Problem::new(misspelt(&shown, &date, DATE)).replace(date.date())
        }
        (Wanted::DateTime | Wanted::Either, Some(time)) => explain_time(&shown, &date, time),
    }
}

fn explain_time(shown: &str, date: &Loose, time: &Time) -> Problem {
    let clock = format!("{}T{}", date.date(), time.clock());
    match &time.zone {
        Some(zone) => {
            Problem::new(misspelt(shown, date, DATE_TIME)).replace(format!("{clock}{zone}"))
        }
        None => Problem::new(format!("{shown} does not say how far its time is from UTC")).help(
            format!("write `{clock}Z` if it is UTC, else the offset, as in `{clock}+02:00`"),
        ),
    }
}

/// The date and time of a text that is a moment but for its offset: `YYYY-MM-DDTHH:MM:SS`.
pub(super) fn without_offset(text: &str) -> Option<String> {
    let date = scan::scan(text).filter(|date| date.fault().is_none())?;
    let time = date.time.as_ref().filter(|time| time.zone.is_none())?;
    let is_clear = !matches!(date.order, Order::Either(..));
    is_clear.then(|| format!("{}T{}", date.date(), time.clock()))
}

fn misspelt(shown: &str, date: &Loose, form: &str) -> String {
    if date.order == Order::YearFirst {
        format!("{shown} is not in the form {form}")
    } else {
        format!("{shown} is not in the form {form}, with the year first")
    }
}

fn check_text(wanted: Wanted, text: &str) -> bool {
    let is_date = wanted != Wanted::DateTime && is_date(text);
    is_date || wanted != Wanted::Date && is_date_time(text)
}

/// What to write. The form with spaces is a timestamp only without quotes.
fn form(wanted: Wanted, style: Style) -> String {
    let full = if style == Style::Plain {
        "YYYY-MM-DD HH:MM:SS +HH:MM"
    } else {
        DATE_TIME
    };
    match wanted {
        Wanted::Date => format!("write {DATE}"),
        Wanted::DateTime => format!("write {full}"),
        Wanted::Either => format!("write {DATE}, or {full}"),
    }
}

#[cfg(test)]
mod tests;
