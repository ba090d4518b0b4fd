//! Times in a given form, as `time.Parse` of Go reads them.
//!
//! A form is written in the letters of `strftime`: `%Y-%m-%d` for Go's `2006-01-02`. Of Go's ways
//! it has those that the forms of Hugo need.

use crate::text::calendar::{Day, MONTHS, WEEKDAYS};

/// The parts of a time, as far as the form has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub day: Day,
    pub second_of_day: i64,
    pub nanosecond: i64,
    /// Seconds east of UTC, where the text says so in numbers or by `Z` or `UTC`.
    pub offset: Option<i32>,
    hour: i64,
    is_afternoon: Option<bool>,
}

/// The time that `text` is in this form; `None` where it is none.
pub(super) fn parse(form: &str, text: &str) -> Option<Parts> {
    let mut reader = Reader { rest: text };
    let mut parts = Parts {
        day: Day::new(0, 1, 1),
        second_of_day: 0,
        nanosecond: 0,
        offset: None,
        hour: 0,
        is_afternoon: None,
    };
    let mut form = form;
    while let Some(first) = form.chars().next() {
        let Some(item) = form.strip_prefix('%') else {
            form = reader.literal(form, first)?;
            continue;
        };
        let letter = item.chars().next()?;
        form = &item[letter.len_utf8()..];
        parts.read(letter, &mut reader)?;
    }
    let hour = match parts.is_afternoon {
        Some(true) if parts.hour < 12 => parts.hour + 12,
        Some(false) if parts.hour == 12 => 0,
        _ => parts.hour,
    };
    parts.second_of_day += hour * 3600;
    (parts.day.is_real() && reader.rest.is_empty()).then_some(parts)
}

impl Parts {
    /// Reads what a letter of the form stands for.
    fn read(&mut self, letter: char, reader: &mut Reader<'_>) -> Option<()> {
        match letter {
            'Y' => self.day.year = reader.digits(4)?,
            'y' => {
                let year = reader.digits(2)?;
                self.day.year = if year >= 69 { 1900 + year } else { 2000 + year };
            }
            'm' => self.day.month = reader.digits(2)?,
            'b' => self.day.month = reader.word(&MONTHS.map(|name| &name[..3]))? + 1,
            'a' => _ = reader.word(&WEEKDAYS.map(|name| &name[..3]))?,
            'A' => _ = reader.word(&WEEKDAYS)?,
            'd' => self.day.day = reader.digits(2)?,
            'e' => self.day.day = reader.number()?,
            'H' => self.hour = reader.number().filter(|&hour| hour < 24)?,
            'I' => self.hour = reader.number().filter(|&hour| hour <= 12)?,
            'M' => self.second_of_day += 60 * reader.digits(2).filter(|&minute| minute < 60)?,
            'S' => {
                self.second_of_day += reader.digits(2).filter(|&second| second < 60)?;
                // A fraction may follow any seconds.
                self.nanosecond = reader.fraction();
            }
            'p' => {
                self.is_afternoon = match reader.take(2)? {
                    "AM" => Some(false),
                    "PM" => Some(true),
                    _ => return None,
                }
            }
            'Z' | 'z' | '4' | '5' => {
                let has_letter = matches!(letter, 'Z' | '4');
                let has_colon = matches!(letter, '4' | '5');
                self.offset = Some(reader.offset(has_letter, has_colon)?);
            }
            'N' => self.set_zone(reader.zone_name()?)?,
            _ => return None,
        }
        Some(())
    }

    /// Takes the name of a zone into account. Of most names Go does not know the offset; `UTC`
    /// takes precedence over an offset, and the hours of `GMT+2` are added to those of the clock.
    fn set_zone(&mut self, name: &str) -> Option<()> {
        if name == "UTC" {
            self.offset = Some(0);
        } else if let Some(hours) = name.strip_prefix("GMT")
            && self.offset.is_none()
            && !hours.is_empty()
        {
            self.second_of_day += hours.parse::<i64>().ok()? * 3600;
        }
        Some(())
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Takes a character that stands for itself in the form, whose next one is `first`; returns the
    /// rest of the form. Spaces stand for any number of spaces, and for the end.
    fn literal<'f>(&mut self, form: &'f str, first: char) -> Option<&'f str> {
        if first == ' ' {
            if !self.rest.is_empty() && !self.rest.starts_with(' ') {
                return None;
            }
            self.rest = self.rest.trim_start_matches(' ');
            return Some(form.trim_start_matches(' '));
        }
        self.rest = self.rest.strip_prefix(first)?;
        Some(&form[first.len_utf8()..])
    }

    fn take(&mut self, length: usize) -> Option<&'t str> {
        let taken = self.rest.get(..length)?;
        self.rest = &self.rest[length..];
        Some(taken)
    }

    /// Exactly so many digits.
    fn digits(&mut self, many: usize) -> Option<i64> {
        let digits = self.take(many)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_digit());
        all.then_some(())?;
        digits.parse().ok()
    }

    /// One digit, or two.
    fn number(&mut self) -> Option<i64> {
        let digits = self.rest.bytes().take(2);
        let many = digits.take_while(u8::is_ascii_digit).count();
        (many > 0).then_some(())?;
        self.digits(many)
    }

    /// The index of one of these words, in capitals or not.
    fn word(&mut self, words: &[&str]) -> Option<i64> {
        let begins = |word: &&str| {
            let start = self.rest.get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        let index = words.iter().position(begins)?;
        self.take(words.get(index)?.len())?;
        i64::try_from(index).ok()
    }

    fn fraction(&mut self) -> i64 {
        let Some(digits) = self.rest.strip_prefix(['.', ',']) else {
            return 0;
        };
        let many = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (taken, rest) = digits.split_at(many);
        if !taken.is_empty() {
            self.rest = rest;
        }
        super::ruby::nanosecond(taken)
    }

    /// `+0200`, or with a colon `+02:00`; also `Z`.
    fn offset(&mut self, has_letter: bool, has_colon: bool) -> Option<i32> {
        if has_letter && self.rest.starts_with('Z') {
            self.take(1)?;
            return Some(0);
        }
        let sign = match self.take(1)? {
            "+" => 1,
            "-" => -1,
            _ => return None,
        };
        // Some write 24 hours and 60 minutes, which Go takes.
        let hours = self.digits(2).filter(|&hours| hours <= 24)?;
        if has_colon {
            self.rest = self.rest.strip_prefix(':')?;
        }
        let minutes = self.digits(2).filter(|&minutes| minutes <= 60)?;
        i32::try_from(sign * (hours * 3600 + minutes * 60)).ok()
    }

    /// A name of three to five capital letters, such as `CEST`, or an offset in its place.
    fn zone_name(&mut self) -> Option<&'t str> {
        let text = self.rest;
        let capitals = text.bytes().take(6).take_while(u8::is_ascii_uppercase);
        let length = match capitals.count() {
            _ if text.starts_with("UTC") => 3,
            _ if text.starts_with("ChST") || text.starts_with("MeST") => 4,
            _ if text.starts_with("GMT") => 3 + signed_hours(&text[3..]),
            0 => Some(signed_hours(text)).filter(|&length| length > 0)?,
            3 => 3,
            4 if text.starts_with("WITA") || text[3..].starts_with('T') => 4,
            5 if text[4..].starts_with('T') => 5,
            _ => return None,
        };
        self.take(length)
    }
}

/// The length of `+2` or `-11` at the beginning of a text; 0 where there is none.
fn signed_hours(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(['+', '-']) else {
        return 0;
    };
    let many = digits.bytes().take_while(u8::is_ascii_digit).count();
    match digits[..many].parse::<u64>() {
        Ok(hours) if hours <= 23 => 1 + many,
        _ => 0,
    }
}
