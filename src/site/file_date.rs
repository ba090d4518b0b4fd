//! The date that the name of a page's file begins with: `2024-05-23-title.md`.

use super::place::PagePlace;

/// Year, month and day as they are written.
pub(super) struct FileDate<'p> {
    pub year: &'p str,
    pub month: &'p str,
    pub day: &'p str,
}

/// The date at the beginning of a file's name, the year with two to four digits, and what follows it.
pub(super) fn split(name: &str) -> Option<(FileDate<'_>, &str)> {
    let mut parts = name.splitn(4, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = parts.next()?;
    let digits = |part: &str, least, most| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = digits(year, 2, 4) && digits(month, 1, 2) && digits(day, 1, 2);
    is_date.then_some((FileDate { year, month, day }, rest))
}

/// Year, month and day in the name of a page's file.
pub(super) fn day(place: &PagePlace<'_>) -> Option<(i16, i8, i8)> {
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    let (date, _) = split(name)?;
    // Ruby reads a year of two digits as one of this century or the last.
    (date.year.len() == 4).then_some(())?;
    Some((
        date.year.parse().ok()?,
        date.month.parse().ok()?,
        date.day.parse().ok()?,
    ))
}
