//! The Gregorian calendar, extended into the past and beyond the year 9999.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// The English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English names of the days of the week.
pub const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// The seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;

/// After so many years the calendar repeats. Years are moved into the cycle from 2000 on, since
/// jiff's end with 9999.
const CYCLE_YEARS: i64 = 400;
const CYCLE_DAYS: i64 = 146_097;

/// A day as written: the calendar need not have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Any year; 0 is the one before 1.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
}

impl Day {
    /// The day of these parts.
    #[must_use]
    pub fn new(year: impl Into<i64>, month: impl Into<i64>, day: impl Into<i64>) -> Self {
        Self {
            year: year.into(),
            month: month.into(),
            day: day.into(),
        }
    }

    /// The day so many days after 1970-01-01.
    #[must_use]
    pub fn from_days(days: i64) -> Self {
        let second = days.rem_euclid(CYCLE_DAYS) * DAY_SECONDS;
        let in_cycle = jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let date = Offset::UTC.to_datetime(in_cycle).date();
        let cycles = days.div_euclid(CYCLE_DAYS);
        Self::new(
            i64::from(date.year()) + cycles * CYCLE_YEARS,
            date.month(),
            date.day(),
        )
    }

    /// The days since 1970-01-01. A day beyond its month counts into the next one.
    #[must_use]
    pub fn days(self) -> i64 {
        let midnight = self
            .first_of_month()
            .map(|first| first.to_datetime(Time::midnight()));
        let instant = midnight.and_then(|midnight| Offset::UTC.to_timestamp(midnight).ok());
        let in_cycle = instant.map_or(0, |instant| instant.as_second() / DAY_SECONDS);
        let cycles = self.year.div_euclid(CYCLE_YEARS) - 2000 / CYCLE_YEARS;
        cycles * CYCLE_DAYS + in_cycle + self.day - 1
    }

    /// Whether there is such a month.
    #[must_use]
    pub fn has_month(self) -> bool {
        (1..=12).contains(&self.month)
    }

    /// Whether there is such a day.
    #[must_use]
    pub fn is_real(self) -> bool {
        self.has_month() && (1..=self.days_in_month()).contains(&self.day)
    }

    /// How many days its month has; 31 for a month that does not exist.
    #[must_use]
    pub fn days_in_month(self) -> i64 {
        let first = self.first_of_month();
        first.map_or(31, |first| first.days_in_month().into())
    }

    /// Why there is no such day, for a month that exists.
    #[must_use]
    pub fn fault(self) -> Option<String> {
        let last = self.days_in_month();
        let is_real = (1..=last).contains(&self.day);
        (!is_real).then(|| {
            let day = self.in_words();
            format!("there is no {day}: that month has {last} days")
        })
    }

    /// `4 May 2020`
    #[must_use]
    pub fn in_words(self) -> String {
        let Self { year, month, day } = self;
        let index = usize::try_from(month - 1).ok();
        match index.and_then(|index| MONTHS.get(index)) {
            Some(name) => format!("{day} {name} {year}"),
            None => format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// The first day of its month, in the cycle of years from 2000 on.
    fn first_of_month(self) -> Option<Date> {
        let year = i16::try_from(2000 + self.year.rem_euclid(CYCLE_YEARS)).ok()?;
        Date::new(year, i8::try_from(self.month).ok()?, 1).ok()
    }
}

/// Why no clock shows this time of day.
#[must_use]
pub fn clock_fault(hour: u32, minute: u32, second: u32) -> Option<String> {
    if hour > 23 {
        return Some(format!("there is no hour {hour}: hours go from 00 to 23"));
    }
    if minute > 59 {
        return Some(format!(
            "there is no minute {minute}: minutes go from 00 to 59"
        ));
    }
    (second > 59).then(|| format!("there is no second {second}: seconds go from 00 to 59"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_jiff_counts_them_and_beyond() {
        for (day, days) in [
            ((1970, 1, 1), 0),
            ((1969, 12, 31), -1),
            ((2000, 3, 1), 11_017),
            ((1600, 2, 29), -135_081),
            ((0, 1, 1), -719_528),
            ((-1, 12, 31), -719_529),
            ((9999, 12, 31), 2_932_896),
            ((12_000, 2, 29), 3_663_441),
        ] {
            let (year, month, number) = day;
            let day = Day::new(year, month, number);
            assert_eq!((day.days(), Day::from_days(days)), (days, day));
        }
        assert_eq!(Day::new(2023, 2, 31).days(), Day::new(2023, 3, 3).days());
    }

    #[test]
    fn what_no_calendar_has_is_named() {
        assert_eq!(Day::new(2024, 2, 29).fault(), None);
        let fault = "there is no 30 February 2023: that month has 28 days";
        assert_eq!(Day::new(2023, 2, 30).fault().as_deref(), Some(fault));
        assert_eq!(Day::new(2023, 13, 1).in_words(), "2023-13-01");
        assert!(!Day::new(2023, 13, 1).is_real());
        assert_eq!(clock_fault(23, 59, 59), None);
        assert!(clock_fault(24, 0, 0).is_some_and(|fault| fault.contains("hour 24")));
    }

    proptest::proptest! {
        #[test]
        fn days_there_and_back(days in -5_000_000_000_i64..5_000_000_000) {
            let day = Day::from_days(days);
            assert!(day.is_real(), "{day:?}");
            assert_eq!(day.days(), days);
        }
    }
}
