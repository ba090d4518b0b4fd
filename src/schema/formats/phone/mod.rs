//! `phone`, and `phone-fr` and the like for every region.
//!
//! `phone` takes a number with `+` and calling code; the others also take a number as people of the
//! region write it. Letters and other text are refused before the table of numbers is searched.
//! Spaces at the ends are accepted: the rule `padded-value` reports those.
//!
//! Stricter than libphonenumber, which reads anything that can be dialled: a calling code needs its
//! `+` (or the region's prefix for calls abroad), a prefix such as the `0` of `01 …` must be there
//! where people of the region write it, and must not follow a calling code, unless as `(0)`.

mod names;
mod number;
mod pattern;
mod shape;
mod table;
mod verdict;

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "the environment says how much is compared"
)]
mod oracle;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use super::Problem;
use super::text::visible_code;
use table::Region;

/// The region whose people write the number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home(Option<&'static Region>);

impl PartialEq for Home {
    fn eq(&self, other: &Self) -> bool {
        self.0.map(std::ptr::from_ref) == other.0.map(std::ptr::from_ref)
    }
}

impl Home {
    /// No region: with `+` and calling code.
    pub(super) const ANYWHERE: Self = Self(None);

    /// The region of a lower-case ISO code; `None` where the table has none.
    pub(super) fn of(id: &str) -> Option<Self> {
        Some(Self(Some(Region::by_id(id)?)))
    }
}

/// Most pages of a site give one of a few numbers, so that the last ones that were valid are kept.
const KEPT: usize = 8;
/// A longer text is not kept.
const LONGEST_KEPT: usize = 32;

thread_local! {
    /// The latest first.
    static GOOD: RefCell<Vec<(Home, String)>> = const { RefCell::new(Vec::new()) };
}

/// Checks a number as people at home write it.
pub(super) fn check(home: Home, text: &str) -> Result<(), Problem> {
    if is_kept(home, text) {
        return Ok(());
    }
    thoroughly(home.0, text)?;
    if text.len() <= LONGEST_KEPT {
        GOOD.with_borrow_mut(|good| {
            good.truncate(KEPT - 1);
            good.insert(0, (home, text.to_owned()));
        });
    }
    Ok(())
}

fn is_kept(home: Home, text: &str) -> bool {
    let is_same = |kept: &(Home, String)| kept.1 == text && kept.0 == home;
    GOOD.with_borrow(|good| good.iter().any(is_same))
}

fn thoroughly(region: Option<&'static Region>, text: &str) -> Result<(), Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::new("there is no telephone number here"));
    }
    let Err(fault) = attempt(region, text) else {
        return Ok(());
    };
    let good = |text: &str| attempt(region, text).is_ok();
    Err(match shape::several(text, good) {
        Some(count) => Problem::new(format!(
            "{} holds {count} telephone numbers",
            visible_code(text)
        ))
        .help("write them as a list, one an item"),
        None => match fault.replacement.as_deref() {
            // Where the replacement is no number either, there is more wrong than this.
            Some(corrected) if !good(corrected) => Problem {
                replacement: None,
                ..fault
            },
            _ => fault,
        },
    })
}

fn attempt(region: Option<&'static Region>, text: &str) -> Result<(), Problem> {
    let written = shape::read(text)?;
    verdict::check(region, &written)
}
