//! Dates in texts, as Zola reads them.

use crate::dialect::{Timestamp, Zone};
use crate::text::calendar::Day;

/// A date of TOML, from its text.
pub(super) fn toml_date(text: &str) -> Option<Timestamp> {
    let date: toml::value::Datetime = text.parse().ok()?;
    let day = date.date?;
    let day = Day::new(day.year, day.month, day.day);
    let Some(time) = date.time else {
        return Some(Timestamp::of_day(day));
    };
    let part = |part: u8| i64::from(part);
    let second = part(time.hour) * 3600 + part(time.minute) * 60 + time.second.map_or(0, part);
    let zone = match date.offset {
        None => Zone::None,
        Some(toml::value::Offset::Z) => Zone::Offset(0),
        Some(toml::value::Offset::Custom { minutes }) => Zone::Offset(i32::from(minutes) * 60),
    };
    let nanosecond = i64::from(time.nanosecond.unwrap_or(0));
    Some(Timestamp::new(day, second, nanosecond, zone))
}

/// A date of YAML 1.1, which may be in quotes of its own: `parse_yaml_datetime`.
pub(super) fn yaml_date(text: &str) -> Option<Timestamp> {
    let text = text.strip_prefix('"').unwrap_or(text);
    let mut reader = Reader {
        rest: text.strip_suffix('"').unwrap_or(text),
    };
    let year = reader.digits(4, 4)?;
    reader.eat('-')?;
    let month = reader.digits(1, 2)?;
    reader.eat('-')?;
    let day = Day::new(year, month, reader.digits(1, 2)?);
    if !day.is_real() {
        return None;
    }
    if reader.rest.is_empty() {
        return Some(Timestamp::of_day(day));
    }
    if reader.eat('T').or_else(|| reader.eat('t')).is_none() {
        (reader.skip_spaces() > 0).then_some(())?;
    }
    let hour = reader.digits(1, 2).filter(|&hour| hour < 24)?;
    reader.eat(':')?;
    let minute = reader.digits(2, 2).filter(|&minute| minute < 60)?;
    reader.eat(':')?;
    let second = reader.digits(2, 2).filter(|&second| second < 60)?;
    if reader.eat('.').is_some() {
        reader.digits(0, 9)?;
    }
    reader.skip_spaces();
    let zone = reader.zone()?;
    let second = hour * 3600 + minute * 60 + second;
    Some(Timestamp::new(day, second, 0, zone))
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = self
            .rest
            .get(..count)
            .filter(|_| (least..=most).contains(&count))?;
        self.rest = &self.rest[count..];
        if digits.is_empty() {
            Some(0)
        } else {
            digits.parse().ok()
        }
    }

    fn eat(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    fn skip_spaces(&mut self) -> usize {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let count = self.rest.len() - rest.len();
        self.rest = rest;
        count
    }

    fn zone(&mut self) -> Option<Zone> {
        if matches!(self.rest, "" | "Z") {
            // Without an offset it is in UTC.
            return Some(Zone::Offset(0));
        }
        let is_negative = self.rest.starts_with('-');
        self.eat('-').or_else(|| self.eat('+'))?;
        let hours = self.digits(1, 2)?;
        let minutes = match self.eat(':') {
            Some(()) => self.digits(2, 2)?,
            None => 0,
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        let seconds = if is_negative { -seconds } else { seconds };
        self.rest.is_empty().then_some(Zone::Offset(seconds))
    }
}
