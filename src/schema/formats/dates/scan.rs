//! Reads dates as people write them, to say what is wrong with one and how to write it.

use std::fmt::Write as _;

use crate::schema::formats::text::fold;
use crate::text::calendar::{self, Day, MONTHS};

/// A date as written, and perhaps a time.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
    pub(super) order: Order,
    pub(super) time: Option<Time>,
}

/// In what order the parts stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    YearFirst,
    /// Another order that leaves no doubt.
    Other,
    /// Day first or month first: it could be this day and month too.
    Either(u32, u32),
}

/// A time of day.
#[derive(Clone, Debug)]
pub(super) struct Time {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    /// With its point; empty where there is none.
    pub(super) fraction: String,
    /// `Z` or `+02:00`.
    pub(super) zone: Option<String>,
}

/// The French names of the months and days, without accents.
const FRENCH_MONTHS: &str =
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre";
const FRENCH_DAYS: &str = "lundi mardi mercredi jeudi vendredi samedi dimanche";

impl Loose {
    /// `2020-05-04`
    pub(super) fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `4 May 2020`
    pub(super) fn in_words(&self) -> String {
        self.calendar_day().in_words()
    }

    /// Why there is no such date or time.
    pub(super) fn fault(&self) -> Option<String> {
        if !(1..=12).contains(&self.month) {
            return Some(format!(
                "there is no month {}: months go from 01 to 12",
                self.month
            ));
        }
        let time_fault = || self.time.as_ref().and_then(Time::fault);
        self.calendar_day().fault().or_else(time_fault)
    }

    fn calendar_day(&self) -> Day {
        Day::new(self.year, self.month, self.day)
    }
}

impl Time {
    /// `21:58:00`
    pub(super) fn clock(&self) -> String {
        format!(
            "{:02}:{:02}:{:02}{}",
            self.hour, self.minute, self.second, self.fraction
        )
    }

    /// Why no clock shows this time.
    pub(super) fn fault(&self) -> Option<String> {
        if let Some(fault) = calendar::clock_fault(self.hour, self.minute, self.second) {
            return Some(match (self.hour, self.minute) {
                (24, 0) => format!("{fault}; midnight is 00:00 of the next day"),
                _ => fault,
            });
        }
        let zone = self.zone.as_deref()?;
        let hours: u32 = zone.get(1..3)?.parse().ok()?;
        let minutes: u32 = zone.get(4..6)?.parse().ok()?;
        (hours > 23 || minutes > 59).then(|| format!("there is no offset {zone}"))
    }
}

/// Reads a date, and a time after it.
pub(super) fn scan(text: &str) -> Option<Loose> {
    let text = text.trim();
    let mut rest = Scanner(text);
    let mut date = rest.numeric_date().or_else(|| {
        rest = Scanner(text);
        rest.worded_date()
    })?;
    if !rest.0.is_empty() {
        rest.separator()?;
        date.time = Some(rest.time()?);
    }
    rest.0.is_empty().then_some(date)
}

/// Reads a time alone.
pub(super) fn scan_time(text: &str) -> Option<Time> {
    let mut rest = Scanner(text.trim());
    let time = rest.time()?;
    rest.0.is_empty().then_some(time)
}

struct Scanner<'a>(&'a str);

impl Scanner<'_> {
    fn numeric_date(&mut self) -> Option<Loose> {
        let (first, digits) = self.number(8)?;
        if digits == 8 {
            return Some(loose(
                first / 10_000,
                first / 100 % 100,
                first % 100,
                Order::YearFirst,
            ));
        }
        let separator = ["-", "/", "."]
            .into_iter()
            .find(|s| self.0.starts_with(s))?;
        self.eat(separator)?;
        let (second, 1..=2) = self.number(2)? else {
            return None;
        };
        self.eat(separator)?;
        let (third, third_digits) = self.number(4)?;
        match (digits, third_digits) {
            (4, 1..=2) => Some(loose(first, second, third, Order::YearFirst)),
            (1..=2, 4) => Some(match (first, second) {
                (1..=12, 1..=12) if first != second => {
                    loose(third, second, first, Order::Either(second, first))
                }
                (1..=12, 13..=31) => loose(third, first, second, Order::Other),
                _ => loose(third, second, first, Order::Other),
            }),
            _ => None,
        }
    }

    /// `lundi 4 mai 2020`, `1er mai 2020`, `May 4, 2020`.
    fn worded_date(&mut self) -> Option<Loose> {
        let mut month = None;
        let mut day = None;
        for _ in 0..6 {
            if let Some((value, digits)) = self.number(4) {
                match (digits, day, month) {
                    (1..=2, None, _) => {
                        day = Some(value);
                        let _ordinal = ["er", "st", "nd", "rd", "th"]
                            .iter()
                            .find_map(|s| self.eat(s));
                    }
                    (4, Some(day), Some(month)) => {
                        return Some(loose(value, month, day, Order::Other));
                    }
                    _ => return None,
                }
            } else {
                let length = self.0.find(|c: char| !c.is_alphabetic())?;
                let (word, rest) = self.0.split_at_checked(length)?;
                match month_number(word) {
                    Some(number) if month.is_none() => month = Some(number),
                    None if is_weekday(word) && day.is_none() && month.is_none() => {}
                    _ => return None,
                }
                self.0 = rest;
            }
            let rest = self
                .0
                .trim_start_matches([' ', ',', '.', '\u{a0}', '\u{202f}']);
            if rest.len() == self.0.len() {
                return None;
            }
            self.0 = rest;
        }
        None
    }

    /// What separates a date and a time.
    fn separator(&mut self) -> Option<()> {
        if self.eat("T").or_else(|| self.eat("t")).is_some() {
            return Some(());
        }
        let rest = self
            .0
            .trim_start_matches([' ', '\t', ',', '\u{a0}', '\u{202f}']);
        let moved = rest.len() < self.0.len();
        self.0 = ["à ", "at "]
            .into_iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        moved.then_some(())
    }

    fn time(&mut self) -> Option<Time> {
        let (hour, 1..=2) = self.number(2)? else {
            return None;
        };
        let mut time = Time {
            hour,
            minute: 0,
            second: 0,
            fraction: String::new(),
            zone: None,
        };
        if self.eat("h").or_else(|| self.eat("H")).is_some() {
            time.minute = self.number(2).map_or(0, |found| found.0);
        } else {
            self.eat(":")?;
            time.minute = self.two()?;
            if self.eat(":").is_some() {
                time.second = self.two()?;
                if self.eat(".").is_some() {
                    let digits = self.digits(usize::MAX)?;
                    time.fraction = format!(".{digits}");
                }
            }
        }
        let rest = self.0.trim_start_matches([' ', '\t']);
        if !rest.is_empty() {
            self.0 = rest;
            time.zone = Some(self.zone()?);
        }
        Some(time)
    }

    fn zone(&mut self) -> Option<String> {
        if ["UTC", "GMT", "Z", "z"]
            .iter()
            .find_map(|zone| self.eat(zone))
            .is_some()
        {
            return Some("Z".to_owned());
        }
        let sign = self.0.chars().next().filter(|c| matches!(c, '+' | '-'))?;
        self.0 = self.0.get(1..)?;
        let hours = self.two()?;
        let minutes = if self.eat(":").is_some() || !self.0.is_empty() {
            self.two()?
        } else {
            0
        };
        let mut zone = String::from(sign);
        write!(zone, "{hours:02}:{minutes:02}").ok()?;
        Some(zone)
    }

    fn eat(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn digits(&mut self, most: usize) -> Option<&str> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        if length == 0 || length > most {
            return None;
        }
        self.0 = rest;
        Some(digits)
    }

    /// A number of at most `most` (up to 8) digits, and how many it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let digits = self.digits(most)?;
        Some((digits.parse().ok()?, digits.len()))
    }

    fn two(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(2)?;
        let number = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())??;
        self.0 = rest;
        Some(number)
    }
}

fn loose(year: u32, month: u32, day: u32, order: Order) -> Loose {
    Loose {
        year,
        month,
        day,
        order,
        time: None,
    }
}

/// The month of an English or French name, whole or cut to three letters or more.
fn month_number(word: &str) -> Option<u32> {
    let word = fold(word).to_lowercase();
    let mut found = (1..=12_u32)
        .zip(MONTHS.iter().zip(FRENCH_MONTHS.split(' ')))
        .filter(|(_, (english, french))| {
            word.len() >= 3
                && (english.to_lowercase().starts_with(&word) || french.starts_with(&word))
        });
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut days = calendar::WEEKDAYS.into_iter().chain(FRENCH_DAYS.split(' '));
    word.len() >= 3 && days.any(|day| day.to_lowercase().starts_with(&word))
}
