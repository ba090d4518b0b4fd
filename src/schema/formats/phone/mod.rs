//! `phone` and `phone-fr` and its sisters.
//!
//! `phone` takes a number with `+` and calling code; a sister takes a number as people of its region
//! write it too. Letters and other text are refused before the table of numbers is asked. Blanks
//! at the ends are accepted: another rule speaks of those.
//!
//! Stricter than libphonenumber, which reads anything that can be dialled: a calling code needs its
//! `+` (or the region's prefix for calls abroad), a prefix such as the `0` of `01 …` must be there
//! where people of the region write it, and must not follow a calling code, unless as `(0)`.

mod names;
mod number;
mod program;
mod shape;
mod table;
mod verdict;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use super::Problem;
use super::text::quoted;
use table::Region;

/// Whether `id`, in lower case, is a region that numbers are known of.
pub(super) fn is_region(id: &str) -> bool {
    Region::by_id(id).is_some()
}

/// Checks a number as people of the region with this lower-case ISO code write it. Any text is
/// accepted where the region is unknown.
pub(super) fn check_region(id: &str, text: &str) -> Result<(), Problem> {
    Region::by_id(id).map_or(Ok(()), |region| check(Some(region), text))
}

/// Checks a number with `+` and calling code.
pub(super) fn check_international(text: &str) -> Result<(), Problem> {
    check(None, text)
}

fn check(region: Option<&'static Region>, text: &str) -> Result<(), Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::new("there is no telephone number here"));
    }
    let Err(fault) = attempt(region, text) else {
        return Ok(());
    };
    let good = |text: &str| attempt(region, text).is_ok();
    Err(match shape::several(text, good) {
        Some(count) => Problem::new(format!("{} holds {count} telephone numbers", quoted(text)))
            .help("write them as a list, one an item"),
        None => match fault.replacement.as_deref() {
            // What was put right need not be a number yet; then there is more to mend than this.
            Some(mended) if !good(mended) => Problem {
                replacement: None,
                ..fault
            },
            _ => fault,
        },
    })
}

fn attempt(region: Option<&'static Region>, text: &str) -> Result<(), Problem> {
    let written = shape::read(text)?;
    verdict::judge(region, &written)
}
