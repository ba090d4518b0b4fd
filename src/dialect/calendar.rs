//! Days, dates and instants, and what a [`Timestamp`] can tell of itself.

use std::fmt;

use super::{Timestamp, Zone};

pub(super) const DAY: i64 = 86_400;
pub(super) const NANOSECONDS: i64 = 1_000_000_000;

/// Days since 1970-01-01 in the Gregorian calendar, extended into the past.
pub(super) fn days(year: i64, month: i64, day: i64) -> i64 {
    // Counted from March, so that the leap day comes last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = (from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Whether Ruby's `Date` knows this day: Julian until 1582-10-04, Gregorian from 1582-10-15.
pub(super) fn is_ruby_date(year: i64, month: i64, day: i64) -> bool {
    let julian = (year, month, day) < (1582, 10, 15);
    let leap = year % 4 == 0 && (julian || year % 100 != 0 || year % 400 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day) && !(julian && (year, month, day) > (1582, 10, 4))
}

/// A timestamp of a day and a time of day that may lie beyond midnight, carried over.
pub(super) fn timestamp(
    (year, month, day): (i64, i64, i64),
    second_of_day: i64,
    nanosecond: i64,
    zone: Zone,
) -> Timestamp {
    let is_carried = !(1..=12).contains(&month)
        || !(1..=28).contains(&day)
        || !(0..DAY).contains(&second_of_day);
    let (year, month, day) = if is_carried {
        date(days(year, month, day) + second_of_day.div_euclid(DAY))
    } else {
        (year, month, day)
    };
    let time = second_of_day.rem_euclid(DAY) * NANOSECONDS + nanosecond;
    Timestamp {
        nanosecond_of_day: Some(time),
        zone,
        ..day_alone(year, month, day)
    }
}

/// A date without a time.
pub(super) fn day_alone(year: i64, month: i64, day: i64) -> Timestamp {
    Timestamp {
        year: i32::try_from(year).unwrap_or(i32::MAX),
        month: i8::try_from(month).unwrap_or(1),
        day: i8::try_from(day).unwrap_or(1),
        nanosecond_of_day: None,
        zone: Zone::None,
    }
}

impl Timestamp {
    /// Whether no time of day was written.
    #[must_use]
    pub fn is_date_only(&self) -> bool {
        self.nanosecond_of_day.is_none()
    }

    /// Whether `Z` or an offset was written.
    #[must_use]
    pub fn has_zone(&self) -> bool {
        self.zone != Zone::None
    }

    /// Whole seconds since 1970-01-01T00:00:00Z. A date alone is its midnight; without a zone the
    /// time is taken as UTC. `None` where the parts make no date.
    #[must_use]
    pub fn instant(&self) -> Option<i64> {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let offset = match self.zone {
            Zone::None => 0,
            Zone::Offset(seconds) => i64::from(seconds),
        };
        let second_of_day = self.nanosecond_of_day.unwrap_or(0).div_euclid(NANOSECONDS);
        Some(days(i64::from(self.year), month, day) * DAY + second_of_day - offset)
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
            second in -2 * DAY..=2 * DAY,
        ) {
            let made = timestamp((year, month, day), second, 7, Zone::None);
            let instant = days(year, month, day) * DAY + second;
            let (year, month, day) = date(instant.div_euclid(DAY));
            let expected = Timestamp {
                nanosecond_of_day: Some(instant.rem_euclid(DAY) * NANOSECONDS + 7),
                ..day_alone(year, month, day)
            };
            assert_eq!(made, expected);
        }
    }
}
