//! Dates in texts as `new Date()` of V8 reads them, as far as they begin with a year, a month and a
//! day: <https://github.com/v8/v8/blob/main/src/date/dateparser-inl.h>.

use crate::dialect::{Timestamp, Zone};
use crate::text::calendar::{DAY_SECONDS, Day};

/// What `new Date()` makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JavaScriptDate {
    /// A date; a day beyond the end of its month is counted on.
    Date(Timestamp),
    /// `Invalid Date`
    Invalid,
    /// A form that is not followed here.
    Uncertain,
}

/// The date in a text.
pub(super) fn javascript_date(text: &str) -> JavaScriptDate {
    // Every date has a day in digits.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return JavaScriptDate::Invalid;
    }
    let mut reader = Reader { rest: text };
    let Some(day) = reader.day() else {
        return JavaScriptDate::Uncertain;
    };
    let time = match reader.rest {
        "" => return of_day(day),
        "Z" => Some((0, Zone::Offset(0))),
        rest if rest.starts_with('T') => {
            reader.rest = &rest[1..];
            reader.strict_time()
        }
        rest if rest.starts_with(' ') => {
            reader.rest = &rest[1..];
            match reader.loose_time() {
                Some(time) => Some(time),
                None => return JavaScriptDate::Uncertain,
            }
        }
        _ => return JavaScriptDate::Uncertain,
    };
    match (time, is_in_range(day)) {
        (Some((second, zone)), true) => JavaScriptDate::Date(Timestamp::new(day, second, 0, zone)),
        _ => JavaScriptDate::Invalid,
    }
}

fn of_day(day: Day) -> JavaScriptDate {
    match is_in_range(day) {
        true => JavaScriptDate::Date(Timestamp::of_day(Day::from_days(day.days()))),
        false => JavaScriptDate::Invalid,
    }
}

fn is_in_range(day: Day) -> bool {
    day.has_month() && (1..=31).contains(&day.day)
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = self.rest.get(..count)?.parse().ok();
        self.rest = &self.rest[count..];
        number.filter(|_| (least..=most).contains(&count))
    }

    fn eat(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    /// `2024-05-23`
    fn day(&mut self) -> Option<Day> {
        let year = self.digits(4, 4)?;
        self.eat('-')?;
        let month = self.digits(2, 2)?;
        self.eat('-')?;
        Some(Day::new(year, month, self.digits(2, 2)?))
    }

    /// The seconds of a time of day; `None` where no clock shows it.
    fn clock(&mut self, least_digits: usize) -> Option<i64> {
        let hour = self.digits(least_digits, 2)?;
        self.eat(':')?;
        let minute = self.digits(2, 2)?;
        let mut second = 0;
        let mut has_fraction = false;
        if self.eat(':').is_some() {
            second = self.digits(2, 2)?;
            if self.eat('.').is_some() {
                has_fraction = self.digits(1, 9)? > 0;
            }
        }
        let seconds = hour * 3600 + minute * 60 + second;
        let is_midnight = seconds == DAY_SECONDS && !has_fraction;
        let is_time = minute < 60 && second < 60 && (hour < 24 || is_midnight);
        is_time.then_some(seconds)
    }

    /// A time after a `T`, with nothing behind its offset.
    fn strict_time(&mut self) -> Option<(i64, Zone)> {
        let second = self.clock(2)?;
        let zone = match self.rest {
            "" => Zone::None,
            "Z" => Zone::Offset(0),
            written => {
                let (hours, minutes) = written.get(1..)?.split_once(':')?;
                Zone::Offset(offset(written, hours, minutes)?)
            }
        };
        Some((second, zone))
    }

    /// A time after a space, where a `Z` behind an offset takes its place; `None` for one that is
    /// written in another way, or that no clock shows.
    fn loose_time(&mut self) -> Option<(i64, Zone)> {
        let second = self.clock(1)?;
        let written = self.rest.trim_start_matches(' ');
        let zone = match written {
            "" => Zone::None,
            "Z" => Zone::Offset(0),
            _ => {
                let (offset_text, is_utc) = match written.strip_suffix('Z') {
                    Some(before) => (before, true),
                    None => (written, false),
                };
                let digits = offset_text.get(1..)?.replace(':', "");
                let (hours, minutes) = digits.split_at_checked(2)?;
                let seconds = offset(offset_text, hours, minutes)?;
                Zone::Offset(if is_utc { 0 } else { seconds })
            }
        };
        Some((second, zone))
    }
}

/// The seconds of an offset, whose sign is the first of `written`.
fn offset(written: &str, hours: &str, minutes: &str) -> Option<i32> {
    let number = |text: &str| {
        let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<i32>().ok())?
    };
    let seconds = number(hours)? * 3600 + number(minutes)? * 60;
    match written.chars().next()? {
        '+' => Some(seconds),
        '-' => Some(-seconds),
        _ => None,
    }
}
