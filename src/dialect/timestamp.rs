//! Dates and times as parsers read them.

use std::fmt;

use crate::text::calendar::{DAY_SECONDS, Day};

const NANOSECONDS: i64 = 1_000_000_000;

/// A timestamp with the parts that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// Year, 0 to 9999; Psych also reads negative ones, and Hugo counts seconds beyond.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
    /// The time of day in nanoseconds since midnight; `None` for a date alone.
    pub nanosecond_of_day: Option<i64>,
    /// What was said of the time zone.
    pub zone: Zone,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// The day.
    Day,
    /// The day and the time of day.
    Moment,
}

/// The time zone of a [`Timestamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Nothing was written; the parser takes UTC or local time.
    None,
    /// `Z`, or an offset; in seconds east of UTC.
    Offset(i32),
}

/// A timestamp of a day and a time of day. What is beyond midnight or the end of the month is
/// carried over.
pub(super) fn timestamp(day: Day, second_of_day: i64, nanosecond: i64, zone: Zone) -> Timestamp {
    let is_carried = !day.is_real() || !(0..DAY_SECONDS).contains(&second_of_day);
    let day = match is_carried {
        true => Day::from_days(day.days() + second_of_day.div_euclid(DAY_SECONDS)),
        false => day,
    };
    let time = second_of_day.rem_euclid(DAY_SECONDS) * NANOSECONDS + nanosecond;
    Timestamp {
        nanosecond_of_day: Some(time),
        zone,
        ..day_alone(day)
    }
}

/// A date without a time.
pub(super) fn day_alone(day: Day) -> Timestamp {
    Timestamp {
        year: i32::try_from(day.year).unwrap_or(i32::MAX),
        month: i8::try_from(day.month).unwrap_or(1),
        day: i8::try_from(day.day).unwrap_or(1),
        nanosecond_of_day: None,
        zone: Zone::None,
    }
}

impl Timestamp {
    /// A day and a time of day. What is beyond midnight or the end of the month is carried over.
    #[must_use]
    pub fn new(day: Day, second_of_day: i64, nanosecond: i64, zone: Zone) -> Self {
        timestamp(day, second_of_day, nanosecond, zone)
    }

    /// A date without a time.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        day_alone(day)
    }

    /// Whether a time of day was written.
    #[must_use]
    pub fn precision(&self) -> Precision {
        match self.nanosecond_of_day {
            Some(_) => Precision::Moment,
            None => Precision::Day,
        }
    }

    /// Whether no time of day was written.
    #[must_use]
    pub fn is_date_only(&self) -> bool {
        self.nanosecond_of_day.is_none()
    }

    /// Whole seconds since 1970-01-01T00:00:00Z. A date alone is its midnight; without a zone the
    /// time is taken as UTC. `None` where the parts make no date.
    #[must_use]
    pub fn instant(&self) -> Option<i64> {
        let day = Day::new(self.year, self.month, self.day);
        if !day.has_month() || !(1..=31).contains(&self.day) {
            return None;
        }
        let offset = match self.zone {
            Zone::None => 0,
            Zone::Offset(seconds) => i64::from(seconds),
        };
        let second_of_day = self.nanosecond_of_day.unwrap_or(0).div_euclid(NANOSECONDS);
        Some(day.days() * DAY_SECONDS + second_of_day - offset)
    }

    /// The part of a second beyond [`Timestamp::instant`], in nanoseconds.
    #[must_use]
    pub fn subsecond_nanosecond(&self) -> u32 {
        let rest = self.nanosecond_of_day.unwrap_or(0).rem_euclid(NANOSECONDS);
        u32::try_from(rest).unwrap_or(0)
    }
}

/// ISO 8601: `2020-05-04`, `2020-05-04T21:58:00.5+02:00`; UTC is `Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        let year = self.year.unsigned_abs();
        write!(f, "{sign}{year:04}-{:02}-{:02}", self.month, self.day)?;
        let Some(time) = self.nanosecond_of_day else {
            return Ok(());
        };
        let second = time.div_euclid(NANOSECONDS);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        write!(f, "T{hour:02}:{minute:02}:{:02}", second % 60)?;
        let nanosecond = self.subsecond_nanosecond();
        if nanosecond != 0 {
            let fraction = format!("{nanosecond:09}");
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        match self.zone {
            Zone::None => Ok(()),
            Zone::Offset(0) => f.write_str("Z"),
            Zone::Offset(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.unsigned_abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_timestamp_is_its_day_and_its_second(
            year in -9_999_i64..=9_999,
            month in 1_i64..=12,
            day in 1_i64..=31,
            second in -2 * DAY_SECONDS..=2 * DAY_SECONDS,
        ) {
            let day = Day::new(year, month, day);
            let made = timestamp(day, second, 7, Zone::None);
            let instant = day.days() * DAY_SECONDS + second;
            let expected = Timestamp {
                nanosecond_of_day: Some(instant.rem_euclid(DAY_SECONDS) * NANOSECONDS + 7),
                ..day_alone(Day::from_days(instant.div_euclid(DAY_SECONDS)))
            };
            assert_eq!(made, expected);
        }
    }
}
