//! The values of `format`: JSON Schema's own and frontlint's, one file a family.
//!
//! Checks one scalar at a time and says what is wrong with it. Reads no files: `existing-path` is
//! checked by an implementation of [`Paths`]. Imports `diagnostic`, `dialect` and `text` only.

mod dates;
mod email;
#[cfg(test)]
mod email_tests;
mod phone;
mod slug;
mod standard;
mod text;

use crate::diagnostic::{PathProblem, Problem};
use crate::dialect::{Precision, Style, Value};

/// One scalar, as written and as read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text of the scalar, without quotes and escapes.
    pub text: &'a str,
    /// What the dialect reads it as.
    pub value: &'a Value,
    /// How it is written.
    pub style: Style,
}

/// The format that [`Paths`] checks.
pub const EXISTING_PATH: &str = "existing-path";

/// Checks what only the page's site knows: `existing-path`, and dates that its generator reads.
pub trait Paths: Sync {
    /// What is wrong with a path; `None` where the file exists.
    fn look_up(&self, path: &str) -> Option<PathProblem>;

    /// Whether the file surely exists, by a quick look. `false` decides nothing.
    fn is_surely_there(&self, path: &str) -> bool {
        self.look_up(path).is_none()
    }

    /// What the generator reads as a date in a value that is none by its looks; `key` is the key at
    /// the root that it is the value of.
    fn date(&self, input: &Input<'_>, key: Option<&str>) -> Option<Precision> {
        let _ = (input, key);
        None
    }

    /// The offset that the site's time zone has when its clocks show a time, given as
    /// `YYYY-MM-DDTHH:MM:SS`, and the name of the zone.
    fn offset(&self, clock: &str) -> Option<(String, &str)> {
        let _ = clock;
        None
    }

    /// Whether the generator refuses a date where a text is wanted.
    fn refuses_dates_as_text(&self) -> bool {
        false
    }
}

/// The date and time of a text that lacks nothing but an offset to be of its format.
#[must_use]
pub fn without_offset(format: &str, text: &str) -> Option<String> {
    let wants_moment = matches!(format, "date-time" | "timestamp");
    wants_moment.then(|| dates::without_offset(text)).flatten()
}

/// A format that is checked by the scalar alone.
#[derive(Clone, Copy, Debug)]
pub struct Format(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Date(dates::Wanted),
    Time,
    Email { idn: bool },
    Slug,
    Phone(phone::Home),
    Standard(&'static standard::Standard),
}

impl Format {
    /// The format of this name; `None` where there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let kind = match name {
            "date" => Kind::Date(dates::Wanted::Date),
            "date-time" => Kind::Date(dates::Wanted::DateTime),
            "timestamp" => Kind::Date(dates::Wanted::Either),
            "time" => Kind::Time,
            "email" => Kind::Email { idn: false },
            "idn-email" => Kind::Email { idn: true },
            "slug" => Kind::Slug,
            "phone" => Kind::Phone(phone::Home::ANYWHERE),
            _ => match name.strip_prefix("phone-") {
                Some(region) => Kind::Phone(phone::Home::of(region)?),
                None => Kind::Standard(standard::find(name)?),
            },
        };
        Some(Self(kind))
    }

    /// Whether it is one of dates, and a date of this precision is of it.
    #[must_use]
    pub fn accepts_date(self, precision: Precision) -> bool {
        matches!(self.0, Kind::Date(wanted) if dates::accepts_date(wanted, precision))
    }

    /// Checks a scalar. Formats are for strings: a value of another type is accepted. A timestamp
    /// counts as the string it is written as, except where the format is one of dates.
    ///
    /// # Errors
    ///
    /// The [`Problem`] with a value that is not of the format.
    pub fn check(self, input: &Input<'_>) -> Result<(), Problem> {
        if !matches!(input.value, Value::String | Value::Timestamp(_)) {
            return Ok(());
        }
        match self.0 {
            Kind::Date(wanted) => dates::check(wanted, input),
            Kind::Time => dates::check_time(input.text),
            Kind::Email { idn } => email::check(input.text, idn),
            Kind::Slug => slug::check(input.text),
            Kind::Phone(home) => phone::check(home, input.text),
            Kind::Standard(standard) => standard.check(input.text),
        }
    }
}

/// The names of all formats; of those of telephone numbers only the one without a region.
pub fn names() -> impl Iterator<Item = &'static str> {
    let own = ["date", "date-time", "timestamp", "time", "slug", "phone"];
    own.into_iter()
        .chain([EXISTING_PATH])
        .chain(standard::names())
}

/// Whether [`Format`] or [`Paths`] knows a format of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    name == EXISTING_PATH || Format::named(name).is_some()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the suites are files")]
mod tests;
