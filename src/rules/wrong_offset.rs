//! Owns the rule `wrong-offset`: its docs, and what it reports. Must not change a page.

use super::scalars::ScalarRef;
use super::{Context, dates};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::{Dialect, Style, Timestamp, Value, Zone};
use crate::site::TimeZone;
use crate::syntax::Scalar;
use crate::text::calendar::Day;
use crate::text::{SourceId, Span};

super::rule! {
    /// ## What it does
    ///
    /// Reports a time whose offset from UTC is the one that the site's time zone has in the other half
    /// of the year, such as `+02:00` in November in Paris. Another offset is left alone: that of UTC,
    /// or of where the author is.
    ///
    /// ## Why it matters
    ///
    /// The page shows another time than the one that was written, an hour earlier or later, and
    /// around midnight another day.
    ///
    /// ## Example
    ///
    /// On a Jekyll site whose `_config.yml` has:
    ///
    /// ```yaml config
    /// timezone: Europe/Paris
    /// ```
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-11-21 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// Write the offset of that day:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-11-21 14:00:00 +01:00
    /// ---
    /// ```
    WrongOffset, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(zone) = context.site.timezone() else {
        return;
    };
    let dialect = context.site.dialect();
    for date in context.field_dates() {
        let stamp = date.reading.date().map(|date| date.timestamp);
        let wrong = stamp.and_then(|stamp| WrongOffset::of(&stamp, zone));
        let scalar = || context.scalars.iter().find(|scalar| scalar.id == date.node);
        if let Some((wrong, scalar)) = wrong.and_then(|wrong| Some((wrong, scalar()?))) {
            findings.extend(finding(context, scalar, &wrong, zone));
        }
    }
    let wrong = |scalar: &Scalar<'_>| WrongOffset::of(&stamp(scalar, dialect)?, zone);
    for scalar in context.scalars.suspects(|scalar| wrong(scalar).is_some()) {
        let is_text = scalar.inner.value == Value::String;
        let is_date = !is_text || context.scalars.is_at_root(scalar, "date");
        if !is_date || dates::field(context, scalar).is_some() {
            continue;
        }
        if let Some(wrong) = wrong(scalar.inner) {
            findings.extend(finding(context, scalar, &wrong, zone));
        }
    }
}

/// What a parser reads as a time, or would if it were unquoted.
fn stamp(scalar: &Scalar<'_>, dialect: Dialect) -> Option<Timestamp> {
    let value = match &scalar.value {
        Value::String if dates::may_be_date(&scalar.text) => {
            dialect.resolve(scalar.text.trim(), Style::Plain, None)
        }
        value => value.clone(),
    };
    match value {
        Value::Timestamp(timestamp) => Some(timestamp),
        _ => None,
    }
}

/// A time whose offset is not its zone's.
struct WrongOffset {
    instant: i64,
    /// What the clocks show by the offset as written.
    clock: i64,
    written: i32,
    /// The zone's offset when its clocks show that.
    meant: i32,
    /// The zone's offset at the instant.
    actual: i32,
}

impl WrongOffset {
    fn of(stamp: &Timestamp, zone: &TimeZone) -> Option<Self> {
        let Zone::Offset(written) = stamp.zone else {
            return None;
        };
        let instant = stamp.instant()?;
        let actual = zone.offset_at(instant)?;
        if written == actual {
            return None;
        }
        let clock = instant.checked_add(written.into())?;
        // The author wrote what the clocks show, so theirs is the offset to compare with.
        let meant = zone.offset_of_clock(clock)?;
        // An offset that the zone has at another time of the year is that of summer or winter. Another
        // is that of where the author is, or of a program that writes UTC.
        if written == meant || !has_offset_that_year(zone, instant, written) {
            return None;
        }
        Some(Self {
            instant,
            clock,
            written,
            meant,
            actual,
        })
    }
}

fn finding(
    context: &Context<'_>,
    scalar: &ScalarRef<'_>,
    wrong: &WrongOffset,
    zone: &TimeZone,
) -> Option<Diagnostic> {
    let (shown_day, shown_time) = clock_text(wrong.instant.checked_add(wrong.actual.into())?);
    let (written_day, _) = clock_text(wrong.clock);
    let becomes = match shown_day == written_day {
        true => format!("at {shown_time}"),
        false => format!("on {shown_day} at {shown_time}"),
    };
    let (right, written) = (dates::offset(wrong.meant), dates::offset(wrong.written));
    let message = format!(
        "{} was {right} from UTC on {written_day}, not {written}: this is shown {becomes}",
        zone.name(),
    );
    let finding = context.finding(RuleId::WrongOffset, scalar, message);
    // The offset begins at the last sign; those of the day are before the time.
    let text = match scalar.source {
        SourceId::PAGE => scalar.span.slice(context.text),
        _ => "",
    };
    let Some(at) = text.rfind(['+', '-']).filter(|&at| at >= 10) else {
        return Some(finding.help(format!("write {right} in place of {written}")));
    };
    let end = text.trim_end_matches(['\'', '"']).len();
    let content = match text.get(at..end)?.contains(':') {
        true => right,
        false => right.replace(':', ""),
    };
    let fixed = format!(
        "{}{content}",
        text.get(..at)?.trim_start_matches(['\'', '"'])
    );
    let start = scalar.span.start as usize;
    Some(finding.help(format!("write `{fixed}`")).fix(Fix {
        title: format!("Change the offset to {content}"),
        edits: vec![Edit {
            source: scalar.source,
            span: Span::from_usize(start + at, start + end),
            content,
        }],
        applicability: Applicability::Unsafe,
    }))
}

/// Whether a zone has an offset half a year before or after an instant.
fn has_offset_that_year(zone: &TimeZone, instant: i64, offset: i32) -> bool {
    const HALF_A_YEAR: i64 = 183 * 86_400;
    [-HALF_A_YEAR, HALF_A_YEAR]
        .into_iter()
        .any(|later| zone.offset_at(instant.saturating_add(later)) == Some(offset))
}

/// The day and the time of a number of seconds since 1970.
fn clock_text(seconds: i64) -> (String, String) {
    let days = seconds.div_euclid(86_400);
    let day = Day::from_days(days);
    let second = seconds.rem_euclid(86_400);
    let clock = format!("{:02}:{:02}", second / 3600, second / 60 % 60);
    (day.in_words(), clock)
}
