//! From digits to a calling code and a national number, as libphonenumber reads them.
//!
//! Works on digits alone; `shape` reads separators and letters.

use super::table::{self, Length, Region};

/// The fewest digits that libphonenumber takes for a number.
const FEWEST: usize = 2;
/// The most digits it takes for a national number.
const MOST: usize = 17;

/// How the calling code was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// `+33 …`
    Plus,
    /// `00 33 …`
    International,
    /// `33 …`, without anything before it.
    Bare,
    /// Not at all: a number of the region.
    National,
}

/// A number taken apart; it need not be in use.
#[derive(Debug)]
pub(super) struct Number {
    /// Digits after the `+`.
    pub(super) code: u16,
    /// The national number without prefix.
    pub(super) national: String,
    /// Where the calling code comes from.
    pub(super) origin: Origin,
    /// Whether a national prefix was taken off.
    pub(super) had_prefix: bool,
    /// The digits after the calling code, as written.
    pub(super) written: String,
}

impl Number {
    /// Whether it is in use.
    pub(super) fn is_valid(&self) -> bool {
        table::is_valid(self.code, &self.national)
    }

    /// The main region of the calling code.
    pub(super) fn main_region(&self) -> Option<&'static Region> {
        Region::sharing(self.code).first()
    }
}

/// Why digits are no number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Fewer digits than any number has.
    TooShort,
    /// More digits than any number has.
    TooLong,
    /// No region has the calling code, or there is none and no region to assume.
    UnknownCallingCode,
}

/// Reads `digits` (after the `+`, where `plus` is set) as somebody in `home` would dial them.
pub(super) fn parse(
    home: Option<&'static Region>,
    plus: bool,
    digits: &str,
) -> Result<Number, Fault> {
    let abroad = if plus {
        Some((digits, Origin::Plus))
    } else {
        home.and_then(|home| home.strip_international(digits))
            .map(|rest| (rest, Origin::International))
    };
    if let Some((digits, origin)) = abroad {
        if digits.len() <= FEWEST {
            return Err(Fault::TooShort);
        }
        let (code, rest) = split_code(digits).ok_or(Fault::UnknownCallingCode)?;
        // A region that shares the code but is not its main one has rules of its own only at home.
        let region = Region::sharing(code).first();
        return finish(region, code, rest, origin);
    }
    let home = home.ok_or(Fault::UnknownCallingCode)?;
    let code = home.calling_code.to_string();
    if let Some(rest) = digits.strip_prefix(&code) {
        let stripped = home.strip_prefix(rest);
        let potential = stripped.as_deref().unwrap_or(rest);
        if !home.is_viable(digits) && home.is_viable(potential)
            || home.length(digits) == Length::TooLong
        {
            return finish(Some(home), home.calling_code, potential, Origin::Bare);
        }
    }
    finish(Some(home), home.calling_code, digits, Origin::National)
}

fn split_code(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let code = digits.get(..length)?.parse().ok()?;
        let known = !digits.starts_with('0') && !Region::sharing(code).is_empty();
        known.then(|| (code, digits.get(length..).unwrap_or_default()))
    })
}

fn finish(
    region: Option<&Region>,
    code: u16,
    digits: &str,
    origin: Origin,
) -> Result<Number, Fault> {
    if digits.len() < FEWEST {
        return Err(Fault::TooShort);
    }
    let stripped = region.and_then(|region| {
        region.strip_prefix(digits).filter(|stripped| {
            matches!(region.length(stripped), Length::Possible | Length::TooLong)
        })
    });
    let had_prefix = stripped.is_some();
    let national = stripped.unwrap_or_else(|| digits.to_owned());
    match national.len() {
        ..FEWEST => Err(Fault::TooShort),
        FEWEST..=MOST => Ok(Number {
            code,
            national,
            origin,
            had_prefix,
            written: digits.to_owned(),
        }),
        _ => Err(Fault::TooLong),
    }
}
