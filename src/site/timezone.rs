//! The time zone that a site names: its offsets from UTC, from a database within the program, so
//! that every machine gives the same answer.

use std::fmt;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::{TimeZone as Zone, TimeZoneDatabase};

/// A time zone of the IANA database.
#[derive(Clone)]
pub struct TimeZone {
    name: String,
    zone: Zone,
}

impl TimeZone {
    /// The zone of this name, such as `Europe/Paris`; `None` where the database has none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
        let database = DATABASE.get_or_init(TimeZoneDatabase::bundled);
        let zone = database.get(name).ok()?;
        Some(Self {
            name: name.to_owned(),
            zone,
        })
    }

    /// The name as the site's configuration has it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds east of UTC at an instant, which is in seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn offset_at(&self, instant: i64) -> Option<i32> {
        let instant = Timestamp::from_second(instant).ok()?;
        Some(self.zone.to_offset(instant).seconds())
    }

    /// Seconds east of UTC when the clocks of this zone show a time, given as if it were UTC.
    /// Where the clocks show it twice or never, the offset before the change counts.
    #[must_use]
    pub fn offset_of_clock(&self, clock: i64) -> Option<i32> {
        let shown = Zone::UTC.to_datetime(Timestamp::from_second(clock).ok()?);
        let instant = self.zone.to_ambiguous_timestamp(shown).compatible().ok()?;
        i32::try_from(clock - instant.as_second()).ok()
    }

    /// The offset when the clocks of this zone show a time, both as they are written:
    /// `2024-03-12T09:30:00` and `+01:00`.
    #[must_use]
    pub fn offset_shown(&self, clock: &str) -> Option<String> {
        let clock: jiff::civil::DateTime = clock.parse().ok()?;
        let instant = self.zone.to_ambiguous_timestamp(clock).compatible().ok()?;
        let minutes = self.zone.to_offset(instant).seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.unsigned_abs();
        Some(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
    }

    /// The same as Go finds it: where the clocks show a time twice, the offset counts that the zone
    /// has at the instant when the clocks of UTC show it.
    #[must_use]
    pub fn offset_of_clock_in_go(&self, clock: i64) -> Option<i32> {
        let offset = self.offset_at(clock)?;
        match self.offset_at(clock.checked_sub(offset.into())?)? {
            // Go looks no further where it found none.
            _ if offset == 0 => Some(0),
            earlier => Some(earlier),
        }
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TimeZone").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2018-11-21T10:05:00Z and 2018-07-21T10:05:00Z
    const WINTER: i64 = 1_542_794_700;
    const SUMMER: i64 = 1_532_167_500;

    #[test]
    fn offsets_follow_the_season() {
        let paris = TimeZone::named("Europe/Paris").unwrap();
        assert_eq!(paris.offset_at(WINTER), Some(3600));
        assert_eq!(paris.offset_at(SUMMER), Some(7200));
        assert_eq!(paris.offset_of_clock(SUMMER), Some(7200));
        assert_eq!(paris.offset_at(i64::MAX), None);
        let shown = |clock| paris.offset_shown(clock);
        assert_eq!(shown("2024-03-12T09:30:00").as_deref(), Some("+01:00"));
        assert_eq!(shown("2024-07-12T09:30:00").as_deref(), Some("+02:00"));
        let newfoundland = TimeZone::named("America/St_Johns").unwrap();
        let shown = newfoundland.offset_shown("2024-01-12T09:30:00");
        assert_eq!(shown.as_deref(), Some("-03:30"));
        assert_eq!(paris.offset_of_clock_in_go(SUMMER), Some(7200));
    }

    #[test]
    fn an_hour_that_the_clocks_show_twice_is_taken_otherwise_in_go() {
        // 2020-10-25T02:30:00 in Paris, 2020-11-01T01:30:00 in New York, in London 2020-10-25T01:30.
        let clocks = [
            ("Europe/Paris", 1_603_593_000, 7200, 3600),
            ("America/New_York", 1_604_194_200, -14_400, -14_400),
            ("Europe/London", 1_603_589_400, 3600, 0),
        ];
        for (name, clock, first, in_go) in clocks {
            let zone = TimeZone::named(name).unwrap();
            assert_eq!(zone.offset_of_clock(clock), Some(first), "{name}");
            assert_eq!(zone.offset_of_clock_in_go(clock), Some(in_go), "{name}");
        }
    }

    #[test]
    fn only_zones_of_the_database_are_known() {
        assert!(TimeZone::named("Europe/Lutece").is_none());
        assert!(TimeZone::named("").is_none());
        assert!(TimeZone::named("UTC").is_some());
    }
}
