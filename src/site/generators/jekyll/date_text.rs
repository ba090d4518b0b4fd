//! Dates in texts, as Jekyll reads them: `Time.parse` of Ruby over `Date._parse`, which looks for the
//! parts of a date anywhere in a text.
//!
//! Follows <https://github.com/ruby/date/blob/master/ext/date/date_parse.c> and
//! <https://github.com/ruby/time/blob/master/lib/time.rb>.

use std::sync::LazyLock;

use regex_automata::nfa::thompson::backtrack::BoundedBacktracker;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;

use crate::dialect::{Timestamp, Zone};
use crate::text::calendar::{Day, MONTHS};

/// `Date._parse` refuses a longer text.
const LONGEST: usize = 128;

/// What Ruby finds in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoundDate {
    /// A date; days beyond the end of their month are counted on.
    Date(Timestamp),
    /// None, or one with a part that is beyond all bounds: it raises.
    None,
    /// A date of which the build gives a part, such as the year; or a form that is not followed here.
    Uncertain,
}

/// The date that Ruby finds in a text.
pub(super) fn find_date(text: &str) -> FoundDate {
    if let Some(day) = plain_day(text) {
        return Parts::of_day(day).found();
    }
    if text.len() > LONGEST {
        return FoundDate::None;
    }
    Parts::find(text).found()
}

/// `2024-05-23` and `2024-5-23`, as nearly all are written.
fn plain_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let mut number = |least, most| {
        let part = parts.next()?;
        let is_number =
            (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i64>().ok())?
    };
    Some(Day::new(number(4, 4)?, number(1, 2)?, number(1, 2)?))
}

/// The parts that are found, in any range.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i64>,
    /// Whether a year of two digits is of this century or the last.
    is_year_short: bool,
    month: Option<i64>,
    day: Option<i64>,
    hour: Option<i64>,
    minute: Option<i64>,
    second: Option<i64>,
    nanosecond: i64,
    zone: Option<String>,
    /// Whether there is something in a form that is not followed here.
    is_uncertain: bool,
}

const MONTH: &str = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const ERA: &str = r"(c(?:e|\.e\.)|b(?:ce|\.c\.e\.)|a(?:d|\.d\.)|b(?:c|\.c\.))";

/// A pattern that is looked for without regard to case, in ASCII. All of them compile, as a test
/// shows.
type Pattern = LazyLock<Option<BoundedBacktracker>>;

fn pattern(source: &str) -> Option<BoundedBacktracker> {
    let source = source.replace("MONTH", MONTH).replace("ERA", ERA);
    let ascii = syntax::Config::new()
        .case_insensitive(true)
        .unicode(false)
        .utf8(false);
    BoundedBacktracker::builder()
        .syntax(ascii)
        .build(&source)
        .ok()
}

static WEEKDAY: Pattern =
    LazyLock::new(|| pattern(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/0-9\s]*"));
static TIME: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"((?:\d+\s*:\s*\d+(?:\s*:\s*\d+(?:[,.]\d*)?)?|\d+\s*h(?:\s*\d+m?(?:\s*\d+s?)?)?)",
        r"(?:\s*[ap](?:m\b|\.m\.))?|\d+\s*[ap](?:m\b|\.m\.))",
        r"(?:\s*((?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?",
        r"|[[:alpha:].\s]+(?:standard|daylight)\stime\b|[[:alpha:]]+(?:\sdst)?\b))?",
    ))
});
static CLOCK: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"\A(\d+)h?(?:\s*:?\s*(\d+)m?(?:\s*:?\s*(\d+)(?:[,.](\d+))?s?)?)?",
        r"(?:\s*([ap])(?:m\b|\.m\.))?",
    ))
});
/// `23 May 2024`: day, month, era, year.
static DAY_FIRST: Pattern = LazyLock::new(|| {
    pattern(r"('?\d+)[^-0-9\s]*\s*(MONTH)[^-0-9\s']*(?:\s*ERA?\s*('?-?\d+(?:(?:st|nd|rd|th)\b)?))?")
});
/// `May 23, 2024`: month, day, era, year.
static MONTH_FIRST: Pattern = LazyLock::new(|| {
    pattern(r"\b(MONTH)[^-0-9\s']*\s*('?\d+)[^-0-9\s']*(?:\s*,?\s*ERA?\s*('?-?\d+))?")
});
static WITH_DASHES: Pattern = LazyLock::new(|| pattern(r"('?[-+]?\d+)-(\d+)-('?-?\d+)"));
/// Weeks, days of weeks, dates without a year, and years of Japanese eras.
static OTHER: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:\d{2}|\d{4})?-?w\d{2}(?:-?\d)?\b|-w-\d\b|--(?:\d{2})?-\d{2}\b|--\d{2}(?:\d{2})?\b|\b[mtshr]\d+\.\d+\.\d+",
    )
});
/// `23-May-2024`, and with the month first.
static WITH_NAME: Pattern = LazyLock::new(|| pattern(r"('?-?\d+)-(MONTH)[^-/.]*-('?-?\d+)"));
static NAME_FIRST: Pattern =
    LazyLock::new(|| pattern(r"\b(MONTH)[^-/.]*-('?-?\d+)(?:-('?-?\d+))?"));
static WITH_SLASHES: Pattern =
    LazyLock::new(|| pattern(r"('?-?\d+)/\s*('?\d+)(?:[^0-9]\s*('?-?\d+))?"));
static WITH_DOTS: Pattern = LazyLock::new(|| pattern(r"('?-?\d+)\.\s*('?\d+)\.\s*('?-?\d+)"));
static SHORT_YEAR: Pattern = LazyLock::new(|| pattern(r"'(\d+)\b"));
static MONTH_ALONE: Pattern = LazyLock::new(|| pattern(r"\b(MONTH)\S*"));
static ORDINAL: Pattern = LazyLock::new(|| pattern(r"(\d+)(?:st|nd|rd|th)\b"));
static DIGITS: Pattern = LazyLock::new(|| {
    pattern(r"([-+]?)(\d{2,14})(?:\s*t?\s*(\d{2,6})?(?:[,.](\d*))?)?(z\b|[-+]\d{1,4}\b)?")
});
static ALONE: Pattern = LazyLock::new(|| pattern(r"\A\s*(\d{1,2})\s*\z"));

/// What a pattern has found.
struct Found<'t> {
    text: &'t str,
    captures: Captures,
}

impl<'t> Found<'t> {
    fn get(&self, group: usize) -> Option<&'t str> {
        self.text.get(self.captures.get_group(group)?.range())
    }
}

fn search<'t>(pattern: &Pattern, text: &'t str) -> Option<Found<'t>> {
    let pattern = pattern.as_ref()?;
    let mut captures = pattern.create_captures();
    let mut cache = pattern.create_cache();
    pattern.try_captures(&mut cache, text, &mut captures).ok()?;
    captures.is_match().then_some(Found { text, captures })
}

/// What stands between words as a space, and letters beyond ASCII as one of ASCII: they are parts of
/// words, and nothing looks for them.
fn without_separators(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            _ if sign.is_ascii_alphanumeric() || "-+',./:@[]".contains(sign) => spaced.push(sign),
            _ if sign.is_alphanumeric() => spaced.push('x'),
            _ if spaced.ends_with(' ') => {}
            _ => spaced.push(' '),
        }
    }
    spaced
}

impl Parts {
    fn of_day(day: Day) -> Self {
        Self {
            year: Some(day.year),
            month: Some(day.month),
            day: Some(day.day),
            ..Self::default()
        }
    }

    /// The parts in a text.
    fn find(text: &str) -> Self {
        let mut parts = Self::default();
        let mut text = without_separators(text);
        take(&WEEKDAY, &mut text, |_| ());
        take(&TIME, &mut text, |found| parts.set_time(found));
        parts.find_date(&mut text);
        if let Some(written) = search(&ALONE, &text).and_then(|found| found.get(1)) {
            let number = number(written);
            if parts.hour.is_some() && parts.day.is_none() && (1..=31).contains(&number) {
                parts.day = Some(number);
            } else if parts.day.is_some() && parts.hour.is_none() && number <= 24 {
                parts.hour = Some(number);
            }
        }
        parts
    }

    /// Tries the forms of a date one after the other, until one is found.
    fn find_date(&mut self, text: &mut String) {
        let _ = take(&DAY_FIRST, text, |found| {
            self.set_named(found, [4, 2, 1], Some(3))
        }) || take(&MONTH_FIRST, text, |found| {
            self.set_named(found, [4, 1, 2], Some(3))
        }) || take(&WITH_DASHES, text, |found| self.set(found))
            || take(&OTHER, text, |_| self.is_uncertain = true)
            || take(&WITH_NAME, text, |found| {
                self.set_named(found, [3, 2, 1], None)
            })
            || take(&NAME_FIRST, text, |found| {
                self.set_named(found, [3, 1, 2], None)
            })
            || take(&WITH_SLASHES, text, |found| self.set(found))
            || take(&WITH_DOTS, text, |found| self.set(found))
            || take(&SHORT_YEAR, text, |found| {
                self.year = found.get(1).map(number);
                self.is_year_short = true;
            })
            || take(&MONTH_ALONE, text, |found| {
                self.month = found.get(1).and_then(month_number)
            })
            || take(&ORDINAL, text, |found| self.day = found.get(1).map(number))
            || take(&DIGITS, text, |found| self.set_digits(found));
    }

    fn set_time(&mut self, found: &Found<'_>) {
        self.zone = found.get(2).map(str::to_owned);
        let Some(clock) = found.get(1).and_then(|clock| search(&CLOCK, clock)) else {
            return;
        };
        let part = |group| clock.get(group).map(number);
        self.hour = part(1);
        if let Some(half) = clock.get(5) {
            let afternoon = if half.eq_ignore_ascii_case("p") {
                12
            } else {
                0
            };
            self.hour = self.hour.map(|hour| hour % 12 + afternoon);
        }
        (self.minute, self.second) = (part(2), part(3));
        if let Some(fraction) = clock.get(4) {
            let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
            self.nanosecond = digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        }
    }

    /// Takes the groups of the year, of the month's name and of the day.
    fn set_named(&mut self, found: &Found<'_>, groups: [usize; 3], era: Option<usize>) {
        let era = era.and_then(|group| found.get(group));
        self.is_uncertain |= era.is_some_and(|era| era.starts_with(['b', 'B']));
        let [year, month, day] = groups.map(|group| found.get(group));
        let month = month.and_then(month_number).unwrap_or_default();
        self.set_three(year, Some(&month.to_string()), day);
    }

    fn set(&mut self, found: &Found<'_>) {
        self.set_three(found.get(1), found.get(2), found.get(3));
    }

    /// Which of three numbers is what: `s3e` in the source.
    fn set_three(&mut self, year: Option<&str>, month: Option<&str>, day: Option<&str>) {
        let is_year =
            |part: Option<&str>| part.is_some_and(|part| part.starts_with('\'') || part.len() > 2);
        let (mut year, mut month, mut day) = match (year, month, day) {
            (Some(first), Some(second), None) => (None, Some(first), Some(second)),
            three => three,
        };
        if year.is_none() && is_year(day) {
            (year, day) = (day, None);
        }
        if let Some((first, rest)) = year.and_then(signed_number)
            && !rest.is_empty()
        {
            // `1st`: a day.
            (year, day) = (day, Some(first));
        }
        if is_year(month) {
            (year, month, day) = (month, day, year);
        }
        if is_year(day) {
            (year, day) = (day, year);
        }
        if let Some((first, _)) = year.and_then(signed_number) {
            let unsigned = first.trim_start_matches(['+', '-']);
            let value = number(unsigned);
            self.year = Some(if first.starts_with('-') {
                -value
            } else {
                value
            });
            self.is_year_short = unsigned.len() == first.len() && unsigned.len() <= 2;
        }
        let digits = |part: Option<&str>| {
            let part = part?;
            Some(number(
                &part[part.find(|sign: char| sign.is_ascii_digit())?..],
            ))
        };
        (self.month, self.day) = (digits(month), digits(day));
    }

    /// Digits without anything between them.
    fn set_digits(&mut self, found: &Found<'_>) {
        let digits = found.get(2).unwrap_or_default();
        let has_sign = found.get(1).is_some_and(|sign| !sign.is_empty());
        // A time, a fraction or an offset.
        if has_sign || (3..=5).any(|group| found.get(group).is_some()) {
            self.is_uncertain = true;
            return;
        }
        let part = |from: usize| digits.get(from..from + 2).map(number);
        match digits.len() {
            2 => self.day = part(0),
            4 => (self.month, self.day) = (part(0), part(2)),
            6 => {
                (self.year, self.month, self.day) = (part(0), part(2), part(4));
                self.is_year_short = true;
            }
            8 | 10 | 12 | 14 => {
                self.year = digits.get(..4).map(number);
                (self.month, self.day) = (part(4), part(6));
                (self.hour, self.minute, self.second) = (part(8), part(10), part(12));
            }
            _ => self.is_uncertain = true,
        }
    }

    /// The date that `Time.parse` makes of the parts.
    fn found(&self) -> FoundDate {
        if self.is_uncertain {
            return FoundDate::Uncertain;
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let hour = self.hour.unwrap_or(0);
        let (minute, second) = (self.minute.unwrap_or(0), self.second.unwrap_or(0));
        let is_midnight = (hour, minute, second) == (24, 0, 0);
        let is_time = (0..24).contains(&hour) && minute < 60 && second <= 60;
        let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
        let parts = [self.year, self.month, self.day, self.hour];
        if parts.iter().all(Option::is_none) || !is_day || !(is_time || is_midnight) {
            return FoundDate::None;
        }
        // What is absent before the first part is that of the moment of the build.
        let Some(mut year) = self.year else {
            return FoundDate::Uncertain;
        };
        if self.is_year_short && (0..100).contains(&year) {
            year += if year >= 69 { 1900 } else { 2000 };
        }
        let day = Day::new(year, month, day);
        if self.hour.is_none() {
            return FoundDate::Date(Timestamp::of_day(Day::from_days(day.days())));
        }
        let second = hour * 3600 + minute * 60 + second;
        let zone = self.zone.as_deref().and_then(offset);
        let zone = zone.map_or(Zone::None, Zone::Offset);
        FoundDate::Date(Timestamp::new(day, second, self.nanosecond, zone))
    }
}

/// Takes what a pattern finds out of the text, a space in its place. Whether it finds anything.
fn take(pattern: &Pattern, text: &mut String, set: impl FnOnce(&Found<'_>)) -> bool {
    let range = search(pattern, text).and_then(|found| {
        set(&found);
        Some(found.captures.get_match()?.range())
    });
    let is_found = range.is_some();
    if let Some(range) = range {
        text.replace_range(range, " ");
    }
    is_found
}

/// The first number in a text with its sign, and what follows it.
fn signed_number(text: &str) -> Option<(&str, &str)> {
    let signed = &text[text.find(|sign: char| "+-0123456789".contains(sign))?..];
    let sign = usize::from(signed.starts_with(['+', '-']));
    let digits = signed[sign..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    Some(signed.split_at(sign + digits))
}

/// The number that the digits at the beginning of a text write.
fn number(text: &str) -> i64 {
    let end = text.find(|sign: char| !sign.is_ascii_digit());
    text[..end.unwrap_or(text.len())]
        .parse()
        .unwrap_or(i64::MAX / 1_000_000)
}

fn month_number(name: &str) -> Option<i64> {
    let mut names = MONTHS.iter();
    let at = names.position(|month| month[..3].eq_ignore_ascii_case(name))?;
    i64::try_from(at + 1).ok()
}

/// The seconds east of UTC of a zone that `Time.zone_offset` knows wherever it runs. Of another it
/// knows nothing, and the clocks of the site count.
fn offset(zone: &str) -> Option<i32> {
    let zone = zone.to_ascii_uppercase();
    if let Some(rest) = zone.strip_prefix(['+', '-']) {
        let digits = rest.replace(':', "");
        let is_offset = matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
        let number: i32 = digits.parse().ok().filter(|_| is_offset)?;
        let seconds = match digits.len() {
            2 => number * 3600,
            _ => number / 100 * 3600 + number % 100 * 60,
        };
        return Some(if zone.starts_with('-') {
            -seconds
        } else {
            seconds
        });
    }
    let hours = match zone.as_str() {
        "UTC" | "UT" | "GMT" | "Z" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        name => military_hours(name)?,
    };
    Some(hours * 3600)
}

/// `A` is an hour east, `N` an hour west.
fn military_hours(name: &str) -> Option<i32> {
    let [letter] = *name.as_bytes() else {
        return None;
    };
    match letter {
        b'A'..=b'I' => Some(i32::from(letter - b'A') + 1),
        b'K'..=b'M' => Some(i32::from(letter - b'K') + 10),
        b'N'..=b'Y' => Some(-i32::from(letter - b'N') - 1),
        _ => None,
    }
}
