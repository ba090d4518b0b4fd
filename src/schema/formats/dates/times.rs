//! `time`: RFC 3339's `full-time`.

use super::scan::scan_time;
use crate::diagnostic::Problem;
use crate::text::visible_code;

/// Whether `text` is a time of day with seconds and an offset.
pub(super) fn is_full_time(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<()> {
    let two = |at: usize, most: u32| -> Option<u32> {
        let digits = text.get(at..at + 2)?;
        let number = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())??;
        (number <= most).then_some(number)
    };
    let (hour, minute, second) = (two(0, 23)?, two(3, 59)?, two(6, 60)?);
    if text.get(2..3)? != ":" || text.get(5..6)? != ":" {
        return None;
    }
    let mut zone = text.get(8..)?;
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if zone.len() == fraction.len() {
            return None;
        }
    }
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let start = text.len() - zone.len();
            let offset = i64::from(two(start + 1, 23)? * 60 + two(start + 4, 59)?);
            if *sign == b'+' { offset } else { -offset }
        }
        _ => return None,
    };
    // A leap second is the last of a day in UTC.
    let in_utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    (second < 60 || in_utc == 23 * 60 + 59).then_some(())
}

/// Checks a time of day.
pub(in crate::schema::formats) fn check(text: &str) -> Result<(), Problem> {
    if is_full_time(text) {
        return Ok(());
    }
    let shown = visible_code(text);
    let Some(time) = scan_time(text) else {
        return Err(
            Problem::new(format!("{shown} is not a time of day")).help("write HH:MM:SS+HH:MM")
        );
    };
    if let Some(fault) = time.fault() {
        return Err(Problem::new(fault).help(format!("correct {shown}")));
    }
    let clock = time.clock();
    Err(match &time.zone {
        Some(zone) => Problem::new(format!("{shown} is not in the form HH:MM:SS+HH:MM"))
            .replace(format!("{clock}{zone}")),
        None => Problem::new(format!("{shown} does not say how far it is from UTC")).help(format!(
            "write `{clock}Z` if it is UTC, else the offset, as in `{clock}+02:00`"
        )),
    })
}
