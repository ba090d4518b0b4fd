//! Dates of ISO 8601 as `DateTime.fromISO` of Luxon 3 reads them: days, weeks, days of the year and
//! times of day, with or without the signs between their parts.

use crate::dialect::{Timestamp, Zone};
use crate::text::calendar::Day;

/// The date that a text is; `None` where it is none. Without an offset it is in UTC.
pub(super) fn iso_date(text: &str) -> Option<Timestamp> {
    let forms: [fn(&mut Reader<'_>) -> Option<Day>; 3] = [calendar_day, day_of_week, day_of_year];
    // The first form that fits is the one, even where there is no such day.
    for form in forms {
        let mut reader = Reader { rest: text };
        let Some(day) = form(&mut reader) else {
            continue;
        };
        if reader.rest.is_empty() {
            return is_day(day).then(|| Timestamp::of_day(day));
        }
        if reader.eat(&['T', 't'])
            && let Some(time) = reader.time()
        {
            return time.on(day);
        }
    }
    None
}

/// Whether a text is a time alone, which is one of the day of the build.
pub(super) fn is_time_alone(text: &str) -> bool {
    let time = Reader { rest: text }.time();
    time.is_some_and(|time| time.on(Day::new(1970, 1, 1)).is_some())
}

/// A day that no calendar has is marked by day 0.
const NO_DAY: i64 = 0;

fn is_day(day: Day) -> bool {
    day.day != NO_DAY && day.is_real()
}

/// `2024-05-23`, `20240523`, `2024-05`, `2024`.
fn calendar_day(reader: &mut Reader<'_>) -> Option<Day> {
    let year = match reader.rest.starts_with(['+', '-']) {
        true => reader.signed_year()?,
        false => reader.digits(4)?,
    };
    let mut day = Day::new(year, 1, 1);
    let Some(month) = reader.optional(|reader| {
        reader.eat(&['-']);
        reader.digits(2)
    }) else {
        return Some(day);
    };
    day.month = month;
    let number = reader.optional(|reader| {
        reader.eat(&['-']);
        reader.digits(2)
    });
    day.day = number.unwrap_or(1);
    Some(day)
}

/// `2024-W21-4`.
fn day_of_week(reader: &mut Reader<'_>) -> Option<Day> {
    let year = reader.digits(4)?;
    reader.eat(&['-']);
    reader.eat(&['W']).then_some(())?;
    let week = reader.digits(2)?;
    let weekday = reader.optional(|reader| {
        reader.eat(&['-']);
        reader.digits(1)
    });
    let weekday = weekday.unwrap_or(1);
    // Weeks begin on Monday, the first is that of 4 January; 1970-01-01 was a Thursday.
    let first = |year: i64| {
        let fourth = Day::new(year, 1, 4).days();
        fourth - (fourth + 3).rem_euclid(7)
    };
    let weeks = (first(year + 1) - first(year)) / 7;
    let is_real = (1..=weeks).contains(&week) && (1..=7).contains(&weekday);
    let days = first(year) + (week - 1) * 7 + weekday - 1;
    Some(match is_real {
        true => Day::from_days(days),
        false => Day::new(year, 1, NO_DAY),
    })
}

/// `2024-144`.
fn day_of_year(reader: &mut Reader<'_>) -> Option<Day> {
    let year = reader.digits(4)?;
    reader.eat(&['-']);
    let number = reader.digits(3)?;
    let first = Day::new(year, 1, 1).days();
    let length = Day::new(year + 1, 1, 1).days() - first;
    Some(match (1..=length).contains(&number) {
        true => Day::from_days(first + number - 1),
        false => Day::new(year, 1, NO_DAY),
    })
}

/// A time of day, in any range.
struct Time {
    hour: i64,
    minute: i64,
    second: i64,
    millisecond: i64,
    zone: Zone,
}

impl Time {
    fn on(&self, day: Day) -> Option<Timestamp> {
        let is_midnight =
            self.hour == 24 && (self.minute, self.second, self.millisecond) == (0, 0, 0);
        let is_time = (self.hour < 24 || is_midnight) && self.minute < 60 && self.second < 60;
        let second = self.hour * 3600 + self.minute * 60 + self.second;
        let nanosecond = self.millisecond * 1_000_000;
        (is_day(day) && is_time).then(|| Timestamp::new(day, second, nanosecond, self.zone))
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn eat(&mut self, signs: &[char]) -> bool {
        let rest = self.rest.strip_prefix(signs);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn digits(&mut self, many: usize) -> Option<i64> {
        let digits = self.rest.get(..many)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| all)?;
        self.rest = &self.rest[many..];
        Some(number)
    }

    /// `+002024`.
    fn signed_year(&mut self) -> Option<i64> {
        let is_negative = self.rest.starts_with('-');
        self.eat(&['+', '-']);
        let year = self.digits(6)?;
        Some(if is_negative { -year } else { year })
    }

    /// What a part reads, if it reads anything; else the reader stays where it is.
    fn optional<T>(&mut self, part: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let read = part(self);
        if read.is_none() {
            self.rest = before;
        }
        read
    }

    /// A time of day with what follows it, to the end of the text.
    fn time(&mut self) -> Option<Time> {
        let hour = self.digits(2)?;
        let sixty = |reader: &mut Self| {
            reader.eat(&[':']);
            reader.digits(2)
        };
        let minute = self.optional(sixty);
        let second = minute.and_then(|_| self.optional(sixty));
        let mut millisecond = 0;
        if second.is_some() && self.eat(&['.', ',']) {
            let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = self
                .rest
                .get(..digits)
                .filter(|_| (1..=30).contains(&digits))?;
            let padded = fraction.bytes().chain(std::iter::repeat(b'0')).take(3);
            millisecond = padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
            self.rest = &self.rest[digits..];
        }
        let zone = self.zone()?;
        self.rest.is_empty().then(|| Time {
            hour,
            minute: minute.unwrap_or(0),
            second: second.unwrap_or(0),
            millisecond,
            zone,
        })
    }

    /// `Z`, an offset, or nothing.
    fn zone(&mut self) -> Option<Zone> {
        if self.eat(&['Z', 'z']) {
            return Some(Zone::Offset(0));
        }
        let is_negative = self.rest.starts_with('-');
        if !self.eat(&['+', '-']) {
            return Some(Zone::None);
        }
        let hours = self.digits(2)?;
        let minutes = self.optional(|reader| {
            reader.eat(&[':']);
            reader.digits(2)
        });
        let seconds = hours * 3600 + minutes.unwrap_or(0) * 60;
        let seconds = i32::try_from(seconds).ok()?;
        Some(Zone::Offset(if is_negative { -seconds } else { seconds }))
    }
}
